//! Deadlines speak: how long is left, or by how much it is late, and until when exactly.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use domain::time::Instant;

use super::instant::{date, duration, instant, local, time, weekday};
use crate::language::Language;

/// Where a deadline stands now: the groups of a worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// It has passed.
    Overdue,
    /// It ends today.
    Today,
    /// It ends within the seven days from today.
    ThisWeek,
    /// It ends later.
    Later,
    /// The law sets no time limit.
    NoLimit,
}

/// Where a deadline stands at `now`. The instant that it names is still in time.
#[must_use]
pub fn urgency(due_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Urgency {
    let Some(due_at) = due_at else {
        return Urgency::NoLimit;
    };
    if due_at < now {
        return Urgency::Overdue;
    }
    let days = (last_day(due_at) - local(now).date_naive()).num_days();
    match days {
        ..=0 => Urgency::Today,
        1..=6 => Urgency::ThisWeek,
        _ => Urgency::Later,
    }
}

/// A deadline in words, as seen at `now`: `Quá hạn 3 giờ 20 phút`, `Hôm nay, trước 16:40`,
/// `Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02`.
///
/// `working_days_left` is given for a limit that counts working days; otherwise hours or calendar
/// days are said. 00:00 of a day is spoken as 24:00 of the day before, as the law counts.
#[must_use]
pub fn due(
    language: Language,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
    working_days_left: Option<u32>,
) -> String {
    let until = spoken_time(due_at);
    match urgency(Some(due_at), now) {
        Urgency::Overdue => {
            let late = duration(language, now - due_at);
            return language.text_with("due-overdue", &[("time", late.into())]);
        }
        Urgency::Today => return language.text_with("due-today", &[("until", until.into())]),
        _ => {}
    }
    let left = match working_days_left {
        Some(0) => language.text("due-no-working-days"),
        Some(days) => language.text_with("due-working-days", &[("count", i64::from(days).into())]),
        None => {
            let left = if due_at - now < Duration::days(1) {
                duration(language, due_at - now)
            } else {
                let days = (due_at - now).num_days();
                language.text_with("duration-days", &[("count", days.into())])
            };
            language.text_with("due-left", &[("time", left.into())])
        }
    };
    let day = spoken_day(language, last_day(due_at), now);
    language.text_with(
        "due-before",
        &[
            ("left", left.into()),
            ("until", until.into()),
            ("day", day.into()),
        ],
    )
}

/// A step without a time limit in law: `Luật không định thời hạn · đã chờ 6 ngày`.
#[must_use]
pub fn waiting(language: Language, opened_at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let time = duration(language, (now - opened_at).max(Duration::zero()));
    language.text_with("due-no-limit", &[("time", time.into())])
}

/// By how much a step was late: `Làm muộn 2 ngày`.
#[must_use]
pub fn late_by(language: Language, due_at: DateTime<Utc>, ended_at: DateTime<Utc>) -> String {
    let time = duration(language, (ended_at - due_at).max(Duration::zero()));
    language.text_with("due-late-by", &[("time", time.into())])
}

/// The limit alone: `21/02/2024 16:40`. 00:00 of a day is told as 24:00 of the day before, as the law
/// counts: `24:00 21/02/2024`.
#[must_use]
pub fn until(due_at: Instant) -> String {
    let due_at = due_at.utc();
    if time(due_at) == "00:00" {
        format!("24:00 {}", date(last_day(due_at)))
    } else {
        instant(due_at)
    }
}

/// The last day of which a deadline still is: 00:00 belongs to the day before.
fn last_day(due_at: DateTime<Utc>) -> NaiveDate {
    local(due_at - Duration::nanoseconds(1)).date_naive()
}

/// `16:40`, and `24:00` for midnight.
fn spoken_time(due_at: DateTime<Utc>) -> String {
    match time(due_at) {
        midnight if midnight == "00:00" => "24:00".to_owned(),
        time => time,
    }
}

/// `thứ Tư 21/02`, with the year where it is another one than now.
fn spoken_day(language: Language, day: NaiveDate, now: DateTime<Utc>) -> String {
    let number = if day.year() == local(now).year() {
        day.format("%d/%m").to_string()
    } else {
        date(day)
    };
    format!("{} {number}", weekday(language, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Vi};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn deadlines_speak() {
        let now = at("2024-02-19T09:00:00+07:00");
        assert_eq!(
            due(Vi, at("2024-02-19T05:40:00+07:00"), now, None),
            "Quá hạn 3 giờ 20 phút"
        );
        assert_eq!(
            due(Vi, at("2024-02-19T16:40:00+07:00"), now, None),
            "Hôm nay, trước 16:40"
        );
        assert_eq!(
            due(Vi, at("2024-02-22T00:00:00+07:00"), now, Some(2)),
            "Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02"
        );
        assert_eq!(
            due(En, at("2024-02-22T00:00:00+07:00"), now, Some(1)),
            "1 working day left · before 24:00 Wednesday 21/02"
        );
    }

    #[test]
    fn midnight_belongs_to_the_day_before() {
        let now = at("2024-02-21T23:00:00+07:00");
        let midnight = at("2024-02-22T00:00:00+07:00");
        assert_eq!(due(Vi, midnight, now, Some(0)), "Hôm nay, trước 24:00");
        assert_eq!(urgency(Some(midnight), midnight), Urgency::Today);
        let late = midnight + Duration::nanoseconds(1);
        assert_eq!(urgency(Some(midnight), late), Urgency::Overdue);
    }

    #[test]
    fn what_ends_in_the_night_says_hours_and_what_ends_next_year_says_the_year() {
        let evening = at("2024-12-31T20:00:00+07:00");
        assert_eq!(
            due(Vi, at("2025-01-01T05:25:00+07:00"), evening, None),
            "Còn 9 giờ 25 phút · trước 05:25 thứ Tư 01/01/2025"
        );
        assert_eq!(
            due(Vi, at("2025-01-04T00:00:00+07:00"), evening, None),
            "Còn 3 ngày · trước 24:00 thứ Sáu 03/01/2025"
        );
    }

    #[test]
    fn a_weekend_before_the_end_has_no_working_day_left() {
        let saturday = at("2024-02-24T09:00:00+07:00");
        assert_eq!(
            due(Vi, at("2024-02-26T00:00:00+07:00"), saturday, Some(0)),
            "Không còn ngày làm việc · trước 24:00 Chủ nhật 25/02"
        );
    }

    #[test]
    fn a_step_without_limit_says_how_long_it_waits() {
        let now = at("2024-02-19T09:00:00+07:00");
        let opened = at("2024-02-13T09:00:00+07:00");
        assert_eq!(
            waiting(Vi, opened, now),
            "Luật không định thời hạn · đã chờ 6 ngày"
        );
        assert_eq!(
            waiting(En, opened, now),
            "No time limit in law · waiting for 6 days"
        );
    }

    #[test]
    fn the_groups_of_a_worklist() {
        let now = at("2024-02-19T09:00:00+07:00");
        let group = |text: &str| urgency(Some(at(text)), now);
        assert_eq!(group("2024-02-19T08:59:59+07:00"), Urgency::Overdue);
        assert_eq!(group("2024-02-19T09:00:00+07:00"), Urgency::Today);
        assert_eq!(group("2024-02-20T00:00:00+07:00"), Urgency::Today);
        assert_eq!(group("2024-02-20T08:00:00+07:00"), Urgency::ThisWeek);
        assert_eq!(group("2024-02-26T00:00:00+07:00"), Urgency::ThisWeek);
        assert_eq!(group("2024-02-26T00:00:01+07:00"), Urgency::Later);
        assert_eq!(urgency(None, now), Urgency::NoLimit);
    }

    #[test]
    fn lateness_of_what_is_done() {
        let due_at = at("2024-02-19T09:00:00+07:00");
        assert_eq!(
            late_by(Vi, due_at, due_at + Duration::days(2)),
            "Làm muộn 2 ngày"
        );
    }
}
