//! The items of a plan, shared by submitting and adjusting: each must say what is done, by whom,
//! from when to when and at what cost (Decree 56/2017, art. 28.3).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::case::Rejection;
use crate::case::events::plan::{ItemFacts, ItemPersonal, PlanPersonal};
use crate::text::{Code, Line, Prose, Term};
use crate::time::Date;

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 28 khoản 3";

/// A service or task as it is proposed. What the law requires is checked when it is decided, so
/// that the refusal can name the article.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanItem {
    pub id: Code,
    pub measure: Option<Term>,
    pub service: Option<Line>,
    pub responsible: Option<Line>,
    pub provider: Option<Line>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub cost: Option<u64>,
}

/// Checks the items of a plan and splits them into facts and personal part.
///
/// # Errors
/// `plan-without-items`, `plan-item-incomplete`, `plan-item-twice`, `end-before-start`.
pub(super) fn checked(
    goals: &Prose,
    items: &[PlanItem],
) -> Result<(Vec<ItemFacts>, PlanPersonal), Rejection> {
    if !(1..=100).contains(&items.len()) {
        return Err(Rejection::procedure(
            "plan-without-items",
            "Kế hoạch phải có ít nhất một dịch vụ hoặc việc làm.",
            "A plan needs at least one service or task.",
            BASIS,
        )
        .at("/items"));
    }
    let mut facts: Vec<ItemFacts> = Vec::with_capacity(items.len());
    let mut personal = Vec::with_capacity(items.len());
    for (row, item) in items.iter().enumerate() {
        let incomplete = |field: &str, vi: &str, en: &str| {
            Rejection::procedure(
                "plan-item-incomplete",
                format!(
                    "Việc thứ {} của kế hoạch chưa có {vi}. Hãy bổ sung.",
                    row + 1
                ),
                format!("Item {} of the plan has no {en}. Add it.", row + 1),
                BASIS,
            )
            .at(format!("/items/{row}/{field}"))
        };
        let Some(service) = item.service.clone() else {
            return Err(incomplete(
                "service",
                "tên dịch vụ hoặc việc làm",
                "service or task",
            ));
        };
        let Some(responsible) = item.responsible.clone() else {
            return Err(incomplete(
                "responsible",
                "người chịu trách nhiệm",
                "responsible body",
            ));
        };
        let Some(start) = item.start else {
            return Err(incomplete("start", "ngày bắt đầu", "start date"));
        };
        let Some(end) = item.end else {
            return Err(incomplete(
                "end",
                "ngày dự kiến kết thúc",
                "expected end date",
            ));
        };
        let Some(cost) = item.cost else {
            return Err(incomplete(
                "cost",
                "dự toán kinh phí (ghi 0 nếu không tốn)",
                "cost estimate",
            ));
        };
        if end < start {
            return Err(Rejection::field(
                format!("/items/{row}/end"),
                "end-before-start",
                "Ngày kết thúc trước ngày bắt đầu. Hãy kiểm tra lại.",
                "The end lies before the start. Check both.",
            ));
        }
        if facts.iter().any(|known| known.id == item.id) {
            return Err(Rejection::field(
                format!("/items/{row}/id"),
                "plan-item-twice",
                "Hai việc của kế hoạch mang cùng một mã.",
                "Two items of the plan have the same id.",
            ));
        }
        let measure = item.measure.as_ref();
        facts.push(ItemFacts {
            id: item.id.clone(),
            measure: measure.and_then(Term::code),
            start,
            end,
            cost,
        });
        let measure = measure.and_then(Term::words);
        personal.push(ItemPersonal {
            service,
            responsible,
            provider: item.provider.clone(),
            measure,
        });
    }
    Ok((
        facts,
        PlanPersonal {
            goals: goals.clone(),
            items: personal,
        },
    ))
}

#[cfg(test)]
mod tests {
    use crate::case::Event;
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn each_item_says_what_by_whom_from_when_to_when_and_at_what_cost() {
        for field in ["service", "responsible", "start", "end", "cost"] {
            let mut second = item("p2", "2024-03-15", "2024-04-01");
            second.as_object_mut().unwrap().remove(field);
            let items = json!([item("p1", "2024-03-15", "2024-04-01"), second]);
            met()
                .when("03-14 09:00", OFFICER, submit_items(items))
                .then_refused_at("plan-item-incomplete", &format!("/items/1/{field}"));
        }
        let mut bare = item("p1", "2024-03-15", "2024-03-15");
        bare.as_object_mut().unwrap().remove("measure");
        met()
            .when("03-14 09:00", OFFICER, submit_items(json!([bare])))
            .then(&["PlanSubmitted"]);
    }

    #[test]
    fn the_letter_of_a_point_of_law_is_the_code_of_that_letter() {
        for written in ["50.dd", "50.đ", "50.Đ", "50.\u{d0}"] {
            let mut one = item("p1", "2024-03-15", "2024-04-01");
            one["measure"] = written.into();
            let plan = met().and("03-14 09:00", OFFICER, submit_items(json!([one])));
            let Event::PlanSubmitted(plan) = &plan.history().last().unwrap().event else {
                panic!("{:?}", plan.history().last());
            };
            let measure = plan.facts.items[0].measure.as_ref().unwrap();
            assert_eq!(measure.as_str(), "50.dd", "{written}");
            let personal = plan.personal.as_ref().unwrap();
            assert_eq!(personal.items[0].measure, None);
        }
    }

    #[test]
    fn refusals() {
        met()
            .when("03-14 09:00", OFFICER, submit_items(json!([])))
            .then_refused_at("plan-without-items", "/items");
        let one = item("p1", "2024-03-15", "2024-04-01");
        met()
            .when("03-14 09:00", OFFICER, submit_items(json!([one, one])))
            .then_refused_at("plan-item-twice", "/items/1/id");
        let turned = item("p1", "2024-03-15", "2024-03-14");
        met()
            .when("03-14 09:00", OFFICER, submit_items(json!([turned])))
            .then_refused_at("end-before-start", "/items/0/end");
    }
}
