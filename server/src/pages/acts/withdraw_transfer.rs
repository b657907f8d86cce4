//! `withdraw-transfer`: the commune that offered the case takes the offer back.

use serde_json::json;

use super::act::{Act, occurred};
use super::transfer::offer_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "withdraw-transfer",
    &[],
    |_| {
        Form::new("withdraw-transfer", "act-withdraw-transfer-send")
            .section(
                Section::new("answer", "act-what").field(
                    Field::long_text("reason", "withdraw-transfer-reason")
                        .hint("withdraw-transfer-reason-hint"),
                ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "withdraw-transfer", "reason": "-" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26")
.about(offer_about);
