//! `apply-emergency-measure`: what was done at once to protect the child (Decree 56/2017, arts 26.3
//! and 31).

use domain::case::{Event, ReportState, effective};
use serde_json::json;
use uuid::Uuid;

use super::about::rows_of;
use super::act::{About, Act, Scene, join_words};
use super::{choices, report_about};
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
.fresh(|scene| {
    named(scene)
        .map(|report| ("report", report.event_id.to_string()))
        .into_iter()
        .collect()
})
.rests_on(&["measures-from-anyone"])
.finish(|_, command| {
    join_words(command, "measures", "other_measures");
    join_words(command, "agencies", "other_agencies");
    if command.get("measures").is_none() {
        command["measures"] = json!([]);
    }
    Vec::new()
})
.about(about);

/// The report that the address names and that waits for its answer: the measure is for its child.
fn named<'a>(scene: &'a Scene<'_>) -> Option<&'a ReportState> {
    let id = Uuid::parse_str(scene.item?).ok()?;
    let mut waiting = scene.state().waiting();
    waiting.find(|report| report.event_id == id)
}

fn about(scene: &Scene<'_>) -> About {
    let Some(named) = named(scene) else {
        return report_about(scene);
    };
    let known = effective(&scene.file.history);
    let report = known.iter().find_map(|event| match &event.event {
        Event::ReportReceived(report) if event.event_id == named.event_id => Some(report),
        _ => None,
    });
    About::of(report.map_or_else(Vec::new, |report| rows_of(scene, report)))
}
