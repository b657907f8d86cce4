//! Random histories: any command in any order by anybody, also nonsense, the clock moving on, some things
//! said to have happened earlier, values corrected, the case transferred, referred and passed on.

use crate::samples::*;
use chrono::TimeDelta;
use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseView, Command, Context, Event, Recorded, decide};
use domain::identity::{Actor, Role};
use domain::law::{Obligation, derive_obligations};
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// One attempt: how far the clock moves, who, which command, and how it is varied.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    minutes: i64,
    back: i64,
    who: usize,
    what: usize,
    vary: usize,
    /// Do something that is owed instead.
    owed: bool,
}

pub(crate) fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let minutes = prop_oneof![0i64..120, 0i64..4_000, 4_000i64..15_000];
    let back = prop_oneof![3 => Just(0i64), 1 => 1i64..3_000];
    let attempt = (
        minutes,
        back,
        0usize..64,
        0usize..60,
        0usize..1_000,
        any::<bool>(),
    );
    prop::collection::vec(
        attempt.prop_map(|(minutes, back, who, what, vary, owed)| Attempt {
            minutes,
            back,
            who,
            what,
            vary,
            owed,
        }),
        1..40,
    )
}

pub(crate) const EVERYBODY: [As; 15] = [
    OFFICER,
    CHAIR,
    OTHER_OFFICER,
    OTHER_CHAIR,
    HOTLINE,
    POLICE,
    HEALTH,
    CLERK,
    PROVIDER,
    PROVINCIAL,
    INSPECTOR,
    ("education-worker", COMMUNE),
    INVESTIGATOR,
    FORENSIC,
    PROSECUTOR,
];

/// Who usually gives a command, so that random histories get somewhere.
fn usual(command: &Value) -> As {
    match command["type"].as_str().unwrap() {
        "forward-report" => HOTLINE,
        "pass-crime-report"
        | "assign-investigator"
        | "record-forensic-grounds"
        | "order-forensic-exam"
        | "prolong-crime-report"
        | "decide-crime-report"
        | "inform-informant"
        | "record-interview" => INVESTIGATOR,
        "record-forensic-conclusion" => FORENSIC,
        "propose-prosecution" | "appraise-listing" | "end-facility-care" => PROVINCIAL,
        "complete-admission-papers" | "list-for-placement" => PROVIDER,
        "accept-transfer"
        | "decline-transfer"
        | "verify-carer"
        | "hand-over-child"
        | "record-placement-follow-up" => OTHER_OFFICER,
        "decide-placement" | "end-placement" => OTHER_CHAIR,
        "record-court-decision" => CLERK,
        "apply-emergency-measure"
        | "order-separation"
        | "extend-separation"
        | "lift-separation"
        | "request-court-order"
        | "hold-case-meeting"
        | "return-plan"
        | "approve-plan"
        | "adjust-plan"
        | "close-case"
        | "reopen-case"
        | "assign-officer"
        | "relieve-officer" => CHAIR,
        "accept-referral" | "decline-referral" | "complete-referral" => HEALTH,
        _ => OFFICER,
    }
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) case: Case,
    pub(crate) now: Instant,
    pub(crate) corrected: bool,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            case: Case::new(Units::shipped()),
            now: Instant::parse("2024-02-05T08:00:00+07:00").unwrap(),
            corrected: false,
        }
    }

    pub(crate) fn date(&self, days: i64) -> String {
        let at = Instant::from(self.now.utc() + TimeDelta::days(days));
        at.date().to_string()
    }

    fn earlier(&self, minutes: i64) -> String {
        Instant::from(self.now.utc() - TimeDelta::minutes(minutes)).to_string()
    }

    fn command(&self, attempt: &Attempt) -> Value {
        let v = attempt.vary;
        let days = i64::try_from(v % 20).unwrap();
        let then = self.earlier(attempt.back);
        let ids = ["p1", "p2", "p3"];
        let id = ids[v % 3];
        let referral = ["r1", "r2"][v % 2];
        let items = || {
            let range = |n: usize| item(ids[n], &self.date(-1), &self.date(days - 2));
            Value::Array((0..=v % 3).map(range).collect())
        };
        let mut takes_instant = true;
        let command = match attempt.what % 60 {
            0 | 1 => {
                takes_instant = false;
                let told = if v.is_multiple_of(2) {
                    report("01-01 00:00")
                } else {
                    call("01-01 00:00")
                };
                let unit = if v.is_multiple_of(5) { OTHER } else { COMMUNE };
                with(
                    told,
                    json!({"received_at": then, "incident": {"unit": unit},
                        "danger_now": v.is_multiple_of(3),
                        "crime_suspected": v.is_multiple_of(4),
                        "suspected_harm": [{"form": (["violence", "sexual"][v % 2])}]}),
                )
            }
            2 => forward(if v.is_multiple_of(5) { OTHER } else { COMMUNE }),
            3 => acknowledge(),
            4 | 5 => verify(["confirmed", "unfounded", "unclear"][v % 3]),
            6 | 7 => {
                let answer =
                    |n: usize| [json!(true), json!(false), json!("unknown")][n % 3].clone();
                with(
                    assess(v.is_multiple_of(2), v.is_multiple_of(3)),
                    json!({"separation_needed": answer(v / 4), "grave": answer(v),
                        "carer_is_harmer": answer(v / 3)}),
                )
            }
            8 => {
                takes_instant = false;
                with(measure("01-01 00:00"), json!({"applied_at": then}))
            }
            9 => separate(&self.date(days / 6 - 1), &self.date(days)),
            10 => extend(&self.date(days)),
            11 => extend_required(&self.date(days * 3)),
            12 => lift(),
            13 => ask_court(),
            14 => court("refused", None),
            15 => court("continue-separation", Some(&self.date(days * 4))),
            16 => detail(),
            17 => with(detail(), json!({"carer_views": "Đồng ý"})),
            18 => meet(),
            19 | 20 => submit_items(items()),
            21 => send_back(),
            22 | 23 => approve(),
            24 => adjust(items()),
            25 => service("start-service", id),
            26 => with(
                service("record-service-progress", id),
                json!({"danger_now": v.is_multiple_of(4)}),
            ),
            27 | 28 => complete(id),
            29 => service("fail-service", id),
            30 => with(refer(referral), json!({"respond_by": self.date(days - 2)})),
            31 if v.is_multiple_of(5) => withdraw_referral(referral),
            31 => answer(
                ["accept-referral", "decline-referral", "complete-referral"][v % 3],
                referral,
            ),
            32 => {
                takes_instant = false;
                with(
                    visit("01-01 00:00"),
                    json!({"visited_at": then, "danger_now": v.is_multiple_of(4)}),
                )
            }
            33 => review(!v.is_multiple_of(3), !v.is_multiple_of(4)),
            34 | 35 => {
                let reasons = [
                    "safe-and-stable",
                    "unfounded",
                    "died",
                    "reached-16",
                    "transferred",
                    "other",
                ];
                let more = match reasons[v % 6] {
                    "other" => close_otherwise(),
                    "transferred" => with(
                        close_transferred(),
                        json!({"transferred_to": {"received_on": self.date(-1)}}),
                    ),
                    reason => close(reason),
                };
                let reason = json!({"contradiction_reason": "Đã hỏi lại"});
                if v.is_multiple_of(4) {
                    with(more, reason)
                } else {
                    more
                }
            }
            36 => [reopen(), archive(), note(), document()][v % 4].clone(),
            40 | 41 => transfer(if v.is_multiple_of(3) { COMMUNE } else { OTHER }),
            42 | 43 => accept_transfer(),
            44 => [decline_transfer(), withdraw_transfer()][v % 2].clone(),
            45 | 46 => pass_crime(),
            47 => assign_investigator(),
            48 => grounds(["found", "requested-by-victim"][v % 2]),
            49 => with(
                exam_ordered(),
                json!({"exam": (["injury", "mental-state", "other"][v % 3])}),
            ),
            50 => conclude(),
            51 => prolong(
                ["complex", "procuracy-extension"][v % 2],
                &self.date(days * 2),
            ),
            52 => decide_crime(["prosecute", "suspend"][v % 2]),
            53 => [inform(), propose_prosecution()][v % 2].clone(),
            54 => propose_placement(OTHER),
            55 => verify_carer(!v.is_multiple_of(4)),
            56 => [decide_placement(OTHER), hand_over()][v % 2].clone(),
            57 => {
                takes_instant = false;
                with(
                    follow_up("01-01 00:00"),
                    json!({"visited_at": then, "carer_harms": v.is_multiple_of(5),
                        "danger_now": v.is_multiple_of(6)}),
                )
            }
            58 => [end_placement("carer-asks"), admit(), end_care()][v % 3].clone(),
            59 => [papers(), list_child(), appraise(OTHER)][v % 3].clone(),
            38 => {
                takes_instant = false;
                self.answer_to_what_waits(v)
            }
            37 => [put_in_charge("o-1"), relieve("o-1"), put_in_charge("o-2")][v % 3].clone(),
            _ => {
                takes_instant = false;
                self.correction(v, &then)
            }
        };
        if takes_instant && attempt.back > 0 {
            with(command, json!({"occurred_at": then}))
        } else {
            command
        }
    }

    /// An answer to a contradiction, or whether it is the same child, or the confirmation of a
    /// correction, that waits.
    fn answer_to_what_waits(&self, v: usize) -> Value {
        let corrections = self.case.history().iter().rev();
        let mut corrections =
            corrections.filter(|recorded| matches!(recorded.event, Event::FactCorrected(_)));
        let open = self.case.state().and_then(|state| {
            let one = state.open_contradictions().next()?;
            let against = serde_json::to_value(one.against).unwrap();
            Some(answer_contradiction(
                one.event_id,
                against.as_str().unwrap(),
            ))
        });
        let state = self.case.state();
        let unseen = state.and_then(|state| {
            let mut reports = state.reports.iter();
            reports.find(|report| report.unconfirmed_child)
        });
        if let Some(report) = unseen
            && !v.is_multiple_of(5)
        {
            return answer_same_child(report.event_id, v.is_multiple_of(3));
        }
        match (open, corrections.next()) {
            (Some(open), _) if v.is_multiple_of(2) => open,
            (_, Some(correction)) => confirm_correction(correction.event_id),
            (open, None) => open.unwrap_or_else(|| confirm_correction(Uuid::nil())),
        }
    }

    fn correction(&self, v: usize, then: &str) -> Value {
        let history = self.case.history();
        if history.is_empty() {
            return correct(Uuid::nil(), "/child/name", json!("x"));
        }
        let event = &history[v % history.len()];
        let id = event.event_id;
        match (&event.event, v % 4) {
            (Event::ReportReceived(_), 0) => correct(id, "/received_at", json!(then)),
            (Event::ReportReceived(_), 1) => correct(id, "/incident/unit", json!(OTHER)),
            (Event::ReportReceived(_), 2) if v.is_multiple_of(3) => json!({
                "type": "correct", "reason": "Ghi nhầm", "changes": [
                    {"event_id": id, "path": "/received_at", "value": then},
                    {"event_id": id, "path": "/child/birth", "value": {"date": self.date(-3_000)}}]
            }),
            (Event::ReportReceived(_), 2) => correct(id, "/danger_now", json!(v.is_multiple_of(4))),
            (Event::EmergencyMeasureApplied(_), _) => correct(id, "/applied_at", json!(then)),
            (Event::VisitRecorded(_), 0) => correct(id, "/danger_now", json!(v.is_multiple_of(8))),
            (Event::ReportReceived(_), _) => correct(id, "/child/name", json!("Lê Thị Mẫu")),
            (Event::InitialAssessmentRecorded(_), 0 | 1) => {
                correct(id, "/grave", json!(v.is_multiple_of(8)))
            }
            (Event::ReportVerified(_), 0) => correct(id, "/outcome", json!("unfounded")),
            (Event::ReportVerified(_), 1) => correct(id, "/outcome", json!("confirmed")),
            (Event::PlanReviewed(_), 0) => correct(id, "/stable", json!(v.is_multiple_of(8))),
            (Event::SeparationOrdered(_), 0) => correct(
                id,
                "/until",
                json!(self.date(i64::try_from(v % 30).unwrap())),
            ),
            (Event::PlanSubmitted(_), 0) => correct(id, "/items/0/end", json!(self.date(9))),
            _ => correct(id, "/occurred_at", json!(then)),
        }
    }

    /// Gives a command now. Whether it was accepted.
    pub(crate) fn give(&mut self, who: As, command: Value) -> bool {
        let Ok(command) = Command::from_json(command) else {
            return false;
        };
        let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        let context = Context::new(self.now, &actor, &procedure, &calendar);
        let decided = decide(CaseView::of(&self.case), &command, &context);
        // Pure: asked again it says the same.
        assert_eq!(
            decided,
            decide(CaseView::of(&self.case), &command, &context)
        );
        let Ok(events) = decided else { return false };
        assert!(!events.is_empty());
        for decided in events {
            let version = i64::try_from(self.case.history().len()).unwrap() + 1;
            let encoded = decided.event.encode().unwrap();
            let read = Event::decode(
                encoded.event_type,
                encoded.revision,
                &encoded.facts,
                encoded.personal.as_deref(),
            );
            assert_eq!(read.unwrap(), decided.event);
            assert!(decided.occurred_at <= self.now);
            self.corrected |= matches!(decided.event, Event::FactCorrected(_));
            let case = std::mem::replace(&mut self.case, Case::new(Units::shipped()));
            self.case = case.evolve(Recorded {
                event_id: Uuid::from_u128(version.unsigned_abs().into()),
                version,
                position: version,
                occurred_at: decided.occurred_at,
                recorded_at: self.now,
                actor: actor.clone(),
                event: decided.event,
                older: None,
                cause: domain::log::Cause::default(),
            });
        }
        true
    }

    pub(crate) fn attempt(&mut self, attempt: &Attempt) {
        self.now = Instant::from(self.now.utc() + TimeDelta::minutes(attempt.minutes));
        if attempt.owed {
            let open: Vec<_> = self
                .obligations()
                .into_iter()
                .filter(Obligation::is_open)
                .collect();
            if !open.is_empty() {
                self.fulfil(&open[attempt.vary % open.len()]);
            }
        } else {
            let command = self.command(attempt);
            let who = if attempt.who < 40 {
                usual(&command)
            } else {
                EVERYBODY[attempt.who % EVERYBODY.len()]
            };
            self.give(who, command);
        }
    }

    pub(crate) fn obligations(&self) -> Vec<Obligation> {
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        derive_obligations(self.case.history(), &procedure, &calendar, self.now)
    }

    /// Does what is owed as those would who owe it. Whether it was accepted.
    pub(crate) fn fulfil(&mut self, owed: &Obligation) -> bool {
        let Some(state) = self.case.state().cloned() else {
            return false;
        };
        let unit = owed.accountable.unit.clone().unwrap_or_default();
        let here = if unit == OTHER { OTHER } else { COMMUNE };
        let (officer, chair) = (("commune-officer", here), ("commune-chair", here));
        let key = owed.item.clone().unwrap_or_default();
        let (today, soon) = (self.date(0), self.date(5));
        let choices = match owed.step.as_str() {
            "forward-report" => vec![
                (HOTLINE, forward(COMMUNE)),
                (HOTLINE, forward(OTHER)),
                (officer, forward(COMMUNE)),
                (officer, forward(OTHER)),
            ],
            "acknowledge-report" => vec![(officer, acknowledge())],
            "verify-report" => vec![(officer, verify("confirmed"))],
            "initial-assessment" => vec![(officer, assess(false, false))],
            "emergency-measure" => {
                let now = json!({"applied_at": self.now.to_string()});
                vec![(chair, with(measure("01-01 00:00"), now))]
            }
            "temporary-separation" => vec![
                (chair, separate(&today, &soon)),
                (chair, separate(&today, &today)),
            ],
            "separation-end" => vec![(chair, lift())],
            "find-placement" => {
                let id = format!("c{}", self.case.history().len());
                let placed = with(decide_placement(OTHER), json!({"placement_id": id}));
                vec![(OTHER_CHAIR, placed), (chair, admit())]
            }
            "answer-contradiction" => {
                let (event, against) = key.split_once('/').unwrap();
                let who = match owed.accountable.role {
                    Role::ProvincialOfficer => PROVINCIAL,
                    _ => chair,
                };
                vec![(who, answer_contradiction(event, against))]
            }
            "answer-same-child" => {
                let same = self.case.history().len().is_multiple_of(2);
                vec![(officer, answer_same_child(key, same))]
            }
            "court-order" => vec![(CLERK, court("refused", None))],
            "detailed-assessment" => vec![(officer, detail())],
            "case-meeting" => vec![(chair, meet())],
            "submit-plan" => {
                let items = json!([item("p1", &today, &soon)]);
                vec![
                    (officer, submit_items(items.clone())),
                    (chair, adjust(items)),
                ]
            }
            "approve-plan" => vec![(chair, approve())],
            "carry-out" => vec![(officer, complete(&key))],
            "referral-response" => vec![(HEALTH, answer("accept-referral", &key))],
            "review-plan" => vec![(officer, review(true, true))],
            "close-case" => {
                let reason = json!({"contradiction_reason": "Đã hỏi lại"});
                vec![
                    (chair, with(close("safe-and-stable"), reason.clone())),
                    (chair, with(close("unfounded"), reason)),
                ]
            }
            "archive" => vec![(officer, archive())],
            "transfer-response" => vec![(officer, accept_transfer())],
            "pass-crime-report" | "tell-police" => {
                vec![
                    (POLICE, pass_crime()),
                    (HOTLINE, pass_crime()),
                    (officer, pass_crime()),
                ]
            }
            "assign-investigator" => vec![(INVESTIGATOR, assign_investigator())],
            "order-forensic-exam" => vec![(INVESTIGATOR, exam_ordered())],
            "forensic-conclusion" => vec![(FORENSIC, conclude())],
            "decide-crime-report" => vec![(INVESTIGATOR, decide_crime("not-prosecute"))],
            "inform-informant" => vec![(INVESTIGATOR, inform())],
            "propose-prosecution" => vec![(PROVINCIAL, propose_prosecution())],
            "verify-carer" => vec![(OTHER_OFFICER, verify_carer(true))],
            "decide-placement" => vec![(OTHER_CHAIR, decide_placement(OTHER))],
            "hand-over-child" => vec![(OTHER_OFFICER, hand_over())],
            "placement-follow-up" => {
                let now = json!({"visited_at": self.now.to_string()});
                vec![(OTHER_OFFICER, with(follow_up("01-01 00:00"), now))]
            }
            "end-placement" => vec![(OTHER_CHAIR, end_placement("carer-harmed"))],
            "complete-admission-papers" => vec![(PROVIDER, papers())],
            "appraise-listing" => vec![(
                PROVINCIAL,
                with(appraise(OTHER), json!({"eligible": false})),
            )],
            "end-facility-care" | "end-facility-stay" => vec![(PROVINCIAL, end_care())],
            other => panic!("nobody knows how to do {other} in {:?}", state.stage),
        };
        choices
            .into_iter()
            .any(|(who, command)| self.give(who, command))
    }

    /// What happened, for the reader of a failure.
    pub(crate) fn story(&self) -> String {
        let mut lines: Vec<_> = self
            .case
            .history()
            .iter()
            .map(|e| {
                let facts = e.event.encode().unwrap().facts;
                format!(
                    "{} {} {} {facts}",
                    e.recorded_at,
                    e.occurred_at,
                    e.event.event_type()
                )
            })
            .collect();
        lines.extend(self.obligations().iter().map(|o| {
            format!(
                "  {} {:?} {:?} {:?} {:?}",
                o.step, o.cycle, o.item, o.state, o.ended_by
            )
        }));
        if let Some(state) = self.case.state() {
            lines.push(format!(
                "{:?} round {} {:?}",
                state.stage, state.cycle, state.verification
            ));
        }
        lines.join("\n")
    }
}
