//! The file: notes, documents, due dates that another calendar moved.

pub mod events;
pub(in crate::case) mod recount;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod add_note;
    mod attach_document;

    pub use add_note::AddNote;
    pub use attach_document::AttachDocument;

    use crate::case::gate::{Gate, OnClosed};
    use crate::case::rule::Rule;
}
