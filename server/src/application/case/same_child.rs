//! The same child: who writes a report down is told of cases that are likely about its child, also of
//! those that they may not see; of these only how alike, which commune holds it and by which telephone
//! it is reached. They add their report to it without seeing it, and the holder answers whether it is
//! the same child. Each hint is a look, and recorded.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::case::{
    Case, CaseState, CaseView, Command, Context, again, decide, effective, goes_along,
};
use domain::identity::Sex;
use domain::reading::{CaseHinted, Purpose, ReadingEvent};
use eventstore::{Part, StreamId};
use projections::{ChildQuery, Likeness, QueryError, READING};
use serde_json::{Value, json};
use uuid::Uuid;

use super::references::refused;
use crate::access::Officer;
use crate::application::journal::{Entry, derived_command};
use crate::application::{Application, AsOf, CaseFile, SendError};

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
                event: ReadingEvent::from(event),
                correlation_id: case,
                causation_id: None,
                at,
            };
            let stream = StreamId::new(READING, case);
            application
                .record(stream, &officer.actor(), &[entry], command)
                .await
                .map(drop)
        });
    }

    /// Where a report that was added unseen turns out to be about another child, it gets a case of its
    /// own by the answer itself, which names it; what was done for that child goes along.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub(super) async fn split(
        &self,
        case: &Case,
        answer: &Value,
        context: &Context<'_>,
    ) -> Result<Option<Split>, SendError<Case>> {
        if answer["type"] != "answer-same-child" || answer["same"] != json!(false) {
            return Ok(None);
        }
        // What is wrong with the answer is said before anything that is wrong with what it begins.
        let command = Command::from_json(answer.clone())?;
        decide(CaseView::of(case), &command, context)?;
        let known = effective(case.history());
        let report = known
            .iter()
            .find(|event| answer["event_id"] == json!(event.event_id))
            .ok_or(SendError::NotFound)?;
        let (new_case, begins) = match self.split_before(report.event_id).await? {
            Some(opened) => (opened, None),
            None => {
                let told = again(report).ok_or(SendError::NotFound)?;
                let told = Command::from_json(told)?;
                let mut events = decide(None, &told, context)?;
                // What was done for its child belongs to that child.
                events.extend(goes_along(case, report.event_id));
                let (id, by) = (self.ids.next(), (context.actor, context.now));
                let begins = self.tools().part::<Case>(id, 0, &events, by)?;
                (id, Some(begins))
            }
        };
        // A case that the sender names holds no such report.
        if !answer["new_case"].is_null() && answer["new_case"] != json!(new_case) {
            return Err(refused(
                "/new_case",
                "unknown-case",
                "Thông tin này không nằm trong vụ việc đó. Hãy bỏ trống: hệ thống tự lập vụ việc riêng.",
                "The report does not stand in that case. Leave it out: a case of its own is begun.",
            ));
        }
        let mut answer = answer.clone();
        answer["new_case"] = json!(new_case);
        let answer = Command::from_json(answer)?;
        Ok(Some(Split { answer, begins }))
    }

    /// The case that an earlier program began for this report by a command of its own, before the answer.
    async fn split_before(&self, report: Uuid) -> Result<Option<Uuid>, SendError<Case>> {
        let command = derived_command(&[b"split", report.as_bytes()]);
        let found = self.store.find_command(command.id).await?;
        Ok(found.and_then(|record| Some(record.parts.first()?.stream.id)))
    }
}

/// The answer that it is not the same child, and the case that begins with it.
pub(super) struct Split {
    /// The answer with the case that it names.
    pub answer: Command,
    /// None: the case is there.
    pub begins: Option<Part>,
}
