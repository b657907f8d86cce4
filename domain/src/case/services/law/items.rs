//! What the four commands on an item of a plan share.

use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::service::{ServiceFacts, ServicePersonal};
use crate::case::gate::Bar;
use crate::case::{About, ItemState, Rejection};
use crate::text::{Code, Note};

/// The items of the plan in force.
pub(in crate::case::services) fn items(case: Case<'_>) -> Vec<About<'_>> {
    let plan = case.state.plan_in_force();
    let items = plan.into_iter().flat_map(|plan| &plan.items);
    items.map(|item| About::of(&item.facts.id)).collect()
}

/// Refuses an act on an item where no plan is in force or has the item, or where the item does not stand
/// at one of `possible`.
pub(in crate::case::services) fn stands_at(
    case: Case<'_>,
    id: Option<&Code>,
    possible: &[ItemState],
) -> Result<(), Bar> {
    let Some(plan) = case.state.plan_in_force() else {
        return Err(Bar::NotYet(Rejection::procedure(
            "no-plan-in-force",
            "Chưa có kế hoạch nào được phê duyệt để thực hiện.",
            "No approved plan is in force that could be carried out.",
            "NĐ 56/2017/NĐ-CP Điều 29",
        )));
    };
    let Some(item) = plan.items.iter().find(|item| Some(&item.facts.id) == id) else {
        return Err(Bar::NoPlace(Rejection::field(
            "/item_id",
            "unknown-item",
            "Kế hoạch không có việc này.",
            "The plan has no such item.",
        )));
    };
    if possible.contains(&item.state) {
        return Ok(());
    }
    Err(Bar::NoPlace(Rejection::procedure(
        "item-not-in-that-state",
        "Việc này đã bắt đầu hoặc đã kết thúc. Hãy xem lại trạng thái trong kế hoạch.",
        "This item was begun or ended already. Look at its state in the plan.",
        "NĐ 56/2017/NĐ-CP Điều 29",
    )))
}

/// The payload of an act on an item.
pub(in crate::case::services) fn act_on(
    item_id: &Code,
    danger_now: Option<bool>,
    note: &Note,
) -> Split<ServiceFacts, ServicePersonal> {
    Split {
        facts: ServiceFacts {
            item_id: item_id.clone(),
            danger_now,
        },
        personal: (!note.is_empty()).then(|| ServicePersonal { note: note.clone() }),
    }
}
