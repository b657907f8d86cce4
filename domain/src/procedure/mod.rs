//! The procedure as versioned data, and the obligations that follow from it.

mod accountable;
mod arithmetic;
mod competence;
mod condition;
mod corrected;
mod counting;
mod definition;
mod file;
mod ledger;
mod obligation;
mod standard;

pub use arithmetic::{Arithmetic, Day, Limit, LimitUnit, due};
pub use competence::{Competence, Grant, Named};
pub use condition::Condition;
pub use definition::{Interpretation, Procedure, Step, Unowned};
pub use file::ProcedureError;
pub use ledger::derive_obligations;
pub(crate) use ledger::follow_obligations;
pub use obligation::{
    Accountable, Bound, Climb, Obligation, ObligationState, PassedOn, StandardDue, WaitedFor,
};
pub use standard::{Standard, Standards};
