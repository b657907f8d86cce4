//! The pages in a real browser, as officer and chair use them: with and without script, on a phone
//! and at a desk, by keyboard alone; and each page and state tried by an accessibility checker.

mod agencies;
mod chrome;
mod conflict;
mod keyboard;
mod language;
mod news;
mod posts;
mod responsibility;
mod states;
mod succession;
mod whole_path;
