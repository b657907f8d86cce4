//! Sending a command to a subject: load, permit, decide, append, wait, answer. Once, for whatever subject;
//! what is a subject's own in it says its [`Desk`]. The actor comes from the session, never from the
//! request.
//!
//! A command loads the stream of its subject once: on what was folded then it is decided, answered and, where
//! others were quicker, shown again; with what it wrote it is handed on in [`Sent`]. It is loaded again only
//! where somebody wrote between reading and writing, so that it is decided anew, and where the same command
//! is sent twice at the same moment. Another stream is loaded once to decide and once to ask whether the
//! sender may know of it.

mod conflict;
mod decision;
mod desk;
mod error;
mod fingerprint;
mod order;
mod send;
mod sender;
mod sent;
mod tools;
mod write;

pub(super) use decision::Decision;
pub(super) use desk::Desk;
pub use error::{OfferEnded, SendError};
pub(super) use order::Order;
pub(super) use send::{begin, send};
pub use sender::Sender;
pub use sent::{Sent, StreamVersion};
pub(super) use tools::{Tools, looked_at};
