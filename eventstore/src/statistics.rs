//! What a database knows about its tables, to choose how it reads them. The product keeps that itself:
//! nobody has to run `ANALYZE` by hand, and nobody who writes waits for it for long.

use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};

use crate::database::Database;

/// SQLite looks at no more rows of an index than this: milliseconds, however long the table is.
const SQLITE_LOOKS_AT: &str = "PRAGMA analysis_limit = 1000";

impl Database {
    /// Renews what the database knows about these tables, one after the other. Appends go between on
    /// SQLite, and beside it on PostgreSQL, where dead rows are cleared away, too, and where a table is
    /// left out that somebody else is busy with.
    ///
    /// # Errors
    /// When the database does not answer. Nothing is wrong then but that it knows no more than before.
    pub async fn keep_statistics(&self, tables: &[String]) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(sqlite) => {
                for table in tables {
                    let mut connection = sqlite.write.acquire().await?;
                    connection.execute(SQLITE_LOOKS_AT).await?;
                    let analyze = format!("ANALYZE {table}");
                    connection.execute(sqlx::AssertSqlSafe(analyze)).await?;
                    drop(connection);
                    tokio::task::yield_now().await;
                }
            }
            Self::Postgres(pool) => {
                // Only who owns a table may: the connections of the pool work as another role.
                let mut owner = PgConnection::connect_with(&pool.connect_options()).await?;
                for table in tables {
                    let analyze = format!("VACUUM (ANALYZE, SKIP_LOCKED) {table}");
                    owner.execute(sqlx::AssertSqlSafe(analyze)).await?;
                }
                owner.close().await?;
            }
        }
        Ok(())
    }
}
