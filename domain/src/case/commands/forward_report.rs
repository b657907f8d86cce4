//! `forward-report`: the place of receipt passes the report to the commune where it happened, at
//! once (Decree 56/2017, art. 26.1).

use serde::Deserialize;

use super::Rule;
use super::pass_competence::by_register;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::report::ForwardedFacts;
use crate::case::{About, CaseState, Context, Event, Rejection, ReportState};
use crate::unit::Unit;

/// The report goes to the commune `to_unit`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForwardReport {
    /// Code of the commune of the incident.
    pub to_unit: String,
}

impl Rule for ForwardReport {
    fn about<'a>(&'a self, state: &'a CaseState) -> About<'a> {
        About {
            report: state.report_to_forward(&self.to_unit),
            ..About::default()
        }
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let to = context.standing(&self.to_unit, true, "/to_unit")?;
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let mut reports = state.reports.iter().rev();
        let same = |unit: &str| context.units.same(unit, &self.to_unit);
        if !state.reports.iter().any(|r| same(r.incident.unit()))
            && let Some(passed) = self.passed_by_law(state, to, context)
        {
            return Ok(vec![passed, self.event()]);
        }
        let Some(last) = reports.find(|report| same(report.incident.unit())) else {
            return Err(Rejection::procedure(
                "not-the-incident-commune",
                "Thông tin phải chuyển cho Ủy ban nhân dân cấp xã nơi xảy ra vụ việc. Nếu nơi xảy \
                 ra đã ghi sai, hãy đính chính trước rồi chuyển.",
                "The report must go to the commune where it happened. If that place was recorded \
                 wrongly, correct it first.",
                "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
            )
            .at("/to_unit"));
        };
        if state.report_to_forward(&self.to_unit).is_some() {
            return Ok(vec![self.event()]);
        }
        if !last.received_here() || last.assessed {
            return Err(Rejection::procedure(
                "already-forwarded",
                "Thông tin này đã chuyển cho cấp xã nơi xảy ra vụ việc.",
                "This report was already passed to the commune.",
                "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
            ));
        }
        Err(Rejection::procedure(
            "already-there",
            "Cấp xã nơi xảy ra vụ việc chính là nơi tiếp nhận: không cần chuyển.",
            "The commune of the incident received the report itself: nothing to forward.",
            "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
        ))
    }
}

impl ForwardReport {
    fn event(&self) -> Event {
        Event::ReportForwarded(Split {
            facts: ForwardedFacts {
                to_unit: self.to_unit.clone(),
            },
            personal: None,
        })
    }

    /// Where the commune of an incident that still waits has ended and `to` came out of it: that its
    /// competence passes to `to`. Of several parts, whoever forwards has chosen this one.
    fn passed_by_law(&self, state: &CaseState, to: &Unit, context: &Context<'_>) -> Option<Event> {
        let today = context.occurred_at.date();
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
