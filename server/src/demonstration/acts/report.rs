//! From the first report to its verification.

use domain::identity::{Actor, Role};
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::{plus_days, plus_minutes};
use super::super::outline::{Course, Extra, Milestone, Receipt};
use super::super::people::{self, Child, Family};
use super::super::places::PROVINCE;
use super::super::story::{Halt, Story};
use super::super::words;
use super::agencies;

/// The day from which the health agencies are places of receipt instead of the labour agencies.
const HEALTH_AGENCIES_FROM: (i32, u32, u32) = (2025, 3, 1);

/// A place of receipt writes down what it is told.
pub(super) fn receive(story: &mut Story<'_>) -> Result<(), Halt> {
    let outline = story.outline;
    let received_at = outline.received_at;
    let minutes = if outline.has(Extra::LateEntry) && !outline.emergency() {
        story.random.between(6 * 60, 15 * 60)
    } else {
        story.random.between(3, 22)
    };
    let mut at = plus_minutes(received_at, minutes);
    if at > story.world.until {
        at = Instant::new(received_at.utc() + (story.world.until.utc() - received_at.utc()) / 2);
    }
    let at = story.reach(Milestone::Receive, at)?;
    let (actor, place) = receiver(story);
    let command = report(story, received_at, &place);
    story.give(at, actor.clone(), command)?;
    agencies::tell_police(story, actor);
    if outline.has(Extra::CorrectedName) {
        correct_name(story);
    }
    Ok(())
}

/// Who receives the report, and as which place.
fn receiver(story: &mut Story<'_>) -> (Actor, Value) {
    let commune = &story.outline.commune;
    let date = story.outline.received_at.date();
    let other = |story: &mut Story<'_>| {
        story
            .world
            .places
            .other(&mut story.random, &story.outline.commune, date)
    };
    let (y, m, d) = HEALTH_AGENCIES_FROM;
    let health = chrono::NaiveDate::from_ymd_opt(y, m, d).is_some_and(|from| date >= from);
    let (role, kind, unit) = match story.outline.receipt {
        Receipt::Hotline => (Role::HotlineOperator, "hotline", PROVINCE.to_owned()),
        Receipt::Commune => (Role::CommuneOfficer, "commune", commune.clone()),
        Receipt::OtherCommune => (Role::CommuneOfficer, "commune", other(story)),
        Receipt::Neighbour => {
            let unit = agencies::other_commune(story).to_owned();
            (Role::CommuneOfficer, "commune", unit)
        }
        Receipt::Police => (Role::PoliceOfficer, "police", commune.clone()),
        Receipt::OtherPolice => (Role::PoliceOfficer, "police", other(story)),
        Receipt::Agency if health => (
            Role::ProvincialOfficer,
            "health-agency",
            PROVINCE.to_owned(),
        ),
        Receipt::Agency => (
            Role::ProvincialOfficer,
            "labour-agency",
            PROVINCE.to_owned(),
        ),
    };
    let shifts = if role == Role::HotlineOperator { 3 } else { 0 };
    let which = story
        .random
        .between(0, shifts)
        .max(story.random.between(-9, 0))
        .unsigned_abs();
    let actor = story
        .world
        .officers
        .actor(role, &unit, which, story.outline.received_at);
    (actor, json!({ "kind": kind, "unit": unit }))
}

/// Form 01.
fn report(story: &mut Story<'_>, received_at: Instant, place: &Value) -> Value {
    let outline = story.outline;
    let tale = outline.tale;
    let date = received_at.date();
    let random = &mut story.random;
    let family = Family::of(outline.family);
    let mut child = Child::of(random, &family, tale.ages, received_at);
    let reached_16 = outline.course == Course::Reached16;
    if reached_16 {
        let days = random.between(45, 70);
        child = child.soon_16(received_at, days);
    }
    let residence = match outline.residence {
        Some(residence) => residence.to_owned(),
        None if random.chance(8) => story.world.places.other(random, &outline.commune, date),
        None => outline.commune.clone(),
    };
    let channel = match outline.receipt {
        Receipt::Hotline if tale.online && random.chance(40) => "online",
        Receipt::Hotline => "phone",
        Receipt::Agency => random.pick(&["letter", "phone"]),
        _ => random.weighted(&[(50, "in-person"), (30, "phone"), (20, "third-party")]),
    };
    let happened_at = match random.between(1, 10) {
        1..=3 => Value::Null,
        4..=7 => json!(plus_days(date, -random.between(0, 2))),
        _ => json!(plus_minutes(received_at, -random.between(40, 1500))),
    };
    let mut harm = vec![json!({
        "form": tale.form, "subtype": tale.subtype, "category": tale.category,
    })];
    if tale.form != "neglect" && random.chance(10) {
        harm.push(json!({ "form": "neglect" }));
    }
    let danger = if outline.emergency() { 75 } else { 4 };
    let name = |random: &mut _| people::name(random, false);
    let harmer = (tale.relation == "neighbour" && random.chance(40)).then(|| name(random));
    let mut command = json!({
        "type": "receive-report",
        "received_at": received_at,
        "channel": channel,
        "place_of_receipt": place,
        "informant": informant(random),
        "child": child.as_told(random, reached_16, date, &residence, family.home),
        "incident": {
            "unit": outline.commune,
            "description": format!("{}{}", random.pick(&words::OPENINGS), tale.description),
            "happened_at": happened_at,
            "place": tale.place,
        },
        "suspected_harm": harm,
        "suspected_harmer": { "relation": tale.relation, "name": harmer },
        "condition": tale.condition,
        "family": family.as_told(random),
        "consequences": random.chance(45).then(|| random.pick(&words::CONSEQUENCES)),
        "support_given": random.chance(35).then(|| random.pick(&words::SUPPORT_GIVEN)),
        "online_related": tale.online.then_some(true),
        "danger_now": random.chance(danger),
    });
    if let Some(girl) = outline.girl {
        command["child"]["name"] = json!(girl);
        command["child"]["sex"] = json!("female");
    }
    command
}

/// More than half do not want to be named.
fn informant(random: &mut super::super::random::Random) -> Value {
    if random.chance(58) {
        return Value::Null;
    }
    let female = random.chance(60);
    let phone = random.chance(75).then(|| people::phone(random));
    let who = [
        "Hàng xóm",
        "Cô giáo chủ nhiệm",
        "Người thân",
        "Cộng tác viên thôn",
        "Mẹ của trẻ",
    ];
    json!({
        "name": people::name(random, female),
        "phone": phone,
        "note": random.pick(&who),
        "consent": true,
    })
}

/// The name was heard or written wrongly.
fn correct_name(story: &mut Story<'_>) {
    let Some(event_id) = story.history().first().map(|event| event.event_id) else {
        return;
    };
    let Ok(state) = story.state() else { return };
    let told = state.child.name.clone();
    let family = told
        .as_deref()
        .and_then(|name| name.split(' ').next())
        .unwrap_or("Nguyễn");
    let right = format!(
        "{family} {}",
        story.random.pick(&["Hoài Thương", "Bảo Ngân", "Gia Hưng"])
    );
    let days = story.random.between(1, 6);
    let at = story.working_days_after(story.clock.date(), days, days);
    let reason = story.random.pick(&words::CORRECTED);
    let officer = story.officer();
    let command = json!({
        "type": "correct",
        "event_id": event_id,
        "path": "/child/name",
        "value": right,
        "reason": reason,
    });
    story.aside(at, officer, command);
}

/// The report goes to the commune of the incident, which confirms that it has it.
pub(super) fn pass_on(story: &mut Story<'_>) -> Result<(), Halt> {
    let outline = story.outline;
    let state = story.state()?;
    let elsewhere = state.holder_unit != outline.commune;
    let receiver = story.history().last().map(|event| event.actor.clone());
    if let (true, Some(receiver)) = (elsewhere, receiver) {
        let at = story.soon(3, 24);
        let at = story.reach(Milestone::Forward, at)?;
        story.give(
            at,
            receiver,
            json!({ "type": "forward-report", "to_unit": outline.commune }),
        )?;
        let at = story.soon(8, 75);
        let at = story.reach(Milestone::Acknowledge, at)?;
        let officer = story.officer();
        story.give(at, officer, json!({ "type": "acknowledge-report" }))?;
    }
    if outline.has(Extra::Assigned) || outline.has(Extra::Relieved) {
        assign(story);
    }
    Ok(())
}

/// The chair puts an officer in charge; perhaps another takes over later.
fn assign(story: &mut Story<'_>) {
    let id = |actor: &Actor| actor.officer.map(|id| id.to_string());
    let (first, second) = (story.officer(), story.local(Role::CommuneOfficer, 1));
    let chair = story.chair();
    let at = story.soon_in_office(30, 200);
    let command = json!({ "type": "assign-officer", "officer": id(&first), "role": first.role });
    story.aside(at, chair.clone(), command);
    if story.outline.has(Extra::Relieved) {
        let at = story.working_days_after(at.date(), 6, 15);
        let command =
            json!({ "type": "relieve-officer", "officer": id(&first), "role": first.role });
        story.aside(at, chair.clone(), command);
        let command =
            json!({ "type": "assign-officer", "officer": id(&second), "role": first.role });
        story.aside(plus_minutes(at, 4), chair, command);
    }
}

/// The commune checks the report.
pub(super) fn verify(story: &mut Story<'_>) -> Result<(), Halt> {
    let outline = story.outline;
    if outline.has(Extra::SecondLook) {
        let findings = story.random.pick(&words::UNCLEAR);
        check(story, "unclear", findings)?;
    }
    let findings = story.random.pick(&words::CONFIRMED);
    check(story, "confirmed", findings)
}

/// The commune checks the report and finds that it does not hold.
pub(super) fn find_unfounded(story: &mut Story<'_>) -> Result<(), Halt> {
    let findings = story.random.pick(&words::UNFOUNDED);
    check(story, "unfounded", findings)
}

fn check(story: &mut Story<'_>, outcome: &str, findings: &str) -> Result<(), Halt> {
    let at = if story.outline.emergency() {
        story.soon(25, 110)
    } else {
        story.soon_in_office(45, 260)
    };
    let at = story.reach(Milestone::Verify, at)?;
    let officer = story.officer();
    let command =
        json!({ "type": "record-verification", "outcome": outcome, "findings": findings });
    if story.outline.has(Extra::LateEntry) && !story.outline.emergency() {
        // Written down in the office after the way back.
        let recorded_at = plus_minutes(at, story.random.between(70, 300));
        return story.give_late(recorded_at, Some(at), officer, command);
    }
    story.give(at, officer, command)
}
