//! One child's protection case: one stream of events.
//!
//! A command is read ([`Command::from_json`]), decided ([`decide`]) and gives events; the state of
//! the case is the fold of its events ([`Case`]).

mod again;
mod apart;
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
mod gate;
#[cfg(test)]
mod guards;
mod history;
mod kinds;
mod law;
mod lowering;
mod moved;
mod order;
mod parties;
pub mod placement;
mod possible;
mod possible_history;
#[cfg(test)]
mod reads;
mod recount;
mod rejection;
#[cfg(test)]
mod rounds;
mod seats;
#[cfg(test)]
mod sides;
mod sight;
mod state;
mod succession;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod unanswered;

pub use crate::law::Seat;
pub use again::again;
pub use apart::goes_along;
pub use command::{Command, FieldError};
pub use context::{Context, refuse_ended};
pub use correction::{effective, misfits, payload, resolve};
pub use decide::{Case as CaseView, Decided, decide};
pub use event::{DecodeError, Encoded, Event, NoFacts, Nothing, Recorded, Split};
pub use history::Case;
pub use kinds::Chapter;
pub use law::{Competence, Condition, Grant, Procedure, Step};
pub(crate) use moved::moves_competence;
pub use parties::Part;
pub use possible::{Possibility, Standing, possible, possible_about};
pub use possible_history::{Impossible, impossible};
pub use recount::recount;
pub use rejection::{Rejection, RejectionKind};
pub use seats::{About, SeatName, Sitting};
pub use sight::as_read;
pub(crate) use state::contradiction_key;
pub use state::{
    Assignment, By, CaseState, ChildState, Closure, Contradiction, CourtState, DangerSeen,
    DocumentState, EmergencyState, EndedOffer, InitialState, Item, ItemState, Passing, Plan,
    PlanState, ReferralState, ReferralStatus, ReportState, ReviewState, Separation, Stage, Status,
    TransferState,
};
pub use succession::DuePassing;
