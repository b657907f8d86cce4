//! `record-forensic-conclusion`: the forensic body concludes (Circular 43/2021, art. 22; Criminal
//! Procedure Code, art. 208; Joint Circular 01/2022, art. 13).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{EXAM_BASIS, examinations, unknown_exam};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{ConclusionFacts, ConclusionPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};

/// What the examination found.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordForensicConclusion {
    pub exam_id: Code,
    pub conclusion: Prose,
}

impl Example for RecordForensicConclusion {
    fn example() -> Value {
        json!({"exam_id": "g1", "conclusion": "Có dấu vết"})
    }
}

impl Gate for RecordForensicConclusion {
    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        match about.key.and_then(|id| state.criminal.examination(id)) {
            None => Some(unknown_exam()),
            Some(exam) if exam.ordered_at.is_none() => Some(not_ordered()),
            Some(_) => None,
        }
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        examinations(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let exam = about.key.and_then(|id| case.state.criminal.examination(id));
        let Some(exam) = exam else {
            return Err(Bar::NoPlace(unknown_exam()));
        };
        if exam.ordered_at.is_none() {
            return Err(Bar::NotYet(not_ordered()));
        }
        if exam.concluded_at.is_some() {
            return Err(Bar::NoPlace(Rejection::procedure(
                "exam-concluded",
                "Việc giám định này đã có kết luận. Nếu ghi nhầm, hãy đính chính.",
                "This examination has its conclusion. If that was recorded wrongly, correct it.",
                EXAM_BASIS,
            )));
        }
        Ok(())
    }
}

impl Rule for RecordForensicConclusion {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.exam_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ForensicConclusionRecorded(Split {
            facts: ConclusionFacts {
                exam_id: self.exam_id.clone(),
            },
            personal: Some(ConclusionPersonal {
                conclusion: self.conclusion.clone(),
            }),
        })])
    }
}

fn not_ordered() -> Rejection {
    Rejection::procedure(
        "exam-not-ordered",
        "Việc giám định này chưa được trưng cầu.",
        "This examination was not ordered yet.",
        EXAM_BASIS,
    )
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_conclusion_follows_its_examination_once() {
        let ordered = passed().and("03-15 09:00", INVESTIGATOR, exam_ordered());
        let done = ordered
            .when("03-19 09:00", FORENSIC, conclude())
            .then(&["ForensicConclusionRecorded"]);
        assert_eq!(
            done.obligation("forensic-conclusion", "04-01 00:00"),
            "met 03-21 00:00"
        );
        done.when("03-19 10:00", FORENSIC, conclude())
            .then_refused("exam-concluded");
        ordered
            .when("03-19 09:00", FORENSIC, at(conclude(), "03-15 08:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        passed()
            .and("03-14 09:00", INVESTIGATOR, grounds("found"))
            .when("03-19 09:00", FORENSIC, conclude())
            .then_refused("exam-not-ordered");
        passed()
            .when("03-19 09:00", INVESTIGATOR, conclude())
            .then_refused_at("unknown-exam", "/exam_id");
    }
}
