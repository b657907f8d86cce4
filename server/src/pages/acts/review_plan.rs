//! `review-plan`: form 06, two tables of three rows and the two conditions of closing as the officer
//! sees them (Decree 56/2017, art. 30.1).

use serde_json::json;

use super::act::{Act, occurred};
use super::plan;
use crate::pages::form::{Caption, Choice, Field, Form, Indicator, Section};

pub(super) const ACT: Act = Act::new(
    "review-plan",
    &["review-plan"],
    |_| form(),
    |_| {
        let row = json!({ "level": "low" });
        let table = json!([row, row, row]);
        json!({
            "type": "review-plan", "harm": table, "protection": table,
            "no_longer_at_risk": false, "stable": false, "conclusion": "-",
        })
    },
)
.rests_on(&["contradictions-are-asked"])
.finish(|_, command| {
    for condition in ["no_longer_at_risk", "stable"] {
        command[condition] = json!(command[condition] == "yes");
    }
    Vec::new()
})
.about(plan::about_in_force);

fn form() -> Form {
    let harm = [
        Indicator::new(
            "review-harm-1",
            [
                "review-harm-1-high",
                "review-harm-1-medium",
                "review-harm-1-low",
            ],
        ),
        Indicator::new(
            "review-harm-2",
            [
                "review-harm-2-high",
                "review-harm-2-medium",
                "review-harm-2-low",
            ],
        ),
        Indicator::new(
            "review-harm-3",
            [
                "review-harm-3-high",
                "review-harm-3-medium",
                "review-harm-3-low",
            ],
        ),
    ];
    let protection = [
        "review-protection-1",
        "review-protection-2",
        "review-protection-3",
    ];
    let yes_no = |yes, no| [Choice::new("yes", yes), Choice::new("no", no)];
    Form::new("review-plan", "form-send")
        .section(
            Section::new("harm", "assess-harm-section").field(Field::levels(
                "harm",
                "review-harm",
                "assess-harm-direction",
                harm,
            )),
        )
        .section(
            Section::new("protection", "assess-protection-section").field(Field::levels(
                "protection",
                "review-protection",
                "assess-protection-direction",
                protection.map(Caption::Key),
            )),
        )
        .section(
            Section::new("conclusion", "assess-conclusion-section")
                .intro("review-conclusion-intro")
                .field(Field::radios(
                    "no_longer_at_risk",
                    "review-risk",
                    yes_no("review-risk-yes", "review-risk-no"),
                ))
                .field(Field::radios(
                    "stable",
                    "review-stable",
                    yes_no("review-stable-yes", "review-stable-no"),
                ))
                .field(
                    Field::long_text("conclusion", "review-conclusion")
                        .hint("review-conclusion-hint"),
                )
                .field(
                    Field::long_text("contradiction_reason", "contradiction-reason")
                        .hint("contradiction-reason-review-hint")
                        .only_when("when-contradicted"),
                ),
        )
        .section(occurred())
}
