//! On whose list a case stands. Each case has a row for every unit that it concerns, in the order of the
//! list, and where the list is long one more for each of its filters: a page is a range of the primary
//! key, whatever the database believes about its tables.

use chrono::{Datelike, NaiveDate, TimeDelta};
use domain::time::Instant;
use domain::unit::{Level, Units};

use super::search::{CaseFilter, Seen, lineage};
use super::{forms, in_emergency, opened, word_of};
use crate::case::Folded;
use crate::table::{Cell, Counts, Index, Kind, Moves, Row, Table};

/// The table of the lists.
pub(super) const LISTING: Table = Table {
    name: "case_listing",
    columns: &[
        ("case_id", Kind::Uuid),
        ("whose", Kind::Text),
        ("opened_position", Kind::Integer),
        ("stage", Kind::Text),
        ("status", Kind::Text),
        ("emergency", Kind::Boolean),
        ("forms", Kind::Text),
        ("earliest_due", Kind::Instant),
        ("due_day", Kind::Integer),
        // What words are looked for in, beside the rows of lists that are looked through for them.
        ("search_text", Kind::Text),
        ("people_text", Kind::Text),
    ],
    key: &["whose", "opened_position"],
    indexes: &[
        Index::new("by_case", "case_id, whose"),
        Index::only("by_due", "whose, earliest_due", "earliest_due IS NOT NULL"),
    ],
    moves: Moves::Whole,
    counts: Some(Counts {
        table: "case_count",
        by: &["whose", "due_day"],
    }),
};

/// The list of everybody.
const ALL: &str = "all";

/// Whether a unit has lists so long that they are kept by their filters, too.
pub(crate) fn is_wide(register: &Units, unit: &str) -> bool {
    let mut versions = register.versions(unit);
    versions.any(|unit| unit.level == Level::Province)
}

/// Whether a list is kept by its filters, too, and its rows without words beside them.
fn is_long(register: &Units, list: &str) -> bool {
    list == ALL || is_wide(register, list)
}

/// The civil day that an instant lies in; 24:00 belongs to the day that ends.
pub(crate) fn day(at: Instant) -> i64 {
    i64::from(day_of(at).num_days_from_ce())
}

fn day_of(at: Instant) -> NaiveDate {
    Instant::new(at.utc() - TimeDelta::microseconds(1)).date()
}

/// When the civil day began of which `at` is the last instant or in which it lies.
pub(crate) fn day_began(at: Instant) -> Instant {
    Instant::start_of(day_of(at))
}

/// The rows of a case. `texts`: what words are looked for in, without the people around the child and
/// with them.
pub(super) fn rows(folded: &Folded<'_>, texts: (&str, &str)) -> Vec<Row> {
    let state = folded.state;
    let all = folded.obligations.iter().zip(folded.counted);
    let open = all.filter(|(o, _)| o.is_open());
    let due = open.filter_map(|(o, counted)| counted.due(o)).min();
    let (stage, status) = (text(word_of(&state.stage)), text(word_of(&state.status)));
    let emergency = in_emergency(state);
    let forms = forms(folded);
    let mut lists = Vec::new();
    for list in std::iter::once(ALL).chain(folded.units.iter().map(String::as_str)) {
        let long = is_long(&state.units, list);
        if long {
            let by = [
                by_stage(list, &stage),
                by_status(list, &status),
                by_emergency(list, emergency),
            ];
            let by = by
                .into_iter()
                .chain(forms.iter().map(|form| by_form(list, form)));
            lists.extend(by.map(|list| (list, None)));
        }
        lists.push((list.to_owned(), Some(texts).filter(|_| !long)));
    }
    let spaced: String = forms.iter().map(|form| format!(" {form}")).collect();
    let row = |(whose, texts): (String, Option<(&str, &str)>)| {
        vec![
            folded.id.into(),
            whose.into(),
            opened(folded).into(),
            (&stage).into(),
            (&status).into(),
            emergency.into(),
            format!("{spaced} ").into(),
            due.into(),
            due.map_or(0, day).into(),
            texts.map(|(search, _)| search).into(),
            texts.map(|(_, people)| people).into(),
        ]
    };
    lists.into_iter().map(row).collect()
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => text.as_str().to_owned(),
        _ => String::new(),
    }
}

fn by_stage(list: &str, stage: &str) -> String {
    format!("{list} stage {stage}")
}

fn by_status(list: &str, status: &str) -> String {
    format!("{list} status {status}")
}

fn by_form(list: &str, form: &str) -> String {
    format!("{list} form {form}")
}

fn by_emergency(list: &str, emergency: bool) -> String {
    format!("{list} {}", if emergency { "emergency" } else { "calm" })
}

/// The lists that hold all that was asked for; each of several sets would do. `seen` is what they
/// leave open.
#[derive(Debug, Clone)]
pub(super) struct Lists<'a> {
    pub keys: Vec<String>,
    pub seen: Option<&'a [String]>,
    /// Which of the filters the list answers by itself.
    pub answered: Option<Answered>,
    /// Whether words stand beside the rows.
    pub worded: bool,
}

/// A filter that a long list is kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Stage,
    Status,
    Emergency,
    Form,
}

impl<'a> Lists<'a> {
    /// All sets of lists that would do, the one that leaves most open last.
    pub fn of(filter: &'a CaseFilter, register: &Units) -> Vec<Self> {
        let seen = match &filter.seen {
            Seen::All => None,
            Seen::Of(units) => Some(units.as_slice()),
        };
        let (keys, seen) = match (&filter.unit, seen) {
            (Some(unit), seen) => (
                lineage(register, unit).unwrap_or_else(|| vec![unit.clone()]),
                seen,
            ),
            (None, Some(units)) => (units.to_vec(), None),
            (None, None) => (vec![ALL.to_owned()], None),
        };
        let worded = !keys.iter().any(|key| is_long(register, key));
        let mut all = vec![Self {
            keys,
            seen,
            answered: None,
            worded,
        }];
        if let [key] = &all[0].keys[..]
            && !worded
        {
            let by = [
                (
                    Answered::Stage,
                    filter.stage.as_ref().map(|stage| by_stage(key, stage)),
                ),
                (
                    Answered::Status,
                    filter.status.as_ref().map(|status| by_status(key, status)),
                ),
                (
                    Answered::Form,
                    filter.form.as_ref().map(|form| by_form(key, form)),
                ),
                (
                    Answered::Emergency,
                    filter
                        .emergency
                        .map(|emergency| by_emergency(key, emergency)),
                ),
            ];
            let kept = by.into_iter().filter_map(|(answered, key)| {
                Some(Self {
                    keys: vec![key?],
                    seen,
                    answered: Some(answered),
                    worded,
                })
            });
            all = kept.chain(all.clone()).collect();
        }
        all
    }

    /// Whether a case may stand in several of them.
    pub fn overlap(&self) -> bool {
        self.keys.len() > 1
    }
}
