//! Competence that passes by law from a unit to its successor.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::law::Passage;
use crate::log::Split;
use crate::text::{DocumentNumber, Line};
use crate::time::Date;
pub use crate::unit::UnitFacts;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedFacts {
    pub from: UnitFacts,
    pub to: UnitFacts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_act: Option<DocumentNumber>,
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

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedPersonal {
    /// The act of law in words, where that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_act: Option<Line>,
}

impl Split<PassedFacts, PassedPersonal> {
    /// The act of law, or what was written in its place.
    #[must_use]
    pub fn legal_act(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.legal_act.as_ref());
        either(self.facts.legal_act.as_ref(), words)
    }
}
