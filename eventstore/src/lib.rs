//! What has happened: one append-only log over SQLite or PostgreSQL.
//!
//! The log gives every event a position, 1, 2, 3, … without a gap, and a version within its stream.
//! It remembers commands, so that one sent twice is carried out once; it tells of two writers that
//! know the same version which one came first; and what it acknowledged is durable. What an event
//! means is none of its business: facts and personal part are JSON that it keeps byte for byte.
//!
//! ```
//! use chrono::{TimeZone, Utc};
//! use eventstore::{Actor, CommandId, EventStore, ExpectedVersion, NewEvent, StreamId, StreamKind};
//! use futures::StreamExt;
//! use uuid::Uuid;
//!
//! const CASE: StreamKind = StreamKind::new("case");
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let url = format!("sqlite://{}/noi.db", folder.path().display());
//! let store = EventStore::connect(&url).await?;
//! let case = StreamId::new(CASE, Uuid::from_u128(1));
//! let noon = Utc.with_ymd_and_hms(2026, 3, 2, 5, 0, 0).unwrap();
//! let received = NewEvent {
//!     event_id: Uuid::from_u128(2),
//!     event_type: "report-received".into(),
//!     revision: 1,
//!     occurred_at: noon,
//!     recorded_at: noon,
//!     actor: Actor {
//!         officer: Some(Uuid::from_u128(3)),
//!         name: Some("Trần Thị Bình".into()),
//!         role: "commune-officer".into(),
//!         agency: None,
//!         unit: Some("19114".into()),
//!         on_behalf_of: None,
//!     },
//!     correlation_id: Uuid::from_u128(4),
//!     causation_id: None,
//!     facts: r#"{"unit":"19114"}"#.into(),
//!     personal: Some(r#"{"child":"Nguyễn Văn An"}"#.into()),
//! };
//! let command = CommandId { id: Uuid::from_u128(5), fingerprint: [0; 32] };
//! let appended = store
//!     .append(case, ExpectedVersion::NoStream, vec![received.clone()], command)
//!     .await?;
//! assert_eq!((appended.version, appended.position, appended.replayed), (1, 1, false));
//!
//! // The same command again: the same answer, and nothing appended.
//! let again = store.append(case, ExpectedVersion::NoStream, vec![received], command).await?;
//! assert_eq!((again.position, again.replayed), (1, true));
//!
//! let first = store.subscribe(0).next().await.unwrap()?;
//! assert_eq!(first.facts, r#"{"unit":"19114"}"#);
//! assert_eq!(store.load_stream(case).await?.len(), 1);
//! store.close().await;
//! # Ok(())
//! # }
//! ```

mod alarm;
mod append;
#[cfg(feature = "testing")]
pub mod behaviour;
mod database;
mod decide;
mod envelope;
mod log;
mod migrate;
mod page;
mod postgres;
mod read;
mod sqlite;
mod statistics;
mod store;
mod subscribe;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transaction;
mod writer;

pub use append::{AppendError, MAX_EVENT_BYTES, MAX_EVENTS_PER_APPEND, MAX_PARTS_PER_APPEND, Part};
pub use database::{ConnectError, Database, SqliteDatabase};
pub use envelope::{
    Actor, Appended, CommandId, CommandRecord, ExpectedVersion, InvalidStreamKind, NewEvent,
    RecordedEvent, StreamId, StreamKind,
};
pub use log::{ReadError, StorageError};
pub use store::EventStore;
