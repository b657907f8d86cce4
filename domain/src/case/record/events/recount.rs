//! A changed calendar moves due dates: which ones, and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::sentence::{On, many};
use crate::language::Sentence;
use crate::time::Instant;

/// The due dates of open obligations that moved when another calendar was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecountedFacts {
    pub calendar_before: String,
    pub calendar_now: String,
    pub days: Vec<ChangedDay>,
    pub moved: Vec<MovedDue>,
}

impl RecountedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let count = self.moved.len();
        Sentence::new(
            format!("Lịch làm việc thay đổi nên {count} thời hạn được tính lại"),
            format!(
                "The calendar of working days changed: {} moved",
                many(count, "due date")
            ),
        )
    }
}

/// A day that counts otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedDay {
    pub date: NaiveDate,
    pub working: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Sentence>,
}

/// An obligation whose due date moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedDue {
    pub step: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    pub cycle: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Instant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_now: Option<Instant>,
}

#[cfg(test)]
crate::case::sentence::samples! {
    DueDatesMoved {"calendar_before": "a", "calendar_now": "b", "days": [{"date": "2024-04-29",
        "working": false}], "moved": [{"step": "approve-plan", "cycle": 1}]} =>
        "Lịch làm việc thay đổi nên 1 thời hạn được tính lại",
        "The calendar of working days changed: 1 due date moved";
}
