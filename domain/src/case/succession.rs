//! What passes by law in a case because units have ended: to whom where that is clear, and where a
//! person has to choose.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::event::{Event, Split};
use super::events::apart::apart;
use super::events::competence::{PassedFacts, PassedPersonal};
use super::{CaseState, Seat};
use crate::text::Line;
use crate::time::Date;
use crate::unit::{Fate, Unit, Units};

/// A unit that has ended while it still answers in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePassing<'a> {
    /// The unit that has ended.
    pub from: &'a Unit,
    /// The units that came out of it: one, or those among which it was divided.
    pub to: Vec<&'a Unit>,
    /// It was divided: a person has to say which part answers for this case.
    pub divided: bool,
}

impl<'a> DuePassing<'a> {
    /// The only successor, where it is clear.
    #[must_use]
    pub fn clear(&self) -> Option<&'a Unit> {
        match self.to.as_slice() {
            [to] if !self.divided => Some(to),
            _ => None,
        }
    }

    /// The command that passes competence to `to`, with act and day as the register has them.
    #[must_use]
    pub fn command(&self, to: &Unit) -> Value {
        json!({
            "type": "pass-competence",
            "from_unit": self.from.id,
            "to_unit": to.id,
            "legal_act": act_of(to),
            "effective": first_day(self.from, to),
        })
    }
}

/// The act that made a unit; where the register does not know it, the list of units itself.
fn act_of(to: &Unit) -> &str {
    to.act.as_deref().unwrap_or("Danh mục đơn vị hành chính")
}

/// The day on which `to` took over from `from`, perhaps by way of others.
fn first_day(from: &Unit, to: &Unit) -> Option<NaiveDate> {
    to.from.or_else(|| from.to?.succ_opt())
}

impl CaseState {
    /// The units that have ended before `today` and still answer in this case: as holder, for the
    /// incident or for the residence of the child.
    #[must_use]
    pub fn passings_due<'a>(&self, units: &'a Units, today: NaiveDate) -> Vec<DuePassing<'a>> {
        let seats = [self.holder(), self.responsible_seat(), self.incident()];
        passings(seats.into_iter().chain(self.residence()), units, today)
    }

    /// The same of every place in the case where a unit answers, that of an agency as well.
    #[must_use]
    pub fn passings_possible<'a>(&self, units: &'a Units, today: NaiveDate) -> Vec<DuePassing<'a>> {
        passings(self.seats().chain(self.agency_seats()), units, today)
    }
}

fn passings<'a, 's>(
    seats: impl Iterator<Item = &'s Seat>,
    units: &'a Units,
    today: NaiveDate,
) -> Vec<DuePassing<'a>> {
    let mut due: Vec<DuePassing<'_>> = Vec::new();
    for from in seats.filter_map(|seat| seat.ended(units, today)) {
        if due.iter().any(|known| known.from.id == from.id) {
            continue;
        }
        let (to, divided) = match units.current(&from.id, today, today) {
            Some(Fate::Whole(to)) => (vec![to], false),
            Some(Fate::Divided(to)) => (to, true),
            _ => continue,
        };
        due.push(DuePassing { from, to, divided });
    }
    due
}

/// Competence passes from `from` to `to`.
pub(super) fn passed(from: &Unit, to: &Unit, legal_act: &Line, effective: Date) -> Event {
    let (legal_act, words) = apart(Some(legal_act));
    Event::CompetencePassed(Split {
        facts: PassedFacts {
            from: from.into(),
            to: to.into(),
            legal_act,
            effective,
        },
        personal: words.map(|words| PassedPersonal {
            legal_act: Some(words),
        }),
    })
}

/// What the register itself says of the passing from a unit that has ended to its successor `to`.
pub(super) fn by_register(from: &Unit, to: &Unit) -> Option<Event> {
    let effective = Date(first_day(from, to)?);
    let legal_act = Line::parse(act_of(to)).ok()?;
    Some(passed(from, to, &legal_act, effective))
}
