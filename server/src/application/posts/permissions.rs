//! Who looks after posts, asked of the domain: the rules stand in [`domain::permit`].

use domain::permit;
use domain::unit::Units;

use crate::access::Officer;

/// Whether `officer` looks after the posts of officers in `unit`.
#[must_use]
pub fn looks_after(units: &Units, officer: &Officer, unit: &str) -> bool {
    permit::looks_after(units, officer.role, &officer.unit, unit)
}

/// Whether `officer` names deputies of their own.
#[must_use]
pub fn names_deputies(officer: &Officer) -> bool {
    permit::names_deputies(officer.role, officer.on_behalf_of.is_some())
}
