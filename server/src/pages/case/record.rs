//! What was recorded in an event, as labels and values: one way for all events, so that nothing that
//! was written down can be missing on a page.

use chrono::NaiveDate;
use domain::case::Procedure;
use domain::case::events::competence::{PassedFacts, PassedPersonal, UnitFacts};
use domain::case::events::contradiction::Against;
use domain::case::{Event, Split, payload};
use domain::time::Instant;
use domain::unit::Units;
use serde_json::{Map, Value};

use super::words::{self as case_words, code};
use crate::language::Language;
use crate::pages::components::{DataTable, RatingTable, Record, SummaryRow};
use crate::pages::words;

/// All that `event` says, in words. `day` is the day on which units had the names that are shown;
/// where they are something else `today`, that is said too.
#[must_use]
pub fn of(
    language: Language,
    units: &Units,
    event: &Event,
    day: NaiveDate,
    today: NaiveDate,
) -> Record {
    if let Event::CompetencePassed(passed) = event {
        return passing(language, units, passed);
    }
    let mut record = Record::default();
    let (facts, personal) = payload(event);
    let mut fields = merged(facts, personal.unwrap_or(Value::Null));
    let writer = Writer {
        language,
        units,
        event: event.event_type(),
        day,
        today,
    };
    for scale in ["harm", "protection"] {
        let levels = fields.remove(scale);
        let notes = fields.remove(&format!("{scale}_notes"));
        if let (Some(Value::Array(levels)), Some(Value::Array(notes))) = (levels, notes) {
            record.tables.push(writer.table(scale, &levels, &notes));
        }
    }
    // Where a separated child is stands on no paper that lies about (art. 32).
    if matches!(event, Event::SeparationOrdered(_))
        && let Some(address) = fields.remove("address")
    {
        let hidden = Map::from_iter([("address".to_owned(), address)]);
        writer.rows("", &hidden, &mut record.unprinted);
    }
    writer.rows("", &fields, &mut record.rows);
    record
}

/// From which unit to which competence passed, by which act, from when.
fn passing(
    language: Language,
    units: &Units,
    passed: &Split<PassedFacts, PassedPersonal>,
) -> Record {
    let facts = &passed.facts;
    let unit = |unit: &UnitFacts| match units.by_id(&unit.id) {
        Some(known) => format!("{} ({})", units.full_name(known), known.reference()),
        None => unit.reference().to_owned(),
    };
    let rows = [
        ("field-passed-from", unit(&facts.from)),
        ("field-passed-to", unit(&facts.to)),
        (
            "field-legal-act",
            passed.legal_act().unwrap_or_default().to_owned(),
        ),
        ("field-effective", words::date(facts.effective.0)),
    ];
    let row = |(key, value): (&str, String)| SummaryRow {
        label: language.text(key),
        value,
        act: None,
    };
    Record {
        rows: rows.into_iter().map(row).collect(),
        ..Record::default()
    }
}

/// The label of a value that a correction names, by its JSON pointer.
#[must_use]
pub fn label_at(language: Language, path: &str) -> String {
    let steps: Vec<&str> = path
        .split('/')
        .filter(|step| !step.is_empty() && step.parse::<usize>().is_err())
        .filter(|step| !matches!(*step, "facts" | "personal"))
        .collect();
    match steps.as_slice() {
        [] => path.to_owned(),
        [only] => label(language, "", only),
        [.., parent, last] => label(language, parent, last),
    }
}

/// A value that a correction names, in words.
#[must_use]
pub fn value_at(
    language: Language,
    units: &Units,
    event_type: &str,
    path: &str,
    value: &Value,
    day: NaiveDate,
) -> String {
    let writer = Writer {
        language,
        units,
        event: static_name(event_type),
        day,
        today: day,
    };
    let mut steps = path
        .rsplit('/')
        .filter(|step| step.parse::<usize>().is_err());
    let key = steps.next().unwrap_or_default();
    if value.is_null() {
        return language.text("value-none");
    }
    writer.value(key, value)
}

/// The name of a type of event as the domain knows it; empty where it does not.
fn static_name(event_type: &str) -> &'static str {
    let mut known = Event::TYPES.iter().map(|(name, _)| *name);
    known.find(|name| *name == event_type).unwrap_or_default()
}

/// Facts and personal part as one, as they were entered. Lists of words that stand in both parts
/// are put behind each other, lists of things beside each other.
fn merged(facts: Value, personal: Value) -> Map<String, Value> {
    let mut all = match facts {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    let Value::Object(personal) = personal else {
        return all;
    };
    for (key, value) in personal {
        let together = match (all.remove(&key), value) {
            (Some(Value::Object(a)), b @ Value::Object(_)) => {
                Value::Object(merged(Value::Object(a), b))
            }
            (Some(Value::Array(a)), Value::Array(b))
                if a.iter().chain(&b).any(Value::is_object) =>
            {
                let mut b = b.into_iter();
                let rows = a
                    .into_iter()
                    .map(|one| Value::Object(merged(one, b.next().unwrap_or(Value::Null))));
                Value::Array(rows.collect())
            }
            (Some(Value::Array(mut a)), Value::Array(b)) => {
                a.extend(b);
                Value::Array(a)
            }
            (_, other) => other,
        };
        all.insert(key, together);
    }
    all
}

fn label(language: Language, parent: &str, key: &str) -> String {
    let key = key.replace('_', "-");
    let parent = parent.replace('_', "-");
    language
        .find(&format!("field-{parent}-{key}"), &[])
        .or_else(|| language.find(&format!("field-{key}"), &[]))
        .unwrap_or_else(|| key.replace('-', " "))
}

struct Writer<'u> {
    language: Language,
    units: &'u Units,
    event: &'static str,
    day: NaiveDate,
    today: NaiveDate,
}

impl Writer<'_> {
    /// In what a value stands: the things that an event is about have names of their own.
    fn within<'a>(&self, parent: &'a str) -> &'a str {
        match (self.event, parent) {
            ("DocumentAttached", "") => "document",
            _ => parent,
        }
    }

    fn rows(&self, parent: &str, fields: &Map<String, Value>, rows: &mut Vec<SummaryRow>) {
        let mut keys: Vec<&String> = fields.keys().collect();
        keys.sort_by_key(|key| place(key));
        for key in keys {
            let Some(value) = fields.get(key) else {
                continue;
            };
            if matches!(
                key.as_str(),
                "id" | "item_id"
                    | "referral_id"
                    | "exam_id"
                    | "placement_id"
                    | "event_id"
                    | "report"
                    | "other_case"
                    | "part"
                    | "path"
                    | "sha256"
            ) || is_nothing(value)
            {
                continue;
            }
            match value {
                Value::Object(inner) if key == "birth" => self.rows(parent, inner, rows),
                Value::Object(inner) => self.rows(key, inner, rows),
                value => rows.push(SummaryRow {
                    label: label(self.language, self.within(parent), key),
                    value: self.value(key, value),
                    act: None,
                }),
            }
        }
    }

    fn value(&self, key: &str, value: &Value) -> String {
        let language = self.language;
        match value {
            Value::Null => String::new(),
            Value::Bool(true) => language.text("yes"),
            Value::Bool(false) => language.text("no"),
            Value::Number(number) => match (key, number.as_u64()) {
                ("cost", Some(dong)) => case_words::money(language, dong),
                ("size", Some(bytes)) => size(bytes),
                _ => number.to_string(),
            },
            Value::String(text) => self.text(key, text),
            Value::Array(values) if values.iter().any(Value::is_object) => values
                .iter()
                .map(|one| self.line(key, one))
                .collect::<Vec<_>>()
                .join("\n"),
            Value::Array(values) => values
                .iter()
                .map(|one| self.value(key, one))
                .collect::<Vec<_>>()
                .join("; "),
            Value::Object(_) => self.line(key, value),
        }
    }

    /// A thing of several values on one line.
    fn line(&self, parent: &str, value: &Value) -> String {
        let Value::Object(fields) = value else {
            return self.value(parent, value);
        };
        let mut rows = Vec::new();
        self.rows(parent, fields, &mut rows);
        rows.into_iter()
            .map(|row| row.value)
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn text(&self, key: &str, text: &str) -> String {
        let language = self.language;
        let known = |list: &str| {
            let key = format!("{list}-{}", text.replace(['.', '_'], "-"));
            language.find(&key, &[]).unwrap_or_else(|| text.to_owned())
        };
        match key {
            "unit" | "to_unit" | "from_unit" | "carer_unit" | "residence_unit" => {
                case_words::unit_then(language, self.units, text, self.day, self.today)
            }
            "form" => code(language, "harm", text),
            "subtype" => code(language, "harm-subtype", text),
            "category" => code(language, "harm-category", text),
            "kind" => known("receipt"),
            "measures" if self.event == "EmergencyMeasureApplied" => known("emergency"),
            "measures" | "measure" => known("measure"),
            "agencies" | "to_kind" => known("agency"),
            "reason" if self.event == "CaseClosed" => code(language, "closing", text),
            "reason" if self.event == "CaseReopened" => known("reopened"),
            "decision" if self.event == "CrimeReportDecided" => known("crime-decision"),
            "request" | "decision" => known("court"),
            "ground" if self.event == "ForensicGroundsRecorded" => known("forensic-ground"),
            "ground" if self.event == "CrimeReportProlonged" => known("prolong-ground"),
            "ground" if self.event == "PlacementEnded" => known("placement-end"),
            "body" => known("forensic-body"),
            "parental_consent" => known("placement-consent"),
            "exam" | "carer_kind" => known(&key.replace('_', "-")),
            "level" if self.event == "AdmittedToFacility" => known("facility-level"),
            "channel" | "relation" | "outcome" | "ground" | "placement" => known(key),
            "step" => step(language, text),
            "against" => against(language, text),
            "grave" | "carer_is_harmer" | "separation_needed" if text == "unknown" => {
                language.text("act-not-known")
            }
            "sex" => code(language, "child-sex", text),
            "role" => known("role"),
            "level" => known("level"),
            _ => moment(text).unwrap_or_else(|| text.to_owned()),
        }
    }

    fn table(&self, scale: &str, levels: &[Value], notes: &[Value]) -> RatingTable {
        let language = self.language;
        let which = match self.event {
            "InitialAssessmentRecorded" => "initial",
            "PlanReviewed" => "review",
            _ => "detailed",
        };
        let rows = levels
            .iter()
            .zip(notes)
            .enumerate()
            .map(|(index, (level, note))| {
                vec![
                    language.text(&format!("rated-{which}-{scale}-{}", index + 1)),
                    code(language, "level", level.as_str().unwrap_or_default()),
                    note.as_str().unwrap_or_default().to_owned(),
                ]
            });
        RatingTable {
            direction: language.text(&format!("rated-{scale}-direction")),
            table: DataTable {
                caption: language.text(&format!("rated-{scale}")),
                headings: ["rated-indicator", "rated-level", "rated-note"]
                    .map(|key| language.text(key))
                    .to_vec(),
                rows: rows.collect(),
            },
        }
    }
}

/// The name of a step of the procedure.
fn step(language: Language, id: &str) -> String {
    let procedure = Procedure::shipped();
    let step = procedure.step(id);
    step.map_or_else(
        || id.to_owned(),
        |step| case_words::say(language, &step.name),
    )
}

/// What speaks against something, in words.
fn against(language: Language, code: &str) -> String {
    let known: Result<Against, _> = serde_json::from_value(Value::from(code));
    known.map_or_else(
        |_| code.to_owned(),
        |against| case_words::say(language, &against.title()),
    )
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.values().all(is_nothing),
        _ => false,
    }
}

/// What people look for first stands first; long texts come last.
fn place(key: &str) -> usize {
    const ORDER: &[&str] = &[
        "received_at",
        "applied_at",
        "visited_at",
        "outcome",
        "decision",
        "decision_number",
        "name",
        "birth",
        "date",
        "estimated_age",
        "birth_year",
        "sex",
        "form",
        "subtype",
        "category",
        "grave",
        "carer_is_harmer",
        "separation_needed",
        "no_longer_at_risk",
        "stable",
        "danger_now",
        "ground",
        "from",
        "until",
        "placement",
        "measures",
        "agencies",
        "channel",
        "place_of_receipt",
        "child",
        "incident",
        "suspected_harm",
        "suspected_harmer",
        "relation",
        "condition",
        "happened_at",
        "unit",
        "place",
        "description",
        "service",
        "measure",
        "responsible",
        "provider",
        "start",
        "end",
        "cost",
        "goals",
        "items",
        "participants",
        "minutes",
    ];
    ORDER
        .iter()
        .position(|known| *known == key)
        .unwrap_or(match key {
            "conclusion" | "note" | "findings" => ORDER.len() + 1,
            _ => ORDER.len(),
        })
}

/// An instant or a day in words, if the text is one.
fn moment(text: &str) -> Option<String> {
    if text.len() == 10 {
        let date: NaiveDate = text.parse().ok()?;
        return Some(words::date(date));
    }
    let instant = Instant::parse(text).ok()?;
    Some(words::instant(instant.utc()))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} kB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}
