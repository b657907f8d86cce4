//! What can fail around accounts and sessions.

/// A failure that the person at the other end cannot mend.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The database did not answer.
    #[error("the database of accounts did not answer")]
    Database(#[from] sqlx::Error),
    /// A stored account or session is not what this version writes.
    #[error("stored {table} row is wrong: {column}")]
    StoredData {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A password could not be hashed.
    #[error("the password hasher failed")]
    Hash,
    /// A write touched another number of rows than it must.
    #[error("{table}: one row should have changed, {changed} did")]
    RowsChanged {
        /// The table.
        table: &'static str,
        /// How many did.
        changed: u64,
    },
    /// The name is taken.
    #[error("there is an account of this name already")]
    NameTaken,
    /// The name is not a username.
    #[error("a username has 2 to 64 letters, digits, dots, hyphens or underscores")]
    BadUsername,
    /// Nothing can be sent to this mail address.
    #[error("this is not a mail address")]
    BadMail,
    /// No account has this name.
    #[error("there is no account of this name")]
    NoSuchAccount,
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    Randomness,
}
