//! What was owed in a period, and how it went: figures of a unit, an officer or an agency, and the
//! lists behind each figure. Read from the rows of `worklist` and `audit_trail`; what is overdue is
//! decided when it is asked for.

mod figures;
mod lists;
mod period;

pub use figures::{Figures, RecordingFigures, StepFigures};
pub use lists::{DutyOrder, DutyRow, LateRecording};
pub use period::{Outcome, PeriodFilter};
