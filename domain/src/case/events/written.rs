//! What may be written beside an act of whatever chapter: a note, the decision on which it rests, a reason.

use serde::{Deserialize, Serialize};

use super::apart::apart;
use crate::text::{DocumentNumber, Line, Prose};

/// Free text beside an act, where there is any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotePersonal {
    pub note: Prose,
}

/// Free text beside an act that rests on a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonPersonal {
    pub reason: Prose,
}

/// The note, where there is one.
pub(in crate::case) fn note(text: Option<&Prose>) -> Option<NotePersonal> {
    text.map(|note| NotePersonal { note: note.clone() })
}

/// The number of a decision as a fact, and what is written beside it.
pub(in crate::case) fn documented(
    number: Option<&Line>,
    note: Option<&Prose>,
) -> (Option<DocumentNumber>, Option<DecisionPersonal>) {
    let (number, words) = apart(number);
    let personal = DecisionPersonal {
        note: note.cloned(),
        decision_number: words,
    };
    let written = personal != DecisionPersonal::default();
    (number, written.then_some(personal))
}
