//! `close-case`: the decision of the chair to close (Decree 56/2017, art. 30.1.b). Only the reasons
//! that the case allows can be chosen; the others say why not. What speaks against closing stands beside
//! the form, and is answered in it.

use domain::case::events::contradiction::Against;
use serde_json::{Value, json};
use uuid::Uuid;

use super::act::{About, Act, Scene, occurred};
use crate::pages::case::case_words::say;
use crate::pages::form::{Choice, Field, Form, Section};

const REASONS: [(&str, &str); 7] = [
    ("safe-and-stable", "closing-safe-and-stable"),
    ("unfounded", "closing-unfounded"),
    ("reached-16", "closing-reached-16"),
    ("died", "closing-died"),
    ("transferred", "closing-transferred"),
    ("recorded-twice", "closing-recorded-twice"),
    ("other", "closing-other"),
];

pub(super) const ACT: Act = Act::new("close-case", &["close-case"], form, trial)
    .rests_on(&["contradictions-are-asked"])
    .about(about)
    .cases(&["other_case"]);

fn form(scene: &Scene<'_>) -> Form {
    let reasons = REASONS.map(|(code, key)| {
        let choice = Choice::new(code, key);
        match scene.allows(command(code)) {
            Ok(()) => choice,
            Err(why) => choice.impossible(say(scene.language, &why.message)),
        }
    });
    let mut closing = Section::new("closing", "closing-section")
        .field(Field::radios("reason", "closing-reason", reasons))
        .field(
            Field::long_text("note", "closing-note")
                .hint("closing-note-hint")
                .only_when("when-closing-otherwise"),
        )
        .field(
            Field::text("basis", "closing-basis")
                .hint("closing-basis-hint")
                .only_when("when-closing-otherwise"),
        );
    if !against(scene).is_empty() {
        closing = closing.field(
            Field::long_text("contradiction_reason", "contradiction-reason")
                .hint("contradiction-reason-closing-hint")
                .only_when("when-not-died"),
        );
    }
    let elsewhere = Section::new("elsewhere", "closing-elsewhere-section")
        .intro("closing-elsewhere-intro")
        .collapsed()
        .field(
            Field::text("transferred_to.authority", "closing-authority")
                .hint("closing-authority-hint")
                .only_when("when-closing-transferred"),
        )
        .field(
            Field::date("transferred_to.received_on", "closing-received-on")
                .only_when("when-closing-transferred"),
        )
        .field(
            Field::text("transferred_to.confirmation", "closing-confirmation")
                .hint("closing-confirmation-hint")
                .only_when("when-closing-transferred"),
        )
        .field(
            Field::text("other_case", "closing-other-case")
                .hint("closing-other-case-hint")
                .only_when("when-closing-twice"),
        );
    Form::new("close-case", "act-close-case-send")
        .section(closing)
        .section(elsewhere)
        .section(occurred())
}

fn against(scene: &Scene<'_>) -> Vec<Against> {
    scene.state().against_closing()
}

fn command(reason: &str) -> Value {
    let mut command = json!({
        "type": "close-case", "reason": reason, "note": "-", "contradiction_reason": "-",
    });
    match reason {
        "transferred" => {
            command["transferred_to"] = json!({
                "authority": "-", "received_on": "2000-01-01", "confirmation": "-",
            });
        }
        "recorded-twice" => command["other_case"] = json!(Uuid::max()),
        "other" => command["basis"] = json!("-"),
        _ => {}
    }
    command
}

/// The first reason that is possible, else the one of the Decree.
fn trial(scene: &Scene<'_>) -> Value {
    let mut codes = REASONS.iter().map(|(code, _)| *code);
    // Anybody may die at any time: that alone does not make a form worth opening, but the chair must
    // be able to record it.
    let possible = codes.find(|code| scene.allows(command(code)).is_ok());
    command(possible.unwrap_or("safe-and-stable"))
}

fn about(scene: &Scene<'_>) -> About {
    let yes_no = |yes: bool| scene.t(if yes { "act-yes" } else { "act-no" });
    let mut rows = Vec::new();
    if let Some(review) = &scene.state().review {
        rows.push(scene.row("review-risk-short", yes_no(review.no_longer_at_risk)));
        rows.push(scene.row("review-stable-short", yes_no(review.stable)));
    }
    for against in against(scene) {
        let said = say(scene.language, &against.title());
        rows.push(scene.row("contradiction-against", said));
    }
    About::of(rows)
}
