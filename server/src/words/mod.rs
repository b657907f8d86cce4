//! Dates, durations and deadlines in words, in both languages.
//!
//! The procedure lives in Asia/Ho_Chi_Minh, which has been seven hours ahead of UTC without a summer
//! time since 1975. An instant is shown there; a civil date has no time and is shown as it is.

mod deadline;
mod instant;
mod timing;

pub use deadline::{Urgency, due, late_by, until, urgency, waiting};
pub use instant::{
    both_clocks, date, date_with_weekday, duration, instant, local, short_instant, time, weekday,
};
pub use timing::{Timing, first_upper, lower_first};

use chrono::FixedOffset;
use domain::language::Sentence;

use crate::language::Language;

/// The offset of Asia/Ho_Chi_Minh.
pub const OFFSET: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    None => panic!("seven hours are a valid offset"),
};

/// A sentence of the domain in the reader's language.
#[must_use]
pub fn say(language: Language, sentence: &Sentence) -> String {
    match language {
        Language::Vi => sentence.vi.clone(),
        Language::En => sentence.en.clone(),
    }
}
