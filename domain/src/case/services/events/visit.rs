//! Visits.

use serde::{Deserialize, Serialize};

use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Line, Note};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitFacts {
    pub visited_at: Instant,
    pub child_seen: bool,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

impl VisitFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        if self.child_seen {
            Sentence::new("Đã đến thăm và gặp trẻ", "Visited and saw the child")
        } else {
            Sentence::new(
                "Đã đến thăm, không gặp được trẻ",
                "Visited; the child was not seen",
            )
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitPersonal {
    pub place: Line,
    pub note: Note,
}

#[cfg(test)]
crate::case::sentence::samples! {
    VisitRecorded {"visited_at": "2024-03-11T09:20:00+07:00", "child_seen": true}, {"place": "SECRET",
        "note": "SECRET"} =>
        "Đã đến thăm và gặp trẻ",
        "Visited and saw the child";
    VisitRecorded {"visited_at": "2024-03-11T09:20:00+07:00", "child_seen": false} =>
        "Đã đến thăm, không gặp được trẻ",
        "Visited; the child was not seen";
}
