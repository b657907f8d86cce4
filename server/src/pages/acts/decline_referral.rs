//! `decline-referral`: the service declines (Decree 56/2017, art. 29.1.b).

use domain::case::ReferralStatus;

use super::act::{Act, occurred, referral_about, referral_field, referral_trial, referral_values};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[ReferralStatus] = &[ReferralStatus::Offered];

pub(super) const ACT: Act = Act::new(
    "decline-referral",
    &["referral-response"],
    |scene| {
        Form::new("decline-referral", "act-decline-referral-send")
            .section(
                Section::new("answer", "referral-section")
                    .field(referral_field(scene, POSSIBLE))
                    .field(Field::long_text("reason", "decline-referral-reason")),
            )
            .section(occurred())
    },
    |scene| referral_trial(scene, "decline-referral", POSSIBLE),
)
.fresh(referral_values)
.about(referral_about);
