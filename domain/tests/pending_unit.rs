//! A commune that exists in law and has no code yet: nothing about its cases is blocked. A process
//! of its own, since the units in use are set once.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::scenario::Scenario;
use domain::unit::Units;
use serde_json::{Value, json};

const ID: &str = "quang-binh-moi-1";

const UNITS: &str = r#"
    [[unit]]
    id = "quang-binh-moi-1"
    name = "Xã Hoàn Lão Mới"
    level = "commune"
    parent = "455"
    from = "2024-01-15"
    act = "Nghị quyết thử"

    [[unit]]
    id = "quang-binh-moi-2"
    name = "Xã Việt Trung Mới"
    level = "commune"
    parent = "44"
    from = "2026-01-15"

    [[succession]]
    old = "19111"
    new = "quang-binh-moi-2"
    share = "whole"
"#;

fn play(scenario: &Value, procedure: &Arc<Procedure>) -> Value {
    let scenario = Scenario::from_json(&scenario.to_string()).unwrap();
    scenario.play(procedure, &Calendar::shipped()).unwrap()
}

fn accepted(answer: &Value) {
    for step in answer["steps"].as_array().unwrap() {
        assert_eq!(step["accepted"], true, "{step:#}");
    }
}

#[test]
fn nothing_about_the_cases_of_a_unit_without_a_code_is_blocked() {
    let units = Units::shipped().with_additions(UNITS).unwrap();
    let procedure = Procedure::parse(Procedure::SHIPPED[0].1, &Arc::new(units)).unwrap();
    let procedure = Arc::new(procedure);
    let play = |scenario: &Value| play(scenario, &procedure);

    // The shipped scenarios, told of the new commune instead of the old one.
    for name in [
        "whole-path",
        "night-call",
        "separation-and-court",
        "returned-plan",
    ] {
        let path = format!("{}/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let play = |text: &str| play(&serde_json::from_str(text).unwrap());
        let (old, new) = (play(&text), play(&text.replace("19111", ID)));
        assert!(new.to_string().contains(ID));
        assert_eq!(
            new.to_string().replace(ID, "19111"),
            old.to_string(),
            "{name}"
        );
    }

    // Competence passes to a unit without a code, which goes on with the case.
    let report = json!({
        "type": "receive-report", "received_at": "2026-01-13T09:00:00+07:00", "channel": "phone",
        "place_of_receipt": {"kind": "hotline", "unit": "44"},
        "child": {"sex": "female", "residence_unit": "19111"},
        "incident": {"unit": "19111", "description": "Nghe tiếng trẻ khóc"},
        "suspected_harm": [{"form": "violence"}], "suspected_harmer": {"relation": "other"}
    });
    let step = |at: &str, role: &str, unit: &str, command: Value| {
        json!({"at": format!("2026-{at}:00+07:00"), "as": {"role": role, "unit": unit},
            "command": command})
    };
    let new = "quang-binh-moi-2";
    let level = json!({"level": "low", "note": ""});
    let assess = json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận"
    });
    let mut scenario = json!({
        "procedure": "decree-56-2017", "observe_at": "2026-01-19T08:00:00+07:00",
        "steps": [
            step("01-13T09:05", "hotline-operator", "44", report),
            step("01-16T08:00", "hotline-operator", "44",
                json!({"type": "forward-report", "to_unit": new})),
            step("01-16T08:30", "commune-officer", new, json!({"type": "acknowledge-report"})),
            step("01-16T09:00", "commune-officer", new, assess),
        ]
    });
    let answer = play(&scenario);
    accepted(&answer);
    assert_eq!(
        answer["steps"][1]["events"],
        json!(["CompetencePassed", "ReportForwarded"])
    );
    assert_eq!(answer["case"]["holder_unit"], new);
    let open = answer["obligations"].as_array().unwrap();
    let plan = open
        .iter()
        .find(|one| one["step"] == "submit-plan")
        .unwrap();
    assert_eq!(plan["accountable"]["unit"], new);
    assert_eq!(plan["state"], "open");

    // To the ended one nothing can be sent; the sentence says where to instead.
    scenario["steps"][1]["command"]["to_unit"] = json!("19111");
    let refused = &play(&scenario)["steps"][1];
    assert_eq!(refused["code"], "unit-ended");
    assert!(
        refused["message"].to_string().contains("Xã Việt Trung Mới"),
        "{refused}"
    );
}
