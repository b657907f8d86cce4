//! `submit-plan`: form 04, for the chair to approve (Decree 56/2017, art. 28.1).

use super::act::{Act, occurred};
use super::{initial_about, plan};
use crate::pages::form::{Form, Values};
use domain::case::PlanState;

pub(super) const ACT: Act = Act::new(
    "submit-plan",
    &["submit-plan"],
    |scene| {
        plan::sections(scene, Form::new("submit-plan", "act-submit-plan-send")).section(occurred())
    },
    |scene| plan::trial(scene, "submit-plan"),
)
// A plan that was returned is improved, not typed again.
.fresh(|scene| match &scene.state().plan {
    Some(plan) if plan.state == PlanState::Returned => plan::values(Some(plan)),
    _ => Values::default(),
})
.about(|scene| match &scene.state().plan {
    Some(plan) if plan.state == PlanState::Returned => {
        let mut about = plan::about(scene);
        about.table = None;
        about
    }
    _ => initial_about(scene),
});
