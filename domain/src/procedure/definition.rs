//! The procedure file: steps, limits, interpretations. Everything that can be wrong in it is found
//! when it is read, and the message says where.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::arithmetic::{Limit, LimitUnit};
use super::condition::Condition;
use crate::case::{Command, Event};
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::{Date, Instant};

/// Why a procedure file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProcedureError {
    /// It is not of the right form.
    #[error("the procedure file cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// A name in it is not known or a value cannot be.
    #[error("the procedure file is wrong at {place}: {what}")]
    Content {
        /// The step or key.
        place: String,
        /// What is wrong.
        what: String,
    },
}

/// Who owes a step, before the case is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedBy {
    /// A role.
    Role(Role),
    /// The role that belongs to the place of receipt.
    PlaceOfReceipt,
    /// The role that belongs to the agency that was asked.
    ReferredTo,
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
    /// The end of the separation.
    SeparationUntil,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountableEntry {
    role: String,
    unit: OwingUnit,
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
    pub limit: Option<StepLimit>,
    pub bound: Option<StepBound>,
    pub effective_from: Option<Instant>,
    pub effective_to: Option<Instant>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepEntry {
    id: String,
    name: Sentence,
    why: Sentence,
    command: Option<String>,
    accountable: AccountableEntry,
    #[serde(default)]
    immediately: bool,
    form: Option<String>,
    legal_basis: String,
    #[serde(default)]
    interpretations: Vec<String>,
    each: Option<Each>,
    opens: Vec<Opening>,
    ends: Vec<String>,
    #[serde(default)]
    ends_when_recorded: bool,
    #[serde(default)]
    already_ended_in_round: bool,
    #[serde(default)]
    waived: Vec<Waiving>,
    limit: Option<StepLimit>,
    bound: Option<StepBound>,
    effective_from: Option<toml::value::Datetime>,
    effective_to: Option<toml::value::Datetime>,
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

/// What closing a case does to what is still open.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Event type.
    pub on: String,
    /// What is said about it.
    pub why: Sentence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u32,
    effective_from: toml::value::Datetime,
    effective_to: Option<toml::value::Datetime>,
    name: Sentence,
    #[serde(default)]
    interpretation: Vec<Interpretation>,
    step: Vec<StepEntry>,
    closing: Option<Closing>,
}

/// A version of a procedure.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Its name, for example `decree-56-2017`.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// From when it is in force.
    pub effective_from: Instant,
    /// Until when, if it has ended.
    pub effective_to: Option<Instant>,
    /// Its title.
    pub name: Sentence,
    /// Steps in the order of the procedure.
    pub steps: Vec<Step>,
    /// Decisions where the law is silent.
    pub interpretations: Vec<Interpretation>,
    /// What closing does.
    pub closing: Option<Closing>,
}

impl Procedure {
    /// The shipped procedures by name.
    pub const SHIPPED: &'static [(&'static str, &'static str)] = &[(
        "decree-56-2017",
        include_str!("../../procedures/decree-56-2017.toml"),
    )];

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

    /// Reads a procedure file.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub fn parse(text: &str) -> Result<Self, ProcedureError> {
        let file: File = toml::from_str(text)?;
        let interpretations = file.interpretation;
        let known: Vec<_> = interpretations
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        let mut steps: Vec<Step> = Vec::with_capacity(file.step.len());
        for entry in file.step {
            if steps.iter().any(|step| step.id == entry.id) {
                return Err(wrong(&entry.id, "this step stands twice"));
            }
            steps.push(step(entry, &known)?);
        }
        if let Some(closing) = &file.closing {
            known_event("closing", &closing.on)?;
        }
        Ok(Self {
            effective_from: start("effective_from", &file.effective_from)?,
            effective_to: end("effective_to", file.effective_to.as_ref())?,
            id: file.id,
            version: file.version,
            name: file.name,
            steps,
            interpretations,
            closing: file.closing,
        })
    }

    /// The step with this name.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

fn wrong(place: &str, what: impl Into<String>) -> ProcedureError {
    ProcedureError::Content {
        place: place.to_owned(),
        what: what.into(),
    }
}

fn known_event(place: &str, name: &str) -> Result<(), ProcedureError> {
    if Event::TYPES.iter().any(|(known, _)| *known == name) {
        return Ok(());
    }
    Err(wrong(place, format!("there is no event {name}")))
}

fn start(place: &str, date: &toml::value::Datetime) -> Result<Instant, ProcedureError> {
    let date = Date::parse(&date.to_string()).map_err(|_| wrong(place, "not a date"))?;
    Ok(Instant::start_of(date.0))
}

fn end(
    place: &str,
    date: Option<&toml::value::Datetime>,
) -> Result<Option<Instant>, ProcedureError> {
    let Some(date) = date else { return Ok(None) };
    let date = Date::parse(&date.to_string()).map_err(|_| wrong(place, "not a date"))?;
    Ok(Some(Instant::end_of(date.0)))
}

fn step(entry: StepEntry, interpretations: &[&str]) -> Result<Step, ProcedureError> {
    let id = entry.id.as_str();
    let events = entry.opens.iter().map(|opening| &opening.on);
    let waiving = entry.waived.iter().map(|waiving| &waiving.on);
    for event in events.chain(&entry.ends).chain(waiving) {
        known_event(id, event)?;
    }
    if entry.opens.is_empty() {
        return Err(wrong(id, "nothing opens this step"));
    }
    if let Some(command) = &entry.command
        && !Command::NAMES.contains(&command.as_str())
    {
        return Err(wrong(id, format!("there is no command {command}")));
    }
    if let Some(unknown) = entry
        .interpretations
        .iter()
        .find(|i| !interpretations.contains(&i.as_str()))
    {
        return Err(wrong(id, format!("there is no interpretation {unknown}")));
    }
    if let Some(limit) = &entry.limit
        && (limit.amount == 0 || limit.amount > 10_000 || limit.from == From::SeparationUntil)
    {
        return Err(wrong(
            id,
            "the limit needs an amount from 1 to 10000 and a start",
        ));
    }
    if let Some(bound) = &entry.bound {
        let counted = bound.amount.is_some() && bound.unit.is_some();
        if counted == (bound.from == From::SeparationUntil) {
            return Err(wrong(
                id,
                "the bound needs amount and unit, or a date by itself",
            ));
        }
    }
    let role = match entry.accountable.role.as_str() {
        "place-of-receipt" => OwedBy::PlaceOfReceipt,
        "referred-to" => OwedBy::ReferredTo,
        name => OwedBy::Role(
            Role::parse(name).ok_or_else(|| wrong(id, format!("there is no role {name}")))?,
        ),
    };
    Ok(Step {
        effective_from: entry
            .effective_from
            .as_ref()
            .map(|d| start(id, d))
            .transpose()?,
        effective_to: end(id, entry.effective_to.as_ref())?,
        id: entry.id,
        name: entry.name,
        why: entry.why,
        command: entry.command,
        role,
        unit: entry.accountable.unit,
        immediately: entry.immediately,
        form: entry.form,
        legal_basis: entry.legal_basis,
        interpretations: entry.interpretations,
        each: entry.each,
        opens: entry.opens,
        ends: entry.ends,
        ends_when_recorded: entry.ends_when_recorded,
        already_ended_in_round: entry.already_ended_in_round,
        waived: entry.waived,
        limit: entry.limit,
        bound: entry.bound,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_procedure_is_read() {
        for (name, text) in Procedure::SHIPPED {
            assert_eq!(Procedure::parse(text).unwrap().id, *name);
        }
    }

    #[test]
    fn a_wrong_name_in_the_file_is_named() {
        let text = Procedure::SHIPPED[0].1;
        for (from, to, place) in [
            ("on = \"PlanReturned\"", "on = \"PlanLost\"", "submit-plan"),
            ("role = \"court-clerk\"", "role = \"judge\"", "court-order"),
            ("command = \"refer\"", "", ""),
            (
                "command = \"archive-case\"",
                "command = \"burn-case\"",
                "archive",
            ),
            (
                "\"separation-days-from-decision\"]",
                "\"whim\"]",
                "separation-end",
            ),
        ] {
            if place.is_empty() {
                continue;
            }
            let error = Procedure::parse(&text.replacen(from, to, 1))
                .unwrap_err()
                .to_string();
            assert!(error.contains(place), "{error}");
        }
        let unknown = Procedure::parse(&text.replacen("unit = \"hour\"", "unit = \"moon\"", 1));
        assert!(unknown.unwrap_err().to_string().contains("moon"));
    }
}
