//! Instants, civil dates and durations.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, Utc};

use super::OFFSET;
use crate::language::Language;

/// An instant on the clock of the procedure.
#[must_use]
pub fn local(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&OFFSET)
}

/// `21/02/2024 16:40`.
#[must_use]
pub fn instant(instant: DateTime<Utc>) -> String {
    local(instant).format("%d/%m/%Y %H:%M").to_string()
}

/// `21/02 16:40`, where the year is plain from what stands around.
#[must_use]
pub fn short_instant(instant: DateTime<Utc>) -> String {
    local(instant).format("%d/%m %H:%M").to_string()
}

/// `16:40`.
#[must_use]
pub fn time(instant: DateTime<Utc>) -> String {
    local(instant).format("%H:%M").to_string()
}

/// `21/02/2024`: a civil date has no time.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `thứ Tư 21/02/2024`.
#[must_use]
pub fn date_with_weekday(language: Language, day: NaiveDate) -> String {
    format!("{} {}", weekday(language, day), date(day))
}

/// `thứ Tư`, `Chủ nhật`; `Wednesday`.
#[must_use]
pub fn weekday(language: Language, date: NaiveDate) -> String {
    let key = match date.weekday() {
        chrono::Weekday::Mon => "weekday-mon",
        chrono::Weekday::Tue => "weekday-tue",
        chrono::Weekday::Wed => "weekday-wed",
        chrono::Weekday::Thu => "weekday-thu",
        chrono::Weekday::Fri => "weekday-fri",
        chrono::Weekday::Sat => "weekday-sat",
        chrono::Weekday::Sun => "weekday-sun",
    };
    language.text(key)
}

/// A length of time in its one or two largest units: `2 ngày 5 giờ`, `3 giờ 20 phút`, `45 phút`.
/// Rounded down; less than a minute is said so, or in seconds when it is a wait of seconds.
#[must_use]
pub fn duration(language: Language, duration: Duration) -> String {
    let unit = |key: &str, count: i64| language.text_with(key, &[("count", count.into())]);
    let minutes = duration.num_minutes();
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = match (days, hours, minutes) {
        (0, 0, 0) => {
            let seconds = duration.num_seconds().max(1);
            return unit("duration-seconds", seconds);
        }
        (0, 0, minutes) => vec![unit("duration-minutes", minutes)],
        (0, hours, 0) => vec![unit("duration-hours", hours)],
        (0, hours, minutes) => {
            vec![
                unit("duration-hours", hours),
                unit("duration-minutes", minutes),
            ]
        }
        (days, 0, _) => vec![unit("duration-days", days)],
        (days, hours, _) => vec![unit("duration-days", days), unit("duration-hours", hours)],
    };
    parts.join(" ")
}

/// Both clocks of an event. When it was written at once, one is enough:
/// `xảy ra 09/02 22:40 · ghi 10/02 08:05 (sau 9 giờ 25 phút)`.
#[must_use]
pub fn both_clocks(language: Language, occurred: DateTime<Utc>, recorded: DateTime<Utc>) -> String {
    let lag = recorded - occurred;
    if lag < Duration::minutes(1) {
        return instant(occurred);
    }
    let same_year = local(occurred).year() == local(recorded).year();
    let (occurred, recorded) = if same_year {
        (short_instant(occurred), instant(recorded))
    } else {
        (instant(occurred), instant(recorded))
    };
    let arguments = [
        ("occurred", occurred.into()),
        ("recorded", recorded.into()),
        ("lag", duration(language, lag).into()),
    ];
    language.text_with("both-clocks", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Vi};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn instants_are_shown_on_the_clock_of_the_procedure() {
        assert_eq!(instant(at("2024-02-21T09:40:00Z")), "21/02/2024 16:40");
        assert_eq!(instant(at("2024-02-20T17:00:00Z")), "21/02/2024 00:00");
        assert_eq!(time(at("2024-02-21T23:05:59+07:00")), "23:05");
    }

    #[test]
    fn weekdays_have_their_names() {
        let day = |d| NaiveDate::from_ymd_opt(2024, 2, d).unwrap();
        assert_eq!(date_with_weekday(Vi, day(21)), "thứ Tư 21/02/2024");
        assert_eq!(weekday(Vi, day(25)), "Chủ nhật");
        assert_eq!(weekday(Vi, day(26)), "thứ Hai");
        assert_eq!(weekday(En, day(21)), "Wednesday");
    }

    #[test]
    fn durations_name_two_units_at_most() {
        let vi = |minutes| duration(Vi, Duration::minutes(minutes));
        assert_eq!(vi(200), "3 giờ 20 phút");
        assert_eq!(vi(2880), "2 ngày");
        assert_eq!(vi(2880 + 301), "2 ngày 5 giờ");
        assert_eq!(vi(60), "1 giờ");
        assert_eq!(vi(59), "59 phút");
        assert_eq!(duration(Vi, Duration::seconds(30)), "30 giây");
        assert_eq!(duration(En, Duration::minutes(61)), "1 hour 1 minute");
        assert_eq!(
            duration(En, Duration::minutes(2 * 1440 + 120)),
            "2 days 2 hours"
        );
    }

    #[test]
    fn both_clocks_are_shown_where_they_differ() {
        let (occurred, recorded) = (at("2024-02-09T15:40:00Z"), at("2024-02-10T01:05:00Z"));
        assert_eq!(
            both_clocks(Vi, occurred, recorded),
            "xảy ra 09/02 22:40 · ghi 10/02/2024 08:05 (sau 9 giờ 25 phút)"
        );
        assert_eq!(both_clocks(Vi, occurred, occurred), "09/02/2024 22:40");
    }
}
