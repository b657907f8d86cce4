//! `return-plan`: the plan goes back to be improved (Decree 56/2017, art. 28).

use serde_json::json;

use super::act::{Act, occurred};
use super::plan;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "return-plan",
    &["approve-plan"],
    |_| {
        Form::new("return-plan", "act-return-plan-send")
            .section(
                Section::new("return", "return-section")
                    .field(Field::long_text("reason", "return-reason").hint("return-reason-hint")),
            )
            .section(occurred())
    },
    |_| json!({ "type": "return-plan", "reason": "-" }),
)
.about(plan::about);
