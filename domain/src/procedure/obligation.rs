//! An obligation: one step that one agency owes, opened by an event, due at an instant, ended by
//! an event. It carries all that explains it.

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
    /// How it passed from unit to unit while it was open, oldest first. Nobody answers for the time
    /// before it passed to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed_on: Vec<PassedOn>,
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
        let late = |at: Instant| self.due_at.is_some_and(|due| at > due);
        match self.ended_at {
            _ if self.waived_because.is_some() => ObligationState::Waived,
            Some(ended) if late(ended) => ObligationState::MetLate,
            Some(_) => ObligationState::Met,
            None if late(now) => ObligationState::Overdue,
            None => ObligationState::Open,
        }
    }

    /// By when to act: the due instant, the bound or the standard, whichever comes first.
    #[must_use]
    pub fn act_by(&self) -> Option<Instant> {
        let bound = self.bound.as_ref().map(|bound| bound.at);
        let standard = self.standard.as_ref().map(|standard| standard.at);
        [self.due_at, bound, standard].into_iter().flatten().min()
    }
}
