//! Events for tests: everything in them follows from a number, so that a failure repeats itself.

use chrono::{DateTime, Duration, TimeZone, Utc};
use uuid::Uuid;

use crate::{Actor, CommandId, NewEvent, StreamId, StreamKind};

/// The stream of that number.
#[must_use]
pub fn stream(number: u128) -> StreamId {
    StreamId::new(
        StreamKind::new("case"),
        Uuid::from_u128((0xca5e << 112) | number),
    )
}

/// The command of that number; its fingerprint follows from the number, too.
#[must_use]
pub fn command(number: u128) -> CommandId {
    let mut fingerprint = [0xc0; 32];
    fingerprint[..16].copy_from_slice(&number.to_be_bytes());
    CommandId {
        id: Uuid::from_u128((0xc0de << 112) | number),
        fingerprint,
    }
}

/// An instant, `microseconds` after some noon.
#[must_use]
pub fn instant(microseconds: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 5, 0, 0)
        .single()
        .unwrap_or_default()
        + Duration::microseconds(microseconds)
}

/// An officer of a commune.
#[must_use]
pub fn actor() -> Actor {
    Actor {
        officer: Some(Uuid::from_u128(0x0ff1_ce50)),
        name: Some("Trần Thị Bình".to_owned()),
        role: "commune-officer".to_owned(),
        agency: Some("UBND xã Lộc Thủy".to_owned()),
        unit: Some("19114".to_owned()),
        on_behalf_of: None,
    }
}

/// The event of that number.
#[must_use]
pub fn event(number: u128) -> NewEvent {
    NewEvent {
        event_id: Uuid::from_u128((0xe7e2 << 112) | number),
        event_type: "note-added".into(),
        revision: 1,
        occurred_at: instant(number as i64),
        recorded_at: instant(number as i64 + 250_000),
        actor: actor(),
        correlation_id: Uuid::from_u128(number),
        causation_id: None,
        facts: format!(r#"{{"number":{number}}}"#),
        personal: Some(r#"{"text":"Cháu đã đi học trở lại"}"#.to_owned()),
    }
}
