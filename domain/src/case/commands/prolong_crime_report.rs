//! `prolong-crime-report`: the handling of a report of crime takes longer: up to two months in all where
//! it is complex, and once more by up to two months when the procuracy extends it (Criminal Procedure
//! Code, art. 147).

use serde::Deserialize;

use chrono::Months;

use super::Rule;
use super::criminal::{DECIDE_BASIS, documented, handled};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{ProlongGround, ProlongedFacts};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};
use crate::time::{Date, Moment};

/// Until when, on which ground. Where the procuracy extends, `asked_on` is the day on which it was asked:
/// at least 5 days before the time is over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ProlongCrimeReport {
    pub ground: ProlongGround,
    pub until: Moment,
    pub decision_number: Option<Line>,
    pub asked_on: Option<Date>,
    pub note: Option<Prose>,
}

impl Rule for ProlongCrimeReport {
    fn wrong_seat(&self, state: &CaseState) -> Option<Rejection> {
        super::criminal::no_report(state, DECIDE_BASIS)
    }

    fn on_closed_case(&self, _: &CaseState, _: &Context<'_>) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let state = handled(case, DECIDE_BASIS)?;
        let Some(report) = state.criminal.report() else {
            return Ok(vec![]);
        };
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
        let received = report.by.at.date();
        let two_months = |from: chrono::NaiveDate| from.checked_add_months(Months::new(2));
        let most = match self.ground {
            ProlongGround::Complex => two_months(received),
            ProlongGround::ProcuracyExtension => {
                if report.extended {
                    return Err(Rejection::procedure(
                        "extended-already",
                        "Viện kiểm sát chỉ gia hạn một lần.",
                        "The procuracy extends only once.",
                        DECIDE_BASIS,
                    ));
                }
                two_months(report.until.map_or(received, Moment::date))
            }
        };
        // A limit in months that ends on a day off ends on the next working day (art. 134).
        let most = most.map(|most| context.calendar.working_day_from(most));
        if most.is_none_or(|most| self.until.date() > most) {
            return Err(Rejection::field(
                "/until",
                "too-long-a-time",
                "Thời hạn này dài hơn mức luật cho phép: tối đa 02 tháng từ khi tiếp nhận nếu phức \
                 tạp, và gia hạn thêm một lần tối đa 02 tháng.",
                "This is longer than the law allows: at most 2 months from receipt where complex, \
                 and one extension of at most 2 months.",
            ));
        }
        if self.until.latest() <= context.occurred_at {
            return Err(Rejection::field(
                "/until",
                "end-before-start",
                "Thời hạn mới phải sau lúc quyết định.",
                "The new end must lie after the decision.",
            ));
        }
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::CrimeReportProlonged(Split {
            facts: ProlongedFacts {
                ground: self.ground,
                until: self.until,
                decision_number,
                asked_on: self.asked_on,
            },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
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
