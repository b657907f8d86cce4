//! Which corrections move who answers: those after which an event names another unit, whatever part of it
//! was written anew. Told by the event before and after, never by the text of a path.

use std::borrow::Cow;

use serde_json::Value;

use super::correction::{effective, payload};
use crate::case::event::{Event, Recorded};

/// Whether the two say that another unit answers, or is asked: the commune of the incident or of residence,
/// the place of receipt, to whom something was forwarded, offered or referred.
pub(in crate::case) fn moves(before: &Event, after: &Event) -> bool {
    units(before) != units(after)
}

/// Whether an event of the history moves who answers by what it says of an earlier one: a correction, or the answer
/// that a report is about the child of the case. That counts from then on, since nobody answers for a time in
/// which they were not known to.
#[must_use]
pub(crate) fn moves_competence(history: &[Recorded], correction: &Recorded) -> bool {
    let corrected = match &correction.event {
        Event::FactCorrected(corrected) => corrected,
        Event::SameChildAnswered(answer) => return answer.facts.same,
        _ => return false,
    };
    let target = corrected.facts.event_id;
    let concerns = |event: &&Recorded| match &event.event {
        Event::FactCorrected(one) => one.facts.event_id == target,
        _ => event.event_id == target,
    };
    // The event with what was corrected of it, up to this correction and with it.
    let with: Vec<Recorded> = history
        .iter()
        .filter(concerns)
        .filter(|event| event.version <= correction.version)
        .cloned()
        .collect();
    let said = |history: &[Recorded]| effective(history).first().cloned().map(Cow::into_owned);
    let without = with.len().saturating_sub(1);
    match said(&with[..without]).zip(said(&with)) {
        Some((before, after)) => moves(&before.event, &after.event),
        None => false,
    }
}

/// Marks the reports that were recorded when it was settled who holds the case: they move nobody, also where only
/// what had happened by an earlier instant is read.
pub(crate) fn mark_settled(events: &mut [Cow<'_, Recorded>]) {
    let settles = |event: &Cow<'_, Recorded>| {
        matches!(
            event.event,
            Event::InitialAssessmentRecorded(_) | Event::TransferAccepted(_)
        )
    };
    let Some(first) = events.iter().position(settles) else {
        return;
    };
    for later in &mut events[first..] {
        if matches!(later.event, Event::ReportReceived(_))
            && let Event::ReportReceived(report) = &mut later.to_mut().event
        {
            report.facts.settled = true;
        }
    }
}

/// The units that the facts of an event name, each with where it stands.
fn units(event: &Event) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect("", &payload(event).0, &mut found);
    found
}

fn collect(place: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(&format!("{place}/{name}"), value, found);
            }
        }
        Value::Array(rows) => {
            for (row, value) in rows.iter().enumerate() {
                collect(&format!("{place}/{row}"), value, found);
            }
        }
        Value::String(unit) if place.ends_with("unit") => {
            found.push((place.to_owned(), unit.clone()));
        }
        _ => {}
    }
}
