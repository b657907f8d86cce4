//! Who read which case, and which child's record: one stream for each, kind `reading`, id that of the case or the
//! child, so that their own versions count only what happened in them. Nothing here names a person but the actor.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::log::{Corrects, Nothing, Recorded, Split, Subject, events};
use crate::time::Instant;
use crate::unit::Units;

/// How a case was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opened {
    /// As a page.
    Page,
    /// By a program, through the API.
    Api,
}

/// An officer looked at a case. Who, is the actor of the event; which case, its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRead {
    /// The version of the case that was shown.
    pub version: i64,
    /// What was opened.
    pub opened: Opened,
}

/// An officer looked at the record of a child. Who, is the actor of the event; which child, its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildRead {
    /// The version of the record that was shown.
    pub version: i64,
    /// What was opened.
    pub opened: Opened,
}

/// Why somebody asked whether there is a case of the same child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A report is being recorded.
    NewReport,
    /// A report that was recorded is being checked.
    CheckReport,
    /// Cases that were recorded twice are looked for.
    FindDuplicates,
}

impl Purpose {
    /// All.
    pub const ALL: [Self; 3] = [Self::NewReport, Self::CheckReport, Self::FindDuplicates];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewReport => "new-report",
            Self::CheckReport => "check-report",
            Self::FindDuplicates => "find-duplicates",
        }
    }
}

/// An officer was told that a case is likely about the child that they asked for, and no more than that.
/// Who, is the actor of the event; which case, its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseHinted {
    /// The version that the case had.
    pub version: i64,
    /// What it was asked for.
    pub purpose: Purpose,
}

events! {
    /// An event of the readings of a case.
    pub enum ReadingEvent {
        /// An officer looked at the case.
        CaseRead(CaseRead, Nothing) { 1 };
        /// An officer was told that there is such a case.
        CaseHinted(CaseHinted, Nothing) { 1 };
        /// An officer looked at the record of a child.
        ChildRead(ChildRead, Nothing) { 1 };
    }
}

impl ReadingEvent {
    const fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::CaseRead(_) | Self::CaseHinted(_) | Self::ChildRead(_) => None,
        }
    }

    const fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::CaseRead(_) | Self::CaseHinted(_) | Self::ChildRead(_) => None,
        }
    }
}

impl From<CaseRead> for ReadingEvent {
    fn from(read: CaseRead) -> Self {
        Self::CaseRead(Split::bare(read))
    }
}

impl From<ChildRead> for ReadingEvent {
    fn from(read: ChildRead) -> Self {
        Self::ChildRead(Split::bare(read))
    }
}

impl From<CaseHinted> for ReadingEvent {
    fn from(hinted: CaseHinted) -> Self {
        Self::CaseHinted(Split::bare(hinted))
    }
}

/// The last time that an officer saw a version of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub read_at: Instant,
    /// The position of the event that says so.
    pub position: i64,
    /// The version of that event in its stream.
    pub said_by: i64,
}

/// Who has read a case, how far, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readings {
    events: usize,
    /// By officer and version of the case.
    pub all: BTreeMap<(Uuid, i64), Reading>,
}

impl Subject for Readings {
    const KIND: &'static str = "reading";

    type Event = ReadingEvent;

    fn begin(_: Uuid, _: &Arc<Units>) -> Self {
        Self::default()
    }

    fn evolve(mut self, recorded: Recorded<ReadingEvent>) -> Self {
        self.events += 1;
        let version = match recorded.event {
            ReadingEvent::CaseRead(read) => Some(read.facts.version),
            ReadingEvent::ChildRead(read) => Some(read.facts.version),
            // A hint is no reading: whoever has it has not seen what is new in the case.
            ReadingEvent::CaseHinted(_) => None,
        };
        // The system reads nothing.
        if let Some((version, officer)) = version.zip(recorded.actor.officer) {
            let reading = Reading {
                read_at: recorded.recorded_at,
                position: recorded.position,
                said_by: recorded.version,
            };
            self.all.insert((officer, version), reading);
        }
        self
    }

    fn events(&self) -> usize {
        self.events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Actor, Role};
    use crate::log::Cause;

    fn recorded(
        version: i64,
        officer: Option<u128>,
        event: ReadingEvent,
    ) -> Recorded<ReadingEvent> {
        let at = Instant::parse("2024-03-11T09:20:00+07:00").unwrap();
        Recorded {
            event_id: Uuid::from_u128(version.unsigned_abs().into()),
            version,
            position: version * 10,
            occurred_at: at,
            recorded_at: at,
            actor: Actor {
                officer: officer.map(Uuid::from_u128),
                ..Actor::new(Role::CommuneOfficer, "19111")
            },
            event,
            older: None,
            cause: Cause::default(),
        }
    }

    #[test]
    fn the_last_time_counts_and_a_hint_does_not() {
        let read = |version| {
            ReadingEvent::from(CaseRead {
                version,
                opened: Opened::Page,
            })
        };
        let hinted = CaseHinted {
            version: 9,
            purpose: Purpose::NewReport,
        };
        let history = vec![
            recorded(1, Some(7), read(3)),
            recorded(2, Some(8), read(3)),
            recorded(3, Some(7), hinted.into()),
            recorded(4, None, read(5)),
            recorded(5, Some(7), read(3)),
        ];
        let case = Uuid::from_u128(1);
        let readings = Readings::fold(case, history, crate::unit::Units::shipped());
        assert_eq!(readings.events(), 5);
        let seen = readings.all.iter().map(|(key, one)| (key, one.position));
        let seen: Vec<_> = seen.collect();
        let officers = [7, 8].map(Uuid::from_u128);
        assert_eq!(seen, [(&(officers[0], 3), 50), (&(officers[1], 3), 20)]);
    }

    #[test]
    fn names_are_those_that_are_stored() {
        for purpose in Purpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.name());
        }
    }
}
