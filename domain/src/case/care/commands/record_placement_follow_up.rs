//! `record-placement-follow-up`: the commune of the carer sees how the child lives there: after 1 month,
//! after 3 months, then every 6 months (form 13; Decree 56/2017, art. 43.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{FOLLOW_BASIS, at_stage, not_placed, placements};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::care::PlacementStage;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{FindingsPersonal, FollowedUpFacts};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};
use crate::time::Instant;

/// When, whether the child was seen, what was found.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordPlacementFollowUp {
    pub placement_id: Code,
    pub visited_at: Instant,
    pub child_seen: bool,
    #[serde(default)]
    pub carer_harms: bool,
    pub danger_now: Option<bool>,
    pub findings: Prose,
}

impl Example for RecordPlacementFollowUp {
    fn example() -> Value {
        json!({
            "placement_id": "c1",
            "visited_at": "2024-03-18T08:00:00+07:00",
            "child_seen": true,
            "findings": "Trẻ đi học đều",
        })
    }
}

impl Gate for RecordPlacementFollowUp {
    fn instant_field() -> Option<&'static str> {
        Some("/visited_at")
    }

    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        Some(not_placed(state, about.key, FOLLOW_BASIS))
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        placements(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let placed = [PlacementStage::Placed];
        at_stage(case, about.key, &placed, FOLLOW_BASIS).map(drop)
    }
}

impl Rule for RecordPlacementFollowUp {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.placement_id)
    }

    fn own_instant(&self) -> Option<Instant> {
        Some(self.visited_at)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::PlacementFollowedUp(Split {
            facts: FollowedUpFacts {
                placement_id: self.placement_id.clone(),
                visited_at: self.visited_at,
                child_seen: self.child_seen,
                carer_harms: self.carer_harms,
                danger_now: self.danger_now,
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

    use serde_json::json;

    #[test]
    fn after_one_month_three_months_and_every_six() {
        // Handed over on 29 March.
        let placed = placed();
        let due = |case: &Given| case.obligation("placement-follow-up", "04-01 00:00");
        assert_eq!(due(&placed), "open 05-03 00:00");
        let first = placed.and("04-26 09:00", OTHER_OFFICER, follow_up("04-26 08:00"));
        // 29 June is a Saturday: it ends with Monday, 1 July.
        assert_eq!(due(&first), "open 07-02 00:00");
        let second = first.and("06-20 09:00", OTHER_OFFICER, follow_up("06-20 08:00"));
        // 29 September is a Sunday.
        assert_eq!(due(&second), "open 10-01 00:00");
        let third = second.and("09-27 09:00", OTHER_OFFICER, follow_up("09-27 08:00"));
        // A year after: 29 March 2025 is a Saturday.
        assert_eq!(due(&third), "open 04-01 00:00");
    }

    #[test]
    fn an_extra_look_before_its_time_ends_nothing() {
        let first = placed().and("04-20 09:00", OTHER_OFFICER, follow_up("04-20 08:00"));
        let again = first.and("04-22 09:00", OTHER_OFFICER, follow_up("04-22 08:00"));
        assert_eq!(
            again.obligation("placement-follow-up", "05-01 00:00"),
            "open 07-02 00:00"
        );
    }

    #[test]
    fn one_late_look_answers_all_that_were_due() {
        let late = placed().and("07-20 09:00", OTHER_OFFICER, follow_up("07-20 08:00"));
        let all = late.obligations("07-21 00:00");
        let states: Vec<_> = all
            .iter()
            .filter(|o| o.step == "placement-follow-up")
            .map(|o| serde_json::to_value(o.state).unwrap())
            .collect();
        assert_eq!(states, ["met-late", "met-late", "open"]);
    }

    #[test]
    fn a_carer_who_harms_ends_it_at_once() {
        let harmed = placed().and(
            "04-20 09:00",
            OTHER_OFFICER,
            with(follow_up("04-20 08:00"), json!({"carer_harms": true})),
        );
        assert_eq!(harmed.obligation("end-placement", "04-21 00:00"), "open -");
        let all = harmed.obligations("04-21 00:00");
        assert!(
            all.iter()
                .any(|o| o.step == "end-placement" && o.immediately)
        );
    }

    #[test]
    fn who_did_not_see_the_child_is_asked_and_not_refused() {
        let unseen = with(follow_up("04-26 08:00"), json!({"child_seen": false}));
        let case = placed().and("04-26 09:00", OTHER_OFFICER, unseen.clone());
        // The form was filled in: what the law asks for is done, and the house asks.
        assert_eq!(
            case.obligation("placement-follow-up", "05-01 00:00"),
            "open 07-02 00:00"
        );
        assert!(case.open().contains(&"answer-contradiction".to_owned()));
        assert_eq!(case.owed_by("answer-contradiction"), Some(COMMUNE.into()));
        let answer = answer_contradiction(case.event("PlacementFollowedUp"), "child-not-seen");
        let answered = case.and("04-27 09:00", CHAIR, answer);
        assert!(!answered.open().contains(&"answer-contradiction".to_owned()));
        // Not to see it twice is asked once; to see it answers.
        let again = with(unseen, json!({"visited_at": t("04-28 08:00")}));
        let again = case.and("04-28 09:00", OTHER_OFFICER, again);
        assert_eq!(again.state().open_contradictions().count(), 1);
        let seen = again.and("04-29 09:00", OTHER_OFFICER, follow_up("04-29 08:00"));
        assert!(!seen.open().contains(&"answer-contradiction".to_owned()));
    }

    #[test]
    fn not_before_the_placement() {
        placement_decided()
            .when("03-29 09:00", OTHER_OFFICER, follow_up("03-28 08:00"))
            .then_refused("placement-stage");
        placed()
            .when("04-20 09:00", OTHER_OFFICER, follow_up("03-20 08:00"))
            .then_refused_at("before-its-cause", "/visited_at");
    }
}
