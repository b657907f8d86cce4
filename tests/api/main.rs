//! The API and the command line of the program itself, over real HTTP and on both databases. Every
//! answer is held against the description that the program gives of its API.

mod feed;
mod idempotence;
mod refusals;
mod reminders;
mod simulate;
mod transfers;
mod unavailable;
mod whole_path;
