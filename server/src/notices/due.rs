//! From when somebody is reminded of the end of a time limit. Pure.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::Calendar;
use domain::time::Instant;

/// The hour of the day at which a working day begins, for reminders.
const MORNING: TimeDelta = TimeDelta::hours(7);

/// Over so many days off in a row is looked back: longer than any Tết.
const DAYS_OFF: usize = 14;

/// A reminder never comes earlier than this before the end.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(16);

/// A limit in hours: when a quarter of it is left. Every other: from the morning of the last working
/// day before the last day in time. A year that the calendar does not know counts every day.
pub(super) fn remind_from(
    due_at: Instant,
    limit_hours: Option<i64>,
    calendar: &Calendar,
) -> DateTime<Utc> {
    if let Some(hours) = limit_hours {
        return due_at.utc() - TimeDelta::minutes(hours * 15);
    }
    // 00:00 belongs to the day before, as the law counts.
    let last = Instant::new(due_at.utc() - TimeDelta::microseconds(1)).date();
    let day = working_day_before(last, calendar);
    Instant::start_of(day).utc() + MORNING
}

fn working_day_before(day: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let before = || day.iter_days().rev().skip(1).take(DAYS_OFF);
    before()
        .find(|day| calendar.day(*day).map_or(true, |status| status.working))
        .or_else(|| before().next())
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(due_at: &str, hours: Option<i64>) -> String {
        let due_at = Instant::parse(due_at).unwrap();
        let from = remind_from(due_at, hours, &Calendar::shipped());
        Instant::new(from).to_string()
    }

    #[test]
    fn a_limit_in_days_is_called_to_mind_on_the_working_day_before() {
        let wednesday = "2024-02-22T00:00:00+07:00";
        assert_eq!(from(wednesday, None), "2024-02-20T07:00:00+07:00");
        let monday = "2024-02-27T00:00:00+07:00";
        assert_eq!(from(monday, None), "2024-02-23T07:00:00+07:00");
        // Within the day, too.
        let noon = "2024-02-21T12:00:00+07:00";
        assert_eq!(from(noon, None), "2024-02-20T07:00:00+07:00");
    }

    #[test]
    fn nobody_is_reminded_in_the_days_of_tet() {
        let after = "2024-02-16T00:00:00+07:00";
        assert_eq!(from(after, None), "2024-02-07T07:00:00+07:00");
    }

    #[test]
    fn a_limit_in_hours_is_called_to_mind_when_a_quarter_is_left() {
        let due = "2024-02-20T04:00:00+07:00";
        assert_eq!(from(due, Some(12)), "2024-02-20T01:00:00+07:00");
    }
}
