//! `forward-report`: the place of receipt passes the report to the commune where it happened, at
//! once (Decree 56/2017, art. 26.1).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::report::ForwardedFacts;
use crate::case::succession::by_register;
use crate::case::{About, CaseState, Context, Event, Rejection, ReportState};
use crate::unit::UnitReference;

/// The report goes to the commune `to_unit`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForwardReport {
    /// Code of the commune of the incident.
    #[schemars(with = "UnitReference")]
    pub to_unit: String,
}

impl Example for ForwardReport {
    fn example() -> Value {
        json!({"to_unit": "19111"})
    }
}

impl Gate for ForwardReport {
    /// What was added unseen goes on to the commune where it happened, whatever became of the case.
    fn on_closed_case(state: &CaseState, _: &Context<'_>) -> OnClosed {
        match state.waiting().next() {
            Some(_) => OnClosed::ByValues,
            None => OnClosed::Refused,
        }
    }

    /// The communes of the reports, and what those that have ended became.
    fn subjects<'a>(case: Case<'a>, context: &Context<'a>) -> Vec<About<'a>> {
        let today = context.occurred_at.date();
        let mut communes: Vec<&'a str> = Vec::new();
        for report in case.state.reports.iter().rev() {
            let ended = report.incident.ended(context.units, today);
            let fate = ended.and_then(|unit| context.units.current(&unit.id, today, today));
            match fate {
                Some(fate) => communes.extend(fate.units().iter().map(|unit| unit.reference())),
                None => communes.push(report.incident.unit()),
            }
        }
        let about = |unit: &'a str| About {
            report: case.state.report_to_forward(unit),
            of_unit: Some(unit),
            ..About::default()
        };
        communes.into_iter().map(about).collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let to_unit = about.of_unit.unwrap_or_default();
        let to = context.standing(to_unit, true, "/to_unit");
        to.map_err(Bar::NoPlace)?;
        let same = |unit: &str| context.units.same(unit, to_unit);
        let mut reports = case.state.reports.iter().rev();
        let Some(last) = reports.find(|report| same(report.incident.unit())) else {
            if passed_by_law(case.state, to_unit, context).is_some() {
                return Ok(());
            }
            return Err(Bar::NoPlace(
                Rejection::procedure(
                    "not-the-incident-commune",
                    "Thông tin phải chuyển cho Ủy ban nhân dân cấp xã nơi xảy ra vụ việc. Nếu nơi xảy \
                     ra đã ghi sai, hãy đính chính trước rồi chuyển.",
                    "The report must go to the commune where it happened. If that place was recorded \
                     wrongly, correct it first.",
                    "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
                )
                .at("/to_unit"),
            ));
        };
        if case.state.report_to_forward(to_unit).is_some() {
            return Ok(());
        }
        if !last.received_here() || last.assessed {
            return Err(Bar::NoPlace(Rejection::procedure(
                "already-forwarded",
                "Thông tin này đã chuyển cho cấp xã nơi xảy ra vụ việc.",
                "This report was already passed to the commune.",
                "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
            )));
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "already-there",
            "Cấp xã nơi xảy ra vụ việc chính là nơi tiếp nhận: không cần chuyển.",
            "The commune of the incident received the report itself: nothing to forward.",
            "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
        )))
    }
}

impl Rule for ForwardReport {
    fn despite_closing(&self, state: &CaseState) -> bool {
        let row = state.report_to_forward(&self.to_unit);
        let report = row.and_then(|row| state.reports.get(row));
        report.is_some_and(|report| report.unconfirmed_child)
    }

    fn about<'a>(&'a self, state: &'a CaseState) -> About<'a> {
        About {
            report: state.report_to_forward(&self.to_unit),
            of_unit: Some(&self.to_unit),
            ..About::default()
        }
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let told = |unit: &str| context.units.same(unit, &self.to_unit);
        let passed = match state.reports.iter().any(|r| told(r.incident.unit())) {
            true => None,
            false => passed_by_law(state, &self.to_unit, context),
        };
        let forwarded = Event::ReportForwarded(Split {
            facts: ForwardedFacts {
                to_unit: self.to_unit.clone(),
            },
            personal: None,
        });
        Ok(passed.into_iter().chain([forwarded]).collect())
    }
}

/// Where the commune of an incident that still waits has ended and `to` came out of it: that its
/// competence passes to `to`. Of several parts, whoever forwards has chosen this one.
fn passed_by_law(state: &CaseState, to: &str, context: &Context<'_>) -> Option<Event> {
    let today = context.occurred_at.date();
    let to = context.units.find(to, today)?;
    let waiting = |report: &&ReportState| {
        !report.assessed && !report.received_here() && report.received_at <= context.occurred_at
    };
    let seats = state
        .reports
        .iter()
        .rev()
        .filter(waiting)
        .map(|r| &r.incident);
    let mut ended = seats.filter_map(|seat| seat.ended(context.units, today));
    let from = ended.find(|from| {
        let fate = context.units.current(&from.id, today, today);
        fate.is_some_and(|fate| fate.units().iter().any(|unit| unit.id == to.id))
    })?;
    by_register(from, to)
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    fn told() -> Given {
        given().and("03-11 09:05", HOTLINE, call("03-11 09:00"))
    }

    #[test]
    fn the_report_goes_to_the_commune_of_the_incident() {
        let sent = told()
            .when("03-11 09:10", HOTLINE, forward(COMMUNE))
            .then(&["ReportForwarded"]);
        assert_eq!(sent.obligation("forward-report", "03-11 10:00"), "met -");
        assert_eq!(sent.state().holder_unit, COMMUNE);
    }

    #[test]
    fn it_goes_nowhere_else_and_not_twice() {
        told()
            .when("03-11 09:10", HOTLINE, forward(OTHER))
            .then_refused_at("not-the-incident-commune", "/to_unit");
        told()
            .when("03-11 09:10", HOTLINE, forward("00000"))
            .then_refused_at("unknown-unit", "/to_unit");
        told()
            .when("03-11 09:10", HOTLINE, forward(PROVINCE))
            .then_refused_at("not-a-commune", "/to_unit");
        told()
            .and("03-11 09:10", HOTLINE, forward(COMMUNE))
            .when("03-11 09:11", HOTLINE, forward(COMMUNE))
            .then_refused("already-forwarded");
        told()
            .and("03-11 09:10", OFFICER, assess(false, false))
            .when("03-11 09:11", HOTLINE, forward(COMMUNE))
            .then_refused("already-forwarded");
        reported()
            .when("03-11 09:10", OFFICER, forward(COMMUNE))
            .then_refused("already-there");
    }

    #[test]
    fn not_before_it_was_received_and_not_by_anybody() {
        let again = told()
            .and("03-11 09:10", OFFICER, assess(false, false))
            .and("03-12 09:00", HOTLINE, call("03-12 09:00"));
        again
            .when("03-12 09:10", HOTLINE, at(forward(COMMUNE), "03-12 08:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        told()
            .when("03-11 09:10", PROVIDER, forward(COMMUNE))
            .then_refused("role-may-not");
    }
}
