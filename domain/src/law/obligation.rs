//! An obligation: one step that one agency owes, opened by an event, due at an instant, ended by
//! an event. It carries all that explains it.

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use super::arithmetic::{Day, Limit};
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::{Date, Instant};

/// Where an obligation stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationState {
    /// To be done, in time or without a limit.
    Open,
    /// Done in time, or without a limit.
    Met,
    /// Done after its time.
    MetLate,
    /// To be done, and its time is over.
    Overdue,
    /// Fell away; says why.
    Waived,
}

/// Who owes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accountable {
    /// The role.
    pub role: Role,
    /// Code of the unit, where the file knows it.
    pub unit: Option<String>,
    /// The officer in charge, where one was assigned.
    pub officer: Option<String>,
    /// What the agency is called at that time, where the procedure names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Sentence>,
}

impl Accountable {
    /// Whether it is the same role of the same unit, whoever is in charge there.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.role == other.role && self.unit == other.unit
    }
}

/// An open obligation passed by law from a unit to its successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOn {
    /// When that was recorded: until then the old unit owed it.
    pub at: Instant,
    /// The first day on which the successor is competent by law.
    pub effective: Date,
    /// Reference of the old unit.
    pub from: String,
    /// Reference of its successor.
    pub to: String,
    /// Id of the event that says so.
    pub by_event: Uuid,
}

/// A time before which it is wise to act although the step has no limit of its own, or an earlier
/// end than the limit. Never law by itself; `why` says what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// The time.
    pub at: Instant,
    /// What stands behind it.
    pub why: Sentence,
}

/// What a unit set for itself: a service standard, or a time shorter than the law's. Never law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardDue {
    /// Until when, by that standard.
    pub at: Instant,
    /// How much time it gives.
    pub limit: Limit,
    /// Code of the unit that set it.
    pub unit: String,
    /// The act by which it was set.
    pub title: Sentence,
}

/// To whom an unanswered offer climbs, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Climb {
    /// From when on the next level is told.
    pub at: Instant,
    /// In which role.
    pub role: Role,
    /// Code of that unit.
    pub unit: String,
}

/// A step of somebody else without which this one could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitedFor {
    /// Name of the step.
    pub step: String,
    /// Its title.
    pub name: Sentence,
    /// Who owed it.
    pub accountable: Accountable,
    /// From when both were open.
    pub since: Instant,
    /// When it was done; none while it is still open.
    pub until: Option<Instant>,
}

/// One step that one agency owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Name of the step in the procedure.
    pub step: String,
    /// Its title.
    pub name: Sentence,
    /// Why it has to be done.
    pub why: Sentence,
    /// The item of the plan or the referral that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The how-manieth time it is, for a step that comes again and again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// Round of the procedure.
    pub cycle: u32,
    /// Who owes it.
    pub accountable: Accountable,
    /// Who may do it as well: a commune that took the case over while it was unfinished.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Accountable>,
    /// How it passed from unit to unit while it was open, oldest first. Nobody answers for the time
    /// before it passed to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed_on: Vec<PassedOn>,
    /// Who owed it before, each until when, oldest first.
    #[serde(skip)]
    pub(super) before: Vec<(Instant, Accountable)>,
    /// The command that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// When it arose.
    pub opened_at: Instant,
    /// Type of the event that opened it.
    pub opened_by: &'static str,
    /// Id of that event.
    pub opened_by_event: Uuid,
    /// Last instant in time; none where the law gives no number or the limit is lifted.
    pub due_at: Option<Instant>,
    /// The limit, where the law gives a number.
    pub limit: Option<Limit>,
    /// The law says "at once", without a number.
    pub immediately: bool,
    /// From when the limit is counted.
    pub counted_from: Option<Instant>,
    /// Why there is no due date, or whose date it is, where that needs saying.
    pub due_note: Option<Sentence>,
    /// An earlier time to mind.
    pub bound: Option<Bound>,
    /// The standard of a unit, never law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardDue>,
    /// To whom it climbs while it is not answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub climbs: Option<Climb>,
    /// When it was done, or fell away.
    pub ended_at: Option<Instant>,
    /// When that was recorded.
    pub ended_recorded_at: Option<Instant>,
    /// Type of the event that ended it.
    pub ended_by: Option<&'static str>,
    /// Id of that event.
    pub ended_by_event: Option<Uuid>,
    /// Where it stands at the time of asking.
    pub state: ObligationState,
    /// The limit had passed when it ended or fell away.
    pub late: bool,
    /// By how much: an ISO 8601 duration.
    pub late_by: Option<String>,
    /// Who owed it when its limit passed, where another owes it now: that it was late then is theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_under: Option<Accountable>,
    /// Where it stood as first recorded, where a correction changed that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_correction: Option<ObligationState>,
    /// Corrections that would make it punctual and wait for a second person; until then it counts as it
    /// was first recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unconfirmed: Vec<Uuid>,
    /// Who confirms them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirms: Option<Role>,
    /// The correction that made late of punctual, or punctual of late.
    #[serde(skip)]
    pub corrected_by: Option<Uuid>,
    /// The event that told of it only after it had fallen away.
    #[serde(skip)]
    pub(super) told_late_by: Option<Uuid>,
    /// What it counts as while nobody confirmed.
    #[serde(skip)]
    pub(crate) counts_as: Option<Box<Obligation>>,
    /// What others had to do first, and how long that took.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waited_for: Vec<WaitedFor>,
    /// Why it fell away.
    pub waived_because: Option<Sentence>,
    /// Procedure and version.
    pub procedure: String,
    /// Version of that procedure.
    pub procedure_version: u32,
    /// Version of the calendar that was counted with.
    pub calendar: String,
    /// Article of law.
    pub legal_basis: String,
    /// Form of the law.
    pub form: Option<String>,
    /// Decisions that had to be taken where the law is silent.
    pub interpretations: Vec<String>,
    /// Day by day.
    pub arithmetic: Vec<Day>,
}

impl Obligation {
    /// Whether it is still to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Where it stands at `now`. Exactly at the due instant is in time.
    #[must_use]
    pub fn state_at(&self, now: Instant) -> ObligationState {
        if let Some(first) = &self.counts_as {
            return first.state_at(now);
        }
        let late = |at: Instant| self.due_at.is_some_and(|due| at > due);
        match self.ended_at {
            _ if self.waived_because.is_some() => ObligationState::Waived,
            Some(ended) if late(ended) => ObligationState::MetLate,
            Some(_) => ObligationState::Met,
            None if late(now) => ObligationState::Overdue,
            None => ObligationState::Open,
        }
    }

    /// How far the limit had passed when it ended or fell away, in time or without a limit: none.
    #[must_use]
    pub fn overrun(&self) -> Option<TimeDelta> {
        if let Some(first) = &self.counts_as {
            return first.overrun();
        }
        let over = self.ended_at?.utc() - self.due_at?.utc();
        (over > TimeDelta::zero()).then_some(over)
    }

    /// Fills in where it stands at `now`.
    pub(super) fn stand(&mut self, now: Instant) {
        self.state = self.state_at(now);
        let overrun = self.overrun();
        self.late = overrun.is_some();
        self.late_by = overrun.map(iso_duration);
        let counted = self.counts_as.as_deref().unwrap_or(self);
        let passed = (self.late || self.state == ObligationState::Overdue)
            .then_some(counted.due_at)
            .flatten();
        self.late_under = passed.and_then(|due| {
            let mut before = self.before.iter();
            let owed = before.find(|(until, _)| due < *until)?;
            Some(owed.1.clone()).filter(|owed| !owed.is_same(&self.accountable))
        });
    }

    /// Who answers for its being late: who owed it when its limit passed.
    #[must_use]
    pub fn answers_for_lateness(&self) -> &Accountable {
        self.late_under.as_ref().unwrap_or(&self.accountable)
    }

    /// By when to act: the due instant, the bound or the standard, whichever comes first.
    #[must_use]
    pub fn act_by(&self) -> Option<Instant> {
        let bound = self.bound.as_ref().map(|bound| bound.at);
        let standard = self.standard.as_ref().map(|standard| standard.at);
        [self.due_at, bound, standard].into_iter().flatten().min()
    }
}

/// A length of time as ISO 8601 writes it: days of 24 hours, hours, minutes, seconds.
fn iso_duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let parts = [
        (seconds / 86_400, 'D'),
        (seconds / 3_600 % 24, 'H'),
        (seconds / 60 % 60, 'M'),
        (seconds % 60, 'S'),
    ];
    let mut text = String::from("P");
    for (place, (amount, unit)) in parts.into_iter().enumerate() {
        if place > 0 && amount > 0 && !text.contains('T') {
            text.push('T');
        }
        if amount > 0 {
            text.push_str(&format!("{amount}{unit}"));
        }
    }
    if text == "P" {
        text.push_str("T0S");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_length_of_time_is_written_as_the_standard_says() {
        for (seconds, text) in [
            (0, "PT0S"),
            (1, "PT1S"),
            (12_000, "PT3H20M"),
            (86_400, "P1D"),
            (90_061, "P1DT1H1M1S"),
            (2_592_000, "P30D"),
        ] {
            assert_eq!(iso_duration(TimeDelta::seconds(seconds)), text);
        }
    }

    /// A plan that was owed by Friday, 15 March 2024, 24:00.
    fn plan() -> Obligation {
        use crate::case::testing::*;
        let case = assessed().and("03-12 09:00", OFFICER, detail());
        let all = case.obligations("03-13 09:00").into_iter();
        let mut plans = all.filter(|owed| owed.step == "submit-plan");
        plans.next().unwrap()
    }

    #[test]
    fn what_ends_with_its_limit_is_in_time_and_a_second_later_it_is_not() {
        let mut owed = plan();
        let due = owed.due_at.unwrap();
        let after = |seconds| Instant::new(due.utc() + TimeDelta::seconds(seconds));
        owed.ended_at = Some(due);
        assert_eq!(owed.overrun(), None);
        owed.ended_at = Some(after(1));
        assert_eq!(owed.overrun(), Some(TimeDelta::seconds(1)));
        owed.due_at = None;
        assert_eq!(owed.overrun(), None);
    }

    #[test]
    fn who_owed_it_when_its_limit_passed_was_late() {
        let mut owed = plan();
        let due = owed.due_at.unwrap();
        let after = |seconds| Instant::new(due.utc() + TimeDelta::seconds(seconds));
        let mut before = owed.accountable.clone();
        before.unit = Some("19114".to_owned());
        owed.ended_at = Some(after(60));
        // Handed over with the limit itself: it passed with the next.
        for (until, late) in [
            (after(0), None),
            (after(1), Some("19114")),
            (after(-1), None),
        ] {
            owed.before = vec![(until, before.clone())];
            owed.stand(after(60));
            let under = owed.late_under.as_ref().and_then(|who| who.unit.as_deref());
            assert_eq!(under, late);
        }
    }

    #[test]
    fn one_acts_by_what_comes_first() {
        let mut owed = plan();
        let due = owed.due_at.unwrap();
        assert_eq!(owed.act_by(), Some(due));
        let before = Instant::new(due.utc() - TimeDelta::hours(1));
        let bound = |at| Bound {
            at,
            why: crate::language::Sentence::new("", ""),
        };
        owed.bound = Some(bound(before));
        assert_eq!(owed.act_by(), Some(before));
        owed.due_at = None;
        owed.bound = None;
        assert_eq!(owed.act_by(), None);
    }
}
