//! A changed calendar moves due dates: which ones, and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
