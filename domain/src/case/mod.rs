//! One child's protection case: one stream of events.
//!
//! A command is read ([`Command::from_json`]), decided ([`decide`]) and gives events; the state of
//! the case is the fold of its events ([`Case`]).

mod again;
pub mod codes;
mod command;
pub mod commands;
mod competent;
mod context;
mod correction;
pub mod criminal;
mod decide;
mod event;
pub mod events;
#[cfg(test)]
mod guards;
mod history;
mod law;
mod order;
mod parties;
pub mod placement;
mod possible_history;
mod recount;
mod rejection;
#[cfg(test)]
mod rounds;
mod seats;
mod sight;
mod state;
mod succession;
#[cfg(test)]
pub(crate) mod testing;
mod titles;

pub use crate::law::Seat;
pub use again::again;
pub use command::{Command, FieldError};
pub use context::{Context, refuse_ended};
pub use correction::{effective, misfits, payload, resolve};
pub use decide::{Case as CaseView, Decided, decide};
pub use event::{DecodeError, Encoded, Event, NoFacts, Nothing, Recorded, Split};
pub use history::Case;
pub use law::{Competence, Condition, Grant, Procedure, Step};
pub use parties::{Part, party};
pub use possible_history::{Impossible, impossible};
pub use recount::recount;
pub use rejection::{Rejection, RejectionKind};
pub use seats::{About, SeatName, Sitting};
pub use sight::{Limit, Until, Viewer, as_read, sees_a_side};
pub(crate) use state::contradiction_key;
pub use state::{
    Assignment, By, CaseState, ChildState, Closure, Contradiction, CourtState, DangerSeen,
    DocumentState, EmergencyState, EndedOffer, InitialState, Item, ItemState, Passing, Plan,
    PlanState, ReferralState, ReferralStatus, ReportState, ReviewState, Separation, Stage, Status,
    TransferState,
};
pub use succession::DuePassing;
