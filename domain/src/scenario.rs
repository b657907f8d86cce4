//! Scenarios: a history told as commands at instants, played through the real domain on a log in
//! memory. This is how procedures are tried out, taught and checked.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::{Case, CaseView, Command, Context, FieldError, Recorded, Rejection, decide};
use crate::identity::{Actor, Role};
use crate::law::derive_obligations;
use crate::time::Instant;

/// A scenario file. Instants are RFC 3339 with offset.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Name of a shipped procedure, or path to a procedure file.
    pub procedure: String,
    /// The state is told as of this instant.
    pub observe_at: Instant,
    /// What is done, in order of time.
    pub steps: Vec<Step>,
}

/// One command.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The clock when the command is given.
    pub at: Instant,
    /// Who gives it.
    #[serde(rename = "as")]
    pub actor: StepActor,
    /// The command.
    pub command: Value,
}

/// Who gives a command.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepActor {
    /// In which role.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// Id of the officer, where it matters.
    pub officer: Option<Uuid>,
}

/// What is wrong with a scenario file.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// It is not a scenario.
    #[error("the scenario is wrong at {pointer}: {what}")]
    Form {
        /// JSON pointer into the file.
        pointer: String,
        /// What is wrong.
        what: String,
    },
    /// A step lies before the one above it.
    #[error("the scenario is wrong at /steps/{step}/at: it lies before the step above")]
    Order {
        /// Index of the step.
        step: usize,
    },
    /// A unit is not known.
    #[error("the scenario is wrong at /steps/{step}/as/unit: no unit has this code")]
    Unit {
        /// Index of the step.
        step: usize,
    },
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// [`ScenarioError::Form`] with the place that is wrong.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let scenario = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let pointer = path.replace(['.', '['], "/").replace(']', "");
            let pointer = if pointer == "/" {
                pointer
            } else {
                format!("/{pointer}")
            };
            ScenarioError::Form {
                pointer,
                what: error.inner().to_string(),
            }
        })?;
        reader.end().map_err(|error| ScenarioError::Form {
            pointer: String::new(),
            what: error.to_string(),
        })?;
        Ok(scenario)
    }

    /// Plays the scenario and tells what came of it: each step accepted or refused, the case and
    /// every obligation as of `observe_at`.
    ///
    /// # Errors
    /// [`ScenarioError`] when the file is wrong; a refused step is no error.
    pub fn play(
        &self,
        procedure: &Arc<Procedure>,
        calendar: &Arc<Calendar>,
    ) -> Result<Value, ScenarioError> {
        let (case, steps) = self.run(procedure, calendar)?;
        let known = case
            .history()
            .iter()
            .filter(|event| event.recorded_at <= self.observe_at);
        let known = Case::fold(known.cloned(), &procedure.units);
        let obligations = derive_obligations(known.history(), procedure, calendar, self.observe_at);
        Ok(json!({ "steps": steps, "case": known.state(), "obligations": obligations }))
    }

    /// Plays the scenario and gives the whole case with the answer to each step.
    ///
    /// # Errors
    /// [`ScenarioError`] when the file is wrong; a refused step is no error.
    pub fn run(
        &self,
        procedure: &Procedure,
        calendar: &Calendar,
    ) -> Result<(Case, Vec<Value>), ScenarioError> {
        let mut case = Case::new(&procedure.units);
        let mut answers = Vec::with_capacity(self.steps.len());
        let mut clock = None;
        for (index, step) in self.steps.iter().enumerate() {
            if clock.is_some_and(|clock| step.at < clock) {
                return Err(ScenarioError::Order { step: index });
            }
            clock = Some(step.at);
            if !procedure.units.knows(&step.actor.unit) {
                return Err(ScenarioError::Unit { step: index });
            }
            let mut body = step.command.clone();
            name_event(&mut body, &case);
            let command = match Command::from_json(body) {
                Ok(command) => command,
                Err(field) => {
                    answers.push(unreadable(&field));
                    continue;
                }
            };
            let mut actor = Actor::new(step.actor.role, &step.actor.unit);
            actor.officer = step.actor.officer;
            let context = Context::new(step.at, &actor, procedure, calendar);
            let decided = decide(CaseView::of(&case), &command, &context);
            answers.push(match decided {
                Err(rejection) => refused(&rejection),
                Ok(events) => {
                    let names: Vec<_> = events.iter().map(|e| e.event.event_type()).collect();
                    for decided in events {
                        let version = i64::try_from(case.history().len()).unwrap_or(i64::MAX) + 1;
                        case = case.evolve(Recorded {
                            event_id: Uuid::from_u128(version.unsigned_abs().into()),
                            version,
                            position: version,
                            occurred_at: decided.occurred_at,
                            recorded_at: step.at,
                            actor: actor.clone(),
                            event: decided.event,
                            older: None,
                            cause: crate::log::Cause::default(),
                        });
                    }
                    json!({ "accepted": true, "events": names })
                }
            });
        }
        Ok((case, answers))
    }
}

/// In a scenario nobody knows the ids of events beforehand: `event_id` of a correction may be the
/// type of an event, meaning the last of that type.
fn name_event(command: &mut Value, case: &Case) {
    if let Some(changes) = command.get_mut("changes").and_then(Value::as_array_mut) {
        for change in changes {
            name_event(change, case);
        }
    }
    let Some(id) = command.get_mut("event_id") else {
        return;
    };
    let last = |name: &str| {
        case.history()
            .iter()
            .rev()
            .find(|e| e.event.event_type() == name)
            .map(|e| e.event_id)
    };
    if let Some(found) = id.as_str().and_then(last) {
        *id = json!(found);
    }
}

/// A command that is wrong in a field is a refused step: nothing happens, and the history goes on.
fn unreadable(field: &FieldError) -> Value {
    json!({
        "accepted": false,
        "code": field.code,
        "message": field.message.vi,
        "message_en": field.message.en,
        "legal_basis": null,
        "field": field.pointer,
    })
}

fn refused(rejection: &Rejection) -> Value {
    json!({
        "accepted": false,
        "code": rejection.code,
        "message": rejection.message.vi,
        "message_en": rejection.message.en,
        "legal_basis": rejection.legal_basis,
        "field": rejection.field,
        "against": rejection.against,
    })
}
