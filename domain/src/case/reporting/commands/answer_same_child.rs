//! `answer-same-child`: who holds the case says whether a report that was added to it unseen is about its
//! child. Another child gets a case of its own, with the hours of that report unbroken. Who said that it is
//! the same and finds that it is not answers again; a case that has begun is not taken back.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::ReopenedFacts;
use crate::case::events::same_child::{AnsweredFacts, AnsweredPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection, ReportState, Status};
use crate::text::{Code, Prose};

/// Whether the report `event_id` is about the same child, and how that is known. `new_case` is the case
/// into which it went, where it is another child. A closed case is opened again by the answer that it is the
/// same.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnswerSameChild {
    pub event_id: Uuid,
    pub same: bool,
    pub reason: Prose,
    pub new_case: Option<Uuid>,
}

impl Example for AnswerSameChild {
    fn example() -> Value {
        json!({
            "event_id": "00000000-0000-0000-0000-000000000001",
            "same": true,
            "reason": "Đã gặp gia đình",
        })
    }
}

impl Gate for AnswerSameChild {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let reports = case.state.reports.iter();
        let asked = reports.filter(|report| report.unconfirmed_child || report.unseen);
        asked.map(|report| About::event(report.event_id)).collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let find = |reports: &[ReportState], to_be_said: fn(&ReportState) -> bool| {
            let mut reports = reports.iter();
            reports.any(|one| Some(one.event_id) == about.event && to_be_said(one))
        };
        // Who was wrong in saying that it is the same child answers again.
        if find(&case.state.reports, |one| {
            one.unconfirmed_child || one.unseen
        }) {
            return Ok(());
        }
        if find(&case.state.split, |_| true) {
            return Err(Bar::NoPlace(
                Rejection::procedure(
                    "became-another-case",
                    "Thông tin này đã thành vụ việc riêng. Nếu là cùng một trẻ, hãy kết thúc vụ việc đó với \
                     lý do “ghi trùng” và nêu vụ việc này.",
                    "This report became a case of its own. If it is the same child, close that case as recorded \
                     twice and name this one.",
                    "",
                )
                .at("/same"),
            ));
        }
        Err(Bar::NoPlace(nothing_to_answer()))
    }
}

fn nothing_to_answer() -> Rejection {
    Rejection::field(
        "/event_id",
        "nothing-to-answer",
        "Không có thông tin này đang chờ trả lời có phải cùng một trẻ.",
        "No such report waits for an answer whether it is the same child.",
    )
}

impl Rule for AnswerSameChild {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::event(self.event_id)
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let mut reports = case.iter().flat_map(|case| &case.state.reports);
        let waits = |one: &ReportState| one.event_id == self.event_id && one.unconfirmed_child;
        // That it is the same child is said once.
        if self.same && !reports.any(waits) {
            return Err(nothing_to_answer());
        }
        if self.same && self.new_case.is_some() {
            return Err(Rejection::field(
                "/new_case",
                "two-answers",
                "Cùng một trẻ thì không tách thành vụ việc khác.",
                "The same child needs no other case.",
            ));
        }
        let closed = case.is_some_and(|case| case.state.status == Status::Closed);
        let mut events = vec![Event::SameChildAnswered(Split {
            facts: AnsweredFacts {
                event_id: self.event_id,
                same: self.same,
                new_case: self.new_case,
            },
            personal: Some(AnsweredPersonal {
                reason: self.reason.clone(),
            }),
        })];
        // What was told of this child is information: the case goes on.
        if self.same && closed {
            events.push(Event::CaseReopened(Split {
                facts: ReopenedFacts {
                    reason: Code::parse("new-report").ok(),
                },
                personal: None,
            }));
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::case::testing::*;
    use crate::case::{Case, Event, Part, as_read};
    use crate::identity::{Birth, Role};
    use crate::permit::Viewer;

    /// A case of `COMMUNE`, and a report of danger that the hotline of another province adds without
    /// seeing it; it happened in `OTHER`.
    fn told() -> Given {
        let call = with(
            call("03-20 21:00"),
            json!({
                "place_of_receipt": { "unit": "01" }, "incident": { "unit": OTHER },
                "child": { "name": "Trần Văn Khác", "birth": { "date": "2015-01-01" } },
                "danger_now": true,
            }),
        );
        assessed().and("03-20 21:10", ("hotline-operator", "01"), call)
    }

    fn report_of(case: &Given) -> uuid::Uuid {
        let history = case.history();
        let told = history.iter().rev().find(
            |event| matches!(&event.event, Event::ReportReceived(report) if report.facts.unseen),
        );
        told.unwrap().event_id
    }

    #[test]
    fn a_report_added_unseen_counts_its_hours_at_once_and_is_asked_about() {
        let case = told();
        let state = case.state();
        assert!(state.reports.last().unwrap().unconfirmed_child);
        // Nothing that it says of a child is taken for what is known of this one.
        assert_ne!(state.child.name.as_deref(), Some("Trần Văn Khác"));
        assert_eq!(state.responsible_commune(), COMMUNE);
        assert_eq!(
            case.obligation("emergency-measure", "03-20 22:00"),
            "open 03-21 09:00"
        );
        assert_eq!(case.owed_by("emergency-measure"), Some(OTHER.into()));
        assert_eq!(case.owed_by("answer-same-child"), Some(COMMUNE.into()));
    }

    #[test]
    fn form_02_of_an_unknown_child_says_that_it_waits_for_the_answer() {
        let there = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
        let told = assessed().and(
            "03-20 09:10",
            OTHER_OFFICER,
            with(report("03-20 09:00"), there),
        );
        let id = report_of(&told);
        let waits = |case: &Given| {
            let all = case.obligations("03-22 09:00");
            let mut forms = all.into_iter().rev();
            let form = forms.find(|owed| owed.step == "initial-assessment");
            let waited = form.unwrap().waited_for.into_iter();
            waited
                .map(|one| (one.step, one.accountable.unit, one.until.is_some()))
                .collect::<Vec<_>>()
        };
        let answer = || "answer-same-child".to_owned();
        let holder = || Some(COMMUNE.to_owned());
        assert_eq!(told.owed_by("initial-assessment"), Some(OTHER.into()));
        assert_eq!(waits(&told), [(answer(), holder(), false)]);
        let same = told.and("03-21 09:00", OFFICER, answer_same_child(id, true));
        assert_eq!(waits(&same), [(answer(), holder(), true)]);
        same.when("03-21 10:00", OTHER_OFFICER, assess(false, false))
            .then(&["InitialAssessmentRecorded"]);
        // That of the child of the case, which was owed before, waits for nobody.
        let own = reported();
        let there = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
        let own = own.and(
            "03-11 10:10",
            OTHER_OFFICER,
            with(report("03-11 10:00"), there),
        );
        assert_eq!(waits(&own), [(answer(), holder(), false)]);
        let all = own.obligations("03-22 09:00");
        let mut forms = all.iter().filter(|owed| owed.step == "initial-assessment");
        let first = forms.next().unwrap();
        assert_eq!(first.accountable.unit.as_deref(), Some(COMMUNE));
        assert_eq!(first.waited_for, []);
    }

    #[test]
    fn who_told_sees_the_own_report_only() {
        let case = told();
        for (role, unit) in [(Role::HotlineOperator, "01"), (Role::CommuneOfficer, OTHER)] {
            assert_eq!(case.state().part(role, unit), Part::Told, "{role:?}");
            let whole = Case::fold(case.history().to_vec(), crate::unit::Units::shipped());
            let read = as_read(
                &whole,
                Viewer {
                    role,
                    unit,
                    units: crate::unit::Units::shipped(),
                },
            )
            .unwrap();
            let seen: Vec<_> = read
                .history()
                .iter()
                .map(|e| e.event.event_type())
                .collect();
            assert_eq!(seen, ["ReportReceived"]);
            let child = &read.state().unwrap().child;
            assert_eq!(child.name.as_deref(), Some("Trần Văn Khác"));
        }
        assert_eq!(
            case.state().part(Role::CommuneOfficer, COMMUNE),
            Part::Takes
        );
    }

    #[test]
    fn the_same_child_is_known_by_what_was_told() {
        let case = told();
        let id = report_of(&case);
        let case = case
            .when("03-21 08:00", OFFICER, answer_same_child(id, true))
            .then(&["SameChildAnswered"]);
        let child = &case.state().child;
        assert_eq!(child.name.as_deref(), Some("Trần Văn Khác"));
        assert!(matches!(child.birth, Some(Birth::Date(_))));
        // The commune where it happened takes part now; who told it still sees its own report.
        let state = case.state();
        assert_eq!(state.part(Role::CommuneOfficer, OTHER), Part::Takes);
        assert_eq!(state.part(Role::HotlineOperator, "01"), Part::Told);
        assert_eq!(case.obligation("answer-same-child", "03-22 08:00"), "met -");
    }

    #[test]
    fn a_further_report_gives_the_case_to_nobody_once_it_was_assessed() {
        let guess = json!({
            "place_of_receipt": { "unit": OTHER }, "incident": { "unit": OTHER },
            "child": { "residence_unit": null },
        });
        let mut told = with(report("03-20 21:00"), guess);
        told["child"]["birth"] = json!({ "estimated_age": 6 });
        let unseen = submitted().and("03-20 21:10", OTHER_OFFICER, told.clone());
        let id = report_of(&unseen);
        let same = unseen.and("03-21 08:00", OFFICER, answer_same_child(id, true));
        // Recorded openly by somebody with a part in the case it is the same.
        let open = submitted().and("03-20 21:10", OFFICER, told);
        for case in [same, open] {
            let state = case.state();
            assert_eq!(state.responsible_commune(), COMMUNE);
            assert!(state.past_holders.is_empty());
            assert!(matches!(state.child.birth, Some(Birth::Date(_))));
            assert_eq!(state.child.birth_year, Some(2014));
            case.when("03-21 09:00", OTHER_CHAIR, approve())
                .then_refused("not-your-unit");
            let again = case.and("03-21 08:30", OTHER_OFFICER, assess(false, false));
            assert_eq!(again.state().responsible_commune(), COMMUNE);
        }
    }

    #[test]
    fn another_child_leaves_the_case_as_it_was_and_what_was_late_stays_late() {
        let before = assessed();
        let case = told();
        let id = report_of(&case);
        // One hour after the twelve were over.
        let case = case
            .when("03-21 10:00", OFFICER, answer_same_child(id, false))
            .then(&["SameChildAnswered"]);
        let (state, was) = (case.state(), before.state());
        assert_eq!(state.child, was.child);
        assert_eq!(state.reports, was.reports);
        assert_eq!(state.cycle, was.cycle);
        assert_eq!(state.part(Role::CommuneOfficer, OTHER), Part::Told);
        let late: Vec<_> = case
            .obligations("03-21 12:00")
            .into_iter()
            .filter(|owed| owed.step == "emergency-measure" && owed.opened_by_event == id)
            .map(|owed| (owed.late, owed.waived_because.is_some()))
            .collect();
        assert_eq!(late, [(true, true)]);
    }

    #[test]
    fn until_it_is_answered_nobody_decides_on_the_case_by_such_a_report() {
        let case = told();
        // The commune of the told incident protects the child, and no more.
        for command in [assess(false, false), verify("unfounded")] {
            case.when("03-20 22:00", OTHER_OFFICER, command)
                .then_refused("not-your-unit");
        }
        let separated = case.and("03-20 22:00", CHAIR, separate("2024-03-20", "2024-03-30"));
        separated
            .when("03-20 23:00", OTHER_CHAIR, lift())
            .then_refused("not-your-unit");
        let protected = case.and("03-20 22:00", OTHER_CHAIR, measure("03-20 21:30"));
        assert_eq!(
            protected.obligation("emergency-measure", "03-20 23:00"),
            "met 03-21 09:00"
        );
    }

    #[test]
    fn the_chair_of_the_told_incident_separates_that_child_and_no_other() {
        // The child of the case is separated already, by its own commune.
        let case = told().and("03-20 22:00", CHAIR, separate("2024-03-20", "2024-03-30"));
        let id = report_of(&case);
        case.when(
            "03-20 23:00",
            OTHER_OFFICER,
            separate("2024-03-20", "2024-04-03"),
        )
        .then_refused("not-the-chair");
        case.when(
            "03-20 23:00",
            OTHER_CHAIR,
            separate("2024-03-20", "2024-04-05"),
        )
        .then_refused("separation-too-long");
        let there = case.and(
            "03-20 23:00",
            OTHER_CHAIR,
            separate("2024-03-20", "2024-04-03"),
        );
        let separated = there.state().separation().unwrap();
        assert_eq!(separated.by.unit.as_deref(), Some(COMMUNE));
        assert_eq!(there.state().separations.len(), 1);
        let open = |case: &Given| {
            let all = case.obligations("03-20 23:30").into_iter();
            all.filter(|owed| owed.step == "emergency-measure" && owed.is_open())
                .count()
        };
        assert_eq!((open(&case), open(&there)), (1, 0));
        // It ends as any other where it is the same child, and goes along where it is not.
        let whole = Case::fold(there.history().to_vec(), crate::unit::Units::shipped());
        let along = crate::case::goes_along(&whole, id);
        assert_eq!(along.len(), 1);
        let same = there.and("03-21 08:00", PROVINCIAL, answer_same_child(id, true));
        assert_eq!(same.state().separations.len(), 2);
        let other = there.and("03-21 08:00", PROVINCIAL, answer_same_child(id, false));
        assert_eq!(other.state().separations.len(), 1);
    }

    #[test]
    fn what_the_holder_leaves_unanswered_climbs_to_the_province() {
        let standard = "[[standard]]\nstep = \"answer-same-child\"\nunit = \"44\"\namount = 4\n\
             of = \"hour\"\ntitle = { vi = \"Quy chế phối hợp\", en = \"Rules\" }\n\
             from = 2024-01-01\n";
        let procedure = (*crate::case::Procedure::shipped()).clone();
        let procedure = procedure.with_standards(standard).unwrap();
        let now = crate::time::Instant::parse(&t("03-21 08:00")).unwrap();
        let owed = crate::law::derive_obligations(
            told().history(),
            &procedure,
            &crate::calendar::Calendar::shipped(),
            now,
        );
        let asked = owed.iter().find(|owed| owed.step == "answer-same-child");
        let climbs = asked.unwrap().climbs.clone().unwrap();
        assert_eq!(
            (climbs.role, &*climbs.unit),
            (Role::ProvincialOfficer, "44")
        );
        assert_eq!(climbs.at.to_string(), t("03-21 01:00"));
    }

    #[test]
    fn the_report_can_be_recorded_again_as_it_was_told() {
        let case = told();
        let report = case
            .history()
            .iter()
            .find(|event| event.event_id == report_of(&case))
            .unwrap();
        let told = crate::case::again(report).unwrap();
        assert!(
            crate::case::Command::from_json(told.clone()).is_ok(),
            "{told}"
        );
    }

    #[test]
    fn a_wrong_same_is_answered_again_and_the_child_is_known_as_before() {
        let case = told();
        let id = report_of(&case);
        let wrong = case.and("03-21 08:00", OFFICER, answer_same_child(id, true));
        assert_eq!(wrong.state().child.name.as_deref(), Some("Trần Văn Khác"));
        let mended = wrong
            .when("03-21 08:30", OFFICER, answer_same_child(id, false))
            .then(&["SameChildAnswered"]);
        let (state, was) = (mended.state(), assessed());
        assert_eq!(state.child, was.state().child);
        assert_eq!(state.reports, was.state().reports);
        assert_eq!(state.split.len(), 1);
        // What it opened here is not owed here any more.
        assert_eq!(
            mended.obligation("emergency-measure", "03-21 08:40"),
            "waived 03-21 09:00"
        );
        // A case has begun: that is not taken back.
        mended
            .when("03-21 09:00", OFFICER, answer_same_child(id, true))
            .then_refused_at("became-another-case", "/same");
        mended
            .when("03-21 09:00", OFFICER, answer_same_child(id, false))
            .then_refused_at("became-another-case", "/same");
    }

    #[test]
    fn an_answer_is_not_corrected_and_a_report_that_left_is_corrected_where_it_is() {
        let hotline = ("hotline-operator", "01");
        let new_case = uuid::Uuid::from_u128(77);
        for same in [true, false] {
            let case = told();
            let id = report_of(&case);
            let mut answer = answer_same_child(id, same);
            if !same {
                answer = with(answer, json!({"new_case": new_case}));
            }
            let case = case.and("03-21 08:00", OFFICER, answer);
            let answered = case.event("SameChildAnswered");
            for (path, value) in [
                ("/same", json!(!same)),
                ("/facts/same", json!(!same)),
                ("/new_case", json!(uuid::Uuid::from_u128(78))),
                ("/event_id", json!(answered)),
            ] {
                case.when("03-21 09:00", OFFICER, correct(answered, path, value))
                    .then_refused_at("answered-again", "/path");
            }
            case.when(
                "03-21 09:00",
                OFFICER,
                correct(answered, "/reason", json!("Đã gặp trẻ")),
            )
            .then(&["FactCorrected"]);
            for who in [OFFICER, hotline] {
                let outcome = case.when(
                    "03-21 09:00",
                    who,
                    correct(id, "/incident/description", json!("Ở thôn 5")),
                );
                if same {
                    outcome.then(&["FactCorrected"]);
                    continue;
                }
                let refusal = outcome.refusal();
                assert_eq!(refusal.code, "became-another-case");
                assert!(refusal.message.en.contains(&new_case.to_string()));
            }
        }
    }

    #[test]
    fn refusals() {
        let case = told();
        let id = report_of(&case);
        case.when("03-21 08:00", OTHER_OFFICER, answer_same_child(id, false))
            .then_refused("not-your-unit");
        case.when("03-21 08:00", INSPECTOR, answer_same_child(id, false))
            .then_refused("role-may-not");
        case.when(
            "03-21 08:00",
            OFFICER,
            at(answer_same_child(id, true), "03-20 20:59"),
        )
        .then_refused_at("before-its-cause", "/occurred_at");
        let answered = case.and("03-21 08:00", OFFICER, answer_same_child(id, true));
        answered
            .when("03-21 09:00", OFFICER, answer_same_child(id, true))
            .then_refused_at("nothing-to-answer", "/event_id");
        let first = answered.history()[0].event_id;
        answered
            .when("03-21 09:00", OFFICER, answer_same_child(first, false))
            .then_refused_at("nothing-to-answer", "/event_id");
    }

    #[test]
    fn who_sees_the_case_adds_to_it_and_nothing_is_asked() {
        let case = assessed().and("03-20 21:10", OFFICER, report("03-20 21:00"));
        assert!(!case.state().reports.last().unwrap().unconfirmed_child);
        assert_eq!(case.owed_by("answer-same-child"), None);
    }
}
