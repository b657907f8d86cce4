//! What was owed in a period, and how it went: figures of a unit, an officer or an agency, and the
//! lists behind each figure. Counted from the rows of `worklist` and `audit_trail`, which are held in
//! memory for it; what is overdue is decided when it is asked for.

mod figures;
mod held;
mod lists;
mod period;

pub use figures::{Figures, RecordingFigures, StepFigures};
pub(crate) use held::Shelf;
pub use lists::{DutyOrder, DutyRow, LateRecording};
pub use period::{Outcome, PeriodFilter, UnitSpan};
