//! `decide-placement`: the commune of the carer decides that the child is cared for there (form 12;
//! Decree 56/2017, art. 42.7; Law on Children, art. 63.1, 66).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{DECIDE_BASIS, at_stage, not_the_carers_commune, placements};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::care::PlacementStage;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::placement::{CarerKind, Consent, DecidedFacts, DecidedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Birth;
use crate::text::{Code, Line, Prose};
use crate::unit::UnitReference;

/// The decision. A child of 7 or older is asked (art. 42.1). In a separation the child is handed
/// over before the formalities (art. 32.4): then no verification is waited for.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DecidePlacement {
    pub placement_id: Code,
    pub carer_kind: CarerKind,
    #[schemars(with = "UnitReference")]
    pub carer_unit: String,
    pub carer: Option<Line>,
    pub decision_number: Line,
    pub parental_consent: Consent,
    pub consent_note: Option<Prose>,
    pub child_views: Option<Prose>,
}

impl Example for DecidePlacement {
    fn example() -> Value {
        json!({
            "placement_id": "c1",
            "carer_kind": "relatives",
            "carer_unit": "19114",
            "decision_number": "31/QĐ-UBND",
            "parental_consent": "given",
            "child_views": "Cháu muốn ở với bà",
        })
    }
}

impl Gate for DecidePlacement {
    fn wrong_seat(_: &CaseState, _: &About<'_>) -> Option<Rejection> {
        Some(not_the_carers_commune(DECIDE_BASIS))
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    /// A placement that was proposed, or another one with a carer in the unit of who decides.
    fn subjects<'a>(case: Case<'a>, context: &Context<'a>) -> Vec<About<'a>> {
        let own = About {
            unit: context.actor.unit.as_deref(),
            ..About::default()
        };
        placements(case).into_iter().chain([own]).collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let known = about.key.and_then(|id| case.state.care.placement(id));
        if known.is_some() {
            let verified = [PlacementStage::Verified];
            return at_stage(case, about.key, &verified, DECIDE_BASIS).map(drop);
        }
        if case.state.separation().is_some() {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "carer-not-verified",
            "Chưa có kết quả xác minh điều kiện của người nhận chăm sóc thay thế (Mẫu số 11). Hãy \
             ghi đề nghị và kết quả xác minh trước.",
            "The carer was not verified (form 11). Record the proposal and what was found first.",
            DECIDE_BASIS,
        )))
    }
}

impl Rule for DecidePlacement {
    fn about<'a>(&'a self, state: &'a CaseState) -> About<'a> {
        let known = state.care.placement(&self.placement_id).is_some();
        About {
            key: Some(&self.placement_id),
            unit: (!known).then_some(self.carer_unit.as_str()),
            ..About::default()
        }
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        context.standing(&self.carer_unit, true, "/carer_unit")?;
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let mut from_facility = state.care.stay().is_some();
        if let Some(placement) = state.care.placement(&self.placement_id) {
            if !context.units.same(placement.carer.unit(), &self.carer_unit) {
                return Err(Rejection::field(
                    "/carer_unit",
                    "another-carer",
                    "Nơi cư trú của người nhận chăm sóc khác với nơi đã xác minh.",
                    "The carer's commune is not the one that was verified.",
                ));
            }
            from_facility = placement.from_facility;
        }
        let age = match state.child.birth {
            Some(birth @ Birth::Date(_)) => Some(birth.age_on(context.occurred_at.date())),
            _ => None,
        };
        if age.is_some_and(|age| age >= 7) && self.child_views.is_none() {
            return Err(Rejection::field(
                "/child_views",
                "child-not-asked",
                "Trẻ từ đủ 07 tuổi phải được hỏi ý kiến. Hãy ghi ý kiến của trẻ.",
                "A child of 7 or older must be asked. Write down what the child said.",
            ));
        }
        if self.parental_consent == Consent::NotNeeded && self.consent_note.is_none() {
            return Err(Rejection::field(
                "/consent_note",
                "missing-field",
                "Hãy ghi vì sao không cần sự đồng ý bằng văn bản của cha, mẹ.",
                "Say why the written consent of the parents is not needed.",
            ));
        }
        let (decision_number, words) = apart(Some(&self.decision_number));
        let personal = DecidedPersonal {
            carer: self.carer.clone(),
            child_views: self.child_views.clone(),
            consent_note: self.consent_note.clone(),
            decision_number: words,
        };
        Ok(vec![Event::PlacementDecided(Split {
            facts: DecidedFacts {
                placement_id: self.placement_id.clone(),
                carer_kind: self.carer_kind,
                carer_unit: self.carer_unit.clone(),
                decision_number,
                parental_consent: self.parental_consent,
                from_facility,
            },
            personal: (personal != DecidedPersonal::default()).then_some(personal),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    use serde_json::json;

    #[test]
    fn the_child_is_handed_over_within_15_working_days() {
        let decided = carer_verified()
            .when("03-15 09:00", OTHER_CHAIR, decide_placement(OTHER))
            .then(&["PlacementDecided"]);
        assert_eq!(
            decided.obligation("decide-placement", "03-16 00:00"),
            "met -"
        );
        assert_eq!(
            decided.obligation("hand-over-child", "03-16 00:00"),
            "open 04-06 00:00"
        );
        assert_eq!(decided.owed_by("hand-over-child"), Some(OTHER.into()));
    }

    #[test]
    fn who_decides_and_what_must_be_known() {
        carer_verified()
            .when("03-15 09:00", CHAIR, decide_placement(OTHER))
            .then_refused("not-the-carers-commune");
        carer_verified()
            .when("03-15 09:00", OTHER_OFFICER, decide_placement(OTHER))
            .then_refused("role-may-not");
        let mut silent = decide_placement(OTHER);
        silent.as_object_mut().unwrap().remove("child_views");
        carer_verified()
            .when("03-15 09:00", OTHER_CHAIR, silent)
            .then_refused_at("child-not-asked", "/child_views");
        carer_verified()
            .when(
                "03-15 09:00",
                OTHER_CHAIR,
                with(
                    decide_placement(OTHER),
                    json!({"parental_consent": "not-needed"}),
                ),
            )
            .then_refused_at("missing-field", "/consent_note");
        assessed()
            .when("03-15 09:00", CHAIR, decide_placement(COMMUNE))
            .then_refused("carer-not-verified");
        // In a separation the formalities come after.
        separated()
            .when("03-12 09:00", CHAIR, decide_placement(COMMUNE))
            .then(&["PlacementDecided"]);
    }
}
