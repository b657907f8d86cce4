//! What the log means: read models, folded from the events of all cases and kept beside them. None
//! of them is the truth; each can be built anew from the log, and the rows are then the same.
//!
//! A read model is a pure function from a case to rows. The runner follows the log, folds the cases
//! that a batch of events touches, and writes their rows in the transaction that moves the
//! checkpoint. Knows how to change nothing but its own tables, and nothing of HTTP.

mod apply;
mod audit_trail;
mod basis;
mod build;
mod case;
mod case_status;
mod cells;
mod checkpoint;
mod counting;
mod cursor;
mod error;
mod folding;
mod follow;
mod keep;
mod kinds;
mod likeness;
mod model;
mod models;
mod notice;
#[cfg(test)]
mod plans;
mod reading;
mod recorded;
mod register;
mod responsibility;
mod retire;
mod runner;
mod sql;
mod statistics;
mod table;
mod text;
mod verify;
mod worklist;

pub use audit_trail::{TrailFilter, TrailRow};
pub use build::Progress;
pub use case_status::{
    Candidate, CaseFilter, CaseRow, ChildQuery, Seen, anything_alike, case_number, in_emergency,
    list_name,
};
pub use counting::counted_due;
pub use cursor::Page;
pub use error::{QueryError, RunError};
pub use likeness::Likeness;
pub use notice::NoticeRow;
pub use reading::LastReading;
pub use recorded::{
    CALENDAR, CASE, CHILD, LoadError, NOTICE, OFFICER, READING, Unreadable, UnreadableBecause,
    check, kind_of, load, load_at, load_case, recorded,
};
pub use register::{ChildFilter, ChildRow, IssueCount, IssueRow, RecordAlike, Within};
pub use responsibility::{
    DutyOrder, DutyRow, Figures, LateRecording, Outcome, PeriodFilter, RecordingFigures,
    StepFigures, UnitSpan,
};
pub use runner::{Lag, Projections};
pub use verify::{Difference, Verified};
pub use worklist::{Group, GroupCount, Owed, Owing, WorkFilter, WorkPage, WorkRow};
