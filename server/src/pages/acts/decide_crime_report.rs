//! `decide-crime-report`: the investigating body decides on a report of crime (Criminal Procedure Code,
//! art. 147).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "decide-crime-report",
    &["decide-crime-report"],
    form,
    |_| json!({ "type": "decide-crime-report", "decision": "prosecute" }),
)
.basis("BLTTHS 2015 Điều 147")
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("decide-crime-report", "act-decide-crime-report-send")
        .section(
            Section::new("decision", "act-what")
                .field(Field::radios(
                    "decision",
                    "crime-decision",
                    choices::crime_decisions(),
                ))
                .field(
                    Field::text("decision_number", "decision-number")
                        .hint("decision-number-later")
                        .max(80)
                        .optional(),
                )
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
