//! What a JSON pointer means in an event: people see both parts as one, corrections name a part.

use serde_json::{Map, Value};

use super::{Part, Payload, Recorded, Stored};

/// Finds what a pointer of a correction means: it may name the part (`/facts/…`, `/personal/…`),
/// or go into the event as people see it, where both parts are one. Returns the part, the pointer
/// inside it and the value that stands there now.
#[must_use]
pub fn resolve<E: Stored>(recorded: &Recorded<E>, path: &str) -> Option<(Part, String, Value)> {
    if path == "/occurred_at" && recorded.event.own_instant().is_none() {
        let old = Value::String(recorded.occurred_at.to_string());
        return Some((Part::Envelope, path.to_owned(), old));
    }
    let payload = recorded.event.payload()?;
    let parts = [
        (Part::Facts, "/facts", Some(payload.facts)),
        (Part::Personal, "/personal", payload.personal),
    ];
    for (part, prefix, value) in &parts {
        if let Some(rest) = path.strip_prefix(prefix)
            && rest.starts_with('/')
        {
            let Some(value) = value else {
                // The event has no such part yet, but may have.
                let fits = fits_empty(recorded, *part, rest);
                return fits.then(|| (*part, rest.to_owned(), Value::Null));
            };
            let old = value.pointer(rest).cloned().unwrap_or(Value::Null);
            return Some((*part, rest.to_owned(), old));
        }
    }
    for (part, _, value) in &parts {
        if let Some(old) = value.as_ref().and_then(|value| value.pointer(path)) {
            return Some((*part, path.to_owned(), old.clone()));
        }
    }
    // A value that was left out: the part that takes it, tried by decoding.
    parts.iter().find_map(|(part, _, _)| {
        fits_empty(recorded, *part, path).then(|| (*part, path.to_owned(), Value::Null))
    })
}

/// Whether the last step of `path` is a field that `part` knows and may leave out: with nothing in that place it
/// must still be an event, with whatever objects lead there. Nothing is a null where the field is optional, and
/// otherwise what an event leaves out: no, an empty list, an answer that is not known yet.
fn fits_empty<E: Stored>(recorded: &Recorded<E>, part: Part, path: &str) -> bool {
    let nothing = [
        Value::Null,
        Value::Bool(false),
        Value::Array(Vec::new()),
        Value::from("unknown"),
    ];
    let mut nothing = nothing.into_iter();
    nothing.any(|nothing| keeping(&recorded.event, part, path, nothing).is_some())
}

fn keeping<E: Stored>(event: &E, part: Part, path: &str, nothing: Value) -> Option<E> {
    let mut payload: Payload = event.payload()?;
    let within = match part {
        Part::Facts => &mut payload.facts,
        _ => payload
            .personal
            .get_or_insert_with(|| Value::Object(Map::new())),
    };
    let (parent, last) = path.rsplit_once('/')?;
    let object = reach(within, parent)?.as_object_mut()?;
    object.insert(unescape(last), nothing);
    E::of_payload(event.event_type(), &payload)
}

/// What stands at a pointer. Objects on the way that were left out are begun, so that what the command would
/// have taken can be added; whether the type knows them is found by reading the event again.
pub(super) fn reach<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut steps = path.split('/');
    // A pointer is empty or begins with a slash.
    steps.next().filter(|first| first.is_empty())?;
    steps.try_fold(root, |value, step| match value {
        Value::Object(object) => Some(
            object
                .entry(unescape(step))
                .or_insert_with(|| Value::Object(Map::new())),
        ),
        Value::Array(list) => list.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A step of a JSON pointer as the name of a field.
pub(super) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
