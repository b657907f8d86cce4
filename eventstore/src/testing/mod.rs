//! What tests need: databases that are there for one test, and events to put into them.

mod cluster;
mod events;
mod loads;

pub use cluster::{Cluster, ClusterError, Durability};
pub use events::{actor, command, event, instant, stream};
pub use loads::Loads;

/// A SQLite file in a folder that is removed with this value.
#[derive(Debug)]
pub struct SqliteFile {
    folder: tempfile::TempDir,
}

impl SqliteFile {
    /// A place for a new database.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    #[must_use]
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        }
    }

    /// The address of the database; the file is made by the first connection.
    #[must_use]
    pub fn url(&self) -> String {
        format!("sqlite://{}", self.path().display())
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("noi.db")
    }
}

impl Default for SqliteFile {
    fn default() -> Self {
        Self::new()
    }
}
