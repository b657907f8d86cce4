//! The same child is told of again: by the hotline, which knows the case, or by a commune that
//! cannot see it, so that whoever holds the case has to say whether it is the same child.

use domain::identity::Role;
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::plus_minutes;
use super::super::outline::{Extra, Unseen};
use super::super::places::PROVINCE;
use super::super::story::Story;
use super::super::words;
use super::agencies::other_commune;

/// Lays down what the outline says of further reports.
pub(super) fn lay_down(story: &mut Story<'_>) {
    if story.outline.has(Extra::ToldAgain) {
        by_hotline(story);
    }
    if let Some(unseen) = story.outline.unseen {
        by_stranger(story, unseen);
    }
}

/// The hotline hears of the same child again, a few hours ago.
fn by_hotline(story: &mut Story<'_>) {
    let received_at = plus_minutes(story.world.until, -story.random.between(100, 200));
    let commune = &story.outline.commune;
    let mut command = report(received_at, "hotline", PROVINCE, commune);
    command["child"] = json!({ "sex": "unknown" });
    command["channel"] = json!("phone");
    command["suspected_harmer"] = json!({ "relation": "unknown" });
    pass_on(story, Role::HotlineOperator, PROVINCE, received_at, command);
}

/// Another commune is told of a child with the same name, and adds the report to the case without
/// seeing it.
fn by_stranger(story: &mut Story<'_>, unseen: Unseen) {
    let Ok(state) = story.state() else { return };
    let child = json!({
        "name": state.child.name, "sex": state.child.sex,
        "birth": { "estimated_age": story.outline.tale.ages.1 },
    });
    let received_at = unseen.received_at;
    let commune = story.outline.commune.clone();
    let other = other_commune(story);
    let mut command = report(received_at, "commune", other, &commune);
    command["child"] = child;
    pass_on(story, Role::CommuneOfficer, other, received_at, command);
    let Some(same) = unseen.same else { return };
    let reason = if same {
        words::SAME_CHILD
    } else {
        words::ANOTHER_CHILD
    };
    let officer = story.officer();
    let mut answer = json!({
        "type": "answer-same-child", "event_id": "ReportReceived", "same": same, "reason": reason,
    });
    if let Some(new_case) = unseen.new_case {
        answer["new_case"] = json!(new_case);
    }
    story.aside(unseen.answered_at(), officer, answer);
}

/// A short report.
fn report(received_at: Instant, kind: &str, unit: &str, commune: &str) -> Value {
    json!({
        "type": "receive-report",
        "received_at": received_at,
        "channel": "in-person",
        "place_of_receipt": { "kind": kind, "unit": unit },
        "incident": { "unit": commune, "description": words::TOLD_AGAIN },
        "suspected_harm": [{ "form": "violence", "category": "at-risk" }],
        "suspected_harmer": { "relation": "neighbour" },
        "condition": "Chưa rõ",
    })
}

/// The report is written down and goes to the commune of the case.
fn pass_on(story: &mut Story<'_>, role: Role, unit: &str, received_at: Instant, report: Value) {
    let at = plus_minutes(received_at, 9);
    let receiver = story.world.officers.actor(role, unit, 0, at);
    story.aside(at, receiver.clone(), report);
    let commune = &story.outline.commune;
    let forward = json!({ "type": "forward-report", "to_unit": commune });
    story.aside(plus_minutes(at, 12), receiver, forward);
}
