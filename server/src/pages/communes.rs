//! Communes to choose from in a list: those of today and those that have ended, as then and as now.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::unit::{Unit, Units};

use super::PageError;
use super::case::case_words;
use crate::AppState;
use crate::language::Language;

/// A commune of a list.
pub(super) struct Commune {
    /// What stands in the address: the code, or the id of one that has ended.
    pub value: String,
    /// Its name: `Xã Nam Trạch (nay: Xã Lý Nam)`.
    pub text: String,
}

/// The communes within `unit`: those of today first, then those out of which they came and that a
/// case concerns.
pub(super) async fn within(
    state: &AppState,
    language: Language,
    unit: &str,
    today: NaiveDate,
) -> Result<Vec<Commune>, PageError> {
    let register = state.application.units();
    let mut all: Vec<Commune> = register
        .communes(unit, today)
        .map(|unit| Commune {
            value: unit.reference().to_owned(),
            text: unit.name.clone(),
        })
        .collect();
    let ended = ended(register, unit, today);
    let ids: Vec<&str> = ended.iter().map(|unit| unit.id.as_str()).collect();
    let known: BTreeSet<String> = state.application.projections.units_of_cases(&ids).await?;
    let ended = ended.iter().filter(|unit| known.contains(&unit.id));
    all.extend(ended.map(|unit| Commune {
        value: unit.id.clone(),
        text: case_words::unit_then(language, register, &unit.id, today, today),
    }));
    Ok(all)
}

/// The communes that have ended and went, under another name, into those of today.
fn ended<'a>(register: &'a Units, unit: &str, today: NaiveDate) -> Vec<&'a Unit> {
    let mut ended: Vec<&Unit> = Vec::new();
    for unit in register.communes(unit, today) {
        let before = register.lineage(&unit.id).into_iter();
        for old in before.filter(|old| old.name != unit.name) {
            if !ended.iter().any(|known| known.id == old.id) {
                ended.push(old);
            }
        }
    }
    ended.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    ended
}
