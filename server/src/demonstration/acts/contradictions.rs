//! What speaks against what was recorded: mostly the form itself says why, sometimes the chair is
//! asked and answers, now and then nobody has answered yet.

use domain::case::events::contradiction::Against;
use serde_json::{Value, json};

use super::super::story::{Halt, Story};
use super::super::words;

/// In how many of a hundred forms the officer says at once why the answer stands.
const SAID_AT_ONCE: i64 = 80;
/// How many of a hundred contradictions that are asked about get an answer.
const ANSWERED: i64 = 75;

/// Why something stands although something else speaks `against` it; null where nothing does.
pub(super) fn reason(against: &[Against]) -> Value {
    against
        .first()
        .map_or(Value::Null, |against| json!(words::stands(*against)))
}

/// The same, as it stands on a form: now and then it is forgotten.
pub(super) fn reason_on_form(story: &mut Story<'_>, against: &[Against]) -> Value {
    if story.random.chance(SAID_AT_ONCE) {
        reason(against)
    } else {
        Value::Null
    }
}

/// Who is asked about what the last form left open answers in the days that follow, or does not.
pub(super) fn ask(story: &mut Story<'_>, kinds: &[Against]) -> Result<(), Halt> {
    let open = story.state()?.open_contradictions();
    let open: Vec<_> = open
        .filter(|one| kinds.contains(&one.against))
        .map(|one| (one.event_id, one.against))
        .collect();
    for (event_id, against) in open {
        let answered = story.random.chance(ANSWERED);
        let at = story.working_days_after(story.clock.date(), 1, 2);
        let chair = story.chair();
        if answered {
            let command = json!({
                "type": "answer-contradiction", "event_id": event_id, "against": against,
                "reason": words::stands(against),
            });
            story.aside(at, chair, command);
        }
    }
    Ok(())
}
