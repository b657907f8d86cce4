//! What people write in the demonstration: short, plausible, restrained, and never about a real
//! person.

mod assessment;
mod contradiction;
mod plan;
mod record;
mod tale;
mod told_again;

pub(super) use assessment::*;
pub(super) use contradiction::*;
pub(super) use plan::*;
pub(super) use record::*;
pub(super) use tale::*;
pub(super) use told_again::*;
