//! `request-court-order`: the court is asked (Law on Children, art. 52.3).

use serde_json::json;

use super::act::{Act, occurred, own_words};
use super::unit_choice::{chosen_unit, other_unit, unit_choice};
use super::{choices, separation_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "request-court-order",
    &["separation-end"],
    |scene| {
        Form::new("request-court-order", "act-request-court-order-send")
            .section(
                Section::new("court", "court-section")
                    .field(Field::radios(
                        "request",
                        "court-request",
                        choices::court_requests(),
                    ))
                    .field(
                        Field::text("other_request", "court-other-request").only_when("when-other"),
                    )
                    .field(
                        unit_choice(scene, "to_unit", "court-unit")
                            .hint("court-unit-hint")
                            .optional(),
                    )
                    .field(other_unit())
                    .field(Field::long_text("note", "court-request-note").optional()),
            )
            .section(occurred())
    },
    |_| json!({ "type": "request-court-order", "request": "continue-separation" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 3")
.finish(|_, command| {
    let mut faults = own_words(command, "request", "other_request");
    faults.extend(chosen_unit(command, "to_unit"));
    faults
})
.about(separation_about);
