//! The database that the read models stand in, and which tables of it are read. Each generation has
//! tables of its own; a statement names the live one by `@table`, and an index of it by `@table:index`.
//! One that was just replaced may be read for a moment longer, never a half of one and a half of the
//! other; where its tables are gone already, the statement is asked again of those in their place.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{PoisonError, RwLock};

use eventstore::{Database, EventStore};
use tokio::sync::OnceCell;

use crate::checkpoint::{Generation, State};
use crate::keep::ready;
use crate::kinds::all;
use crate::model::About;
use crate::table::Table;

/// The generation that is read before the first is built: its tables are empty.
pub(crate) const EMPTY: i64 = 0;

/// The database of the read models of a log.
pub(crate) struct Models {
    /// The log that they follow from.
    pub store: EventStore,
    database: Database,
    ready: OnceCell<()>,
    /// The live generation of each read model, as far as is known here. It only rises.
    live: RwLock<HashMap<&'static str, i64>>,
}

impl Deref for Models {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl Models {
    pub fn of(store: EventStore) -> Self {
        Self {
            database: store.database().read_models(),
            store,
            ready: OnceCell::new(),
            live: RwLock::default(),
        }
    }

    /// Makes ready, the first time, what is to be there before anything is read or written.
    pub async fn ready(&self) -> Result<(), sqlx::Error> {
        let ready = || async { ready::make_ready(self).await.map(|all| self.note(&all)) };
        self.ready.get_or_try_init(ready).await.map(|_| ())
    }

    /// Remembers which generations are live.
    pub fn note(&self, generations: &[Generation]) {
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        for about in all() {
            let mut of_it = generations.iter().filter(|one| one.name == about.name);
            if let Some(one) = of_it.find(|one| one.state == State::Live) {
                let known = live.entry(about.name).or_insert(EMPTY);
                *known = (*known).max(one.number);
            }
        }
    }

    /// The statement with the names of the tables that are read now; the same again, where it names none.
    pub fn named(&self, statement: &str) -> Result<String, sqlx::Error> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = statement.split('@');
        let mut named = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, rest) = word(piece);
            let about = owner(name)
                .ok_or_else(|| sqlx::Error::Configuration(format!("no table {name}").into()))?;
            let number = live.get(about.name).copied().unwrap_or(EMPTY);
            match rest.strip_prefix(':') {
                Some(rest) => {
                    let (index, rest) = word(rest);
                    named.push_str(&format!("{name}_{number}_{index}{rest}"));
                }
                None => {
                    named.push_str(&table_name(self, name, number));
                    named.push_str(rest);
                }
            }
        }
        Ok(named)
    }
}

/// What a table of a generation is called.
pub(crate) fn table_name(database: &Database, table: &str, generation: i64) -> String {
    match database {
        Database::Sqlite(_) => format!("{table}_{generation}"),
        Database::Postgres(_) => format!("{SCHEMA}.{table}_{generation}"),
    }
}

/// The schema of the tables on PostgreSQL.
pub(crate) const SCHEMA: &str = "noi_read";

/// The names of all tables of a read model.
pub(crate) fn names_of(about: &About) -> impl Iterator<Item = &'static str> {
    let names = |table: &'static Table| {
        let counts = table.counts.as_ref().map(|counts| counts.table);
        std::iter::once(table.name).chain(counts)
    };
    about.tables.iter().flat_map(names)
}

fn owner(table: &str) -> Option<&'static About> {
    let mut all = all().iter().copied();
    all.find(|about| names_of(about).any(|name| name == table))
}

/// The word that a text begins with, and what comes behind it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_');
    text.split_at(end.unwrap_or(text.len()))
}

/// Whether a statement failed because a table that it names is no longer there.
pub(crate) fn is_gone(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| {
        let gone = ["no such table", "no such index", "could not open relation"];
        error.code().as_deref() == Some("42P01")
            || gone.iter().any(|gone| error.message().starts_with(gone))
    })
}
