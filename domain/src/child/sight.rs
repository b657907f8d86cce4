//! Who sees the record of a child, and what of it. Everybody else is told that there is none.

use chrono::NaiveDate;

use crate::child::{Child, Event, Record, Recorded};
use crate::identity::Role;
use crate::permit::Viewer;
use crate::unit::Units;

/// How somebody stands to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    /// The commune police: who the child is, the number, the family, where the child lives; neither circumstances nor
    /// schools, nor an address that is hidden.
    Identity,
    /// The province and its inspectors: all but an address that is hidden.
    Above,
    /// The commune where the child lives: all.
    All,
}

/// What the viewer sees of a record on a day; none where there is no such child for them.
#[must_use]
pub fn sees(record: &Record, viewer: &Viewer<'_>, today: NaiveDate) -> Option<Sees> {
    let (unit, _) = record.unit();
    match viewer.role {
        Role::CommuneOfficer | Role::CommuneChair => {
            answers(record, viewer, today).then_some(Sees::All)
        }
        Role::PoliceOfficer => {
            let there =
                answers(record, viewer, today) || viewer.units.ever_within(unit, viewer.unit);
            there.then_some(Sees::Identity)
        }
        Role::ProvincialOfficer | Role::Inspector => {
            let within = viewer.units.ever_within(unit, viewer.unit);
            within.then_some(Sees::Above)
        }
        Role::HotlineOperator
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker
        | Role::Analyst
        | Role::Administrator
        | Role::System => None,
    }
}

/// Whether the unit of the viewer answers for the record: it is the commune where the child lives, or one of those that
/// this became.
fn answers(record: &Record, viewer: &Viewer<'_>, today: NaiveDate) -> bool {
    let (unit, then) = record.unit();
    stands_for(viewer.units, (unit, then), viewer.unit, today)
}

/// Whether `other` is the unit, or what it had become by a day.
pub(super) fn stands_for(
    units: &Units,
    (unit, then): (&str, NaiveDate),
    other: &str,
    today: NaiveDate,
) -> bool {
    let Some(meant) = units.find(unit, then) else {
        return unit == other;
    };
    let mut next = vec![meant.id.as_str()];
    while let Some(id) = next.pop() {
        let Some(one) = units.by_id(id) else { continue };
        if one.reference() == other || one.id == other {
            return true;
        }
        if let Some(last) = one.to.filter(|last| *last < today) {
            let after = units.successors(&one.id, last);
            next.extend(after.into_iter().map(|(unit, _)| unit.id.as_str()));
        }
    }
    false
}

impl Sees {
    /// The record as it is shown.
    #[must_use]
    pub fn record(self, record: &Record) -> Record {
        let mut shown = record.clone();
        if self < Self::All {
            for residence in shown.residences.iter_mut().filter(|one| one.hidden) {
                residence.address = None;
            }
        }
        if self == Self::Identity {
            shown.circumstances.clear();
            shown.schools.clear();
        }
        shown
    }

    /// An event as it is shown; none where nothing of it is.
    #[must_use]
    pub fn event(self, recorded: &Recorded) -> Option<Recorded> {
        let mut shown = recorded.clone();
        let hidden = match &mut shown.event {
            Event::ResidenceRecorded(residence) if residence.facts.hidden && self < Self::All => {
                if let Some(own) = &mut residence.personal {
                    own.address = None;
                }
                false
            }
            Event::CircumstanceRecorded(_)
            | Event::CircumstanceEnded(_)
            | Event::SchoolingRecorded(_) => self == Self::Identity,
            _ => false,
        };
        if hidden {
            return None;
        }
        Some(shown)
    }
}

/// What the viewer sees of a child; none where there is no such child for them.
#[must_use]
pub fn as_read(child: &Child, viewer: &Viewer<'_>, today: NaiveDate) -> Option<(Sees, Record)> {
    let record = child.record()?;
    let sees = sees(record, viewer, today)?;
    Some((sees, sees.record(record)))
}
