//! `assign-investigator`: the investigating body assigns an investigator and tells the procuracy (Circular
//! 43/2021, arts 8, 13).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::criminal::criminal_about;
use super::yes_no::{as_booleans, yes_no};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "assign-investigator",
    &["assign-investigator"],
    form,
    |_| json!({ "type": "assign-investigator", "investigator": "-", "procuracy_informed": true }),
)
.basis("TT 43/2021/TT-BCA Điều 8, Điều 13")
.finish(|_, command| {
    as_booleans(command, &["trained", "procuracy_informed"]);
    Vec::new()
})
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("assign-investigator", "act-assign-investigator-send")
        .section(
            Section::new("investigator", "act-what")
                .field(Field::text("investigator", "investigator-name"))
                .field(
                    yes_no("trained", "investigator-trained")
                        .hint("investigator-trained-hint")
                        .unknown(),
                )
                .field(
                    yes_no("procuracy_informed", "procuracy-informed")
                        .hint("procuracy-informed-hint"),
                ),
        )
        .section(occurred())
}
