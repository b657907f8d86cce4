//! Who is there: accounts, passwords, sessions, throttling of sign-in, protection of forms.
//!
//! Handlers ask for an [`Officer`]; whoever is not signed in never reaches them.

pub mod account;
mod agent;
pub mod change;
pub mod cookies;
mod csrf;
mod either;
mod error;
mod officer;
mod password;
pub mod posts;
pub mod reminders;
pub mod session;
pub mod sign_in;
mod throttle;
mod token;

pub use account::Account;
pub use agent::Agent;
pub use csrf::{ForgedRequest, check_origin, form_token, same_token};
pub(crate) use either::either;
pub use error::AccessError;
pub(crate) use officer::is_api;
pub(crate) use officer::is_without_post;
pub use officer::{ASKED_BY_A_SCRIPT, LanguageCell, Officer, maybe_officer, reader_language};
pub use password::{Passwords, generate_password};
pub use session::{EndedCapacity, OnBehalf};
pub use token::Token;
