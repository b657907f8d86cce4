//! The procedure as versioned data, and the obligations that follow from it.

mod arithmetic;
mod condition;
mod definition;
mod ledger;
mod obligation;

pub use arithmetic::{Arithmetic, Day, Limit, LimitUnit, due};
pub use condition::Condition;
pub use definition::{Interpretation, Procedure, ProcedureError, Step};
pub use ledger::derive_obligations;
pub(crate) use ledger::follow_obligations;
pub use obligation::{Accountable, Bound, Obligation, ObligationState, PassedOn};
