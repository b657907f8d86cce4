//! What may be seen and done: who somebody is, and what follows for every subject alike. A subject says
//! itself what of it belongs to whom (`case/sight.rs`); which command a role may give from which seat is
//! data of the procedure ([`crate::law::Competence`]). No purpose is asked for: a role has one.
//!
//! * [`Reach`]: how far a role sees at all: nothing, what it takes part in, or what lies in its unit;
//! * [`Side`]: which part of a subject a role sees, where that is not the whole, and of whom it reads there;
//! * [`Limit`]: how much somebody reads whose part is small, or has ended;
//! * [`Viewer`]: somebody who looks, and what is their own.

mod limit;
mod persons;
mod reach;
mod side;
mod viewer;

pub use limit::{Limit, Until};
pub use reach::{Reach, acts, looks_after, names_deputies, party};
pub use side::sees_a_side;
pub(crate) use side::{Side, side};
pub use viewer::Viewer;
