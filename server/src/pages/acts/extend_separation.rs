//! `extend-separation`: at most 15 days in total, unless a competent authority requires more (Decree
//! 56/2017, art. 32.3).

use serde_json::{Value, json};

use super::about::{of_report, separation};
use super::act::{Act, occurred};
use super::separation_about;
use crate::language::Sentence;
use crate::pages::form::{Fault, Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "extend-separation",
    &["separation-end"],
    |_| {
        Form::new("extend-separation", "act-extend-separation-send")
            .section(
                Section::new("extension", "separation-section")
                    .intro("extension-intro")
                    .field(Field::hidden("report"))
                    .field(Field::date("until", "extension-until"))
                    .field(
                        Field::text("decision_number", "decision-number")
                            .hint("decision-number-later")
                            .max(80)
                            .optional(),
                    )
                    .field(Field::long_text("reason", "extension-reason").optional()),
            )
            .section(
                Section::new("requirement", "extension-required-section")
                    .intro("extension-required-intro")
                    .collapsed()
                    .field(
                        Field::text("required_by.authority", "extension-authority")
                            .only_when("when-both"),
                    )
                    .field(
                        Field::text("required_by.document", "extension-document")
                            .only_when("when-both"),
                    ),
            )
            .section(occurred())
    },
    |scene| {
        let until = separation(scene).map(|separation| separation.until);
        let next = until.and_then(|until| until.date().succ_opt());
        json!({ "type": "extend-separation", "until": next.unwrap_or(scene.today()) })
    },
)
.fresh(of_report)
.rests_on(&["separation-days-from-decision"])
.finish(|_, command| both(command))
.about(separation_about);

/// Who requires it and by which document belong together.
fn both(command: &Value) -> Vec<Fault> {
    let Some(requirement) = command.get("required_by") else {
        return Vec::new();
    };
    ["authority", "document"]
        .into_iter()
        .filter(|name| requirement.get(*name).is_none())
        .map(|name| {
            let pointer = format!("/required_by/{name}");
            Fault::new(pointer, "missing", Sentence::key("fault-missing"))
        })
        .collect()
}
