//! `record-court-decision`: what the court decided.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::court::{DecidedFacts, DecidedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose, Term};
use crate::time::Moment;

/// The decision: `continue-separation`, `restrict-parental-rights`, `alternative-care`, `refused`,
/// or own words. A decision other than `refused` that names an end lets a separation last until
/// then; `continue-separation` without an end lets it last until it is lifted.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordCourtDecision {
    pub decision: Term,
    pub until: Option<Moment>,
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for RecordCourtDecision {
    fn example() -> Value {
        json!({"decision": "refused"})
    }
}

impl Gate for RecordCourtDecision {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        state.court.asked.is_none().then(court_not_asked)
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let court = &case.state.court;
        if court.requested_at.is_some() && court.decided_at.is_none() {
            return Ok(());
        }
        Err(Bar::NoPlace(court_not_asked()))
    }
}

impl Rule for RecordCourtDecision {
    fn decide(&self, _: Option<Case<'_>>, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if self
            .until
            .is_some_and(|until| until.latest() <= context.occurred_at)
        {
            return Err(Rejection::field(
                "/until",
                "end-before-start",
                "Thời hạn trong quyết định phải sau ngày quyết định.",
                "The end in the decision must lie after the decision.",
            ));
        }
        let (decision_number, words) = apart(self.decision_number.as_ref());
        let personal = DecidedPersonal {
            decision: self.decision.words(),
            note: self.note.clone(),
            decision_number: words,
        };
        Ok(vec![Event::CourtDecided(Split {
            facts: DecidedFacts {
                decision: self.decision.code(),
                until: self.until,
                decision_number,
            },
            personal: (personal != DecidedPersonal::default()).then_some(personal),
        })])
    }
}

fn court_not_asked() -> Rejection {
    Rejection::procedure(
        "court-not-asked",
        "Chưa có đề nghị nào đang chờ Tòa án quyết định.",
        "No request waits for a decision of the court.",
        "Luật Trẻ em 2016 Điều 52 khoản 3",
    )
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    fn asked() -> Given {
        separated().and("03-18 08:00", CHAIR, ask_court())
    }

    #[test]
    fn the_court_lets_a_separation_go_on() {
        let decided = asked()
            .when(
                "03-25 08:00",
                CLERK,
                court("continue-separation", Some("2024-05-31")),
            )
            .then(&["CourtDecided"]);
        assert_eq!(decided.obligation("court-order", "03-26 00:00"), "met -");
        assert_eq!(
            decided.obligation("separation-end", "04-30 00:00"),
            "open 06-01 00:00"
        );
        let lifted = decided.and("05-20 08:00", CHAIR, lift());
        assert_eq!(
            lifted.obligation("separation-end", "06-30 00:00"),
            "met 06-01 00:00"
        );
    }

    #[test]
    fn a_refusal_changes_nothing() {
        let refused = asked().and("03-25 08:00", CLERK, court("refused", None));
        assert_eq!(
            refused.obligation("separation-end", "03-26 00:00"),
            "open 03-28 00:00"
        );
    }

    #[test]
    fn to_restrict_parental_rights_isolates_nobody() {
        for until in [None, Some("2024-12-31")] {
            let decided = asked().and(
                "03-25 08:00",
                CLERK,
                court("restrict-parental-rights", until),
            );
            assert_eq!(
                decided.obligation("separation-end", "03-26 00:00"),
                "open 03-28 00:00"
            );
            assert!(!decided.state().separation().unwrap().required);
            decided
                .when("03-26 08:00", CHAIR, extend("2024-04-10"))
                .then_refused("separation-over");
        }
    }

    #[test]
    fn refusals() {
        separated()
            .when("03-25 08:00", CLERK, court("refused", None))
            .then_refused("court-not-asked");
        asked()
            .when(
                "03-25 08:00",
                CLERK,
                at(court("refused", None), "03-17 08:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        asked()
            .when(
                "03-25 08:00",
                CLERK,
                court("continue-separation", Some("2024-03-24")),
            )
            .then_refused_at("end-before-start", "/until");
        asked()
            .when("03-25 08:00", POLICE, court("refused", None))
            .then_refused("role-may-not");
    }
}
