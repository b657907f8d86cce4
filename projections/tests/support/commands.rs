//! Commands as JSON, as short as the domain takes them.

use serde_json::{Value, json};

pub const COMMUNE: &str = "19111";

pub fn report(at: &str, name: Option<&str>, unit: &str) -> Value {
    json!({
        "type": "receive-report", "received_at": at, "channel": "phone",
        "place_of_receipt": {"kind": "commune", "unit": unit},
        "child": {"name": name, "birth": {"date": "2014-05-17"}, "sex": "female",
                  "residence_unit": unit},
        "incident": {"unit": unit, "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}],
        "suspected_harmer": {"relation": "other"},
        "condition": "Có vết bầm ở tay"
    })
}

fn ratings(rows: usize) -> Value {
    json!(vec![json!({"level": "medium", "note": ""}); rows])
}

pub fn verified(outcome: &str) -> Value {
    json!({"type": "record-verification", "outcome": outcome, "findings": "Đã gặp gia đình"})
}

pub fn initial(grave: bool) -> Value {
    json!({
        "type": "record-initial-assessment", "harm": ratings(2), "protection": ratings(2),
        "grave": grave, "carer_is_harmer": false, "conclusion": "Kết luận của cán bộ"
    })
}

pub fn emergency(at: &str) -> Value {
    json!({
        "type": "apply-emergency-measure", "measures": ["safe-place"], "agencies": ["health"],
        "applied_at": at
    })
}

pub fn detailed() -> Value {
    json!({
        "type": "record-detailed-assessment", "harm": ratings(5), "protection": ratings(5),
        "content": {"a": "x", "b": "x", "c": "x", "d": "x", "e": "x", "f": "x", "g": "x", "h": "x"},
        "child_views": "Muốn ở với bà", "carer_views": "Đồng ý", "conclusion": "Kết luận"
    })
}

pub fn meeting() -> Value {
    json!({
        "type": "hold-case-meeting", "participants": ["Chủ tịch", "Công an"],
        "measures": ["counselling"], "minutes": "Biên bản"
    })
}

pub fn plan(items: usize) -> Value {
    let item = |index: usize| {
        json!({
            "id": format!("v{index}"), "measure": "counselling", "service": "Tư vấn",
            "responsible": "UBND xã", "start": "2024-03-20", "end": "2024-04-20", "cost": 100_000
        })
    };
    json!({
        "type": "submit-plan", "goals": "Trẻ an toàn",
        "items": (1..=items).map(item).collect::<Vec<_>>()
    })
}

pub fn approve() -> Value {
    json!({"type": "approve-plan", "decision_number": "12/QĐ-UBND"})
}

pub fn service(kind: &str, item: &str) -> Value {
    json!({"type": kind, "item_id": item, "note": "Đã làm"})
}

pub fn review(enough: bool) -> Value {
    json!({
        "type": "review-plan", "harm": ratings(3), "protection": ratings(3),
        "no_longer_at_risk": enough, "stable": enough, "conclusion": "Kết luận"
    })
}

pub fn close() -> Value {
    json!({"type": "close-case", "reason": "safe-and-stable"})
}

pub fn correct(event: uuid::Uuid, path: &str, value: Value) -> Value {
    json!({"type": "correct", "event_id": event, "path": path, "value": value,
           "reason": "Ghi nhầm"})
}

pub fn note(text: &str) -> Value {
    json!({"type": "add-note", "text": text})
}

pub fn refer(id: &str, respond_by: Option<&str>) -> Value {
    json!({"type": "refer", "referral_id": id, "to_agency": {"kind": "health", "unit": COMMUNE},
           "reason": "Khám", "respond_by": respond_by})
}
