//! Whether a report that was added to a case unseen is about the child of that case.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::Prose;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnsweredFacts {
    /// The report.
    pub event_id: Uuid,
    pub same: bool,
    /// The case of its own into which it went, where it is another child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_case: Option<Uuid>,
}

impl AnsweredFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        if self.same {
            Sentence::new(
                "Đã trả lời: thông tin được thêm vào là về cùng một trẻ",
                "Answered: the report that was added is about the same child",
            )
        } else {
            Sentence::new(
                "Đã trả lời: thông tin được thêm vào là về trẻ khác và thành vụ việc riêng",
                "Answered: the report that was added is about another child and became a case of \
                 its own",
            )
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnsweredPersonal {
    pub reason: Prose,
}

#[cfg(test)]
crate::case::sentence::samples! {
    SameChildAnswered {"event_id": "00000000-0000-0000-0000-000000000001", "same": true},
        {"reason": "SECRET"} =>
        "Đã trả lời: thông tin được thêm vào là về cùng một trẻ",
        "Answered: the report that was added is about the same child";
    SameChildAnswered {"event_id": "00000000-0000-0000-0000-000000000001", "same": false} =>
        "Đã trả lời: thông tin được thêm vào là về trẻ khác và thành vụ việc riêng",
        "Answered: the report that was added is about another child and became a case of its own";
}
