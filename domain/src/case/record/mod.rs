//! The file: notes, documents, due dates that another calendar moved.

pub mod events;
pub(in crate::case) mod recount;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod add_note;
    pub mod attach_document;

    use crate::case::example::Example;
    use crate::case::gate::{Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// Who is in charge, notes, documents, changes of the rules.
    record of File "file" {
        commands {
            "add-note" => add_note::AddNote,
            "attach-document" => attach_document::AttachDocument,
        }
        events {
            /// A note.
            NoteAdded(NoFacts, record::NotePersonal) { 1 } {
                title: "ghi chú", "note",
                by: "add-note",
                after: [FirstReceipt],
            }
            /// A document, by name, type, size and hash.
            DocumentAttached(record::DocumentFacts, record::DocumentPersonal) { 1 => By(apart::media_type), 2 } {
                title: "tài liệu", "document",
                by: "attach-document",
                after: [FirstReceipt],
            }
            /// Another calendar of working days was adopted, and due dates moved.
            DueDatesMoved(recount::RecountedFacts, Nothing) { 1 } {
                title: "thay đổi lịch ngày làm việc", "change of the calendar",
                after: [],
            }
        }
        causes {}
    }
}
