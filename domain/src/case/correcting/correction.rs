//! Corrections in a case: which of them count, and the history as it is known now. What a pointer means and
//! how a correction is applied is the same for every subject: see `log`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::lowering::{Around, danger_added, ground_added, lowered, says_danger};
use crate::case::event::{Event, Recorded};
use crate::case::events::contradiction::Against;
use crate::log::{Misfit, Stored};
use crate::time::Instant;

/// The events as they are known now: with all corrections of the history applied, and what was
/// answered about reports that were added unseen.
#[must_use]
pub fn effective(history: &[Recorded]) -> Vec<Cow<'_, Recorded>> {
    let confirmed = confirmed(history);
    let mut lowering: HashMap<Uuid, Against> = HashMap::new();
    let mut adding: HashMap<Uuid, Instant> = HashMap::new();
    let mut grounds: HashMap<Uuid, Instant> = HashMap::new();
    let answers = answers(history);
    let around = Around::of(history);
    let mut known = crate::log::effective(history, |before, after, correction| {
        let lowers = lowered(before, after, &around);
        lowering.extend(lowers.map(|lowers| (correction, lowers)));
        let added = danger_added(before, after);
        adding.extend(added.map(|told| (correction, told)));
        let ground = ground_added(before, after);
        grounds.extend(ground.map(|told| (correction, told)));
        counts(lowers, correction, &confirmed)
    });
    // What a reading of a part marked is no part of what is stored, and a correction reads it from there.
    for (recorded, stored) in known.iter_mut().zip(history) {
        if settled(&stored.event)
            && !settled(&recorded.event)
            && let Event::ReportReceived(report) = &mut recorded.to_mut().event
        {
            report.facts.settled = true;
        }
    }
    for recorded in &mut known {
        let Some((same, version)) = answers.get(&recorded.event_id) else {
            continue;
        };
        if let Event::ReportReceived(report) = &mut recorded.to_mut().event {
            report.facts.same = Some(*same);
            report.facts.answered = Some(*version);
        }
    }
    // What was taken back since is not added.
    let still: HashSet<Uuid> = known
        .iter()
        .filter(|recorded| says_danger(&recorded.event) && !waits(&recorded.event))
        .map(|recorded| recorded.event_id)
        .collect();
    for recorded in &mut known {
        let id = recorded.event_id;
        let (lowers, adds, ground) = (lowering.get(&id), adding.get(&id), grounds.get(&id));
        if lowers.is_none() && adds.is_none() && ground.is_none() {
            continue;
        }
        if let Event::FactCorrected(correction) = &mut recorded.to_mut().event {
            let facts = &mut correction.facts;
            facts.lowers = lowers.copied();
            facts.adds_danger = adds.copied().filter(|_| still.contains(&facts.event_id));
            facts.adds_ground = ground.copied();
        }
    }
    known
}

/// Whether the event is a report that was recorded when it was settled who holds the case.
const fn settled(event: &Event) -> bool {
    match event {
        Event::ReportReceived(report) => report.facts.settled,
        _ => false,
    }
}

/// Whether nobody knows yet whether the report is about the child of the case: its hours are its own.
const fn waits(event: &Event) -> bool {
    match event {
        Event::ReportReceived(report) => report.facts.unseen && report.facts.same.is_none(),
        _ => false,
    }
}

/// The corrections of a history that fit their event no longer, and so change nothing. One that waits for
/// its confirmation fits.
#[must_use]
pub fn misfits(history: &[Recorded]) -> Vec<Misfit> {
    let (confirmed, around) = (confirmed(history), Around::of(history));
    crate::log::misfits(history, |before, after, correction| {
        counts(lowered(before, after, &around), correction, &confirmed)
    })
}

/// Whether a correction counts: what takes back danger does so once a second person confirmed it.
fn counts(lowers: Option<Against>, correction: Uuid, confirmed: &HashSet<Uuid>) -> bool {
    lowers != Some(Against::DangerTakenBack) || confirmed.contains(&correction)
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

/// Which reports were answered to be about the same child, or not, and by the event of which version.
fn answers(history: &[Recorded]) -> HashMap<Uuid, (bool, i64)> {
    let answered = history.iter().filter_map(|recorded| match &recorded.event {
        Event::SameChildAnswered(answer) => {
            let said = (answer.facts.same, recorded.version);
            Some((answer.facts.event_id, said))
        }
        _ => None,
    });
    answered.collect()
}

/// Whether the event changes what earlier ones are known to say.
#[must_use]
pub(crate) const fn looks_back(event: &Event) -> bool {
    matches!(event, Event::FactCorrected(_) | Event::SameChildAnswered(_)) || confirms(event)
}

/// Both parts of an event's payload as JSON: facts, personal.
#[must_use]
pub fn payload(event: &Event) -> (Value, Option<Value>) {
    match event.payload() {
        Some(payload) => (payload.facts, payload.personal),
        None => (Value::Null, None),
    }
}
