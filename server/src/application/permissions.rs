//! Who sees and does what, by role and unit: the units that a case concerns work on it; who gave it away
//! reads what stood there until then; the province reads what lies in it; inspectors read,
//! administrators do not. What a role may do is decided in the domain; this says what it may see.

use domain::case::{CaseState, Part, Viewer, party};
use domain::identity::Role;
use projections::{Seen, WorkFilter};

use crate::access::Officer;

/// The cases that `officer` may see, as a filter of lists; none where they see no case at all.
#[must_use]
pub fn sight(officer: &Officer) -> Option<Seen> {
    match officer.role {
        Role::Administrator | Role::Analyst | Role::System => None,
        role => {
            let units = crate::units::register().references(&officer.unit);
            let parties = units.iter().map(|unit| party(role, unit));
            Some(Seen::Of(parties.collect()))
        }
    }
}

/// The officer as somebody who looks at cases.
#[must_use]
pub fn viewer(officer: &Officer) -> Viewer<'_> {
    Viewer {
        role: officer.role,
        unit: &officer.unit,
        units: crate::units::register(),
    }
}

/// Whether `officer` may know of a case and read it, or what stood in it until their part ended, or what
/// they told of it.
#[must_use]
pub fn may_see(officer: &Officer, case: &CaseState) -> bool {
    matches!(
        part_of(officer, case),
        Part::Told | Part::Left(_) | Part::Takes
    )
}

/// What part `officer` has in a case, or had.
#[must_use]
pub fn part_of<'a>(officer: &Officer, case: &'a CaseState) -> Part<'a> {
    match officer.role {
        Role::Administrator | Role::Analyst | Role::System => Part::None,
        Role::ProvincialOfficer | Role::Inspector => {
            let within = |unit: &str| crate::units::register().ever_within(unit, &officer.unit);
            match case.units().any(within) {
                true => Part::Takes,
                false => Part::None,
            }
        }
        role => case.part(role, &officer.unit),
    }
}

/// Whether a role works on cases at all, and so has a worklist.
#[must_use]
pub const fn acts_on_cases(role: Role) -> bool {
    !matches!(
        role,
        Role::Inspector | Role::Analyst | Role::Administrator | Role::System
    )
}

/// What the officer's role in their unit owes, as a filter of the worklist; none for those who do
/// not work on cases.
#[must_use]
pub fn work_of(officer: &Officer) -> Option<WorkFilter> {
    let seen = sight(officer).filter(|_| acts_on_cases(officer.role))?;
    Some(WorkFilter {
        roles: vec![officer.role],
        units: Seen::Of(crate::units::register().references(&officer.unit)),
        seen,
        ..WorkFilter::default()
    })
}

/// Whether `officer` looks after the posts of officers in `unit`: an administrator does in their own
/// unit and whatever lies in it.
#[must_use]
pub fn looks_after(officer: &Officer, unit: &str) -> bool {
    officer.role == Role::Administrator && crate::units::register().ever_within(unit, &officer.unit)
}

/// Whether `officer` names deputies of their own: a chair in their own post, and nobody who is a
/// deputy themselves.
#[must_use]
pub fn names_deputies(officer: &Officer) -> bool {
    officer.role == Role::CommuneChair && officer.on_behalf_of.is_none()
}
