//! The API and the command line of the program itself, over real HTTP and on both databases. Every
//! answer is held against the description that the program gives of its API.

#![expect(
    clippy::disallowed_methods,
    reason = "what stands outside the program has a clock and ids of its own"
)]

mod children;
mod command_line;
mod corrections;
mod feed;
mod idempotence;
mod journal;
mod refusals;
mod reminders;
mod simulate;
mod transfers;
mod unavailable;
mod whole_path;
