//! `apply-emergency-measure`: what was done at once to protect the child (Decree 56/2017, arts 26.3
//! and 31).

use serde_json::json;

use super::about::{named_about, of_report};
use super::act::{Act, join_words};
use super::choices;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "apply-emergency-measure",
    &["emergency-measure"],
    |_| {
        Form::new("apply-emergency-measure", "form-send").section(
            Section::new("measure", "emergency-section")
                .field(Field::hidden("report"))
                .field(Field::instant("applied_at", "emergency-applied-at"))
                .field(
                    Field::checkboxes(
                        "measures",
                        "emergency-measures",
                        choices::emergency_measures(),
                    )
                    .only_when("when-one-of-two"),
                )
                .field(
                    Field::lines("other_measures", "emergency-other-measures")
                        .hint("one-a-line")
                        .only_when("when-one-of-two"),
                )
                .field(
                    Field::checkboxes("agencies", "emergency-agencies", choices::agencies())
                        .optional(),
                )
                .field(
                    Field::lines("other_agencies", "emergency-other-agencies")
                        .hint("one-a-line")
                        .optional(),
                )
                .field(
                    Field::other_instant("first_information_at", "emergency-first-information")
                        .hint("emergency-first-information-hint")
                        .only_when("when-before-the-report"),
                )
                .field(Field::long_text("note", "emergency-note").optional()),
        )
    },
    |scene| {
        json!({
            "type": "apply-emergency-measure", "measures": ["safe-place"], "agencies": [],
            "applied_at": scene.now(),
        })
    },
)
.fresh(of_report)
.rests_on(&["measures-from-anyone"])
.finish(|_, command| {
    join_words(command, "measures", "other_measures");
    join_words(command, "agencies", "other_agencies");
    if command.get("measures").is_none() {
        command["measures"] = json!([]);
    }
    Vec::new()
})
.about(named_about);
