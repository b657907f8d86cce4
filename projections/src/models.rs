//! The database that the read models stand in, and which tables of it are read. Each generation has
//! tables of its own; a statement names the live one by `@table`, and an index of it by `@table:index`.
//! A list of cases that nobody has built yet says so: empty it would say that there is nothing to do.
//! One that was just replaced may be read for a moment longer, never a half of one and a half of the
//! other; where its tables are gone already, the statement is asked again of those in their place.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use eventstore::{Database, EventStore};
use tokio::sync::OnceCell;

use crate::checkpoint::{Generation, State};
use crate::keep::ready;
use crate::kinds::all;
use crate::model::About;
use crate::recorded::CASE;
use crate::table::Table;

/// The generation that is read before the first is built: its tables are empty.
pub(crate) const EMPTY: i64 = 0;

/// The database of the read models of a log.
pub(crate) struct Models {
    /// The log that they follow from.
    pub store: EventStore,
    database: Database,
    ready: OnceCell<()>,
    /// Whether the log was empty when this was made ready.
    new: AtomicBool,
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
            new: AtomicBool::new(false),
            live: RwLock::default(),
        }
    }

    /// Makes ready, the first time, what is to be there before anything is read or written.
    pub async fn ready(&self) -> Result<(), sqlx::Error> {
        let ready = || async {
            let head = self.store.head().await;
            let head = head.map_err(|error| sqlx::Error::Decode(error.into()))?;
            self.new.store(head == 0, Ordering::Relaxed);
            ready::make_ready(self).await.map(|all| self.note(&all))
        };
        self.ready.get_or_try_init(ready).await.map(|_| ())
    }

    /// Remembers which generations are live.
    pub fn note(&self, generations: &[Generation]) {
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        for about in all() {
            let mut of_it = generations.iter().filter(|one| one.name == about.name);
            let read =
                |one: &&Generation| one.state == State::Live && one.version >= about.reads_from;
            if let Some(one) = of_it.find(read) {
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
            if number == EMPTY && about.of == CASE && !self.new.load(Ordering::Relaxed) {
                return Err(not_built(about));
            }
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

/// The lists of cases are being built.
fn not_built(about: &About) -> sqlx::Error {
    let what = format!("the read model {} is not built yet", about.name);
    sqlx::Error::Configuration(what.into())
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::calendar::Calendar;
    use domain::case::Procedure;
    use domain::time::Instant;
    use eventstore::testing::{Cluster, SqliteFile};
    use eventstore::{Actor, CommandId, EventStore, ExpectedVersion, NewEvent, StreamId};
    use uuid::Uuid;

    use crate::recorded::CASE;
    use crate::{CaseFilter, ChildQuery, Projections, QueryError, WorkFilter};

    async fn one_event(store: &EventStore) {
        let event = NewEvent {
            event_id: Uuid::from_u128(1),
            event_type: "ReportReceived".into(),
            revision: 1,
            occurred_at: DateTime::UNIX_EPOCH,
            recorded_at: DateTime::UNIX_EPOCH,
            actor: Actor {
                officer: None,
                name: None,
                role: "system".to_owned(),
                agency: None,
                unit: None,
                on_behalf_of: None,
            },
            correlation_id: Uuid::from_u128(1),
            causation_id: None,
            facts: "{}".to_owned(),
            personal: None,
        };
        let stream = StreamId::new(CASE, Uuid::from_u128(1));
        let command = CommandId {
            id: Uuid::from_u128(2),
            fingerprint: [0; 32],
        };
        let written = store.append(stream, ExpectedVersion::NoStream, vec![event], command);
        written.await.expect("an event");
    }

    /// How many cases, obligations and likely cases the lists say that there are.
    async fn listed(projections: &Projections) -> Result<i64, QueryError> {
        let now = Instant::parse("2024-03-12T00:00:00+07:00").expect("an instant");
        let cases = CaseFilter::default();
        let cases = projections.search_cases(&cases, None, 10).await;
        let work = WorkFilter::default();
        let work = projections.worklist(&work, now, None, 10).await;
        let child = ChildQuery {
            name: Some("Đào Văn Ân".to_owned()),
            ..ChildQuery::default()
        };
        let alike = projections.likely_same_child(&child, now).await;
        assert_eq!(cases.is_ok(), work.is_ok());
        assert_eq!(cases.is_ok(), alike.is_ok());
        Ok(cases?.total + work?.page.total)
    }

    async fn lists_that_are_not_built_say_so(url: &str) {
        let begin = async || {
            let store = EventStore::connect(url).await.expect("a database");
            Projections::idle(store, Procedure::shipped(), Calendar::shipped())
        };
        // Where there is no case, that is what the lists say.
        let new = begin().await;
        assert_eq!(listed(&new).await.expect("lists"), 0);
        one_event(&new.core().store).await;
        let begun = begin().await;
        let unbuilt = listed(&begun).await;
        assert!(matches!(unbuilt, Err(QueryError::Unavailable(_))));
        crate::plans::live(begun.core()).await.expect("generations");
        assert_eq!(listed(&begun).await.expect("lists"), 0);
        // Rows of an earlier program that this one would not understand are not there either.
        let change = "UPDATE projection SET version = 8 WHERE name IN ('case_status', 'worklist')";
        let tx = crate::sql::Tx::write(&begun.core().models).await;
        let mut tx = tx.expect("a database");
        tx.run(change.to_owned()).await.expect("a version");
        tx.commit().await.expect("a version");
        let earlier = listed(&begin().await).await;
        assert!(matches!(earlier, Err(QueryError::Unavailable(_))));
    }

    #[tokio::test]
    async fn sqlite_lists_that_are_not_built_say_so() {
        let file = SqliteFile::new();
        lists_that_are_not_built_say_so(&file.url()).await;
    }

    #[tokio::test]
    async fn postgres_lists_that_are_not_built_say_so() {
        lists_that_are_not_built_say_so(&Cluster::shared().fresh_database().await).await;
    }
}
