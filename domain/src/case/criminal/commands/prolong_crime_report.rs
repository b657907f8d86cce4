//! `prolong-crime-report`: the handling of a report of crime takes longer: up to two months in all where
//! it is complex, and once more by up to two months when the procuracy extends it (Criminal Procedure
//! Code, art. 147).

use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{DECIDE_BASIS, handled, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::criminal::CrimeReport;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{ProlongGround, ProlongedFacts};
use crate::case::events::written::documented;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};
use crate::time::{Date, Moment};

/// Until when, on which ground. Where the procuracy extends, `asked_on` is the day on which it was asked:
/// at least 5 days before the time is over.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ProlongCrimeReport {
    pub ground: ProlongGround,
    pub until: Moment,
    pub decision_number: Option<Line>,
    pub asked_on: Option<Date>,
    pub note: Option<Prose>,
}

impl Example for ProlongCrimeReport {
    fn example() -> Value {
        json!({"ground": "complex", "until": "2024-05-10"})
    }
}

impl Gate for ProlongCrimeReport {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, DECIDE_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let report = handled(case, DECIDE_BASIS)?;
        if report.extended && context.actor.role == Role::Prosecutor {
            return Err(Bar::NoPlace(Rejection::procedure(
                "extended-already",
                "Viện kiểm sát chỉ gia hạn một lần.",
                "The procuracy extends only once.",
                DECIDE_BASIS,
            )));
        }
        Ok(())
    }
}

impl Rule for ProlongCrimeReport {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let by_procuracy = self.ground == ProlongGround::ProcuracyExtension;
        if by_procuracy != (context.actor.role == Role::Prosecutor) {
            return Err(Rejection::forbidden(
                "not-your-prolongation",
                "Cơ quan điều tra kéo dài đến 02 tháng khi phức tạp; Viện kiểm sát gia hạn thêm một \
                 lần. Mỗi nơi ghi quyết định của mình.",
                "The investigating body prolongs to 2 months where it is complex; the procuracy \
                 extends once more. Each records its own decision.",
                DECIDE_BASIS,
            ));
        }
        let report = case.and_then(|case| case.state.criminal.report());
        let most = report.and_then(|report| most(report, context));
        if most.is_none_or(|most| self.until.date() > most) {
            return Err(too_long());
        }
        if self.until.latest() <= context.occurred_at {
            return Err(Rejection::field(
                "/until",
                "end-before-start",
                "Thời hạn mới phải sau lúc quyết định.",
                "The new end must lie after the decision.",
            ));
        }
        if let Some(report) = report {
            self.asked_between(report.by.at.date(), context)?;
        }
        let extended = report.filter(|_| by_procuracy);
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::CrimeReportProlonged(Split {
            facts: ProlongedFacts {
                ground: self.ground,
                until: self.until,
                decision_number,
                asked_on: self.asked_on,
                moved: extended.and_then(|report| report.moved(context.calendar)),
            },
            personal,
        })])
    }
}

impl ProlongCrimeReport {
    /// Refuses a day of asking on which there was no report of crime yet, or the decision was made. One
    /// that was too late is recorded, since it is the truth, and marked.
    fn asked_between(
        &self,
        received: chrono::NaiveDate,
        context: &Context<'_>,
    ) -> Result<(), Rejection> {
        let Some(Date(asked)) = self.asked_on else {
            return Ok(());
        };
        if asked < received {
            return Err(Rejection::field(
                "/asked_on",
                "before-its-cause",
                "Ngày đề nghị trước ngày chuyển tin báo. Hãy kiểm tra lại.",
                "It cannot have been asked before the report of crime was passed. Check the day.",
            ));
        }
        if asked > context.occurred_at.date() {
            return Err(Rejection::field(
                "/asked_on",
                "after-the-decision",
                "Ngày đề nghị sau ngày quyết định gia hạn. Hãy kiểm tra lại.",
                "It cannot have been asked after the decision to extend. Check the day.",
            ));
        }
        Ok(())
    }
}

/// The last day to which the actor can prolong: the investigating body to two months from receipt, the
/// procuracy by two months more. A limit in months that ends on a day off ends on the next working day
/// (art. 134).
fn most(report: &CrimeReport, context: &Context<'_>) -> Option<NaiveDate> {
    let received = report.by.at.date();
    let from = match context.actor.role == Role::Prosecutor {
        true => report.until.map_or(received, Moment::date),
        false => received,
    };
    let most = from.checked_add_months(Months::new(2))?;
    Some(context.calendar.working_day_from(most))
}

fn too_long() -> Rejection {
    Rejection::field(
        "/until",
        "too-long-a-time",
        "Thời hạn này dài hơn mức luật cho phép: tối đa 02 tháng từ khi tiếp nhận nếu phức \
         tạp, và gia hạn thêm một lần tối đa 02 tháng.",
        "This is longer than the law allows: at most 2 months from receipt where complex, \
         and one extension of at most 2 months.",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::case::criminal::Asked;
    use crate::case::testing::*;

    #[test]
    fn twenty_days_then_two_months_then_one_extension() {
        // Passed on 12 March: 20 days end with 1 April.
        let passed = passed();
        assert_eq!(
            passed.obligation("decide-crime-report", "03-13 00:00"),
            "open 04-02 00:00"
        );
        let complex = passed
            .when(
                "03-28 09:00",
                INVESTIGATOR,
                prolong("complex", "2024-05-12"),
            )
            .then(&["CrimeReportProlonged"]);
        assert_eq!(
            complex.obligation("decide-crime-report", "03-29 00:00"),
            "open 05-14 00:00"
        );
        complex
            .when(
                "05-02 09:00",
                PROSECUTOR,
                prolong("procuracy-extension", "2024-07-15"),
            )
            .then_refused_at("too-long-a-time", "/until");
        let extended = complex
            .when(
                "05-02 09:00",
                PROSECUTOR,
                prolong("procuracy-extension", "2024-07-12"),
            )
            .then(&["CrimeReportProlonged"]);
        assert_eq!(
            extended.obligation("decide-crime-report", "06-01 00:00"),
            "open 07-13 00:00"
        );
        extended
            .when(
                "07-02 09:00",
                PROSECUTOR,
                prolong("procuracy-extension", "2024-09-01"),
            )
            .then_refused("extended-already");
    }

    #[test]
    fn the_day_on_which_the_procuracy_was_asked_is_judged_and_never_refused_for_being_late() {
        // Until Sunday, 12 May: the Monday after is the last day, 5 days before it is the 8th.
        let complex = passed().and(
            "03-28 09:00",
            INVESTIGATOR,
            prolong("complex", "2024-05-12"),
        );
        let extend = |on: Option<&str>| {
            let asked = json!({ "asked_on": on });
            with(prolong("procuracy-extension", "2024-07-12"), asked)
        };
        for (on, asked) in [
            (Some("2024-05-02"), Asked::InTime),
            (Some("2024-05-08"), Asked::InTime),
            (Some("2024-05-09"), Asked::Late),
            (None, Asked::NotSaid),
        ] {
            let extended = complex.and("05-10 09:00", PROSECUTOR, extend(on));
            let report = extended.state().criminal.report().unwrap();
            assert_eq!(report.asked, Some(asked), "{on:?}");
        }
        assert_eq!(complex.state().criminal.report().unwrap().asked, None);
        for (on, code) in [
            ("2024-03-11", "before-its-cause"),
            ("2024-05-11", "after-the-decision"),
        ] {
            complex
                .when("05-10 09:00", PROSECUTOR, extend(Some(on)))
                .then_refused_at(code, "/asked_on");
        }
    }

    #[test]
    fn the_five_days_are_counted_from_the_working_day_to_which_a_public_holiday_moves_the_end() {
        // Both at the end of a time of 2 months: a day of Tết and of 2 September, with the days off after it.
        for (passed, until, over, days, decided, more) in [
            // Friday, 9 February: over on Thursday, 15 February.
            (
                "2023-12-09",
                "2024-02-09",
                "02-16 00:00",
                ["2024-02-10", "2024-02-11"],
                "2024-02-15",
                "2024-04-09",
            ),
            // Monday, 2 September: over on Wednesday, 4 September.
            (
                "2024-07-02",
                "2024-09-02",
                "09-05 00:00",
                ["2024-08-30", "2024-08-31"],
                "2024-09-04",
                "2024-11-02",
            ),
        ] {
            let complex = given()
                .and(
                    &format!("{passed} 08:00"),
                    OFFICER,
                    report(&format!("{passed} 08:00")),
                )
                .and(&format!("{passed} 09:00"), OFFICER, pass_crime())
                .and(
                    &format!("{passed} 10:00"),
                    INVESTIGATOR,
                    prolong("complex", until),
                );
            assert_eq!(
                complex.obligation("decide-crime-report", "01-02 00:00"),
                format!("open {over}")
            );
            for (on, asked) in days.into_iter().zip([Asked::InTime, Asked::Late]) {
                let extend = with(
                    prolong("procuracy-extension", more),
                    json!({ "asked_on": on }),
                );
                let extended = complex.and(&format!("{decided} 09:00"), PROSECUTOR, extend);
                let report = extended.state().criminal.report().unwrap();
                assert_eq!(report.asked, Some(asked), "{on}");
            }
        }
    }

    #[test]
    fn twenty_days_end_on_the_day_on_which_they_end() {
        // Passed on Monday, 15 April: 20 days end on Sunday, 5 May. Only a limit in months moves on.
        let passed = given()
            .and("04-15 08:00", OFFICER, report("04-15 08:00"))
            .and("04-15 09:00", OFFICER, pass_crime());
        assert_eq!(
            passed.obligation("decide-crime-report", "04-16 00:00"),
            "open 05-06 00:00"
        );
        for (on, asked) in [("2024-04-30", Asked::InTime), ("2024-05-01", Asked::Late)] {
            let asked_on = json!({ "asked_on": on });
            let extend = with(prolong("procuracy-extension", "2024-06-10"), asked_on);
            let extended = passed.and("05-03 09:00", PROSECUTOR, extend);
            let report = extended.state().criminal.report().unwrap();
            assert_eq!(report.asked, Some(asked));
        }
    }

    #[test]
    fn never_longer_than_the_law_allows() {
        passed()
            .when(
                "03-28 09:00",
                INVESTIGATOR,
                prolong("complex", "2024-05-14"),
            )
            .then_refused_at("too-long-a-time", "/until");
        passed()
            .when(
                "03-28 09:00",
                INVESTIGATOR,
                prolong("complex", "2024-03-27"),
            )
            .then_refused_at("end-before-start", "/until");
        // 2 months end on Sunday, 12 May: the Monday after is still within them.
        passed()
            .when(
                "03-28 09:00",
                INVESTIGATOR,
                prolong("complex", "2024-05-13"),
            )
            .then(&["CrimeReportProlonged"]);
        for (who, ground) in [
            (PROSECUTOR, "complex"),
            (INVESTIGATOR, "procuracy-extension"),
        ] {
            passed()
                .when("03-28 09:00", who, prolong(ground, "2024-05-12"))
                .then_refused("not-your-prolongation");
        }
        reported()
            .when("03-28 09:00", POLICE, prolong("complex", "2024-05-12"))
            .then_refused("no-crime-report");
    }
}
