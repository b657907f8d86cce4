//! `correct`: a value of an earlier event was wrong. Nothing is changed in the log: a correcting
//! event says what it should have been, and why. Both stay visible.

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Rule, WORKERS};
use crate::case::correction::{Correction, corrected, effective, resolve};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::correction::{CorrectedFacts, CorrectedPersonal, Part};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// Which value of which event, what it should have been, and why. `path` is a JSON pointer into
/// the payload; null takes a value back as not known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Correct {
    pub event_id: Uuid,
    pub path: String,
    pub value: Value,
    pub reason: Prose,
}

impl Rule for Correct {
    fn roles(&self) -> &'static [Role] {
        WORKERS
    }

    fn on_closed_case(&self) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else { return Ok(vec![]) };
        let now = effective(case.history);
        let Some(event) = now.iter().find(|event| event.event_id == self.event_id) else {
            return Err(Rejection::field(
                "/event_id",
                "unknown-event",
                "Vụ việc không có ghi nhận này.",
                "The case has no such event.",
            ));
        };
        if matches!(event.event, Event::FactCorrected(_)) {
            return Err(Rejection::field(
                "/event_id",
                "a-correction",
                "Không đính chính một lần đính chính. Hãy đính chính lại ghi nhận gốc.",
                "A correction is not corrected. Correct the original again.",
            ));
        }
        let too_long = self.path.len() > 200 || self.value.to_string().len() > 60_000;
        let Some((part, path, old)) = resolve(event, &self.path).filter(|_| !too_long) else {
            return Err(Rejection::field(
                "/path",
                "unknown-path",
                "Ghi nhận đó không có mục này.",
                "That event has no such value.",
            ));
        };
        if old == self.value {
            return Err(Rejection::field(
                "/value",
                "nothing-changes",
                "Giá trị mới giống giá trị đang có.",
                "The new value equals the one that stands.",
            ));
        }
        let change = Correction {
            part,
            path: &path,
            value: &self.value,
        };
        let Some(changed) = corrected(event, &change) else {
            return Err(Rejection::field(
                "/value",
                "does-not-fit",
                "Giá trị mới không đúng kiểu của mục này. Hãy kiểm tra lại.",
                "The new value is not of the kind that stands there. Check it.",
            ));
        };
        context.not_in_future(changed.occurred_at, "/value")?;
        if let Event::ReportReceived(report) = &changed.event {
            context.unit(&report.facts.incident.unit, true, "/value")?;
        }
        let facts = CorrectedFacts {
            event_id: self.event_id,
            part,
            path,
            value: if part == Part::Personal {
                Value::Null
            } else {
                self.value.clone()
            },
        };
        let personal = CorrectedPersonal {
            value: if part == Part::Personal {
                self.value.clone()
            } else {
                Value::Null
            },
            reason: self.reason.clone(),
        };
        Ok(vec![Event::FactCorrected(Split {
            facts,
            personal: Some(personal),
        })])
    }
}
