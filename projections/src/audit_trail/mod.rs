//! `audit_trail`: every event of every case: who did what as whom, when it happened, when it was
//! written down, and what changed. Values of personal fields are not copied here: the page reads them
//! from the case, where they can be erased.

mod query;

use domain::case::events::correction::Part;
use domain::case::{Case, Event, Recorded, effective, payload};
use domain::log::Stored as _;
use serde_json::{Value, json};

use crate::case::Folded;
use crate::model::{About, Model};
use crate::recorded::CASE;
use crate::table::{Cell, Index, Kind, Moves, Row, Table};

pub use query::{TrailFilter, TrailRow};

/// The read model.
pub(crate) struct AuditTrail;

const TABLES: &[Table] = &[Table {
    name: "audit_trail",
    columns: &[
        ("case_id", Kind::Uuid),
        ("position", Kind::Integer),
        ("version", Kind::Integer),
        ("event_id", Kind::Uuid),
        ("event_type", Kind::Text),
        ("occurred_at", Kind::Instant),
        ("recorded_at", Kind::Instant),
        ("lag_seconds", Kind::Integer),
        ("officer", Kind::Uuid),
        ("officer_name", Kind::Text),
        ("role", Kind::Text),
        ("agency", Kind::Text),
        ("unit", Kind::Text),
        ("on_behalf_of", Kind::Text),
        ("changes", Kind::Json),
    ],
    key: &["position"],
    indexes: &[
        Index::new("by_case", "case_id, position"),
        Index::new("by_officer", "officer, position"),
        Index::new("by_unit", "unit, position"),
        Index::new("by_time", "recorded_at"),
        Index::new("by_unit_time", "unit, recorded_at"),
    ],
    moves: Moves::Grows,
    counts: None,
}];

const ABOUT: About = About {
    name: "audit_trail",
    of: CASE,
    version: 3,
    reads_from: 1,
    by_rules: true,
    tables: TABLES,
};

impl Model for AuditTrail {
    type Subject = Case;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, folded: &Folded<'_>) -> Vec<Vec<Row>> {
        let history = folded.case.history();
        let news = history.iter().enumerate().skip(folded.known);
        vec![
            news.map(|(index, event)| row(folded, &history[..index], event))
                .collect(),
        ]
    }
}

fn row(folded: &Folded<'_>, before: &[Recorded], event: &Recorded) -> Row {
    let actor = &event.actor;
    let lag = event.recorded_at.utc() - event.occurred_at.utc();
    vec![
        folded.id.into(),
        event.position.into(),
        event.version.into(),
        event.event_id.into(),
        event.event.event_type().into(),
        event.occurred_at.into(),
        event.recorded_at.into(),
        lag.num_seconds().into(),
        actor.officer.into(),
        actor.name.as_ref().into(),
        actor.role.name().into(),
        actor.agency.as_ref().into(),
        actor.unit.as_ref().into(),
        actor.on_behalf_of.as_ref().into(),
        changes(before, event),
    ]
}

/// What changed: the facts of the event, or for a correction the event, the path, and the value
/// before and after it. `before` are the events that stood before this one.
fn changes(before: &[Recorded], event: &Recorded) -> Cell {
    let Event::FactCorrected(correction) = &event.event else {
        let facts = event.event.facts();
        return facts.map_or(Cell::Null, |facts| Cell::Json(facts.into()));
    };
    let facts = &correction.facts;
    let corrected = effective(before)
        .into_iter()
        .find(|earlier| earlier.event_id == facts.event_id);
    let mut changes = json!({
        "event_id": facts.event_id,
        "event_type": corrected.as_ref().map(|earlier| earlier.event.event_type()),
        "part": facts.part,
        "path": facts.path,
    });
    let old = corrected.map(|earlier| match facts.part {
        Part::Facts => payload(&earlier.event)
            .0
            .pointer(&facts.path)
            .cloned()
            .unwrap_or(Value::Null),
        Part::Envelope => json!(earlier.occurred_at),
        Part::Personal => Value::Null,
    });
    if !facts.is_apart() {
        changes["old"] = old.unwrap_or(Value::Null);
        changes["new"] = facts.value.clone();
    }
    changes.into()
}
