//! In a unit that has ended nobody acts any more: what to say to who names one.

use chrono::NaiveDate;

use super::{Fate, Unit, Units};
use crate::command::Rejection;

/// Refuses a unit of which nobody can act on a day, because it has ended; names its successors. One that
/// the register does not have is not refused here.
///
/// # Errors
/// [`Rejection`] `unit-ended`.
pub fn refuse_ended(units: &Units, reference: &str, date: NaiveDate) -> Result<(), Rejection> {
    match units.find(reference, date) {
        Some(unit) if unit.ended(date) => Err(ended(units, unit, date)),
        _ => Ok(()),
    }
}

/// The unit has ended; what it is now.
pub(crate) fn ended(units: &Units, unit: &Unit, date: NaiveDate) -> Rejection {
    let name = &unit.name;
    let day = unit.to.unwrap_or(date).format("%d/%m/%Y");
    let fate = units.current(&unit.id, date, date);
    let fate = fate.unwrap_or(Fate::Ended(unit));
    let names: Vec<_> = fate
        .units()
        .iter()
        .map(|unit| format!("{} ({})", units.full_name(unit), unit.reference()))
        .collect();
    let (vi, en) = match &fate {
        Fate::Stands(_) | Fate::Ended(_) => (
            "Hãy chọn đơn vị hiện có.".to_owned(),
            "Choose a unit that exists.".to_owned(),
        ),
        Fate::Whole(_) => (
            format!("Nay là {}. Hãy chọn đơn vị đó.", names[0]),
            format!("It is now {}. Choose that one.", names[0]),
        ),
        Fate::Divided(_) => (
            format!(
                "Đơn vị này đã được chia về: {}. Hãy chọn đơn vị có nơi liên quan.",
                names.join("; ")
            ),
            format!(
                "It was divided among: {}. Choose the one in which the place lies.",
                names.join("; ")
            ),
        ),
    };
    Rejection::procedure(
        "unit-ended",
        format!("{name} không còn từ sau ngày {day}. {vi}"),
        format!("{name} ended on {day}. {en}"),
        "",
    )
}
