//! `acknowledge-report`: the commune of the incident confirms that it has the report.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::{About, CaseState, Context, Event, Rejection, Seat};

/// The commune has the report.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeReport {}

impl Example for AcknowledgeReport {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for AcknowledgeReport {
    /// What was added unseen is acknowledged, whatever became of the case.
    fn on_closed_case(state: &CaseState, context: &Context<'_>) -> OnClosed {
        let unit = context.actor.unit.as_deref().unwrap_or_default();
        let row = state.report_to_acknowledge(unit);
        let report = row.and_then(|row| state.reports.get(row));
        match report.is_some_and(|report| report.unconfirmed_child) {
            true => OnClosed::Taken,
            false => OnClosed::Refused,
        }
    }

    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        let forwarded = state.reports.iter().any(|r| r.forwarded_to.is_some());
        Some(if forwarded {
            not_asked()
        } else {
            not_forwarded()
        })
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let unit = context.actor.unit.as_deref().unwrap_or_default();
        if case.state.report_to_acknowledge(unit).is_some() {
            return Ok(());
        }
        let mut reports = case.state.reports.iter().rev();
        let Some(last) = reports.find(|r| r.forwarded_to.is_some()) else {
            return Err(Bar::NoPlace(not_forwarded()));
        };
        let to = last.forwarded.as_ref().map(Seat::unit);
        if to.is_some_and(|to| context.units.same(to, unit)) {
            return Err(Bar::NoPlace(Rejection::procedure(
                "already-acknowledged",
                "Thông tin này đã được xác nhận.",
                "This report was already acknowledged.",
                "",
            )));
        }
        Err(Bar::NoPlace(not_asked()))
    }
}

impl Rule for AcknowledgeReport {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ReportAcknowledged(Split {
            facts: NoFacts {},
            personal: None,
        })])
    }
}

fn not_forwarded() -> Rejection {
    Rejection::procedure(
        "not-forwarded",
        "Chưa có thông tin nào được chuyển đến để xác nhận.",
        "No report was forwarded, so there is none to acknowledge.",
        "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
    )
}

fn not_asked() -> Rejection {
    Rejection::forbidden(
        "not-asked",
        "Thông tin được chuyển cho cấp xã khác; chỉ nơi đó xác nhận được.",
        "The report was forwarded to another commune; only that one can acknowledge it.",
        "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
    )
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    fn sent() -> Given {
        given()
            .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
            .and("03-11 09:10", HOTLINE, forward(COMMUNE))
    }

    #[test]
    fn the_commune_confirms_once() {
        let known = sent()
            .when("03-11 09:20", OFFICER, acknowledge())
            .then(&["ReportAcknowledged"]);
        assert_eq!(
            known.obligation("acknowledge-report", "03-11 10:00"),
            "met -"
        );
        known
            .when("03-11 09:21", OFFICER, acknowledge())
            .then_refused("already-acknowledged");
    }

    #[test]
    fn nobody_confirms_what_was_not_sent_to_them() {
        reported()
            .when("03-11 09:20", OFFICER, acknowledge())
            .then_refused("not-forwarded");
        let elsewhere = with(
            call("03-11 09:00"),
            json!({"child": {"residence_unit": OTHER}}),
        );
        given()
            .and("03-11 09:05", HOTLINE, elsewhere)
            .and("03-11 09:10", HOTLINE, forward(COMMUNE))
            .when("03-11 09:20", OTHER_CHAIR, acknowledge())
            .then_refused("not-asked");
        sent()
            .when("03-11 09:20", OTHER_OFFICER, acknowledge())
            .then_refused("not-your-unit");
        sent()
            .when("03-11 09:20", HOTLINE, acknowledge())
            .then_refused("role-may-not");
    }

    #[test]
    fn not_before_it_was_sent() {
        sent()
            .when("03-11 09:20", OFFICER, at(acknowledge(), "03-11 09:05"))
            .then_refused_at("before-its-cause", "/occurred_at");
    }
}
