//! Corrections: an event is never changed; a correcting event says what one of its values should have
//! been. Reading applies the corrections, so that state and time limits follow the truth as it is known
//! now, while both values stay in the log.
//!
//! A correction was written for a form of its event, and its path means nothing in another. So reading
//! goes revision by revision: the corrections that name the stored one, then the step to the next, then
//! those that name that one. A later form undoes no earlier correction.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::pointer::{reach, unescape};
use super::{Payload, Recorded, Stored};
use crate::time::Instant;

/// Which part of an event is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Codes, dates, levels, units, ids.
    Facts,
    /// Names, numbers, addresses, every free text.
    Personal,
    /// The time at which it happened, in the envelope.
    Envelope,
}

/// One correction, resolved to a part and a pointer inside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction<'a> {
    /// Which part of the event.
    pub part: Part,
    /// JSON pointer inside that part.
    pub path: &'a str,
    /// The right value; null takes the field away.
    pub value: &'a Value,
    /// The revision whose form the pointer means; none: the one in which the event is stored.
    pub revision: Option<i16>,
}

/// A correction, and of which event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrects<'a> {
    /// The event.
    pub event_id: Uuid,
    /// What of it.
    pub change: Correction<'a>,
}

/// A correction that changes nothing, because it fits its event no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The correction.
    pub correction: Uuid,
    /// The event that it was made for.
    pub event_id: Uuid,
    /// Which part of it.
    pub part: Part,
    /// The JSON pointer inside that part.
    pub path: String,
}

/// The events as they are known now: with all corrections of the history applied that count. `counts` is
/// asked for each that fits, with the event before it, the event after it and the id of the correction.
#[must_use]
pub fn effective<E: Stored>(
    history: &[Recorded<E>],
    mut counts: impl FnMut(&Recorded<E>, &Recorded<E>, Uuid) -> bool,
) -> Vec<Cow<'_, Recorded<E>>> {
    let corrections = by_event(history);
    history
        .iter()
        .map(|recorded| match corrections.get(&recorded.event_id) {
            None => Cow::Borrowed(recorded),
            // One that fits no longer changes nothing rather than hiding the event; it is named by
            // `misfits`.
            Some(changes) => Cow::Owned(applied(recorded, changes, &mut counts).0),
        })
        .collect()
}

/// The corrections of a history that do not fit. One that does not count fits all the same.
#[must_use]
pub fn misfits<E: Stored>(
    history: &[Recorded<E>],
    mut counts: impl FnMut(&Recorded<E>, &Recorded<E>, Uuid) -> bool,
) -> Vec<Misfit> {
    let corrections = by_event(history);
    let targets: HashMap<Uuid, &Recorded<E>> = history
        .iter()
        .map(|event| (event.event_id, event))
        .collect();
    let mut found = Vec::new();
    for (event_id, changes) in corrections {
        let fit = match targets.get(&event_id) {
            Some(target) => applied(target, &changes, &mut counts).1,
            None => vec![false; changes.len()],
        };
        let unfit = changes.into_iter().zip(fit).filter(|(_, fits)| !fits);
        found.extend(unfit.map(|((correction, change), _)| Misfit {
            correction,
            event_id,
            part: change.part,
            path: change.path.to_owned(),
        }));
    }
    let place = |id| history.iter().position(|event| event.event_id == id);
    found.sort_by_key(|misfit| place(misfit.correction));
    found
}

/// The event with one value corrected, or none where the result would not be an event.
#[must_use]
pub fn corrected<E: Stored>(recorded: &Recorded<E>, change: Correction<'_>) -> Option<Recorded<E>> {
    let (changed, fit) = applied(recorded, &[(Uuid::nil(), change)], &mut |_, _, _| true);
    fit.iter().all(|fits| *fits).then_some(changed)
}

/// The corrections by their event, oldest first, each with the id of the correcting event.
fn by_event<E: Stored>(history: &[Recorded<E>]) -> HashMap<Uuid, Vec<(Uuid, Correction<'_>)>> {
    let mut corrections: HashMap<Uuid, Vec<_>> = HashMap::new();
    for recorded in history {
        if let Some(corrects) = recorded.event.corrects() {
            let changes = corrections.entry(corrects.event_id).or_default();
            changes.push((recorded.event_id, corrects.change));
        }
    }
    corrections
}

/// The event with these corrections, and which of them fit. Revision by revision, each in its turn.
fn applied<E: Stored>(
    recorded: &Recorded<E>,
    changes: &[(Uuid, Correction<'_>)],
    counts: &mut impl FnMut(&Recorded<E>, &Recorded<E>, Uuid) -> bool,
) -> (Recorded<E>, Vec<bool>) {
    let mut fit = vec![false; changes.len()];
    let Some((form, stored, mut payload)) = stored(recorded) else {
        return (recorded.clone(), fit);
    };
    let mut known = recorded.clone();
    for revision in stored..=form.current {
        let meant = |change: &Correction<'_>| change.revision.unwrap_or(stored).max(stored);
        let due = changes.iter().enumerate();
        for (place, (id, change)) in due.filter(|(_, (_, change))| meant(change) == revision) {
            let mut tried = payload.clone();
            let next = if change.part == Part::Envelope {
                moved(recorded, change).map(|at| Recorded {
                    occurred_at: at,
                    ..known.clone()
                })
            } else {
                let set = set_in(&mut tried, change);
                set.and_then(|()| {
                    shown(
                        &known,
                        form.event_type,
                        form.newest(revision, tried.clone()),
                    )
                })
            };
            let Some(next) = next else { continue };
            fit[place] = true;
            if counts(&known, &next, *id) {
                (known, payload) = (next, tried);
            }
        }
        if revision < form.current {
            payload = form.next(revision, payload);
        }
    }
    if let Some(read) = shown(&known, form.event_type, payload) {
        known = read;
        known.older = None;
    }
    (known, fit)
}

/// The event with this payload in the current form, as its reader sees it; none where that is no event.
fn shown<E: Stored>(
    recorded: &Recorded<E>,
    event_type: &str,
    payload: Payload,
) -> Option<Recorded<E>> {
    // What is hidden from the reader must be an event with it, too.
    let whole = E::of_payload(event_type, &payload)?;
    let event = match recorded.older.as_deref() {
        Some(older) => E::of_payload(event_type, &older.shown(payload))?,
        None => whole,
    };
    let own = event.own_instant();
    Some(Recorded {
        event,
        occurred_at: own.unwrap_or(recorded.occurred_at),
        ..recorded.clone()
    })
}

/// The forms of the event, the revision in which it is at hand, and both its parts in that form.
fn stored<E: Stored>(recorded: &Recorded<E>) -> Option<(&'static super::Form, i16, Payload)> {
    let encoded = recorded.event.encode().ok()?;
    let form = E::form(encoded.event_type)?;
    match recorded.older.as_deref() {
        Some(older) => Some((form, older.revision, older.payload()?)),
        None => Some((form, form.current, recorded.event.payload()?)),
    }
}

/// When it happened by the correction; none where the event itself says when.
fn moved<E: Stored>(recorded: &Recorded<E>, change: &Correction<'_>) -> Option<Instant> {
    if recorded.event.own_instant().is_some() {
        return None;
    }
    Instant::parse(change.value.as_str()?).ok()
}

/// Puts the value where the correction says. Where the event has no personal part yet, it gets one.
fn set_in(payload: &mut Payload, change: &Correction<'_>) -> Option<()> {
    let part = match change.part {
        Part::Facts => &mut payload.facts,
        _ => payload
            .personal
            .get_or_insert_with(|| Value::Object(Map::new())),
    };
    set(part, change.path, change.value.clone())?;
    // Nothing personal is no personal part.
    if payload
        .personal
        .as_ref()
        .and_then(Value::as_object)
        .is_some_and(Map::is_empty)
    {
        payload.personal = None;
    }
    Some(())
}

/// Puts a value at a pointer; null takes the field away.
fn set(root: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parent, last) = path.rsplit_once('/')?;
    let place = if value.is_null() {
        root.pointer_mut(parent)
    } else {
        reach(root, parent)
    };
    match place? {
        Value::Object(object) => put(object, &unescape(last), value),
        Value::Array(list) => *list.get_mut(last.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

fn put(object: &mut Map<String, Value>, key: &str, value: Value) {
    if value.is_null() {
        object.remove(key);
    } else {
        object.insert(key.to_owned(), value);
    }
}
