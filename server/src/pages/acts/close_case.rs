//! `close-case`: the decision of the chair to close (Decree 56/2017, art. 30.1.b). Only the reasons
//! that the case allows can be chosen; the others say why not.

use serde_json::{Value, json};

use super::act::{About, Act, Scene, occurred};
use crate::pages::form::{Choice, Field, Form, Section};

const REASONS: [(&str, &str); 6] = [
    ("safe-and-stable", "closing-safe-and-stable"),
    ("unfounded", "closing-unfounded"),
    ("reached-16", "closing-reached-16"),
    ("died", "closing-died"),
    ("transferred", "closing-transferred"),
    ("other", "closing-other"),
];

pub(super) const ACT: Act = Act::new("close-case", &["close-case"], form, trial).about(about);

fn form(scene: &Scene<'_>) -> Form {
    let reasons = REASONS.map(|(code, key)| {
        let choice = Choice::new(code, key);
        match scene.allows(command(code)) {
            Ok(()) => choice,
            Err(why) => choice.impossible(super::due::say(scene.language, &why.message)),
        }
    });
    Form::new("close-case", "act-close-case-send")
        .section(
            Section::new("closing", "closing-section")
                .field(Field::radios("reason", "closing-reason", reasons))
                .field(
                    Field::long_text("note", "closing-note")
                        .hint("closing-note-hint")
                        .optional(),
                ),
        )
        .section(occurred())
}

fn command(reason: &str) -> Value {
    json!({ "type": "close-case", "reason": reason, "note": "-" })
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
    let Some(review) = &scene.state().review else {
        return About::default();
    };
    let yes_no = |yes: bool| scene.t(if yes { "act-yes" } else { "act-no" });
    About {
        rows: vec![
            scene.row("review-risk-short", yes_no(review.no_longer_at_risk)),
            scene.row("review-stable-short", yes_no(review.stable)),
        ],
        table: None,
    }
}
