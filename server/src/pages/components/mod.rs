//! Parts that pages are made of. Each is a type that a template shows with `{{ part }}`.
//!
//! They hold words that are already in the reader's language; they know no case and ask no database.

mod case_bar;
mod deadline;
mod levels;
mod list;
mod notice;
mod steps;
mod table;
mod tag;
mod timeline;

pub use case_bar::{IdentityBar, Tab, Tabs};
pub use deadline::{ArithmeticLine, DeadlineView, Interpretation};
pub use levels::{RatingTable, Record};
pub use list::{FilterPanel, Pagination, SummaryList, SummaryRow, TaskGroup, TaskRow};
pub use notice::{EmptyState, Link};
pub use steps::{StepItem, StepState, Steps};
pub use table::DataTable;
pub use tag::{Tag, TagState};
pub use timeline::{Change, Timeline, TimelineEntry};
