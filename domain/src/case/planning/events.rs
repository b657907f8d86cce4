//! Case meeting and plan (forms 04, 05).
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::case::sentence::{On, many};
use crate::language::Sentence;
use crate::log::Split;
use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Date;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingFacts {
    pub measures: Vec<Code>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingPersonal {
    pub participants: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Line>,
    pub minutes: Prose,
}

pub(in crate::case) fn met(event: &Split<MeetingFacts, MeetingPersonal>) -> Sentence {
    let own = event.personal.as_ref();
    let count = event.facts.measures.len() + own.map_or(0, |own| own.measures.len());
    let (vi, en) = own.map_or_else(Default::default, |own| {
        let people = own.participants.len();
        (
            format!(", có {people} người dự"),
            format!(" with {}", many(people, "participant")),
        )
    });
    Sentence::new(
        format!("Đã họp{vi}, xác định {count} biện pháp"),
        format!(
            "Held the case meeting{en}, which chose {}",
            many(count, "measure")
        ),
    )
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFacts {
    pub items: Vec<ItemFacts>,
}

impl PlanFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let count = self.items.len();
        Sentence::new(
            format!("Đã trình kế hoạch hỗ trợ, can thiệp gồm {count} việc"),
            format!("Submitted a plan of {}", many(count, "item")),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFacts {
    pub id: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Code>,
    pub start: Date,
    pub end: Date,
    /// Estimated cost in Vietnamese đồng.
    pub cost: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPersonal {
    pub goals: Prose,
    pub items: Vec<ItemPersonal>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPersonal {
    pub service: Line,
    pub responsible: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedPersonal {
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

impl ApprovedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = by_number(self.decision_number.as_ref());
        Sentence::new(
            format!("Đã phê duyệt kế hoạch{vi}"),
            format!("Approved the plan{en}"),
        )
    }
}

/// By which decision, where it has a number.
fn by_number(number: Option<&DocumentNumber>) -> (String, String) {
    number.map_or_else(Default::default, |number| {
        (
            format!(" bằng quyết định số {number}"),
            format!(" by decision {number}"),
        )
    })
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedPersonal {
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

impl Split<ApprovedFacts, ApprovedPersonal> {
    /// The number of the decision, or what was written in its place.
    #[must_use]
    pub fn decision_number(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.decision_number.as_ref());
        either(self.facts.decision_number.as_ref(), words)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    pub items: Vec<ItemFacts>,
}

impl AdjustedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let count = self.items.len();
        let (vi, en) = by_number(self.decision_number.as_ref());
        Sentence::new(
            format!("Đã điều chỉnh kế hoạch{vi}, gồm {count} việc"),
            format!("Adjusted the plan{en}; it has {}", many(count, "item")),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedPersonal {
    pub goals: Prose,
    pub items: Vec<ItemPersonal>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

impl Split<AdjustedFacts, AdjustedPersonal> {
    /// The number of the decision, or what was written in its place.
    #[must_use]
    pub fn decision_number(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.decision_number.as_ref());
        either(self.facts.decision_number.as_ref(), words)
    }
}

#[cfg(test)]
crate::case::sentence::samples! {
    CaseMeetingHeld {"measures": ["counselling"]}, {"participants": ["SECRET", "SECRET"],
        "measures": ["SECRET"], "minutes": "SECRET"} =>
        "Đã họp, có 2 người dự, xác định 2 biện pháp",
        "Held the case meeting with 2 participants, which chose 2 measures";
    CaseMeetingHeld {"measures": ["counselling"]} =>
        "Đã họp, xác định 1 biện pháp",
        "Held the case meeting, which chose 1 measure";
    PlanSubmitted {"items": [{"id": "v1", "measure": "counselling", "start": "2024-03-20", "end": "2024-04-20",
        "cost": 0}, {"id": "v2", "start": "2024-03-20", "end": "2024-04-20", "cost": 0}, {"id": "v3",
        "start": "2024-03-20", "end": "2024-04-20", "cost": 0}]}, {"goals": "SECRET",
        "items": [{"service": "SECRET", "responsible": "SECRET"}, {"service": "SECRET",
        "responsible": "SECRET"}, {"service": "SECRET", "responsible": "SECRET"}]} =>
        "Đã trình kế hoạch hỗ trợ, can thiệp gồm 3 việc",
        "Submitted a plan of 3 items";
    PlanReturned {}, {"reason": "SECRET"} =>
        "Đã trả lại kế hoạch để sửa đổi, bổ sung",
        "Returned the plan for changes";
    PlanApproved {"decision_number": "12/QĐ-UBND"} =>
        "Đã phê duyệt kế hoạch bằng quyết định số 12/QĐ-UBND",
        "Approved the plan by decision 12/QĐ-UBND";
    PlanAdjusted {"decision_number": "15/QĐ-UBND", "items": [{"id": "v1", "measure": "counselling",
        "start": "2024-03-20", "end": "2024-04-20", "cost": 0}]} =>
        "Đã điều chỉnh kế hoạch bằng quyết định số 15/QĐ-UBND, gồm 1 việc",
        "Adjusted the plan by decision 15/QĐ-UBND; it has 1 item";
    PlanApproved {}, {"decision_number": "SECRET"} =>
        "Đã phê duyệt kế hoạch",
        "Approved the plan";
    PlanAdjusted {"items": [{"id": "v1", "measure": "counselling", "start": "2024-03-20", "end": "2024-04-20",
        "cost": 0}]}, {"goals": "SECRET", "items": [], "decision_number": "SECRET"} =>
        "Đã điều chỉnh kế hoạch, gồm 1 việc",
        "Adjusted the plan; it has 1 item";
}
