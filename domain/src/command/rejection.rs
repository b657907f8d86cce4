//! Why a command is refused: a stable code, a sentence in both languages, the legal basis.

use std::borrow::Cow;

use serde::Serialize;
use uuid::Uuid;

use crate::language::Sentence;

/// What sort of refusal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectionKind {
    /// The procedure does not allow it now.
    Procedure,
    /// This role, or an officer of this unit, may not do it.
    Forbidden,
    /// A field has a value that cannot be.
    Field,
    /// There is nothing of that id.
    NotFound,
}

/// A refused command. Nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}")]
pub struct Rejection {
    /// What sort of refusal it is.
    pub kind: RejectionKind,
    /// Stable code.
    pub code: &'static str,
    /// What to tell the reader, and what to do next.
    pub message: Box<Sentence>,
    /// The article of law, where there is one.
    pub legal_basis: Option<Cow<'static, str>>,
    /// JSON pointer of the field in the command, where one field is the reason.
    pub field: Option<String>,
    /// The event that stands against it, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Uuid>,
}

impl Rejection {
    /// The procedure does not allow the act.
    pub fn procedure(
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
        legal_basis: impl Into<Cow<'static, str>>,
    ) -> Self {
        let legal_basis = legal_basis.into();
        Self {
            kind: RejectionKind::Procedure,
            code,
            message: Box::new(Sentence::new(vi, en)),
            legal_basis: (!legal_basis.is_empty()).then_some(legal_basis),
            field: None,
            against: None,
        }
    }

    /// This role or unit may not do it.
    pub fn forbidden(
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
        legal_basis: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind: RejectionKind::Forbidden,
            ..Self::procedure(code, vi, en, legal_basis)
        }
    }

    /// A field has a value that cannot be. `field` is a JSON pointer into the command.
    pub fn field(
        field: impl Into<String>,
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            kind: RejectionKind::Field,
            field: Some(field.into()),
            ..Self::procedure(code, vi, en, "")
        }
    }

    /// The same refusal, bound to a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}
