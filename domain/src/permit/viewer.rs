//! Somebody who looks at a subject. What they see of it the subject says; here stands what is their own.

use crate::identity::Role;
use crate::law::Seat;
use crate::unit::Units;

/// Somebody who looks at a subject.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    /// In which role.
    pub role: Role,
    /// Reference of the unit.
    pub unit: &'a str,
    /// The units that it is asked with.
    pub units: &'a Units,
}

impl Viewer<'_> {
    /// Whether they act for a commune as a whole.
    pub(crate) const fn commune(&self) -> bool {
        self.role.is_of_commune()
    }

    /// Whether this is the unit of the viewer, whatever it was called meanwhile.
    pub(crate) fn same(&self, unit: &str) -> bool {
        self.units.same(unit, self.unit)
    }

    /// Whether this is the unit of the viewer: the one that was recorded, or its successor.
    pub(crate) fn answers(&self, recorded: &str, now: &Seat) -> bool {
        self.same(recorded) || self.same(now.unit())
    }

    /// Whether the viewer's office recorded it: officer and chair of a commune are one office.
    pub(crate) fn own(&self, role: Role, unit: Option<&str>) -> bool {
        (role == self.role || (self.commune() && role.is_of_commune()))
            && unit.is_some_and(|unit| self.same(unit))
    }
}
