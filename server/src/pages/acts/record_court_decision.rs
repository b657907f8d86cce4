//! `record-court-decision`: what the court decided (Law on Children, art. 52.3).

use serde_json::json;

use super::act::{Act, occurred, own_words};
use super::{choices, separation_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "record-court-decision",
    &["court-order"],
    |_| {
        Form::new("record-court-decision", "form-send")
            .section(
                Section::new("court", "court-section")
                    .field(Field::radios(
                        "decision",
                        "court-decision",
                        choices::court_decisions(),
                    ))
                    .field(
                        Field::text("other_decision", "court-other-decision")
                            .only_when("when-other"),
                    )
                    .field(
                        Field::text("decision_number", "decision-number")
                            .max(80)
                            .optional(),
                    )
                    .field(
                        Field::date("until", "court-until")
                            .hint("court-until-hint")
                            .optional(),
                    )
                    .field(Field::long_text("note", "act-note").optional()),
            )
            .section(occurred())
    },
    |_| json!({ "type": "record-court-decision", "decision": "refused" }),
)
.finish(|_, command| own_words(command, "decision", "other_decision"))
.about(separation_about);
