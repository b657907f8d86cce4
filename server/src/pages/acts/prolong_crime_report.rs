//! `prolong-crime-report`: the handling of a report of crime takes longer (Criminal Procedure Code,
//! art. 147).

use serde_json::json;

use domain::identity::Role;

use super::act::{Act, Scene, occurred};
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("prolong-crime-report", &[], form, |scene| {
    json!({
        "type": "prolong-crime-report", "ground": ground(scene),
        "until": scene.today() + chrono::Duration::days(1),
    })
})
.basis("BLTTHS 2015 Điều 147")
.fresh(|scene| [("ground", ground(scene))].into_iter().collect())
.about(criminal_about);

/// The investigating body prolongs where it is complex; the procuracy extends once more.
fn ground(scene: &Scene<'_>) -> &'static str {
    if scene.officer.role == Role::Prosecutor {
        "procuracy-extension"
    } else {
        "complex"
    }
}

fn form(_: &Scene<'_>) -> Form {
    Form::new("prolong-crime-report", "act-prolong-crime-report-send")
        .section(
            Section::new("prolong", "act-what")
                .intro("prolong-intro")
                .field(Field::hidden("ground"))
                .field(Field::date("until", "prolong-until").hint("prolong-until-hint"))
                .field(
                    Field::text("decision_number", "decision-number")
                        .hint("decision-number-later")
                        .max(80)
                        .optional(),
                )
                .field(
                    Field::date("asked_on", "prolong-asked-on")
                        .hint("prolong-asked-on-hint")
                        .optional(),
                )
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
