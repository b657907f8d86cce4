//! Questions that are answered with yes or no by choosing a word, not by leaving a box empty.

use serde_json::{Value, json};

use crate::pages::form::{Choice, Field};

/// The question.
pub(super) fn yes_no(path: &'static str, label: &'static str) -> Field {
    let choices = [Choice::new("yes", "act-yes"), Choice::new("no", "act-no")];
    Field::radios(path, label, choices)
}

/// The question where "not known yet" is an answer of its own: silence decides nothing.
pub(super) fn answer(path: &'static str, label: &'static str) -> Field {
    let choices = [
        Choice::new("yes", "act-yes"),
        Choice::new("no", "act-no"),
        Choice::new("unknown", "act-not-known"),
    ];
    Field::radios(path, label, choices)
}

/// Whether the child is in danger now, asked of everybody who went to see it.
pub(super) fn danger_now() -> Field {
    yes_no("danger_now", "danger-now")
        .hint("danger-now-hint")
        .unknown()
}

/// The same where people may have seen the child or not: nobody has to answer.
pub(super) fn danger_seen() -> Field {
    yes_no("danger_now", "danger-now")
        .hint("danger-now-hint")
        .optional()
}

/// Puts true or false where yes or no was chosen; "unknown" stays.
pub(super) fn as_answers(command: &mut Value, paths: &[&str]) {
    let Some(fields) = command.as_object_mut() else {
        return;
    };
    for path in paths {
        if let Some(answer) = fields.get_mut(*path)
            && let Some(word) = answer.as_str()
            && word != "unknown"
        {
            *answer = json!(word == "yes");
        }
    }
}

/// Puts true or false where yes or no was chosen.
pub(super) fn as_booleans(command: &mut Value, paths: &[&str]) {
    let Some(fields) = command.as_object_mut() else {
        return;
    };
    for path in paths {
        if let Some(answer) = fields.get_mut(*path)
            && let Some(word) = answer.as_str()
        {
            *answer = json!(word == "yes");
        }
    }
}
