//! `pass-crime-report`: what may be a crime is passed to the investigating body: by the commune police
//! within 24 hours (Circular 43/2021, art. 5.1), by anybody else at once (Joint Circular 01/2022,
//! art. 9).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::PASS_BASIS;
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::PassedFacts;
use crate::case::events::written::note;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;
use crate::unit::UnitReference;

/// The report of crime goes to the investigating body of `to_unit`; without it, to that of the
/// province of the incident.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct PassCrimeReport {
    #[schemars(with = "Option<UnitReference>")]
    pub to_unit: Option<String>,
    pub note: Option<Prose>,
}

impl Example for PassCrimeReport {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for PassCrimeReport {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let report = case.state.criminal.report();
        if report.is_none_or(|report| !report.open()) {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "crime-report-passed",
            "Tin báo về tội phạm của vụ việc này đã được chuyển cho cơ quan điều tra và đang \
             được giải quyết.",
            "The report of crime in this case was passed to the investigating body already and \
             is being handled.",
            PASS_BASIS,
        )))
    }
}

impl Rule for PassCrimeReport {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        if let Some(unit) = &self.to_unit {
            context.standing(unit, false, "/to_unit")?;
        }
        let province = || context.province_of(state.incident());
        Ok(vec![Event::CrimeReportPassed(Split {
            facts: PassedFacts {
                to_unit: self.to_unit.clone().unwrap_or_else(province),
            },
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn police_pass_it_within_24_hours() {
        let told = given().and("03-11 22:30", POLICE, crime("03-11 22:00"));
        assert_eq!(
            told.obligation("pass-crime-report", "03-12 00:00"),
            "open 03-12 22:00"
        );
        let passed = told
            .when("03-12 08:00", POLICE, pass_crime())
            .then(&["CrimeReportPassed"]);
        assert_eq!(
            passed.obligation("pass-crime-report", "03-13 00:00"),
            "met 03-12 22:00"
        );
        assert_eq!(passed.owed_by("assign-investigator"), Some(PROVINCE.into()));
        passed
            .when("03-12 09:00", POLICE, pass_crime())
            .then_refused("crime-report-passed");
    }

    #[test]
    fn others_pass_what_may_be_sexual_abuse_at_once() {
        let told = reported_with(sexual(report("03-11 09:00")));
        assert_eq!(told.obligation("tell-police", "03-12 00:00"), "open -");
        assert_eq!(told.obligation("pass-crime-report", "03-12 00:00"), "none");
        let passed = told.and("03-11 10:00", OFFICER, pass_crime());
        assert_eq!(passed.obligation("tell-police", "03-12 00:00"), "met -");
        assert_eq!(reported().obligation("tell-police", "03-12 00:00"), "none");
    }

    #[test]
    fn refusals() {
        reported()
            .when("03-11 10:00", HEALTH, pass_crime())
            .then_refused("not-your-unit");
        reported()
            .when("03-11 10:00", CLERK, pass_crime())
            .then_refused("role-may-not");
        let nowhere = with(pass_crime(), serde_json::json!({"to_unit": "0"}));
        reported()
            .when("03-11 10:00", OFFICER, nowhere)
            .then_refused_at("unknown-unit", "/to_unit");
    }
}
