//! The forms of what happens in this chapter.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod record;
pub mod recount;
