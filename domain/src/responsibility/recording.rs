//! What was recorded when.

use serde::Serialize;
use uuid::Uuid;

use super::corrects;
use super::lane::{Lane, lane_of};
use crate::case::{Event, Recorded, effective};
use crate::identity::Role;
use crate::time::Instant;

/// The event behind something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// Its id.
    pub event_id: Uuid,
    /// Its place in the case.
    pub version: i64,
    /// Its type.
    pub event_type: &'static str,
}

impl Behind {
    pub(super) fn of(recorded: &Recorded) -> Self {
        Self {
            event_id: recorded.event_id,
            version: recorded.version,
            event_type: recorded.event.event_type(),
        }
    }
}

/// An event as a point in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// The event.
    #[serde(flatten)]
    pub event: Behind,
    /// When it happened, as is known now.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// How many seconds later than it happened it was recorded.
    pub lag_seconds: i64,
    /// In which role it was recorded.
    pub role: Role,
    /// By an officer of this unit.
    pub unit: Option<String>,
    /// The lane of whoever recorded it.
    pub lane: usize,
    /// It corrects another event.
    pub corrects: bool,
    /// It was corrected later.
    pub corrected: bool,
}

pub(super) fn recordings(history: &[Recorded], lanes: &mut Vec<Lane>) -> Vec<Recording> {
    let corrected: Vec<Uuid> = history
        .iter()
        .filter_map(|event| match &event.event {
            Event::FactCorrected(correction) => Some(correction.facts.event_id),
            _ => None,
        })
        .collect();
    effective(history)
        .iter()
        .map(|event| {
            let (role, unit) = (event.actor.role, event.actor.unit.clone());
            let lag = event.recorded_at.utc() - event.occurred_at.utc();
            Recording {
                event: Behind::of(event),
                occurred_at: event.occurred_at,
                recorded_at: event.recorded_at,
                lag_seconds: lag.num_seconds(),
                lane: lane_of(lanes, role, unit.as_deref()),
                role,
                unit,
                corrects: corrects(&event.event),
                corrected: corrected.contains(&event.event_id),
            }
        })
        .collect()
}
