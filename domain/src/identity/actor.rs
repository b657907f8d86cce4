//! The actor of an event, as they were then.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Role;

/// Who did something: officer, role, agency, unit, and on whose behalf, at the time of the event.
/// Comes from the authenticated session, never from a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The officer's account, or none for the system and in simulations.
    #[serde(default)]
    pub officer: Option<Uuid>,
    /// The officer's name in office at that time.
    #[serde(default)]
    pub name: Option<String>,
    /// In which role.
    pub role: Role,
    /// For which agency, in words.
    #[serde(default)]
    pub agency: Option<String>,
    /// Code of the unit the officer belongs to.
    #[serde(default)]
    pub unit: Option<String>,
    /// On whose behalf, where somebody substitutes for another.
    #[serde(default)]
    pub on_behalf_of: Option<String>,
}

impl Actor {
    /// An actor known by role and unit only.
    #[must_use]
    pub fn new(role: Role, unit: &str) -> Self {
        Self {
            officer: None,
            name: None,
            role,
            agency: None,
            unit: Some(unit.to_owned()),
            on_behalf_of: None,
        }
    }

    /// The system itself, for jobs that no person started.
    #[must_use]
    pub const fn system() -> Self {
        Self {
            officer: None,
            name: None,
            role: Role::System,
            agency: None,
            unit: None,
            on_behalf_of: None,
        }
    }
}
