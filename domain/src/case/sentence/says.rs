//! In which ways the list of a chapter says what an event says.

use super::On;
use crate::language::Sentence;
use crate::log::Split;

/// What an event with these parts says.
pub(in crate::case) trait Says<Facts, Personal> {
    fn says(&self, event: &Split<Facts, Personal>, on: On<'_>) -> Sentence;
}

/// Always the same, in Vietnamese and English.
impl<Facts, Personal> Says<Facts, Personal> for (&str, &str) {
    fn says(&self, _: &Split<Facts, Personal>, _: On<'_>) -> Sentence {
        Sentence::new(self.0, self.1)
    }
}

/// By its facts alone: nothing of the personal part can get into it.
impl<Facts, Personal, By> Says<Facts, Personal> for By
where
    By: Fn(&Facts, On<'_>) -> Sentence,
{
    fn says(&self, event: &Split<Facts, Personal>, on: On<'_>) -> Sentence {
        self(&event.facts, on)
    }
}

/// By both parts, where it counts what may stand in either.
pub(in crate::case) struct Both<By>(pub By);

impl<Facts, Personal, By> Says<Facts, Personal> for Both<By>
where
    By: Fn(&Split<Facts, Personal>) -> Sentence,
{
    fn says(&self, event: &Split<Facts, Personal>, _: On<'_>) -> Sentence {
        (self.0)(event)
    }
}
