//! What is called possible in a case is what is decided: whatever the history, each command that can be
//! given now is taken with right values, and each that cannot is refused with the code that was told.

use std::collections::BTreeSet;

use crate::samples::*;
use crate::world::{EVERYBODY, World, attempts};
use chrono::{Days, TimeDelta};
use domain::calendar::Calendar;
use domain::case::{
    Case, CaseState, CaseView, Command, Context, Event, Procedure, Rejection, Standing, decide,
    possible, possible_about,
};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// A commune that ended on 1 December 2024, and what it became.
const ENDED: &str = "19195";
const SUCCESSOR: &str = "19198";

/// A command with right values about one thing of the case.
struct Right {
    /// What addresses call the thing; none for a command about the case as a whole, or something new.
    key: Option<String>,
    command: Value,
}

impl Right {
    fn about(key: impl ToString, command: Value) -> Self {
        Self {
            key: Some(key.to_string()),
            command,
        }
    }

    fn new(command: Value) -> Self {
        Self { key: None, command }
    }
}

/// Somebody before a case.
struct Asking<'a> {
    case: &'a Case,
    state: &'a CaseState,
    now: Instant,
    who: As,
}

impl Asking<'_> {
    fn day(&self, later: u64) -> String {
        let day = self.now.date().checked_add_days(Days::new(later)).unwrap();
        day.to_string()
    }

    /// Each of these things, and one that there is not.
    fn each(
        &self,
        ids: impl Iterator<Item = String>,
        command: impl Fn(&str) -> Value,
    ) -> Vec<Right> {
        let unknown = "unknown".to_owned();
        let all = ids.chain([unknown]);
        all.map(|id| Right::about(&id, command(&id))).collect()
    }

    /// Each of these events, and one that there is not.
    fn events(
        &self,
        ids: impl Iterator<Item = Uuid>,
        command: impl Fn(Uuid) -> Value,
    ) -> Vec<Right> {
        let all = ids.chain([Uuid::nil()]);
        all.map(|id| Right::about(id, command(id))).collect()
    }

    fn items(&self, command: impl Fn(&str) -> Value) -> Vec<Right> {
        let plan = self.state.plan_in_force();
        let items = plan.into_iter().flat_map(|plan| &plan.items);
        self.each(items.map(|item| item.facts.id.to_string()), command)
    }

    fn referrals(&self, command: impl Fn(&str) -> Value) -> Vec<Right> {
        let referrals = self.state.referrals.iter();
        self.each(referrals.map(|one| one.id.to_string()), command)
    }

    fn placements(&self, command: impl Fn(&str) -> Value) -> Vec<Right> {
        let placements = self.state.care.placements.iter();
        self.each(placements.map(|one| one.id.to_string()), command)
    }

    fn examinations(&self, command: impl Fn(&str) -> Value) -> Vec<Right> {
        let examinations = self.state.criminal.examinations.iter();
        self.each(examinations.map(|one| one.id.to_string()), command)
    }

    /// The example of a command, about each thing of the case where it is about one.
    fn examples(&self, example: Value) -> Vec<Right> {
        let names = |key: &str| example.get(key).is_some();
        let about = |key: &'static str| {
            let example = &example;
            move |id: &str| with(example.clone(), json!({ (key): id }))
        };
        if names("item_id") {
            self.items(about("item_id"))
        } else if names("referral_id") {
            self.referrals(about("referral_id"))
        } else if names("exam_id") {
            self.examinations(about("exam_id"))
        } else if names("placement_id") {
            self.placements(about("placement_id"))
        } else {
            vec![Right::new(example)]
        }
    }

    /// Right values for a command, about each thing of the case. Those of its example do where they hold at any
    /// time in any case.
    fn right(&self, command: &str) -> Vec<Right> {
        let now = self.now.to_string();
        let one = |command: Value| vec![Right::new(command)];
        match command {
            "receive-report" => one(with(report("01-01 00:00"), json!({"received_at": now}))),
            "forward-report" => {
                let reports = self.state.reports.iter();
                let communes: BTreeSet<_> = reports
                    .map(|report| report.incident_unit.as_str())
                    .flat_map(|unit| [unit, if unit == ENDED { SUCCESSOR } else { unit }])
                    .collect();
                let to = |unit: &&str| Right::about(unit, forward(unit));
                communes.iter().map(to).collect()
            }
            "record-verification" => one(verify("unclear")),
            "record-initial-assessment" => one(assess(false, false)),
            "apply-emergency-measure" => {
                one(with(measure("01-01 00:00"), json!({"applied_at": now})))
            }
            "order-separation" => one(separate(&self.day(0), &self.day(0))),
            "extend-separation" => {
                let until = self.state.separation().map(|one| one.until.date());
                let until = until.unwrap_or(self.now.date()).max(self.now.date());
                let later = until.checked_add_days(Days::new(1)).unwrap();
                one(extend_required(&later.to_string()))
            }
            "submit-plan" => one(submit_items(json!([item(
                "p1",
                &self.day(0),
                &self.day(5)
            )]))),
            "adjust-plan" => one(adjust(json!([item("p1", &self.day(0), &self.day(5))]))),
            "refer" => one(with(refer("r-new"), json!({"respond_by": self.day(5)}))),
            "record-visit" => one(with(visit("01-01 00:00"), json!({"visited_at": now}))),
            "transfer-case" => {
                let holder = self.state.responsible_commune();
                one(transfer(if holder == OTHER { COMMUNE } else { OTHER }))
            }
            "record-forensic-grounds" => one(with(grounds("found"), json!({"exam_id": "g-new"}))),
            "order-forensic-exam" => {
                let order = |id: &str| with(exam_ordered(), json!({"exam_id": id}));
                let mut all = self.examinations(order);
                all.pop();
                all.push(Right::new(order("g-new")));
                all
            }
            "prolong-crime-report" => {
                let ground = match self.who.0 {
                    "prosecutor" => "procuracy-extension",
                    _ => "complex",
                };
                // It may be written down late.
                let report = self.state.criminal.report();
                let passed = report.map_or(self.now, |report| report.by.at);
                let until = passed.date().checked_add_days(Days::new(3)).unwrap();
                let command = prolong(ground, &until.to_string());
                one(with(command, json!({"occurred_at": passed})))
            }
            "record-interview" => {
                let from = Instant::from(self.now.utc() - TimeDelta::minutes(30));
                one(with(
                    interview("01-01 00:00", "01-01 00:00"),
                    json!({"from": from, "until": now}),
                ))
            }
            "propose-placement" => one(with(
                propose_placement(OTHER),
                json!({"placement_id": "c-new"}),
            )),
            "decide-placement" => {
                let mut all = self.placements(|id| {
                    let mut known = self.state.care.placements.iter();
                    let known = known.find(|placement| placement.id.as_str() == id);
                    let unit = known.map_or(self.who.1, |placement| placement.carer.unit());
                    with(decide_placement(unit), json!({"placement_id": id}))
                });
                all.pop();
                let new = json!({"placement_id": "c-new"});
                all.push(Right::new(with(decide_placement(self.who.1), new)));
                all
            }
            "record-placement-follow-up" => self.placements(|id| {
                let own = json!({"placement_id": id, "visited_at": now});
                with(follow_up("01-01 00:00"), own)
            }),
            "admit-to-facility" => one(with(admit(), json!({"unit": self.who.1}))),
            "appraise-listing" => one(with(appraise(OTHER), json!({"placement_id": "c-new"}))),
            "assign-officer" => one(put_in_charge("o-new")),
            "relieve-officer" => {
                let officers = self.state.officers.iter();
                self.each(officers.map(|one| one.officer.to_string()), relieve)
            }
            "pass-competence" => {
                let due = self
                    .state
                    .passings_possible(Units::shipped(), self.now.date());
                let each = due.iter().map(|due| {
                    let to = due.to.first().unwrap();
                    Right::about(&due.from.id, due.command(to))
                });
                let holder = self.state.holder().unit();
                let stands = Right::about(holder, pass_competence(holder, OTHER));
                each.chain([stands]).collect()
            }
            "answer-contradiction" => {
                let open = self.state.open_contradictions();
                open.map(|one| {
                    let against = json!(one.against);
                    let command = answer_contradiction(one.event_id, against.as_str().unwrap());
                    Right::about(one.key(), command)
                })
                .chain([Right::about(
                    format!("{}/danger-reported", Uuid::nil()),
                    answer_contradiction(Uuid::nil(), "danger-reported"),
                )])
                .collect()
            }
            "answer-same-child" => {
                let reports = &self.state.reports;
                // Once it was said to be the same, only that it is not can be said.
                let waits = |id| {
                    let mut reports = reports.iter();
                    reports.any(|one| one.event_id == id && one.unconfirmed_child)
                };
                self.events(reports.iter().map(|one| one.event_id), |id| {
                    answer_same_child(id, waits(id))
                })
            }
            // Which value of an event can be corrected is a matter of values.
            "correct" => {
                let events = self.case.history().iter();
                self.events(events.map(|one| one.event_id), |id| {
                    correct(id, "/no-such-value", json!(1))
                })
            }
            "confirm-correction" => {
                let events = self.case.history().iter();
                let corrections = events.filter(|one| matches!(one.event, Event::FactCorrected(_)));
                self.events(corrections.map(|one| one.event_id), confirm_correction)
            }
            _ => self.examples(example(command)),
        }
    }

    /// The same with what excepts it from the closing.
    fn despite_closing(&self, command: &Value) -> Value {
        match (command["type"].as_str().unwrap(), &self.state.closure) {
            ("apply-emergency-measure", Some(closure)) => {
                with(command.clone(), json!({"applied_at": closure.by.at}))
            }
            _ => with(command.clone(), json!({"danger_now": true})),
        }
    }

    fn with_context<T>(&self, ask: impl FnOnce(CaseView<'_>, &Context<'_>) -> T) -> T {
        let actor = Actor::new(Role::parse(self.who.0).unwrap(), self.who.1);
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        let context = Context::new(self.now, &actor, &procedure, &calendar);
        ask(CaseView::of(self.case).unwrap(), &context)
    }

    fn decided(&self, command: &Value) -> Result<(), Rejection> {
        let command = Command::from_json(command.clone());
        let command = command.unwrap_or_else(|error| panic!("{error:?}"));
        let decided = self.with_context(|case, context| decide(Some(case), &command, context));
        match decided {
            Err(refusal) if refusal.code == "unknown-path" => Ok(()),
            decided => decided.map(drop),
        }
    }

    fn agrees(&self, what: &str, standing: &Standing, right: &Right) -> Result<(), String> {
        let decided = self.decided(&right.command);
        let code = |decided: &Result<(), Rejection>| decided.as_ref().err().map(|one| one.code);
        let told = standing.refusal().map(|one| one.code);
        let mut wrong = code(&decided) != told;
        if matches!(standing, Standing::Only(_)) {
            let excepted = self.despite_closing(&right.command);
            wrong |= self.decided(&excepted).is_err();
        }
        match wrong {
            false => Ok(()),
            true => Err(format!(
                "{what} by {:?}: told {standing:?}, decided {decided:?}",
                self.who
            )),
        }
    }

    /// Checks every command. Gives those that can be given now.
    fn check(&self) -> Result<BTreeSet<&'static str>, String> {
        let offers = self.with_context(possible);
        let names: Vec<_> = offers.iter().map(|offer| offer.command).collect();
        assert_eq!(names, Command::NAMES);
        let mut now = BTreeSet::new();
        for offer in &offers {
            let mut all = Vec::new();
            for right in self.right(offer.command) {
                let standing = match &right.key {
                    None => None,
                    Some(key) => self.with_context(|case, context| {
                        possible_about(offer.command, key, case, context)
                    }),
                };
                match standing {
                    Some(standing) => {
                        let what = format!("{} {:?}", offer.command, right.key);
                        self.agrees(&what, &standing, &right)?;
                        all.push(standing);
                    }
                    // Something new stands beside what there is.
                    None if all.is_empty() => {
                        self.agrees(offer.command, &offer.standing, &right)?;
                        all.push(offer.standing.clone());
                    }
                    None => {
                        let taken = self.decided(&right.command).is_ok();
                        if taken && !offer.standing.is_now() {
                            return Err(format!("{} is taken: {offer:?}", offer.command));
                        }
                        if taken || offer.standing.is_now() {
                            all.push(offer.standing.clone());
                        }
                    }
                }
            }
            // As a whole it stands as it does for what is nearest.
            if !all.contains(&offer.standing) {
                return Err(format!("{offer:?} is none of {all:?}"));
            }
            if all.iter().any(Standing::is_now) != offer.standing.is_now() {
                return Err(format!("{offer:?} and {all:?}"));
            }
            if offer.standing.is_now() {
                now.insert(offer.command);
            }
        }
        Ok(now)
    }
}

/// Checks everybody before the case as it stands a little later, so that what lasts has room. Gives what
/// somebody can do now.
fn checked(world: &World) -> Result<BTreeSet<&'static str>, String> {
    let Some(state) = world.case.state() else {
        return Ok(BTreeSet::new());
    };
    let now = Instant::from(world.now.utc() + TimeDelta::minutes(45));
    let mut can = BTreeSet::new();
    for who in EVERYBODY {
        let asking = Asking {
            case: &world.case,
            state,
            now,
            who,
        };
        can.extend(asking.check()?);
    }
    Ok(can)
}

proptest! {
    #![proptest_config(crate::config(60))]

    #[test]
    fn what_is_possible_is_what_is_decided(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
        }
        if let Err(wrong) = checked(&world) {
            prop_assert!(false, "{wrong}\n{}", world.story());
        }
    }
}

/// Carries a case on. An event is named by its type.
fn carry_on(world: &mut World, clock: &str, who: As, mut command: Value) {
    world.now = Instant::parse(&t(clock)).unwrap();
    let mut events = world.case.history().iter().rev();
    let named = events.find(|one| command["event_id"] == one.event.event_type());
    if let Some(named) = named {
        command["event_id"] = json!(named.event_id);
    }
    let told = command.to_string();
    assert!(world.give(who, command), "{told}\n{}", world.story());
}

/// Through every chapter of the procedure.
fn every_chapter() -> Vec<(&'static str, As, Value)> {
    let elsewhere = ("hotline-operator", "01");
    let there = json!({"place_of_receipt": {"unit": "01"}});
    let first = with(
        danger(call("03-11 09:00")),
        json!({"crime_suspected": true}),
    );
    let early = json!(t("03-11 12:00"));
    vec![
        ("03-11 09:05", HOTLINE, first),
        ("03-11 09:10", HOTLINE, forward(COMMUNE)),
        ("03-11 09:20", OFFICER, acknowledge()),
        ("03-11 10:00", OFFICER, verify("confirmed")),
        ("03-11 11:00", OFFICER, assess(true, true)),
        ("03-12 09:00", CHAIR, measure("03-12 08:30")),
        (
            "03-12 10:00",
            CHAIR,
            correct("EmergencyMeasureApplied", "/applied_at", early),
        ),
        (
            "03-12 11:00",
            PROVINCIAL,
            confirm_correction("FactCorrected"),
        ),
        ("03-12 11:30", CHAIR, separate("2024-03-12", "2024-03-18")),
        ("03-12 12:00", CHAIR, ask_court()),
        ("03-12 13:00", CLERK, court("refused", None)),
        (
            "03-12 14:05",
            elsewhere,
            with(danger(call("03-12 14:00")), there),
        ),
        (
            "03-12 14:30",
            OFFICER,
            answer_same_child("ReportReceived", true),
        ),
        ("03-12 15:00", OFFICER, assess(false, false)),
        (
            "03-12 16:00",
            CHAIR,
            answer_contradiction("InitialAssessmentRecorded", "danger-reported"),
        ),
        ("03-13 08:00", OFFICER, detail()),
        ("03-13 09:00", CHAIR, meet()),
        ("03-13 10:00", OFFICER, submit()),
        ("03-13 11:00", CHAIR, approve()),
        ("03-13 12:00", OFFICER, refer("r1")),
        ("03-13 13:00", HEALTH, answer("accept-referral", "r1")),
        ("03-13 14:00", CHAIR, lift()),
        ("03-13 15:00", OFFICER, pass_crime()),
        ("03-14 08:00", INVESTIGATOR, assign_investigator()),
        ("03-14 09:00", INVESTIGATOR, grounds("found")),
        ("03-14 10:00", INVESTIGATOR, exam_ordered()),
        ("03-14 11:00", FORENSIC, conclude()),
        ("03-14 12:00", INVESTIGATOR, decide_crime("prosecute")),
        ("03-14 13:00", INVESTIGATOR, inform()),
        ("03-15 08:00", OFFICER, propose_placement(OTHER)),
        ("03-15 09:00", OTHER_OFFICER, verify_carer(true)),
        ("03-15 10:00", OTHER_CHAIR, decide_placement(OTHER)),
        ("03-15 11:00", OTHER_OFFICER, hand_over()),
        ("03-15 12:00", OTHER_OFFICER, follow_up("03-15 11:30")),
        ("03-15 13:00", OTHER_CHAIR, end_placement("carer-asks")),
        ("03-16 08:00", CHAIR, admit()),
        ("03-16 09:00", PROVIDER, list_child()),
        ("03-16 10:00", PROVIDER, papers()),
        (
            "03-16 11:00",
            PROVINCIAL,
            with(appraise(OTHER), json!({"placement_id": "c2"})),
        ),
        ("03-16 12:00", PROVINCIAL, end_care()),
        ("03-17 08:00", OFFICER, transfer(OTHER)),
        ("03-17 09:00", OFFICER, withdraw_transfer()),
        ("03-17 10:00", CHAIR, put_in_charge("o-1")),
        ("03-17 11:00", CHAIR, close("died")),
        ("03-17 12:00", OFFICER, archive()),
        ("03-18 08:00", CHAIR, reopen()),
    ]
}

/// Nothing above is right only because it never came up.
#[test]
fn every_command_is_possible_at_some_time() {
    let mut can = BTreeSet::new();
    let mut check = |world: &World| match checked(world) {
        Ok(now) => can.extend(now),
        Err(wrong) => panic!("{wrong}\n{}", world.story()),
    };
    let mut world = World::new();
    for (clock, who, command) in every_chapter() {
        carry_on(&mut world, clock, who, command);
        check(&world);
    }
    // A commune that has ended since.
    let ended = json!({"incident": {"unit": ENDED}});
    let mut world = World::new();
    carry_on(
        &mut world,
        "03-11 09:05",
        HOTLINE,
        with(call("03-11 09:00"), ended),
    );
    world.now = Instant::parse("2024-12-05T09:00:00+07:00").unwrap();
    check(&world);
    let mut never = Command::NAMES.iter().filter(|name| !can.contains(**name));
    assert_eq!(never.next(), None, "never possible");
}
