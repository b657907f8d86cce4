//! `refer`: the child is referred to a service (Decree 56/2017, art. 29.1.b, 29.4). The law sets
//! no time for the answer; `respond_by` is what the referring officer asks for.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::ReopenedFacts;
use crate::case::events::referral::{MadeFacts, MadePersonal};
use crate::case::{CaseState, Context, Event, Rejection, Status};
use crate::text::{Code, Line, Prose, Term};
use crate::time::Moment;
use crate::unit::UnitReference;

/// The agency that is asked: a kind, a name, or both with its unit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ToAgency {
    Named(Term),
    Agency(Agency),
}

/// An agency by kind, name and unit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub kind: Option<Code>,
    pub name: Option<Line>,
    #[schemars(with = "Option<UnitReference>")]
    pub unit: Option<String>,
}

/// Who is asked for what, and until when an answer is wanted.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Refer {
    pub referral_id: Code,
    pub to_agency: ToAgency,
    pub reason: Prose,
    pub respond_by: Option<Moment>,
    pub item_id: Option<Code>,
    pub danger_now: Option<bool>,
}

impl Example for Refer {
    fn example() -> Value {
        json!({
            "referral_id": "r1",
            "to_agency": {"kind": "health", "name": "Trạm y tế", "unit": "19111"},
            "reason": "Tư vấn tâm lý",
            "respond_by": "2024-03-25",
        })
    }
}

impl Gate for Refer {
    /// Danger is told whether or not the case is closed; the referral opens it again, so that nothing that
    /// follows is left without an owner.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::ByValues
    }
}

impl Rule for Refer {
    fn despite_closing(&self, _: &CaseState) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        if state
            .referrals
            .iter()
            .any(|referral| referral.id == self.referral_id)
        {
            return Err(Rejection::field(
                "/referral_id",
                "referral-twice",
                "Vụ việc đã có lần chuyển gửi mang mã này.",
                "The case has a referral with this id already.",
            ));
        }
        let (to_kind, to_name, to_unit) = match &self.to_agency {
            ToAgency::Named(term) => (term.code(), term.words(), None),
            ToAgency::Agency(agency) => (
                agency.kind.clone(),
                agency.name.clone(),
                agency.unit.clone(),
            ),
        };
        if to_kind.is_none() && to_name.is_none() {
            return Err(Rejection::field(
                "/to_agency",
                "missing-field",
                "Hãy ghi nơi được chuyển gửi.",
                "Enter which agency is asked.",
            ));
        }
        if let Some(unit) = &to_unit {
            context.standing(unit, false, "/to_agency/unit")?;
        }
        if self
            .respond_by
            .is_some_and(|by| by.latest() <= context.occurred_at)
        {
            return Err(Rejection::field(
                "/respond_by",
                "end-before-start",
                "Hạn trả lời phải sau lúc chuyển gửi.",
                "The answer must be asked for a time after the referral.",
            ));
        }
        let made = Event::ReferralMade(Split {
            facts: MadeFacts {
                referral_id: self.referral_id.clone(),
                to_kind,
                to_unit,
                respond_by: self.respond_by,
                item_id: self.item_id.clone(),
                danger_now: self.danger_now,
            },
            personal: Some(MadePersonal {
                to_name,
                reason: self.reason.clone(),
            }),
        });
        if state.status == Status::Open {
            return Ok(vec![made]);
        }
        let reopened = Event::CaseReopened(Split {
            facts: ReopenedFacts {
                reason: Code::parse("danger-seen").ok(),
            },
            personal: None,
        });
        Ok(vec![reopened, made])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::identity::Role;
    use serde_json::json;

    #[test]
    fn the_answer_is_owed_by_the_agency_that_was_asked() {
        let case = assessed()
            .when("03-18 09:00", OFFICER, refer("r1"))
            .then(&["ReferralMade"]);
        assert_eq!(
            case.obligation("referral-response", "03-20 00:00"),
            "open 03-26 00:00"
        );
        let all = case.obligations("03-20 00:00");
        let owed = all.iter().find(|o| o.step == "referral-response").unwrap();
        assert_eq!(owed.accountable.role, Role::HealthWorker);
        assert_eq!(owed.accountable.unit.as_deref(), Some(COMMUNE));
        let words = with(
            refer("r2"),
            json!({"to_agency": "Trung tâm công tác xã hội"}),
        );
        case.when("03-18 09:30", PROVINCIAL, words)
            .then(&["ReferralMade"]);
    }

    #[test]
    fn danger_seen_at_a_referral_is_not_lost_on_a_closed_case() {
        let danger = with(
            refer("r9"),
            json!({ "danger_now": true, "respond_by": null }),
        );
        closed()
            .when("04-02 09:00", OFFICER, refer("r9"))
            .then_refused("case-closed");
        let told = closed()
            .when("04-02 09:00", OFFICER, danger.clone())
            .then(&["CaseReopened", "ReferralMade"]);
        assert_eq!(
            told.obligation("emergency-measure", "04-02 10:00"),
            "open 04-02 21:00"
        );
        assert!(told.open().contains(&"referral-response".to_owned()));
        // Also where it was seen before the closing and is written down after it.
        let before = at(danger, "03-31 09:00");
        let told = closed().and("04-02 09:00", OFFICER, before);
        assert_eq!(
            told.obligation("emergency-measure", "04-02 10:00"),
            "overdue 03-31 21:00"
        );
    }

    #[test]
    fn refusals() {
        assessed()
            .and("03-18 09:00", OFFICER, refer("r1"))
            .when("03-18 10:00", OFFICER, refer("r1"))
            .then_refused_at("referral-twice", "/referral_id");
        let to = |agency: serde_json::Value| {
            let mut command = refer("r1");
            command["to_agency"] = agency;
            command
        };
        assessed()
            .when("03-18 09:00", OFFICER, to(json!({"unit": COMMUNE})))
            .then_refused_at("missing-field", "/to_agency");
        assessed()
            .when(
                "03-18 09:00",
                OFFICER,
                to(json!({"kind": "health", "unit": "0"})),
            )
            .then_refused_at("unknown-unit", "/to_agency/unit");
        assessed()
            .when(
                "03-18 09:00",
                OFFICER,
                with(refer("r1"), json!({"respond_by": "2024-03-17"})),
            )
            .then_refused_at("end-before-start", "/respond_by");
        assessed()
            .when("03-18 09:00", HEALTH, refer("r1"))
            .then_refused("role-may-not");
    }
}
