//! `order-forensic-exam`: the investigating body orders a forensic examination (Circular 43/2021,
//! art. 21; Criminal Procedure Code, art. 205).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{EXAM_BASIS, exam_twice, examinations, handled, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{ExamFacts, ForensicBody, ForensicExam};
use crate::case::events::written::documented;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Line, Prose};
use crate::unit::UnitReference;

/// What is examined by which body.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct OrderForensicExam {
    pub exam_id: Code,
    pub exam: ForensicExam,
    pub body: ForensicBody,
    #[schemars(with = "Option<UnitReference>")]
    pub unit: Option<String>,
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for OrderForensicExam {
    fn example() -> Value {
        json!({
            "exam_id": "g1",
            "exam": "sexual-abuse",
            "body": "health",
            "decision_number": "05/QĐ",
        })
    }
}

impl Gate for OrderForensicExam {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, EXAM_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    /// An examination for which there were grounds, or another one.
    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let known = examinations(case).into_iter();
        known.chain([About::default()]).collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        handled(case, EXAM_BASIS)?;
        let known = about.key.and_then(|id| case.state.criminal.examination(id));
        if known.is_some_and(|exam| exam.ordered_at.is_some()) {
            return Err(Bar::NoPlace(exam_twice()));
        }
        Ok(())
    }
}

impl Rule for OrderForensicExam {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.exam_id)
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if let Some(unit) = &self.unit {
            context.standing(unit, false, "/unit")?;
        }
        let report = case.and_then(|case| case.state.criminal.report());
        let body = report.map(|report| report.body.unit().to_owned());
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::ForensicExamOrdered(Split {
            facts: ExamFacts {
                exam_id: self.exam_id.clone(),
                exam: self.exam,
                body: self.body,
                unit: self.unit.clone().or(body).unwrap_or_default(),
                decision_number,
            },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    use serde_json::json;

    #[test]
    fn the_conclusion_is_due_by_what_is_examined() {
        for (exam, body, due) in [
            ("sexual-abuse", "health", "open 03-21 00:00"),
            ("other", "police", "open 03-21 00:00"),
            ("injury", "health", "open 03-25 00:00"),
            ("age", "health", "open 03-25 00:00"),
            // 15 June is a Saturday: it ends with Monday.
            ("cause-of-death", "health", "open 04-16 00:00"),
            ("mental-state", "health", "open 06-18 00:00"),
            ("other", "health", "open -"),
        ] {
            let ordered = passed()
                .and("03-14 09:00", INVESTIGATOR, grounds("found"))
                .when(
                    "03-15 09:00",
                    INVESTIGATOR,
                    with(exam_ordered(), json!({"exam": exam, "body": body})),
                )
                .then(&["ForensicExamOrdered"]);
            assert_eq!(
                ordered.obligation("order-forensic-exam", "03-16 00:00"),
                "met 03-15 09:00"
            );
            assert_eq!(
                ordered.obligation("forensic-conclusion", "03-16 00:00"),
                due,
                "{exam} {body}"
            );
        }
    }

    #[test]
    fn an_examination_is_ordered_once() {
        passed()
            .and("03-15 09:00", INVESTIGATOR, exam_ordered())
            .when("03-15 10:00", INVESTIGATOR, exam_ordered())
            .then_refused_at("exam-twice", "/exam_id");
    }
}
