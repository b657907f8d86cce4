//! What a procedure is: steps, limits, interpretations, and who is competent when. Reading it from a
//! file stands in `file`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::arithmetic::{Limit, LimitUnit};
use super::competence::{Competence, Named};
use super::file::{ProcedureError, wrong};
use super::governed::{Governed, OwedBy};
use super::standard::Standards;
use crate::language::Sentence;
use crate::time::Instant;
use crate::unit::Units;

/// An event that opens an obligation.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Opening<S: Governed> {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<S::Condition>,
    /// Due date instead of the limit.
    pub due: Option<S::Fixed>,
    /// What to say about that due date.
    pub why: Option<Sentence>,
}

/// An event that lets an obligation fall away.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Waiving<S: Governed> {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<S::Condition>,
    /// Only what arose in the round of the event.
    #[serde(default)]
    pub same_round: bool,
    /// Only what was opened by an event of one of these types; by any where none is named.
    #[serde(default)]
    pub opened_by: Vec<String>,
    /// What is said about it.
    pub why: Sentence,
}

/// The limit of a step.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct StepLimit<S: Governed> {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
    /// Counted from where.
    pub from: S::Start,
    /// Applies only if all of these hold; of several limits the first that applies counts.
    #[serde(default)]
    pub when: Vec<S::Condition>,
    /// Applies only where the step was owed in this round before, and is no more.
    #[serde(default)]
    pub again: bool,
    /// The amount for units that are remote or on an island, where the law gives them more.
    pub remote: Option<u32>,
    /// Does not apply while this holds. Where it begins to hold later, the limit is lifted from then on.
    pub unless: Option<S::Condition>,
    /// What is said when it does not apply. A limit about which nothing is said is not lifted later.
    pub lifted: Option<Sentence>,
    /// Whether a last day off moves on (Civil Code 2015, art. 148.5).
    #[serde(default = "yes")]
    pub prolonged: bool,
}

/// A time to mind before the limit, or where there is none.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct StepBound<S: Governed> {
    /// How many, unless `from` is a date by itself.
    pub amount: Option<u32>,
    /// Of what.
    pub unit: Option<LimitUnit>,
    /// Counted from where.
    pub from: S::Start,
    /// Does not apply while this holds.
    pub unless: Option<S::Condition>,
    /// What stands behind it.
    pub why: Sentence,
}

/// A step that comes again and again: after each of `months` from where it counts, and then every
/// `every` months.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The first times, in months, rising.
    pub months: Vec<u32>,
    /// The interval after 0, in months: 6 means after 6, 12, 18, ….
    pub every: u32,
}

impl Series {
    /// After how many months the `turn`-th time is due, from 1.
    #[must_use]
    pub fn months(&self, turn: u32) -> u32 {
        let index = turn.saturating_sub(1) as usize;
        if let Some(months) = self.months.get(index) {
            return *months;
        }
        let last = self.months.last().copied().unwrap_or(0);
        let passed = last / self.every;
        let beyond = u32::try_from(index - self.months.len()).unwrap_or(0);
        (passed + 1 + beyond) * self.every
    }
}

const fn yes() -> bool {
    true
}

impl<S: Governed> StepLimit<S> {
    /// The number and unit.
    #[must_use]
    pub const fn limit(&self) -> Limit {
        Limit {
            amount: self.amount,
            unit: self.unit,
        }
    }
}

/// A step of the procedure.
#[derive(Debug, Clone, Serialize)]
#[serde(bound = "")]
#[expect(
    missing_docs,
    reason = "the keys are explained at the top of the procedure file"
)]
pub struct Step<S: Governed> {
    pub id: String,
    pub name: Sentence,
    pub why: Sentence,
    pub command: Option<String>,
    pub owed: OwedBy<S::Owed>,
    pub unit: S::Owing,
    pub agency: Option<String>,
    pub immediately: bool,
    pub form: Option<String>,
    pub legal_basis: String,
    pub interpretations: Vec<String>,
    pub each: Option<S::Each>,
    pub apart: bool,
    pub opens: Vec<Opening<S>>,
    pub ends: Vec<String>,
    pub ends_when_recorded: bool,
    pub already_ended_in_round: bool,
    pub hours_before_all: Option<u32>,
    pub waived: Vec<Waiving<S>>,
    pub limits: Vec<StepLimit<S>>,
    pub series: Option<Series>,
    pub bound: Option<StepBound<S>>,
    pub climbs: bool,
    pub outside: bool,
    pub holder_may_finish: bool,
    pub waits_for: Vec<String>,
    pub lines: Vec<String>,
    pub effective_from: Instant,
    pub effective_to: Option<Instant>,
    pub procedure: String,
    pub version: u32,
}

impl<S: Governed> Step<S> {
    /// Whether this version of the step is in force at an instant.
    #[must_use]
    pub fn in_force(&self, at: Instant) -> bool {
        self.effective_from <= at && self.effective_to.is_none_or(|to| at < to)
    }
}

/// A decision that had to be taken where the law is silent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interpretation {
    /// Name.
    pub id: String,
    /// What was decided.
    pub text: Sentence,
    /// Why.
    pub reason: Sentence,
}

/// What the law names and nobody owes as a step, with the reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unowned {
    /// The line in the table of the law, for example `S08`.
    pub line: String,
    /// What it is.
    pub name: Sentence,
    /// Why nobody owes it.
    pub reason: Sentence,
}

/// What closing a case does to what is still open.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Closing<S: Governed> {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<S::Condition>,
    /// Steps that do not fall away: who closes does not answer them by that.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// The procedure whose steps fall away: filled in when the file is read.
    #[serde(skip_deserializing)]
    pub procedure: String,
    /// What is said about it.
    pub why: Sentence,
}

/// What opening a subject again brings back of what its closing let fall away.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Reopening<S: Governed> {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<S::Condition>,
    /// Only what arose since then: what arose before was answered by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<S::Start>,
    /// The steps that are owed again, with the time that they had.
    pub brings_back: Vec<String>,
    /// The procedure whose steps they are: filled in when the file is read.
    #[serde(skip_deserializing)]
    pub procedure: String,
    /// What is said about it.
    pub why: Sentence,
}

/// The rules of the house: the main procedure and those that run beside it (police and prosecution,
/// alternative care), in every version, each step with the dates between which it is in force. An
/// obligation follows the version in force at the event that opened it.
#[derive(Debug, Clone)]
pub struct Procedure<S: Governed> {
    /// Name of the main procedure, for example `decree-56-2017`.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub name: Sentence,
    /// Steps in the order of the procedure.
    pub steps: Vec<Step<S>>,
    /// Decisions where the law is silent.
    pub interpretations: Vec<Interpretation>,
    /// What the law names and nobody owes.
    pub unowned: Vec<Unowned>,
    /// What closing does, for each procedure.
    pub closings: Vec<Closing<S>>,
    /// What opening again brings back, for each procedure.
    pub reopenings: Vec<Reopening<S>>,
    /// Who may give which command between which dates.
    pub competences: Vec<Competence<S>>,
    /// What agencies are called between which dates.
    pub agencies: Vec<Named>,
    /// On which articles something rests between which dates.
    pub bases: Vec<Named>,
    /// Service standards and shortened limits that units set for themselves.
    pub standards: Standards,
    /// The units that it is about, with their history.
    pub units: Arc<Units>,
}

impl<S: Governed> Procedure<S> {
    /// What this file does not say about who may give a command is as in another.
    pub(crate) fn complete(&mut self, shipped: Self) {
        keep_moves(&mut self.competences, &shipped.competences);
        let said: Vec<_> = self.competences.iter().map(|c| c.command.clone()).collect();
        let rows = shipped.competences.into_iter();
        self.competences
            .extend(rows.filter(|row| !said.contains(&row.command)));
        for (mine, shipped) in [
            (&mut self.agencies, shipped.agencies),
            (&mut self.bases, shipped.bases),
        ] {
            let known: Vec<_> = mine.iter().map(|row| row.id.clone()).collect();
            mine.extend(shipped.into_iter().filter(|row| !known.contains(&row.id)));
        }
    }

    /// The same about other units.
    #[must_use]
    pub fn about(mut self, units: &Arc<Units>) -> Self {
        self.units = Arc::clone(units);
        self
    }

    /// The same with a further version of one of its procedures, or with another one beside it.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub fn with(mut self, text: &str) -> Result<Self, ProcedureError> {
        let other = Self::read(text, &self.units)?;
        let known = |step: &Step<S>| (step.procedure.clone(), step.version);
        let mine: Vec<_> = self.steps.iter().map(known).collect();
        if other.steps.iter().any(|step| mine.contains(&known(step))) {
            return Err(wrong("version", "this version is known already"));
        }
        let from = other.steps.iter().map(|step| step.effective_from).min();
        for step in &mut self.steps {
            let same = step.procedure == other.id && from.is_some_and(|f| step.effective_from < f);
            if same {
                step.effective_to = step.effective_to.min(from).or(from);
            }
        }
        self.steps.extend(other.steps);
        // A further version ends with the closing of its procedure; a new procedure brings its own.
        let known: Vec<_> = self.closings.iter().map(|c| c.procedure.clone()).collect();
        let closings = other.closings.into_iter();
        self.closings
            .extend(closings.filter(|closing| !known.contains(&closing.procedure)));
        let reopenings = other.reopenings.into_iter();
        self.reopenings
            .extend(reopenings.filter(|reopening| !known.contains(&reopening.procedure)));
        self.interpretations.extend(other.interpretations);
        self.unowned.extend(other.unowned);
        // The newer rows are asked first, for the days for which they stand.
        let mut newer = other.competences;
        keep_moves(&mut newer, &self.competences);
        self.competences.splice(0..0, newer);
        self.agencies.splice(0..0, other.agencies);
        self.bases.splice(0..0, other.bases);
        Ok(self)
    }

    /// The same with the standards that units set for themselves.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong; also where a standard would give more time
    /// than the law.
    pub fn with_standards(mut self, text: &str) -> Result<Self, ProcedureError> {
        self.standards = Standards::read(text, &self)?;
        Ok(self)
    }

    /// Adds what runs beside it, but for steps that it defines itself.
    pub(crate) fn add(&mut self, beside: Self) {
        let own: Vec<_> = self.steps.iter().map(|step| step.id.clone()).collect();
        let steps = beside.steps.into_iter();
        self.steps
            .extend(steps.filter(|step| !own.contains(&step.id)));
        self.interpretations.extend(beside.interpretations);
        self.unowned.extend(beside.unowned);
        self.closings.extend(beside.closings);
        self.reopenings.extend(beside.reopenings);
        let said: Vec<_> = self.competences.iter().map(|c| c.command.clone()).collect();
        let rows = beside.competences.into_iter();
        self.competences
            .extend(rows.filter(|row| !said.contains(&row.command)));
        self.agencies.extend(beside.agencies);
        self.bases.extend(beside.bases);
    }

    /// The step with this name.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step<S>> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// Who alone moves by a correction who answers stays as it is known, where a row does not say it.
fn keep_moves<S: Governed>(rows: &mut [Competence<S>], known: &[Competence<S>]) {
    for row in rows.iter_mut().filter(|row| row.moves.is_none()) {
        let mut same = known.iter().filter(|known| known.command == row.command);
        row.moves = same.find_map(|known| known.moves.clone());
    }
}
