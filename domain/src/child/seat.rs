//! The seats of the register: who gives its commands, and whose work an issue is.

use serde::Serialize;

use crate::identity::Role;

/// A seat of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// Officer and chair of the commune where the child lives.
    Commune,
    /// The police of that commune, or above it.
    Police,
    /// The province.
    Province,
}

impl Seat {
    /// The seat of a role; none for roles that give no command here.
    #[must_use]
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::CommuneOfficer | Role::CommuneChair => Some(Self::Commune),
            Role::PoliceOfficer => Some(Self::Police),
            Role::ProvincialOfficer => Some(Self::Province),
            Role::HotlineOperator
            | Role::HealthWorker
            | Role::EducationWorker
            | Role::LegalAidWorker
            | Role::Prosecutor
            | Role::CourtClerk
            | Role::ProviderWorker
            | Role::Inspector
            | Role::Analyst
            | Role::Administrator
            | Role::System => None,
        }
    }
}
