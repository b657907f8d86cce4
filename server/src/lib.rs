//! How people and programs reach Nôi: pages, JSON API, command line, sign-in.
//!
//! The crate translates: it reads a request, asks the application, and shows the answer. It decides
//! nothing about a case and keeps no SQL beside that of its own tables (accounts, sessions, drafts).

pub mod access;
pub mod api;
pub mod application;
mod causes;
pub mod cli;
pub mod clock;
pub mod demonstration;
pub mod http;
pub mod ids;
pub mod language;
pub mod notices;
pub mod pages;
pub mod rules;
pub mod settings;
pub mod state;
pub mod telephones;
pub mod units;
pub mod words;

pub use state::AppState;
