//! `confirm-correction`: a second person confirms a correction that makes a late duty punctual. The
//! address names the correction.

use std::collections::BTreeSet;

use domain::case::{Event, Recorded, effective, resolve};
use domain::law::Obligation;
use domain::time::Instant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::act::{About, Act, Scene, occurred};
use crate::pages::case::case_words::{say, who};
use crate::pages::form::{Choice, Field, Form, Section};
use crate::pages::words;

pub(super) const ACT: Act = Act::new("confirm-correction", &[], form, trial)
    .fresh(|scene| {
        named(scene)
            .map(|id| ("event_id", id.to_string()))
            .into_iter()
            .collect()
    })
    .rests_on(&["second-person-confirms"])
    .about(about)
    .decides_on_it();

/// The corrections that wait for a second person.
fn waiting(scene: &Scene<'_>) -> BTreeSet<Uuid> {
    let owed = scene.file.obligations.iter();
    owed.flat_map(|owed| owed.unconfirmed.iter().copied())
        .collect()
}

fn named(scene: &Scene<'_>) -> Option<Uuid> {
    let id = Uuid::parse_str(scene.item?).ok()?;
    waiting(scene).contains(&id).then_some(id)
}

fn event<'a>(scene: &'a Scene<'_>, id: Uuid) -> Option<&'a Recorded> {
    scene.file.history.iter().find(|event| event.event_id == id)
}

fn form(scene: &Scene<'_>) -> Form {
    // Also where it waits no more: a form that is sent twice is the same answer.
    let which = match scene.item {
        Some(_) => Field::hidden("event_id"),
        None => Field::radios(
            "event_id",
            "confirm-which",
            waiting(scene).into_iter().filter_map(|id| {
                let corrected = event(scene, id)?;
                let at = words::instant(corrected.recorded_at.utc());
                let said = scene.things.sentence(corrected);
                Some(Choice::new(id.to_string(), format!("{said} · {at}")))
            }),
        ),
    };
    Form::new("confirm-correction", "act-confirm-correction-send")
        .section(
            Section::new("answer", "act-what")
                .intro("confirm-intro")
                .field(which)
                .field(Field::long_text("reason", "confirm-how").hint("confirm-how-hint")),
        )
        .section(occurred())
}

fn trial(scene: &Scene<'_>) -> Value {
    let id = named(scene).or_else(|| waiting(scene).into_iter().next());
    json!({
        "type": "confirm-correction", "event_id": id.unwrap_or_default(), "reason": "-",
    })
}

/// What was corrected, from what to what, by whom and why, and which duty it makes punctual.
fn about(scene: &Scene<'_>) -> About {
    let Some(corrected) = named(scene).and_then(|id| event(scene, id)) else {
        return About::default();
    };
    let Event::FactCorrected(correction) = &corrected.event else {
        return About::default();
    };
    let mut rows = Vec::new();
    let history = &scene.file.history;
    if let Some(target) = event(scene, correction.facts.event_id) {
        rows.push(scene.row("correct-event", scene.things.sentence(target)));
        let before = history.iter().filter(|one| one.version < corrected.version);
        let before: Vec<_> = before.cloned().collect();
        let known = effective(&before);
        let known = known.iter().find(|one| one.event_id == target.event_id);
        let old = known.and_then(|known| resolve(known, correction.facts.path.as_str()));
        if let Some((_, _, old)) = old {
            rows.push(scene.row("correct-old", shown(scene, &old)));
        }
    }
    let new = correction.value().unwrap_or(&Value::Null);
    rows.push(scene.row("confirm-new", shown(scene, new)));
    if let Some(personal) = &correction.personal {
        rows.push(scene.row("correct-why-was", personal.reason.as_str()));
    }
    rows.push(scene.row(
        "confirm-who",
        who(
            scene.language,
            scene.application.units(),
            corrected,
            scene.today(),
        ),
    ));
    for owed in scene
        .file
        .obligations
        .iter()
        .filter(|owed| waits(owed, corrected))
    {
        rows.push(scene.row("confirm-duty", say(scene.language, &owed.name)));
    }
    About::of(rows)
}

fn waits(owed: &Obligation, corrected: &Recorded) -> bool {
    owed.unconfirmed.contains(&corrected.event_id)
}

fn shown(scene: &Scene<'_>, value: &Value) -> String {
    match value {
        Value::Null => scene.t("form-unknown"),
        Value::String(text) => match Instant::parse(text) {
            Ok(at) => words::instant(at.utc()),
            Err(_) => text.clone(),
        },
        other => other.to_string(),
    }
}
