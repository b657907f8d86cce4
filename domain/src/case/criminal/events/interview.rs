//! The interview of the child.

use serde::{Deserialize, Serialize};

use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Line, Prose};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewFacts {
    pub from: Instant,
    pub until: Instant,
    pub complex: bool,
}

impl InterviewFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let clock = |at: Instant| at.local().format("%H:%M").to_string();
        let (from, until) = (clock(self.from), clock(self.until));
        let date = self.from.date().format("%d/%m/%Y");
        let (vi, en) = if self.complex {
            (", vụ việc phức tạp", "; a complex case")
        } else {
            ("", "")
        };
        Sentence::new(
            format!("Đã lấy lời khai của trẻ từ {from} đến {until} ngày {date}{vi}"),
            format!("Interviewed the child from {from} to {until} on {date}{en}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewPersonal {
    pub present: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

#[cfg(test)]
crate::case::sentence::samples! {
    InterviewRecorded {"from": "2024-03-11T08:00:00+07:00", "until": "2024-03-11T09:15:00+07:00",
        "complex": false}, {"present": ["SECRET"], "note": "SECRET"} =>
        "Đã lấy lời khai của trẻ từ 08:00 đến 09:15 ngày 11/03/2024",
        "Interviewed the child from 08:00 to 09:15 on 11/03/2024";
    InterviewRecorded {"from": "2024-03-11T08:00:00+07:00", "until": "2024-03-11T11:15:00+07:00",
        "complex": true} =>
        "Đã lấy lời khai của trẻ từ 08:00 đến 11:15 ngày 11/03/2024, vụ việc phức tạp",
        "Interviewed the child from 08:00 to 11:15 on 11/03/2024; a complex case";
}
