//! `case_status`: one row for each case, as it is now, and what it can be found by.

mod list_name;
mod listing;
mod query;
mod same_child;
mod search;
mod traits;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::case::{Case, CaseState, Event, Part, Recorded, Status, as_read};
use domain::identity::{Birth, Role};
use domain::permit::{Viewer, party};
use domain::text::fold_name;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::case::Folded;
use crate::model::{About, Model};
use crate::recorded::CASE;
use crate::table::{Cell, Index, Kind, Moves, Row, Table};

use search::PEOPLE;

pub use list_name::list_name;
pub(crate) use listing::{day, day_began, is_wide};
pub use same_child::{Candidate, ChildQuery};
pub use search::{CaseFilter, CaseRow, Seen};
pub(crate) use search::{lineage, with_words, words_of};
pub use traits::anything_alike;

/// The read model.
pub(crate) struct CaseStatus;

const TABLES: &[Table] = &[
    Table {
        name: "case_status",
        columns: &[
            ("case_id", Kind::Uuid),
            ("opened_position", Kind::Integer),
            ("number", Kind::Text),
            ("child_name", Kind::Text),
            ("list_name", Kind::Text),
            ("search_text", Kind::Text),
            ("people_text", Kind::Text),
            ("name_folded", Kind::Text),
            ("sex", Kind::Text),
            ("birth_date", Kind::Date),
            ("birth_year", Kind::Integer),
            ("birth_estimated", Kind::Boolean),
            ("personal_id_hash", Kind::Text),
            ("residence_unit", Kind::Text),
            ("incident_unit", Kind::Text),
            ("holder_unit", Kind::Text),
            ("responsible_unit", Kind::Text),
            ("responsible_since", Kind::Date),
            ("status", Kind::Text),
            ("stage", Kind::Text),
            ("cycle", Kind::Integer),
            ("emergency", Kind::Boolean),
            ("danger", Kind::Boolean),
            ("harm_forms", Kind::Json),
            ("closing_reason", Kind::Text),
            ("received_at", Kind::Instant),
            ("recorded_at", Kind::Instant),
            ("version", Kind::Integer),
            ("position", Kind::Integer),
            ("open_obligations", Kind::Integer),
            ("next_act_by", Kind::Instant),
            ("earliest_due", Kind::Instant),
        ],
        key: &["case_id"],
        indexes: &[Index::new("in_order", "opened_position")],
        moves: Moves::Whole,
        counts: None,
    },
    Table {
        name: "case_status_term",
        columns: &[
            ("case_id", Kind::Uuid),
            ("opened_position", Kind::Integer),
            ("kind", Kind::Text),
            ("term", Kind::Text),
            // What else is looked for beside a word.
            ("text", Kind::Text),
        ],
        key: &["kind", "term", "opened_position"],
        indexes: &[Index::new("by_case", "case_id")],
        moves: Moves::Whole,
        counts: None,
    },
    listing::LISTING,
    same_child::TABLE,
];

const ABOUT: About = About {
    name: "case_status",
    of: CASE,
    version: 9,
    reads_from: 9,
    by_rules: true,
    tables: TABLES,
};

impl Model for CaseStatus {
    type Subject = Case;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, folded: &Folded<'_>) -> Vec<Vec<Row>> {
        let number = folded
            .case
            .history()
            .first()
            .map_or_else(String::new, case_number);
        let name_folded = folded.state.child.name.as_deref().map(fold_name);
        let search_text = search_text(name_folded.as_deref(), &number);
        let words = words(&search_text);
        let people_text = people_text(folded, &search_text);
        let people = self::words(&people_text);
        let texts = (search_text.as_str(), people_text.as_str());
        let status = status(folded, number, name_folded, texts);
        let mut terms = Vec::new();
        let mut add = |kind: &str, term: &str, text: Option<&str>| {
            terms.push(vec![
                folded.id.into(),
                opened(folded).into(),
                kind.into(),
                term.into(),
                text.into(),
            ]);
        };
        for unit in &folded.units {
            add("unit", unit, None);
        }
        for form in forms(folded) {
            add("form", form, None);
        }
        for word in words {
            add("word", word, Some(&search_text));
        }
        for word in people {
            add("word", &format!("{PEOPLE}{word}"), Some(&people_text));
        }
        vec![
            vec![status],
            terms,
            listing::rows(folded, texts),
            same_child::rows(folded),
        ]
    }
}

fn status(
    folded: &Folded<'_>,
    number: String,
    name_folded: Option<String>,
    (search_text, people_text): (&str, &str),
) -> Row {
    let state = folded.state;
    let child = &state.child;
    let last = folded.case.history().last();
    let all = || folded.obligations.iter().zip(folded.counted);
    let open = || all().filter(|(o, _)| o.is_open());
    let birth_date = match child.birth {
        Some(Birth::Date(date)) => Some(date.to_string()),
        _ => None,
    };
    let responsible = state.responsible_seat();
    vec![
        folded.id.into(),
        opened(folded).into(),
        number.into(),
        child.name.as_ref().into(),
        child.name.as_deref().map(list_name).into(),
        search_text.into(),
        people_text.into(),
        name_folded.into(),
        word_of(&child.sex),
        birth_date.into(),
        birth_year(folded).into(),
        matches!(child.birth, Some(Birth::EstimatedAge(_))).into(),
        child.personal_id.as_deref().map(personal_id_hash).into(),
        child.residence_unit.as_ref().into(),
        (&state.incident_unit).into(),
        (&state.holder_unit).into(),
        responsible.unit().to_owned().into(),
        responsible.since().to_string().into(),
        word_of(&state.status),
        word_of(&state.stage),
        state.cycle.into(),
        in_emergency(state).into(),
        danger(state).into(),
        json!(forms(folded)).into(),
        state
            .closure
            .as_ref()
            .map(|closure| word_of(&closure.reason))
            .into(),
        state.received_at.into(),
        last.map(|last| last.recorded_at).into(),
        state.version.into(),
        last.map(|last| last.position).into(),
        open().count().into(),
        open()
            .filter_map(|(o, counted)| counted.act_by(o))
            .min()
            .into(),
        open()
            .filter_map(|(o, counted)| counted.due(o))
            .min()
            .into(),
    ]
}

/// A value of a list by its stable name.
fn word_of(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.into(),
        _ => Cell::Null,
    }
}

/// What somebody who was only told of a case knows of it: its lists say no more to them.
pub(crate) struct Told {
    pub emergency: bool,
    pub danger: bool,
    /// The year and the position of the first event that they see.
    pub number: (i32, i64),
    /// What they find it by.
    pub words: String,
}

/// What the officers of `role` in `unit` know of the case, where they were only told of it.
pub(crate) fn told(folded: &Folded<'_>, role: Role, unit: &str) -> Option<Told> {
    if !matches!(folded.state.part(role, unit), Part::Told) {
        return None;
    }
    let read = as_read(
        folded.case,
        Viewer {
            role,
            unit,
            units: &folded.state.units,
        },
    )?;
    let (state, first) = (read.state()?, read.history().first()?);
    let name = state.child.name.as_deref().map(fold_name);
    Some(Told {
        emergency: in_emergency(state),
        danger: danger(state),
        number: (year_of_number(first), first.position),
        words: search_text(name.as_deref(), &case_number(first)),
    })
}

/// The position of the first event.
pub(crate) fn opened(folded: &Folded<'_>) -> i64 {
    folded
        .case
        .history()
        .first()
        .map_or(0, |first| first.position)
}

/// The number that people call a case by, from its first event as it was recorded: the year of its
/// first receipt and the position of that event. It never changes, even when the instant of receipt
/// is corrected.
#[must_use]
pub fn case_number(first: &Recorded) -> String {
    format!("{}-{:06}", year_of_number(first), first.position)
}

/// The year that a case number begins with.
pub(crate) fn year_of_number(first: &Recorded) -> i32 {
    let received = match &first.event {
        Event::ReportReceived(report) => report.facts.received_at,
        _ => first.occurred_at,
    };
    received.date().year()
}

/// SHA-256 of a personal number, in hexadecimal. Twelve digits can be guessed: when personal data is
/// encrypted, a keyed hash takes its place.
pub(crate) fn personal_id_hash(number: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(number.as_bytes()) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The year of birth as the child is known now; an estimated age counts from the last report.
fn birth_year(folded: &Folded<'_>) -> Option<i32> {
    let child = &folded.state.child;
    let reported: Option<NaiveDate> = folded
        .state
        .reports
        .last()
        .map(|report| report.received_at.date());
    match (child.birth, reported) {
        (Some(birth), Some(day)) => Some(birth.year(day)),
        _ => child.birth_year,
    }
}

/// Whether a report of this round says that there is danger now, and nobody has assessed it yet.
pub(crate) fn danger(state: &CaseState) -> bool {
    let mut reports = state.reports.iter();
    state.awaits_assessment
        && reports.any(|report| report.cycle == state.cycle && report.danger_now)
}

/// Whether an open case is an emergency: as its assessment found, or while it waits for one, as it was
/// reported. Lists and pages say so by this alone.
#[must_use]
pub fn in_emergency(state: &CaseState) -> bool {
    state.status == Status::Open && (state.emergency() || danger(state))
}

/// The forms of suspected harm, each once.
fn forms<'a>(folded: &'a Folded<'_>) -> BTreeSet<&'a str> {
    let reports = folded.state.reports.iter();
    reports
        .flat_map(|report| &report.suspected_harm)
        .map(|harm| harm.form.as_str())
        .collect()
}

/// The communes that the case concerns, and the units that they ever lay in: what a province may read
/// outlives the reforms of the units within it. Agencies stand there with their role, so that the
/// commune in which one is does not learn of the case by that.
pub(crate) fn units(state: &CaseState) -> BTreeSet<String> {
    let register = &state.units;
    let mut all = versions(state);
    for unit in state.communes() {
        all.insert(register.kept(unit).to_owned());
        all.extend(register.above(unit).into_iter().map(str::to_owned));
    }
    for (role, unit) in state.agencies() {
        all.insert(party(role, register.kept(unit)));
        all.extend(register.above(unit).into_iter().map(str::to_owned));
    }
    all
}

/// Begins the term for a unit in which it happened.
pub(crate) const PLACE: &str = "at:";

/// The ids of the units that answer or answered in the case, and with [`PLACE`] before them of those
/// in which it happened. A code alone would also find cases of another unit that had it.
fn versions(state: &CaseState) -> BTreeSet<String> {
    let register = &state.units;
    let mut all = BTreeSet::new();
    for report in &state.reports {
        let day = report.received_at.date();
        if let Some(place) = register.find(&report.incident_unit, day) {
            all.insert(place.id.clone());
            all.insert(format!("{PLACE}{}", place.id));
        }
        let receipt = register.find(&report.place_of_receipt.unit, day);
        all.extend(receipt.map(|unit| unit.id.clone()));
    }
    let seats = state.seats().filter_map(|seat| seat.version(register));
    all.extend(seats.map(|unit| unit.id.clone()));
    let passed = state.passings.iter().map(|passing| &passing.from.id);
    all.extend(passed.cloned());
    all
}

/// What the search looks through: each word after a space. The number can be found whole, by its
/// six digits, or without their zeros.
fn search_text(name_folded: Option<&str>, number: &str) -> String {
    let digits = number.split_once('-').map_or(number, |(_, digits)| digits);
    let bare = digits.trim_start_matches('0');
    format!(
        " {} {number} {digits} {bare}",
        name_folded.unwrap_or_default()
    )
}

/// The same, and the people around the child: former names, parents and carers, telephones.
fn people_text(folded: &Folded<'_>, search_text: &str) -> String {
    let traits = &folded.traits;
    let people = traits
        .names
        .iter()
        .chain(&traits.carers)
        .chain(&traits.phones);
    people.fold(search_text.to_owned(), |text, one| text + " " + one)
}

fn words(search_text: &str) -> BTreeSet<&str> {
    search_text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use domain::unit::Units;

    #[test]
    fn a_case_is_found_by_every_unit_that_its_own_ever_lay_in() {
        for province in ["44", "45", "01", "79"] {
            for code in Units::shipped().codes_within(province) {
                let found = Units::shipped().above(&code);
                assert!(code == province || found.contains(province), "{code}");
                let ever = |above: &&str| Units::shipped().ever_within(&code, above);
                assert!(found.iter().all(ever), "{code}: {found:?}");
            }
        }
    }
}
