//! What officers may see and do of cases, asked of the domain: who somebody is comes from their session, the rules
//! stand in [`domain::permit`].

use domain::case::{CaseState, Part};
use domain::identity::Role;
use domain::permit::{self, Reach, Viewer, party};
use domain::unit::Units;
use projections::{Seen, WorkFilter};

use crate::access::Officer;

/// The cases that `officer` may see, as a filter of lists; none where they see no case at all.
#[must_use]
pub fn sight(units: &Units, officer: &Officer) -> Option<Seen> {
    match Reach::of(officer.role) {
        Reach::Nothing => None,
        Reach::Within | Reach::Part => {
            let own = units.references(&officer.unit);
            let parties = own.iter().map(|unit| party(officer.role, unit));
            Some(Seen::Of(parties.collect()))
        }
    }
}

/// The officer as somebody who looks at cases.
#[must_use]
pub fn viewer<'a>(units: &'a Units, officer: &'a Officer) -> Viewer<'a> {
    Viewer {
        role: officer.role,
        unit: &officer.unit,
        units,
    }
}

/// Whether `officer` may know of a case and read it, or what stood in it until their part ended, or what
/// they told of it.
#[must_use]
pub fn may_see(officer: &Officer, case: &CaseState) -> bool {
    case.may_be_seen_by(viewer(&case.units, officer))
}

/// What part `officer` has in a case, or had.
#[must_use]
pub fn part_of<'a>(officer: &Officer, case: &'a CaseState) -> Part<'a> {
    case.part_of(viewer(&case.units, officer))
}

/// Whether a role works on cases at all, and so has a worklist.
#[must_use]
pub const fn acts_on_cases(role: Role) -> bool {
    permit::acts(role)
}

/// What the officer's role in their unit owes, as a filter of the worklist; none for those who do
/// not work on cases.
#[must_use]
pub fn work_of(units: &Units, officer: &Officer) -> Option<WorkFilter> {
    let seen = sight(units, officer).filter(|_| acts_on_cases(officer.role))?;
    Some(WorkFilter {
        roles: vec![officer.role],
        units: Seen::Of(units.references(&officer.unit)),
        seen,
        ..WorkFilter::default()
    })
}
