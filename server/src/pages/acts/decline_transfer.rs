//! `decline-transfer`: the commune that was asked does not take the case and says why.

use serde_json::json;

use super::act::{Act, occurred};
use super::transfer::offer_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "decline-transfer",
    &["transfer-response"],
    |_| {
        Form::new("decline-transfer", "act-decline-transfer-send")
            .section(
                Section::new("answer", "act-what").field(
                    Field::long_text("reason", "decline-transfer-reason")
                        .hint("decline-transfer-reason-hint"),
                ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "decline-transfer", "reason": "-" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26")
.about(offer_about)
.decides_on_it();
