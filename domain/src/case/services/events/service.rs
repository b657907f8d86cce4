//! Carrying out the items of a plan.

use serde::{Deserialize, Serialize};

use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Code, Note};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFacts {
    pub item_id: Code,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

impl ServiceFacts {
    /// What was done to the item.
    pub(in crate::case) fn says(vi: &str, en: &str) -> impl Fn(&Self, On<'_>) -> Sentence {
        move |facts, _| {
            let id = &facts.item_id;
            Sentence::new(
                format!("{vi} việc {id} của kế hoạch"),
                format!("{en} item {id} of the plan"),
            )
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicePersonal {
    pub note: Note,
}

#[cfg(test)]
crate::case::sentence::samples! {
    ServiceStarted {"item_id": "v1"}, {"note": "SECRET"} =>
        "Đã bắt đầu việc v1 của kế hoạch",
        "Started item v1 of the plan";
    ServiceProgressed {"item_id": "v1"}, {"note": "SECRET"} =>
        "Đã ghi tiến độ việc v1 của kế hoạch",
        "Noted the progress of item v1 of the plan";
    ServiceCompleted {"item_id": "v1"}, {"note": "SECRET"} =>
        "Đã hoàn thành việc v1 của kế hoạch",
        "Completed item v1 of the plan";
    ServiceFailed {"item_id": "v1"}, {"note": "SECRET"} =>
        "Không thực hiện được việc v1 của kế hoạch",
        "Could not carry out item v1 of the plan";
}
