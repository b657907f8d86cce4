//! `appraise-listing`: the authority over the facility appraises the list within 10 working days and sends the
//! child's file to the commune of a carer (Decree 56/2017, art. 45.2; since 1/7/2025 the chairman of the
//! province or commune, Decree 147/2025).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{FACILITY_BASIS, done_already, known, not_staying, placement_twice, staying};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{AppraisedFacts, CarerKind, FindingsPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};
use crate::unit::UnitReference;

/// Whether the child can be placed, and if so with which family.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AppraiseListing {
    pub eligible: bool,
    pub placement_id: Option<Code>,
    pub carer_kind: Option<CarerKind>,
    #[schemars(with = "Option<UnitReference>")]
    pub carer_unit: Option<String>,
    pub findings: Prose,
}

impl Example for AppraiseListing {
    fn example() -> Value {
        json!({
            "eligible": true,
            "placement_id": "c1",
            "carer_kind": "relatives",
            "carer_unit": "19114",
            "findings": "Đủ điều kiện",
        })
    }
}

impl Gate for AppraiseListing {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        not_staying(state)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let stay = staying(case)?;
        if stay.listed_at.is_none() {
            return Err(Bar::NotYet(Rejection::procedure(
                "not-listed",
                "Cơ sở chưa đưa trẻ vào danh sách đề nghị chăm sóc thay thế tại gia đình.",
                "The facility has not listed the child for placement with a family.",
                FACILITY_BASIS,
            )));
        }
        if stay.appraised_at.is_some() {
            return Err(Bar::NoPlace(done_already()));
        }
        Ok(())
    }
}

impl Rule for AppraiseListing {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.eligible {
            let missing = [
                ("/placement_id", self.placement_id.is_none()),
                ("/carer_kind", self.carer_kind.is_none()),
                ("/carer_unit", self.carer_unit.is_none()),
            ];
            if let Some((field, _)) = missing.into_iter().find(|(_, missing)| *missing) {
                return Err(Rejection::field(
                    field,
                    "missing-field",
                    "Khi đủ điều kiện, hãy ghi gia đình nhận chăm sóc và cấp xã nơi họ cư trú.",
                    "Where the child can be placed, name the family's commune and kind.",
                ));
            }
        }
        if let Some(unit) = &self.carer_unit {
            context.standing(unit, true, "/carer_unit")?;
        }
        if self.placement_id.as_ref().is_some_and(|id| known(case, id)) {
            return Err(placement_twice());
        }
        Ok(vec![Event::ListingAppraised(Split {
            facts: AppraisedFacts {
                eligible: self.eligible,
                placement_id: self.placement_id.clone(),
                carer_kind: self.carer_kind,
                carer_unit: self.carer_unit.clone(),
            },
            personal: Some(FindingsPersonal {
                findings: self.findings.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_authority_over_the_facility_is_that_of_the_day() {
        for (day, agency) in [
            (
                "2025-02-27",
                "Labour Department or district People's Committee",
            ),
            (
                "2025-03-03",
                "Health Department or district People's Committee",
            ),
            (
                "2025-06-30",
                "Health Department or district People's Committee",
            ),
            (
                "2025-07-01",
                "chair of the province (provincial facility) or of the commune",
            ),
        ] {
            let clock = format!("{day} 09:00");
            let listed =
                assessed()
                    .and("03-12 09:00", CHAIR, admit())
                    .and(&clock, PROVIDER, list_child());
            let all = listed.obligations(&clock);
            let owed = all.iter().find(|owed| owed.step == "appraise-listing");
            let named = owed.unwrap().accountable.agency.clone().unwrap();
            assert_eq!(named.en, agency, "{day}");
        }
    }

    #[test]
    fn the_commune_of_the_carer_decides_within_15_working_days() {
        let listed = emergency().and("03-12 20:00", CHAIR, admit()).and(
            "03-20 09:00",
            PROVIDER,
            list_child(),
        );
        let appraised = listed
            .when("03-28 09:00", PROVINCIAL, appraise(OTHER))
            .then(&["ListingAppraised"]);
        assert_eq!(
            appraised.obligation("appraise-listing", "04-05 00:00"),
            "met 04-04 00:00"
        );
        // 18 April is a holiday: 15 working days after 28 March end with 19 April.
        assert_eq!(
            appraised.obligation("decide-placement", "04-05 00:00"),
            "open 04-20 00:00"
        );
        let decided = appraised.and("04-10 09:00", OTHER_CHAIR, decide_placement(OTHER));
        assert_eq!(
            decided.obligation("decide-placement", "04-11 00:00"),
            "met 04-20 00:00"
        );
        assert_eq!(
            decided.obligation("end-facility-care", "04-11 00:00"),
            "open 04-18 00:00"
        );
        let ended = decided.and("04-16 09:00", PROVINCIAL, end_care());
        assert_eq!(
            ended.obligation("end-facility-care", "04-20 00:00"),
            "met 04-18 00:00"
        );
        assert_eq!(
            ended.obligation("end-facility-stay", "04-20 00:00"),
            "met 06-13 00:00"
        );
        let mut bare = appraise(OTHER);
        bare.as_object_mut().unwrap().remove("carer_unit");
        listed
            .when("03-28 09:00", PROVINCIAL, bare)
            .then_refused_at("missing-field", "/carer_unit");
        emergency()
            .and("03-12 20:00", CHAIR, admit())
            .when("03-28 09:00", PROVINCIAL, appraise(OTHER))
            .then_refused("not-listed");
    }
}
