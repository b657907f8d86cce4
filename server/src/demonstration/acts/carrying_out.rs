//! Services, referrals, visits, and the review after the plan.

use chrono::NaiveDate;
use domain::case::events::contradiction::Against;
use domain::identity::{Actor, Role};
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::{on, plus_days, plus_minutes};
use super::super::outline::{Extra, Late, Milestone};
use super::super::places::PROVINCE;
use super::super::story::{Halt, Story};
use super::super::words;
use super::contradictions;
use super::danger::rating;
use super::planning::{Item, Plan};
use super::told_again;

/// What a review can be spoken against by.
const REVIEWED: [Against; 3] = [
    Against::LevelsOfForm06,
    Against::FailedItems,
    Against::OpenSeparation,
];

/// The items of the plan are carried out, beside each other.
pub(super) fn begin(story: &mut Story<'_>, plan: &Plan) -> Result<(), Halt> {
    let approved = story.clock.date();
    story.reach(Milestone::CarryOut, story.clock)?;
    for (index, item) in plan.items.iter().enumerate() {
        let failed = index == 0 && story.outline.has(Extra::Failed) && item.done.is_none();
        let late = index == 0 && story.outline.late == Some(Late::CarryOut) && story.round == 1;
        carry_out(story, item, approved, failed, late);
    }
    let last = plan
        .items
        .iter()
        .map(|item| item.end)
        .max()
        .unwrap_or(approved);
    visits(story, approved, last);
    remarks(story, approved, last);
    for (index, from_today) in story.outline.referrals.iter().enumerate() {
        waiting_referral(story, plan, approved, index, *from_today);
    }
    if story.round == 1 {
        told_again::lay_down(story);
        if story.outline.has(Extra::Withdrawn) {
            wrong_referral(story, plan, approved);
        }
        if story.outline.has(Extra::DangerNow) {
            danger_now(story);
        }
    }
    Ok(())
}

/// When an item ends, as far as that is decided.
fn ends_on(item: &Item, today: NaiveDate) -> Option<NaiveDate> {
    match item.done {
        Some(false) => None,
        Some(true) => Some(item.end.min(plus_days(today, -1))),
        None => Some(item.end),
    }
}

fn carry_out(story: &mut Story<'_>, item: &Item, approved: NaiveDate, failed: bool, late: bool) {
    let begins = plus_days(approved, 1).max(item.start);
    let first = story.world.hours.working_day(begins, 0);
    let service =
        |kind: &str, note: &str| json!({ "type": kind, "item_id": item.id, "note": note });
    let planned = ends_on(item, story.world.until.date());
    // Without an end it is begun all the same, unless it is long over.
    let last = match planned {
        Some(end) if late => plus_days(end, story.random.between(2, 12)),
        Some(end) => {
            let spare = (end - first).num_days() / 4;
            let day = plus_days(end, -story.random.between(0, spare));
            // Never after its end for being a day off.
            if story.world.hours.works(day) {
                day
            } else {
                story.world.hours.working_day(day, -1)
            }
        }
        None => plus_days(story.world.until.date(), 30),
    };
    let ends = story.world.hours.office(&mut story.random, last.max(first));
    let begins = story.world.hours.office(&mut story.random, first);
    let refers = planned.is_some()
        && (story.random.chance(45)
            || story.outline.has(Extra::Declined)
            || story.outline.late == Some(Late::Referral));
    let provider = match item.service.refer_to {
        Some(kind) if refers => {
            let accepted = refer(story, item, kind, first, ends, failed);
            let records = story.random.chance(60);
            records.then(|| (answering(story, kind), accepted))
        }
        _ => None,
    };
    // Mostly the officer, and who gives the service once it has taken the child on.
    let officer = story.officer();
    let by = |at: Instant| match &provider {
        Some((provider, accepted)) if at > *accepted => provider.clone(),
        _ => officer.clone(),
    };
    if begins < ends && (planned.is_some() || story.random.chance(70)) {
        let note = story.random.pick(&words::STARTED);
        story.aside(begins, by(begins), service("start-service", note));
        let days = (ends.utc() - begins.utc()).num_days();
        for part in 1..=story.random.between(0, 2) {
            let day = plus_days(first, days * part / 3);
            let at = story.world.hours.office(&mut story.random, day);
            if days > 6 && begins < at && at < ends {
                let note = story.random.pick(&words::PROGRESS);
                story.aside(at, by(at), service("record-service-progress", note));
            }
        }
    }
    let (actor, command) = if failed {
        let note = story.random.pick(&words::FAILED);
        (officer.clone(), service("fail-service", note))
    } else {
        let note = story.random.pick(&words::COMPLETED);
        (by(ends), service("complete-service", note))
    };
    story.aside(ends, actor, command);
}

/// Who answers a referral to a kind of agency.
fn answering(story: &Story<'_>, kind: &str) -> Actor {
    let outside = |role| story.world.officers.actor(role, PROVINCE, 0, story.clock);
    match kind {
        "health" => story.local(Role::HealthWorker, 0),
        "education" => story.local(Role::EducationWorker, 0),
        "legal-aid" => outside(Role::LegalAidWorker),
        _ => outside(Role::ProviderWorker),
    }
}

fn referral(story: &mut Story<'_>, id: &str, kind: &str, item: &Item, by: NaiveDate) -> Value {
    let unit = answering(story, kind).unit;
    // Who gives the item, or somebody else of that kind.
    let mut services = std::iter::once(&item.service).chain(&words::SERVICES);
    let provider = services.find(|service| service.refer_to == Some(kind));
    let provider = provider.and_then(|service| service.provider);
    json!({
        "type": "refer",
        "referral_id": id,
        "to_agency": { "kind": kind, "name": provider, "unit": unit },
        "reason": story.random.pick(&words::REFERRED),
        "respond_by": by,
        "item_id": item.id,
    })
}

/// A referral, its answer, and its end. Returns when the agency has taken the child on.
fn refer(
    story: &mut Story<'_>,
    item: &Item,
    kind: &str,
    first: NaiveDate,
    ends: Instant,
    failed: bool,
) -> Instant {
    let officer = story.officer();
    let mut id = format!("cg-{}", item.id);
    let at = story.soon_in_office(30, 300);
    let by = plus_days(at.date(), story.random.between(5, 9));
    let command = referral(story, &id, kind, item, by);
    story.aside(at, officer.clone(), command);
    let late = story.outline.late == Some(Late::Referral);
    let answered = if late {
        on(plus_days(by, 3), 9, story.random.between(0, 59), 0)
    } else {
        on(
            plus_days(by, -story.random.between(1, 3)),
            10,
            story.random.between(0, 59),
            0,
        )
    };
    let other = answering(story, kind);
    let answer = |kind: &str, id: &str, reason: &str| json!({ "type": kind, "referral_id": id, "reason": reason });
    let mut accepted = answered;
    if story.outline.has(Extra::Declined) {
        let reason = story.random.pick(&words::DECLINED);
        story.aside(
            answered,
            other.clone(),
            answer("decline-referral", &id, reason),
        );
        id = format!("{id}-2");
        let again = plus_minutes(answered, 90);
        let command = referral(story, &id, kind, item, plus_days(again.date(), 7));
        story.aside(again, officer, command);
        accepted = plus_minutes(again, 1500);
    }
    let reason = story.random.pick(&words::ACCEPTED);
    let accept = answer("accept-referral", &id, reason);
    story.aside(accepted, other.clone(), accept);
    let completed = plus_minutes(ends, 8);
    if !failed && completed > plus_minutes(answered, 5000) && plus_days(first, 9) < ends.date() {
        let reason = "Đã cung cấp xong dịch vụ, gửi kết quả cho xã.";
        story.aside(completed, other, answer("complete-referral", &id, reason));
    }
    // Recorded a moment after it was laid down where something else happens at the same time.
    plus_minutes(accepted, 60)
}

/// A referral that nobody has answered yet.
fn waiting_referral(
    story: &mut Story<'_>,
    plan: &Plan,
    approved: NaiveDate,
    index: usize,
    from_today: i64,
) {
    let kinds = ["health", "social-work-centre", "education", "legal-aid"];
    let kind = kinds[index % kinds.len()];
    let (Some(item), officer) = (plan.items.first(), story.officer()) else {
        return;
    };
    let by = plus_days(story.world.until.date(), from_today);
    let at = story.working_days_after(approved, 1, 2);
    let command = referral(story, &format!("cg-{}", index + 1), kind, item, by);
    story.aside(at, officer, command);
}

/// A referral that went to the wrong agency is withdrawn.
fn wrong_referral(story: &mut Story<'_>, plan: &Plan, approved: NaiveDate) {
    let (Some(item), officer) = (plan.items.first(), story.officer()) else {
        return;
    };
    let at = story.working_days_after(approved, 1, 2);
    let by = plus_days(at.date(), 7);
    let command = referral(story, "cg-nham", "legal-aid", item, by);
    story.aside(at, officer.clone(), command);
    let at = plus_minutes(at, story.random.between(15, 90));
    let command = json!({
        "type": "withdraw-referral", "referral_id": "cg-nham", "reason": words::WRONG_AGENCY,
    });
    story.aside(at, officer, command);
}

/// Today somebody saw the child in danger, and nothing has been done yet.
fn danger_now(story: &mut Story<'_>) {
    let visited_at = plus_minutes(story.world.until, -story.random.between(100, 200));
    let officer = story.officer();
    let recorded_at = plus_minutes(visited_at, 25);
    story.aside(recorded_at, officer, danger_seen(visited_at));
}

/// A visit that finds the child in danger.
fn danger_seen(visited_at: Instant) -> Value {
    json!({
        "type": "record-visit", "visited_at": visited_at, "place": "Nhà trẻ", "child_seen": true,
        "danger_now": true, "note": words::DANGER_SEEN,
    })
}

/// A visit finds the child in danger, and it is protected within hours.
fn danger_found(story: &mut Story<'_>, visited_at: Instant) {
    let (officer, chair) = (story.officer(), story.chair());
    let recorded_at = plus_minutes(visited_at, story.random.between(10, 40));
    story.aside(recorded_at, officer, danger_seen(visited_at));
    let applied_at = plus_minutes(recorded_at, story.random.between(30, 200));
    let measures = story.random.several(&words::EMERGENCY_MEASURES, 2);
    let command = json!({
        "type": "apply-emergency-measure", "measures": measures, "agencies": ["police", "village"],
        "applied_at": applied_at, "note": words::PROTECTED_AGAIN,
    });
    story.aside(plus_minutes(applied_at, 20), chair, command);
}

/// The officer sees the child from time to time; what was seen is sometimes written down later.
fn visits(story: &mut Story<'_>, from: NaiveDate, to: NaiveDate) {
    let mut day = plus_days(from, story.random.between(3, 12));
    let officer = story.officer();
    for number in 0..6 {
        if day >= to {
            break;
        }
        let visited_at = on(day, 0, story.random.between(8 * 60, 18 * 60), 0);
        if number == 0 && story.round == 1 && story.outline.has(Extra::DangerFound) {
            danger_found(story, visited_at);
            day = plus_days(day, story.random.between(8, 21));
            continue;
        }
        let recorded_at = if story.outline.has(Extra::LateEntry) || story.random.chance(12) {
            let at = plus_minutes(visited_at, story.random.between(900, 2900));
            story.world.hours.opening(&mut story.random, at)
        } else {
            plus_minutes(visited_at, story.random.between(20, 260))
        };
        let seen = story.random.chance(85);
        let note = if seen {
            story.random.pick(&words::VISITS)
        } else {
            story.random.pick(&words::NOT_SEEN)
        };
        let command = json!({
            "type": "record-visit",
            "visited_at": visited_at,
            "place": story.random.pick(&["Nhà trẻ", "Trường học", "Nhà bà ngoại"]),
            "child_seen": seen,
            "note": note,
        });
        story.aside(recorded_at, officer.clone(), command);
        day = plus_days(day, story.random.between(8, 21));
    }
}

/// Notes and documents.
fn remarks(story: &mut Story<'_>, from: NaiveDate, to: NaiveDate) {
    let days = (to - from).num_days().max(2);
    let officer = story.officer();
    if story.outline.has(Extra::Noted) {
        let at = on(
            plus_days(from, story.random.between(1, days)),
            9,
            story.random.between(0, 90),
            0,
        );
        let text = story.random.pick(&words::NOTES);
        story.aside(
            at,
            officer.clone(),
            json!({ "type": "add-note", "text": text }),
        );
    }
    if story.outline.has(Extra::Documented) {
        let at = on(
            plus_days(from, story.random.between(1, days)),
            14,
            story.random.between(0, 90),
            0,
        );
        let (name, media_type) = story.random.pick(&words::DOCUMENTS);
        let size = story.random.between(80_000, 2_400_000);
        let sha256 = story.random.sha256();
        let command = json!({
            "type": "attach-document",
            "name": name,
            "media_type": media_type,
            "size": size,
            "sha256": sha256,
        });
        story.aside(at, officer, command);
    }
}

/// Form 06. `enough`: no longer at risk, and stable.
pub(super) fn review(story: &mut Story<'_>, plan: &Plan, enough: bool) -> Result<(), Halt> {
    let late = story.outline.late == Some(Late::CarryOut) && story.round == 1;
    let last = plan
        .items
        .iter()
        .map(|item| item.end)
        .max()
        .unwrap_or(story.clock.date());
    let last = plus_days(last, if late { 13 } else { 1 });
    let most = if story.outline.last_day.is_some() {
        2
    } else {
        5
    };
    let at = story.working_days_after(last, 1, most);
    let at = story.reach(Milestone::Review, at)?;
    let officer = story.officer();
    let random = &mut story.random;
    let weights = if enough { [0, 15, 85] } else { [15, 60, 25] };
    let harm: Vec<_> = (0..3)
        .map(|_| rating(random, weights, &words::HARM_NOTES))
        .collect();
    let protection: Vec<_> = (0..3)
        .map(|_| rating(random, [60, 35, 5], &words::PROTECTION_NOTES))
        .collect();
    let safe = enough || random.chance(50);
    let conclusions: &[&str] = if enough {
        &words::REVIEW_ENOUGH
    } else {
        &words::REVIEW_NOT_ENOUGH
    };
    let mut command = json!({
        "type": "review-plan",
        "harm": harm,
        "protection": protection,
        "no_longer_at_risk": safe,
        "stable": enough,
        "conclusion": random.pick(conclusions),
    });
    story.come_to(at)?;
    if safe {
        let against = story.state()?.against_review(&[]);
        command["contradiction_reason"] = contradictions::reason_on_form(story, &against);
    }
    story.give(at, officer, command)?;
    contradictions::ask(story, &REVIEWED)
}
