//! `record-verification`: whether the report is founded (Decree 56/2017, art. 25.2).

use serde_json::json;

use super::act::{Act, occurred};
use super::{choices, report_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "record-verification",
    &["verify-report"],
    |_| {
        Form::new("record-verification", "form-send")
            .section(
                Section::new("verification", "verify-section")
                    .field(Field::radios(
                        "outcome",
                        "verify-outcome",
                        choices::outcomes(),
                    ))
                    .field(
                        Field::long_text("findings", "verify-findings")
                            .hint("verify-findings-hint"),
                    ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "record-verification", "outcome": "unclear", "findings": "-" }),
)
.about(report_about);
