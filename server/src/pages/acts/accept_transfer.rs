//! `accept-transfer`: the commune that was asked takes the case (Law on Children, art. 52.2).

use serde_json::json;

use super::act::{Act, occurred};
use super::transfer::offer_about;
use crate::pages::form::Form;

pub(super) const ACT: Act = Act::new(
    "accept-transfer",
    &["transfer-response"],
    |_| Form::new("accept-transfer", "act-accept-transfer-send").section(occurred()),
    |_| json!({ "type": "accept-transfer" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26")
.about(offer_about)
.decides_on_it();
