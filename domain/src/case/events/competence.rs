//! Competence that passes by law from a unit to its successor.

use serde::{Deserialize, Serialize};

use crate::law::Passage;
use crate::text::Line;
use crate::time::Date;
pub use crate::unit::UnitFacts;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedFacts {
    pub from: UnitFacts,
    pub to: UnitFacts,
    pub legal_act: Line,
    /// The first day on which the successor is competent.
    pub effective: Date,
}

impl PassedFacts {
    /// From whom it passes to whom, and from when.
    #[must_use]
    pub const fn passage(&self) -> Passage<'_> {
        Passage {
            from: &self.from,
            to: &self.to,
            effective: self.effective,
        }
    }
}
