//! The same child: who writes a report down is told of cases that are likely about its child, also of
//! those that they may not see; of these only how alike, which commune holds it and by which telephone
//! it is reached. They add their report to it without seeing it, and the holder answers whether it is
//! the same child. Each hint is a look, and recorded.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::case::{Case, CaseState, CaseView, Command, Context, again, decide, effective};
use domain::identity::Sex;
use eventstore::{CommandId, ExpectedVersion, StreamId};
use projections::{
    CASE, CaseHinted, ChildQuery, JournalEvent, Likeness, Purpose, QueryError, READING,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::commands::rejected;
use super::journal::{Entry, derived_command, officer_as_actor};
use super::{Application, AsOf, CaseFile, SendError, Sent};
use crate::access::Officer;

/// So often may one officer ask within [`WINDOW`] about cases that they do not see. A desk that takes
/// calls all night stays below it; who guesses at names does not.
const MOST_QUESTIONS: usize = 40;

/// See [`MOST_QUESTIONS`].
const WINDOW: TimeDelta = TimeDelta::hours(1);

/// Looks at one case for one purpose within so many seconds are recorded once.
const SAME_LOOK: i64 = 15 * 60;

/// A case that may be about the child.
#[derive(Debug, Clone)]
pub struct Alike {
    /// The case.
    pub case_id: Uuid,
    /// How sure it is.
    pub likeness: Likeness,
    /// The commune that answers for the case.
    pub holder: String,
    /// The case, where the officer may see it; else no more than the above is for their eyes.
    pub file: Option<CaseFile>,
}

/// What was found, and over what it was looked.
#[derive(Debug, Clone, Default)]
pub struct SameChild {
    /// The cases, the surest first.
    pub alike: Vec<Alike>,
    /// Whether cases that the officer may not see were looked at, too: not where they asked too often.
    pub everywhere: bool,
}

/// Who asked when, in this process.
#[derive(Debug, Default)]
pub struct Questions(Mutex<HashMap<Uuid, VecDeque<DateTime<Utc>>>>);

impl Questions {
    /// Counts a question; whether it may be answered.
    fn ask(&self, officer: Uuid, now: DateTime<Utc>) -> bool {
        let Ok(mut all) = self.0.lock() else {
            return false;
        };
        all.retain(|_, asked| asked.back().is_some_and(|last| now - *last < WINDOW));
        let asked = all.entry(officer).or_default();
        while asked.front().is_some_and(|first| now - *first >= WINDOW) {
            asked.pop_front();
        }
        let free = asked.len() < MOST_QUESTIONS;
        if free {
            asked.push_back(now);
        }
        free
    }
}

/// The child of a report that is being written, as far as it was typed.
#[must_use]
pub fn child_of(report: &Value) -> ChildQuery {
    let child = &report["child"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let family = &report["family"];
    let carers = match family {
        Value::String(text) => vec![format!("; {text}")],
        family => ["father", "mother", "carer"]
            .iter()
            .filter_map(|name| text(&family[*name]))
            .collect(),
    };
    ChildQuery {
        name: text(&child["name"]),
        birth: serde_json::from_value(child["birth"].clone()).ok(),
        birth_year: None,
        sex: match child["sex"].as_str() {
            Some("male") => Some(Sex::Male),
            Some("female") => Some(Sex::Female),
            _ => None,
        },
        personal_id: text(&child["personal_id"]),
        units: [&child["residence_unit"], &report["incident"]["unit"]]
            .into_iter()
            .filter_map(text)
            .collect(),
        carers,
    }
}

impl Application {
    /// Cases that may be about the same child.
    ///
    /// # Errors
    /// [`QueryError`] when the lists do not answer.
    pub async fn same_child(
        &self,
        officer: &Officer,
        child: &ChildQuery,
        purpose: Purpose,
    ) -> Result<SameChild, QueryError> {
        let everywhere = self.questions.ask(officer.id, self.clock.now());
        let found = self.projections.likely_same_child(child, self.now()).await;
        let mut alike = Vec::new();
        for candidate in found? {
            let Some(state) = candidate.case.state() else {
                continue;
            };
            let file = self.case(officer, candidate.case_id, AsOf::Now).await.ok();
            let whole = file
                .as_ref()
                .is_some_and(|file| !file.partial && file.left.is_none());
            let sure = candidate.likeness >= Likeness::Likely;
            let told = whole || (everywhere && sure);
            if !told {
                continue;
            }
            self.note_hint(officer, candidate.case_id, state, purpose);
            alike.push(Alike {
                case_id: candidate.case_id,
                likeness: candidate.likeness,
                holder: state.responsible_commune().to_owned(),
                file,
            });
        }
        Ok(SameChild { alike, everywhere })
    }

    /// Whether a report may be added to a case by somebody without a part in it: where they are hinted at
    /// it by what the report itself says.
    pub(super) async fn hinted(&self, officer: &Officer, case: Uuid, report: &Value) -> bool {
        let receives = self.procedure.anyone_may("receive-report", officer.role);
        if report["type"] != "receive-report" || !receives {
            return false;
        }
        if !self.questions.ask(officer.id, self.clock.now()) {
            return false;
        }
        let child = child_of(report);
        let found = self.projections.likely_same_child(&child, self.now()).await;
        let hinted = found.ok().and_then(|found| {
            found
                .into_iter()
                .find(|one| one.case_id == case && one.likeness >= Likeness::Likely)
        });
        let Some(state) = hinted.as_ref().and_then(|one| one.case.state()) else {
            return false;
        };
        // That it is taken is a hint, too.
        self.note_hint(officer, case, state, Purpose::NewReport);
        true
    }

    /// Records, beside what goes on, that `officer` was told of a case.
    fn note_hint(&self, officer: &Officer, case: Uuid, state: &CaseState, purpose: Purpose) {
        let at = self.clock.now();
        let event = CaseHinted {
            version: state.version,
            purpose,
        };
        let application = self.clone();
        let officer = officer.clone();
        self.readings.note(async move {
            let command = derived_command(&[
                b"case-hinted",
                officer.id.as_bytes(),
                case.as_bytes(),
                &event.version.to_be_bytes(),
                purpose.name().as_bytes(),
                &(at.timestamp() / SAME_LOOK).to_be_bytes(),
            ]);
            let entry = Entry {
                event: JournalEvent::CaseHinted(event),
                correlation_id: case,
                causation_id: None,
                at,
            };
            let stream = StreamId::new(READING, case);
            let actor = officer_as_actor(&officer);
            application
                .record(stream, &actor, &[entry], command)
                .await
                .map(drop)
        });
    }

    /// Where a report that was added unseen turns out to be about another child, it gets a case of its
    /// own first, so that no moment passes in which it stands in none; the answer then names it.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub(super) async fn split(
        &self,
        officer: &Officer,
        case: &Case,
        answer: &Value,
    ) -> Result<Option<Value>, SendError> {
        let splits = answer["type"] == "answer-same-child"
            && answer["same"] == json!(false)
            && answer["new_case"].is_null();
        if !splits {
            return Ok(None);
        }
        let (actor, now) = (officer.actor(), self.now());
        let context = Context::new(now, &actor, &self.procedure, &self.calendar);
        // A refusal is said before anything is written.
        let command = Command::from_json(answer.clone()).map_err(SendError::Field)?;
        decide(CaseView::of(case), &command, &context).map_err(rejected)?;
        let known = effective(case.history());
        let report = known
            .iter()
            .find(|event| answer["event_id"] == json!(event.event_id))
            .ok_or(SendError::NotFound)?;
        let told = again(report).ok_or(SendError::NotFound)?;
        let told = Command::from_json(told).map_err(SendError::Field)?;
        let decided = decide(None, &told, &context).map_err(rejected)?;
        // The same report has one case of its own, whoever answers, however often.
        let command: CommandId = derived_command(&[b"split", report.event_id.as_bytes()]);
        let opened: Sent = match self.sent_before(command).await? {
            Some(sent) => sent,
            None => {
                let stream = StreamId::new(CASE, self.ids.next());
                self.append(
                    stream,
                    ExpectedVersion::NoStream,
                    decided,
                    now,
                    actor,
                    command,
                )
                .await?
            }
        };
        let mut answer = answer.clone();
        answer["new_case"] = json!(opened.case_id);
        Ok(Some(answer))
    }
}
