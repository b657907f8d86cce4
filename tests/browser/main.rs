//! The pages in a real browser, as officer and chair use them: with and without script, on a phone
//! and at a desk, by keyboard alone; and each page and state tried by an accessibility checker.

#![expect(
    clippy::disallowed_methods,
    reason = "what stands outside the program has a clock and ids of its own"
)]

mod account;
mod agencies;
mod children;
mod chrome;
mod conflict;
mod drafts;
mod first_screen;
mod keyboard;
mod language;
mod long_texts;
mod news;
mod posts;
mod print;
mod responsibility;
mod states;
mod succession;
mod whole_path;
