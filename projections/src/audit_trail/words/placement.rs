//! Sentences about alternative care.

use domain::case::events::placement::{
    AdmittedFacts, AppraisedFacts, CarerKind, DecidedFacts, EndGround, EndedFacts,
    FacilityEndedFacts, FacilityLevel, FollowedUpFacts, HandedOverFacts, ProposedFacts,
    VerifiedFacts,
};
use domain::language::Sentence;

use crate::audit_trail::phrases::{On, both, by_decision, many, pair, unit};

const fn kind(kind: CarerKind) -> (&'static str, &'static str) {
    match kind {
        CarerKind::Relatives => ("người thân thích", "relatives"),
        CarerKind::NonRelatives => (
            "gia đình không phải người thân thích",
            "a family that is not related",
        ),
    }
}

pub(super) fn proposed(facts: &ProposedFacts, on: On<'_>) -> Sentence {
    let (vi, en) = kind(facts.carer_kind);
    let (id, unit) = (&facts.placement_id, unit(&facts.carer_unit, on));
    pair(
        format!("Đã đề nghị giao trẻ cho {vi} tại {unit} chăm sóc thay thế ({id})"),
        format!("Proposed that {en} in {unit} care for the child ({id})"),
    )
}

pub(super) fn verified(facts: &VerifiedFacts) -> Sentence {
    let id = &facts.placement_id;
    if facts.eligible {
        pair(
            format!("Đã xác minh: người nhận chăm sóc đủ điều kiện ({id})"),
            format!("Verified: the carer meets the conditions ({id})"),
        )
    } else {
        pair(
            format!("Đã xác minh: người nhận chăm sóc không đủ điều kiện ({id})"),
            format!("Verified: the carer does not meet the conditions ({id})"),
        )
    }
}

pub(super) fn decided(facts: &DecidedFacts, on: On<'_>) -> Sentence {
    let (vi, en) = kind(facts.carer_kind);
    let (id, unit) = (&facts.placement_id, unit(&facts.carer_unit, on));
    let (what, by) = match &facts.decision_number {
        Some(number) => (
            format!(", quyết định số {number}"),
            format!(" by decision {number}"),
        ),
        None => (String::new(), String::new()),
    };
    pair(
        format!("Đã quyết định giao trẻ cho {vi} tại {unit} chăm sóc thay thế ({id}){what}"),
        format!("Decided{by} that {en} in {unit} care for the child ({id})"),
    )
}

pub(super) fn handed_over(facts: &HandedOverFacts) -> Sentence {
    let id = &facts.placement_id;
    let (vi, en) = match facts.contacts {
        Some(times) => (
            format!(", trước đó đã gặp gỡ, làm quen {times} lần"),
            format!(", after {}", many(times as usize, "contact")),
        ),
        None => (String::new(), String::new()),
    };
    pair(
        format!("Đã giao trẻ cho người nhận chăm sóc ({id}){vi}"),
        format!("Handed the child over to the carer ({id}){en}"),
    )
}

pub(super) fn followed_up(facts: &FollowedUpFacts) -> Sentence {
    let id = &facts.placement_id;
    let (seen_vi, seen_en) = if facts.child_seen {
        ("có gặp trẻ", "saw the child")
    } else {
        ("không gặp được trẻ", "the child was not seen")
    };
    let (harm_vi, harm_en) = if facts.carer_harms {
        (
            ", phát hiện người nhận chăm sóc xâm hại trẻ",
            "; the carer harms the child",
        )
    } else {
        ("", "")
    };
    pair(
        format!("Đã theo dõi việc chăm sóc thay thế ({id}), {seen_vi}{harm_vi}"),
        format!("Followed up the placement ({id}): {seen_en}{harm_en}"),
    )
}

pub(super) fn ended(facts: &EndedFacts) -> Sentence {
    let (vi, en) = match facts.ground {
        EndGround::CarerNotEligible => (
            "người nhận chăm sóc không còn đủ điều kiện",
            "the carer no longer meets the conditions",
        ),
        EndGround::CarerHarmed => (
            "người nhận chăm sóc xâm hại trẻ",
            "the carer harmed the child",
        ),
        EndGround::CarerAsks => ("người nhận chăm sóc đề nghị", "the carer asks for it"),
        EndGround::ChildHarmsHousehold => (
            "trẻ xâm hại nghiêm trọng người trong gia đình",
            "the child seriously harms the household",
        ),
        EndGround::ReturnedToFamily => (
            "trẻ trở về với gia đình an toàn",
            "the child returns to a safe family",
        ),
        EndGround::ChildWishes => ("trẻ có nguyện vọng", "the child wishes it"),
        EndGround::Reached16 => ("trẻ đã đủ 16 tuổi", "the child has reached 16"),
        EndGround::Other => ("lý do khác", "another reason"),
    };
    let id = &facts.placement_id;
    by_decision(
        format!("Đã chấm dứt việc chăm sóc thay thế ({id}): {vi}"),
        format!("Ended the placement ({id}): {en}"),
        facts.decision_number.as_ref(),
    )
}

pub(super) fn admitted(facts: &AdmittedFacts, on: On<'_>) -> Sentence {
    let unit = unit(&facts.unit, on);
    let (vi, en) = match facts.level {
        FacilityLevel::Provincial => ("cấp tỉnh", "provincial facility"),
        FacilityLevel::Commune => ("không thuộc cấp tỉnh", "facility that is not provincial"),
    };
    pair(
        format!("Cơ sở trợ giúp xã hội {vi} tại {unit} đã tiếp nhận trẻ"),
        format!("A {en} in {unit} took the child in"),
    )
}

pub(super) fn papers() -> Sentence {
    both(
        "Đã hoàn thiện hồ sơ tiếp nhận trẻ vào cơ sở",
        "The papers of the admission are complete",
    )
}

pub(super) fn listed() -> Sentence {
    both(
        "Cơ sở đã đưa trẻ vào danh sách đề nghị chăm sóc thay thế tại gia đình",
        "The facility listed the child for placement with a family",
    )
}

pub(super) fn appraised(facts: &AppraisedFacts, on: On<'_>) -> Sentence {
    if !facts.eligible {
        return both(
            "Đã thẩm định danh sách: chưa đủ điều kiện giao trẻ cho gia đình",
            "Appraised the list: the child cannot be placed with a family yet",
        );
    }
    match &facts.carer_unit {
        Some(carer) => {
            let unit = unit(carer, on);
            pair(
                format!("Đã thẩm định danh sách: đủ điều kiện, hồ sơ gửi đến {unit}"),
                format!("Appraised the list: the child can be placed; the file goes to {unit}"),
            )
        }
        None => both(
            "Đã thẩm định danh sách: đủ điều kiện giao trẻ cho gia đình",
            "Appraised the list: the child can be placed with a family",
        ),
    }
}

pub(super) fn facility_ended(facts: &FacilityEndedFacts) -> Sentence {
    by_decision(
        "Đã chấm dứt việc chăm sóc trẻ tại cơ sở".to_owned(),
        "Ended the care in the facility".to_owned(),
        facts.decision_number.as_ref(),
    )
}
