//! What is recorded beside the cases: who read them, who was told of what. Two tables, kept from the
//! streams `reading` and `notice`; they can be emptied and made anew from the log at any time.

pub(crate) mod anew;
mod event;
pub(crate) mod follow;
mod notices;
mod readings;
mod rows;

pub use event::{
    CaseHinted, CaseRead, Channel, JournalEvent, NOTICE, NoticeKind, NoticeRead, NoticeSent,
    Opened, Purpose, READING, REVISION,
};
pub use notices::NoticeRow;
pub use readings::LastReading;
