//! `correct`: values of earlier events were wrong. Nothing is changed in the log: a correcting event
//! says what a value should have been, and why. Both stay visible.
//!
//! One corrects what one could record now, and whose present value one sees; what an office decided,
//! that office corrects. A correction passes every check of the command that recorded the event, and
//! the history behind it stays possible.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::law::{
    correctable, may_have_been_left_out, moves_from_outside, stands_against, stands_unseen,
    unknown_event, unknown_path, viewer,
};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::competent::{corrects, is_author, moves_who_answers};
use crate::case::correcting::again::again;
use crate::case::correcting::correction::{effective, payload};
use crate::case::correcting::lowering::{Around, is_finding, lowered};
use crate::case::correcting::moved::moves;
use crate::case::correcting::possible_history::impossible_since;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::parts;
use crate::case::events::contradiction::Against;
use crate::case::events::correction::{CorrectedFacts, CorrectedPersonal, Part, is_bounded};
use crate::case::{About, CaseState, Context, Event, Recorded, Rejection};
use crate::log::{Correction, Stored, corrected, resolve};
use crate::text::Prose;

/// Most values in one command.
const MOST: usize = 50;

/// Which value of which event, what it should have been, and why. `path` is a JSON pointer into
/// the payload; null takes a value back as not known. Several values at once stand in `changes`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Correct {
    pub event_id: Option<Uuid>,
    #[schemars(length(max = 200))]
    pub path: Option<String>,
    #[serde(default)]
    pub value: Value,
    #[serde(default)]
    #[schemars(length(max = MOST))]
    pub changes: Vec<Change>,
    pub reason: Prose,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The event.
    pub event_id: Uuid,
    /// JSON pointer into it.
    #[schemars(length(max = 200))]
    pub path: String,
    /// What it should have been; null where it is not known.
    #[serde(default)]
    pub value: Value,
}

impl Example for Correct {
    fn example() -> Value {
        json!({
            "event_id": "00000000-0000-0000-0000-000000000001",
            "path": "/child/name",
            "value": "Lê Thị Mẫu",
            "reason": "Ghi nhầm",
        })
    }
}

impl Gate for Correct {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let events = case.history.iter();
        events.map(|event| About::event(event.event_id)).collect()
    }

    /// Each event that a command names is asked for by itself, see [`Change::apply`].
    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let Some(id) = about.event else {
            return Ok(());
        };
        let known = effective(case.history);
        let event = known.iter().find(|event| event.event_id == id);
        let event = event.ok_or_else(|| Bar::NoPlace(unknown_event()))?;
        let seen = correctable(case, event, context);
        seen.map(drop).map_err(Bar::NoPlace)
    }
}

impl Rule for Correct {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else { return Ok(vec![]) };
        let before: Vec<Recorded> = effective(case.history)
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect();
        let mut after = before.clone();
        let mut events = Vec::new();
        for (change, field) in self.changes()? {
            let resolved = change.apply(case, &mut after, context);
            events.extend(resolved.map_err(|refusal| field.of(refusal))?);
        }
        if let Some(stands) = impossible_since(&before, &after, context) {
            let (_, field) = self.changes()?.remove(0);
            let event = case
                .history
                .iter()
                .find(|one| one.event_id == stands.event_id);
            let seen = event.is_some_and(|event| {
                let seen = viewer(context).event(case.state, event, case.history);
                seen.is_some()
            });
            let refusal = if seen {
                stands_against(stands)
            } else {
                stands_unseen(&stands)
            };
            return Err(field.of(refusal));
        }
        Ok(events
            .into_iter()
            .map(|(facts, value)| {
                Event::FactCorrected(Split {
                    facts,
                    personal: Some(CorrectedPersonal {
                        value,
                        reason: self.reason.clone(),
                    }),
                })
            })
            .collect())
    }
}

/// Where a change stands in the command.
struct Place(Option<usize>);

impl Place {
    /// The refusal at the field of this change.
    fn of(&self, refusal: Rejection) -> Rejection {
        let Some(row) = self.0 else { return refusal };
        match refusal.field.clone() {
            Some(field) => refusal.at(format!("/changes/{row}{field}")),
            None => refusal,
        }
    }
}

impl Correct {
    fn changes(&self) -> Result<Vec<(Change, Place)>, Rejection> {
        let one = self.event_id.zip(self.path.as_ref());
        let wrong = |field: &str, code: &'static str, vi: &str, en: &str| {
            Err(Rejection::field(field, code, vi, en))
        };
        if !self.changes.is_empty() {
            if self.event_id.is_some() || self.path.is_some() {
                return wrong(
                    "/changes",
                    "two-answers",
                    "Hãy ghi một giá trị, hoặc danh sách các giá trị, không ghi cả hai.",
                    "Give one value or a list of values, not both.",
                );
            }
            if self.changes.len() > MOST {
                return wrong(
                    "/changes",
                    "wrong-length",
                    "Danh sách quá dài: nhiều nhất 50 giá trị một lần.",
                    "The list is too long: 50 values at most.",
                );
            }
            let rows = self.changes.iter().cloned().enumerate();
            return Ok(rows
                .map(|(row, change)| (change, Place(Some(row))))
                .collect());
        }
        match one {
            Some((event_id, path)) => {
                let change = Change {
                    event_id,
                    path: path.clone(),
                    value: self.value.clone(),
                };
                Ok(vec![(change, Place(None))])
            }
            None => wrong(
                if self.event_id.is_none() {
                    "/event_id"
                } else {
                    "/path"
                },
                "missing-field",
                "Hãy ghi nội dung cần đính chính.",
                "Say what is to be corrected.",
            ),
        }
    }
}

impl Change {
    /// Changes the event in `events` and gives what to record. The reason belongs to the command.
    fn apply(
        &self,
        case: Case<'_>,
        events: &mut [Recorded],
        context: &Context<'_>,
    ) -> Result<Vec<(CorrectedFacts, Value)>, Rejection> {
        let place = events
            .iter()
            .position(|event| event.event_id == self.event_id);
        let place = place.ok_or_else(unknown_event)?;
        let event = &events[place];
        let seen = correctable(case, event, context)?;
        let own = corrects(case, event, context);
        let moving = moves_who_answers(case, event, context);
        let too_long = self.path.len() > 200 || self.value.to_string().len() > 60_000;
        // What one does not see is not there: nobody learns a value by trying.
        let resolved = resolve(&seen, &self.path).filter(|_| !too_long);
        let shown = resolved.filter(|seen| resolve(event, &self.path).as_ref() == Some(seen));
        let shown = shown.filter(|(part, ..)| {
            *part != Part::Personal || may_have_been_left_out(&seen, event, case.history)
        });
        let Some((part, path, old)) = shown else {
            return Err(unknown_path());
        };
        if matches!(
            event.event,
            Event::ContradictionAnswered(_) | Event::CorrectionConfirmed(_)
        ) && part == Part::Facts
        {
            return Err(Rejection::field(
                "/path",
                "answer-stands",
                "Câu trả lời thuộc về đúng câu hỏi đã được hỏi, nên chỉ đính chính được lý do. Hãy trả lời \
                 câu hỏi kia riêng.",
                "An answer belongs to the question that was asked, so only its reason is corrected. Answer \
                 the other question by itself.",
            ));
        }
        if matches!(event.event, Event::SameChildAnswered(_)) && part == Part::Facts {
            return Err(Rejection::field(
                "/path",
                "answered-again",
                "Câu trả lời có phải cùng một trẻ không đính chính được: nếu trả lời nhầm, hãy trả lời lại.",
                "Whether it is the same child is not corrected: where the answer was wrong, answer again.",
            ));
        }
        let changes = self.parts(event, part, &path, &old);
        let mut personal = changes.iter().filter(|(part, _)| *part == Part::Personal);
        if personal.any(|(_, value)| !value.is_null())
            && !may_have_been_left_out(&seen, event, case.history)
        {
            return Err(unknown_path());
        }
        if changes.is_empty() {
            return Err(Rejection::field(
                "/value",
                "nothing-changes",
                "Giá trị mới giống giá trị đang có.",
                "The new value equals the one that stands.",
            ));
        }
        let revision = Event::form(event.event.event_type()).map(|form| form.current);
        let mut changed = event.clone();
        for (part, value) in &changes {
            let change = Correction {
                part: *part,
                path: &path,
                value,
                revision,
            };
            changed = corrected(&changed, change).ok_or_else(does_not_fit)?;
        }
        // What follows from other values is corrected where it comes from.
        if let Some(command) = again(event)
            && again(&changed) == Some(command)
        {
            return Err(unknown_path());
        }
        self.lowers(case, event, &changed, context)?;
        if moves(&event.event, &changed.event) {
            moves_from_outside(case, moving)?;
        } else {
            own?;
        }
        events[place] = changed;
        let recorded = |(part, value): (Part, Value)| {
            let apart = part != Part::Personal && !is_bounded(&value);
            let (open, personal) = if apart || part == Part::Personal {
                (Value::Null, value)
            } else {
                (value, Value::Null)
            };
            let facts = CorrectedFacts {
                event_id: self.event_id,
                part,
                revision,
                path: path.clone(),
                value: open,
                apart,
                lowers: None,
                adds_danger: None,
                adds_ground: None,
            };
            (facts, personal)
        };
        Ok(changes.into_iter().map(recorded).collect())
    }

    /// What becomes of which part; nothing where the value stands already. A number of a document, or the
    /// words in its place, may have to go from one part to the other.
    fn parts(&self, event: &Recorded, part: Part, path: &str, old: &Value) -> Vec<(Part, Value)> {
        let apart = match part {
            Part::Envelope => None,
            Part::Facts | Part::Personal => parts(path, &self.value),
        };
        let Some((open, own)) = apart else {
            let new = (old != &self.value).then(|| (part, self.value.clone()));
            return new.into_iter().collect();
        };
        let (facts, personal) = payload(&event.event);
        let stands = |part: Option<&Value>| {
            let value = part.and_then(|part| part.pointer(path));
            value.cloned().unwrap_or(Value::Null)
        };
        [
            (Part::Facts, open, stands(Some(&facts))),
            (Part::Personal, own, stands(personal.as_ref())),
        ]
        .into_iter()
        .filter(|(_, new, old)| new != old)
        .map(|(part, new, _)| (part, new))
        .collect()
    }
}

fn does_not_fit() -> Rejection {
    Rejection::field(
        "/value",
        "does-not-fit",
        "Giá trị mới không đúng kiểu của mục này. Hãy kiểm tra lại.",
        "The new value is not of the kind that stands there. Check it.",
    )
}

impl Change {
    /// Refuses to lower what another office found, and to take back a second time what waits for its
    /// confirmation.
    fn lowers(
        &self,
        case: Case<'_>,
        event: &Recorded,
        changed: &Recorded,
        context: &Context<'_>,
    ) -> Result<(), Rejection> {
        let Some(lowers) = lowered(event, changed, &Around::of(case.history)) else {
            return Ok(());
        };
        if is_finding(&event.event) && !is_author(case, event, context) {
            return Err(Rejection::forbidden(
                "lowers-anothers-finding",
                "Nơi khác đã ghi nội dung này nên anh/chị chỉ đính chính để nâng mức bảo vệ. Nếu trẻ không ở \
                 trong tình trạng đó, hãy ghi đánh giá (Mẫu số 02) hoặc kết quả kiểm tra của mình, hoặc hủy \
                 bỏ quyết định cách ly; nội dung của nơi kia vẫn giữ nguyên.",
                "Another office recorded this, so you correct it only to raise protection. If it is not so, \
                 record your own form 02 or verification, or lift the separation; what they recorded stands \
                 as their word.",
                "",
            ));
        }
        let waits = |one: &crate::case::Contradiction| {
            let mut history = case.history.iter();
            history.any(|recorded| match &recorded.event {
                Event::FactCorrected(known) => {
                    recorded.event_id == one.event_id
                        && known.facts.event_id == self.event_id
                        && known.facts.path == self.inner_path()
                }
                _ => false,
            })
        };
        let mut open = case.state.open_contradictions();
        if lowers == Against::DangerTakenBack
            && open.any(|one| one.against == Against::DangerTakenBack && waits(one))
        {
            return Err(Rejection::field(
                "/value",
                "waits-for-confirmation",
                "Đính chính này đã được ghi và đang chờ xác nhận.",
                "This was corrected already and waits for its confirmation.",
            ));
        }
        Ok(())
    }

    /// The pointer inside the part.
    fn inner_path(&self) -> &str {
        let inner = |part| {
            self.path
                .strip_prefix(part)
                .filter(|rest| rest.starts_with('/'))
        };
        inner("/facts").or(inner("/personal")).unwrap_or(&self.path)
    }
}

#[cfg(test)]
mod tests;
