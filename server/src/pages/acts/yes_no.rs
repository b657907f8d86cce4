//! Questions that are answered with yes or no by choosing a word, not by leaving a box empty.

use serde_json::{Value, json};

use crate::pages::form::{Choice, Field};

/// The question.
pub(super) fn yes_no(path: &'static str, label: &'static str) -> Field {
    let choices = [Choice::new("yes", "act-yes"), Choice::new("no", "act-no")];
    Field::radios(path, label, choices)
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
