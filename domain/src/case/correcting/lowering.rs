//! What a correction lowers: danger that was told, seen or found, and so what is due within twelve hours.
//! Raising is free. What takes back danger counts only once a second person confirms it; what form 02, a
//! verification, a separation or a date of birth now says instead counts at once and is asked about.

use crate::case::codes::is_sought;
use crate::case::event::{Event, Recorded};
use crate::case::events::Answer;
use crate::case::events::closing::ClosingReason;
use crate::case::events::contradiction::Against;
use crate::case::events::report::VerificationOutcome;
use crate::case::events::review::ReviewFacts;
use crate::case::state::aged_16;
use crate::time::Instant;

/// What a correction lowers that makes the one event of the other, as the question that it opens; none
/// where it lowers nothing.
pub(in crate::case) fn lowered(
    before: &Recorded,
    after: &Recorded,
    around: &Around,
) -> Option<Against> {
    let (was, is) = (told_at(before), told_at(after));
    let (before, after) = (&before.event, &after.event);
    if danger(before) && !danger(after) {
        return Some(Against::DangerTakenBack);
    }
    // Told to have come before a measure, or before a form 02, it would be answered by that.
    let past = |answer: &Instant| (is..was).contains(answer);
    if danger(before) && around.answers.iter().any(past) {
        return Some(Against::DangerTakenBack);
    }
    // And a measure, told to have come after danger that it did not answer, would answer it.
    let past = |danger: &Instant| was < *danger && *danger <= is;
    if protects(before) && around.dangers.iter().any(past) {
        return Some(Against::DangerTakenBack);
    }
    match (before, after) {
        (Event::InitialAssessmentRecorded(was), Event::InitialAssessmentRecorded(is)) => {
            let (was, is) = (&was.facts, &is.facts);
            let answers = [
                (was.grave, is.grave),
                (was.carer_is_harmer, is.carer_is_harmer),
                (was.separation_needed, is.separation_needed),
            ];
            let mut lowered = answers
                .into_iter()
                .filter(|(was, is)| *was == Answer::Yes && is != was);
            // Not to know is not to say no.
            lowered.next().map(|(_, is)| match is {
                Answer::Unknown => Against::DangerTakenBack,
                Answer::Yes | Answer::No => Against::FindingLowered,
            })
        }
        (Event::ReportVerified(was), Event::ReportVerified(is)) => {
            let unfounded = VerificationOutcome::Unfounded;
            let lowers = is.facts.outcome == unfounded && was.facts.outcome != unfounded;
            lowers.then_some(Against::FindingLowered)
        }
        (Event::SeparationOrdered(was), Event::SeparationOrdered(is)) => {
            let shorter = is.facts.until.latest() < was.facts.until.latest();
            let placed =
                is_sought(was.facts.placement.as_ref()) && !is_sought(is.facts.placement.as_ref());
            (shorter || placed).then_some(Against::FindingLowered)
        }
        (Event::SeparationExtended(was), Event::SeparationExtended(is)) => {
            let shorter = is.facts.until.latest() < was.facts.until.latest();
            shorter.then_some(Against::FindingLowered)
        }
        // What a review found safe and stable may be closed, and brings no danger of before back.
        (Event::PlanReviewed(was), Event::PlanReviewed(is)) => {
            let enough = |form: &ReviewFacts| form.no_longer_at_risk && form.stable;
            let lowers = enough(&is.facts) && !enough(&was.facts);
            lowers.then_some(Against::FindingLowered)
        }
        // Whether the case that is named now is like this one nobody has looked at.
        (Event::CaseClosed(was), Event::CaseClosed(is)) => {
            let twice = is.facts.reason == ClosingReason::RecordedTwice;
            let other =
                (was.facts.reason, was.facts.other_case) != (is.facts.reason, is.facts.other_case);
            (twice && other).then_some(Against::FindingLowered)
        }
        (Event::ReportReceived(was), Event::ReportReceived(is)) => {
            let older = !aged_16(&was.facts, was.personal.as_ref())
                && aged_16(&is.facts, is.personal.as_ref());
            older.then_some(Against::FindingLowered)
        }
        _ => None,
    }
}

/// When the danger was told, seen or found that an event says of after its correction and did not say of before.
pub(in crate::case) fn danger_added(before: &Recorded, after: &Recorded) -> Option<Instant> {
    let added = says_danger(&after.event) && !says_danger(&before.event);
    added.then(|| told_at(after))
}

/// When form 02 was that sees a ground for separation after its correction and did not before.
pub(in crate::case) fn ground_added(before: &Recorded, after: &Recorded) -> Option<Instant> {
    let sees = |event: &Event| match event {
        Event::InitialAssessmentRecorded(form) => form.facts.separation_needed == Answer::Yes,
        _ => false,
    };
    let added = sees(&after.event) && !sees(&before.event);
    added.then(|| told_at(after))
}

/// Whether danger was told, seen, or found on form 02: a ground for separation is harm by a parent or carer, or that
/// nobody protects the child from it (Decree 56/2017, art. 32.1).
pub(in crate::case) fn says_danger(event: &Event) -> bool {
    match event {
        Event::InitialAssessmentRecorded(form) => {
            let facts = &form.facts;
            [facts.grave, facts.carer_is_harmer, facts.separation_needed].contains(&Answer::Yes)
        }
        event => danger(event),
    }
}

/// Whether it is a finding or decision of the office that recorded it: form 02, a verification, a separation.
/// Another office has its own form, and lifts a separation.
pub(in crate::case) const fn is_finding(event: &Event) -> bool {
    matches!(
        event,
        Event::InitialAssessmentRecorded(_)
            | Event::ReportVerified(_)
            | Event::SeparationOrdered(_)
            | Event::SeparationExtended(_)
    )
}

/// When danger was told or seen in a history, and when something was recorded that ends what was told before
/// it: measures, separations, form 02, verifications, closings.
pub(in crate::case) struct Around {
    answers: Vec<Instant>,
    dangers: Vec<Instant>,
}

impl Around {
    pub(in crate::case) fn of(history: &[Recorded]) -> Self {
        let ends = |recorded: &&Recorded| {
            protects(&recorded.event)
                || matches!(
                    recorded.event,
                    Event::InitialAssessmentRecorded(_)
                        | Event::ReportVerified(_)
                        | Event::CaseClosed(_)
                )
        };
        let told = |recorded: &&Recorded| danger(&recorded.event);
        Self {
            answers: history.iter().filter(ends).map(told_at).collect(),
            dangers: history.iter().filter(told).map(told_at).collect(),
        }
    }
}

/// Whether it protects from danger that was told before it.
const fn protects(event: &Event) -> bool {
    matches!(
        event,
        Event::EmergencyMeasureApplied(_) | Event::SeparationOrdered(_)
    )
}

/// When what an event tells was told or seen.
fn told_at(recorded: &Recorded) -> Instant {
    match &recorded.event {
        Event::ReportReceived(report) => report.facts.received_at,
        event => event.own_instant().unwrap_or(recorded.occurred_at),
    }
}

/// Whether danger was told or seen.
fn danger(event: &Event) -> bool {
    match event {
        Event::ReportReceived(report) => report.facts.danger_now,
        event => event.danger_seen(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::case::testing::*;

    /// The hotline is told of danger at 9:00 and passes it on.
    fn told() -> Given {
        given()
            .and("03-11 09:05", HOTLINE, danger(call("03-11 09:00")))
            .and("03-11 09:10", HOTLINE, forward(COMMUNE))
    }

    /// And takes it back.
    fn taken_back(clock: &str, value: Value) -> Given {
        let case = told();
        let report = case.event("ReportReceived");
        case.when(clock, HOTLINE, correct(report, "/danger_now", value))
            .then(&["FactCorrected"])
    }

    fn confirm(case: &Given) -> Value {
        answer_contradiction(case.event("FactCorrected"), "danger-taken-back")
    }

    /// How the last emergency stands, and whether it counts as late.
    fn measure_owed(case: &Given, clock: &str) -> (String, bool) {
        let all = case.obligations(clock);
        let owed = all.iter().rev().find(|o| o.step == "emergency-measure");
        let late = owed.unwrap().late;
        (case.obligation("emergency-measure", clock), late)
    }

    #[test]
    fn unticking_danger_ends_nothing_and_the_chair_is_asked() {
        for value in [json!(false), Value::Null] {
            let case = taken_back("03-11 20:30", value);
            // It waits, and so changes nothing, but it fits.
            assert!(case.state().reports[0].danger_now);
            assert_eq!(crate::case::misfits(case.history()), []);
            assert_eq!(
                measure_owed(&case, "03-11 20:45"),
                ("open 03-11 21:00".to_owned(), false)
            );
            assert!(case.open().contains(&"answer-contradiction".to_owned()));
            assert_eq!(case.owed_by("answer-contradiction"), Some(COMMUNE.into()));
            assert_eq!(measure_owed(&case, "03-11 21:01").0, "overdue 03-11 21:00");
        }
    }

    #[test]
    fn a_second_person_confirms_and_what_was_late_stays_late() {
        let case = taken_back("03-11 20:30", json!(false));
        for who in [HOTLINE, OFFICER] {
            case.when("03-11 20:40", who, confirm(&case))
                .then_refused("role-may-not");
        }
        let ended = case
            .when("03-11 20:40", CHAIR, confirm(&case))
            .then(&["ContradictionAnswered"]);
        assert!(!ended.state().reports[0].danger_now);
        assert_eq!(
            measure_owed(&ended, "03-12 09:00"),
            ("waived 03-11 21:00".to_owned(), false)
        );
        assert!(!ended.open().contains(&"answer-contradiction".to_owned()));
        // After the twelve hours, whether taken back before or after them.
        for clock in ["03-11 20:30", "03-11 21:30"] {
            let case = taken_back(clock, json!(false));
            let ended = case.and("03-11 22:00", CHAIR, confirm(&case));
            assert_eq!(
                measure_owed(&ended, "03-12 09:00"),
                ("waived 03-11 21:00".to_owned(), true)
            );
        }
    }

    #[test]
    fn what_the_chair_takes_back_the_province_confirms() {
        let case = given().and("03-11 09:00", CHAIR, danger(report("03-11 09:00")));
        let report = case.event("ReportReceived");
        let case = case.and(
            "03-11 10:00",
            CHAIR,
            correct(report, "/danger_now", json!(false)),
        );
        case.when("03-11 10:10", CHAIR, confirm(&case))
            .then_refused("not-asked");
        let ended = case.and("03-11 10:10", PROVINCIAL, confirm(&case));
        assert_eq!(measure_owed(&ended, "03-11 11:00").0, "waived 03-11 21:00");
    }

    #[test]
    fn only_an_explicit_no_of_form_02_ends_it_otherwise() {
        let case = taken_back("03-11 12:00", json!(false));
        let assessed = case.and("03-11 13:00", OFFICER, assess(false, false));
        assert_eq!(
            measure_owed(&assessed, "03-11 14:00").0,
            "waived 03-11 21:00"
        );
        let unknown = json!({"grave": "unknown", "carer_is_harmer": "unknown"});
        let open = case.and("03-11 13:00", OFFICER, with(assess(false, false), unknown));
        assert_eq!(measure_owed(&open, "03-11 14:00").0, "open 03-11 21:00");
        // And it is still the chair's to say whether the place of receipt was right.
        open.when("03-11 14:00", CHAIR, confirm(&open))
            .then(&["ContradictionAnswered"]);
        let found = case.and("03-11 13:00", OFFICER, assess(true, false));
        assert_eq!(measure_owed(&found, "03-11 14:00").0, "open 03-11 21:00");
        assert!(!found.open().contains(&"answer-contradiction".to_owned()));
    }

    #[test]
    fn raising_is_free_and_what_waits_is_not_taken_back_twice() {
        let case = given().and("03-11 09:05", HOTLINE, call("03-11 09:00"));
        let report = case.event("ReportReceived");
        let tick = |value: bool| correct(report, "/danger_now", json!(value));
        let raised = case.and("03-11 09:30", HOTLINE, tick(true));
        assert!(!raised.open().contains(&"answer-contradiction".to_owned()));
        assert_eq!(measure_owed(&raised, "03-11 10:00").0, "open 03-11 21:00");
        let lowered = raised.and("03-11 09:40", HOTLINE, tick(false));
        assert_eq!(measure_owed(&lowered, "03-11 10:00").0, "open 03-11 21:00");
        let whole = correct(report, "/facts/danger_now", json!(false));
        for again in [tick(false), whole] {
            lowered
                .when("03-11 09:50", HOTLINE, again)
                .then_refused_at("waits-for-confirmation", "/value");
        }
    }

    #[test]
    fn danger_that_was_seen_is_taken_back_in_the_same_way() {
        let seen = with(visit("03-20 09:00"), json!({"danger_now": true}));
        let case = assessed().and("03-20 10:00", OFFICER, seen);
        let visited = case.event("VisitRecorded");
        let case = case.and(
            "03-20 20:30",
            OFFICER,
            correct(visited, "/danger_now", json!(false)),
        );
        assert_eq!(measure_owed(&case, "03-20 20:45").0, "open 03-20 21:00");
        let ended = case.and("03-20 20:50", CHAIR, confirm(&case));
        assert_eq!(measure_owed(&ended, "03-20 21:30").0, "waived 03-20 21:00");
    }

    /// Danger, found by the commune of the incident; then the other commune took the case.
    fn found_and_transferred() -> Given {
        let told = with(
            report("03-11 09:00"),
            json!({"child": {"residence_unit": OTHER}}),
        );
        reported_with(told)
            .and("03-11 09:30", OFFICER, assess(true, false))
            .and("03-11 10:00", OFFICER, transfer(OTHER))
            .and("03-11 11:00", OTHER_OFFICER, accept_transfer())
    }

    #[test]
    fn nobody_lowers_what_another_office_found_but_says_so_on_its_own_form() {
        let case = found_and_transferred().and("03-11 11:30", OFFICER, verify("confirmed"));
        let form = case.event("InitialAssessmentRecorded");
        let verified = case.event("ReportVerified");
        for (event, path, value) in [
            (form, "/grave", json!(false)),
            (form, "/grave", json!("unknown")),
            (verified, "/outcome", json!("unfounded")),
        ] {
            for who in [OTHER_OFFICER, OTHER_CHAIR] {
                case.when("03-11 12:00", who, correct(event, path, value.clone()))
                    .then_refused("lowers-anothers-finding");
            }
        }
        // Up it goes.
        case.when(
            "03-11 12:00",
            OTHER_OFFICER,
            correct(form, "/carer_is_harmer", json!(true)),
        )
        .then(&["FactCorrected"]);
        assert_eq!(measure_owed(&case, "03-11 12:00").0, "open 03-11 21:00");
        let own = case
            .when("03-11 12:00", OTHER_OFFICER, assess(false, false))
            .then(&["InitialAssessmentRecorded"]);
        assert_eq!(measure_owed(&own, "03-11 13:00").0, "waived 03-11 21:00");
        let asked = answer_contradiction(own.event("InitialAssessmentRecorded"), "finding-lowered");
        own.when("03-11 14:00", OTHER_CHAIR, asked)
            .then(&["ContradictionAnswered"]);
        // Once: and who gave the case away does not.
        own.when("03-11 14:00", OTHER_OFFICER, assess(true, true))
            .then_refused("already-assessed");
        own.when("03-11 14:00", OFFICER, assess(true, true))
            .then_refused("already-assessed");
    }

    #[test]
    fn who_found_it_lowers_it_and_is_asked() {
        let case = reported().and("03-11 09:30", OFFICER, assess(true, false));
        let form = case.event("InitialAssessmentRecorded");
        let no = case.and(
            "03-11 10:00",
            OFFICER,
            correct(form, "/grave", json!(false)),
        );
        assert_eq!(measure_owed(&no, "03-11 11:00").0, "waived 03-11 21:00");
        let asked = answer_contradiction(no.event("FactCorrected"), "finding-lowered");
        no.when("03-11 11:00", CHAIR, asked)
            .then(&["ContradictionAnswered"]);
        // Not to know is not to say no.
        let unknown = correct(form, "/grave", json!("unknown"));
        let case = case.and("03-11 10:00", OFFICER, unknown);
        assert_eq!(measure_owed(&case, "03-11 11:00").0, "open 03-11 21:00");
        let ended = case.and("03-11 12:00", CHAIR, confirm(&case));
        assert_eq!(measure_owed(&ended, "03-11 13:00").0, "waived 03-11 21:00");
    }

    #[test]
    fn a_separation_of_another_is_lifted_and_not_made_shorter() {
        let case =
            found_and_transferred().and("03-11 11:30", CHAIR, separate("2024-03-11", "2024-03-20"));
        let order = case.event("SeparationOrdered");
        let until = |day: &str| correct(order, "/until", json!(day));
        case.when("03-11 12:00", OTHER_CHAIR, until("2024-03-12"))
            .then_refused("lowers-anothers-finding");
        case.when("03-11 12:00", OTHER_CHAIR, until("2024-03-22"))
            .then(&["FactCorrected"]);
        let case = case.and("03-11 12:00", CHAIR, until("2024-03-12"));
        assert!(case.open().contains(&"answer-contradiction".to_owned()));
    }

    #[test]
    fn a_date_of_birth_that_ends_everything_is_asked_about() {
        let dated = with(
            call("03-11 09:00"),
            json!({"incident": {"happened_at": "2024-03-10"}}),
        );
        let case = given().and("03-11 09:05", HOTLINE, danger(dated)).and(
            "03-11 09:10",
            HOTLINE,
            forward(COMMUNE),
        );
        let report = case.event("ReportReceived");
        let born = correct(report, "/child/birth", json!({"date": "2000-01-01"}));
        let case = case.and("03-11 10:00", HOTLINE, born);
        assert!(case.state().outside_decree());
        assert!(case.open().contains(&"answer-contradiction".to_owned()));
        let asked = answer_contradiction(case.event("FactCorrected"), "finding-lowered");
        case.when("03-11 11:00", CHAIR, asked)
            .then(&["ContradictionAnswered"]);
    }
}
