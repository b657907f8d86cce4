//! The register of children: commands about a record, reading one, lists.

mod alike;
mod desk;
mod read;

pub use alike::AlikeRecord;
pub use desk::NewChild;
pub use read::{ChildFile, reads_register, within};
