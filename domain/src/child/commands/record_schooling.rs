//! `record-schooling`: which school the child goes to since when.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Event, Schooling, SchoolingFacts, SchoolingPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::Line;
use crate::time::Date;

/// The school.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordSchooling {
    /// What kind.
    pub schooling: Schooling,
    /// Since when.
    pub since: Date,
    /// Its name.
    pub school: Option<Line>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"schooling": "primary", "since": "2023-09-05", "school": "Trường Tiểu học số 1"})
}

impl Rule for RecordSchooling {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        record.ok_or_else(no_such_child)?;
        context.not_ahead(self.since, "/since")?;
        let personal = self.school.clone();
        Ok(vec![Event::SchoolingRecorded(Split {
            facts: SchoolingFacts {
                schooling: self.schooling,
                since: self.since,
            },
            personal: personal.map(|school| SchoolingPersonal {
                school: Some(school),
            }),
        })])
    }
}
