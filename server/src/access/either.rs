//! One statement, either database.

/// Runs the same sqlx expression on SQLite (its `read` or `write` pool) or on PostgreSQL.
///
/// `either!(database, write, pool => sqlx::query(SQL).bind(id).execute(pool).await)`. Statements use
/// `$1` parameters and types that both databases take: `Uuid`, `DateTime<Utc>`, text, `i64`, bytes.
macro_rules! either {
    ($database:expr, $side:ident, $pool:ident => $body:expr) => {
        match $database {
            ::eventstore::Database::Sqlite(sqlite) => {
                let $pool = &sqlite.$side;
                $body
            }
            ::eventstore::Database::Postgres($pool) => $body,
        }
    };
}

pub(crate) use either;
