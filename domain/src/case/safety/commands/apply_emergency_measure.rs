//! `apply-emergency-measure`: the child was protected at once (Decree 56/2017, arts 26.3, 31).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::emergency::{EmergencyFacts, EmergencyPersonal};
use crate::case::{CaseState, Context, Event, Rejection, ReportState};
use crate::text::{Prose, Term};
use crate::time::Instant;

/// What was done, with whom, and when. It may have been before the first receipt that was recorded: then
/// `first_information_at` says when there was information first. `report` names the report of whose child
/// it is, where nobody knows yet whether that is the child of the case; who has a part by one such report
/// alone means that one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ApplyEmergencyMeasure {
    #[schemars(length(min = 1, max = 20))]
    pub measures: Vec<Term>,
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub agencies: Vec<Term>,
    pub applied_at: Instant,
    pub first_information_at: Option<Instant>,
    pub report: Option<Uuid>,
    pub note: Option<Prose>,
}

impl Example for ApplyEmergencyMeasure {
    fn example() -> Value {
        json!({
            "measures": ["safe-place", "Đưa đến nhà bà ngoại"],
            "agencies": ["police"],
            "applied_at": "2024-03-18T08:00:00+07:00",
        })
    }
}

impl Gate for ApplyEmergencyMeasure {
    fn instant_field() -> Option<&'static str> {
        Some("/applied_at")
    }

    /// What answers danger that was seen, or written down, since the closing, what is for the child of a
    /// report that waits for its answer, and what was done before it.
    fn on_closed_case(state: &CaseState, _: &Context<'_>) -> OnClosed {
        let closed = state.closure.as_ref().map(|closure| &closure.by);
        let seen = state.danger_seen.as_ref().map(|seen| &seen.by);
        let since = closed.zip(seen).is_some_and(|(closed, seen)| {
            seen.at >= closed.at || seen.recorded_at >= closed.recorded_at
        });
        match since || state.waiting().next().is_some() {
            true => OnClosed::Taken,
            false => OnClosed::ByValues,
        }
    }
}

impl Rule for ApplyEmergencyMeasure {
    fn own_instant(&self) -> Option<Instant> {
        Some(self.applied_at)
    }

    fn despite_closing(&self, state: &CaseState) -> bool {
        let closure = state.closure.as_ref();
        closure.is_some_and(|closure| self.applied_at <= closure.by.at)
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if let Some(first) = self.first_information_at {
            context.not_in_future(first, "/first_information_at")?;
        }
        if self.agencies.len() > 20 {
            return Err(Rejection::field(
                "/agencies",
                "wrong-length",
                "Danh sách cơ quan phối hợp quá dài: nhiều nhất 20.",
                "The list of agencies is too long: 20 at most.",
            ));
        }
        if !(1..=20).contains(&self.measures.len()) {
            return Err(Rejection::field(
                "/measures",
                "wrong-length",
                "Hãy ghi ít nhất một biện pháp đã áp dụng.",
                "Enter at least one measure that was applied.",
            ));
        }
        let personal = EmergencyPersonal {
            measures: self.measures.iter().filter_map(Term::words).collect(),
            agencies: self.agencies.iter().filter_map(Term::words).collect(),
            note: self.note.clone(),
        };
        Ok(vec![Event::EmergencyMeasureApplied(Split {
            facts: EmergencyFacts {
                applied_at: self.applied_at,
                first_information_at: self.first_information_at,
                report: self.report(case.map(|case| case.state), context)?,
                measures: self.measures.iter().filter_map(Term::code).collect(),
                agencies: self.agencies.iter().filter_map(Term::code).collect(),
            },
            personal: (personal != EmergencyPersonal::default()).then_some(personal),
        })])
    }
}

impl ApplyEmergencyMeasure {
    /// The report of whose child it is, where that is not known to be the child of the case.
    fn report(
        &self,
        state: Option<&CaseState>,
        context: &Context<'_>,
    ) -> Result<Option<Uuid>, Rejection> {
        let Some(named) = self.report else {
            let actor = context.actor;
            let unit = actor.unit.as_deref().unwrap_or_default();
            return Ok(state.and_then(|state| state.only_report_of(actor.role, unit)));
        };
        let is = |report: &&ReportState| report.event_id == named;
        let mut split = state.iter().flat_map(|state| &state.split).filter(is);
        if split.any(|report| report.answered) {
            return Err(Rejection::field(
                "/report",
                "became-another-case",
                "Thông tin này là về trẻ khác và đã thành vụ việc riêng. Hãy ghi biện pháp ở vụ việc đó.",
                "This report was about another child and became a case of its own. Record the measure there.",
            ));
        }
        let known = state.is_some_and(|state| {
            let mut all = state.reports.iter().chain(&state.split);
            all.any(|report| is(&report))
        });
        if known {
            return Ok(Some(named));
        }
        Err(Rejection::field(
            "/report",
            "unknown-report",
            "Không có thông tin này trong vụ việc. Hãy bỏ trống nếu biện pháp là cho trẻ của vụ việc.",
            "There is no such report in the case. Leave it out where the measure is for the child of \
             the case.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn the_instant_of_the_measure_counts_not_that_of_recording() {
        let in_time = emergency().and("03-12 08:00", OFFICER, measure("03-11 21:00"));
        assert_eq!(
            in_time.obligation("emergency-measure", "03-12 09:00"),
            "met 03-11 21:00"
        );
        let late = emergency().and("03-12 08:00", OFFICER, measure("03-11 21:01"));
        assert_eq!(
            late.obligation("emergency-measure", "03-12 09:00"),
            "met-late 03-11 21:00"
        );
    }

    #[test]
    fn refusals() {
        let measure = || measure("03-11 12:00");
        emergency()
            .when(
                "03-11 12:30",
                CHAIR,
                with(measure(), json!({"measures": []})),
            )
            .then_refused_at("wrong-length", "/measures");
        let many: Vec<_> = (0..21).map(|n| format!("a{n}")).collect();
        emergency()
            .when(
                "03-11 12:30",
                CHAIR,
                with(measure(), json!({"agencies": many})),
            )
            .then_refused_at("wrong-length", "/agencies");
        emergency()
            .when("03-11 11:30", CHAIR, measure())
            .then_refused_at("in-the-future", "/applied_at");
        emergency()
            .when("03-11 12:30", CHAIR, at(measure(), "03-11 12:00"))
            .then_refused_at("unknown-field", "/occurred_at");
        emergency()
            .when("03-11 12:30", INSPECTOR, measure())
            .then_refused("role-may-not");
    }
}
