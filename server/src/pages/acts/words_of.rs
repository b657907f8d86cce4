//! What an officer wrote in an event.

use domain::case::{Recorded, payload};
use serde_json::Value;

/// The words that the officer wrote in it, if any.
#[must_use]
pub fn own_words(recorded: &Recorded) -> String {
    const PLACES: [&str; 9] = [
        "/conclusion",
        "/findings",
        "/text",
        "/reason",
        "/minutes",
        "/goals",
        "/note",
        "/incident/description",
        "/name",
    ];
    let (_, personal) = payload(&recorded.event);
    let Some(personal) = personal else {
        return String::new();
    };
    let text = |place: &str| personal.pointer(place).and_then(Value::as_str);
    let found = PLACES.into_iter().find_map(text);
    found.unwrap_or_default().to_owned()
}
