//! `register`: the children of the register, as they are listed, searched, held against each other, and what is wrong
//! with their records.

mod alike;
mod issues;
mod query;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::child::{Child, NumberStatus, Record};
use domain::log::Subject;
use domain::text::fold_name;
use domain::time::Instant;
use domain::unit::Units;
use uuid::Uuid;

use crate::case_status::{is_wide, personal_id_hash};
use crate::likeness::{Traits, words};
use crate::model::{About, Core, Model, Shown, Touched};
use crate::recorded::kind_of;
use crate::table::{Index, Kind, Moves, Row, Table};

pub use alike::RecordAlike;
pub use issues::{IssueCount, IssueRow};
pub use query::{ChildFilter, ChildRow, Within};

/// The read model.
pub(crate) struct Register;

const ABOUT: About = About {
    name: "register",
    of: kind_of::<Child>(),
    version: 1,
    reads_from: 1,
    by_rules: true,
    tables: &[
        // A row for the commune, and one for each province that ever lay above it.
        Table {
            name: "register_list",
            columns: &[
                ("child_id", Kind::Uuid),
                ("seat", Kind::Text),
                ("position", Kind::Integer),
                ("unit", Kind::Text),
                ("unit_since", Kind::Date),
                ("name", Kind::Text),
                ("texts", Kind::Text),
                ("sex", Kind::Text),
                ("birth_date", Kind::Date),
                ("birth_year", Kind::Integer),
                ("birth_estimated", Kind::Boolean),
                ("number", Kind::Text),
                ("kept", Kind::Text),
                ("version", Kind::Integer),
                ("recorded_at", Kind::Instant),
            ],
            key: &["seat", "position"],
            indexes: &[Index::new("by_child", "child_id")],
            moves: Moves::Whole,
            counts: None,
        },
        // The words by which a child is found: of its names, of its family's, and the number.
        Table {
            name: "register_word",
            columns: &[
                ("child_id", Kind::Uuid),
                ("unit", Kind::Text),
                ("word", Kind::Text),
                ("position", Kind::Integer),
            ],
            key: &["unit", "word", "position"],
            indexes: &[
                Index::new("by_child", "child_id"),
                Index::new("by_word", "word, position"),
            ],
            moves: Moves::Whole,
            counts: None,
        },
        // What is wrong, from which day on (days since the common era): it may lie ahead.
        Table {
            name: "register_issue",
            columns: &[
                ("child_id", Kind::Uuid),
                ("seat", Kind::Text),
                ("issue", Kind::Text),
                ("since", Kind::Integer),
                ("position", Kind::Integer),
            ],
            key: &["seat", "issue", "since", "position"],
            indexes: &[Index::new("by_child", "child_id")],
            moves: Moves::Whole,
            counts: None,
        },
        // The words that two records of one child would share.
        Table {
            name: "register_alike",
            columns: &[
                ("child_id", Kind::Uuid),
                ("position", Kind::Integer),
                ("word", Kind::Text),
            ],
            key: &["word", "position"],
            indexes: &[Index::new("by_child", "child_id")],
            moves: Moves::Whole,
            counts: None,
        },
    ],
};

/// A child as its read models see it.
pub(crate) struct Folded<'a> {
    id: Uuid,
    record: &'a Record,
    units: &'a Units,
    /// The position of its first event: by it children are told apart in a list, and stand in their order.
    position: i64,
    recorded_at: Instant,
}

impl Shown for Child {
    type Folded<'a> = Folded<'a>;

    fn show<T>(
        touched: &Touched<Self>,
        core: &Core,
        make: impl FnOnce(&Folded<'_>) -> T,
    ) -> Option<T> {
        let child = &touched.subject;
        let (first, last) = (child.history().first()?, child.history().last()?);
        Some(make(&Folded {
            id: touched.id,
            record: child.record()?,
            units: &core.procedure.units,
            position: first.position,
            recorded_at: last.recorded_at,
        }))
    }
}

impl Model for Register {
    type Subject = Child;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, folded: &Folded<'_>) -> Vec<Vec<Row>> {
        vec![
            listed(folded),
            found_by(folded),
            wrong(folded),
            shared(folded),
        ]
    }
}

/// The version of the unit that answers for a record.
fn unit_of(record: &Record, units: &Units) -> String {
    let (unit, then) = record.unit();
    let found = units.find(unit, then);
    found.map_or_else(|| unit.to_owned(), |unit| unit.id.clone())
}

/// In whose lists a record stands: of the commune as it was called then, and of every province above it.
fn seats(record: &Record, units: &Units) -> BTreeSet<String> {
    let (unit, _) = record.unit();
    let above = units.above(unit).into_iter();
    let wide = above.filter(|above| is_wide(units, above));
    let mut seats: BTreeSet<String> = wide.map(str::to_owned).collect();
    if is_wide(units, unit) {
        seats.insert(unit.to_owned());
    } else {
        seats.insert(unit_of(record, units));
    }
    seats
}

/// How a record stands, as one word.
fn kept(record: &Record) -> &'static str {
    if record.joined_to.is_some() {
        return "joined";
    }
    match record.ended {
        Some(_) => "ended",
        None => "kept",
    }
}

fn status(record: &Record) -> &'static str {
    match record.number.status {
        NumberStatus::None => "none",
        NumberStatus::Claimed => "claimed",
        NumberStatus::Verified { .. } => "verified",
    }
}

/// Names of the child, also of before, and of its family: folded.
fn texts(record: &Record) -> Vec<String> {
    let identity = &record.identity;
    let former = record.former_names.iter().map(|former| &former.name);
    let family = record.relatives.iter().filter_map(|one| one.name.as_ref());
    let all = identity.name.iter().chain(former).chain(family);
    all.map(|name| fold_name(name)).collect()
}

fn listed(folded: &Folded<'_>) -> Vec<Row> {
    let record = folded.record;
    let identity = &record.identity;
    let (unit, since) = record.unit();
    // Each word begins behind a space.
    let texts = format!(" {}", texts(record).join(" "));
    let sex = match identity.sex {
        domain::identity::Sex::Male => "male",
        domain::identity::Sex::Female => "female",
        domain::identity::Sex::Unknown => "unknown",
    };
    let estimated = identity.birth == Some(domain::child::events::Certainty::Estimated);
    let row = |seat: String| {
        vec![
            folded.id.into(),
            seat.into(),
            folded.position.into(),
            unit.into(),
            since.to_string().into(),
            identity.name.as_ref().into(),
            texts.as_str().into(),
            sex.into(),
            identity.birth_date.map(|date| date.to_string()).into(),
            identity.birth_year.map(i64::from).into(),
            estimated.into(),
            status(record).into(),
            kept(record).into(),
            record.version.into(),
            folded.recorded_at.into(),
        ]
    };
    seats(record, folded.units).into_iter().map(row).collect()
}

fn found_by(folded: &Folded<'_>) -> Vec<Row> {
    let record = folded.record;
    let unit = unit_of(record, folded.units);
    let texts = texts(record);
    let mut words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(str::to_owned)
        .collect();
    words.extend(record.number.id.as_ref().map(|id| number_word(id.as_str())));
    let row = |word: String| {
        vec![
            folded.id.into(),
            unit.as_str().into(),
            word.into(),
            folded.position.into(),
        ]
    };
    words.into_iter().map(row).collect()
}

/// By what a number is found: never by a part of it.
fn number_word(number: &str) -> String {
    format!("#{}", personal_id_hash(number))
}

fn wrong(folded: &Folded<'_>) -> Vec<Row> {
    let record = folded.record;
    let standing = record.standing(folded.units);
    let seats = seats(record, folded.units);
    let row = |seat: &String, one: &domain::child::Standing| {
        vec![
            folded.id.into(),
            seat.into(),
            one.issue.code().into(),
            day(one.from).into(),
            folded.position.into(),
        ]
    };
    let rows = standing
        .iter()
        .flat_map(|one| seats.iter().map(move |seat| row(seat, one)));
    rows.collect()
}

/// A day as a number.
fn day(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

fn shared(folded: &Folded<'_>) -> Vec<Row> {
    // What is kept no more is held against nothing.
    if !folded.record.is_kept() {
        return Vec::new();
    }
    let traits = traits_of(folded.record, folded.units);
    let years: Vec<_> = traits.years.iter().map(|born| born.year).collect();
    let words = words(&traits, &years, &traits.places);
    let row = |word: String| vec![folded.id.into(), folded.position.into(), word.into()];
    words.into_iter().map(row).collect()
}

/// What a record knows and knew of its child, made comparable.
pub(crate) fn traits_of(record: &Record, units: &Units) -> Traits {
    use domain::child::events::{Born, Certainty};
    use domain::identity::{Birth, Sex};
    let mut traits = Traits::default();
    let identity = &record.identity;
    let former = record.former_names.iter().map(|former| &former.name);
    for name in identity.name.iter().chain(former) {
        traits.named(name);
    }
    traits.sex = Some(identity.sex).filter(|sex| *sex != Sex::Unknown);
    match identity.born() {
        Some(Born::Date(date)) => {
            traits.born(Some(Birth::Date(date)), None, record.registered_at);
        }
        Some(born) => traits.of_year(born.year(), born.certainty() == Certainty::Estimated),
        None => {}
    }
    let number = record.number.id.as_ref();
    traits
        .personal_ids
        .extend(number.map(|id| id.as_str().to_owned()));
    for one in &record.relatives {
        if let Some(name) = &one.name {
            traits.carer(name);
        }
        if let Some(phone) = &one.phone {
            traits.telephones(phone);
        }
    }
    for residence in record.residences.iter().filter(|one| !one.mistaken) {
        let unit = units.find(&residence.unit, residence.recorded_on);
        traits.places.extend(unit.map(|unit| unit.id.clone()));
    }
    traits
}
