//! What the commands of this chapter share.

pub(super) mod items;
pub(super) mod referrals;

use crate::case::ReferralState;
use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The start of the item of the plan.
pub(in crate::case) fn item_start(state: &CaseState, event: &Event) -> Option<Instant> {
    let plan = state.plan_in_force()?;
    let mut items = plan.items.iter();
    items
        .find(|item| Some(&item.facts.id) == event.key())?
        .started_at
}

/// The end of the last item of the plan.
pub(in crate::case) fn last_item(state: &CaseState, _: &Event) -> Option<Instant> {
    let items = state.plan_in_force().into_iter().flat_map(|p| &p.items);
    items
        .filter(|item| item.ended())
        .map(|item| item.since)
        .max()
}

/// The referral.
pub(in crate::case) fn referral(state: &CaseState, event: &Event) -> Option<Instant> {
    Some(asked(state, event)?.by.at)
}

/// The acceptance of the referral.
pub(in crate::case) fn referral_acceptance(state: &CaseState, event: &Event) -> Option<Instant> {
    asked(state, event)?.accepted_at
}

/// The referral that the event is about.
fn asked<'a>(state: &'a CaseState, event: &Event) -> Option<&'a ReferralState> {
    let mut referrals = state.referrals.iter();
    referrals.find(|referral| Some(&referral.id) == event.key())
}
