//! The forms of the stored events, one file for each phase of the procedure. Field names are those
//! of the contract.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod assessment;
pub mod closing;
pub mod competence;
pub mod correction;
pub mod court;
pub mod criminal;
pub mod people;
pub mod placement;
pub mod plan;
pub mod record;
pub mod recount;
pub mod referral;
pub mod report;
pub mod review;
pub mod separation;
pub mod service;
pub mod transfer;
pub mod visit;

use serde::{Deserialize, Serialize};

use crate::text::Note;

/// A level in one row of an assessment table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    High,
    Medium,
    Low,
}

/// One row of an assessment table: a level and a remark. The harm table and the protection table
/// run in opposite directions: high harm is bad, high protection is good. They are never added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
