//! `propose-prosecution`: the child-protection agency proposes prosecution in writing and tells the
//! procuracy, at once, when it learns of sexual abuse (Joint Circular 01/2022, art. 8.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::criminal::{ProposedFacts, ProposedPersonal};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};

/// The proposal was sent.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ProposeProsecution {
    pub procuracy_informed: bool,
    pub document_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for ProposeProsecution {
    fn example() -> Value {
        json!({"procuracy_informed": true, "document_number": "12/CV"})
    }
}

impl Gate for ProposeProsecution {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }
}

impl Rule for ProposeProsecution {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if case.is_none() {
            return Ok(vec![]);
        }
        if !self.procuracy_informed {
            return Err(Rejection::field(
                "/procuracy_informed",
                "procuracy-not-informed",
                "Văn bản kiến nghị khởi tố phải đồng thời gửi Viện kiểm sát. Hãy thông báo rồi ghi.",
                "The proposal must be sent to the procuracy at the same time. Tell it, then record.",
            ));
        }
        let (document_number, words) = apart(self.document_number.as_ref());
        let personal = ProposedPersonal {
            note: self.note.clone(),
            document_number: words,
        };
        Ok(vec![Event::ProsecutionProposed(Split {
            facts: ProposedFacts {
                procuracy_informed: self.procuracy_informed,
                document_number,
            },
            personal: (personal != ProposedPersonal::default()).then_some(personal),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_agency_proposes_when_it_learns_of_sexual_abuse() {
        let known = reported_with(sexual(report("03-11 09:00"))).and(
            "03-11 10:00",
            OFFICER,
            verify("confirmed"),
        );
        assert_eq!(
            known.obligation("propose-prosecution", "03-12 00:00"),
            "open -"
        );
        assert_eq!(known.owed_by("propose-prosecution"), Some(PROVINCE.into()));
        let done = known
            .when("03-11 15:00", PROVINCIAL, propose_prosecution())
            .then(&["ProsecutionProposed"]);
        assert_eq!(
            done.obligation("propose-prosecution", "03-12 00:00"),
            "met -"
        );
        let silent = with(
            propose_prosecution(),
            serde_json::json!({"procuracy_informed": false}),
        );
        known
            .when("03-11 15:00", PROVINCIAL, silent)
            .then_refused_at("procuracy-not-informed", "/procuracy_informed");
        let unclear = reported_with(sexual(report("03-11 09:00"))).and(
            "03-11 10:00",
            OFFICER,
            verify("unclear"),
        );
        assert_eq!(
            unclear.obligation("propose-prosecution", "03-12 00:00"),
            "none"
        );
    }
}
