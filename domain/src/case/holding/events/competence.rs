//! Competence that passes by law from a unit to its successor.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::case::sentence::On;
use crate::language::Sentence;
use crate::law::Passage;
use crate::log::Split;
use crate::text::{DocumentNumber, Line};
use crate::time::Date;
pub use crate::unit::UnitFacts;
use crate::unit::Units;

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
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let (from, to) = (name(on.units, &self.from), name(on.units, &self.to));
        let day = self.effective.0.format("%d/%m/%Y");
        let act = self.legal_act.as_ref();
        let (vi, en) = act.map_or_else(Default::default, |act| {
            (format!(", theo {act}"), format!(", by {act}"))
        });
        Sentence::new(
            format!("Thẩm quyền chuyển từ {from} sang {to} từ ngày {day}{vi}"),
            format!("Competence passed from {from} to {to} as of {day}{en}"),
        )
    }
}

/// The name of exactly this unit.
fn name<'a>(units: &'a Units, unit: &'a UnitFacts) -> &'a str {
    let known = units.by_id(&unit.id);
    known.map_or(unit.reference(), |unit| unit.name.as_str())
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

#[cfg(test)]
crate::case::sentence::samples! {
    CompetencePassed {"from": {"id": "u10836", "code": "19111"}, "to": {"id": "u12602", "code": "19111"},
        "effective": "2025-07-01"}, {"legal_act": "SECRET"} =>
        "Thẩm quyền chuyển từ Thị trấn Hoàn Lão sang Xã Hoàn Lão từ ngày 01/07/2025",
        "Competence passed from Thị trấn Hoàn Lão to Xã Hoàn Lão as of 01/07/2025";
    CompetencePassed {"from": {"id": "u10836", "code": "19111"}, "to": {"id": "u12602", "code": "19111"},
        "legal_act": "1680/NQ-UBTVQH15", "effective": "2025-07-01"} =>
        "Thẩm quyền chuyển từ Thị trấn Hoàn Lão sang Xã Hoàn Lão từ ngày 01/07/2025, theo 1680/NQ-UBTVQH15",
        "Competence passed from Thị trấn Hoàn Lão to Xã Hoàn Lão as of 01/07/2025, by 1680/NQ-UBTVQH15";
}
