//! The whole path of a case, from the report to the archive, as the shipped scenario tells it.

use chrono::{DateTime, Duration, FixedOffset, Utc};
use serde_json::{Value, json};

/// The commune of the tests: Hoàn Lão.
pub const COMMUNE: &str = "19111";

/// Another one: Lệ Thủy.
pub const OTHER_COMMUNE: &str = "19249";

/// In what capacity somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role(pub &'static str);

impl Role {
    /// The caseworker of a commune.
    pub const OFFICER: Self = Self("commune-officer");
    /// The chair of its People's Committee.
    pub const CHAIR: Self = Self("commune-chair");
    /// Who takes the calls of the hotline 111.
    pub const HOTLINE: Self = Self("hotline-operator");
    /// Who reads and changes no case.
    pub const INSPECTOR: Self = Self("inspector");
    /// Who investigates.
    pub const POLICE: Self = Self("police-officer");
    /// Who records what the court decides.
    pub const COURT: Self = Self("court-clerk");
    /// Who works in a health station.
    pub const HEALTH: Self = Self("health-worker");
    /// Who answers for child protection in a province.
    pub const PROVINCE: Self = Self("provincial-officer");
    /// Who keeps the accounts and sees no case.
    pub const ADMINISTRATOR: Self = Self("administrator");
}

/// One command of the path.
#[derive(Debug, Clone)]
pub struct Step {
    /// Whether the chair gives it; otherwise the officer does.
    pub by_chair: bool,
    /// The command.
    pub command: Value,
}

/// The present instant, in the time zone of the procedure.
#[must_use]
pub fn instant() -> String {
    instant_ago(Duration::zero())
}

/// An instant that lies back by so much, in the time zone of the procedure.
///
/// # Panics
/// Never: the offset exists.
#[must_use]
pub fn instant_ago(ago: Duration) -> String {
    let offset = FixedOffset::east_opt(7 * 3600).expect("the offset exists");
    let at: DateTime<FixedOffset> = (Utc::now() - ago).with_timezone(&offset);
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, false)
}

/// A report that was received two hours ago.
#[must_use]
pub fn report(child: &str) -> Value {
    json!({
        "type": "receive-report",
        "received_at": instant_ago(Duration::hours(2)),
        "channel": "phone",
        "place_of_receipt": { "kind": "commune", "unit": COMMUNE },
        "child": {
            "name": child, "birth": { "date": "2018-05-17" }, "sex": "female",
            "residence_unit": COMMUNE,
        },
        "incident": { "unit": COMMUNE, "description": "Hàng xóm nghe tiếng trẻ bị đánh" },
        "suspected_harm": [{ "form": "violence" }],
        "suspected_harmer": { "relation": "other" },
        "condition": "Có vết bầm ở tay",
    })
}

/// A note.
#[must_use]
pub fn add_note(text: &str) -> Value {
    json!({ "type": "add-note", "text": text })
}

/// Every command from the report to the closing, with the instants moved to today.
///
/// # Panics
/// When the scenario is not as it was.
#[must_use]
pub fn whole_path() -> Vec<Step> {
    let text = include_str!("../../domain/scenarios/whole-path.json");
    let scenario: Value = serde_json::from_str(text).expect("the scenario is JSON");
    let steps = scenario["steps"].as_array().expect("it has steps");
    let step = |step: &Value| {
        let mut command = step["command"].clone();
        if command.get("received_at").is_some() {
            command["received_at"] = instant_ago(Duration::hours(2)).into();
        }
        if command.get("visited_at").is_some() {
            command["visited_at"] = instant_ago(Duration::seconds(1)).into();
        }
        Step {
            by_chair: step["as"]["role"] == Role::CHAIR.0,
            command,
        }
    };
    steps.iter().map(step).collect()
}
