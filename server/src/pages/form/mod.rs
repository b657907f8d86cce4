//! The form engine: a form is declared once, and from that follow its page, its reading, its errors
//! and its draft.
//!
//! ```ignore
//! fn form() -> Form {
//!     Form::new("record-visit", "visit-send").section(
//!         Section::new("visit", "visit-section")
//!             .field(Field::instant("visited_at", "visit-when"))
//!             .field(Field::text("place", "visit-place").max(200))
//!             .field(Field::checkbox("child_seen", "visit-child-seen"))
//!             .field(Field::long_text("note", "visit-note").hint("visit-note-hint").optional()),
//!     )
//! }
//! ```
//!
//! A path is where the value goes in the command: `child.birth.date`, and `cost` in the rows of a
//! group at `items`. Every field is required unless it is `.optional()` or may be `.unknown()`.
//!
//! The page: [`open`] gives the values to begin with (a draft, or fresh ones), [`FormView`] shows
//! them. The submission, at the same address: [`receive`] answers a [`Step`]: show the form again (a
//! row came or went), a draft was saved, something is wrong, or here is the command. When the domain
//! refuses, its JSON pointers become [`Fault`]s and the same values are shown again: nothing that
//! was typed is lost. After success, [`draft::clear`].

mod answers;
mod build;
mod check;
#[cfg(test)]
pub(super) mod described;
pub mod draft;
mod fault;
mod field;
mod name;
mod number;
mod read;
mod read_time;
mod receive;
mod rows;
mod sections;
mod values;
mod view;
mod view_context;
mod view_field;
mod words;

pub use answers::answers;
pub use check::all_faults;
pub use fault::Fault;
pub use field::{Field, Group, Kind, LevelTable, Unknown};
pub use read::{Submission, Unfinished};
pub use receive::{Leaving, Opened, Step, open, receive};
pub use sections::{Form, Section};
pub use values::Values;
pub use view::{DraftNote, FormView};
pub use words::{Caption, Choice, Indicator};

/// Hidden field with the id of the command, given when the form is first shown, so that sending it
/// twice is harmless.
pub const COMMAND_ID: &str = "command_id";
/// Hidden field with the version of the case that the person saw.
pub const EXPECTED_VERSION: &str = "expected_version";
/// Hidden field with an id of the page that shows the form: each time it is shown, another one.
pub const PAGE: &str = "_page";
/// Which saving of its page a draft is; only scripts send it.
pub const SAVING: &str = "_saving";
/// Which saving the values of an opened form come from; never sent.
const MARK: &str = "_mark";
/// Hidden field with a fingerprint of what stood in the form when it was opened; empty where it came
/// back with what somebody had typed.
pub const SHOWN: &str = "_shown";
/// The button that was pressed.
pub const ACTION: &str = "_action";
