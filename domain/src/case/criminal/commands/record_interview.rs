//! `record-interview`: an investigator interviewed the child: at most twice a day and two hours each,
//! except in complex cases (Law on Justice for Minors, art. 156; before 2026 Criminal Procedure Code,
//! art. 421).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{INVESTIGATE_BASIS, handled_ever, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{InterviewFacts, InterviewPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};
use crate::time::Instant;

/// From when until when, who was there, and why longer where it was.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordInterview {
    pub from: Instant,
    pub until: Instant,
    #[serde(default)]
    pub present: Vec<Line>,
    #[serde(default)]
    pub complex: bool,
    pub note: Option<Prose>,
}

impl Example for RecordInterview {
    fn example() -> Value {
        json!({
            "from": "2024-03-18T07:00:00+07:00",
            "until": "2024-03-18T08:00:00+07:00",
            "present": ["Cán bộ bảo vệ trẻ em", "Người giám hộ"],
        })
    }
}

impl Gate for RecordInterview {
    fn instant_field() -> Option<&'static str> {
        Some("/from")
    }

    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, INVESTIGATE_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        handled_ever(case, INVESTIGATE_BASIS)
    }
}

impl Rule for RecordInterview {
    fn own_instant(&self) -> Option<Instant> {
        Some(self.from)
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        context.not_in_future(self.until, "/until")?;
        if self.until <= self.from {
            return Err(Rejection::field(
                "/until",
                "end-before-start",
                "Lúc kết thúc phải sau lúc bắt đầu.",
                "The end must lie after the begin.",
            ));
        }
        let interviews = &state.criminal.interviews;
        let overlaps = interviews
            .iter()
            .any(|other| self.from < other.until && other.from < self.until);
        if overlaps {
            return Err(Rejection::field(
                "/from",
                "interview-overlaps",
                "Trùng giờ với một lần lấy lời khai đã ghi.",
                "This overlaps an interview that was recorded already.",
            ));
        }
        let day = self.from.date();
        let that_day = interviews.iter().filter(|other| other.from.date() == day);
        let exceeds = that_day.count() >= 2 || self.until > self.from.plus_hours(2);
        if exceeds && !(self.complex && self.note.is_some()) {
            return Err(Rejection::procedure(
                "interview-limit",
                "Mỗi ngày chỉ lấy lời khai trẻ không quá 02 lần, mỗi lần không quá 02 giờ, trừ vụ \
                 việc phức tạp. Nếu đã vượt quá, hãy ghi đó là vụ việc phức tạp và nêu lý do.",
                "A child is interviewed at most twice a day, at most 2 hours each time, except in \
                 complex cases. If this was exceeded, record that it is complex and why.",
                context.basis("interview"),
            )
            .at("/complex"));
        }
        Ok(vec![Event::InterviewRecorded(Split {
            facts: InterviewFacts {
                from: self.from,
                until: self.until,
                complex: self.complex,
            },
            personal: Some(InterviewPersonal {
                present: self.present.clone(),
                note: self.note.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    use serde_json::json;

    #[test]
    fn twice_a_day_two_hours_each() {
        let once = passed()
            .when(
                "03-14 18:00",
                INVESTIGATOR,
                interview("03-14 08:00", "03-14 10:00"),
            )
            .then(&["InterviewRecorded"]);
        let twice = once.and(
            "03-14 18:00",
            INVESTIGATOR,
            interview("03-14 14:00", "03-14 15:00"),
        );
        let third = interview("03-14 16:00", "03-14 17:00");
        twice
            .when("03-14 18:00", INVESTIGATOR, third.clone())
            .then_refused_at("interview-limit", "/complex");
        twice
            .when(
                "03-14 18:00",
                INVESTIGATOR,
                with(
                    third,
                    json!({"complex": true, "note": "Trẻ đề nghị kể tiếp"}),
                ),
            )
            .then(&["InterviewRecorded"]);
        twice
            .when(
                "03-15 18:00",
                INVESTIGATOR,
                interview("03-15 08:00", "03-15 10:01"),
            )
            .then_refused_at("interview-limit", "/complex");
        // The article is that of the day: the Law on Justice for Minors is in force from 2026.
        let basis = |day: &str| {
            let long = interview(&format!("{day} 08:00"), &format!("{day} 11:00"));
            let clock = format!("{day} 18:00");
            let refused = passed().when(&clock, INVESTIGATOR, long).refusal();
            refused.legal_basis.unwrap().into_owned()
        };
        assert_eq!(basis("2025-12-31"), "BLTTHS 2015 Điều 421");
        assert!(basis("2026-01-01").contains("2024 Điều 156"));
        twice
            .when(
                "03-15 18:00",
                INVESTIGATOR,
                interview("03-14 09:00", "03-14 11:00"),
            )
            .then_refused_at("interview-overlaps", "/from");
        twice
            .when(
                "03-15 18:00",
                INVESTIGATOR,
                interview("03-15 09:00", "03-15 09:00"),
            )
            .then_refused_at("end-before-start", "/until");
        twice
            .when(
                "03-15 18:00",
                INVESTIGATOR,
                interview("03-15 17:00", "03-15 18:30"),
            )
            .then_refused_at("in-the-future", "/until");
    }
}
