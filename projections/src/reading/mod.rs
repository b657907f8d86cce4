//! `reading`: the last time that each officer saw each version of each case.

mod query;

use domain::reading::Readings;
use uuid::Uuid;

use crate::model::{About, Core, Model, Shown, Touched};
use crate::recorded::kind_of;
use crate::table::{Kind, Moves, Row, Table};

pub use query::LastReading;

/// The read model.
pub(crate) struct Reading;

const ABOUT: About = About {
    name: "reading",
    of: kind_of::<Readings>(),
    version: 1,
    reads_from: 1,
    by_rules: false,
    tables: &[Table {
        name: "reading",
        columns: &[
            ("case_id", Kind::Uuid),
            ("officer", Kind::Uuid),
            ("version", Kind::Integer),
            ("position", Kind::Integer),
            ("read_at", Kind::Instant),
        ],
        key: &["officer", "case_id", "version"],
        indexes: &[],
        moves: Moves::ByKey,
        counts: None,
    }],
};

impl Shown for Readings {
    type Folded<'a> = Touched<Self>;

    fn show<T>(
        touched: &Touched<Self>,
        _: &Core,
        make: impl FnOnce(&Touched<Self>) -> T,
    ) -> Option<T> {
        Some(make(touched))
    }
}

impl Model for Reading {
    type Subject = Readings;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, readings: &Touched<Readings>) -> Vec<Vec<Row>> {
        let all = readings.subject.all.iter();
        let news = all.filter(|(_, reading)| readings.is_news(reading.said_by));
        let row = |(&(officer, version), reading): (&(Uuid, i64), &domain::reading::Reading)| {
            vec![
                readings.id.into(),
                officer.into(),
                version.into(),
                reading.position.into(),
                reading.read_at.into(),
            ]
        };
        vec![news.map(row).collect()]
    }
}
