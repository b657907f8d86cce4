//! Dates and times of day as people type them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

use super::values::Values;
use crate::pages::words::OFFSET;

/// What is wrong with a date or a time: the code and the key of its sentence.
pub(super) type Wrong = (&'static str, &'static str);

/// The civil date in the three inputs `NAME.day`, `NAME.month`, `NAME.year`; nothing when all are
/// empty.
pub(super) fn date(values: &Values, name: &str) -> Result<Option<NaiveDate>, Wrong> {
    let part = |part: &str| values.first(&format!("{name}.{part}")).trim().to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    match (day.is_empty(), month.is_empty(), year.is_empty()) {
        (true, true, true) => return Ok(None),
        (true, ..) => return Err(("missing", "fault-no-day")),
        (_, true, _) => return Err(("missing", "fault-no-month")),
        (.., true) => return Err(("missing", "fault-no-year")),
        _ => {}
    }
    if year.len() != 4 {
        return Err(("bad-date", "fault-year-four-digits"));
    }
    let numbers = (day.parse().ok(), month.parse().ok(), year.parse().ok());
    let (Some(day), Some(month), Some(year)) = numbers else {
        return Err(("bad-date", "fault-date-digits"));
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .map(Some)
        .ok_or(("bad-date", "fault-no-such-date"))
}

/// A time of day on a clock of 24 hours: `16:40`, `16h40`, `1640`, `8:05`, `8h`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace(' ', "");
    let text = text
        .replace("giờ", ":")
        .replace("phút", "")
        .replace(['h', '.', 'g'], ":");
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour, "0"),
        Some(both) => both,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// The instant of a form: "now" as it was shown, or the date and time typed.
pub(super) fn instant(
    values: &Values,
    name: &str,
    now_offered: bool,
) -> Result<Option<DateTime<FixedOffset>>, Wrong> {
    let part = |part: &str| values.first(&format!("{name}.{part}")).trim();
    let typed = ["day", "month", "year", "time"]
        .iter()
        .any(|p| !part(p).is_empty());
    if now_offered && part("choice") == "now" {
        if typed {
            return Err(("two-answers", "fault-now-and-other"));
        }
        let shown = DateTime::parse_from_rfc3339(part("now"));
        return shown
            .map(Some)
            .map_err(|_| ("bad-instant", "fault-form-old"));
    }
    if !typed {
        let chosen = part("choice") == "other";
        return if chosen {
            Err(("missing", "fault-no-day"))
        } else {
            Ok(None)
        };
    }
    let Some(day) = date(values, name)? else {
        return Err(("missing", "fault-no-day"));
    };
    if part("time").is_empty() {
        return Err(("missing", "fault-no-time"));
    }
    let time = time(part("time")).ok_or(("bad-time", "fault-bad-time"))?;
    Ok(OFFSET.from_local_datetime(&day.and_time(time)).single())
}

/// The date typed, or the instant where a time of day was typed with it, as the command takes it.
pub(super) fn moment(values: &Values, name: &str) -> Result<Option<String>, Wrong> {
    let typed = values.first(&format!("{name}.time")).trim();
    let Some(day) = date(values, name)? else {
        return if typed.is_empty() {
            Ok(None)
        } else {
            Err(("missing", "fault-no-day"))
        };
    };
    if typed.is_empty() {
        return Ok(Some(day.to_string()));
    }
    let time = time(typed).ok_or(("bad-time", "fault-bad-time"))?;
    let at = OFFSET.from_local_datetime(&day.and_time(time)).single();
    Ok(at.map(|at| at.to_rfc3339()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().copied().collect()
    }

    fn day(d: &str, m: &str, y: &str) -> Result<Option<NaiveDate>, Wrong> {
        date(&values(&[("b.day", d), ("b.month", m), ("b.year", y)]), "b")
    }

    #[test]
    fn a_date_exists_or_says_why_not() {
        assert_eq!(
            day("29", "2", "2024"),
            Ok(NaiveDate::from_ymd_opt(2024, 2, 29))
        );
        assert_eq!(day("", "", ""), Ok(None));
        assert_eq!(
            day("29", "2", "2023"),
            Err(("bad-date", "fault-no-such-date"))
        );
        assert_eq!(
            day("31", "13", "2023"),
            Err(("bad-date", "fault-no-such-date"))
        );
        assert_eq!(
            day("1", "2", "24"),
            Err(("bad-date", "fault-year-four-digits"))
        );
        assert_eq!(
            day("một", "2", "2024"),
            Err(("bad-date", "fault-date-digits"))
        );
        assert_eq!(day("1", "", "2024"), Err(("missing", "fault-no-month")));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        for text in [
            "16:40",
            "16h40",
            "1640",
            "16 giờ 40",
            "16 giờ 40 phút",
            "16.40",
            "16g40",
        ] {
            assert_eq!(time(text), at(16, 40), "{text}");
        }
        assert_eq!(time("8h"), at(8, 0));
        assert_eq!(time("8:05"), at(8, 5));
        for text in ["", "25:00", "16:60", "chiều", "16", "16:4o"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_taken_where_it_is_known() {
        let day = [("at.day", "9"), ("at.month", "2"), ("at.year", "2024")];
        assert_eq!(
            moment(&values(&day), "at"),
            Ok(Some("2024-02-09".to_owned()))
        );
        let mut known = values(&day);
        known.set("at.time", "22h40");
        assert_eq!(
            moment(&known, "at"),
            Ok(Some("2024-02-09T22:40:00+07:00".to_owned()))
        );
        let alone = values(&[("at.time", "22h40")]);
        assert_eq!(moment(&alone, "at"), Err(("missing", "fault-no-day")));
        assert_eq!(moment(&Values::default(), "at"), Ok(None));
    }

    #[test]
    fn now_is_the_moment_that_was_shown() {
        let shown = ("at.now", "2024-02-21T16:40:00+07:00");
        let now = values(&[("at.choice", "now"), shown]);
        let read = instant(&now, "at", true).unwrap().unwrap();
        assert_eq!(read.to_rfc3339(), "2024-02-21T16:40:00+07:00");

        let both = values(&[("at.choice", "now"), shown, ("at.time", "15:00")]);
        assert_eq!(
            instant(&both, "at", true),
            Err(("two-answers", "fault-now-and-other"))
        );
    }

    #[test]
    fn another_moment_is_typed_on_the_clock_of_the_procedure() {
        let typed = values(&[
            ("at.choice", "other"),
            ("at.day", "09"),
            ("at.month", "02"),
            ("at.year", "2024"),
            ("at.time", "22h40"),
        ]);
        let read = instant(&typed, "at", true).unwrap().unwrap();
        assert_eq!(read.to_rfc3339(), "2024-02-09T22:40:00+07:00");
        let empty = values(&[("at.choice", "other")]);
        assert_eq!(
            instant(&empty, "at", true),
            Err(("missing", "fault-no-day"))
        );
        assert_eq!(instant(&Values::default(), "at", false), Ok(None));
    }
}
