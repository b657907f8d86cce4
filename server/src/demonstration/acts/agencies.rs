//! What runs beside the procedure and between agencies: transfers to another commune, police and
//! prosecution, alternative care. All of it is laid down from the initial assessment on; what lies
//! after the last instant has not happened.

use chrono::{Months, NaiveDate};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::{plus_days, plus_minutes};
use super::super::officers::{FIRST_COMMUNE, SECOND_COMMUNE};
use super::super::outline::Extra;
use super::super::people;
use super::super::places::PROVINCE;
use super::super::story::Story;
use super::super::words;

/// Lays down what the outline says of other agencies.
pub(super) fn lay_down(story: &mut Story<'_>) {
    let from = story.clock.date();
    if story.outline.has(Extra::Crime) {
        crime(story, from);
    } else if story.outline.tale.form == "sexual" {
        proposal(story);
    }
    if story.outline.has(Extra::Family) {
        family(story, from, false);
    }
    if story.outline.has(Extra::FamilyLate) {
        family(story, from, true);
    }
    if story.outline.has(Extra::Facility) {
        facility(story, from);
    }
    if story.outline.has(Extra::OfferWaits) {
        offer(story, from, None);
    }
    if story.outline.has(Extra::OfferTaken) {
        offer(story, from, Some(true));
    }
    if story.outline.has(Extra::OfferDeclined) {
        offer(story, from, Some(false));
    }
}

/// Office hours on the working day so many after `from`.
fn on_day(story: &mut Story<'_>, from: NaiveDate, days: i64) -> Instant {
    let day = story.world.hours.working_day(from, days);
    story.world.hours.office(&mut story.random, day)
}

fn someone(story: &Story<'_>, role: Role, unit: &str) -> Actor {
    story.world.officers.actor(role, unit, 0, story.clock)
}

/// The other commune that has accounts.
pub(super) fn other_commune(story: &Story<'_>) -> &'static str {
    if story.outline.commune == FIRST_COMMUNE {
        SECOND_COMMUNE
    } else {
        FIRST_COMMUNE
    }
}

/// Who hears of sexual abuse tells the police at once; these decide, and tell the informant.
pub(super) fn tell_police(story: &mut Story<'_>, told: Actor) {
    if story.outline.tale.form != "sexual" || story.outline.has(Extra::Crime) {
        return;
    }
    let from = story.clock.date();
    let police = someone(story, Role::PoliceOfficer, PROVINCE);
    let passed = story.soon(5, 25);
    let note = story.random.pick(&words::PASSED_ON);
    let pass = json!({ "type": "pass-crime-report", "note": note });
    story.aside(passed, told, pass);
    let at = on_day(story, from, 1);
    let investigator = people::name(&mut story.random, true);
    let assign = json!({
        "type": "assign-investigator", "investigator": investigator, "procuracy_informed": true,
        "trained": true,
    });
    story.aside(at, police.clone(), assign);
    let days = story.random.between(6, 11);
    let at = on_day(story, from, days);
    let decision = story.random.pick(&["prosecute", "not-prosecute"]);
    let number = story.random.between(20, 140);
    let decide = json!({
        "type": "decide-crime-report", "decision": decision,
        "decision_number": format!("{number}/QĐ-CSĐT"),
    });
    story.aside(at, police.clone(), decide);
    let at = on_day(story, from, days + 1);
    story.aside(at, police, json!({ "type": "inform-informant" }));
}

/// After the verification the province proposes prosecution.
fn proposal(story: &mut Story<'_>) {
    let at = story.soon_in_office(60, 300);
    let province = someone(story, Role::ProvincialOfficer, PROVINCE);
    let number = story.random.between(10, 90);
    story.aside(
        at,
        province,
        json!({
            "type": "propose-prosecution", "procuracy_informed": true,
            "document_number": format!("{number}/CV-BVTE"),
        }),
    );
}

/// The report of crime, from passing it on to telling the informant.
fn crime(story: &mut Story<'_>, from: NaiveDate) {
    let officer = story.officer();
    let police = someone(story, Role::PoliceOfficer, PROVINCE);
    let forensic = someone(story, Role::HealthWorker, PROVINCE);
    let province = someone(story, Role::ProvincialOfficer, PROVINCE);
    let passed = story.soon(12, 40);
    let note = story.random.pick(&words::PASSED_ON);
    story.aside(
        passed,
        officer,
        json!({ "type": "pass-crime-report", "note": note }),
    );
    let number = story.random.between(10, 90);
    let at = on_day(story, from, 1);
    story.aside(
        at,
        province,
        json!({
            "type": "propose-prosecution", "procuracy_informed": true,
            "document_number": format!("{number}/CV-BVTE"),
        }),
    );
    let at = on_day(story, from, 2);
    let investigator = people::name(&mut story.random, true);
    story.aside(
        at,
        police.clone(),
        json!({
            "type": "assign-investigator", "investigator": investigator,
            "procuracy_informed": true, "trained": true,
        }),
    );
    for (exam, day, ground, what, late) in [
        ("g1", 2, "found", "injury", 190),
        ("g2", 7, "requested-by-victim", "mental-state", 3 * 1440),
    ] {
        let at = plus_minutes(on_day(story, from, day), 35);
        let ordered = plus_minutes(at, late);
        story.aside(
            at,
            police.clone(),
            json!({ "type": "record-forensic-grounds", "exam_id": exam, "ground": ground }),
        );
        story.aside(
            ordered,
            police.clone(),
            json!({
                "type": "order-forensic-exam", "exam_id": exam, "exam": what, "body": "health",
                "unit": PROVINCE, "decision_number": format!("{}/QĐ-TCGĐ", number + day),
            }),
        );
    }
    for (exam, day, conclusions) in [
        ("g1", 8, &words::CONCLUSIONS),
        ("g2", 45, &words::MENTAL_CONCLUSIONS),
    ] {
        let at = on_day(story, from, day);
        let conclusion = story.random.pick(conclusions);
        story.aside(
            at,
            forensic.clone(),
            json!({
                "type": "record-forensic-conclusion", "exam_id": exam, "conclusion": conclusion,
            }),
        );
    }
    let at = on_day(story, from, 4);
    let (begin, end) = (plus_minutes(at, -95), plus_minutes(at, -20));
    story.aside(
        at,
        police.clone(),
        json!({
            "type": "record-interview", "from": begin, "until": end,
            "present": ["Cán bộ bảo vệ trẻ em xã", "Người đại diện của trẻ"],
        }),
    );
    let at = on_day(story, from, 12);
    story.aside(
        at,
        police.clone(),
        json!({
            "type": "prolong-crime-report", "ground": "complex", "until": plus_days(from, 55),
            "decision_number": format!("{}/QĐ-CSĐT", number + 30),
        }),
    );
    let at = on_day(story, from, 24);
    story.aside(
        at,
        police.clone(),
        json!({
            "type": "decide-crime-report", "decision": "prosecute",
            "decision_number": format!("{}/QĐ-CSĐT", number + 61),
        }),
    );
    let at = on_day(story, from, 26);
    story.aside(at, police, json!({ "type": "inform-informant" }));
}

/// Relatives care for the child; the follow-ups come in time, or the first one late.
fn family(story: &mut Story<'_>, from: NaiveDate, late: bool) {
    let commune = story.outline.commune.clone();
    let (officer, chair) = (story.officer(), story.chair());
    let carer = story.random.pick(&words::CARERS);
    let at = on_day(story, from, 2);
    story.aside(
        at,
        officer.clone(),
        json!({
            "type": "propose-placement", "placement_id": "c1", "carer_kind": "relatives",
            "carer_unit": commune, "carer": carer,
            "reason": "Trẻ quen nhà và muốn ở cùng; cha mẹ chưa bảo đảm được an toàn cho trẻ",
        }),
    );
    let at = on_day(story, from, 5);
    story.aside(
        at,
        officer.clone(),
        json!({
            "type": "verify-carer", "placement_id": "c1", "eligible": true,
            "findings": "Nhà cửa ổn định, người chăm sóc khỏe mạnh, thương trẻ",
        }),
    );
    let at = on_day(story, from, 7);
    let number = story.random.between(20, 190);
    story.aside(
        at,
        chair.clone(),
        json!({
            "type": "decide-placement", "placement_id": "c1", "carer_kind": "relatives",
            "carer_unit": commune, "decision_number": format!("{number}/QĐ-UBND"),
            "parental_consent": "given", "child_views": "Con muốn ở với bà",
        }),
    );
    let at = on_day(story, from, 9);
    story.aside(
        at,
        officer.clone(),
        json!({ "type": "hand-over-child", "placement_id": "c1" }),
    );
    let handed_over = at.date();
    let turns: &[(u32, i64)] = if late {
        &[(1, 9)]
    } else {
        &[(1, -3), (3, -5), (6, -6)]
    };
    for (months, days) in turns {
        let due = handed_over
            .checked_add_months(Months::new(*months))
            .unwrap_or(handed_over);
        let at = on_day(story, plus_days(due, *days), 0);
        let findings = story.random.pick(&words::FOLLOWED_UP);
        story.aside(at, officer.clone(), follow_up("c1", at, findings));
    }
    if story.outline.has(Extra::FamilyAgain) {
        let due = plus_days(handed_over, 100);
        let at = on_day(story, due, 0);
        story.aside(
            at,
            chair,
            json!({
                "type": "end-placement", "placement_id": "c1", "ground": "returned-to-family",
                "decision_number": format!("{}/QĐ-UBND", number + 40),
            }),
        );
    }
}

fn follow_up(id: &str, at: Instant, findings: &str) -> Value {
    json!({
        "type": "record-placement-follow-up", "placement_id": id,
        "visited_at": plus_minutes(at, -70), "child_seen": true, "findings": findings,
    })
}

/// A facility takes the child in; then a family of the other commune does.
fn facility(story: &mut Story<'_>, from: NaiveDate) {
    let chair = story.chair();
    let provider = someone(story, Role::ProviderWorker, PROVINCE);
    let province = someone(story, Role::ProvincialOfficer, PROVINCE);
    let other = other_commune(story);
    let other_chair = someone(story, Role::CommuneChair, other);
    let other_officer = someone(story, Role::CommuneOfficer, other);
    let at = story.soon(45, 120);
    story.aside(
        at,
        chair,
        json!({
            "type": "admit-to-facility", "facility": words::FACILITY,
            "unit": PROVINCE, "level": "provincial",
            "reason": "Chưa có gia đình nào nhận được trẻ ngay",
        }),
    );
    let at = on_day(story, from, 6);
    story.aside(
        at,
        provider.clone(),
        json!({ "type": "complete-admission-papers" }),
    );
    let at = on_day(story, from, 10);
    story.aside(
        at,
        provider.clone(),
        json!({ "type": "list-for-placement" }),
    );
    let at = on_day(story, from, 15);
    story.aside(
        at,
        province,
        json!({
            "type": "appraise-listing", "eligible": true, "placement_id": "c1",
            "carer_kind": "relatives", "carer_unit": other,
            "findings": "Dì ruột của trẻ đồng ý nhận, đủ điều kiện chăm sóc",
        }),
    );
    let at = on_day(story, from, 21);
    let number = story.random.between(20, 190);
    story.aside(
        at,
        other_chair,
        json!({
            "type": "decide-placement", "placement_id": "c1", "carer_kind": "relatives",
            "carer_unit": other, "carer": "Dì ruột của trẻ",
            "decision_number": format!("{number}/QĐ-UBND"), "parental_consent": "not-needed",
            "consent_note": "Đang áp dụng biện pháp bảo vệ trẻ em",
            "child_views": "Con muốn ở với dì",
        }),
    );
    let at = on_day(story, from, 25);
    story.aside(
        at,
        other_officer.clone(),
        json!({ "type": "hand-over-child", "placement_id": "c1" }),
    );
    let handed_over = at.date();
    let at = on_day(story, from, 26);
    story.aside(
        at,
        provider,
        json!({
            "type": "end-facility-care", "decision_number": format!("{}/QĐ-TTCTXH", number + 3),
        }),
    );
    let at = on_day(story, plus_days(handed_over, 27), 0);
    let findings = story.random.pick(&words::FOLLOWED_UP);
    story.aside(at, other_officer, follow_up("c1", at, findings));
}

/// A facility takes a separated child in, for whom there was no place, until it is lifted.
pub(super) fn shelter(story: &mut Story<'_>, until: Instant) {
    let from = story.clock.date();
    let chair = story.chair();
    let provider = someone(story, Role::ProviderWorker, PROVINCE);
    let at = story.soon(180, 600);
    let admit = json!({
        "type": "admit-to-facility", "facility": words::FACILITY, "unit": PROVINCE,
        "level": "provincial", "reason": "Chưa tìm được người thân nhận trẻ ngay",
    });
    story.aside(at, chair, admit);
    let papers = on_day(story, from, 2);
    if papers < until {
        let complete = json!({ "type": "complete-admission-papers" });
        story.aside(papers, provider.clone(), complete);
    }
    let number = story.random.between(3, 190);
    let end = json!({
        "type": "end-facility-care", "decision_number": format!("{number}/QĐ-TTCTXH"),
    });
    story.aside(plus_minutes(until, -20), provider, end);
}

/// The case is offered to the other commune, which answers or not.
fn offer(story: &mut Story<'_>, from: NaiveDate, taken: Option<bool>) {
    let officer = story.officer();
    let other = other_commune(story);
    let receiver = someone(story, Role::CommuneOfficer, other);
    let mut day = 1;
    if taken == Some(false) {
        // The first offer went to the wrong commune.
        let at = on_day(story, from, day);
        let wrong = story
            .world
            .places
            .other(&mut story.random, &story.outline.commune, from);
        story.aside(
            at,
            officer.clone(),
            json!({ "type": "transfer-case", "to_unit": wrong, "reason": "Trẻ cư trú tại đó" }),
        );
        story.aside(
            plus_minutes(at, 22),
            officer.clone(),
            json!({ "type": "withdraw-transfer", "reason": "Ghi nhầm xã" }),
        );
        day = 2;
    }
    let at = on_day(story, from, day);
    story.aside(
        at,
        officer,
        json!({
            "type": "transfer-case", "to_unit": other,
            "reason": "Trẻ đang ở với ông bà tại đó và sẽ đi học tại đó",
            "respond_by": story.world.hours.working_day(from, day + 4),
        }),
    );
    let at = on_day(story, from, day + 1);
    match taken {
        Some(true) => story.aside(at, receiver, json!({ "type": "accept-transfer" })),
        Some(false) => story.aside(
            at,
            receiver,
            json!({
                "type": "decline-transfer",
                "reason": "Gia đình chỉ ở nhờ vài ngày, trẻ đã trở về nơi cũ",
            }),
        ),
        None => {}
    }
}
