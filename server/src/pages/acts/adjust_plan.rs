//! `adjust-plan`: the plan in force, changed by the chair when the child's situation changes (Decree
//! 56/2017, art. 29.1.a). The items stand there to be changed.

use serde_json::json;

use super::act::{Act, occurred};
use super::plan;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "adjust-plan",
    &[],
    |scene| {
        plan::sections(scene, Form::new("adjust-plan", "act-adjust-plan-send"))
            .section(
                Section::new("decision", "plan-decision-section")
                    .field(Field::text("decision_number", "decision-number").max(80)),
            )
            .section(occurred())
    },
    |scene| {
        let mut trial = plan::trial(scene, "adjust-plan");
        trial["decision_number"] = json!("-");
        trial
    },
)
.basis("NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm a")
.fresh(|scene| plan::values(scene.state().plan_in_force()));
