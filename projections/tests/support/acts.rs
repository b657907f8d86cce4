//! Random histories: numbers become commands, given mostly by those who may and about what is owed, so that
//! they reach deep; the domain refuses those that cannot be.

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{CaseState, Event, Rejection, Status};
use domain::identity::Role;
use domain::law::{Obligation, derive_obligations};
use domain::time::Instant;
use eventstore::EventStore;
use serde_json::{Value, json};
use uuid::Uuid;

use super::commands as c;
use super::player::{Player, actor, instant};
use super::samples::{self as s, As, COMMUNE, OTHER, with};

/// How many kinds of acts there are.
pub const KINDS: u8 = 96;

/// From this kind on, something is done that is owed.
const OWED: u8 = 48;

/// An act: on which of the cases, of what kind, in which variant.
pub type Act = (usize, u8, u8);

/// What the acts can bring about.
pub const EVENTS: &[&str] = &[
    "CaseArchived",
    "CaseClosed",
    "CaseMeetingHeld",
    "CaseReopened",
    "CaseTransferred",
    "ContradictionAnswered",
    "CorrectionConfirmed",
    "CourtDecided",
    "CourtOrderRequested",
    "CrimeReportDecided",
    "CrimeReportPassed",
    "DetailedAssessmentRecorded",
    "DocumentAttached",
    "EmergencyMeasureApplied",
    "FactCorrected",
    "InformantInformed",
    "InitialAssessmentRecorded",
    "InvestigatorAssigned",
    "NoteAdded",
    "OfficerAssigned",
    "OfficerRelieved",
    "PlanAdjusted",
    "PlanApproved",
    "PlanReturned",
    "PlanReviewed",
    "PlanSubmitted",
    "ReferralAccepted",
    "ReferralCompleted",
    "ReferralDeclined",
    "ReferralMade",
    "ReferralWithdrawn",
    "ReportAcknowledged",
    "ReportForwarded",
    "ReportReceived",
    "ReportVerified",
    "SameChildAnswered",
    "SeparationExtended",
    "SeparationLifted",
    "SeparationOrdered",
    "ServiceCompleted",
    "ServiceFailed",
    "ServiceProgressed",
    "ServiceStarted",
    "TransferAccepted",
    "TransferDeclined",
    "TransferWithdrawn",
    "VisitRecorded",
];

const NAMES: [&str; 4] = ["Nguyễn Thị Thử", "Đào Văn Ân", "Hồ Y Linh", "Trần Bé"];

/// A hotline and a commune of which nobody takes part in a case until it is told of.
const FAR_HOTLINE: As = ("hotline-operator", "01");
const FAR: &str = "19138";

const OFFICER: &str = "commune-officer";
const CHAIR: &str = "commune-chair";

/// The communes that the histories know, as they live for ever.
fn known(unit: &str) -> &'static str {
    match unit {
        OTHER => OTHER,
        FAR => FAR,
        _ => COMMUNE,
    }
}

fn date(now: Instant, days: i64) -> String {
    let at = Instant::from(now.utc() + chrono::TimeDelta::days(days));
    at.date().to_string()
}

fn command(player: &Player, kind: u8, variant: u8, now: Instant) -> (As, Value) {
    let v = usize::from(variant);
    let state = player.case.state();
    let fits = state.is_some_and(|state| fits(player, state, kind, now));
    if (kind >= OWED || !fits && !v.is_multiple_of(9))
        && let Some(done) = state.and_then(|state| owed(player, state, v, now))
    {
        return done;
    }
    let wrong = v.is_multiple_of(11);
    let at = |unit: Option<&str>| match (known(unit.unwrap_or(COMMUNE)), wrong) {
        (unit, false) => unit,
        (COMMUNE, true) => OTHER,
        (_, true) => COMMUNE,
    };
    let here = at(state.map(CaseState::responsible_commune));
    let there = at(state.map(|state| state.incident_unit.as_str()));
    let item = ["p1", "p1", "p2"][v % 3];
    let made = state.and_then(|state| state.referrals.last());
    let referral = made
        .filter(|_| matches!(kind, 25 | 26))
        .map_or_else(|| format!("r{v}"), |referral| referral.id.to_string());
    let referral = referral.as_str();
    let days = i64::from(variant % 20);
    let moment = now.to_string();
    let items = || {
        let item = |n: usize| s::item(["p1", "p2", "p3"][n], &date(now, -1), &date(now, days - 2));
        Value::Array((0..=v % 3).map(item).collect())
    };
    match kind {
        0 | 1 => report(state, variant, now),
        2 => (s::HOTLINE, s::forward(COMMUNE)),
        3 => ((OFFICER, there), s::acknowledge()),
        4 => (
            (OFFICER, there),
            s::verify(["confirmed", "unfounded", "unclear"][v % 3]),
        ),
        5 | 6 => (
            (OFFICER, there),
            s::assess(v.is_multiple_of(2), v.is_multiple_of(3)),
        ),
        7 => ((CHAIR, there), c::emergency(&moment)),
        8 => (
            (CHAIR, there),
            s::separate(&date(now, 0), &date(now, days % 15)),
        ),
        9 => ((CHAIR, there), s::lift()),
        10 => ((CHAIR, there), s::extend(&date(now, days))),
        11 => ((CHAIR, there), s::ask_court()),
        12 => (
            s::CLERK,
            s::court("continue-separation", Some(&date(now, days + 1))),
        ),
        13 => ((OFFICER, here), s::detail()),
        14 => ((CHAIR, here), s::meet()),
        15 => ((OFFICER, here), s::submit_items(items())),
        16 => ((CHAIR, here), s::send_back()),
        17 => ((CHAIR, here), s::approve()),
        18 => ((CHAIR, here), s::adjust(items())),
        19 | 20 => ((OFFICER, here), s::service("start-service", item)),
        21 => ((OFFICER, here), s::service("record-service-progress", item)),
        22 => ((OFFICER, here), s::complete(item)),
        23 => ((OFFICER, here), s::service("fail-service", item)),
        24 => (
            (OFFICER, here),
            with(s::refer(referral), json!({"respond_by": date(now, days)})),
        ),
        25 => {
            let answers = ["accept-referral", "decline-referral", "complete-referral"];
            (s::HEALTH, s::answer(answers[v % 3], referral))
        }
        26 => ((OFFICER, here), s::withdraw_referral(referral)),
        27 => (
            (OFFICER, here),
            json!({"type": "record-visit", "visited_at": moment, "place": "Nhà",
                   "child_seen": true, "danger_now": v.is_multiple_of(5)}),
        ),
        28 => (
            (OFFICER, here),
            s::review(!v.is_multiple_of(3), !v.is_multiple_of(4)),
        ),
        29 => {
            let reasons = ["safe-and-stable", "died", "unfounded"];
            let why = json!({"contradiction_reason": "Đã hỏi lại"});
            ((CHAIR, here), with(s::close(reasons[v % 3]), why))
        }
        30 => ((CHAIR, here), s::reopen()),
        31 => ((OFFICER, here), s::archive()),
        32 => ((OFFICER, here), c::note("Ghi chú")),
        33 => ((OFFICER, here), s::document()),
        34 | 35 => {
            let officer = state.and_then(|state| state.officer_for(Role::CommuneOfficer));
            let act = match officer {
                Some(officer) if v.is_multiple_of(2) => s::relieve(officer),
                _ => s::put_in_charge(&format!("cb{}", v % 3)),
            };
            ((CHAIR, here), act)
        }
        36 | 37 => {
            let to = if here == COMMUNE { OTHER } else { COMMUNE };
            ((OFFICER, here), s::transfer(to))
        }
        38 => {
            let to = if here == COMMUNE { OTHER } else { COMMUNE };
            match v % 4 {
                0 => ((OFFICER, to), s::decline_transfer()),
                1 => ((OFFICER, here), s::withdraw_transfer()),
                _ => ((OFFICER, to), s::accept_transfer()),
            }
        }
        39 => ((OFFICER, there), s::pass_crime()),
        40 => (s::INVESTIGATOR, s::assign_investigator()),
        41 => (s::INVESTIGATOR, s::decide_crime("not-prosecute")),
        42 | 43 => confirmation(player, here, now),
        _ => correction(player, v, now),
    }
}

/// A report: by the commune, its hotline, or somebody far away who does not see the case.
fn report(state: Option<&CaseState>, variant: u8, now: Instant) -> (As, Value) {
    let v = usize::from(variant);
    let name = NAMES.get(v % 5).copied();
    let unit = if v.is_multiple_of(5) { OTHER } else { COMMUNE };
    let mut report = c::report(&now.to_string(), name, unit);
    report["danger_now"] = json!(v.is_multiple_of(3));
    report["crime_suspected"] = json!(v.is_multiple_of(4));
    if v.is_multiple_of(7) {
        report["child"]["birth"] = json!({"estimated_age": variant % 16});
        report["child"]["personal_id"] = json!("044214001234");
    }
    let by = match v % 6 {
        0 | 1 => {
            report["place_of_receipt"] = json!({"kind": "hotline", "unit": "44"});
            s::HOTLINE
        }
        2 | 3 if state.is_some() => {
            report["place_of_receipt"] = json!({"kind": "hotline", "unit": FAR_HOTLINE.1});
            report["incident"]["unit"] = json!(FAR);
            FAR_HOTLINE
        }
        _ => (OFFICER, unit),
    };
    (by, report)
}

/// Something that is owed, done by who owes it.
fn owed(player: &Player, state: &CaseState, v: usize, now: Instant) -> Option<(As, Value)> {
    let all = obligations(player, now);
    let open: Vec<&Obligation> = all.iter().filter(|owed| owed.is_open()).collect();
    let owed = *open.get(v % open.len().max(1))?;
    let unit = known(owed.accountable.unit.as_deref().unwrap_or(COMMUNE));
    let (officer, chair) = ((OFFICER, unit), (CHAIR, unit));
    let key = owed.item.clone().unwrap_or_default();
    let moment = now.to_string();
    let plan = || json!([s::item("p1", &date(now, 0), &date(now, 5))]);
    Some(match owed.step.as_str() {
        "forward-report" => {
            let by = match owed.accountable.role {
                Role::HotlineOperator if owed.accountable.unit.as_deref() == Some("01") => {
                    FAR_HOTLINE
                }
                Role::HotlineOperator => s::HOTLINE,
                _ => officer,
            };
            (by, s::forward(known(&state.incident_unit)))
        }
        "acknowledge-report" => (officer, s::acknowledge()),
        "verify-report" => (officer, s::verify("confirmed")),
        "initial-assessment" => (officer, s::assess(v.is_multiple_of(3), v.is_multiple_of(5))),
        "emergency-measure" => (chair, c::emergency(&moment)),
        "temporary-separation" => (chair, s::separate(&date(now, 0), &date(now, 5))),
        "separation-end" => (chair, s::lift()),
        "court-order" => (s::CLERK, s::court("refused", None)),
        "detailed-assessment" => (officer, s::detail()),
        "case-meeting" => (chair, s::meet()),
        "submit-plan" if v.is_multiple_of(2) => (chair, s::adjust(plan())),
        "submit-plan" => (officer, s::submit_items(plan())),
        "approve-plan" => (chair, s::approve()),
        "carry-out" => (officer, s::complete(&key)),
        "referral-response" => (s::HEALTH, s::answer("accept-referral", &key)),
        "review-plan" => (officer, s::review(true, true)),
        "close-case" => {
            let why = json!({"contradiction_reason": "Đã hỏi lại"});
            let reason = if v.is_multiple_of(2) {
                "safe-and-stable"
            } else {
                "unfounded"
            };
            (chair, with(s::close(reason), why))
        }
        "archive" => (officer, s::archive()),
        "transfer-response" => (officer, s::accept_transfer()),
        "answer-same-child" => (officer, s::answer_same_child(key, v.is_multiple_of(2))),
        "answer-contradiction" => {
            let (event, against) = key.split_once('/')?;
            let who = match owed.accountable.role {
                Role::ProvincialOfficer => s::PROVINCIAL,
                _ => chair,
            };
            (who, s::answer_contradiction(event, against))
        }
        "pass-crime-report" | "tell-police" => match owed.accountable.role {
            Role::HotlineOperator => (s::HOTLINE, s::pass_crime()),
            Role::PoliceOfficer => (s::POLICE, s::pass_crime()),
            _ => (officer, s::pass_crime()),
        },
        "assign-investigator" => (s::INVESTIGATOR, s::assign_investigator()),
        "decide-crime-report" => (s::INVESTIGATOR, s::decide_crime("not-prosecute")),
        "inform-informant" => (s::INVESTIGATOR, s::inform()),
        _ => return None,
    })
}

/// Whether what the act is about is there; else something is done that is owed, mostly.
fn fits(player: &Player, state: &CaseState, kind: u8, now: Instant) -> bool {
    match kind {
        9..=11 => state.separation().is_some(),
        12 => state.court.asked.is_some(),
        18..=23 | 28 => state.plan_in_force().is_some(),
        25 | 26 => !state.referrals.is_empty(),
        30 | 31 => state.status == Status::Closed,
        38 => state.transfer.is_some(),
        42 | 43 => waiting(player, now).is_some(),
        _ => true,
    }
}

/// The obligations as they stand.
fn obligations(player: &Player, now: Instant) -> Vec<Obligation> {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    derive_obligations(player.case.history(), &procedure, &calendar, now)
}

/// A correction that waits for a second person, and who that is.
fn waiting(player: &Player, now: Instant) -> Option<(Uuid, Role)> {
    let all = obligations(player, now);
    let mut waiting = all.iter().filter(|owed| !owed.unconfirmed.is_empty());
    waiting.find_map(|owed| Some((*owed.unconfirmed.first()?, owed.confirms?)))
}

/// An event that did something late, and when it would have been in time.
fn late(player: &Player, v: usize, now: Instant) -> Option<(Uuid, Instant)> {
    let all = obligations(player, now);
    let late: Vec<_> = all.iter().filter(|owed| owed.late).collect();
    let owed = late.get(v % late.len().max(1))?;
    Some((owed.ended_by_event?, owed.due_at?))
}

/// The confirmation of a correction.
fn confirmation(player: &Player, here: &'static str, now: Instant) -> (As, Value) {
    let (id, confirms) = waiting(player, now).unwrap_or((Uuid::nil(), Role::CommuneChair));
    let who = match confirms {
        Role::ProvincialOfficer => s::PROVINCIAL,
        _ => (CHAIR, here),
    };
    (who, s::confirm_correction(id))
}

/// A correction of some event by who recorded it, perhaps one that does not fit.
fn correction(player: &Player, v: usize, now: Instant) -> (As, Value) {
    let history = player.case.history();
    let late = late(player, v, now).filter(|_| !v.is_multiple_of(3));
    let event = |id: Uuid| history.iter().find(|event| event.event_id == id);
    let any = history.get(v % history.len().max(1));
    let Some(target) = late.and_then(|(id, _)| event(id)).or(any) else {
        return (s::OFFICER, c::note("Ghi chú"));
    };
    let minutes = [-90, 30, -3_000, 2_000][v % 4];
    let then = Instant::from(target.occurred_at.utc() + chrono::TimeDelta::minutes(minutes));
    let then = late.map_or(then, |(_, in_time)| in_time).min(now);
    let (path, value) = match (&target.event, v % 5) {
        (Event::ReportReceived(_), 0) => ("/child/name", json!("Lê Thị Đúng")),
        (Event::ReportReceived(_), 1) => ("/danger_now", json!(v.is_multiple_of(2))),
        (Event::ReportReceived(_), 2) => ("/incident/unit", json!(OTHER)),
        (Event::ReportReceived(_), _) => ("/received_at", json!(then)),
        (Event::EmergencyMeasureApplied(_), _) => ("/applied_at", json!(then)),
        (Event::VisitRecorded(_), _) => ("/visited_at", json!(then)),
        (Event::InitialAssessmentRecorded(_), 0) => ("/grave", json!(v.is_multiple_of(2))),
        (Event::ReportVerified(_), 0) => ("/outcome", json!("unfounded")),
        _ => ("/occurred_at", json!(then)),
    };
    let unit = target.actor.unit.as_deref().unwrap_or(COMMUNE);
    let who = match target.actor.role {
        Role::HotlineOperator if unit == "01" => FAR_HOTLINE,
        Role::HotlineOperator => s::HOTLINE,
        Role::CommuneChair => (CHAIR, known(unit)),
        Role::HealthWorker => s::HEALTH,
        _ => (OFFICER, known(unit)),
    };
    (who, c::correct(target.event_id, path, value))
}

/// What came of acts that were decided in memory.
pub struct Imagined {
    pub tried: usize,
    pub accepted: usize,
    pub players: Vec<Player>,
}

/// Decides acts in memory alone.
pub fn imagine(first: u64, acts: &[Act]) -> Imagined {
    let mut imagined = Imagined {
        tried: acts.len(),
        accepted: 0,
        players: (0..3).map(|n| Player::new(first + n)).collect(),
    };
    let mut now = begin();
    for (case, kind, variant) in acts {
        let player = &mut imagined.players[case % 3];
        if step(player, &mut now, *kind, *variant).is_ok() {
            imagined.accepted += 1;
        }
    }
    imagined
}

fn begin() -> Instant {
    instant("2024-01-03T08:00:00+07:00")
}

fn step(player: &mut Player, now: &mut Instant, kind: u8, variant: u8) -> Result<(), Rejection> {
    *now = now.plus_hours(u32::from(variant % 40));
    let ((role, unit), body) = command(player, kind, variant, *now);
    let role = Role::parse(role).expect("a role");
    player.decide(*now, &actor(role, unit), body)
}

/// Plays acts on cases with the numbers `first`, `first + 1`, …; returns the cases that began.
pub async fn play(store: &EventStore, first: u64, acts: &[Act]) -> Vec<Player> {
    let mut players: Vec<_> = (0..3).map(|n| Player::new(first + n)).collect();
    let mut now = begin();
    for (case, kind, variant) in acts {
        let player = &mut players[case % 3];
        if step(player, &mut now, *kind, *variant).is_ok() {
            player.append(store).await;
        }
    }
    players.retain(|player| player.case.state().is_some());
    players
}

/// The same acts on every run: a simple generator of numbers.
pub fn acts(seed: u64, count: usize) -> Vec<Act> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..count)
        .map(|index| {
            // Begins with a report, so that most of the rest can happen.
            let kind = if index < 3 {
                0
            } else {
                (next() % u64::from(KINDS)) as u8
            };
            let case = if index < 3 {
                index
            } else {
                (next() % 3) as usize
            };
            (case, kind, (next() % 251) as u8)
        })
        .collect()
}
