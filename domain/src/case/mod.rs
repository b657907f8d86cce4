//! One child's protection case: one stream of events.
//!
//! A command is read ([`Command::from_json`]), decided ([`decide`]) and gives events; the state of
//! the case is the fold of its events ([`Case`]).

mod apart;
mod chapters;
pub mod codes;
mod command;
mod competent;
mod context;
mod decide;
mod event;
pub mod events;
mod example;
mod gate;
#[cfg(test)]
mod guards;
mod history;
mod kinds;
mod law;
mod order;
mod parties;
mod possible;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod remains;
#[cfg(test)]
mod rounds;
mod rule;
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

// The chapters.
mod assessment;
pub mod care;
mod closing;
mod correcting;
pub mod criminal;
mod holding;
mod planning;
mod record;
mod reporting;
mod safety;
mod services;

pub use crate::command::{FieldError, Rejection, RejectionKind};
pub use crate::law::Seat;
pub use crate::log::resolve;
pub use apart::goes_along;
pub use command::{Command, commands};
pub use context::Context;
pub use correcting::again::again;
use correcting::correction::looks_back;
pub use correcting::correction::{effective, misfits, payload};
pub(crate) use correcting::moved::{mark_settled, moves_competence};
pub use correcting::possible_history::{Impossible, impossible};
pub use decide::{Case as CaseView, Decided, decide};
pub use event::{DecodeError, Encoded, Event, NoFacts, Nothing, Recorded, Split};
pub use history::Case;
pub use kinds::Chapter;
pub use law::{Competence, Condition, Grant, Procedure, Step};
pub use parties::Part;
pub use possible::{Possibility, Standing, possible, possible_about};
pub use record::recount::recount;
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
