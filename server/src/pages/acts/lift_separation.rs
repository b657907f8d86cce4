//! `lift-separation`: the child returns (Decree 56/2017, art. 32.3).

use serde_json::json;

use super::about::of_report;
use super::act::{Act, occurred, own_words};
use super::{choices, separation_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "lift-separation",
    &["separation-end"],
    |_| {
        Form::new("lift-separation", "act-lift-separation-send")
            .section(
                Section::new("lifting", "lift-section")
                    .field(Field::hidden("report"))
                    .field(
                        Field::text("decision_number", "decision-number")
                            .hint("decision-number-later")
                            .max(80)
                            .optional(),
                    )
                    .field(Field::radios(
                        "placement",
                        "lift-placement",
                        choices::places_after(),
                    ))
                    .field(
                        Field::text("other_placement", "separation-other-placement")
                            .hint("own-words-hint")
                            .only_when("when-other"),
                    )
                    .field(
                        Field::long_text("reason", "lift-reason")
                            .hint("lift-reason-hint")
                            .only_when("when-not-assessed"),
                    ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "lift-separation", "placement": "relatives", "reason": "-" }),
)
.fresh(of_report)
.finish(|_, command| own_words(command, "placement", "other_placement"))
.about(separation_about);
