//! From what was typed to the command, or to what is wrong with it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::build::put;
use super::fault::Fault;
use super::field::{Field, Group, Kind, LevelTable, Unknown};
use super::name::{join, pointer, row};
use super::sections::Form;
use super::words::Choice;
use super::{ACTION, COMMAND_ID, EXPECTED_VERSION, Values, number, read_time, rows};
use crate::language::Sentence;
use crate::units::{Found, Units};

/// The values of an indicator, worst of the harm scale first.
pub(super) const LEVELS: [&str; 3] = ["high", "medium", "low"];

/// The value of the radio button "not known yet".
pub(super) const UNKNOWN: &str = "_unknown";

/// A command as a person sent it.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The id given when the form was first shown.
    pub command_id: Uuid,
    /// The version of the case that the person saw; nothing for a new case.
    pub expected_version: Option<u64>,
    /// The command with its `type`.
    pub command: Value,
    /// The value of the button that was pressed; `submit` for the primary one.
    pub button: String,
}

/// A form that does not hold a command yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished {
    /// The command as far as it was answered.
    pub command: Value,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Form {
    /// Reads the command.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields, and the command as far as it goes.
    pub fn read(&self, values: &Values, units: &Units) -> Result<Submission, Unfinished> {
        let mut reader = Reader {
            values,
            units,
            command: json!({ "type": self.name }),
            faults: Vec::new(),
        };
        for field in self.fields() {
            reader.field(field, "");
        }
        let command_id = Uuid::parse_str(values.first(COMMAND_ID));
        let version = values.first(EXPECTED_VERSION);
        let expected_version = if version.is_empty() {
            Ok(None)
        } else {
            version.parse().map(Some)
        };
        match (command_id, expected_version) {
            (Ok(command_id), Ok(expected_version)) if reader.faults.is_empty() => Ok(Submission {
                command_id,
                expected_version,
                command: reader.command,
                button: values.get(ACTION).unwrap_or("submit").to_owned(),
            }),
            (Ok(_), Ok(_)) => Err(Unfinished {
                command: reader.command,
                faults: reader.faults,
            }),
            _ => {
                let old = Fault::new("", "form-old", Sentence::key("fault-form-old"));
                reader.faults.insert(0, old);
                Err(Unfinished {
                    command: reader.command,
                    faults: reader.faults,
                })
            }
        }
    }
}

struct Reader<'a> {
    values: &'a Values,
    units: &'a Units,
    command: Value,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn field(&mut self, field: &Field, prefix: &str) {
        let name = join(prefix, field.path);
        match &field.kind {
            Kind::Levels(table) => return self.levels(field, table, &name),
            Kind::Group(group) => return self.group(field, group, &name),
            _ => {}
        }
        let unknown = field.unknown.is_some()
            && (self.first(&name, "unknown") == "1" || self.values.first(&name) == UNKNOWN);
        match (self.answer(field, &name), unknown) {
            (Ok(None), true) => {
                if let Some(Unknown::Is(value)) = &field.unknown {
                    put(&mut self.command, &name, value.clone());
                }
            }
            (Ok(Some(_)) | Err(_), true) => {
                let key = match field.unknown_words {
                    Some(_) => "fault-said-and-answer",
                    None => "fault-unknown-and-answer",
                };
                self.fault(&name, "two-answers", key);
            }
            (Ok(Some(value)), false) => put(&mut self.command, &name, value),
            (Ok(None), false) if field.required || field.unknown.is_some() => {
                self.fault(&name, "missing", missing(field));
            }
            (Ok(None), false) => {}
            (Err(fault), false) => self.faults.push(fault),
        }
    }

    /// The answer to one question; nothing when there is none.
    fn answer(&self, field: &Field, name: &str) -> Result<Option<Value>, Fault> {
        match &field.kind {
            Kind::Text | Kind::LongText => self.text(field, name),
            Kind::Lines => self.lines(field, name),
            Kind::Radios(choices) | Kind::Select(choices) => self.choice(choices, name),
            Kind::Checkbox => Ok(Some(Value::Bool(self.values.first(name) == "1"))),
            Kind::Checkboxes { choices, member } => self.choices(choices, *member, name),
            Kind::Date => match read_time::date(self.values, name) {
                Ok(date) => Ok(date.map(|date| json!(date))),
                Err((code, key)) => Err(Fault::at(name, code, key)),
            },
            Kind::Instant { now } => match read_time::instant(self.values, name, *now) {
                Ok(instant) => Ok(instant.map(|instant| json!(instant))),
                Err((code, key)) => Err(Fault::at(name, code, key)),
            },
            Kind::Moment => match read_time::moment(self.values, name) {
                Ok(moment) => Ok(moment.map(Value::String)),
                Err((code, key)) => Err(Fault::at(name, code, key)),
            },
            Kind::Number {
                least, greatest, ..
            } => self.number(*least, *greatest, name),
            Kind::Unit => self.unit(name),
            Kind::Hidden | Kind::RowId => {
                let value = self.values.first(name);
                Ok((!value.is_empty()).then(|| value.into()))
            }
            Kind::Levels(_) | Kind::Group(_) => Ok(None),
        }
    }

    fn text(&self, field: &Field, name: &str) -> Result<Option<Value>, Fault> {
        let text = self.values.first(name).trim();
        check_length(text, field.max, name)?;
        Ok((!text.is_empty()).then(|| text.into()))
    }

    fn lines(&self, field: &Field, name: &str) -> Result<Option<Value>, Fault> {
        let text = self.values.first(name);
        check_length(text, field.max, name)?;
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        Ok((!lines.is_empty()).then(|| json!(lines)))
    }

    fn choice(&self, choices: &[Choice], name: &str) -> Result<Option<Value>, Fault> {
        let value = self.values.first(name);
        if value.is_empty() || value == UNKNOWN {
            return Ok(None);
        }
        if choices
            .iter()
            .any(|choice| choice.possible && choice.value == value)
        {
            Ok(Some(value.into()))
        } else {
            Err(Fault::at(name, "not-a-choice", "fault-not-a-choice"))
        }
    }

    fn choices(
        &self,
        choices: &[Choice],
        member: Option<&str>,
        name: &str,
    ) -> Result<Option<Value>, Fault> {
        let ticked: Vec<&str> = self
            .values
            .all(name)
            .filter(|value| !value.is_empty())
            .collect();
        if ticked
            .iter()
            .any(|value| choices.iter().all(|choice| choice.value != *value))
        {
            return Err(Fault::at(name, "not-a-choice", "fault-not-a-choice"));
        }
        if ticked.is_empty() {
            return Ok(None);
        }
        Ok(Some(match member {
            Some(member) => ticked
                .into_iter()
                .map(|value| json!({ member: value }))
                .collect(),
            None => json!(ticked),
        }))
    }

    fn number(&self, least: i64, greatest: i64, name: &str) -> Result<Option<Value>, Fault> {
        let text = self.values.first(name).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let Some(value) = number::parse(text) else {
            return Err(Fault::at(name, "not-a-number", "fault-not-a-number"));
        };
        if (least..=greatest).contains(&value) {
            return Ok(Some(value.into()));
        }
        let bounds = vec![
            ("least", least.to_string()),
            ("greatest", greatest.to_string()),
        ];
        let sentence = Sentence::Key("fault-number-range", bounds);
        Err(Fault::new(pointer(name), "out-of-range", sentence))
    }

    fn unit(&self, name: &str) -> Result<Option<Value>, Fault> {
        let typed = self.values.first(name).trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let picked = self.first(name, "pick");
        match self.units.find(typed) {
            Found::One(unit) => Ok(Some(unit.code.clone().into())),
            Found::Several(found) => match found.iter().find(|unit| unit.code == picked) {
                Some(unit) => Ok(Some(unit.code.clone().into())),
                None => Err(Fault::at(name, "several-units", "fault-several-units")),
            },
            Found::None => Err(Fault::at(name, "no-such-unit", "fault-no-such-unit")),
        }
    }

    fn levels(&mut self, field: &Field, table: &LevelTable, name: &str) {
        for index in 0..table.indicators.len() {
            let row = row(name, index);
            let (level_name, note_name) = (join(&row, "level"), join(&row, "note"));
            let level = self.values.first(&level_name);
            if LEVELS.contains(&level) {
                put(&mut self.command, &level_name, level.into());
            } else if field.required || !level.is_empty() {
                self.fault(&level_name, "missing", "fault-no-level");
            }
            let note = self.values.first(&note_name).trim();
            match check_length(note, field.max, &note_name) {
                Ok(()) if note.is_empty() => {}
                Ok(()) => put(&mut self.command, &note_name, note.into()),
                Err(fault) => self.faults.push(fault),
            }
        }
    }

    fn group(&mut self, field: &Field, group: &Group, name: &str) {
        let rows = rows::count(group, name, self.values);
        if rows == 0 {
            if field.required {
                self.fault(name, "missing", "fault-no-row");
            }
            return;
        }
        for index in 0..rows {
            for inner in &group.fields {
                self.field(inner, &row(name, index));
            }
        }
    }

    fn first(&self, name: &str, part: &str) -> &str {
        self.values.first(&format!("{name}.{part}"))
    }

    fn fault(&mut self, name: &str, code: &'static str, key: &'static str) {
        self.faults.push(Fault::at(name, code, key));
    }
}

fn check_length(text: &str, max: usize, name: &str) -> Result<(), Fault> {
    let length = text.chars().count();
    if length <= max {
        return Ok(());
    }
    let values = vec![
        ("max", max.to_string()),
        ("over", (length - max).to_string()),
    ];
    Err(Fault::new(
        pointer(name),
        "too-long",
        Sentence::Key("fault-too-long", values),
    ))
}

/// What to do about a missing answer; it depends on how the question is asked.
fn missing(field: &Field) -> &'static str {
    match (&field.kind, field.unknown.is_some()) {
        (Kind::Radios(_) | Kind::Select(_), _) => "fault-missing-choice",
        (Kind::Checkboxes { .. }, _) => "fault-missing-choices",
        (_, true) if field.unknown_words.is_some() => "fault-missing-or-said",
        (_, true) => "fault-missing-or-unknown",
        (Kind::Date | Kind::Moment | Kind::Instant { .. }, _) => "fault-missing-date",
        (Kind::Unit, _) => "fault-missing-unit",
        (Kind::Hidden | Kind::RowId, _) => "fault-form-old",
        _ => "fault-missing",
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
