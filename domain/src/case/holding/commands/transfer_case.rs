//! `transfer-case`: the commune that holds the case offers it to another, usually that of the
//! incident to that of residence (Law on Children, art. 52.2). No article sets a form or a time for
//! it. Until the other commune accepts, the giver stays responsible.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::BASIS;
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::transfer::TransferredFacts;
use crate::case::events::written::ReasonPersonal;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;
use crate::time::Moment;
use crate::unit::UnitReference;

/// The commune `to_unit` is asked to take the case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferCase {
    /// Code of the commune that is asked.
    #[schemars(with = "UnitReference")]
    pub to_unit: String,
    /// Why.
    pub reason: Prose,
    /// By when an answer is wanted; the law sets no time.
    pub respond_by: Option<Moment>,
}

impl Example for TransferCase {
    fn example() -> Value {
        json!({"to_unit": "19114", "reason": "Trẻ cư trú ở xã bên cạnh"})
    }
}

impl Gate for TransferCase {
    fn wrong_seat(_: &CaseState, _: &About<'_>) -> Option<Rejection> {
        Some(Rejection::forbidden(
            "not-the-holder",
            "Chỉ xã chịu trách nhiệm về vụ việc mới chuyển được hồ sơ cho cấp xã khác.",
            "Only the commune that holds the case can transfer it.",
            BASIS,
        ))
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let Some(offer) = &case.state.transfer else {
            return Ok(());
        };
        let to = context.units.name(&offer.to_unit, context.now.date());
        Err(Bar::NoPlace(Rejection::procedure(
            "transfer-pending",
            format!(
                "Hồ sơ đã được đề nghị chuyển cho {to} và đang chờ trả lời. Hãy rút lại đề \
                 nghị đó trước nếu cần chuyển cho nơi khác."
            ),
            format!(
                "The case was offered to {to}, which has not answered yet. Withdraw that offer \
                 first if it has to go elsewhere."
            ),
            BASIS,
        )))
    }
}

impl Rule for TransferCase {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        context.standing(&self.to_unit, true, "/to_unit")?;
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let from = state.responsible_commune();
        if context.units.same(&self.to_unit, from) {
            return Err(Rejection::field(
                "/to_unit",
                "to-itself",
                "Đơn vị của anh/chị đang chịu trách nhiệm về vụ việc này. Hãy chọn cấp xã khác, thường là \
                 nơi trẻ cư trú.",
                "Your commune holds this case. Choose another one, usually where the child lives.",
            ));
        }
        if self
            .respond_by
            .is_some_and(|by| by.latest() <= context.occurred_at)
        {
            return Err(Rejection::field(
                "/respond_by",
                "end-before-start",
                "Hạn trả lời phải sau lúc đề nghị chuyển.",
                "The answer must be asked for a time after the offer.",
            ));
        }
        Ok(vec![Event::CaseTransferred(Split {
            facts: TransferredFacts {
                from_unit: from.to_owned(),
                to_unit: self.to_unit.clone(),
                respond_by: self.respond_by,
            },
            personal: Some(ReasonPersonal {
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
    fn the_giver_stays_responsible_until_the_answer() {
        let offered = assessed()
            .when("03-13 09:00", OFFICER, transfer(OTHER))
            .then(&["CaseTransferred"]);
        assert_eq!(offered.state().holder_unit, COMMUNE);
        assert_eq!(offered.owed_by("submit-plan"), Some(COMMUNE.to_owned()));
        assert_eq!(offered.owed_by("transfer-response"), Some(OTHER.to_owned()));
        assert_eq!(
            offered.obligation("transfer-response", "03-20 00:00"),
            "open -"
        );
        // The asked commune sees the case and may look at it, but carries out nothing else of it.
        assert!(
            offered
                .state()
                .concerns(crate::identity::Role::CommuneOfficer, OTHER)
        );
    }

    #[test]
    fn an_answer_may_be_asked_for_by_a_day() {
        let offered = assessed()
            .when(
                "03-13 09:00",
                OFFICER,
                with(transfer(OTHER), json!({"respond_by": "2024-03-15"})),
            )
            .then(&["CaseTransferred"]);
        assert_eq!(
            offered.obligation("transfer-response", "03-20 00:00"),
            "overdue 03-16 00:00"
        );
        assessed()
            .when(
                "03-13 09:00",
                OFFICER,
                with(transfer(OTHER), json!({"respond_by": "2024-03-12"})),
            )
            .then_refused_at("end-before-start", "/respond_by");
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-13 09:00", OFFICER, transfer(COMMUNE))
            .then_refused_at("to-itself", "/to_unit");
        assessed()
            .when("03-13 09:00", OFFICER, transfer("00000"))
            .then_refused_at("unknown-unit", "/to_unit");
        assessed()
            .when("03-13 09:00", OFFICER, transfer(PROVINCE))
            .then_refused_at("not-a-commune", "/to_unit");
        assessed()
            .and("03-13 09:00", OFFICER, transfer(OTHER))
            .when("03-13 09:30", CHAIR, transfer("19117"))
            .then_refused("transfer-pending");
        assessed()
            .and("03-13 09:00", OFFICER, transfer(OTHER))
            .when("03-13 09:30", OTHER_OFFICER, transfer("19117"))
            .then_refused("not-the-holder");
        accepted()
            .when("03-15 09:30", OFFICER, transfer("19117"))
            .then_refused("not-the-holder");
        assessed()
            .when("03-13 09:00", PROVINCIAL, transfer(OTHER))
            .then_refused("role-may-not");
        accepted()
            .when(
                "03-15 09:00",
                OTHER_OFFICER,
                at(transfer(COMMUNE), "03-13 20:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
    }
}
