//! `accept-referral`: the service takes the child on (Decree 56/2017, art. 29.1.b).

use domain::case::ReferralStatus;

use super::act::{Act, occurred, referral_about, referral_field, referral_trial, referral_values};
use super::yes_no::{as_booleans, danger_seen};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[ReferralStatus] = &[ReferralStatus::Offered];

pub(super) const ACT: Act = Act::new(
    "accept-referral",
    &["referral-response"],
    |scene| {
        Form::new("accept-referral", "act-accept-referral-send")
            .section(
                Section::new("answer", "referral-section")
                    .field(referral_field(scene, POSSIBLE))
                    .field(Field::long_text("reason", "accept-referral-reason").optional())
                    .field(danger_seen()),
            )
            .section(occurred())
    },
    |scene| referral_trial(scene, "accept-referral", POSSIBLE),
)
.rests_on(&["danger-hours-from-sight", "answers-written-down"])
.fresh(referral_values)
.finish(|_, command| {
    as_booleans(command, &["danger_now"]);
    Vec::new()
})
.about(referral_about);
