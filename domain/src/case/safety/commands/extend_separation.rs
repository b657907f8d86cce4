//! `extend-separation`: the chair extends a separation; the total stays within 15 days unless a
//! competent authority requires it to go on (Decree 56/2017, art. 32.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::order_separation::{in_order, not_the_chair, on_closed, within_total};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::apart::report_of;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::separation::{
    ExtendedFacts, ExtendedPersonal, RequirementFacts, RequirementPersonal,
};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};
use crate::time::Moment;

/// The new last day. `required_by` names the competent authority and its document, `report` the report of
/// whose child it is, where nobody knows yet whether that is the child of the case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ExtendSeparation {
    pub decision_number: Option<Line>,
    pub until: Moment,
    pub reason: Option<Prose>,
    pub required_by: Option<Requirement>,
    pub report: Option<Uuid>,
}

/// A competent authority that requires the separation to go on (art. 32.3).
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    pub authority: Line,
    pub document: Line,
}

impl Requirement {
    /// That it is required and the number of the document; the authority, and what is no number.
    fn apart(&self) -> (RequirementFacts, RequirementPersonal) {
        let (document, words) = apart(Some(&self.document));
        let own = RequirementPersonal {
            authority: Some(self.authority.clone()),
            document: words,
        };
        (RequirementFacts { document }, own)
    }
}

impl Example for ExtendSeparation {
    fn example() -> Value {
        json!({"decision_number": "22/QĐ-UBND", "until": "2024-03-22"})
    }
}

impl Gate for ExtendSeparation {
    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn on_closed_case(state: &CaseState, context: &Context<'_>) -> OnClosed {
        on_closed(state, context)
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        separated(case, context)
    }
}

impl Rule for ExtendSeparation {
    fn despite_closing(&self, state: &CaseState) -> bool {
        self.report.is_some_and(|report| state.waits(report))
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let report = meant(self.report, state, context)?;
        let whose = report.or(self.report);
        let Some(separation) = state.separation_of(whose) else {
            return Err(not_separated());
        };
        let counted_from = state.separation_counts_from(whose);
        in_order(separation.from, self.until)?;
        if self.until.latest() <= separation.until.latest() {
            return Err(Rejection::field(
                "/until",
                "not-an-extension",
                "Ngày mới không sau ngày cách ly cuối đang có. Nếu muốn dừng sớm, hãy hủy bỏ quyết \
                 định cách ly.",
                "The new end is not after the one in force. To end earlier, lift the separation.",
            ));
        }
        if self.required_by.is_none() && context.occurred_at > separation.until.latest() {
            return Err(over(separation.until));
        }
        within_total(
            state.separation_days_used(whose),
            counted_from.unwrap_or(separation.counted_from),
            self.until,
            self.required_by.is_some(),
        )?;
        let (decision_number, words) = apart(self.decision_number.as_ref());
        let (required, by) = self.required_by.as_ref().map(Requirement::apart).unzip();
        let personal = ExtendedPersonal {
            reason: self.reason.clone(),
            decision_number: words,
            required_by: by,
        };
        Ok(vec![Event::SeparationExtended(Split {
            facts: ExtendedFacts {
                decision_number,
                until: self.until,
                required_by: required,
                report,
            },
            personal: (personal != ExtendedPersonal::default()).then_some(personal),
        })])
    }
}

/// The separation is over by its own date: an extension comes too late, whenever it is written down.
fn over(until: Moment) -> Rejection {
    let last = until.date().format("%d/%m/%Y");
    Rejection::procedure(
        "separation-over",
        format!(
            "Quyết định cách ly đã hết hạn ngày {last} trước ngày gia hạn này, nên không gia hạn được \
             nữa. Còn lại hai việc: hủy bỏ quyết định cách ly và đưa trẻ về nếu an toàn, hoặc đề nghị \
             Tòa án."
        ),
        format!(
            "The separation had ended on {last}, before this extension, so it cannot be extended any \
             more. Two ways are left: lift it and return the child if it is safe, or ask the court."
        ),
        "NĐ 56/2017/NĐ-CP Điều 32 khoản 3; TT 14/2020/TT-BLĐTBXH Điều 14 khoản 3",
    )
    .at("/until")
}

/// Refuses where there is no separation to act on: of the child of the case, or of one of a report that waits
/// for its answer and that the actor's commune decided on.
pub(super) fn separated(case: Case<'_>, context: &Context<'_>) -> Result<(), Bar> {
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    let report = case.state.separated_for(unit);
    let another = case.state.means_another(context.actor.role, unit);
    if report.is_some() || (!another && case.state.separation().is_some()) {
        return Ok(());
    }
    Err(Bar::NoPlace(not_separated()))
}

/// The report of whose child it is; of a child whose separation another commune decided on, nobody else
/// disposes.
pub(super) fn meant(
    named: Option<Uuid>,
    state: &CaseState,
    context: &Context<'_>,
) -> Result<Option<Uuid>, Rejection> {
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    let report = match named {
        Some(named) => report_of(named, state)?,
        None => state.separated_for(unit),
    };
    let own = |report: Uuid| context.actor.role == Role::System || state.separated_by(report, unit);
    if report.is_none_or(own) {
        return Ok(report);
    }
    Err(Rejection::forbidden(
        "not-your-unit",
        "Trẻ của thông tin này do cấp xã khác quyết định cách ly, và chưa có trả lời có phải cùng một trẻ. Hãy \
         báo cho cấp xã đó, hoặc trả lời câu hỏi đó trước.",
        "Another commune separated the child of this report, and nobody has answered yet whether it is the \
         same child. Tell that commune, or answer that first.",
        "NĐ 56/2017/NĐ-CP Điều 32 khoản 2",
    )
    .at("/report"))
}

pub(super) fn not_separated() -> Rejection {
    Rejection::procedure(
        "not-separated",
        "Hiện không có quyết định tạm thời cách ly nào đang có hiệu lực.",
        "The child is not separated now.",
        "NĐ 56/2017/NĐ-CP Điều 32",
    )
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_chain_of_extensions_stays_within_fifteen_days() {
        let chain = separated()
            .and("03-19 08:00", CHAIR, extend("2024-03-24"))
            .and("03-24 08:00", CHAIR, extend("2024-03-27"));
        assert_eq!(
            chain.obligation("separation-end", "03-25 00:00"),
            "open 03-28 00:00"
        );
        chain
            .when("03-27 08:00", CHAIR, extend("2024-03-28"))
            .then_refused_at("separation-too-long", "/until");
    }

    #[test]
    fn a_competent_authority_may_require_more() {
        let longer = separated()
            .when("03-19 08:00", CHAIR, extend_required("2024-05-01"))
            .then(&["SeparationExtended"]);
        assert_eq!(
            longer.obligation("separation-end", "03-30 00:00"),
            "open 05-02 00:00"
        );
    }

    #[test]
    fn an_extension_moves_what_is_minded() {
        let bound = |case: &Given| {
            let all = case.obligations("03-13 00:00");
            let end = all.iter().rev().find(|o| o.step == "separation-end");
            end.unwrap().bound.clone().unwrap().at.to_string()
        };
        assert_eq!(bound(&separated()), "2024-03-21T00:00:00+07:00");
        let extended = separated().and("03-19 08:00", CHAIR, extend("2024-03-24"));
        assert_eq!(bound(&extended), "2024-03-25T00:00:00+07:00");
    }

    #[test]
    fn an_extension_is_judged_by_its_own_date() {
        // Decided on the last day and written down five days later.
        separated()
            .when(
                "03-25 08:00",
                CHAIR,
                at(extend("2024-03-24"), "03-20 23:59"),
            )
            .then(&["SeparationExtended"]);
        // Decided when the separation was over: lift it, or ask the court.
        for command in [
            at(extend("2024-03-24"), "03-21 00:01"),
            extend("2024-03-26"),
        ] {
            let refused = separated().when("03-25 08:00", CHAIR, command).refusal();
            assert_eq!(
                (refused.code, refused.field.as_deref()),
                ("separation-over", Some("/until"))
            );
            assert!(refused.message.vi.contains("đề nghị Tòa án"));
            assert!(refused.message.vi.contains("hủy bỏ quyết định cách ly"));
        }
        // What a competent authority requires is recorded.
        separated()
            .when("03-25 08:00", CHAIR, extend_required("2024-05-01"))
            .then(&["SeparationExtended"]);
    }

    #[test]
    fn refusals() {
        emergency()
            .when("03-13 08:00", CHAIR, extend("2024-03-24"))
            .then_refused("not-separated");
        separated()
            .when("03-13 08:00", CHAIR, extend("2024-03-20"))
            .then_refused_at("not-an-extension", "/until");
        separated()
            .when("03-13 08:00", CHAIR, extend("2024-03-11"))
            .then_refused_at("end-before-start", "/until");
        separated()
            .when("03-13 08:00", OFFICER, extend("2024-03-24"))
            .then_refused("not-the-chair");
    }
}
