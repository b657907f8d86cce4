//! In whose name a command is given.

use domain::identity::Actor;
use uuid::Uuid;

use crate::access::Officer;

/// In whose name a command is given.
#[derive(Debug, Clone, Copy)]
pub enum Sender<'a> {
    /// A person who is signed in.
    Officer(&'a Officer),
    /// The system itself, for a job that no person started.
    System,
}

impl Sender<'_> {
    /// Who acts, as the domain sees them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Officer(officer) => officer.actor(),
            Self::System => Actor::system(),
        }
    }

    /// Whether no person gives it.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        matches!(self, Self::System)
    }

    /// The account, by which the same command of another person is another one.
    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Officer(officer) => officer.id,
            Self::System => Uuid::nil(),
        }
    }
}
