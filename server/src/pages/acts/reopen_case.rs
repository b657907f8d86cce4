//! `reopen-case`: a closed case is taken up again.

use serde_json::json;

use super::act::{Act, occurred};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "reopen-case",
    &[],
    |_| {
        Form::new("reopen-case", "act-reopen-case-send")
            .section(
                Section::new("reopen", "reopen-section")
                    .intro("reopen-intro")
                    .field(Field::long_text("reason", "reopen-reason").hint("reopen-reason-hint")),
            )
            .section(occurred())
    },
    |_| json!({ "type": "reopen-case", "reason": "trial" }),
)
.rests_on(&["reopening-counts-as-receipt"]);
