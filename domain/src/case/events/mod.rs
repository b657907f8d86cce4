//! The forms of the stored events: what several chapters use, and the way to those of each chapter. Field
//! names are those of the contract.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod apart;
pub mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::assessment::events::{assessment, contradiction, review};
pub use super::care::events as placement;
pub use super::closing::events as closing;
pub use super::correcting::events as correction;
pub use super::criminal::events as criminal;
pub use super::holding::events::{competence, people, transfer};
pub use super::planning::events as plan;
pub use super::record::events::{record, recount};
pub use super::reporting::events::{report, same_child};
pub use super::safety::events::{court, emergency, separation};
pub use super::services::events::{referral, service, visit};
use crate::text::Note;

/// An answer to a question of a form: yes, no, or not known yet. Stored as true, false, "unknown".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No: said, not only left open.
    No,
    /// Not known yet; also where nothing was answered. Silence decides nothing.
    #[default]
    Unknown,
}

impl Answer {
    /// Whether nothing was answered, or that it is not known.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Yes => serializer.serialize_bool(true),
            Self::No => serializer.serialize_bool(false),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Answer;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true, false or \"unknown\"")
            }

            fn visit_bool<E: serde::de::Error>(self, yes: bool) -> Result<Answer, E> {
                Ok(yes.into())
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Answer, E> {
                match text {
                    "unknown" => Ok(Answer::Unknown),
                    _ => Err(E::custom("unknown variant")),
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

described!(Answer, { "enum": [true, false, "unknown"] });

/// A level in one row of an assessment table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    High,
    Medium,
    Low,
}

/// One row of an assessment table: a level and a remark. The harm table and the protection table
/// run in opposite directions: high harm is bad, high protection is good. They are never added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    pub level: Level,
    #[serde(default)]
    pub note: Note,
}

/// The levels and the notes of a table apart: levels are facts, notes are personal.
pub(super) fn split<const N: usize>(ratings: [Rating; N]) -> ([Level; N], [Note; N]) {
    let levels = std::array::from_fn(|row| ratings[row].level);
    (levels, ratings.map(|rating| rating.note))
}
