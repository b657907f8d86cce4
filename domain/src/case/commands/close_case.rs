//! `close-case`: the chair closes a case. The Decree knows one way: no longer at risk **and**
//! stable (Decree 56/2017, art. 30.1.b). Death, reaching 16, an unfounded report and a transfer
//! are not in the Decree; they end the procedure because it has no object any more.

use serde::Deserialize;

use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::{ClosedFacts, ClosedPersonal, ClosingReason};
use crate::case::events::report::VerificationOutcome;
use crate::case::{CaseState, Context, Event, ItemState, Rejection};
use crate::identity::{Birth, Role};
use crate::text::Prose;

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 30 khoản 1 điểm b";

/// Why, and a note where the reason needs one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct CloseCase {
    pub reason: ClosingReason,
    pub note: Option<Prose>,
}

impl Rule for CloseCase {
    fn roles() -> &'static [Role] {
        CHAIR
    }

    fn wrong_role(&self, _: &[Role]) -> Rejection {
        Rejection::forbidden(
            "not-the-chair",
            "Chỉ Chủ tịch Ủy ban nhân dân cấp xã quyết định kết thúc. Hãy trình Chủ tịch.",
            "Only the chair of the commune People's Committee decides on closing. Submit it to the \
             chair.",
            BASIS,
        )
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        if self.reason != ClosingReason::Died && state.separation().is_some() {
            return Err(Rejection::procedure(
                "still-separated",
                "Trẻ đang được tạm thời cách ly. Hãy hủy bỏ quyết định cách ly trước khi kết thúc.",
                "The child is still separated. Lift the separation before closing.",
                "NĐ 56/2017/NĐ-CP Điều 32 khoản 3",
            ));
        }
        match self.reason {
            ClosingReason::SafeAndStable => safe_and_stable(state, context)?,
            ClosingReason::Unfounded => unfounded(state)?,
            ClosingReason::Reached16 => reached_16(state, context)?,
            ClosingReason::Died => {}
            ClosingReason::Transferred | ClosingReason::Other => {
                not_at_risk(state)?;
                if self.note.is_none() {
                    return Err(Rejection::field(
                        "/note",
                        "missing-field",
                        "Với lý do này, hãy ghi rõ vì sao kết thúc.",
                        "With this reason, say why the case is closed.",
                    ));
                }
            }
        }
        Ok(vec![Event::CaseClosed(Split {
            facts: ClosedFacts {
                reason: self.reason,
            },
            personal: self
                .note
                .clone()
                .map(|note| ClosedPersonal { note: Some(note) }),
        })])
    }
}

fn safe_and_stable(state: &CaseState, context: &Context<'_>) -> Result<(), Rejection> {
    let Some(review) = state
        .review
        .as_ref()
        .filter(|review| review.cycle == state.cycle)
    else {
        return Err(not_enough(state));
    };
    if !review.enough() {
        return Err(not_enough(state));
    }
    if context.occurred_at < review.by.at {
        return Err(super::before(
            "Không thể kết thúc trước khi rà soát.",
            "A case cannot be closed before it was reviewed.",
        ));
    }
    let running = state
        .plan
        .iter()
        .flat_map(|plan| &plan.items)
        .any(|item| !item.ended());
    if running {
        return Err(Rejection::procedure(
            "plan-not-carried-out",
            "Kế hoạch còn việc chưa kết thúc. Hãy ghi kết quả từng việc trước khi kết thúc vụ việc.",
            "The plan has items that did not end. Record the result of each before closing.",
            "NĐ 56/2017/NĐ-CP Điều 30 khoản 1",
        ));
    }
    Ok(())
}

fn not_enough(state: &CaseState) -> Rejection {
    let reviewed = state.review.is_some();
    let (vi, en) = if reviewed {
        (
            "Lần rà soát gần nhất chưa kết luận cả hai điều kiện: không còn nguy cơ bị xâm hại và \
             đã ổn định. Phải lập kế hoạch tiếp theo.",
            "The last review did not find both: no longer at risk, and stable. A further plan is \
             needed.",
        )
    } else {
        (
            "Chưa có rà soát (Mẫu số 06) kết luận trẻ không còn nguy cơ bị xâm hại và đã ổn định. \
             Hãy rà soát trước.",
            "There is no review (form 06) that finds the child no longer at risk and stable. \
             Review first.",
        )
    };
    Rejection::procedure("not-safe-and-stable", vi, en, BASIS)
}

fn unfounded(state: &CaseState) -> Result<(), Rejection> {
    let latest = state.verification == Some(VerificationOutcome::Unfounded);
    if latest && !state.assessed_before() {
        return Ok(());
    }
    Err(Rejection::procedure(
        "not-found-unfounded",
        "Chưa có xác minh kết luận toàn bộ thông tin của vụ việc là không có căn cứ.",
        "No verification found the whole of what was reported unfounded.",
        "NĐ 56/2017/NĐ-CP Điều 25 khoản 2",
    ))
}

fn reached_16(state: &CaseState, context: &Context<'_>) -> Result<(), Rejection> {
    match state.child.birth {
        Some(birth @ Birth::Date(_)) if birth.age_on(context.occurred_at.date()) < 16 => {
            Err(Rejection::procedure(
                "not-yet-16",
                "Theo ngày sinh đã ghi, trẻ chưa đủ 16 tuổi.",
                "By the recorded date of birth the child is not 16 yet.",
                "Luật Trẻ em 2016 Điều 1",
            ))
        }
        Some(Birth::Date(_)) => Ok(()),
        _ => Err(Rejection::procedure(
            "birth-not-known",
            "Chưa có ngày sinh của trẻ nên chưa thể kết luận đã đủ 16 tuổi. Hãy đính chính ngày \
             sinh trước.",
            "The date of birth is not known, so nobody can say that the child has reached 16. \
             Correct the date of birth first.",
            "Luật Trẻ em 2016 Điều 1",
        )),
    }
}

/// A reason outside the Decree must not go round its two conditions.
fn not_at_risk(state: &CaseState) -> Result<(), Rejection> {
    let found = state
        .initial_assessment
        .as_ref()
        .is_some_and(|a| a.cycle >= state.opened_in_cycle && (a.grave || a.carer_is_harmer));
    let mut reports = state.reports.iter();
    let told = state.awaits_assessment
        && reports.any(|report| report.cycle == state.cycle && report.danger_now);
    let reviewed = state.review.as_ref();
    let safe = reviewed.is_some_and(|review| review.enough() && review.cycle == state.cycle);
    let at_risk = !safe && (found || told || reviewed.is_some());
    let running = state
        .plan_in_force()
        .into_iter()
        .flat_map(|plan| &plan.items)
        .any(|item| item.state == ItemState::Started);
    if !at_risk && !running {
        return Ok(());
    }
    Err(not_enough(state))
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    fn noted(reason: &str) -> serde_json::Value {
        with(close(reason), json!({"note": "Đã bàn giao"}))
    }

    #[test]
    fn safe_and_stable_needs_a_review_that_finds_both() {
        let case = reviewed()
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then(&["CaseClosed"]);
        assert_eq!(case.open(), ["archive"]);
        assert_eq!(case.obligation("close-case", "04-02 00:00"), "met -");
        for case in [
            reported(),
            assessed(),
            approved(),
            carried_out(),
            carried_out().and("03-29 09:00", OFFICER, review(false, true)),
            carried_out().and("03-29 09:00", OFFICER, review(true, false)),
        ] {
            case.when("04-01 09:00", CHAIR, close("safe-and-stable"))
                .then_refused("not-safe-and-stable");
        }
        approved()
            .and("03-20 09:00", OFFICER, review(true, true))
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then_refused("plan-not-carried-out");
        reviewed()
            .when(
                "04-01 09:00",
                CHAIR,
                at(close("safe-and-stable"), "03-28 10:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
    }

    #[test]
    fn unfounded_needs_a_verification() {
        reported()
            .and("03-11 10:00", OFFICER, verify("unfounded"))
            .when("03-11 11:00", CHAIR, close("unfounded"))
            .then(&["CaseClosed"]);
        for case in [
            reported(),
            reported().and("03-11 10:00", OFFICER, verify("unclear")),
        ] {
            case.when("03-11 11:00", CHAIR, close("unfounded"))
                .then_refused("not-found-unfounded");
        }
    }

    #[test]
    fn sixteen_needs_a_date_of_birth() {
        let born = |date: &str| {
            let told = with(
                report("03-11 09:00"),
                json!({"child": {"birth": {"date": date}}}),
            );
            given().and("03-11 09:00", OFFICER, told)
        };
        born("2008-04-01")
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then(&["CaseClosed"]);
        born("2008-04-02")
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then_refused("not-yet-16");
        let mut unknown = report("03-11 09:00");
        unknown["child"]["birth"] = json!({"estimated_age": 15});
        given()
            .and("03-11 09:00", OFFICER, unknown)
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then_refused("birth-not-known");
    }

    #[test]
    fn other_reasons_say_why_and_go_round_no_danger() {
        for reason in ["transferred", "other"] {
            assessed()
                .when("03-12 09:00", CHAIR, noted(reason))
                .then(&["CaseClosed"]);
            assessed()
                .when("03-12 09:00", CHAIR, close(reason))
                .then_refused_at("missing-field", "/note");
            emergency()
                .when("03-12 09:00", CHAIR, noted(reason))
                .then_refused("not-safe-and-stable");
            carried_out()
                .and("03-29 09:00", OFFICER, review(false, true))
                .when("04-01 09:00", CHAIR, noted(reason))
                .then_refused("not-safe-and-stable");
            approved()
                .and("03-16 09:00", OFFICER, service("start-service", "p1"))
                .when("04-01 09:00", CHAIR, noted(reason))
                .then_refused("not-safe-and-stable");
        }
    }

    #[test]
    fn a_separated_child_is_returned_first() {
        separated()
            .when("03-14 09:00", CHAIR, close("reached-16"))
            .then_refused("still-separated");
        separated()
            .when("03-14 09:00", CHAIR, close("died"))
            .then(&["CaseClosed"]);
    }

    #[test]
    fn only_the_chair_closes() {
        reviewed()
            .when("04-01 09:00", OFFICER, close("safe-and-stable"))
            .then_refused("not-the-chair");
    }
}
