//! What somebody is reminded of, and from when: the end of a time limit, and an earlier time before
//! which it is wise to act. Pure.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::Calendar;
use domain::notice::NoticeKind;
use domain::time::Instant;
use projections::Owed;

/// The hour of the day at which a working day begins, for reminders.
const MORNING: TimeDelta = TimeDelta::hours(7);

/// Over so many days off in a row is looked back: longer than any Tết.
const DAYS_OFF: usize = 14;

/// A reminder never comes earlier than this before the end.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(16);

/// What has passed longer ago is told no more: it stands first in the worklist, and a server that
/// begins to remind, or an officer who begins, would have nothing but that. Longer than any Tết.
pub(super) const LATELY: TimeDelta = TimeDelta::days(14);

/// A time to mind that comes so soon after the step arose is counted in hours.
const SHORT: TimeDelta = TimeDelta::hours(48);

/// What is to be told of an open obligation at `now`, each with the time that it is about: of the
/// limit of the law, and of the time to mind where that is an earlier or the only one.
pub(super) fn told_of(
    owed: &Owed,
    now: Instant,
    calendar: &Calendar,
) -> impl Iterator<Item = (NoticeKind, Instant)> {
    let law = owed.due_at.and_then(|due_at| {
        let from = remind_from(due_at, owed.limit_hours, calendar);
        let kind = reached(
            due_at,
            from,
            now,
            [NoticeKind::DueSoon, NoticeKind::Overdue],
        );
        Some((kind?, due_at))
    });
    let to_mind = owed.to_mind().and_then(|act_by| {
        let from = mind_from(owed.opened_at, act_by, calendar);
        let kind = reached(
            act_by,
            from,
            now,
            [NoticeKind::BoundSoon, NoticeKind::BoundPassed],
        );
        Some((kind?, act_by))
    });
    law.into_iter().chain(to_mind)
}

/// Which of the two is to be told: that the time comes, or that it has passed lately.
fn reached(
    at: Instant,
    from: DateTime<Utc>,
    now: Instant,
    [soon, passed]: [NoticeKind; 2],
) -> Option<NoticeKind> {
    if now > at {
        return (now.utc() - at.utc() <= LATELY).then_some(passed);
    }
    (now.utc() >= from).then_some(soon)
}

/// A time to mind within hours: when a quarter of them is left. Every other: like a limit in days.
fn mind_from(opened_at: Instant, act_by: Instant, calendar: &Calendar) -> DateTime<Utc> {
    let span = act_by.utc() - opened_at.utc();
    if span <= SHORT {
        return act_by.utc() - span / 4;
    }
    remind_from(act_by, None, calendar)
}

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

    fn told(due_at: Option<&str>, act_by: Option<&str>, now: &str) -> Vec<NoticeKind> {
        let at = |text: &str| Instant::parse(text).unwrap();
        let opened_at = at("2024-02-19T09:00:00+07:00");
        let owed = Owed {
            opened_at,
            due_at: due_at.map(at),
            act_by: act_by.map(at),
            ..crate::notices::calendar::an_obligation()
        };
        let calendar = Calendar::shipped();
        let told = told_of(&owed, at(now), &calendar);
        told.map(|(kind, _)| kind).collect()
    }

    #[test]
    fn a_time_to_mind_is_told_of_as_such_and_never_as_a_limit() {
        use NoticeKind::{BoundPassed, BoundSoon, DueSoon, Overdue};
        let evening = Some("2024-02-19T21:00:00+07:00");
        let alone = |now: &str| told(None, evening, now);
        assert_eq!(alone("2024-02-19T17:59:59+07:00"), []);
        assert_eq!(alone("2024-02-19T18:00:00+07:00"), [BoundSoon]);
        assert_eq!(alone("2024-02-19T21:00:00+07:00"), [BoundSoon]);
        assert_eq!(alone("2024-02-19T21:00:01+07:00"), [BoundPassed]);
        // Before a limit of the law: first the one, then both.
        let thursday = Some("2024-02-23T00:00:00+07:00");
        let both = |now: &str| told(thursday, evening, now);
        assert_eq!(both("2024-02-20T09:00:00+07:00"), [BoundPassed]);
        assert_eq!(both("2024-02-22T09:00:00+07:00"), [DueSoon, BoundPassed]);
        assert_eq!(both("2024-02-23T09:00:00+07:00"), [Overdue, BoundPassed]);
        // The same instant is the limit alone.
        assert_eq!(
            told(thursday, thursday, "2024-02-22T09:00:00+07:00"),
            [DueSoon]
        );
        // In days: from the working day before.
        let alone = |now: &str| told(None, thursday, now);
        assert_eq!(alone("2024-02-21T06:59:00+07:00"), []);
        assert_eq!(alone("2024-02-21T07:00:00+07:00"), [BoundSoon]);
    }

    #[test]
    fn what_passed_long_ago_is_told_no_more() {
        let due = Some("2024-02-22T00:00:00+07:00");
        let overdue = |now: &str| told(due, due, now);
        assert_eq!(overdue("2024-03-07T00:00:00+07:00"), [NoticeKind::Overdue]);
        assert_eq!(overdue("2024-03-07T00:00:01+07:00"), []);
        assert_eq!(told(None, due, "2024-03-07T00:00:01+07:00"), []);
    }

    #[test]
    fn a_limit_in_hours_is_called_to_mind_when_a_quarter_is_left() {
        let due = "2024-02-20T04:00:00+07:00";
        assert_eq!(from(due, Some(12)), "2024-02-20T01:00:00+07:00");
    }
}
