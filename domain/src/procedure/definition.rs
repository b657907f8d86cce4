//! What a procedure is: steps, limits, interpretations, and who is competent when. Reading it from a
//! file stands in `file`.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::arithmetic::{Limit, LimitUnit};
use super::competence::{Competence, Named};
use super::condition::Condition;
use super::file::{ProcedureError, wrong};
use super::standard::Standards;
use crate::case::Command;
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::Instant;

/// Who owes a step, before the case is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedBy {
    /// A role.
    Role(Role),
    /// The role that belongs to the place of receipt.
    PlaceOfReceipt,
    /// The role that belongs to the agency that was asked.
    ReferredTo,
    /// The role that belongs to the forensic body.
    ForensicBody,
    /// The authority over the facility.
    FacilityAuthority,
    /// Who is asked about a contradiction.
    Contradiction,
}

/// Whose unit owes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwingUnit {
    /// The place of receipt.
    Receipt,
    /// The commune of the incident.
    Incident,
    /// The commune of residence.
    Residence,
    /// The unit that holds the case.
    Holder,
    /// The unit of the agency that was asked.
    ReferredTo,
    /// The commune that is asked to take the case.
    TransferTo,
    /// The province of the incident.
    Province,
    /// The investigating body.
    InvestigatingBody,
    /// The forensic body.
    ForensicBody,
    /// The court.
    Court,
    /// The commune of the carer.
    Carer,
    /// The facility.
    Facility,
    /// The authority over the facility.
    FacilityAuthority,
    /// The unit of who is asked about a contradiction.
    Contradiction,
    /// Not known to the file.
    None,
}

/// What an obligation repeats over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// One for each item of the plan.
    PlanItem,
    /// One for each referral.
    Referral,
    /// One for each forensic examination.
    Examination,
    /// One for each placement with a family.
    Placement,
    /// One for each contradiction that is open.
    Contradiction,
    /// One for each report that was added unseen.
    UnseenReport,
}

/// From where a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum From {
    /// The event that opened the obligation.
    OpeningEvent,
    /// The earliest receipt of the round.
    EarliestReceipt,
    /// The initial assessment.
    InitialAssessment,
    /// The decision on separation, or the day it began if earlier.
    SeparationDecision,
    /// The day on which the child was handed over to the carer.
    HandOver,
    /// The end of the separation as decided: a date by itself, with no amount to count.
    SeparationUntil,
}

/// Where a due date comes from instead of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueFrom {
    /// There is none.
    None,
    /// The end date of the item.
    ItemEnd,
    /// The date asked for in the referral.
    RespondBy,
    /// The date asked for in the offer of a transfer.
    TransferRespondBy,
    /// Until when the handling of the report of crime was prolonged.
    CrimeReportUntil,
    /// The end of the separation.
    SeparationUntil,
}

/// An event that opens an obligation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Due date instead of the limit.
    pub due: Option<DueFrom>,
    /// What to say about that due date.
    pub why: Option<Sentence>,
}

/// An event that lets an obligation fall away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiving {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepLimit {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
    /// Counted from where.
    pub from: From,
    /// Applies only if all of these hold; of several limits the first that applies counts.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The amount for units that are remote or on an island, where the law gives them more.
    pub remote: Option<u32>,
    /// Does not apply while this holds.
    pub unless: Option<Condition>,
    /// What is said when it does not apply.
    pub lifted: Option<Sentence>,
    /// Whether a last day off moves on (Civil Code 2015, art. 148.5).
    #[serde(default = "yes")]
    pub prolonged: bool,
}

/// A time to mind before the limit, or where there is none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepBound {
    /// How many, unless `from` is a date by itself.
    pub amount: Option<u32>,
    /// Of what.
    pub unit: Option<LimitUnit>,
    /// Counted from where.
    pub from: From,
    /// Does not apply while this holds.
    pub unless: Option<Condition>,
    /// What stands behind it.
    pub why: Sentence,
}

/// A step that comes again and again: after each of `months` from where it counts, and then every
/// `every` months.
#[derive(Debug, Clone, Deserialize)]
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

impl StepLimit {
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
#[derive(Debug, Clone)]
#[expect(
    missing_docs,
    reason = "the keys are explained at the top of the procedure file"
)]
pub struct Step {
    pub id: String,
    pub name: Sentence,
    pub why: Sentence,
    pub command: Option<String>,
    pub role: OwedBy,
    pub unit: OwingUnit,
    pub agency: Option<String>,
    pub immediately: bool,
    pub form: Option<String>,
    pub legal_basis: String,
    pub interpretations: Vec<String>,
    pub each: Option<Each>,
    pub opens: Vec<Opening>,
    pub ends: Vec<String>,
    pub ends_when_recorded: bool,
    pub already_ended_in_round: bool,
    pub waived: Vec<Waiving>,
    pub limits: Vec<StepLimit>,
    pub series: Option<Series>,
    pub bound: Option<StepBound>,
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

impl Step {
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Event type.
    pub on: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Steps that do not fall away: who closes does not answer them by that.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// The procedure whose steps fall away: filled in when the file is read.
    #[serde(skip)]
    pub procedure: String,
    /// What is said about it.
    pub why: Sentence,
}

/// The rules of the house: the main procedure and those that run beside it (police and prosecution,
/// alternative care), in every version, each step with the dates between which it is in force. An
/// obligation follows the version in force at the event that opened it.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Name of the main procedure, for example `decree-56-2017`.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub name: Sentence,
    /// Steps in the order of the procedure.
    pub steps: Vec<Step>,
    /// Decisions where the law is silent.
    pub interpretations: Vec<Interpretation>,
    /// What the law names and nobody owes.
    pub unowned: Vec<Unowned>,
    /// What closing does, for each procedure.
    pub closings: Vec<Closing>,
    /// Who may give which command between which dates.
    pub competences: Vec<Competence>,
    /// What agencies are called between which dates.
    pub agencies: Vec<Named>,
    /// On which articles something rests between which dates.
    pub bases: Vec<Named>,
    /// Service standards and shortened limits that units set for themselves.
    pub standards: Standards,
}

impl Procedure {
    /// The shipped procedures by name.
    pub const SHIPPED: &'static [(&'static str, &'static str)] = &[(
        "decree-56-2017",
        include_str!("../../procedures/decree-56-2017.toml"),
    )];

    /// What runs beside every main procedure.
    const BESIDE: &'static [(&'static str, &'static str)] = &[
        (
            "crime-report",
            include_str!("../../procedures/crime-report.toml"),
        ),
        (
            "alternative-care",
            include_str!("../../procedures/alternative-care.toml"),
        ),
    ];

    /// Decree 56/2017 as shipped.
    ///
    /// # Panics
    /// Never: a test reads the shipped file.
    #[must_use]
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: OnceLock<Arc<Procedure>> = OnceLock::new();
        Arc::clone(
            SHIPPED.get_or_init(|| match Procedure::parse(Self::SHIPPED[0].1) {
                Ok(procedure) => Arc::new(procedure),
                Err(error) => panic!("{error}"),
            }),
        )
    }

    /// Reads a procedure file. What runs beside it is added from the shipped files, but for steps
    /// that the file defines itself.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub fn parse(text: &str) -> Result<Self, ProcedureError> {
        let mut procedure = Self::read(text)?;
        for (_, beside) in Self::BESIDE {
            procedure.add(Self::read(beside)?);
        }
        // What a file does not say about who may give a command is as shipped.
        for (_, shipped) in Self::SHIPPED.iter().filter(|(_, shipped)| *shipped != text) {
            procedure.complete(Self::read(shipped)?);
        }
        let missing = |name: &&&str| !procedure.competences.iter().any(|c| c.command == **name);
        match Command::NAMES.iter().find(missing) {
            Some(name) => Err(wrong("competence", format!("nobody may {name}"))),
            None => Ok(procedure),
        }
    }

    fn complete(&mut self, shipped: Self) {
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

    /// The same with a further version of one of its procedures, or with another one beside it.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub fn with(mut self, text: &str) -> Result<Self, ProcedureError> {
        let other = Self::read(text)?;
        let known = |step: &Step| (step.procedure.clone(), step.version);
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
        self.interpretations.extend(other.interpretations);
        self.unowned.extend(other.unowned);
        // The newer rows are asked first, for the days for which they stand.
        self.competences.splice(0..0, other.competences);
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

    fn add(&mut self, beside: Self) {
        let own: Vec<_> = self.steps.iter().map(|step| step.id.clone()).collect();
        let steps = beside.steps.into_iter();
        self.steps
            .extend(steps.filter(|step| !own.contains(&step.id)));
        self.interpretations.extend(beside.interpretations);
        self.unowned.extend(beside.unowned);
        self.closings.extend(beside.closings);
        let said: Vec<_> = self.competences.iter().map(|c| c.command.clone()).collect();
        let rows = beside.competences.into_iter();
        self.competences
            .extend(rows.filter(|row| !said.contains(&row.command)));
        self.agencies.extend(beside.agencies);
        self.bases.extend(beside.bases);
    }

    /// Everything that the obligations depend on, as a short text that changes whenever they might.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hash = DefaultHasher::new();
        format!("{:?}", (&self.steps, &self.closings, &self.standards)).hash(&mut hash);
        format!("{}/{} {:016x}", self.id, self.version, hash.finish())
    }

    /// The step with this name.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}
