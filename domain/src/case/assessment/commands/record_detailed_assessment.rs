//! `record-detailed-assessment`: information and risk in detail (form 03; Decree 56/2017,
//! art. 27.1).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::assessment::{Content, DetailedFacts, DetailedPersonal};
use crate::case::events::{Rating, split};
use crate::case::gate::not_initially_assessed;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Note, Prose};

/// Form 03: two tables of five rows, the eight heads of content, the views of child and carer.
/// Parents or carers are not asked where they are the harmers (art. 27.1.h).
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordDetailedAssessment {
    pub harm: [Rating; 5],
    pub protection: [Rating; 5],
    pub content: Content,
    pub child_views: Option<Note>,
    pub carer_views: Option<Note>,
    pub danger_now: Option<bool>,
    pub conclusion: Prose,
}

impl Example for RecordDetailedAssessment {
    fn example() -> Value {
        let row = json!({"level": "medium", "note": ""});
        json!({
            "harm": [row, row, row, row, row],
            "protection": [row, row, row, row, row],
            "content": {"a": "đã ghi", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": ""},
            "child_views": "Muốn ở với bà",
            "conclusion": "Cần kế hoạch",
        })
    }
}

impl Gate for RecordDetailedAssessment {
    fn for_children() -> bool {
        true
    }

    /// Danger is told whether or not the case is closed.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::ByValues
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        if case.state.initial_assessment.is_some() {
            return Ok(());
        }
        Err(Bar::NotYet(not_initially_assessed()))
    }
}

impl Rule for RecordDetailedAssessment {
    fn despite_closing(&self, _: &CaseState) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let carer_views = self.carer_views.as_ref().filter(|views| !views.is_empty());
        if carer_views.is_some() && state.carer_is_harmer() {
            return Err(Rejection::procedure(
                "carer-is-the-harmer",
                "Cha, mẹ hoặc người chăm sóc là người gây tổn hại nên không lấy ý kiến của họ. Hãy \
                 để trống mục này.",
                "A parent or carer is the one who harms, so their views are not asked. Leave this \
                 empty.",
                "NĐ 56/2017/NĐ-CP Điều 27 khoản 1 điểm h",
            )
            .at("/carer_views"));
        }
        let prose = |views: Option<&Note>| {
            views
                .filter(|v| !v.is_empty())
                .and_then(|v| Prose::parse(v.as_str()).ok())
        };
        let (harm, harm_notes) = split(self.harm.clone());
        let (protection, protection_notes) = split(self.protection.clone());
        Ok(vec![Event::DetailedAssessmentRecorded(Split {
            facts: DetailedFacts {
                harm,
                protection,
                carer_asked: carer_views.is_some(),
                danger_now: self.danger_now,
            },
            personal: Some(DetailedPersonal {
                harm_notes,
                protection_notes,
                content: self.content.clone(),
                child_views: prose(self.child_views.as_ref()),
                carer_views: prose(carer_views),
                conclusion: self.conclusion.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn it_calls_for_the_meeting() {
        let case = assessed()
            .when("03-13 08:00", OFFICER, detail())
            .then(&["DetailedAssessmentRecorded"]);
        assert_eq!(
            case.obligation("detailed-assessment", "03-14 00:00"),
            "met -"
        );
        assert!(case.open().contains(&"case-meeting".to_owned()));
    }

    #[test]
    fn carers_are_heard_unless_they_are_the_harmers() {
        let heard = with(detail(), json!({"carer_views": "Đồng ý"}));
        assessed()
            .when("03-13 08:00", OFFICER, heard.clone())
            .then(&["DetailedAssessmentRecorded"]);
        emergency()
            .when("03-13 08:00", OFFICER, heard.clone())
            .then_refused_at("carer-is-the-harmer", "/carer_views");
        emergency()
            .when(
                "03-13 08:00",
                OFFICER,
                with(heard, json!({"carer_views": " "})),
            )
            .then(&["DetailedAssessmentRecorded"]);
    }

    #[test]
    fn refusals() {
        reported()
            .when("03-13 08:00", OFFICER, detail())
            .then_refused("not-initially-assessed");
        assessed()
            .when("03-13 08:00", OFFICER, at(detail(), "03-11 10:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        assessed()
            .when("03-13 08:00", CHAIR, detail())
            .then_refused("role-may-not");
        assessed()
            .when(
                "03-13 08:00",
                OFFICER,
                with(detail(), json!({"harm": [{"level": "low"}]})),
            )
            .then_refused_at("wrong-length", "/harm");
    }
}
