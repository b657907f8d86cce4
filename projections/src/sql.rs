//! SQL for both databases: a statement is put together from fixed pieces and bound values, so that
//! one text serves both and the few words that differ stand here. No value ever becomes text of a
//! statement. Which generation of a table is read is said by `models`.

use domain::time::Instant;
use eventstore::{Database, transaction};
use futures::TryStreamExt as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{
    AssertSqlSafe, Execute as _, Executor as _, Postgres, QueryBuilder, Sqlite, Transaction,
};
use uuid::Uuid;

use crate::cells::Cells;
use crate::checkpoint;
use crate::models::{Models, is_gone, table_name};

/// How often a statement is asked again because a table that it names was dropped meanwhile.
const MOST_TRIES: usize = 5;

/// A statement for one of the two databases.
pub(crate) enum Sql {
    Sqlite(QueryBuilder<Sqlite>),
    Postgres(QueryBuilder<Postgres>),
}

/// Calls the same methods on whichever builder it is.
macro_rules! both {
    ($self:ident, $builder:ident => $do:expr) => {
        match $self {
            Self::Sqlite($builder) => {
                $do;
            }
            Self::Postgres($builder) => {
                $do;
            }
        }
    };
}

impl Sql {
    /// A statement that begins with `text`.
    pub fn new(on: &Database, text: &'static str) -> Self {
        match on {
            Database::Sqlite(_) => Self::Sqlite(QueryBuilder::new(text)),
            Database::Postgres(_) => Self::Postgres(QueryBuilder::new(text)),
        }
    }

    /// Goes on with `text`.
    pub fn sql(&mut self, text: &'static str) -> &mut Self {
        both!(self, builder => builder.push(text));
        self
    }

    /// Goes on with the name of a table of one generation.
    pub fn table(&mut self, on: &Database, table: &'static str, generation: i64) -> &mut Self {
        let name = table_name(on, table, generation);
        both!(self, builder => builder.push(name));
        self
    }

    /// Goes on with what each of the two databases calls it.
    pub fn either(&mut self, sqlite: &'static str, postgres: &'static str) -> &mut Self {
        match self {
            Self::Sqlite(builder) => builder.push(sqlite).build_nothing(),
            Self::Postgres(builder) => builder.push(postgres).build_nothing(),
        }
        self
    }

    /// Goes on with a text value.
    pub fn text(&mut self, value: &str) -> &mut Self {
        both!(self, builder => builder.push_bind(value.to_owned()));
        self
    }

    /// Goes on with a whole number.
    pub fn integer(&mut self, value: i64) -> &mut Self {
        both!(self, builder => builder.push_bind(value));
        self
    }

    /// Goes on with an identifier.
    pub fn uuid(&mut self, value: Uuid) -> &mut Self {
        both!(self, builder => builder.push_bind(value));
        self
    }

    /// Goes on with an instant.
    pub fn instant(&mut self, value: Instant) -> &mut Self {
        match self {
            Self::Sqlite(builder) => builder
                .push_bind(value.utc().timestamp_micros())
                .build_nothing(),
            Self::Postgres(builder) => builder.push_bind(value.utc()).build_nothing(),
        }
        self
    }

    /// Goes on with `IN` a list of texts.
    pub fn in_texts<T: AsRef<str>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        let values: Vec<String> = values.into_iter().map(|v| v.as_ref().to_owned()).collect();
        match self {
            Self::Sqlite(builder) => builder
                .push(" IN (SELECT value FROM json_each(")
                .push_bind(serde_json::json!(values).to_string())
                .push("))")
                .build_nothing(),
            Self::Postgres(builder) => builder
                .push(" = ANY(")
                .push_bind(values)
                .push(")")
                .build_nothing(),
        }
        self
    }

    /// Goes on with `IN` a list of identifiers.
    pub fn in_uuids(&mut self, values: &[Uuid]) -> &mut Self {
        match self {
            Self::Sqlite(builder) => builder
                .push(" IN (SELECT unhex(value) FROM json_each(")
                .push_bind(hexadecimal(values))
                .push("))")
                .build_nothing(),
            Self::Postgres(builder) => builder
                .push(" = ANY(")
                .push_bind(values.to_vec())
                .push(")")
                .build_nothing(),
        }
        self
    }

    /// Goes on with `IN` a list of whole numbers.
    pub fn in_integers(&mut self, values: &[i64]) -> &mut Self {
        match self {
            Self::Sqlite(builder) => builder
                .push(" IN (SELECT value FROM json_each(")
                .push_bind(serde_json::json!(values).to_string())
                .push("))")
                .build_nothing(),
            Self::Postgres(builder) => builder
                .push(" = ANY(")
                .push_bind(values.to_vec())
                .push(")")
                .build_nothing(),
        }
        self
    }

    /// Goes on with `=` the value, unless there is none to compare with.
    pub fn and_text(&mut self, condition: &'static str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.sql(condition).text(value);
        }
        self
    }

    /// All rows, read from any connection. `@table` is the live generation of that table.
    pub async fn fetch(mut self, models: &Models) -> Result<Vec<Cells>, sqlx::Error> {
        models.ready().await?;
        for _ in 0..MOST_TRIES {
            let now = self.now(models)?;
            #[cfg(test)]
            let now = crate::plans::explained(now, models).await?;
            match now.fetch_all(models).await {
                // Another generation has taken its place, and it was dropped before it was read.
                Err(error) if is_gone(&error) => checkpoint::look_again(models).await?,
                done => return done,
            }
        }
        self.now(models)?.fetch_all(models).await
    }

    /// The statement with the names that tables have now.
    fn now(&mut self, models: &Models) -> Result<Self, sqlx::Error> {
        macro_rules! named {
            ($kind:path, $builder:ident) => {{
                let text = $builder.sql().as_str().to_owned();
                let arguments = $builder.build().take_arguments();
                let arguments = arguments.map_err(sqlx::Error::Encode)?.unwrap_or_default();
                let named = models.named(&text)?;
                // What was bound is taken out of the statement: it is put back for the next time.
                *$builder = QueryBuilder::with_arguments(text, arguments.clone());
                $kind(QueryBuilder::with_arguments(named, arguments))
            }};
        }
        Ok(match self {
            Self::Sqlite(builder) => named!(Self::Sqlite, builder),
            Self::Postgres(builder) => named!(Self::Postgres, builder),
        })
    }

    pub async fn fetch_all(self, database: &Database) -> Result<Vec<Cells>, sqlx::Error> {
        match (self, database) {
            (Self::Sqlite(mut builder), Database::Sqlite(sqlite)) => {
                Ok(from_sqlite(builder.build().fetch_all(&sqlite.read).await?))
            }
            (Self::Postgres(mut builder), Database::Postgres(pool)) => {
                Ok(from_postgres(builder.build().fetch_all(pool).await?))
            }
            _ => Err(other_database()),
        }
    }

    /// All rows, as the transaction sees them.
    pub async fn fetch_in(self, transaction: &mut Tx) -> Result<Vec<Cells>, sqlx::Error> {
        match (self, transaction) {
            (Self::Sqlite(mut builder), Tx::Sqlite(tx)) => {
                Ok(from_sqlite(builder.build().fetch_all(&mut **tx).await?))
            }
            (Self::Postgres(mut builder), Tx::Postgres(tx)) => {
                Ok(from_postgres(builder.build().fetch_all(&mut **tx).await?))
            }
            _ => Err(other_database()),
        }
    }

    /// Each row as the transaction sees it, one after the other: never all of them at once.
    pub async fn each_in(
        self,
        transaction: &mut Tx,
        mut each: impl FnMut(Cells) -> Result<(), sqlx::Error>,
    ) -> Result<(), sqlx::Error> {
        match (self, transaction) {
            (Self::Sqlite(mut builder), Tx::Sqlite(tx)) => {
                let mut rows = builder.build().fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    each(Cells::Sqlite(row))?;
                }
            }
            (Self::Postgres(mut builder), Tx::Postgres(tx)) => {
                let mut rows = builder.build().fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    each(Cells::Postgres(row))?;
                }
            }
            _ => return Err(other_database()),
        }
        Ok(())
    }

    /// Writes, and says how many rows it touched.
    pub async fn execute(self, transaction: &mut Tx) -> Result<u64, sqlx::Error> {
        match (self, transaction) {
            (Self::Sqlite(mut builder), Tx::Sqlite(tx)) => {
                let done = builder.build().execute(&mut **tx).await?;
                Ok(done.rows_affected())
            }
            (Self::Postgres(mut builder), Tx::Postgres(tx)) => {
                let done = builder.build().execute(&mut **tx).await?;
                Ok(done.rows_affected())
            }
            _ => Err(other_database()),
        }
    }
}

fn hexadecimal(ids: &[Uuid]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
    serde_json::json!(ids).to_string()
}

fn from_sqlite(rows: Vec<SqliteRow>) -> Vec<Cells> {
    rows.into_iter().map(Cells::Sqlite).collect()
}

fn from_postgres(rows: Vec<PgRow>) -> Vec<Cells> {
    rows.into_iter().map(Cells::Postgres).collect()
}

fn other_database() -> sqlx::Error {
    sqlx::Error::Configuration("a statement was made for the other database".into())
}

/// Ends a chain of pushes.
trait BuildNothing {
    fn build_nothing(&mut self) {}
}

impl<DB: sqlx::Database> BuildNothing for QueryBuilder<DB> {}

/// A transaction on one of the two databases. Rolled back when dropped.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Begins to write. On SQLite it holds the one writing connection: keep it short.
    pub async fn write(models: &Models) -> Result<Self, sqlx::Error> {
        models.ready().await?;
        Self::begin(models).await
    }

    /// Begins to write what makes everything else ready.
    pub async fn begin(database: &Database) -> Result<Self, sqlx::Error> {
        Ok(match database {
            Database::Sqlite(sqlite) => {
                Self::Sqlite(transaction::begin_with(&sqlite.write, "BEGIN IMMEDIATE").await?)
            }
            Database::Postgres(pool) => Self::Postgres(transaction::begin(pool).await?),
        })
    }

    /// Begins to read: everything as it was at one moment.
    pub async fn snapshot(models: &Models) -> Result<Self, sqlx::Error> {
        models.ready().await?;
        Ok(match &**models {
            Database::Sqlite(sqlite) => Self::Sqlite(transaction::begin(&sqlite.read).await?),
            Database::Postgres(pool) => Self::Postgres(
                transaction::begin_with(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        })
    }

    /// Runs a statement about tables: it has no values.
    pub async fn run(&mut self, statement: String) -> Result<(), sqlx::Error> {
        let statement = AssertSqlSafe(statement);
        match self {
            Self::Sqlite(tx) => tx.execute(statement).await.map(|_| ()),
            Self::Postgres(tx) => tx.execute(statement).await.map(|_| ()),
        }
    }

    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => transaction::commit(tx).await,
            Self::Postgres(tx) => transaction::commit(tx).await,
        }
    }

    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => transaction::rollback(tx).await,
            Self::Postgres(tx) => transaction::rollback(tx).await,
        }
    }
}
