//! The register of children: one child, known once. A record is a stream of its own: who the child is, the personal
//! number and how certain it is, family, residence and school over time, special circumstances, and what two records of
//! one child became. What is wrong with a record is named, owned and gone by itself ([`Issue`]).
//!
//! Nothing here knows of cases: a register tells nobody who has one.

pub mod circumstances;
mod command;
mod commands;
mod decide;
pub mod events;
mod issues;
pub mod number;
mod seat;
mod sight;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Body, Command, possible};
pub use decide::{Context, decide, mirrored};
pub use events::{Event, Recorded};
pub use issues::{Issue, Standing};
pub use seat::Seat;
pub use sight::{Sees, as_read, sees};
pub use state::{
    Alike, Child, Circumstance, Compared, Ended, FormerName, Identity, Number, NumberStatus,
    Record, Relative, Residence, School,
};
