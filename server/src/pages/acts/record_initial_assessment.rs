//! `record-initial-assessment`: form 02, two tables of two rows that run in opposite directions and
//! are never added; the conclusion is the officer's (Decree 56/2017, art. 26.2).

use serde_json::json;

use super::act::{Act, occurred};
use super::report_about;
use super::yes_no::{answer, as_answers};
use crate::pages::form::{Field, Form, Indicator, Section};

pub(super) const ACT: Act = Act::new(
    "record-initial-assessment",
    &["initial-assessment"],
    |_| form(),
    |_| {
        let row = json!({ "level": "low" });
        json!({
            "type": "record-initial-assessment", "harm": [row, row], "protection": [row, row],
            "grave": false, "carer_is_harmer": false, "conclusion": "-",
        })
    },
)
.rests_on(&["hours-from-earliest-receipt", "contradictions-are-asked"])
.finish(|_, command| {
    as_answers(command, &["grave", "carer_is_harmer", "separation_needed"]);
    Vec::new()
})
.about(report_about);

fn form() -> Form {
    let harm = [
        Indicator::new(
            "initial-harm-1",
            [
                "initial-harm-1-high",
                "initial-harm-1-medium",
                "initial-harm-1-low",
            ],
        ),
        Indicator::new(
            "initial-harm-2",
            [
                "initial-harm-2-high",
                "initial-harm-2-medium",
                "initial-harm-2-low",
            ],
        ),
    ];
    let protection = [
        Indicator::new(
            "initial-protection-1",
            [
                "initial-protection-1-high",
                "initial-protection-1-medium",
                "initial-protection-1-low",
            ],
        ),
        Indicator::new(
            "initial-protection-2",
            [
                "initial-protection-2-high",
                "initial-protection-2-medium",
                "initial-protection-2-low",
            ],
        ),
    ];
    Form::new("record-initial-assessment", "form-send")
        .section(
            Section::new("harm", "assess-harm-section").field(Field::levels(
                "harm",
                "initial-harm",
                "assess-harm-direction",
                harm,
            )),
        )
        .section(
            Section::new("protection", "assess-protection-section").field(Field::levels(
                "protection",
                "initial-protection",
                "assess-protection-direction",
                protection,
            )),
        )
        .section(
            Section::new("conclusion", "assess-conclusion-section")
                .intro("assess-conclusion-intro")
                .field(Field::long_text("conclusion", "initial-conclusion"))
                .field(answer("grave", "initial-grave").hint("initial-grave-hint"))
                .field(answer("carer_is_harmer", "initial-carer").hint("initial-carer-hint"))
                .field(
                    answer("separation_needed", "initial-separation")
                        .hint("initial-separation-hint"),
                )
                .field(
                    Field::long_text("contradiction_reason", "contradiction-reason")
                        .hint("contradiction-reason-initial-hint")
                        .only_when("when-contradicted"),
                ),
        )
        .section(
            Section::new("safety", "initial-safety-section")
                .field(
                    Field::long_text("safe_place", "initial-safe-place")
                        .hint("initial-safe-place-hint")
                        .optional(),
                )
                .field(
                    Field::long_text("medical_care", "initial-medical-care")
                        .hint("initial-medical-care-hint")
                        .optional(),
                ),
        )
        .section(occurred())
}
