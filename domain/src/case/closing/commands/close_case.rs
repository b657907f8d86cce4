//! `close-case`: the chair closes a case. The Decree knows one way: no longer at risk **and**
//! stable (Decree 56/2017, art. 30.1.b). Death, reaching 16, an unfounded report and a transfer
//! are not in the Decree; they end the procedure because it has no object any more.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::law::{
    BASIS, no_danger_since, no_open_hours, nobody_looked, not_at_risk, reached_16, safe_and_stable,
    unanswered, unfounded,
};
use super::{Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::{ClosedFacts, ClosedPersonal, ClosingReason};
use crate::case::events::contradiction::Against;
use crate::case::{Context, Event, Rejection};
use crate::text::{Line, Prose};
use crate::time::Date;

/// Why, and what the reason needs: `transferred_to` the authority outside the system, `other_case` the
/// other case where it was recorded twice, `note` and `basis` for another reason.
/// `contradiction_reason`: why it is closed although something in the case speaks against it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct CloseCase {
    pub reason: ClosingReason,
    pub note: Option<Prose>,
    pub basis: Option<Line>,
    pub transferred_to: Option<TransferredTo>,
    pub other_case: Option<Uuid>,
    pub contradiction_reason: Option<Prose>,
}

/// An authority outside the system that has the case now.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferredTo {
    /// Its name.
    pub authority: Line,
    /// The day on which it received the case.
    pub received_on: Date,
    /// How it confirmed that: a document, a person, a call.
    pub confirmation: Line,
}

impl Example for CloseCase {
    fn example() -> Value {
        json!({"reason": "died"})
    }
}

impl Gate for CloseCase {
    fn wrong_role() -> Option<Rejection> {
        Some(Rejection::forbidden(
            "not-the-chair",
            "Chỉ Chủ tịch Ủy ban nhân dân cấp xã quyết định kết thúc vụ việc. Hãy trình Chủ tịch.",
            "Only the chair of the commune People's Committee decides on closing. Submit it to the \
             chair.",
            BASIS,
        ))
    }
}

impl Rule for CloseCase {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else {
            return Ok(vec![]);
        };
        let state = case.state;
        let died = self.reason == ClosingReason::Died;
        if !died && state.separation().is_some() {
            return Err(Rejection::procedure(
                "still-separated",
                "Trẻ đang được tạm thời cách ly. Hãy hủy bỏ quyết định cách ly trước khi kết thúc vụ \
                 việc.",
                "The child is still separated. Lift the separation before closing.",
                "NĐ 56/2017/NĐ-CP Điều 32 khoản 3",
            ));
        }
        match self.reason {
            ClosingReason::SafeAndStable => safe_and_stable(state)?,
            ClosingReason::Unfounded => {
                unfounded(state)?;
                no_open_hours(case, context)?;
            }
            ClosingReason::Reached16 => {
                reached_16(state, context)?;
                no_open_hours(case, context)?;
            }
            ClosingReason::Died => {}
            ClosingReason::Transferred => {
                no_open_hours(case, context)?;
                self.transferred(context)?;
            }
            ClosingReason::RecordedTwice => {
                no_open_hours(case, context)?;
                if self.other_case.is_none() {
                    return Err(missing(
                        "/other_case",
                        "Hãy ghi vụ việc kia, nơi trẻ được tiếp tục bảo vệ.",
                        "Name the other case, in which the child goes on being protected.",
                    ));
                }
            }
            ClosingReason::Other => {
                not_at_risk(state)?;
                no_open_hours(case, context)?;
                self.says_why()?;
            }
        }
        let looked_at = state.verification.is_some() || !state.awaits_assessment;
        if !died && !looked_at && !state.outside_decree() {
            return Err(nobody_looked());
        }
        if matches!(self.reason, ClosingReason::SafeAndStable) {
            no_danger_since(case, context)?;
        }
        if !died && !state.outside_decree() && self.contradiction_reason.is_none() {
            unanswered(&state.against_closing())?;
        }
        let alike = context.other_case_alike.unwrap_or(true);
        let twice = self.reason == ClosingReason::RecordedTwice;
        let against = (twice && !alike).then_some(Against::NothingAlike);
        Ok(vec![self.event(against.into_iter().collect())])
    }
}

impl CloseCase {
    fn says_why(&self) -> Result<(), Rejection> {
        if self.note.is_none() {
            return Err(missing(
                "/note",
                "Với lý do này, hãy ghi rõ vì sao kết thúc vụ việc.",
                "With this reason, say why the case is closed.",
            ));
        }
        if self.basis.is_none() {
            return Err(missing(
                "/basis",
                "Với lý do này, hãy ghi căn cứ để kết thúc vụ việc.",
                "With this reason, say on what the closing rests.",
            ));
        }
        Ok(())
    }

    fn transferred(&self, context: &Context<'_>) -> Result<(), Rejection> {
        let Some(to) = &self.transferred_to else {
            return Err(missing(
                "/transferred_to",
                "Chỉ kết thúc vụ việc vì đã chuyển khi cơ quan nhận ở ngoài hệ thống: hãy ghi tên cơ \
                 quan, ngày nhận và cách họ xác nhận. Nếu chuyển cho cấp xã khác, hãy dùng “Chuyển \
                 hồ sơ”.",
                "A case is closed as transferred only where the authority that has it is outside the \
                 system: name it, the day and how it confirmed receipt. To pass it to another \
                 commune, transfer the case.",
            ));
        };
        if to.received_on.0 > context.occurred_at.date() {
            return Err(Rejection::field(
                "/transferred_to/received_on",
                "in-the-future",
                "Cơ quan kia chưa nhận hồ sơ vào ngày kết thúc vụ việc. Hãy kiểm tra lại ngày.",
                "The other authority had not received the case by then. Check the day.",
            ));
        }
        Ok(())
    }

    fn event(&self, against: Vec<Against>) -> Event {
        let to = self.transferred_to.as_ref();
        let personal = ClosedPersonal {
            note: self.note.clone(),
            authority: to.map(|to| to.authority.clone()),
            confirmation: to.map(|to| to.confirmation.clone()),
            basis: self.basis.clone(),
            contradiction_reason: self.contradiction_reason.clone(),
        };
        Event::CaseClosed(Split {
            facts: ClosedFacts {
                reason: self.reason,
                other_case: self.other_case,
                against,
                received_on: to.map(|to| to.received_on),
            },
            personal: (personal != ClosedPersonal::default()).then_some(personal),
        })
    }
}

fn missing(field: &str, vi: &str, en: &str) -> Rejection {
    Rejection::field(field, "missing-field", vi, en)
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::identity::Role;
    use serde_json::json;

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
    fn sixteen_needs_a_date_of_birth_and_nothing_urgent() {
        let born = |birth: serde_json::Value| {
            let mut told = report("03-11 09:00");
            told["child"]["birth"] = birth;
            given().and("03-11 09:00", OFFICER, told).and(
                "03-11 10:00",
                OFFICER,
                verify("confirmed"),
            )
        };
        born(json!({"date": "2008-04-01"}))
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then(&["CaseClosed"]);
        born(json!({"date": "2008-04-02"}))
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then_refused("not-yet-16");
        born(json!({"estimated_age": 15}))
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then_refused("birth-not-known");
        let urgent =
            born(json!({"date": "2008-04-01"})).and("03-11 11:00", OFFICER, assess(true, false));
        urgent
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then_refused("still-in-danger");
        urgent
            .and("03-11 12:00", CHAIR, measure("03-11 11:30"))
            .when("04-01 09:00", CHAIR, close("reached-16"))
            .then(&["CaseClosed"]);
    }

    #[test]
    fn nobody_closes_what_nobody_looked_at() {
        for command in [close_otherwise(), close_transferred(), twice()] {
            reported()
                .when("03-12 09:00", CHAIR, command.clone())
                .then_refused("nobody-looked");
            reported()
                .and("03-11 10:00", OFFICER, verify("unclear"))
                .when("03-12 09:00", CHAIR, command)
                .then(&["CaseClosed"]);
        }
        reported()
            .when("03-12 09:00", CHAIR, close("died"))
            .then(&["CaseClosed"]);
        // A new report that nobody looked at, either.
        reviewed()
            .and("03-30 09:00", OFFICER, report("03-30 09:00"))
            .when("04-01 09:00", CHAIR, close_otherwise())
            .then_refused("not-safe-and-stable");
    }

    fn twice() -> serde_json::Value {
        with(
            close("recorded-twice"),
            json!({"other_case": uuid::Uuid::from_u128(7)}),
        )
    }

    #[test]
    fn other_reasons_say_why_and_go_round_no_danger() {
        for (reason, field) in [
            ("transferred", "/transferred_to"),
            ("other", "/note"),
            ("recorded-twice", "/other_case"),
        ] {
            assessed()
                .when("03-12 09:00", CHAIR, close(reason))
                .then_refused_at("missing-field", field);
        }
        assessed()
            .when(
                "03-12 09:00",
                CHAIR,
                with(close("other"), json!({"note": "Gia đình chuyển đi"})),
            )
            .then_refused_at("missing-field", "/basis");
        let later = json!({"transferred_to": {"received_on": "2024-03-13"}});
        assessed()
            .when("03-12 09:00", CHAIR, with(close_transferred(), later))
            .then_refused_at("in-the-future", "/transferred_to/received_on");
        for command in [close_otherwise(), close_transferred(), twice()] {
            assessed()
                .when("03-12 09:00", CHAIR, command.clone())
                .then(&["CaseClosed"]);
            let refused = emergency().when("03-12 09:00", CHAIR, command.clone());
            let other = command["reason"] == "other";
            refused.then_refused(if other {
                "not-safe-and-stable"
            } else {
                "still-in-danger"
            });
        }
        carried_out()
            .and("03-29 09:00", OFFICER, review(false, true))
            .when("04-01 09:00", CHAIR, close_otherwise())
            .then_refused("not-safe-and-stable");
        approved()
            .and("03-16 09:00", OFFICER, service("start-service", "p1"))
            .when("04-01 09:00", CHAIR, close_otherwise())
            .then_refused("not-safe-and-stable");
    }

    #[test]
    fn what_speaks_against_closing_is_answered_by_a_reason() {
        let why = json!({"contradiction_reason": "Đã trao đổi với công an"});
        let failed = approved()
            .and("03-28 09:00", OFFICER, service("fail-service", "p1"))
            .and("03-29 09:00", OFFICER, review(true, true));
        let undecided = reviewed().and("03-30 09:00", OFFICER, pass_crime());
        let high = carried_out().and(
            "03-29 09:00",
            OFFICER,
            with(
                review(true, true),
                json!({"harm": [{"level": "high"}, {"level": "low"}, {"level": "low"}]}),
            ),
        );
        for case in [failed, undecided, high] {
            case.when("04-01 09:00", CHAIR, close("safe-and-stable"))
                .then_refused_at("contradictions-unanswered", "/contradiction_reason");
            let closed = case
                .when(
                    "04-01 09:00",
                    CHAIR,
                    with(close("safe-and-stable"), why.clone()),
                )
                .then(&["CaseClosed"]);
            assert_eq!(closed.state().open_contradictions().count(), 0);
        }
        // A reason on the form of the review answers it already.
        let high = with(
            with(
                review(true, true),
                json!({"harm": [{"level": "high"}, {"level": "low"}, {"level": "low"}]}),
            ),
            why,
        );
        carried_out()
            .and("03-29 09:00", OFFICER, high)
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then(&["CaseClosed"]);
    }

    #[test]
    fn a_placement_that_nobody_followed_up_speaks_against_closing() {
        let placed = reviewed()
            .and("03-29 10:00", OFFICER, propose_placement(OTHER))
            .and("03-29 11:00", OTHER_OFFICER, verify_carer(true))
            .and("03-29 12:00", OTHER_CHAIR, decide_placement(OTHER))
            .and("03-29 13:00", OTHER_OFFICER, hand_over());
        placed
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then_refused_at("contradictions-unanswered", "/contradiction_reason");
        placed
            .and("03-30 09:00", OTHER_OFFICER, follow_up("03-30 08:00"))
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then(&["CaseClosed"]);
    }

    /// What is asked about and not answered, and of whom.
    fn asked(case: &Given) -> Vec<(&'static str, Role)> {
        let open = case.state().open_contradictions();
        open.map(|one| (one.against.code(), one.asks)).collect()
    }

    #[test]
    fn a_case_that_nothing_is_like_is_no_second_record_and_is_asked_about() {
        let why = json!({"contradiction_reason": "Cùng một trẻ, ghi nhầm tên"});
        for command in [twice(), with(twice(), why)] {
            let closed = assessed()
                .when_unlike("03-12 09:00", CHAIR, command)
                .then(&["CaseClosed"]);
            let province = Role::ProvincialOfficer;
            assert_eq!(asked(&closed), [("nothing-alike", province)]);
            assert_eq!(closed.open(), ["answer-contradiction", "archive"]);
            let about = || answer_contradiction(closed.event("CaseClosed"), "nothing-alike");
            closed
                .when("03-12 10:00", CHAIR, about())
                .then_refused("not-asked");
            let answered = closed.and("03-12 10:00", PROVINCIAL, about());
            assert_eq!(answered.open(), ["archive"]);
            // Who opens it again takes the question back with the closing.
            let again = closed.and("03-12 10:00", PROVINCIAL, reopen());
            assert_eq!(asked(&again), []);
            assert_eq!(again.open(), ["initial-assessment"]);
        }
        let alike = assessed().and("03-12 09:00", CHAIR, twice());
        assert_eq!(asked(&alike), []);
        // Any other reason names no other case.
        let other = assessed().when_unlike("03-12 09:00", CHAIR, close_otherwise());
        assert_eq!(asked(&other.then(&["CaseClosed"])), []);
    }

    #[test]
    fn another_case_that_is_named_by_a_correction_is_asked_about() {
        let closed = assessed().and("03-12 09:00", CHAIR, twice());
        let closing = closed.event("CaseClosed");
        let other = json!(uuid::Uuid::from_u128(8));
        let corrected = correct(closing, "/other_case", other);
        let corrected = closed.and("03-12 10:00", CHAIR, corrected);
        let province = Role::ProvincialOfficer;
        assert_eq!(asked(&corrected), [("finding-lowered", province)]);
    }

    /// An emergency whose plan was made and carried out with neither form 03 nor a meeting.
    fn without_papers() -> Given {
        emergency()
            .and("03-11 12:00", CHAIR, measure("03-11 11:30"))
            .and("03-12 09:00", OFFICER, submit())
            .and("03-12 10:00", CHAIR, approve())
            .and("03-28 09:00", OFFICER, complete("p1"))
    }

    #[test]
    fn papers_that_an_emergency_plan_still_owes_are_asked_about_at_closing() {
        let safe = || close("safe-and-stable");
        let why = json!({"contradiction_reason": "Cán bộ nghỉ ốm"});
        let reviewed = without_papers().and("03-29 09:00", OFFICER, review(true, true));
        let refused = reviewed.when("03-30 09:00", CHAIR, safe()).refusal();
        assert_eq!(refused.code, "contradictions-unanswered");
        for said in ["Mẫu số 03", "biên bản"] {
            assert!(refused.message.vi.contains(said), "{}", refused.message.vi);
        }
        let closed = reviewed.and("03-30 09:00", CHAIR, with(safe(), why));
        let all = closed.state().contradictions.iter();
        let all: Vec<_> = all.map(|one| one.against.code()).collect();
        assert_eq!(all, ["form-03-owed", "minutes-owed"]);
        assert_eq!(asked(&closed), []);
        // What has followed is not asked about.
        let followed = without_papers()
            .and("03-28 10:00", OFFICER, detail())
            .and("03-28 11:00", CHAIR, meet())
            .and("03-29 09:00", OFFICER, review(true, true));
        let closed = followed.when("03-30 09:00", CHAIR, safe());
        closed.then(&["CaseClosed"]);
        // Where the child died nobody is kept from saying so; the province is asked.
        let died = without_papers().and("03-29 09:00", CHAIR, close("died"));
        let province = Role::ProvincialOfficer;
        let papers = [("form-03-owed", province), ("minutes-owed", province)];
        assert_eq!(asked(&died), papers);
        let minded = died.open();
        let minded = minded.iter().filter(|step| *step == "answer-contradiction");
        assert_eq!(minded.count(), 2);
    }

    #[test]
    fn a_decision_on_separation_that_is_owed_keeps_the_case_open() {
        let needed = with(assess(false, false), json!({"separation_needed": true}));
        let case = reported().and("03-11 11:00", OFFICER, needed);
        for command in [close_transferred(), twice(), close_otherwise()] {
            case.when("03-12 09:00", CHAIR, command)
                .then_refused("still-in-danger");
        }
        let bare = |field: &str| {
            let mut command = close_transferred();
            let to = command["transferred_to"].as_object_mut().unwrap();
            to.remove(field);
            command
        };
        for field in ["authority", "received_on", "confirmation"] {
            assessed()
                .when("03-12 09:00", CHAIR, bare(field))
                .then_refused("missing-field");
        }
    }

    #[test]
    fn danger_seen_after_the_review_is_answered_first() {
        let seen = with(visit("03-30 15:00"), json!({"danger_now": true}));
        let seen = reviewed().and("03-30 16:00", OFFICER, seen);
        seen.when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then_refused("still-in-danger");
        seen.and("03-30 18:00", CHAIR, measure("03-30 17:00"))
            .when("04-01 09:00", CHAIR, close("safe-and-stable"))
            .then(&["CaseClosed"]);
    }

    #[test]
    fn a_separated_child_is_returned_first() {
        for reason in ["reached-16", "transferred", "other", "safe-and-stable"] {
            separated()
                .when("03-14 09:00", CHAIR, close(reason))
                .then_refused("still-separated");
        }
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
