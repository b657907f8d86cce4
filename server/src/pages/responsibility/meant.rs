//! Which units are counted when one is asked for: itself, and those that became part of it as a whole.
//! What a unit owed that was divided cannot be told apart by units; it is named, and counted by itself.

use chrono::NaiveDate;
use domain::unit::{Unit, Units};

use crate::pages::components::Link;
use crate::pages::query::Asked;
use crate::pages::{Frame, words};

/// The units that are counted for one.
#[derive(Default)]
pub(super) struct Meant {
    /// References of all that are counted; empty: whatever unit.
    pub units: Vec<String>,
    /// Former units among them.
    counted: Vec<&'static Unit>,
    /// Former units of which only a part became part of it.
    left_out: Vec<&'static Unit>,
}

/// Former units, with what they have to do with the figures.
pub struct Note {
    pub text: String,
    pub units: Vec<Link>,
}

impl Meant {
    /// What is meant by this unit in a period, first and last day.
    pub fn by(unit: &str, (from, to): (NaiveDate, NaiveDate)) -> Self {
        let register = Units::in_use();
        let absorbed = register.absorbed(unit, to);
        let mut units = register.references(unit);
        for one in &absorbed.whole {
            let references = register.references(one.reference());
            units.extend(
                references
                    .into_iter()
                    .filter(|one| !units.contains(one))
                    .collect::<Vec<_>>(),
            );
        }
        let asked = register.find(unit, to);
        let former = |one: &&Unit| {
            asked.is_none_or(|asked| (&asked.code, &asked.name) != (&one.code, &one.name))
                && one.to.is_some_and(|last| from <= last)
        };
        // A unit may have passed its code on without passing all of itself on.
        let (same_code, left_out): (Vec<_>, Vec<_>) = absorbed
            .parts
            .into_iter()
            .filter(former)
            .partition(|one| units.iter().any(|unit| unit == one.reference()));
        let whole = absorbed.whole.into_iter().filter(former);
        Self {
            counted: whole.chain(same_code).collect(),
            left_out,
            units,
        }
    }

    /// What a reader has to know about former units. `lead`: each by a link of its own.
    pub fn notes(&self, frame: &Frame, asked: &Asked, lead: bool) -> Vec<Note> {
        let notes = [
            ("figures-with-former", &self.counted),
            ("figures-without-parts", &self.left_out),
        ];
        let filled = notes.into_iter().filter(|(_, units)| !units.is_empty());
        filled
            .map(|(key, units)| Note {
                text: frame.t(key),
                units: units
                    .iter()
                    .map(|unit| link(frame, asked, lead, unit))
                    .collect(),
            })
            .collect()
    }
}

fn link(frame: &Frame, asked: &Asked, lead: bool, unit: &Unit) -> Link {
    let day = unit.to.map(words::date).unwrap_or_default();
    let name = [("unit", unit.name.clone().into()), ("day", day.into())];
    Link {
        text: frame.language.text_with("figures-former-unit", &name),
        href: if lead {
            asked.with("unit", unit.reference())
        } else {
            String::new()
        },
    }
}
