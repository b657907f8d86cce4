//! Which units are counted when one is asked for: itself, and those that became part of it as a whole.
//! What a unit owed that was divided cannot be told apart by its parts; it is named, and counted by
//! itself. Codes were passed on: a former unit is told from a later one with its code by the day.

use chrono::NaiveDate;
use domain::time::Instant;
use domain::unit::{Unit, Units};
use projections::UnitSpan;

use crate::pages::components::Link;
use crate::pages::query::Asked;
use crate::pages::{Frame, words};

/// The units that are counted for one.
#[derive(Default)]
pub(super) struct Meant {
    /// All that are counted; empty: whatever unit.
    pub spans: Vec<UnitSpan>,
    /// Former units among them.
    counted: Vec<Unit>,
    /// Former units of which only a part became part of it.
    left_out: Vec<Unit>,
}

/// Former units, with what they have to do with the figures.
pub struct Note {
    pub text: String,
    pub units: Vec<Link>,
}

impl Meant {
    /// What is meant by this unit in a period, first and last day.
    pub fn by(units: &Units, unit: &str, (from, to): (NaiveDate, NaiveDate)) -> Self {
        let Some(asked) = units.find(unit, to) else {
            let spans = vec![UnitSpan::always(unit.to_owned())];
            return Self {
                spans,
                ..Self::default()
            };
        };
        let absorbed = units.absorbed(&asked.id, to);
        let in_period = |one: &&Unit| one.to.is_some_and(|last| from <= last);
        // The same unit may have a later version, since what lies above it has changed.
        let other = |one: &&Unit| (&asked.code, &asked.name) != (&one.code, &one.name);
        let whole = absorbed.whole.iter().copied();
        Self {
            spans: whole.clone().flat_map(|unit| spans(units, unit)).collect(),
            counted: whole.filter(other).filter(in_period).cloned().collect(),
            left_out: absorbed
                .parts
                .into_iter()
                .filter(in_period)
                .cloned()
                .collect(),
        }
    }

    /// Whether somebody who works in this unit works in one of those that are counted.
    pub fn employs(&self, unit: &str) -> bool {
        self.spans.iter().any(|span| span.unit == unit)
    }

    /// What a reader has to know about former units. `wide`: they may read the cases of each.
    pub fn notes(&self, frame: &Frame, asked: &Asked, wide: bool) -> Vec<Note> {
        let counted = if wide {
            "figures-with-former"
        } else {
            "figures-with-former-as-read"
        };
        let left_out = if wide {
            "figures-without-parts"
        } else {
            "figures-without-parts-as-read"
        };
        let notes = [(counted, &self.counted), (left_out, &self.left_out)];
        let filled = notes.into_iter().filter(|(_, units)| !units.is_empty());
        filled
            .map(|(key, units)| Note {
                text: frame.t(key),
                units: units
                    .iter()
                    .map(|unit| link(frame, asked, wide, unit))
                    .collect(),
            })
            .collect()
    }
}

/// By which references the unit was kept, and when they meant it.
fn spans(units: &Units, unit: &Unit) -> impl Iterator<Item = UnitSpan> + use<> {
    let (from, until) = units.means(unit);
    let references = units.references(unit.reference()).into_iter();
    references.map(move |reference| UnitSpan {
        unit: reference,
        from: from.map(Instant::start_of),
        until: until.map(Instant::start_of),
    })
}

/// The figures of a former unit, up to its last day: later its code may mean another.
fn link(frame: &Frame, asked: &Asked, wide: bool, unit: &Unit) -> Link {
    let day = unit.to.map(words::date).unwrap_or_default();
    let name = [("unit", unit.name.clone().into()), ("day", day.into())];
    let last = unit.to.map(|last| last.to_string()).unwrap_or_default();
    Link {
        text: frame.language.text_with("figures-former-unit", &name),
        href: if wide {
            asked.with_all(&[("unit", unit.reference()), ("to", &last)])
        } else {
            String::new()
        },
    }
}
