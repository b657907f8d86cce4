//! What every subject shares: an event with its envelope, the forms in which it was ever stored, and
//! how a stored form is read: revision by revision, with the corrections that were written for each; and what
//! a subject is to whoever reads its streams.

mod correction;
mod event;
mod form;
mod payload;
mod person;
mod pointer;
mod recorded;
mod subject;
#[cfg(test)]
mod tests;

pub use correction::{Correction, Corrects, Misfit, Part, corrected, effective, misfits};
pub(crate) use event::events;
pub use event::{DecodeError, Encoded, Read, Stored, read};
pub use form::{Form, Step};
pub use payload::{NoFacts, Nothing, Payload, Split};
pub use person::Person;
pub use pointer::resolve;
pub use recorded::{Cause, Older, Recorded};
pub use subject::Subject;
