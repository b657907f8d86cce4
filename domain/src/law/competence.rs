//! Who may give a command, by seat and role, between two dates; and what an agency is called.

use serde::Deserialize;

use super::definition::Procedure;
use super::governed::Governed;
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::Instant;

/// Roles that may act from one seat.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Grant<S: Governed> {
    /// The seat.
    pub seat: S::Seat,
    /// The roles.
    pub roles: Vec<Role>,
}

/// Who may give a command between two dates.
#[derive(Debug, Clone)]
pub struct Competence<S: Governed> {
    /// The command.
    pub command: String,
    /// From which seats, in which roles.
    pub may: Vec<Grant<S>>,
    /// Who corrects what it recorded, where that is somebody else.
    pub corrects: Option<Vec<Grant<S>>>,
    /// Who alone moves by a correction who answers for the subject, once somebody has acted on it.
    pub moves: Option<Vec<Grant<S>>>,
    /// The article of law.
    pub legal_basis: String,
    /// Decisions that had to be taken where the law is silent.
    pub interpretations: Vec<String>,
    /// From when.
    pub from: Option<Instant>,
    /// Until when.
    pub to: Option<Instant>,
}

/// What an agency is called, or on which article something rests, between two dates.
#[derive(Debug, Clone)]
pub struct Named {
    /// The agency or the matter, by its name in the procedure.
    pub id: String,
    /// What an agency is called in this time.
    pub name: Option<Sentence>,
    /// The act that says so.
    pub legal_basis: String,
    /// From when.
    pub from: Option<Instant>,
    /// Until when.
    pub to: Option<Instant>,
}

fn holds(from: Option<Instant>, to: Option<Instant>, at: Instant) -> bool {
    from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to)
}

impl<S: Governed> Competence<S> {
    /// Whether two rows stand for the same time.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<Instant>, start: Option<Instant>| {
            end.zip(start).is_some_and(|(end, start)| end <= start)
        };
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// Whether a role may give the command from any seat.
    #[must_use]
    pub fn includes(&self, role: Role) -> bool {
        self.may.iter().any(|grant| grant.roles.contains(&role))
    }

    /// The roles that may give the command, each once.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<_> = self.may.iter().flat_map(|g| g.roles.clone()).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }
}

impl<S: Governed> Procedure<S> {
    /// Who may give a command at an instant. The shipped files have a row for each command and day.
    #[must_use]
    pub fn competence(&self, command: &str, at: Instant) -> Option<&Competence<S>> {
        let mut rows = self.competences.iter();
        rows.find(|row| row.command == command && holds(row.from, row.to, at))
    }

    /// Whether a role may ever give a command.
    #[must_use]
    pub fn role_may(&self, command: &str, role: Role) -> bool {
        let mut rows = self.competences.iter().filter(|row| row.command == command);
        rows.any(|row| row.includes(role))
    }

    /// Whether a role may give a command without a seat in a case, and so begin one.
    #[must_use]
    pub fn anyone_may(&self, command: &str, role: Role) -> bool {
        let mut rows = self.competences.iter().filter(|row| row.command == command);
        rows.any(|row| {
            let mut grants = row.may.iter();
            grants.any(|grant| grant.seat == S::ANYONE && grant.roles.contains(&role))
        })
    }

    /// What an agency is called at an instant.
    #[must_use]
    pub fn agency(&self, name: &str, at: Instant) -> Option<&Named> {
        let mut agencies = self.agencies.iter();
        agencies.find(|agency| agency.id == name && holds(agency.from, agency.to, at))
    }

    /// The article on which something rests at an instant.
    #[must_use]
    pub fn basis(&self, name: &str, at: Instant) -> Option<&str> {
        let mut bases = self.bases.iter();
        let found = bases.find(|basis| basis.id == name && holds(basis.from, basis.to, at));
        found.map(|basis| basis.legal_basis.as_str())
    }
}
