//! The law as versioned data, and the obligations that follow from it: limits, counting, competence.
//! Knows no subject; what is asked of one stands in [`Governed`].

mod arithmetic;
mod competence;
mod corrected;
mod counting;
mod definition;
mod file;
mod fingerprint;
mod governed;
mod ledger;
mod obligation;
mod seat;
mod standard;

pub use arithmetic::{Arithmetic, Day, Limit, LimitUnit, due};
pub use competence::{Competence, Grant, Named};
pub use definition::{Interpretation, Procedure, Step, Unowned};
pub use file::ProcedureError;
pub(crate) use file::wrong;
pub use governed::{Counts, DoneFor, Governed, Stands, Things, Used, Word};
pub use ledger::derive_obligations;
pub(crate) use ledger::follow_obligations;
pub use obligation::{
    Accountable, Bound, Climb, Obligation, ObligationState, PassedOn, StandardDue, WaitedFor,
};
pub use seat::{Passage, Seat};
pub use standard::{Standard, Standards};
