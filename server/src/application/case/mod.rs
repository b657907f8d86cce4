//! Cases: who may see which and what of it, what a command to one comes to, and what officers ask of them.

mod desk;
mod ended_part;
mod permissions;
mod possible;
mod read;
mod receipt;
mod references;
mod responsibility;
mod same_child;
mod succession;
mod too_late;
mod worklist;

pub use desk::NewCase;
pub use ended_part::{EndedPart, How};
pub use permissions::{acts_on_cases, may_see, part_of, sight, viewer, work_of};
pub use read::{CaseFile, CaseRead};
pub use receipt::PlaceOfReceipt;
pub use same_child::{Alike, Questions, SameChild, child_of};
pub use succession::{Carried, DueRow, SuccessionError, SuccessionPlan};
