//! One file each: the struct as it is sent, an example, and its rule.

pub mod answer_same;
pub mod claim_number;
pub mod end_circumstance;
pub mod end_record;
pub mod join_records;
pub mod part_records;
pub mod record_circumstance;
pub mod record_identity;
pub mod record_relatives;
pub mod record_residence;
pub mod record_schooling;
pub mod register_child;
pub mod resume_record;
pub mod verify_number;

use super::decide::{Context, Rule, no_such_child};
use super::events;
use super::seat::Seat;
use super::state::Record;
use crate::command::Rejection;

/// Nothing would change.
fn nothing_changes() -> Rejection {
    Rejection::procedure(
        "nothing-changes",
        "Nội dung giống như đang có. Không có gì để ghi.",
        "This is what stands there already. There is nothing to record.",
        "",
    )
}

/// Why it is said again is told where something stood there and was wrong.
fn reasoned(because: events::Because, reason: bool, stood: bool) -> Result<(), Rejection> {
    if because == events::Because::Corrected && stood && !reason {
        return Err(Rejection::field(
            "/reason",
            "reason-missing",
            "Hãy ghi vì sao nội dung cũ sai.",
            "Say why what stood there was wrong.",
        ));
    }
    Ok(())
}
