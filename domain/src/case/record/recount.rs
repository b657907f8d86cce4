//! What another calendar changes in a case. The due dates themselves always follow the calendar in
//! use; that they moved, and why, is an event, so that nobody is surprised or blamed.

use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::event::{Event, Recorded, Split};
use crate::case::events::recount::{ChangedDay, MovedDue, RecountedFacts};
use crate::law::{Obligation, derive_obligations};
use crate::time::Instant;

/// The event that says which due dates of open obligations moved between two calendars; none where
/// none did. `now` is the instant of the change.
#[must_use]
pub fn recount(
    history: &[Recorded],
    procedure: &Procedure,
    before: &Calendar,
    after: &Calendar,
    now: Instant,
) -> Option<Event> {
    let was = derive_obligations(history, procedure, before, now);
    let is = derive_obligations(history, procedure, after, now);
    let moved: Vec<(&Obligation, &Obligation)> = was
        .iter()
        .zip(&is)
        .filter(|(was, is)| is.is_open() && was.due_at != is.due_at)
        .collect();
    let first = moved.iter().filter_map(|(_, is)| is.counted_from).min()?;
    let last = moved
        .iter()
        .flat_map(|(was, is)| [was.due_at, is.due_at])
        .flatten()
        .max()?;
    let days = before
        .changed_days(after)
        .into_iter()
        .filter(|(date, _)| (first.date()..last.date()).contains(date))
        .map(|(date, status)| ChangedDay {
            date,
            working: status.working,
            name: status.why,
        });
    let moved = moved.iter().map(|(was, is)| MovedDue {
        step: is.step.clone(),
        item: is.item.clone(),
        cycle: is.cycle,
        due_before: was.due_at,
        due_now: is.due_at,
    });
    Some(Event::DueDatesMoved(Split {
        facts: RecountedFacts {
            calendar_before: before.id().to_owned(),
            calendar_now: after.id().to_owned(),
            days: days.collect(),
            moved: moved.collect(),
        },
        personal: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::testing::*;

    /// The calendar of spring 2024 before the swap of 29 April with 4 May was announced.
    fn before_the_notice() -> Calendar {
        let text = Calendar::SHIPPED.replacen("id = \"vietnam-", "id = \"before-", 1);
        let days: Vec<_> = text
            .split("[[day]]")
            .filter(|day| !day.contains("date = 2024-04-29") && !day.contains("date = 2024-05-04"))
            .collect();
        Calendar::parse(&days.join("[[day]]")).unwrap()
    }

    #[test]
    fn a_make_up_day_announced_late_moves_what_is_open_and_says_why() {
        let case = assessed_on_friday_before_the_holidays();
        let now = Instant::parse(&t("04-27 08:00")).unwrap();
        let procedure = Procedure::shipped();
        let (old, new) = (before_the_notice(), Calendar::shipped());
        let event = recount(case.history(), &procedure, &old, &new, now).unwrap();
        let Event::DueDatesMoved(moved) = &event else {
            panic!("{event:?}");
        };
        let days: Vec<_> = moved
            .facts
            .days
            .iter()
            .map(|d| (d.date.to_string(), d.working))
            .collect();
        assert_eq!(days, [("2024-04-29".to_owned(), false)]);
        // 2 working days after Friday: 29 April and 2 May before, 2 and 3 May now. The 5 working
        // days of the plan are over with the submission.
        let [approval] = moved.facts.moved.as_slice() else {
            panic!("{:?}", moved.facts.moved);
        };
        assert_eq!(approval.step, "approve-plan");
        let due = |at: Option<Instant>| at.map(|at| at.to_string());
        assert_eq!(due(approval.due_before), Some(t("05-03 00:00")));
        assert_eq!(due(approval.due_now), Some(t("05-04 00:00")));
        assert!(recount(case.history(), &procedure, &new, &new, now).is_none());
    }

    fn assessed_on_friday_before_the_holidays() -> Given {
        given()
            .and("04-26 09:00", OFFICER, report("04-26 09:00"))
            .and("04-26 11:00", OFFICER, assess(false, false))
            .and("04-26 12:00", OFFICER, detail())
            .and("04-26 13:00", CHAIR, meet())
            .and("04-26 14:00", OFFICER, submit())
    }
}
