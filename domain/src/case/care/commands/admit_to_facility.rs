//! `admit-to-facility`: a social assistance facility takes the child in at once; the papers follow within 10
//! working days, the stay lasts at most 3 months (Decree 20/2021, arts 24, 28.2; Decree 56/2017, art.
//! 42.4).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::FACILITY_BASIS;
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{AdmittedFacts, AdmittedPersonal, FacilityLevel};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};
use crate::unit::UnitReference;

/// The facility, its unit, and who decides about it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AdmitToFacility {
    pub facility: Line,
    #[schemars(with = "UnitReference")]
    pub unit: String,
    pub level: FacilityLevel,
    pub reason: Option<Prose>,
}

impl Example for AdmitToFacility {
    fn example() -> Value {
        json!({
            "facility": "Trung tâm bảo trợ xã hội tổng hợp",
            "unit": "44",
            "level": "provincial",
        })
    }
}

impl Gate for AdmitToFacility {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    /// A facility in the unit of who takes the child in.
    fn subjects<'a>(_: Case<'a>, context: &Context<'a>) -> Vec<About<'a>> {
        vec![About {
            unit: context.actor.unit.as_deref(),
            ..About::default()
        }]
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        if case.state.care.stay().is_none() {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "in-a-facility",
            "Trẻ đang được chăm sóc tại một cơ sở trợ giúp xã hội.",
            "The child is in the care of a facility already.",
            FACILITY_BASIS,
        )))
    }
}

impl Rule for AdmitToFacility {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About {
            unit: Some(&self.unit),
            ..About::default()
        }
    }

    fn decide(&self, _: Option<Case<'_>>, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        context.standing(&self.unit, false, "/unit")?;
        Ok(vec![Event::AdmittedToFacility(Split {
            facts: AdmittedFacts {
                unit: self.unit.clone(),
                level: self.level,
            },
            personal: Some(AdmittedPersonal {
                facility: self.facility.clone(),
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn a_facility_that_is_asked_owes_the_admission_at_once() {
        let to = json!({"to_agency": {"kind": "social-facility", "unit": PROVINCE}});
        let asked = assessed().and("03-12 09:00", OFFICER, with(refer("r1"), to));
        let all = asked.obligations("03-12 10:00");
        let owed = all.iter().find(|owed| owed.step == "admit-to-facility");
        let owed = owed.unwrap();
        assert!(owed.immediately && owed.is_open());
        assert_eq!(owed.accountable.unit.as_deref(), Some(PROVINCE));
        let admitted = asked.and("03-12 11:00", PROVIDER, admit());
        assert!(!admitted.open().contains(&"admit-to-facility".to_owned()));
        let not = assessed().and("03-12 09:00", OFFICER, refer("r1"));
        assert!(!not.open().contains(&"admit-to-facility".to_owned()));
    }

    #[test]
    fn papers_in_10_working_days_and_3_months_at_most() {
        let admitted = emergency()
            .when("03-12 20:00", CHAIR, admit())
            .then(&["AdmittedToFacility"]);
        assert_eq!(
            admitted.obligation("complete-admission-papers", "03-13 00:00"),
            "open 03-27 00:00"
        );
        assert_eq!(
            admitted.obligation("end-facility-stay", "03-13 00:00"),
            "open 06-13 00:00"
        );
        admitted
            .when("03-12 21:00", CHAIR, admit())
            .then_refused("in-a-facility");
    }
}
