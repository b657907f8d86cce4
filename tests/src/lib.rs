//! What the whole-system tests need: the program itself as a process with a database of its own,
//! people who speak to it over HTTP, and every answer held against the description that the
//! program gives of itself.

#![expect(
    clippy::disallowed_methods,
    reason = "what stands outside the program has a clock and ids of its own"
)]

mod api;
mod databases;
mod description;
mod noi;
mod path;
mod process;
mod waiting;

pub use api::{Answer, Person, command_id};
pub use databases::Place;
pub use description::Description;
pub use noi::{Account, Noi, program};
pub use path::{
    COMMUNE, OTHER_COMMUNE, Role, Step, add_note, instant, instant_ago, report, whole_path,
};
pub use process::{End, Process};
pub use waiting::until;
