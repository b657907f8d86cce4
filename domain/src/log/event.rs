//! The events of a subject, as they are stored. Stored names and revisions are their own, independent
//! of the names in this code; no stored event is ever rewritten.

use std::fmt::Debug;
use std::sync::Arc;

use super::{Corrects, Form, Older, Payload};
use crate::time::Instant;

/// An event as it is stored: type, revision and the two parts as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The stored type name.
    pub event_type: &'static str,
    /// The revision of its form.
    pub revision: i16,
    /// The facts as JSON.
    pub facts: String,
    /// The personal part as JSON.
    pub personal: Option<String>,
}

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// This program does not know the type or revision.
    #[error(
        "event type {event_type} revision {revision} is unknown to this version of the program"
    )]
    Unknown {
        /// The stored type.
        event_type: String,
        /// The stored revision.
        revision: i16,
    },
    /// The stored payload does not have the form of its revision.
    #[error("the payload of a {event_type} does not have the form of its revision")]
    Form {
        /// The stored type.
        event_type: &'static str,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
}

/// The events of a subject.
pub trait Stored: Clone + Debug {
    /// Every stored type with its forms.
    const FORMS: &'static [Form];

    /// The forms of a stored type; none where it is unknown.
    #[must_use]
    fn form(event_type: &str) -> Option<&'static Form> {
        Self::FORMS
            .iter()
            .find(|form| form.event_type == event_type)
    }

    /// The stored type name.
    #[must_use]
    fn event_type(&self) -> &'static str;

    /// The event as it is stored, in the current form.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, which no event can cause.
    fn encode(&self) -> Result<Encoded, serde_json::Error>;

    /// The facts alone, as they are stored in the current form.
    ///
    /// # Errors
    /// As [`Stored::encode`].
    fn facts(&self) -> Result<String, serde_json::Error> {
        self.encode().map(|encoded| encoded.facts)
    }

    /// Reads the current form of a type.
    ///
    /// # Errors
    /// [`DecodeError`] when the type is unknown or the payload is damaged.
    fn parse(event_type: &str, facts: &str, personal: Option<&str>) -> Result<Self, DecodeError>;

    /// When it happened, where the event itself says so; else the envelope does.
    fn own_instant(&self) -> Option<Instant>;

    /// What the event corrects, if it is a correction whose value was not erased.
    fn corrects(&self) -> Option<Corrects<'_>>;

    /// Both parts as JSON, in the current form; none only where [`Stored::encode`] fails.
    #[must_use]
    fn payload(&self) -> Option<Payload> {
        let encoded = self.encode().ok()?;
        Payload::parse(&encoded.facts, encoded.personal.as_deref()).ok()
    }

    /// The event in the current form, from JSON; none where that is no such event.
    #[must_use]
    fn of_payload(event_type: &str, payload: &Payload) -> Option<Self> {
        let personal = payload.personal.as_ref().map(ToString::to_string);
        Self::parse(event_type, &payload.facts.to_string(), personal.as_deref()).ok()
    }
}

/// A stored event, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<E> {
    /// The event in the current form.
    pub event: E,
    /// What is stored, where that reads otherwise today.
    pub older: Option<Arc<Older>>,
}

/// Reads a stored event of any revision.
///
/// # Errors
/// [`DecodeError`] when type or revision are unknown or the payload is damaged.
pub fn read<E: Stored>(
    event_type: &str,
    revision: i16,
    facts: &str,
    personal: Option<&str>,
) -> Result<Read<E>, DecodeError> {
    let form = E::form(event_type).filter(|form| form.knows(revision));
    let form = form.ok_or_else(|| DecodeError::Unknown {
        event_type: event_type.to_owned(),
        revision,
    })?;
    if form.reads_as_current(revision) {
        let event = E::parse(event_type, facts, personal)?;
        return Ok(Read { event, older: None });
    }
    let stored = Payload::parse(facts, personal).map_err(|source| DecodeError::Form {
        event_type: form.event_type,
        source,
    })?;
    let current = form.newest(revision, stored);
    let own = current.personal.as_ref().map(ToString::to_string);
    let event = E::parse(event_type, &current.facts.to_string(), own.as_deref())?;
    let older = Older::new(revision, facts, personal);
    Ok(Read {
        event,
        older: Some(Arc::new(older)),
    })
}

/// Declares the events of a subject: each with its facts, its personal part and its revisions, where
/// each but the last says how it is read as the next (a [`Step`](super::Step)).
///
/// ```text
/// events! {
///     /// The plan was approved.
///     PlanApproved(ApprovedFacts, ApprovedPersonal) { 1 => By(number_apart), 2 };
/// }
/// ```
///
/// The subject adds `own_instant` and `corrects`.
macro_rules! events {
    ($( #[$subject:meta] )*
     $visible:vis enum $events:ident {
        $( $( #[$doc:meta] )*
           $name:ident($facts:ty, $personal:ty) { $( $revision:literal $( => $step:expr )? ),+ }; )*
     }) => {
        $( #[$subject] )*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visible enum $events {
            $( $( #[$doc] )* $name($crate::log::Split<$facts, $personal>), )*
        }

        impl $events {
            /// Every stored type with its current revision.
            pub const TYPES: &'static [(&'static str, i16)] = &[$( (stringify!($name), {
                let revisions: &[i16] = &[$( $revision ),+];
                revisions[revisions.len() - 1]
            }), )*];

            /// The stored type name.
            #[must_use]
            pub const fn event_type(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }

            /// The event as it is stored.
            ///
            /// # Errors
            /// Only if a value cannot be written as JSON, which no event of this type can cause.
            pub fn encode(&self) -> Result<$crate::log::Encoded, serde_json::Error> {
                match self {
                    $( Self::$name(split) => Ok($crate::log::Encoded {
                        event_type: stringify!($name),
                        revision: const {
                            let revisions: &[i16] = &[$( $revision ),+];
                            revisions[revisions.len() - 1]
                        },
                        facts: serde_json::to_string(&split.facts)?,
                        personal: split.personal.as_ref().map(serde_json::to_string).transpose()?,
                    }), )*
                }
            }

            /// Reads a stored event of any revision.
            ///
            /// # Errors
            /// [`DecodeError`](crate::log::DecodeError) when type or revision are unknown or the payload
            /// is damaged.
            pub fn decode(
                event_type: &str,
                revision: i16,
                facts: &str,
                personal: Option<&str>,
            ) -> Result<Self, $crate::log::DecodeError> {
                $crate::log::read(event_type, revision, facts, personal).map(|read| read.event)
            }
        }

        impl $crate::log::Stored for $events {
            const FORMS: &'static [$crate::log::Form] = &[$( $crate::log::Form::new(
                stringify!($name),
                &[$( $revision ),+],
                &[$( $( $step, )? )+],
            ), )*];

            fn event_type(&self) -> &'static str {
                Self::event_type(self)
            }

            fn encode(&self) -> Result<$crate::log::Encoded, serde_json::Error> {
                Self::encode(self)
            }

            fn facts(&self) -> Result<String, serde_json::Error> {
                match self {
                    $( Self::$name(split) => serde_json::to_string(&split.facts), )*
                }
            }

            fn parse(
                event_type: &str,
                facts: &str,
                personal: Option<&str>,
            ) -> Result<Self, $crate::log::DecodeError> {
                match event_type {
                    $( stringify!($name) => {
                        let form = |source| $crate::log::DecodeError::Form {
                            event_type: stringify!($name),
                            source,
                        };
                        Ok(Self::$name($crate::log::Split {
                            facts: serde_json::from_str(facts).map_err(form)?,
                            personal: personal.map(serde_json::from_str).transpose().map_err(form)?,
                        }))
                    } )*
                    _ => Err($crate::log::DecodeError::Unknown {
                        event_type: event_type.to_owned(),
                        revision: 0,
                    }),
                }
            }

            fn own_instant(&self) -> Option<$crate::time::Instant> {
                Self::own_instant(self)
            }

            fn corrects(&self) -> Option<$crate::log::Corrects<'_>> {
                Self::corrects(self)
            }
        }
    };
}
pub(crate) use events;
