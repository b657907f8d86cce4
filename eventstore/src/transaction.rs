//! Transactions whose begin and end nobody can cut off.
//!
//! A request whose reader has gone is dropped wherever it waits. Dropped while `BEGIN` is under way, a
//! PostgreSQL connection goes back to its pool inside a transaction that nobody will end: whoever
//! gets it next writes into the void, or reads what was true long ago. Dropped while `COMMIT` is under
//! way, it rolls back what is no longer there. Here both go on to their end, waited for or not; what
//! has begun and is wanted by nobody is rolled back as any dropped transaction is.

#![expect(
    clippy::disallowed_methods,
    reason = "what is called here cannot be cut off"
)]

use sqlx::{Database, Pool, Transaction};

/// Begins a transaction of the kind that the database takes for ordinary.
///
/// # Errors
/// No connection within the patience of the pool, or the database.
pub async fn begin<DB: Database>(pool: &Pool<DB>) -> Result<Transaction<'static, DB>, sqlx::Error> {
    let pool = pool.clone();
    to_the_end(async move { pool.begin().await }).await
}

/// Begins a transaction with a statement of its own, for example `BEGIN IMMEDIATE`.
///
/// # Errors
/// No connection within the patience of the pool, or the database.
pub async fn begin_with<DB: Database>(
    pool: &Pool<DB>,
    statement: &'static str,
) -> Result<Transaction<'static, DB>, sqlx::Error> {
    let pool = pool.clone();
    to_the_end(async move { pool.begin_with(statement).await }).await
}

/// Makes durable what the transaction has written.
///
/// # Errors
/// The database. Whether it is stored is then not known.
pub async fn commit<DB: Database>(
    transaction: Transaction<'static, DB>,
) -> Result<(), sqlx::Error> {
    to_the_end(transaction.commit()).await
}

/// Undoes what the transaction has written, and waits until that is done.
///
/// # Errors
/// The database.
pub async fn rollback<DB: Database>(
    transaction: Transaction<'static, DB>,
) -> Result<(), sqlx::Error> {
    to_the_end(transaction.rollback()).await
}

async fn to_the_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The whole program ends: nothing waits any more.
            Err(_) => std::future::pending().await,
        },
    }
}
