//! What has happened to the posts of an officer, as it is stored: one stream for each officer, kind
//! `officer`, id that of the account.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AgencyKind, Role};
use crate::log::{Corrects, DecodeError, Encoded, Form, Stored};
use crate::time::Instant;

/// The facts of a post that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenFacts {
    /// Id of the post.
    pub post: Uuid,
    /// The role it gives.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// What sort of office it is for.
    pub agency: AgencyKind,
    /// From when on.
    pub from: Instant,
    /// Until when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Who is substituted, where it is a substitution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<PrincipalFacts>,
}

/// Who is substituted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrincipalFacts {
    /// The principal's account.
    pub officer: Uuid,
    /// The principal's role.
    pub role: Role,
}

/// The names and words of a post that was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenPersonal {
    /// The officer's name.
    pub name: String,
    /// The agency in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The principal's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// Number of the act of authorisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
}

/// The facts of a post that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedFacts {
    /// Id of the post.
    pub post: Uuid,
    /// From when on it is held no more.
    pub until: Instant,
}

/// An event of an officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostEvent {
    /// A post or a substitution was given.
    Given(GivenFacts, Option<GivenPersonal>),
    /// It ended, or was taken back before it began.
    Ended(EndedFacts),
}

impl PostEvent {
    /// Every stored type with its current revision.
    pub const TYPES: &'static [(&'static str, i16)] = &[("PostGiven", 1), ("PostEnded", 1)];

    /// The stored type name.
    #[must_use]
    pub const fn event_type(&self) -> &'static str {
        match self {
            Self::Given(..) => "PostGiven",
            Self::Ended(_) => "PostEnded",
        }
    }

    /// The event as it is stored.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, which no event of this type can cause.
    pub fn encode(&self) -> Result<Encoded, serde_json::Error> {
        Ok(match self {
            Self::Given(facts, personal) => Encoded {
                event_type: self.event_type(),
                revision: 1,
                facts: serde_json::to_string(facts)?,
                personal: personal.as_ref().map(serde_json::to_string).transpose()?,
            },
            Self::Ended(facts) => Encoded {
                event_type: self.event_type(),
                revision: 1,
                facts: serde_json::to_string(facts)?,
                personal: None,
            },
        })
    }

    /// Reads a stored event of any revision.
    ///
    /// # Errors
    /// [`DecodeError`] when type or revision are unknown or the payload is damaged.
    pub fn decode(
        event_type: &str,
        revision: i16,
        facts: &str,
        personal: Option<&str>,
    ) -> Result<Self, DecodeError> {
        crate::log::read(event_type, revision, facts, personal).map(|read| read.event)
    }
}

impl Stored for PostEvent {
    const FORMS: &'static [Form] = &[
        Form::new("PostGiven", &[1], &[]),
        Form::new("PostEnded", &[1], &[]),
    ];

    fn event_type(&self) -> &'static str {
        Self::event_type(self)
    }

    fn encode(&self) -> Result<Encoded, serde_json::Error> {
        Self::encode(self)
    }

    fn parse(event_type: &str, facts: &str, personal: Option<&str>) -> Result<Self, DecodeError> {
        let form = |event_type| move |source| DecodeError::Form { event_type, source };
        match event_type {
            "PostGiven" => Ok(Self::Given(
                serde_json::from_str(facts).map_err(form("PostGiven"))?,
                personal
                    .map(serde_json::from_str)
                    .transpose()
                    .map_err(form("PostGiven"))?,
            )),
            "PostEnded" => serde_json::from_str(facts)
                .map(Self::Ended)
                .map_err(form("PostEnded")),
            _ => Err(DecodeError::Unknown {
                event_type: event_type.to_owned(),
                revision: 0,
            }),
        }
    }

    fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::Given(..) | Self::Ended(_) => None,
        }
    }

    fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::Given(..) | Self::Ended(_) => None,
        }
    }
}
