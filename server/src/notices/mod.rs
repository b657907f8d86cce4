//! Reminders: what is due soon or overdue, what waits for an answer, what was answered. Derived from
//! the worklist, recorded as events, shown on the pages, in calendars and by mail.

pub mod calendar;
mod due;
mod job;
pub mod mail;
mod note;
mod words;

pub use job::{NoticeError, run, send_notices};
pub use note::take_note;
pub use words::{sentence, time};
