//! Corrections: an event is never changed; a correcting event says what one of its values should
//! have been. Reading applies the corrections, so that state and time limits follow the truth as
//! it is known now, while both values stay in the log.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use super::event::{Event, Recorded};
use super::events::contradiction::Against;
use super::events::correction::Part;
use super::lowering::lowered;
use crate::time::Instant;

/// One correction, resolved to a part and a pointer inside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction<'a> {
    /// Which part of the event.
    pub part: Part,
    /// JSON pointer inside that part.
    pub path: &'a str,
    /// The right value.
    pub value: &'a Value,
}

/// The events as they are known now: with all corrections of the history applied.
#[must_use]
pub fn effective(history: &[Recorded]) -> Vec<Cow<'_, Recorded>> {
    let mut corrections: HashMap<Uuid, Vec<(Uuid, Correction<'_>)>> = HashMap::new();
    for recorded in history {
        if let Event::FactCorrected(correction) = &recorded.event {
            let facts = &correction.facts;
            let personal = correction.personal.as_ref().map(|p| &p.value);
            let value = match (facts.part, personal) {
                (Part::Personal, Some(value)) => value,
                // The personal value was erased: what it corrected was erased with it.
                (Part::Personal, None) => continue,
                (Part::Facts | Part::Envelope, _) => &facts.value,
            };
            let resolved = Correction {
                part: facts.part,
                path: &facts.path,
                value,
            };
            corrections
                .entry(facts.event_id)
                .or_default()
                .push((recorded.event_id, resolved));
        }
    }
    let answers = answers(history);
    let confirmed = confirmed(history);
    let mut lowering: HashMap<Uuid, Against> = HashMap::new();
    history
        .iter()
        .map(|recorded| match corrections.get(&recorded.event_id) {
            None => Cow::Borrowed(recorded),
            Some(changes) => {
                let known = changes
                    .iter()
                    .fold(recorded.clone(), |event, (id, change)| {
                        // A correction was checked when it was made; one that no longer fits changes
                        // nothing rather than hiding the event.
                        let Some(next) = corrected(&event, change) else {
                            return event;
                        };
                        let lowers = lowered(&event, &next);
                        lowering.extend(lowers.map(|lowers| (*id, lowers)));
                        let waits =
                            lowers == Some(Against::DangerTakenBack) && !confirmed.contains(id);
                        if waits { event } else { next }
                    });
                Cow::Owned(known)
            }
        })
        .collect::<Vec<_>>()
        .into_iter()
        .map(|recorded| match lowering.get(&recorded.event_id) {
            None => recorded,
            Some(lowers) => {
                let mut recorded = recorded.into_owned();
                if let Event::FactCorrected(correction) = &mut recorded.event {
                    correction.facts.lowers = Some(*lowers);
                }
                Cow::Owned(recorded)
            }
        })
        .map(|recorded| match answers.get(&recorded.event_id) {
            None => recorded,
            Some(same) => {
                let mut recorded = recorded.into_owned();
                if let Event::ReportReceived(report) = &mut recorded.event {
                    report.facts.same = Some(*same);
                }
                Cow::Owned(recorded)
            }
        })
        .collect()
}

/// The corrections that take back danger and that a second person confirmed.
fn confirmed(history: &[Recorded]) -> HashSet<Uuid> {
    let answers = history.iter().filter(|recorded| confirms(&recorded.event));
    let confirmed = answers.filter_map(|recorded| match &recorded.event {
        Event::ContradictionAnswered(answer) => Some(answer.facts.event_id),
        _ => None,
    });
    confirmed.collect()
}

/// Whether the event confirms that danger was taken back: then the correction counts.
const fn confirms(event: &Event) -> bool {
    match event {
        Event::ContradictionAnswered(answer) => {
            matches!(answer.facts.against, Against::DangerTakenBack)
        }
        _ => false,
    }
}

/// Which reports were answered to be about the same child, or not.
fn answers(history: &[Recorded]) -> HashMap<Uuid, bool> {
    let answered = history.iter().filter_map(|recorded| match &recorded.event {
        Event::SameChildAnswered(answer) => Some((answer.facts.event_id, answer.facts.same)),
        _ => None,
    });
    answered.collect()
}

/// Whether the event changes what earlier ones are known to say.
#[must_use]
pub(crate) const fn looks_back(event: &Event) -> bool {
    matches!(event, Event::FactCorrected(_) | Event::SameChildAnswered(_)) || confirms(event)
}

/// The event with one value corrected, or none where the result would not be an event.
#[must_use]
pub fn corrected(recorded: &Recorded, change: &Correction<'_>) -> Option<Recorded> {
    let mut changed = recorded.clone();
    if change.part == Part::Envelope {
        if recorded.event.own_instant().is_some() {
            return None;
        }
        changed.occurred_at = Instant::parse(change.value.as_str()?).ok()?;
        return Some(changed);
    }
    let encoded = recorded.event.encode().ok()?;
    let mut facts: Value = serde_json::from_str(&encoded.facts).ok()?;
    let mut personal: Option<Value> = encoded
        .personal
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .ok()?;
    let part = match change.part {
        Part::Facts => &mut facts,
        _ => personal.get_or_insert_with(|| Value::Object(Map::new())),
    };
    set(part, change.path, change.value.clone())?;
    let personal = personal.map(|value| value.to_string());
    changed.event = Event::decode(
        encoded.event_type,
        encoded.revision,
        &facts.to_string(),
        personal.as_deref(),
    )
    .ok()?;
    if let Some(at) = changed.event.own_instant() {
        changed.occurred_at = at;
    }
    Some(changed)
}

/// Both parts of an event's payload as JSON: facts, personal.
#[must_use]
pub fn payload(event: &Event) -> (Value, Option<Value>) {
    let encoded = event.encode().ok();
    let read = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let facts = encoded
        .as_ref()
        .map_or(Value::Null, |encoded| read(&encoded.facts));
    let personal = encoded.and_then(|encoded| encoded.personal.as_deref().map(read));
    (facts, personal)
}

/// Finds what a pointer of a correction means: it may name the part (`/facts/…`, `/personal/…`),
/// or go into the event as people see it, where both parts are one. Returns the part, the pointer
/// inside it and the value that stands there now.
#[must_use]
pub fn resolve(recorded: &Recorded, path: &str) -> Option<(Part, String, Value)> {
    if path == "/occurred_at" && recorded.event.own_instant().is_none() {
        let old = Value::String(recorded.occurred_at.to_string());
        return Some((Part::Envelope, path.to_owned(), old));
    }
    let (facts, personal) = payload(&recorded.event);
    let parts = [
        (Part::Facts, "/facts", Some(facts)),
        (Part::Personal, "/personal", personal),
    ];
    for (part, prefix, value) in &parts {
        if let Some(rest) = path.strip_prefix(prefix)
            && rest.starts_with('/')
        {
            let old = value.as_ref().and_then(|value| value.pointer(rest));
            let absent = value.is_none() && !fits_empty(recorded, *part, rest);
            let old = old.cloned().unwrap_or(Value::Null);
            return (!absent).then(|| (*part, rest.to_owned(), old));
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

/// Whether the last step of `path` is an optional field that `part` knows: a null in that place must still
/// be an event, with whatever objects lead there.
fn fits_empty(recorded: &Recorded, part: Part, path: &str) -> bool {
    let probe = Correction {
        part,
        path,
        value: &Value::Null,
    };
    let kept = corrected_keeping_null(recorded, &probe);
    kept.is_some()
}

fn corrected_keeping_null(recorded: &Recorded, change: &Correction<'_>) -> Option<()> {
    let (mut facts, mut personal) = payload(&recorded.event);
    let part = match change.part {
        Part::Facts => &mut facts,
        _ => personal.get_or_insert_with(|| Value::Object(Map::new())),
    };
    let (parent, last) = change.path.rsplit_once('/')?;
    let object = reach(part, parent)?.as_object_mut()?;
    object.insert(unescape(last), Value::Null);
    let encoded = recorded.event.encode().ok()?;
    let personal = personal.map(|value| value.to_string());
    Event::decode(
        encoded.event_type,
        encoded.revision,
        &facts.to_string(),
        personal.as_deref(),
    )
    .ok()
    .map(|_| ())
}

/// What stands at a pointer. Objects on the way that were left out are begun, so that what the command would
/// have taken can be added; whether the type knows them is found by reading the event again.
fn reach<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
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

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
