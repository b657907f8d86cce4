//! Commands as people send them, for tests. Invented people only. Instants are short: `t("03-11
//! 09:00")` is that minute of 2024 in Viet Nam.

use serde_json::{Value, json};

/// The commune of the incident and of residence, another commune, and the province.
pub const COMMUNE: &str = "19111";
pub const OTHER: &str = "19114";
pub const PROVINCE: &str = "44";

/// One valid command of each kind, on 18 March, in the order in which the table of seats shows them. What
/// must be tried with every command is tried with this list.
pub fn one_of_each() -> Vec<Value> {
    let id = "00000000-0000-0000-0000-000000000001";
    vec![
        report("03-18 09:00"),
        forward(COMMUNE),
        acknowledge(),
        verify("confirmed"),
        assess(true, true),
        measure("03-18 08:00"),
        separate("2024-03-18", "2024-03-20"),
        extend("2024-03-22"),
        lift(),
        ask_court(),
        court("refused", None),
        detail(),
        meet(),
        submit(),
        send_back(),
        approve(),
        adjust(json!([item("p1", "2024-03-15", "2024-04-01")])),
        service("start-service", "p1"),
        service("record-service-progress", "p1"),
        complete("p1"),
        service("fail-service", "p1"),
        refer("r1"),
        answer("accept-referral", "r1"),
        answer("decline-referral", "r1"),
        answer("complete-referral", "r1"),
        withdraw_referral("r1"),
        visit("03-18 08:00"),
        review(true, true),
        close("died"),
        reopen(),
        archive(),
        transfer(OTHER),
        accept_transfer(),
        decline_transfer(),
        withdraw_transfer(),
        pass_crime(),
        assign_investigator(),
        grounds("found"),
        exam_ordered(),
        conclude(),
        prolong("complex", "2024-05-10"),
        decide_crime("prosecute"),
        inform(),
        propose_prosecution(),
        interview("03-18 07:00", "03-18 08:00"),
        propose_placement(OTHER),
        verify_carer(true),
        decide_placement(OTHER),
        hand_over(),
        follow_up("03-18 08:00"),
        end_placement("carer-asks"),
        admit(),
        papers(),
        list_child(),
        appraise(OTHER),
        end_care(),
        put_in_charge("o-1"),
        relieve("o-1"),
        pass_competence("19195", "19198"),
        note(),
        document(),
        answer_contradiction(id, "danger-reported"),
        answer_same_child(id, true),
        correct(id, "/child/name", json!("Lê Thị Mẫu")),
        confirm_correction(id),
    ]
}

/// Role and unit of an actor.
pub type As = (&'static str, &'static str);
pub const OFFICER: As = ("commune-officer", COMMUNE);
pub const CHAIR: As = ("commune-chair", COMMUNE);
pub const OTHER_OFFICER: As = ("commune-officer", OTHER);
pub const OTHER_CHAIR: As = ("commune-chair", OTHER);
pub const HOTLINE: As = ("hotline-operator", PROVINCE);
pub const POLICE: As = ("police-officer", COMMUNE);
pub const HEALTH: As = ("health-worker", COMMUNE);
pub const CLERK: As = ("court-clerk", PROVINCE);
/// Of the investigating body, the forensic body and the procuracy.
pub const INVESTIGATOR: As = ("police-officer", PROVINCE);
pub const FORENSIC: As = ("health-worker", PROVINCE);
pub const PROSECUTOR: As = ("prosecutor", PROVINCE);
pub const PROVIDER: As = ("provider-worker", PROVINCE);
pub const PROVINCIAL: As = ("provincial-officer", PROVINCE);
pub const INSPECTOR: As = ("inspector", PROVINCE);

/// A minute of 2024 in Viet Nam: `MM-DD HH:MM`. Another year stands before it.
pub fn t(short: &str) -> String {
    if short.len() > "MM-DD HH:MM".len() {
        return format!("{}:00+07:00", short.replace(' ', "T"));
    }
    format!("2024-{}:00+07:00", short.replace(' ', "T"))
}

/// The command with some of its fields replaced.
pub fn with(mut command: Value, patch: Value) -> Value {
    merge(&mut command, patch);
    command
}

fn merge(into: &mut Value, patch: Value) {
    match (into, patch) {
        (Value::Object(into), Value::Object(patch)) => {
            for (key, value) in patch {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, patch) => *into = patch,
    }
}

/// The command, said to have happened earlier.
pub fn at(command: Value, short: &str) -> Value {
    with(command, json!({"occurred_at": t(short)}))
}

/// The commune itself was told.
pub fn report(received: &str) -> Value {
    json!({
        "type": "receive-report", "received_at": t(received), "channel": "in-person",
        "place_of_receipt": {"kind": "commune", "unit": COMMUNE},
        "child": {"name": "Nguyễn Thị Thử", "sex": "female", "residence_unit": COMMUNE,
            "birth": {"date": "2014-05-17"}},
        "incident": {"unit": COMMUNE, "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}],
        "suspected_harmer": {"relation": "other"}, "condition": "Có vết bầm ở tay"
    })
}

/// The hotline was told.
pub fn call(received: &str) -> Value {
    with(
        report(received),
        json!({"channel": "phone", "place_of_receipt": {"kind": "hotline", "unit": PROVINCE}}),
    )
}

/// The same, and the place of receipt sees danger.
pub fn danger(report: Value) -> Value {
    with(report, json!({"danger_now": true}))
}

pub fn forward(to: &str) -> Value {
    json!({"type": "forward-report", "to_unit": to})
}

pub fn transfer(to: &str) -> Value {
    json!({"type": "transfer-case", "to_unit": to, "reason": "Trẻ cư trú ở xã bên cạnh"})
}

pub fn accept_transfer() -> Value {
    json!({"type": "accept-transfer"})
}

pub fn decline_transfer() -> Value {
    json!({"type": "decline-transfer", "reason": "Trẻ đã chuyển đi nơi khác"})
}

pub fn withdraw_transfer() -> Value {
    json!({"type": "withdraw-transfer", "reason": "Ghi nhầm xã"})
}

pub fn acknowledge() -> Value {
    json!({"type": "acknowledge-report"})
}

pub fn verify(outcome: &str) -> Value {
    json!({"type": "record-verification", "outcome": outcome, "findings": "Đã gặp gia đình"})
}

pub fn rows(levels: &[&str]) -> Value {
    levels
        .iter()
        .map(|l| json!({"level": l, "note": ""}))
        .collect()
}

pub fn assess(grave: bool, carer_is_harmer: bool) -> Value {
    json!({
        "type": "record-initial-assessment", "harm": rows(&["medium", "low"]),
        "protection": rows(&["medium", "high"]), "grave": grave,
        "carer_is_harmer": carer_is_harmer, "conclusion": "Kết luận của cán bộ"
    })
}

pub fn measure(applied: &str) -> Value {
    json!({
        "type": "apply-emergency-measure", "measures": ["safe-place", "Đưa đến nhà bà ngoại"],
        "agencies": ["police"], "applied_at": t(applied)
    })
}

pub fn separate(from: &str, until: &str) -> Value {
    json!({
        "type": "order-separation", "ground": "harmed-by-carer", "decision_number": "21/QĐ-UBND",
        "from": from, "until": until, "placement": "relatives"
    })
}

pub fn extend(until: &str) -> Value {
    json!({"type": "extend-separation", "until": until, "decision_number": "22/QĐ-UBND"})
}

pub fn extend_required(until: &str) -> Value {
    with(
        extend(until),
        json!({"required_by": {"authority": "Tòa án nhân dân", "document": "05/YC-TA"}}),
    )
}

pub fn lift() -> Value {
    json!({"type": "lift-separation", "decision_number": "23/QĐ-UBND", "placement": "parents",
        "reason": "Gia đình an toàn"})
}

pub fn ask_court() -> Value {
    json!({"type": "request-court-order", "request": "continue-separation"})
}

pub fn court(decision: &str, until: Option<&str>) -> Value {
    json!({"type": "record-court-decision", "decision": decision, "until": until})
}

pub fn detail() -> Value {
    let five = rows(&["medium"; 5]);
    json!({
        "type": "record-detailed-assessment", "harm": five, "protection": five,
        "content": {"a": "đã ghi", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": ""},
        "child_views": "Muốn ở với bà", "conclusion": "Cần kế hoạch"
    })
}

pub fn meet() -> Value {
    json!({
        "type": "hold-case-meeting", "participants": ["Chủ tịch", "Trưởng thôn"],
        "measures": ["49.b", "Thăm hằng tuần"], "minutes": "Biên bản"
    })
}

pub fn item(id: &str, start: &str, end: &str) -> Value {
    json!({
        "id": id, "measure": "50.a", "service": "Khám sức khỏe", "responsible": "Trạm y tế",
        "start": start, "end": end, "cost": 500_000
    })
}

pub fn submit() -> Value {
    submit_items(json!([item("p1", "2024-03-15", "2024-04-01")]))
}

pub fn submit_items(items: Value) -> Value {
    json!({"type": "submit-plan", "goals": "An toàn", "items": items})
}

pub fn approve() -> Value {
    json!({"type": "approve-plan", "decision_number": "12/QĐ-UBND"})
}

pub fn send_back() -> Value {
    json!({"type": "return-plan", "reason": "Thiếu kinh phí"})
}

pub fn adjust(items: Value) -> Value {
    json!({"type": "adjust-plan", "goals": "An toàn", "decision_number": "14/QĐ-UBND",
        "items": items})
}

pub fn service(command: &str, item: &str) -> Value {
    json!({"type": command, "item_id": item, "note": "Đã ghi"})
}

pub fn complete(item: &str) -> Value {
    service("complete-service", item)
}

pub fn refer(id: &str) -> Value {
    json!({
        "type": "refer", "referral_id": id, "reason": "Tư vấn tâm lý", "respond_by": "2024-03-25",
        "to_agency": {"kind": "health", "name": "Trạm y tế", "unit": COMMUNE}
    })
}

pub fn answer(command: &str, id: &str) -> Value {
    json!({"type": command, "referral_id": id})
}

pub fn withdraw_referral(id: &str) -> Value {
    json!({"type": "withdraw-referral", "referral_id": id, "reason": "Nhầm nơi"})
}

pub fn visit(visited: &str) -> Value {
    json!({"type": "record-visit", "visited_at": t(visited), "place": "Nhà trẻ",
        "child_seen": true, "note": "Trẻ vui"})
}

pub fn review(no_longer_at_risk: bool, stable: bool) -> Value {
    json!({
        "type": "review-plan", "harm": rows(&["low"; 3]), "protection": rows(&["high"; 3]),
        "no_longer_at_risk": no_longer_at_risk, "stable": stable, "conclusion": "Đã xem xét"
    })
}

pub fn close(reason: &str) -> Value {
    json!({"type": "close-case", "reason": reason})
}

/// For another reason, with what that needs.
pub fn close_otherwise() -> Value {
    json!({"type": "close-case", "reason": "other", "note": "Gia đình đã chuyển đi",
        "basis": "Biên bản ngày 01/4", "contradiction_reason": "Đã trao đổi với công an"})
}

/// To an authority outside the system.
pub fn close_transferred() -> Value {
    json!({"type": "close-case", "reason": "transferred", "transferred_to": {
        "authority": "Cơ quan bảo vệ trẻ em nước ngoài", "received_on": "2024-03-11",
        "confirmation": "Công hàm ngày 11/3"}})
}

pub fn answer_contradiction(event_id: impl ToString, against: &str) -> Value {
    json!({"type": "answer-contradiction", "event_id": event_id.to_string(), "against": against,
        "reason": "Đã gặp trẻ và gia đình"})
}

pub fn answer_same_child(event_id: impl ToString, same: bool) -> Value {
    json!({"type": "answer-same-child", "event_id": event_id.to_string(), "same": same,
        "reason": "Đã gặp gia đình"})
}

pub fn confirm_correction(event_id: impl ToString) -> Value {
    json!({"type": "confirm-correction", "event_id": event_id.to_string(),
        "reason": "Đã xem sổ trực"})
}

pub fn reopen() -> Value {
    json!({"type": "reopen-case", "reason": "Có dấu hiệu mới"})
}

pub fn archive() -> Value {
    json!({"type": "archive-case", "archive_number": "HS-01", "in_national_database": true})
}

pub fn put_in_charge(officer: &str) -> Value {
    json!({"type": "assign-officer", "officer": officer, "role": "commune-officer"})
}

pub fn pass_competence(from: &str, to: &str) -> Value {
    json!({"type": "pass-competence", "from_unit": from, "to_unit": to,
        "legal_act": "1242/NQ-UBTVQH15", "effective": "2024-12-01"})
}

pub fn relieve(officer: &str) -> Value {
    json!({"type": "relieve-officer", "officer": officer, "role": "commune-officer"})
}

pub fn note() -> Value {
    json!({"type": "add-note", "text": "Đã gọi điện"})
}

pub fn document() -> Value {
    json!({"type": "attach-document", "name": "anh.jpg", "media_type": "image/jpeg",
        "size": 1234, "sha256": "0".repeat(64)})
}

/// A correction of the event with this id.
pub fn correct(event_id: impl ToString, path: &str, value: Value) -> Value {
    json!({"type": "correct", "event_id": event_id.to_string(), "path": path, "value": value,
        "reason": "Ghi nhầm"})
}

/// The police of the commune were told, and see signs of a crime.
pub fn crime(received: &str) -> Value {
    with(
        report(received),
        json!({"place_of_receipt": {"kind": "police"}, "crime_suspected": true}),
    )
}

/// The same, and sexual abuse is suspected.
pub fn sexual(report: Value) -> Value {
    with(report, json!({"suspected_harm": [{"form": "sexual"}]}))
}

pub fn pass_crime() -> Value {
    json!({"type": "pass-crime-report"})
}

pub fn assign_investigator() -> Value {
    json!({"type": "assign-investigator", "investigator": "Trần Thị Mẫu",
        "procuracy_informed": true, "trained": true})
}

pub fn grounds(ground: &str) -> Value {
    json!({"type": "record-forensic-grounds", "exam_id": "g1", "ground": ground})
}

pub fn exam_ordered() -> Value {
    json!({"type": "order-forensic-exam", "exam_id": "g1", "exam": "sexual-abuse",
        "body": "health", "decision_number": "05/QĐ"})
}

pub fn conclude() -> Value {
    json!({"type": "record-forensic-conclusion", "exam_id": "g1", "conclusion": "Có dấu vết"})
}

pub fn prolong(ground: &str, until: &str) -> Value {
    json!({"type": "prolong-crime-report", "ground": ground, "until": until})
}

pub fn decide_crime(decision: &str) -> Value {
    json!({"type": "decide-crime-report", "decision": decision, "decision_number": "07/QĐ"})
}

pub fn inform() -> Value {
    json!({"type": "inform-informant"})
}

pub fn propose_prosecution() -> Value {
    json!({"type": "propose-prosecution", "procuracy_informed": true, "document_number": "12/CV"})
}

pub fn interview(from: &str, until: &str) -> Value {
    json!({"type": "record-interview", "from": t(from), "until": t(until),
        "present": ["Cán bộ bảo vệ trẻ em", "Người giám hộ"]})
}

pub fn propose_placement(carer_unit: &str) -> Value {
    json!({"type": "propose-placement", "placement_id": "c1", "carer_kind": "relatives",
        "carer_unit": carer_unit, "carer": "Bà ngoại", "reason": "Trẻ không thể ở với cha mẹ"})
}

pub fn verify_carer(eligible: bool) -> Value {
    json!({"type": "verify-carer", "placement_id": "c1", "eligible": eligible,
        "findings": "Nhà cửa ổn định"})
}

pub fn decide_placement(carer_unit: &str) -> Value {
    json!({"type": "decide-placement", "placement_id": "c1", "carer_kind": "relatives",
        "carer_unit": carer_unit, "decision_number": "31/QĐ-UBND", "parental_consent": "given",
        "child_views": "Cháu muốn ở với bà"})
}

pub fn hand_over() -> Value {
    json!({"type": "hand-over-child", "placement_id": "c1"})
}

pub fn follow_up(visited: &str) -> Value {
    json!({"type": "record-placement-follow-up", "placement_id": "c1", "visited_at": t(visited),
        "child_seen": true, "findings": "Trẻ đi học đều"})
}

pub fn end_placement(ground: &str) -> Value {
    json!({"type": "end-placement", "placement_id": "c1", "ground": ground})
}

pub fn admit() -> Value {
    json!({"type": "admit-to-facility", "facility": "Trung tâm bảo trợ xã hội tổng hợp",
        "unit": PROVINCE, "level": "provincial"})
}

pub fn papers() -> Value {
    json!({"type": "complete-admission-papers"})
}

pub fn list_child() -> Value {
    json!({"type": "list-for-placement"})
}

pub fn appraise(carer_unit: &str) -> Value {
    json!({"type": "appraise-listing", "eligible": true, "placement_id": "c1",
        "carer_kind": "relatives", "carer_unit": carer_unit, "findings": "Đủ điều kiện"})
}

pub fn end_care() -> Value {
    json!({"type": "end-facility-care", "decision_number": "40/QĐ"})
}
