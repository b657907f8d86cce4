//! What has happened: one append-only log over SQLite or PostgreSQL.

mod database;

pub use database::{ConnectError, Database, SqliteDatabase};
