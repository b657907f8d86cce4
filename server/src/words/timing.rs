//! By when something has to be done, in words. A limit of the law may be overdue; a time that is only
//! wise to keep never is.

use chrono::{DateTime, Duration, Utc};
use domain::calendar::Calendar;
use domain::law::{LimitUnit, Obligation};
use projections::counted_due;

use crate::language::Language;
use crate::words;

/// What is known of the time of something that is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Last instant in time, by law.
    pub due_at: Option<DateTime<Utc>>,
    /// A time to mind, by the procedure.
    pub bound_at: Option<DateTime<Utc>>,
    /// Since when it waits.
    pub opened_at: DateTime<Utc>,
    /// Whether its limit counts working days.
    pub working_days: bool,
    /// No number, but an emergency, or the law says "at once".
    pub urgent: bool,
}

impl Timing {
    /// The time of an obligation. `emergency`: of the case.
    #[must_use]
    pub fn of(obligation: &Obligation, emergency: bool) -> Self {
        Self {
            due_at: counted_due(obligation).map(|at| at.utc()),
            bound_at: obligation.bound.as_ref().map(|bound| bound.at.utc()),
            opened_at: obligation.opened_at.utc(),
            working_days: obligation
                .limit
                .is_some_and(|limit| limit.unit == LimitUnit::WorkingDay),
            urgent: obligation.act_by().is_none() && (emergency || obligation.immediately),
        }
    }

    /// Whether the time that the law gives is over. Exactly at the last instant is in time.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| now > due)
    }

    /// Whether the time to mind comes before the limit of the law, or is the only one.
    #[must_use]
    pub fn bound_first(&self) -> bool {
        match (self.bound_at, self.due_at) {
            (Some(bound), Some(due)) => bound < due,
            (bound, _) => bound.is_some(),
        }
    }

    /// In words, as seen at `now`.
    #[must_use]
    pub fn words(&self, language: Language, now: DateTime<Utc>, calendar: &Calendar) -> String {
        match (self.due_at, self.bound_at) {
            (Some(due), _) if now > due || !self.bound_first() => {
                let left = self.working_days.then(|| working_days(due, now, calendar));
                words::due(language, due, now, left.flatten())
            }
            (_, Some(bound)) if now > bound => {
                let time = words::duration(language, now - bound);
                language.text_with("bound-passed", &[("time", time.into())])
            }
            (_, Some(bound)) => {
                let due = lower_first(&words::due(language, bound, now, None));
                language.text_with("bound-ahead", &[("due", due.into())])
            }
            (Some(due), None) => words::due(language, due, now, None),
            (None, None) if self.urgent => {
                let waited = (now - self.opened_at).max(Duration::zero());
                let time = words::duration(language, waited);
                language.text_with("due-at-once", &[("time", time.into())])
            }
            (None, None) => words::waiting(language, self.opened_at, now),
        }
    }
}

/// Working days from tomorrow to the last day in time; none where the calendar does not know.
fn working_days(due: DateTime<Utc>, now: DateTime<Utc>, calendar: &Calendar) -> Option<u32> {
    let last = words::local(due - Duration::nanoseconds(1)).date_naive();
    let today = words::local(now).date_naive();
    calendar.working_days_between(today, last).ok()
}

/// With a small first letter, to stand within a sentence.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// With a large first letter, to stand at the beginning of a sentence.
pub fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn timing(due: Option<&str>, bound: Option<&str>) -> Timing {
        Timing {
            due_at: due.map(at),
            bound_at: bound.map(at),
            opened_at: at("2024-02-19T08:00:00+07:00"),
            working_days: true,
            urgent: false,
        }
    }

    fn words(timing: &Timing) -> String {
        let now = at("2024-02-19T09:00:00+07:00");
        timing.words(Language::Vi, now, &Calendar::shipped())
    }

    #[test]
    fn working_days_are_counted_by_the_calendar() {
        let end_of_wednesday = timing(Some("2024-02-22T00:00:00+07:00"), None);
        assert_eq!(
            words(&end_of_wednesday),
            "Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02"
        );
    }

    #[test]
    fn a_time_to_mind_is_never_called_overdue() {
        let passed = timing(None, Some("2024-02-19T08:30:00+07:00"));
        assert!(!passed.overdue(at("2024-02-19T09:00:00+07:00")));
        assert_eq!(words(&passed), "Đã qua mốc nên hoàn thành 30 phút");
        let ahead = timing(None, Some("2024-02-19T16:40:00+07:00"));
        assert_eq!(words(&ahead), "Mốc nên hoàn thành: hôm nay, trước 16:40");
    }

    #[test]
    fn what_has_no_number_says_how_long_it_waits() {
        let none = timing(None, None);
        assert_eq!(words(&none), "Luật không định thời hạn · đã chờ 1 giờ");
        let urgent = Timing {
            urgent: true,
            ..none
        };
        assert_eq!(words(&urgent), "Phải làm ngay · đã chờ 1 giờ");
    }
}
