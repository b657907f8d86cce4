//! What may happen in a child-protection case: commands, events, state and rejections; the
//! support and intervention procedure as versioned data; time limits and the calendar of working
//! days. Everything here is pure: no clock, no randomness, no database, no HTTP. The caller hands
//! in the time and the actor.
//!
//! * [`command`]: what a command is to every subject, and why it is refused;
//! * [`case::decide`]: state + command + context → events, or a [`command::Rejection`];
//! * [`case::fold`]: events → state;
//! * [`law::derive_obligations`]: events + procedure + calendar → who owes what by when;
//! * [`reading`], [`notice`]: who looked at a case, who was told of what;
//! * [`permit`]: a person and a subject → what of it they see;
//! * [`responsibility::Board`]: the same over time → who was responsible when.

// Samples of commands are shared with the tests beside this crate, which know it by its name.
#[cfg(test)]
extern crate self as domain;

#[macro_use]
mod described;

pub mod calendar;
pub mod case;
pub mod child;
pub mod command;
pub mod identity;
pub mod language;
pub mod law;
pub mod log;
pub mod notice;
pub mod permit;
pub mod reading;
pub mod responsibility;
pub mod scenario;
pub mod text;
pub mod time;
pub mod unit;
