//! `withdraw-referral`: who referred takes a referral back (Decree 56/2017, art. 29.1.b).

use domain::case::ReferralStatus;
use serde_json::json;

use super::act::{Act, occurred, referral_about, referral_field, referral_trial, referral_values};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[ReferralStatus] = &[ReferralStatus::Offered, ReferralStatus::Accepted];

pub(super) const ACT: Act = Act::new(
    "withdraw-referral",
    &[],
    |scene| {
        Form::new("withdraw-referral", "act-withdraw-referral-send")
            .section(
                Section::new("answer", "referral-section")
                    .field(referral_field(scene, POSSIBLE))
                    .field(
                        Field::long_text("reason", "withdraw-referral-reason")
                            .hint("withdraw-referral-reason-hint"),
                    ),
            )
            .section(occurred())
    },
    |scene| {
        let mut trial = referral_trial(scene, "withdraw-referral", POSSIBLE);
        trial["reason"] = json!("-");
        trial
    },
)
.basis("NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b")
.fresh(referral_values)
.about(referral_about);
