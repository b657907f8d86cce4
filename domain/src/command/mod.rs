//! What a command is, whatever its subject: how it is read, why it is refused, what comes of it. Which
//! commands a subject has, and what they do, is the subject's own.

mod decided;
mod field_error;
mod named;
mod rejection;
mod schema;

pub use decided::Decided;
pub use field_error::FieldError;
pub use named::Named;
pub(crate) use named::read;
pub use rejection::{Rejection, RejectionKind};
pub(crate) use schema::Describer;
