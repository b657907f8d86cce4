//! The end of a case, and after it.

pub mod events;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod archive_case;
    mod close_case;
    mod reopen_case;

    pub use archive_case::ArchiveCase;
    pub use close_case::CloseCase;
    pub use reopen_case::ReopenCase;

    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
