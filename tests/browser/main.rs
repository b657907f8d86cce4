//! The pages in a real browser, as officer and chair use them: with and without script, on a phone
//! and at a desk, by keyboard alone; and each page and state tried by an accessibility checker.

mod chrome;
mod conflict;
mod keyboard;
mod language;
mod news;
mod responsibility;
mod states;
mod whole_path;
