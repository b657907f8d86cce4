//! `lift-separation`: the chair ends a separation (Decree 56/2017, art. 32.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::extend_separation::{meant, not_separated, separated};
use super::order_separation::{not_the_chair, on_closed};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::Level;
use crate::case::events::apart::apart;
use crate::case::events::assessment::DetailedFacts;
use crate::case::events::contradiction::Against;
use crate::case::events::separation::{LiftedFacts, LiftedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection, effective};
use crate::language::Sentence;
use crate::text::{Line, Prose, Term};

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 32 khoản 3";

/// The decision that ends the separation: with whom the child is from now on, and why it is lifted where
/// no form 03 found parents or carers safe, or danger speaks against it. `report` names the report of whose
/// child it is, where nobody knows yet whether that is the child of the case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct LiftSeparation {
    pub decision_number: Option<Line>,
    pub placement: Option<Term>,
    pub reason: Option<Prose>,
    pub report: Option<Uuid>,
}

impl Example for LiftSeparation {
    fn example() -> Value {
        json!({
            "decision_number": "23/QĐ-UBND",
            "placement": "parents",
            "reason": "Gia đình an toàn",
        })
    }
}

impl Gate for LiftSeparation {
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

impl Rule for LiftSeparation {
    fn despite_closing(&self, state: &CaseState) -> bool {
        self.report.is_some_and(|report| state.waits(report))
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else {
            return Ok(vec![]);
        };
        let state = case.state;
        let report = meant(self.report, state, context)?;
        let Some(separation) = state.separation_of(report) else {
            return Err(not_separated());
        };
        let Some(placement) = &self.placement else {
            return Err(Rejection::field(
                "/placement",
                "missing-field",
                "Hãy ghi trẻ nay ở với ai.",
                "Say with whom the child is from now on.",
            ));
        };
        // Form 03 is of the child of the case.
        let assessed = state.detailed_assessment.as_ref();
        let assessed = assessed.filter(|_| report.is_none());
        if assessed.is_none_or(|form| form.at < separation.by.at) && self.reason.is_none() {
            return Err(Rejection::procedure(
                "not-assessed-as-safe",
                "Từ khi cách ly chưa có đánh giá theo Mẫu số 03 rằng cha, mẹ, người chăm sóc đã bảo \
                 đảm an toàn. Hãy đánh giá trước, hoặc ghi lý do vì sao hủy bỏ mà không có đánh giá.",
                "Since the separation no form 03 has found parents or carers safe. Assess first, or \
                 say why it is lifted without.",
                BASIS,
            )
            .at("/reason"));
        }
        let against = against(case, report, context);
        if !against.is_empty() && self.reason.is_none() {
            return Err(unsafe_now(&against));
        }
        let (decision_number, words) = apart(self.decision_number.as_ref());
        let personal = LiftedPersonal {
            placement: placement.words(),
            reason: self.reason.clone(),
            decision_number: words,
        };
        Ok(vec![Event::SeparationLifted(Split {
            facts: LiftedFacts {
                decision_number,
                placement: placement.code(),
                against,
                report,
            },
            personal: (personal != LiftedPersonal::default()).then_some(personal),
        })])
    }
}

/// What speaks against lifting the separation now: danger or mostly high harm on the last form 03, or a
/// duty of 12 hours that is open, for this child. The triggers are the house's own.
fn against(case: Case<'_>, report: Option<Uuid>, context: &Context<'_>) -> Vec<Against> {
    let known = effective(case.history);
    let form = known.iter().rev().find_map(|one| match &one.event {
        Event::DetailedAssessmentRecorded(form) => Some(&form.facts),
        _ => None,
    });
    let shows_danger = |form: &DetailedFacts| {
        let high = form.harm.iter().filter(|level| **level == Level::High);
        form.danger_now == Some(true) || high.count() * 2 > form.harm.len()
    };
    let mut against = Vec::new();
    if report.is_none() && form.is_some_and(shows_danger) {
        against.push(Against::UnsafeOnForm03);
    }
    let key = report.map(|report| report.to_string());
    let mut hours = case.open_hours(context).into_iter();
    if hours.any(|owed| report.is_none() || owed.item == key) {
        against.push(Against::OpenEmergency);
    }
    against
}

fn unsafe_now(against: &[Against]) -> Rejection {
    let Sentence { vi, en } = Against::titles(against);
    Rejection::procedure(
        "contradictions-unanswered",
        format!("Có điểm nói ngược lại: {vi}. Hãy ghi lý do vì sao vẫn hủy bỏ."),
        format!("Something speaks against it: {en}. Say why it is lifted nevertheless."),
        BASIS,
    )
    .at("/reason")
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::identity::Role;
    use serde_json::json;

    #[test]
    fn lifting_ends_the_separation() {
        let lifted = separated()
            .when("03-20 08:00", CHAIR, lift())
            .then(&["SeparationLifted"]);
        assert!(lifted.state().separation().is_none());
        assert_eq!(
            lifted.obligation("separation-end", "03-21 00:00"),
            "met 03-28 00:00"
        );
    }

    #[test]
    fn it_says_with_whom_the_child_is_and_that_it_is_safe_or_why_not() {
        let without = |field: &str| {
            let mut command = lift();
            command.as_object_mut().unwrap().remove(field);
            command
        };
        separated()
            .when("03-20 08:00", CHAIR, without("placement"))
            .then_refused_at("missing-field", "/placement");
        separated()
            .when("03-20 08:00", CHAIR, without("reason"))
            .then_refused_at("not-assessed-as-safe", "/reason");
        // A form 03 of before the separation says nothing of after it.
        emergency()
            .and("03-11 18:00", OFFICER, detail())
            .and("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-20"))
            .when("03-20 08:00", CHAIR, without("reason"))
            .then_refused_at("not-assessed-as-safe", "/reason");
        separated()
            .and("03-19 09:00", OFFICER, detail())
            .when("03-20 08:00", CHAIR, without("reason"))
            .then(&["SeparationLifted"]);
    }

    #[test]
    fn it_is_not_lifted_in_silence_against_form_03_or_open_danger() {
        let without = || {
            let mut command = lift();
            command.as_object_mut().unwrap().remove("reason");
            command
        };
        let five = |level: &str| vec![json!({"level": level}); 5];
        let high = json!({ "harm": five("high"), "protection": five("low") });
        let seen = json!({ "danger_now": true });
        for (form, what) in [
            (high, vec!["unsafe-on-form-03"]),
            (seen, vec!["unsafe-on-form-03", "open-emergency"]),
        ] {
            let case = separated().and("03-19 09:00", OFFICER, with(detail(), form));
            case.when("03-20 08:00", CHAIR, without())
                .then_refused_at("contradictions-unanswered", "/reason");
            let lifted = case.and("03-20 08:00", CHAIR, lift());
            let open = lifted.state().open_contradictions();
            let open: Vec<_> = open.map(|one| (one.against.code(), one.asks)).collect();
            let asked = what.iter().map(|code| (*code, Role::ProvincialOfficer));
            assert_eq!(open, asked.collect::<Vec<_>>());
            assert_eq!(
                lifted.owed_by("answer-contradiction"),
                Some(PROVINCE.into())
            );
        }
        // A later form 03 that finds them safe is what the law asks for.
        separated()
            .and(
                "03-18 09:00",
                OFFICER,
                with(detail(), json!({ "danger_now": true })),
            )
            .and("03-18 10:00", CHAIR, measure("03-18 09:30"))
            .and("03-19 09:00", OFFICER, detail())
            .when("03-20 08:00", CHAIR, without())
            .then(&["SeparationLifted"]);
    }

    /// Danger to a child in `OTHER`, told to the case of `COMMUNE` unseen, and separated by its chair.
    fn unknown_child() -> Given {
        let there = json!({
            "place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}, "danger_now": true,
        });
        assessed()
            .and(
                "03-20 09:00",
                OTHER_OFFICER,
                with(report("03-20 09:00"), there),
            )
            .and(
                "03-20 10:00",
                OTHER_CHAIR,
                separate("2024-03-20", "2024-03-30"),
            )
    }

    fn ends(case: &Given, clock: &str) -> Vec<String> {
        let all = case.obligations(clock).into_iter();
        all.filter(|owed| owed.step == "separation-end")
            .map(|owed| {
                let state = serde_json::to_value(owed.state).unwrap();
                let due = owed.due_at.unwrap().local().format("%m-%d %H:%M");
                let unit = owed.accountable.unit.unwrap();
                format!("{unit} {} {due}", state.as_str().unwrap())
            })
            .collect()
    }

    #[test]
    fn the_separation_of_an_unknown_child_is_bounded_and_lifted_by_who_decided_on_it() {
        let case = unknown_child();
        let id = case.event("ReportReceived");
        assert_eq!(ends(&case, "03-21 00:00"), ["19114 open 04-05 00:00"]);
        assert_eq!(ends(&case, "04-06 00:00"), ["19114 overdue 04-05 00:00"]);
        // Nobody else does, and it is not ordered again.
        case.when("03-21 09:00", CHAIR, lift())
            .then_refused("not-separated");
        let named = with(lift(), json!({"report": id}));
        case.when("03-21 09:00", CHAIR, named.clone())
            .then_refused("not-separated");
        case.and("03-20 11:00", CHAIR, separate("2024-03-20", "2024-03-25"))
            .when("03-21 09:00", CHAIR, named)
            .then_refused_at("not-your-unit", "/report");
        case.when("03-21 09:00", OTHER_OFFICER, lift())
            .then_refused("not-the-chair");
        case.when(
            "03-31 09:00",
            OTHER_CHAIR,
            separate("2024-03-31", "2024-04-10"),
        )
        .then_refused("already-separated");
        // Its days are bounded as any others.
        let longer = case.and("03-28 09:00", OTHER_CHAIR, extend("2024-04-04"));
        longer
            .when("04-04 09:00", OTHER_CHAIR, extend("2024-04-05"))
            .then_refused_at("separation-too-long", "/until");
        let required = longer.and("04-04 09:00", OTHER_CHAIR, extend_required("2024-05-01"));
        assert_eq!(
            ends(&required, "04-06 00:00"),
            ["19114 waived 04-05 00:00", "19114 open 05-02 00:00"]
        );
        let bare = {
            let mut lift = lift();
            lift.as_object_mut().unwrap().remove("reason");
            lift
        };
        case.when("03-24 09:00", OTHER_CHAIR, bare)
            .then_refused_at("not-assessed-as-safe", "/reason");
        let lifted = case.and("03-24 09:00", OTHER_CHAIR, lift());
        assert_eq!(ends(&lifted, "03-25 00:00"), ["19114 met 04-05 00:00"]);
        lifted
            .when("03-25 09:00", OTHER_CHAIR, lift())
            .then_refused("not-your-unit");
        lifted
            .when(
                "03-25 09:00",
                OTHER_CHAIR,
                separate("2024-03-25", "2024-04-06"),
            )
            .then_refused_at("separation-too-long", "/until");
        let again = lifted.and(
            "03-25 09:00",
            OTHER_CHAIR,
            separate("2024-03-25", "2024-04-05"),
        );
        assert_eq!(ends(&again, "03-26 00:00")[1], "19114 open 04-06 00:00");
        // Closing the case of the other child ends nothing for this one.
        let closed = case.and("03-21 09:00", CHAIR, close("died"));
        assert_eq!(ends(&closed, "03-22 00:00"), ["19114 open 04-05 00:00"]);
        closed
            .when("03-22 09:00", OTHER_CHAIR, lift())
            .then(&["SeparationLifted"]);
    }

    #[test]
    fn once_the_question_is_answered_whoever_answers_for_the_child_lifts_it() {
        let case = unknown_child();
        let id = case.event("ReportReceived");
        let same = case.and("03-21 09:00", OFFICER, answer_same_child(id, true));
        assert_eq!(ends(&same, "03-22 00:00"), ["19111 open 04-05 00:00"]);
        same.when("03-22 09:00", CHAIR, lift())
            .then(&["SeparationLifted"]);
        // Both were separated and prove to be one: lifted once.
        let both = case
            .and("03-20 12:00", CHAIR, separate("2024-03-20", "2024-03-25"))
            .and("03-21 09:00", OFFICER, answer_same_child(id, true))
            .and("03-22 09:00", CHAIR, lift());
        assert!(both.state().separation().is_none());
        assert!(
            both.state()
                .separations
                .iter()
                .all(|one| one.lifted_at.is_some())
        );
        // Another child: what was ordered, extended and lifted goes along, and this case owes nothing.
        let longer = case.and("03-28 09:00", OTHER_CHAIR, extend("2024-04-02"));
        let lifted = longer.and("03-29 09:00", OTHER_CHAIR, lift());
        for (case, along) in [(&longer, 2), (&lifted, 3)] {
            let other = case.and("03-29 10:00", OFFICER, answer_same_child(id, false));
            assert!(!other.open().contains(&"separation-end".to_owned()));
            let units = crate::unit::Units::shipped();
            let whole = crate::case::Case::fold(case.history().to_vec(), units);
            assert_eq!(crate::case::goes_along(&whole, id).len(), along);
        }
    }

    /// The child of the case was separated until all 15 days were used; then another one, of whom nobody knew whether it
    /// is the same, by `OTHER` from 27 March until 4 April.
    fn used_and_separated_elsewhere() -> Given {
        let there = json!({
            "place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}, "danger_now": true,
        });
        emergency()
            .and("03-11 12:00", CHAIR, separate("2024-03-11", "2024-03-26"))
            .and("03-26 09:00", CHAIR, lift())
            .and(
                "03-27 10:00",
                OTHER_OFFICER,
                with(report("03-27 09:30"), there),
            )
            .and(
                "03-27 11:00",
                OTHER_CHAIR,
                separate("2024-03-27", "2024-04-04"),
            )
    }

    fn asks(case: &Given) -> Vec<(&'static str, Role)> {
        let open = case.state().open_contradictions();
        open.map(|one| (one.against.code(), one.asks)).collect()
    }

    #[test]
    fn what_was_lawful_for_an_unknown_child_is_not_late_once_it_is_known_to_be_the_same() {
        use crate::calendar::Calendar;
        use crate::case::{Procedure, impossible};
        let case = used_and_separated_elsewhere();
        let id = case.event("ReportReceived");
        let over = ("more-than-15-days", Role::CommuneChair);
        // Lifted before the answer: it was within its own 15 days, and stays so.
        let lifted = case.and("04-06 09:00", OTHER_CHAIR, lift());
        let same = lifted.and("04-07 09:00", OFFICER, answer_same_child(id, true));
        assert_eq!(ends(&same, "04-08 00:00")[1], "19114 met 04-12 00:00");
        assert_eq!(asks(&same), [over]);
        assert_eq!(same.owed_by("answer-contradiction"), Some(COMMUNE.into()));
        // Running at the answer: it stands until its day, of which nobody was late before.
        let same = case.and("03-27 15:00", OFFICER, answer_same_child(id, true));
        assert_eq!(ends(&same, "03-28 00:00")[1], "19111 open 04-05 00:00");
        assert_eq!(ends(&same, "04-06 00:00")[1], "19111 overdue 04-05 00:00");
        assert_eq!(asks(&same), [over]);
        let met = same.and("03-28 09:00", CHAIR, lift());
        assert_eq!(ends(&met, "04-06 00:00")[1], "19111 met 04-05 00:00");
        // Over by its day when it is answered: from then on.
        let same = case.and("04-08 09:00", OFFICER, answer_same_child(id, true));
        assert_eq!(ends(&same, "04-08 10:00")[1], "19111 open 04-09 00:00");
        // What is left is counted of both: none, but what a competent authority requires.
        let same = case.and("04-02 09:00", OFFICER, answer_same_child(id, true));
        same.when("04-03 09:00", CHAIR, extend("2024-04-05"))
            .then_refused_at("separation-too-long", "/until");
        same.when("04-03 09:00", CHAIR, extend_required("2024-05-01"))
            .then(&["SeparationExtended"]);
        same.and("04-03 09:00", CHAIR, lift())
            .when("04-04 09:00", CHAIR, separate("2024-04-04", "2024-04-05"))
            .then_refused("separation-too-long");
        // Nothing of it could not have been.
        let now = crate::time::Instant::parse(&t("05-01 09:00")).unwrap();
        let longer = case.and("04-03 09:00", OTHER_CHAIR, extend("2024-04-10"));
        for case in [&case, &longer] {
            let same = case.and("04-05 09:00", OFFICER, answer_same_child(id, true));
            let found = impossible(
                same.history(),
                &Procedure::shipped(),
                &Calendar::shipped(),
                now,
            );
            assert!(found.is_empty(), "{found:?}");
        }
    }

    #[test]
    fn what_is_left_is_counted_of_both_and_a_day_of_both_once() {
        let there = json!({
            "place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}, "danger_now": true,
        });
        // Separated here from 12 March, there from 14 March until it was lifted on the 18th: one child, one count.
        let both = emergency()
            .and("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-20"))
            .and(
                "03-14 09:30",
                OTHER_OFFICER,
                with(report("03-14 09:00"), there),
            )
            .and(
                "03-14 10:00",
                OTHER_CHAIR,
                separate("2024-03-14", "2024-03-25"),
            );
        let id = both.event("ReportReceived");
        let lifted = both.and("03-18 09:00", OTHER_CHAIR, lift());
        let same = lifted.and("03-19 09:00", OFFICER, answer_same_child(id, true));
        // That commune lifted its own decision, not the one that runs here.
        assert!(same.state().separation().is_some());
        assert_eq!(asks(&same), []);
        assert_eq!(
            ends(&same, "03-19 10:00"),
            ["19111 open 03-28 00:00", "19114 met 03-30 00:00"]
        );
        same.when("03-20 09:00", CHAIR, extend("2024-03-27"))
            .then(&["SeparationExtended"]);
        same.when("03-20 09:00", CHAIR, extend("2024-03-28"))
            .then_refused("separation-too-long");
        // Both run: the days count from the first.
        let same = both.and("03-19 09:00", OFFICER, answer_same_child(id, true));
        let open = |case: &Given, clock: &str| {
            let all = ends(case, clock).into_iter();
            all.filter(|one| one.contains(" open ")).collect::<Vec<_>>()
        };
        assert_eq!(open(&same, "03-19 10:00"), ["19111 open 03-28 00:00"]);
        // What was lifted here before the answer ends nothing there; it was one child from 12 March.
        let there = both.and("03-16 09:00", CHAIR, lift());
        let there = there.and("03-19 09:00", OFFICER, answer_same_child(id, true));
        assert!(there.state().separation().is_some());
        assert_eq!(open(&there, "03-19 10:00"), ["19111 open 03-28 00:00"]);
        same.when("03-20 09:00", CHAIR, extend("2024-03-28"))
            .then_refused("separation-too-long");
    }

    #[test]
    fn a_day_on_which_three_separations_of_one_child_ran_counts_once() {
        let there = |at: &str| {
            let place = json!({
                "place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}, "danger_now": true,
            });
            with(report(at), place)
        };
        // From 12 to 16 March here, from 12 to 18 and from 12 to 20 March elsewhere: eight days, not fewer.
        let mut case = emergency();
        let mut told = Vec::new();
        for at in ["03-12 07:00", "03-12 07:30"] {
            case = case.and(at, OTHER_OFFICER, there(at));
            told.push(case.event("ReportReceived"));
        }
        let about = |command, report: &uuid::Uuid| with(command, json!({ "report": report }));
        case = case.and("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-26"));
        for report in &told {
            let order = about(separate("2024-03-12", "2024-03-26"), report);
            case = case.and("03-12 08:00", OTHER_CHAIR, order);
        }
        case = case.and("03-16 09:00", CHAIR, lift());
        for (day, report) in ["18", "20"].into_iter().zip(&told) {
            let at = format!("03-{day} 09:00");
            case = case.and(&at, OTHER_CHAIR, about(lift(), report));
        }
        for report in told {
            case = case.and("03-21 09:00", OFFICER, answer_same_child(report, true));
        }
        assert_eq!(case.state().separation_days_used(None), 8);
    }

    #[test]
    fn who_has_a_part_in_the_case_names_the_report_whose_child_is_meant() {
        // `OTHER` is where the child of the case lives, and was told of another child.
        let lives_there = with(
            report("03-11 09:00"),
            json!({"child": {"residence_unit": OTHER}}),
        );
        let from_afar = with(
            call("03-20 09:00"),
            json!({"place_of_receipt": {"unit": "01"}, "incident": {"unit": OTHER},
                "danger_now": true}),
        );
        let case = reported_with(lives_there)
            .and("03-11 11:00", OFFICER, assess(true, true))
            .and("03-20 09:10", ("hotline-operator", "01"), from_afar);
        let id = case.event("ReportReceived");
        let named = |command: serde_json::Value| with(command, json!({"report": id}));
        let both = case
            .and(
                "03-20 10:00",
                OTHER_CHAIR,
                separate("2024-03-20", "2024-03-25"),
            )
            .and(
                "03-20 11:00",
                OTHER_CHAIR,
                named(separate("2024-03-20", "2024-03-28")),
            );
        assert_eq!(both.state().separations.len(), 1);
        assert_eq!(ends(&both, "03-21 00:00").len(), 2);
        let one = both.and("03-22 09:00", OTHER_CHAIR, named(lift()));
        assert!(one.state().separation().is_some());
        one.when("03-22 10:00", OTHER_CHAIR, named(lift()))
            .then_refused("not-separated");
        let none = one.and("03-22 10:00", OTHER_CHAIR, lift());
        assert!(none.state().separation().is_none());
        let unknown = with(lift(), json!({"report": uuid::Uuid::nil()}));
        both.when("03-22 10:00", OTHER_CHAIR, unknown)
            .then_refused_at("unknown-report", "/report");
    }

    #[test]
    fn refusals() {
        emergency()
            .when("03-13 08:00", CHAIR, lift())
            .then_refused("not-separated");
        separated()
            .when("03-13 08:00", CHAIR, at(lift(), "03-12 07:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        separated()
            .when("03-13 08:00", OFFICER, lift())
            .then_refused("not-the-chair");
    }
}
