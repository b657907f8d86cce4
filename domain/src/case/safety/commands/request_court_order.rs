//! `request-court-order`: the court is asked to restrict parental rights or to continue a
//! separation (Law on Children, art. 52.3; Circular 14/2020, art. 14.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::court::{RequestedFacts, RequestedPersonal};
use crate::case::{About, Context, Event, Rejection};
use crate::text::{Prose, Term};
use crate::unit::UnitReference;

/// What the court is asked for: `continue-separation`, `restrict-parental-rights`,
/// `alternative-care`, or own words.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RequestCourtOrder {
    pub request: Term,
    /// Unit of the court; without it, the province of the incident.
    #[schemars(with = "Option<UnitReference>")]
    pub to_unit: Option<String>,
    pub note: Option<Prose>,
}

impl Example for RequestCourtOrder {
    fn example() -> Value {
        json!({"request": "continue-separation"})
    }
}

impl Gate for RequestCourtOrder {
    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let court = &case.state.court;
        if court.requested_at.is_none() || court.decided_at.is_some() {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "already-requested",
            "Đã đề nghị Tòa án và đang chờ quyết định.",
            "The court was asked already and has not decided yet.",
            "Luật Trẻ em 2016 Điều 52 khoản 3",
        )))
    }
}

impl Rule for RequestCourtOrder {
    fn decide(&self, _: Option<Case<'_>>, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if let Some(unit) = &self.to_unit {
            context.standing(unit, false, "/to_unit")?;
        }
        let personal = RequestedPersonal {
            request: self.request.words(),
            note: self.note.clone(),
        };
        Ok(vec![Event::CourtOrderRequested(Split {
            facts: RequestedFacts {
                request: self.request.code(),
                to_unit: self.to_unit.clone(),
            },
            personal: (personal != RequestedPersonal::default()).then_some(personal),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_court_is_asked_once_at_a_time() {
        let asked = separated()
            .when("03-18 08:00", CHAIR, ask_court())
            .then(&["CourtOrderRequested"]);
        assert_eq!(asked.obligation("court-order", "03-30 00:00"), "open -");
        asked
            .when("03-18 09:00", PROVINCIAL, ask_court())
            .then_refused("already-requested");
        asked
            .and("03-20 08:00", CLERK, court("refused", None))
            .when("03-21 09:00", CHAIR, ask_court())
            .then(&["CourtOrderRequested"]);
    }

    #[test]
    fn only_the_chair_or_the_province_asks() {
        separated()
            .when("03-18 08:00", OFFICER, ask_court())
            .then_refused("role-may-not");
    }
}
