//! Officers in charge.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::case::sentence::On;
use crate::identity::Role;
use crate::language::Sentence;
use crate::log::Split;
use crate::text::{Code, Line};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentFacts {
    /// Id of the officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Code>,
    pub role: Role,
}

impl AssignmentFacts {
    pub(in crate::case) fn says_assigned(&self, _: On<'_>) -> Sentence {
        let role = self.role.title();
        Sentence::new(
            format!("Đã giao cán bộ phụ trách, vai trò: {}", role.vi),
            format!("Put an officer in charge, in the role of {}", role.en),
        )
    }

    pub(in crate::case) fn says_relieved(&self, _: On<'_>) -> Sentence {
        let role = self.role.title();
        Sentence::new(
            format!("Đã thôi giao cán bộ phụ trách, vai trò: {}", role.vi),
            format!("Relieved an officer in charge, in the role of {}", role.en),
        )
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentPersonal {
    /// The officer by name, where that is no id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Line>,
}

impl Split<AssignmentFacts, AssignmentPersonal> {
    /// The id of the officer, or what was written in its place.
    #[must_use]
    pub fn officer(&self) -> Option<&str> {
        let words = self.personal.as_ref().and_then(|own| own.officer.as_ref());
        either(self.facts.officer.as_ref(), words)
    }
}

#[cfg(test)]
crate::case::sentence::samples! {
    OfficerAssigned {"officer": "x", "role": "commune-officer"} =>
        "Đã giao cán bộ phụ trách, vai trò: người làm công tác bảo vệ trẻ em cấp xã",
        "Put an officer in charge, in the role of commune officer";
    OfficerRelieved {"officer": "x", "role": "commune-chair"} =>
        "Đã thôi giao cán bộ phụ trách, vai trò: Chủ tịch Ủy ban nhân dân cấp xã",
        "Relieved an officer in charge, in the role of commune chair";
}
