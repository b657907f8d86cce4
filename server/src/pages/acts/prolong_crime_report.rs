//! `prolong-crime-report`: the handling of a report of crime takes longer (Criminal Procedure Code,
//! art. 147).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("prolong-crime-report", &[], form, |scene| {
    json!({
        "type": "prolong-crime-report", "ground": "complex",
        "until": scene.today() + chrono::Duration::days(1),
    })
})
.basis("BLTTHS 2015 Điều 147")
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("prolong-crime-report", "act-prolong-crime-report-send")
        .section(
            Section::new("prolong", "act-what")
                .intro("prolong-intro")
                .field(Field::radios(
                    "ground",
                    "prolong-ground",
                    choices::prolong_grounds(),
                ))
                .field(Field::date("until", "prolong-until").hint("prolong-until-hint"))
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
