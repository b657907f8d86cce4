//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use domain::case::ItemState;

use super::act::{Act, item_about, item_field, item_trial, item_values, occurred};
use super::yes_no::{as_booleans, danger_seen};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[ItemState] = &[ItemState::Planned];

pub(super) const ACT: Act = Act::new(
    "start-service",
    &["carry-out"],
    |scene| {
        Form::new("start-service", "form-send")
            .section(
                Section::new("service", "service-section")
                    .field(item_field(scene, POSSIBLE))
                    .field(
                        Field::long_text("note", "service-note")
                            .hint("service-note-hint")
                            .optional(),
                    )
                    .field(danger_seen()),
            )
            .section(occurred())
    },
    |scene| item_trial(scene, "start-service", POSSIBLE),
)
.rests_on(&["danger-hours-from-sight"])
.fresh(item_values)
.finish(|_, command| {
    as_booleans(command, &["danger_now"]);
    Vec::new()
})
.about(item_about);
