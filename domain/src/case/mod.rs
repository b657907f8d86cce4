//! One child's protection case: one stream of events.
//!
//! A command is read ([`Command::from_json`]), decided ([`decide`]) and gives events; the state of
//! the case is the fold of its events ([`Case`]).

mod command;
pub mod commands;
mod context;
mod correction;
pub mod criminal;
mod decide;
mod event;
pub mod events;
mod history;
mod parties;
pub mod placement;
mod recount;
mod rejection;
#[cfg(test)]
mod rounds;
mod seat;
mod state;
mod succession;
#[cfg(test)]
pub(crate) mod testing;

pub use command::{Command, FieldError};
pub use context::Context;
pub use correction::{Correction, effective, payload, resolve};
pub use decide::{Case as CaseView, Decided, decide};
pub use event::{DecodeError, Encoded, Event, NoFacts, Nothing, Recorded, Split};
pub use history::Case;
pub use parties::party;
pub use recount::recount;
pub use rejection::{Rejection, RejectionKind};
pub use seat::Seat;
pub use state::{
    Assignment, By, CaseState, ChildState, Closure, CourtState, DocumentState, EmergencyState,
    InitialState, Item, ItemState, Passing, Plan, PlanState, ReferralState, ReferralStatus,
    ReportState, ReviewState, Separation, Stage, Status, TransferState,
};
pub use succession::DuePassing;
