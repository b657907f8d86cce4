//! `approve-plan`: the decision of the chair on the plan (form 05; Decree 56/2017, art. 28.4).

use serde_json::json;

use super::act::{Act, occurred};
use super::plan;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "approve-plan",
    &["approve-plan"],
    |_| {
        Form::new("approve-plan", "act-approve-plan-send")
            .section(
                Section::new("decision", "plan-decision-section").field(
                    Field::text("decision_number", "decision-number")
                        .hint("decision-number-hint")
                        .max(80),
                ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "approve-plan", "decision_number": "-" }),
)
.about(plan::about);
