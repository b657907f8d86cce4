//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use domain::case::ItemState;

use super::act::{Act, item_about, item_field, item_trial, item_values, occurred};
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
                    ),
            )
            .section(occurred())
    },
    |scene| item_trial(scene, "start-service", POSSIBLE),
)
.fresh(item_values)
.about(item_about);
