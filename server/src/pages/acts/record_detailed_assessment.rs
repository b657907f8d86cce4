//! `record-detailed-assessment`: form 03 with its eight heads of content and two tables of five rows
//! (Decree 56/2017, art. 27.1).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::initial_about;
use super::yes_no::{as_booleans, danger_now};
use crate::pages::form::{Caption, Field, Form, Section};

const HEADS: [(&str, &str, &str); 6] = [
    ("content.a", "detail-a", "detail-a-hint"),
    ("content.b", "detail-b", "detail-b-hint"),
    ("content.c", "detail-c", "detail-c-hint"),
    ("content.d", "detail-d", "detail-d-hint"),
    ("content.e", "detail-dd", "detail-dd-hint"),
    ("content.f", "detail-e", "detail-e-hint"),
];

pub(super) const ACT: Act = Act::new(
    "record-detailed-assessment",
    &["detailed-assessment"],
    form,
    |_| {
        let row = json!({ "level": "low" });
        let table = json!([row, row, row, row, row]);
        json!({
            "type": "record-detailed-assessment", "harm": table, "protection": table,
            "content": { "a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": "" },
            "conclusion": "-",
        })
    },
)
.rests_on(&["danger-hours-from-sight"])
.finish(|_, command| {
    as_booleans(command, &["danger_now"]);
    // The views stand under their letters, and once more where the contract has them.
    for (letter, views) in [("g", "child_views"), ("h", "carer_views")] {
        if let Some(said) = command["content"].get(letter).cloned() {
            command[views] = said;
        }
    }
    for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        if command["content"].get(letter).is_none() {
            command["content"][letter] = json!("");
        }
    }
    Vec::new()
})
.about(initial_about);

fn form(scene: &Scene<'_>) -> Form {
    let mut content =
        Section::new("content", "detail-content-section").intro("detail-content-intro");
    for (path, label, hint) in HEADS {
        content = content.field(Field::long_text(path, label).hint(hint).optional());
    }
    let mut views = Section::new("views", "detail-views-section").field(
        Field::long_text("content.g", "detail-g")
            .hint("detail-g-hint")
            .optional(),
    );
    views = if scene.state().carer_is_harmer() {
        views.intro("detail-no-carer")
    } else {
        views.field(
            Field::long_text("content.h", "detail-h")
                .hint("detail-h-hint")
                .optional(),
        )
    };
    let harm = [
        "detail-harm-1",
        "detail-harm-2",
        "detail-harm-3",
        "detail-harm-4",
        "detail-harm-5",
    ];
    let protection = [
        "detail-protection-1",
        "detail-protection-2",
        "detail-protection-3",
        "detail-protection-4",
        "detail-protection-5",
    ];
    Form::new("record-detailed-assessment", "form-send")
        .section(content)
        .section(views)
        .section(
            Section::new("harm", "assess-harm-section").field(Field::levels(
                "harm",
                "detail-harm",
                "assess-harm-direction",
                harm.map(Caption::Key),
            )),
        )
        .section(
            Section::new("protection", "assess-protection-section").field(Field::levels(
                "protection",
                "detail-protection",
                "assess-protection-direction",
                protection.map(Caption::Key),
            )),
        )
        .section(
            Section::new("conclusion", "assess-conclusion-section")
                .intro("assess-conclusion-intro")
                .field(
                    Field::long_text("conclusion", "detail-conclusion")
                        .hint("detail-conclusion-hint"),
                )
                .field(danger_now()),
        )
        .section(occurred())
}
