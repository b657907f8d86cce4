//! What the commands of alternative care share.

use crate::case::care::{FacilityStay, Placement, PlacementStage};
use crate::case::decide::Case;
use crate::case::event::Event;
use crate::case::gate::Bar;
use crate::case::{About, CaseState, Rejection};
use crate::text::Code;
use crate::time::Instant;

pub(super) const VERIFY_BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 42 khoản 1; Luật Trẻ em 2016 Điều 63";
pub(super) const DECIDE_BASIS: &str =
    "NĐ 56/2017/NĐ-CP Điều 42 khoản 7; Luật Trẻ em 2016 Điều 63, Điều 66";
pub(super) const FOLLOW_BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 43 khoản 2";
pub(super) const END_BASIS: &str = "Luật Trẻ em 2016 Điều 69; NĐ 56/2017/NĐ-CP Điều 48";
pub(super) const FACILITY_BASIS: &str =
    "NĐ 56/2017/NĐ-CP Điều 42 khoản 4, Điều 45; NĐ 20/2021/NĐ-CP Điều 28 khoản 2";

/// Whether the case has a placement with this id.
pub(super) fn known(case: Option<Case<'_>>, id: &Code) -> bool {
    case.is_some_and(|case| case.state.care.placement(id).is_some())
}

/// The placements of the case.
pub(super) fn placements(case: Case<'_>) -> Vec<About<'_>> {
    let all = case.state.care.placements.iter();
    all.map(|placement| About::of(&placement.id)).collect()
}

/// The placement, if it stands at one of `stages`.
pub(super) fn at_stage<'a>(
    case: Case<'a>,
    id: Option<&Code>,
    stages: &[PlacementStage],
    basis: &'static str,
) -> Result<&'a Placement, Bar> {
    let Some(placement) = id.and_then(|id| case.state.care.placement(id)) else {
        return Err(Bar::NoPlace(unknown_placement()));
    };
    if stages.contains(&placement.stage) {
        return Ok(placement);
    }
    let (vi, en) = words(placement.stage);
    let refusal = Rejection::procedure(
        "placement-stage",
        format!("Việc chăm sóc thay thế này {vi}, nên chưa hoặc không còn ghi được việc này."),
        format!("This placement {en}, so this cannot be recorded now."),
        basis,
    );
    Err(match follows(placement.stage) {
        Some(next) if stages.contains(&next) => Bar::NotYet(refusal),
        _ => Bar::NoPlace(refusal),
    })
}

/// The stage to which the next step leads.
const fn follows(stage: PlacementStage) -> Option<PlacementStage> {
    match stage {
        PlacementStage::Proposed => Some(PlacementStage::Verified),
        PlacementStage::Verified => Some(PlacementStage::Decided),
        PlacementStage::Decided => Some(PlacementStage::Placed),
        PlacementStage::Placed | PlacementStage::NotEligible | PlacementStage::Ended => None,
    }
}

const fn words(stage: PlacementStage) -> (&'static str, &'static str) {
    match stage {
        PlacementStage::Proposed => ("đang chờ xác minh", "waits to be verified"),
        PlacementStage::NotEligible => (
            "không thực hiện vì người nhận không đủ điều kiện",
            "is not carried out because the carer does not meet the conditions",
        ),
        PlacementStage::Verified => ("đang chờ quyết định", "waits for the decision"),
        PlacementStage::Decided => ("đang chờ giao trẻ", "waits for the child to be handed over"),
        PlacementStage::Placed => ("đang được thực hiện", "is running"),
        PlacementStage::Ended => ("đã chấm dứt", "has ended"),
    }
}

/// What those are told who are not of the commune of the carer.
pub(super) fn not_the_carers_commune(basis: &'static str) -> Rejection {
    Rejection::forbidden(
        "not-the-carers-commune",
        "Việc này do Ủy ban nhân dân cấp xã nơi người nhận chăm sóc thay thế cư trú thực hiện.",
        "This is done by the commune where the carer lives.",
        basis,
    )
}

pub(super) fn placement_twice() -> Rejection {
    Rejection::field(
        "/placement_id",
        "placement-twice",
        "Vụ việc đã có việc chăm sóc thay thế mang mã này.",
        "The case has a placement with this id already.",
    )
}

/// The stay in a facility that is running.
pub(super) fn staying<'a>(case: Case<'a>) -> Result<&'a FacilityStay, Bar> {
    let stay = case.state.care.stay();
    stay.ok_or_else(|| Bar::NoPlace(not_in_a_facility()))
}

fn not_in_a_facility() -> Rejection {
    Rejection::procedure(
        "not-in-a-facility",
        "Trẻ không ở cơ sở trợ giúp xã hội nào.",
        "The child is not in the care of a facility.",
        FACILITY_BASIS,
    )
}

/// What those are told who have no seat because the child is in no facility.
pub(super) fn not_staying(state: &CaseState) -> Option<Rejection> {
    state.care.stay().is_none().then(not_in_a_facility)
}

/// What those are told who have no seat because there is no such placement.
pub(super) fn not_placed(state: &CaseState, id: Option<&Code>, basis: &'static str) -> Rejection {
    match id.and_then(|id| state.care.placement(id)) {
        None => unknown_placement(),
        Some(_) => not_the_carers_commune(basis),
    }
}

fn unknown_placement() -> Rejection {
    Rejection::field(
        "/placement_id",
        "unknown-placement",
        "Vụ việc không có việc chăm sóc thay thế này.",
        "The case has no such placement.",
    )
}

pub(super) fn done_already() -> Rejection {
    Rejection::procedure(
        "done-already",
        "Việc này đã được ghi. Nếu ghi nhầm, hãy đính chính.",
        "This was recorded already. If that was wrong, correct it.",
        FACILITY_BASIS,
    )
}

/// The last step of the placement.
pub(in crate::case) fn placement_step(state: &CaseState, event: &Event) -> Option<Instant> {
    Some(state.care.placement(event.key()?)?.by.at)
}

/// The last follow-up of the placement.
pub(in crate::case) fn follow_up(state: &CaseState, event: &Event) -> Option<Instant> {
    state.care.placement(event.key()?)?.followed_up_at
}

/// The admission to the facility.
pub(in crate::case) fn admission(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.care.stay()?.by.at)
}

/// The listing by the facility.
pub(in crate::case) fn listing(state: &CaseState, _: &Event) -> Option<Instant> {
    state.care.stay()?.listed_at
}
