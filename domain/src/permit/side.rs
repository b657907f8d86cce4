//! Which side of a subject a role sees. Communes, province and hotline see the whole.

use crate::identity::Role;

/// Which part of a subject concerns an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Reports of crime, examinations, interviews, decisions.
    Criminal,
    /// Examinations by the health sector.
    Health,
    /// Requests to the court and separations.
    Court,
    /// What was referred to a service, and stays in a facility.
    Service,
}

/// The side of a role; none for those who see the whole.
pub(crate) const fn side(role: Role) -> Option<Side> {
    match role {
        Role::PoliceOfficer | Role::Prosecutor => Some(Side::Criminal),
        Role::HealthWorker => Some(Side::Health),
        Role::CourtClerk => Some(Side::Court),
        Role::ProviderWorker | Role::EducationWorker | Role::LegalAidWorker => Some(Side::Service),
        Role::HotlineOperator
        | Role::CommuneOfficer
        | Role::CommuneChair
        | Role::ProvincialOfficer
        | Role::Inspector
        | Role::Analyst
        | Role::Administrator
        | Role::System => None,
    }
}

/// Whether a role sees only its own side of a subject.
#[must_use]
pub const fn sees_a_side(role: Role) -> bool {
    side(role).is_some()
}
