//! What the four commands on an item of a plan share.

use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::service::{ServiceFacts, ServicePersonal};
use crate::case::{ItemState, Rejection};
use crate::text::{Code, Note};

/// The payload of an act on an item, if a plan is in force, has the item, and the item stands
/// where the act is possible.
pub(super) fn act_on(
    case: Option<Case<'_>>,
    item_id: &Code,
    danger_now: Option<bool>,
    note: &Note,
    possible: &[ItemState],
) -> Result<Split<ServiceFacts, ServicePersonal>, Rejection> {
    let Some(plan) = case.and_then(|case| case.state.plan_in_force()) else {
        return Err(Rejection::procedure(
            "no-plan-in-force",
            "Chưa có kế hoạch nào được phê duyệt để thực hiện.",
            "No approved plan is in force that could be carried out.",
            "NĐ 56/2017/NĐ-CP Điều 29",
        ));
    };
    let Some(item) = plan.items.iter().find(|item| item.facts.id == *item_id) else {
        return Err(Rejection::field(
            "/item_id",
            "unknown-item",
            "Kế hoạch không có việc này.",
            "The plan has no such item.",
        ));
    };
    if !possible.contains(&item.state) {
        return Err(Rejection::procedure(
            "item-not-in-that-state",
            "Việc này đã bắt đầu hoặc đã kết thúc. Hãy xem lại trạng thái trong kế hoạch.",
            "This item was begun or ended already. Look at its state in the plan.",
            "NĐ 56/2017/NĐ-CP Điều 29",
        ));
    }
    Ok(Split {
        facts: ServiceFacts {
            item_id: item_id.clone(),
            danger_now,
        },
        personal: (!note.is_empty()).then(|| ServicePersonal { note: note.clone() }),
    })
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    const ACTS: [&str; 4] = [
        "start-service",
        "record-service-progress",
        "complete-service",
        "fail-service",
    ];

    #[test]
    fn an_act_is_on_an_item_of_the_plan_in_force_that_has_not_ended() {
        for kind in ACTS {
            submitted()
                .when("03-16 09:00", OFFICER, service(kind, "p1"))
                .then_refused("no-plan-in-force");
            approved()
                .when("03-16 09:00", OFFICER, service(kind, "p9"))
                .then_refused_at("unknown-item", "/item_id");
            carried_out()
                .when("03-28 10:00", OFFICER, service(kind, "p1"))
                .then_refused("item-not-in-that-state");
            approved()
                .when("03-16 09:00", CLERK, service(kind, "p1"))
                .then_refused("role-may-not");
        }
    }
}
