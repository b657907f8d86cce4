//! Who sees and does what, by role and unit. A first, simple rule: the units that a case concerns
//! work on it; the province reads what lies in it; inspectors read, administrators do not.
//! What a role may do is decided in the domain; this says what it may see.

use domain::case::CaseState;
use domain::identity::Role;
use domain::unit::Units;

use crate::access::Officer;

/// Whose cases an officer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// None.
    Nothing,
    /// Those that concern one of these units (by code).
    Units(Vec<String>),
}

/// Whose cases `officer` sees.
#[must_use]
pub fn sight(officer: &Officer) -> Sight {
    match officer.role {
        Role::Administrator | Role::Analyst | Role::System => Sight::Nothing,
        Role::ProvincialOfficer | Role::Inspector => {
            Sight::Units(Units::shipped().codes_within(&officer.unit).into_iter().collect())
        }
        _ => Sight::Units(vec![officer.unit.clone()]),
    }
}

/// Whether `officer` may know of a case and read it.
#[must_use]
pub fn may_see(officer: &Officer, case: &CaseState) -> bool {
    match officer.role {
        Role::Administrator | Role::Analyst | Role::System => false,
        Role::ProvincialOfficer | Role::Inspector => {
            let within = |unit: &str| Units::shipped().ever_within(unit, &officer.unit);
            case.units().any(within)
        }
        _ => case.concerns(&officer.unit),
    }
}

/// Whether a role works on cases at all, and so has a worklist.
#[must_use]
pub const fn acts_on_cases(role: Role) -> bool {
    !matches!(role, Role::Inspector | Role::Analyst | Role::Administrator | Role::System)
}
