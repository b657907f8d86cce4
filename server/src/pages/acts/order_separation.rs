//! `order-separation`: the chair separates the child from parents or carers for a time (form 07;
//! Decree 56/2017, art. 32).

use serde_json::json;

use super::about::{named_about, of_report};
use super::act::{Act, occurred};
use super::choices;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "order-separation",
    &["temporary-separation", "emergency-measure"],
    |_| {
        Form::new("order-separation", "act-order-separation-send")
            .section(
                Section::new("separation", "separation-section")
                    .intro("separation-intro")
                    .field(Field::hidden("report"))
                    .field(Field::radios(
                        "ground",
                        "separation-ground",
                        choices::separation_grounds(),
                    ))
                    .field(
                        Field::text("decision_number", "decision-number")
                            .hint("decision-number-later")
                            .max(80)
                            .optional(),
                    )
                    .field(Field::date("from", "separation-from"))
                    .field(
                        Field::date("until", "separation-through").hint("separation-until-hint"),
                    ),
            )
            .section(
                Section::new("placement", "separation-placement-section")
                    .field(Field::radios(
                        "placement",
                        "separation-placement",
                        choices::placements(),
                    ))
                    .field(
                        Field::text("address", "separation-address")
                            .hint("separation-address-hint")
                            .optional(),
                    )
                    .field(Field::long_text("note", "act-note").optional()),
            )
            .section(occurred())
    },
    |scene| {
        let today = scene.today();
        json!({
            "type": "order-separation", "ground": "harmed-by-carer", "from": today, "until": today,
            "placement": "relatives",
        })
    },
)
.fresh(of_report)
.rests_on(&[
    "separation-days-from-decision",
    "new-count-needs-new-incident",
])
.about(named_about);
