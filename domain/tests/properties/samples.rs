//! Commands as people send them, for tests: the example of each command, and variants of it. Invented people
//! only. Instants are short: `t("03-11 09:00")` is that minute of 2024 in Viet Nam.

use domain::case::Command;
use serde_json::{Value, json};

/// The commune of the incident and of residence, another commune, and the province.
pub const COMMUNE: &str = "19111";
pub const OTHER: &str = "19114";
pub const PROVINCE: &str = "44";

/// The example of each command, on 18 March. What must be tried with every command is tried with this list.
pub fn one_of_each() -> Vec<Value> {
    Command::NAMES.iter().copied().map(example).collect()
}

/// The example of this command.
pub fn example(name: &str) -> Value {
    Command::example(name).unwrap_or_else(|| panic!("no command is called {name}"))
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
    with(
        example("receive-report"),
        json!({"received_at": t(received)}),
    )
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
    with(example("forward-report"), json!({"to_unit": to}))
}

pub fn transfer(to: &str) -> Value {
    with(example("transfer-case"), json!({"to_unit": to}))
}

pub fn accept_transfer() -> Value {
    example("accept-transfer")
}

pub fn decline_transfer() -> Value {
    example("decline-transfer")
}

pub fn withdraw_transfer() -> Value {
    example("withdraw-transfer")
}

pub fn acknowledge() -> Value {
    example("acknowledge-report")
}

pub fn verify(outcome: &str) -> Value {
    with(example("record-verification"), json!({"outcome": outcome}))
}

pub fn assess(grave: bool, carer_is_harmer: bool) -> Value {
    with(
        example("record-initial-assessment"),
        json!({"grave": grave, "carer_is_harmer": carer_is_harmer}),
    )
}

pub fn measure(applied: &str) -> Value {
    with(
        example("apply-emergency-measure"),
        json!({"applied_at": t(applied)}),
    )
}

pub fn separate(from: &str, until: &str) -> Value {
    with(
        example("order-separation"),
        json!({"from": from, "until": until}),
    )
}

pub fn extend(until: &str) -> Value {
    with(example("extend-separation"), json!({"until": until}))
}

pub fn extend_required(until: &str) -> Value {
    with(
        extend(until),
        json!({"required_by": {"authority": "Tòa án nhân dân", "document": "05/YC-TA"}}),
    )
}

pub fn lift() -> Value {
    example("lift-separation")
}

pub fn ask_court() -> Value {
    example("request-court-order")
}

pub fn court(decision: &str, until: Option<&str>) -> Value {
    with(
        example("record-court-decision"),
        json!({"decision": decision, "until": until}),
    )
}

pub fn detail() -> Value {
    example("record-detailed-assessment")
}

pub fn meet() -> Value {
    example("hold-case-meeting")
}

pub fn item(id: &str, start: &str, end: &str) -> Value {
    json!({
        "id": id, "measure": "50.a", "service": "Khám sức khỏe", "responsible": "Trạm y tế",
        "start": start, "end": end, "cost": 500_000
    })
}

pub fn submit() -> Value {
    example("submit-plan")
}

pub fn submit_items(items: Value) -> Value {
    with(example("submit-plan"), json!({"items": items}))
}

pub fn approve() -> Value {
    example("approve-plan")
}

pub fn send_back() -> Value {
    example("return-plan")
}

pub fn adjust(items: Value) -> Value {
    with(example("adjust-plan"), json!({"items": items}))
}

pub fn service(command: &str, item: &str) -> Value {
    with(example(command), json!({"item_id": item}))
}

pub fn complete(item: &str) -> Value {
    service("complete-service", item)
}

pub fn refer(id: &str) -> Value {
    with(example("refer"), json!({"referral_id": id}))
}

pub fn answer(command: &str, id: &str) -> Value {
    with(example(command), json!({"referral_id": id}))
}

pub fn withdraw_referral(id: &str) -> Value {
    with(example("withdraw-referral"), json!({"referral_id": id}))
}

pub fn visit(visited: &str) -> Value {
    with(example("record-visit"), json!({"visited_at": t(visited)}))
}

pub fn review(no_longer_at_risk: bool, stable: bool) -> Value {
    with(
        example("review-plan"),
        json!({"no_longer_at_risk": no_longer_at_risk, "stable": stable}),
    )
}

pub fn close(reason: &str) -> Value {
    with(example("close-case"), json!({"reason": reason}))
}

/// For another reason, with what that needs.
pub fn close_otherwise() -> Value {
    with(
        close("other"),
        json!({"note": "Gia đình đã chuyển đi", "basis": "Biên bản ngày 01/4",
            "contradiction_reason": "Đã trao đổi với công an"}),
    )
}

/// To an authority outside the system.
pub fn close_transferred() -> Value {
    with(
        close("transferred"),
        json!({"transferred_to": {"authority": "Cơ quan bảo vệ trẻ em nước ngoài",
            "received_on": "2024-03-11", "confirmation": "Công hàm ngày 11/3"}}),
    )
}

pub fn answer_contradiction(event_id: impl ToString, against: &str) -> Value {
    with(
        example("answer-contradiction"),
        json!({"event_id": event_id.to_string(), "against": against}),
    )
}

pub fn answer_same_child(event_id: impl ToString, same: bool) -> Value {
    with(
        example("answer-same-child"),
        json!({"event_id": event_id.to_string(), "same": same}),
    )
}

pub fn confirm_correction(event_id: impl ToString) -> Value {
    with(
        example("confirm-correction"),
        json!({"event_id": event_id.to_string()}),
    )
}

pub fn reopen() -> Value {
    example("reopen-case")
}

pub fn archive() -> Value {
    example("archive-case")
}

pub fn put_in_charge(officer: &str) -> Value {
    with(example("assign-officer"), json!({"officer": officer}))
}

pub fn pass_competence(from: &str, to: &str) -> Value {
    with(
        example("pass-competence"),
        json!({"from_unit": from, "to_unit": to}),
    )
}

pub fn relieve(officer: &str) -> Value {
    with(example("relieve-officer"), json!({"officer": officer}))
}

pub fn note() -> Value {
    example("add-note")
}

pub fn document() -> Value {
    example("attach-document")
}

/// A correction of the event with this id.
pub fn correct(event_id: impl ToString, path: &str, value: Value) -> Value {
    with(
        example("correct"),
        json!({"event_id": event_id.to_string(), "path": path, "value": value}),
    )
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
    example("pass-crime-report")
}

pub fn assign_investigator() -> Value {
    example("assign-investigator")
}

pub fn grounds(ground: &str) -> Value {
    with(
        example("record-forensic-grounds"),
        json!({"ground": ground}),
    )
}

pub fn exam_ordered() -> Value {
    example("order-forensic-exam")
}

pub fn conclude() -> Value {
    example("record-forensic-conclusion")
}

pub fn prolong(ground: &str, until: &str) -> Value {
    with(
        example("prolong-crime-report"),
        json!({"ground": ground, "until": until}),
    )
}

pub fn decide_crime(decision: &str) -> Value {
    with(
        example("decide-crime-report"),
        json!({"decision": decision}),
    )
}

pub fn inform() -> Value {
    example("inform-informant")
}

pub fn propose_prosecution() -> Value {
    example("propose-prosecution")
}

pub fn interview(from: &str, until: &str) -> Value {
    with(
        example("record-interview"),
        json!({"from": t(from), "until": t(until)}),
    )
}

pub fn propose_placement(carer_unit: &str) -> Value {
    with(
        example("propose-placement"),
        json!({"carer_unit": carer_unit}),
    )
}

pub fn verify_carer(eligible: bool) -> Value {
    with(example("verify-carer"), json!({"eligible": eligible}))
}

pub fn decide_placement(carer_unit: &str) -> Value {
    with(
        example("decide-placement"),
        json!({"carer_unit": carer_unit}),
    )
}

pub fn hand_over() -> Value {
    example("hand-over-child")
}

pub fn follow_up(visited: &str) -> Value {
    with(
        example("record-placement-follow-up"),
        json!({"visited_at": t(visited)}),
    )
}

pub fn end_placement(ground: &str) -> Value {
    with(example("end-placement"), json!({"ground": ground}))
}

pub fn admit() -> Value {
    example("admit-to-facility")
}

pub fn papers() -> Value {
    example("complete-admission-papers")
}

pub fn list_child() -> Value {
    example("list-for-placement")
}

pub fn appraise(carer_unit: &str) -> Value {
    with(
        example("appraise-listing"),
        json!({"carer_unit": carer_unit}),
    )
}

pub fn end_care() -> Value {
    example("end-facility-care")
}
