//! The end of a case, and after it.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod archive_case;
    pub mod close_case;
    pub mod reopen_case;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// The end of the case, and after it.
    closing of Closing "closing" {
        commands {
            "close-case" => close_case::CloseCase,
            "reopen-case" => reopen_case::ReopenCase,
            "archive-case" => archive_case::ArchiveCase,
        }
        events {
            /// The case was closed (art. 30.1.b, or another reason).
            CaseClosed(closing::ClosedFacts, closing::ClosedPersonal) { 1 => Same, 2 => Same, 3 } {
                title: "kết thúc vụ việc", "closing of the case",
                by: "close-case",
                after: [FirstReceipt, Verification, Review, Reopening, TakeOver],
            }
            /// The case was opened again.
            CaseReopened(closing::ReopenedFacts, closing::ReopenedPersonal) { 1 } {
                title: "mở lại vụ việc", "reopening of the case",
                by: "reopen-case",
                after: [Closing],
            }
            /// The file was archived and entered in the national database (art. 30.3).
            CaseArchived(closing::ArchivedFacts, closing::ArchivedPersonal) { 1 => By(apart::archive_number), 2 } {
                title: "lưu trữ hồ sơ", "archiving of the file",
                by: "archive-case",
                after: [Closing],
            }
        }
        causes {
            /// The closing of the case.
            Closing: "khi kết thúc vụ việc", "closing of the case" => closing,
            /// The reopening of the case.
            Reopening: "khi mở lại vụ việc", "reopening of the case" => reopening,
        }
    }
}
