//! `answer-contradiction`: why something stands although something else in the case speaks against it.
//! The address names the event and what speaks against it.

use domain::case::Contradiction;
use domain::case::events::contradiction::Against;
use serde_json::{Value, json};

use super::act::{About, Act, Scene, occurred};
use crate::pages::case::case_words::say;
use crate::pages::components::Link;
use crate::pages::form::{Choice, Fault, Field, Form, Section};
use crate::pages::words;

/// The field that names a contradiction: event and what speaks against it.
const WHICH: &str = "contradiction";

pub(super) const ACT: Act = Act::new(
    "answer-contradiction",
    &["answer-contradiction"],
    form,
    trial,
)
.rests_on(&["contradictions-are-asked"])
.fresh(|scene| {
    named(scene)
        .map(|one| (WHICH, one.key()))
        .into_iter()
        .collect()
})
.finish(finish)
.about(about)
.decides_on_it();

fn open<'a>(scene: &'a Scene<'_>) -> Vec<&'a Contradiction> {
    scene.state().open_contradictions().collect()
}

fn named<'a>(scene: &'a Scene<'_>) -> Option<&'a Contradiction> {
    let open = open(scene);
    let item = scene.item?;
    open.into_iter().find(|one| one.key() == item)
}

fn form(scene: &Scene<'_>) -> Form {
    // Also where it waits no more: a form that is sent twice is the same answer.
    let which = match scene.item {
        Some(_) => Field::hidden(WHICH),
        None => Field::radios(
            WHICH,
            "contradiction-which",
            open(scene)
                .into_iter()
                .map(|one| Choice::new(one.key(), say(scene.language, &one.against.title()))),
        ),
    };
    Form::new("answer-contradiction", "act-answer-contradiction-send")
        .section(
            Section::new("answer", "act-what")
                .intro("contradiction-internal")
                .field(which)
                .field(
                    Field::long_text("reason", "contradiction-answer")
                        .hint("contradiction-answer-hint"),
                ),
        )
        .section(occurred())
}

fn command(key: &str) -> Value {
    let (event, against) = key.split_once('/').unwrap_or_default();
    json!({ "type": "answer-contradiction", "event_id": event, "against": against, "reason": "-" })
}

fn trial(scene: &Scene<'_>) -> Value {
    let any = named(scene).or_else(|| open(scene).into_iter().next());
    any.map_or_else(
        || command("00000000-0000-0000-0000-000000000000/danger-reported"),
        |one| command(&one.key()),
    )
}

fn finish(_: &Scene<'_>, sent: &mut Value) -> Vec<Fault> {
    let Some(fields) = sent.as_object_mut() else {
        return Vec::new();
    };
    let key = fields.remove(WHICH).unwrap_or_default();
    let named = command(key.as_str().unwrap_or_default());
    for name in ["event_id", "against"] {
        fields.insert(name.to_owned(), named[name].clone());
    }
    Vec::new()
}

fn about(scene: &Scene<'_>) -> About {
    let Some(one) = named(scene) else {
        return About::default();
    };
    let mut events = scene.file.history.iter();
    let event = events.find(|event| event.event_id == one.event_id);
    let mut rows = Vec::new();
    if let Some(event) = event {
        rows.push(scene.row("contradiction-said", scene.things.sentence(event)));
    }
    if let (Against::NothingAlike, Some((id, number))) = (one.against, &scene.things.recorded_twice)
    {
        let mut row = scene.row("contradiction-other-case", number);
        row.act = Some(Link {
            text: scene.t("contradiction-open-other-case"),
            href: format!("/cases/{id}"),
        });
        rows.push(row);
    }
    let by = words::instant(one.by.at.utc());
    rows.push(scene.row("contradiction-when", by));
    rows.push(scene.row(
        "contradiction-against",
        say(scene.language, &one.against.title()),
    ));
    About::of(rows)
}
