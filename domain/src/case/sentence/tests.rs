//! Samples of what events say stand beside the sentences; here they are tried.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use crate::case::chapters::chapters;
use crate::case::{Event, Recorded};
use crate::identity::{Actor, Role};
use crate::time::Instant;
use crate::unit::Units;

/// An event, and what it says. Free text says SECRET.
pub(in crate::case) struct Sample {
    pub event_type: &'static str,
    pub facts: Value,
    pub personal: Option<Value>,
    pub vi: &'static str,
    pub en: &'static str,
}

/// Lists samples: the type of an event, its facts and, where it has one, its personal part, and what it says in
/// Vietnamese and English.
macro_rules! samples {
    ($( $event:ident $facts:tt $( , $personal:tt )? => $vi:literal, $en:literal; )*) => {
        pub(in crate::case) fn samples() -> Vec<$crate::case::sentence::Sample> {
            vec![$( $crate::case::sentence::Sample {
                event_type: stringify!($event),
                facts: serde_json::json!($facts),
                personal: None $( .or(Some(serde_json::json!($personal))) )?,
                vi: $vi,
                en: $en,
            }, )*]
        }
    };
}
pub(in crate::case) use samples;

macro_rules! listed {
    ($(
        { $( #[$about:meta] )* $folder:ident $chapter:ident $name:literal }
        { $( $( #[$doc:meta] )* $event:ident($facts:ty, $personal:ty) $revisions:tt $kind:tt )* }
    )*) => {
        /// The samples of each chapter, and the types of its events.
        fn all() -> Vec<(Vec<Sample>, BTreeSet<&'static str>)> {
            vec![$( (
                crate::case::$folder::events::samples(),
                BTreeSet::from([$( stringify!($event) ),*]),
            ), )*]
        }
    };
}

chapters!(events => listed);

fn recorded(sample: &Sample) -> Recorded {
    let Sample { event_type, .. } = sample;
    let known = Event::TYPES.iter().find(|(name, _)| name == event_type);
    let personal = sample.personal.as_ref().map(ToString::to_string);
    let event = Event::decode(
        event_type,
        known.unwrap_or_else(|| panic!("no {event_type}")).1,
        &sample.facts.to_string(),
        personal.as_deref(),
    );
    let at = Instant::parse("2024-03-11T09:20:00+07:00").unwrap();
    Recorded {
        event_id: Uuid::nil(),
        version: 1,
        position: 1,
        occurred_at: at,
        recorded_at: at,
        actor: Actor::new(Role::CommuneOfficer, "19111"),
        event: event.unwrap_or_else(|error| panic!("{event_type}: {error:?}")),
        older: None,
        cause: crate::log::Cause::default(),
    }
}

#[test]
fn every_type_has_a_sentence_without_free_text() {
    for (samples, types) in all() {
        let sampled = samples.iter().map(|sample| sample.event_type).collect();
        assert_eq!(types, sampled, "a sample of each stands with its forms");
        for sample in samples {
            let said = recorded(&sample).says(Units::shipped());
            assert_eq!((&*said.vi, &*said.en), (sample.vi, sample.en));
            assert!(!format!("{said:?}").contains("SECRET"), "{said:?}");
        }
    }
}
