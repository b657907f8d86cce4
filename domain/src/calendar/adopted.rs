//! Which calendars of working days were adopted: one stream, kind `calendar`. All of a calendar is kept,
//! so that old due dates can be counted again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::log::{Corrects, Nothing, Recorded, Split, Subject, events};
use crate::time::Instant;
use crate::unit::Units;

/// The id of the one stream.
pub const THE_CALENDAR: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_ca1e);

/// A calendar that was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptedFacts {
    /// What it calls itself.
    pub id: String,
    /// All of it, as its file says it.
    pub text: String,
}

events! {
    /// An event of the calendars.
    pub enum CalendarEvent {
        /// Due dates are counted with another calendar from now on.
        CalendarAdopted(AdoptedFacts, Nothing) { 1 };
    }
}

impl CalendarEvent {
    const fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::CalendarAdopted(_) => None,
        }
    }

    const fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::CalendarAdopted(_) => None,
        }
    }
}

impl From<AdoptedFacts> for CalendarEvent {
    fn from(adopted: AdoptedFacts) -> Self {
        Self::CalendarAdopted(Split::bare(adopted))
    }
}

/// The calendars that were adopted, as far as anybody asks: the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdoptedCalendars {
    /// How many there were: the version of the stream.
    pub version: i64,
    /// The last.
    pub last: Option<AdoptedFacts>,
}

impl Subject for AdoptedCalendars {
    const KIND: &'static str = "calendar";

    type Event = CalendarEvent;

    fn begin(_: Uuid, _: &Arc<Units>) -> Self {
        Self::default()
    }

    fn evolve(self, recorded: Recorded<CalendarEvent>) -> Self {
        let CalendarEvent::CalendarAdopted(adopted) = recorded.event;
        Self {
            version: self.version + 1,
            last: Some(adopted.facts),
        }
    }

    fn events(&self) -> usize {
        usize::try_from(self.version).unwrap_or_default()
    }
}
