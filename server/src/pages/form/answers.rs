//! What was typed, read back: each question that was answered, with its answer in words.

use super::Values;
use super::field::{Field, Kind};
use super::name::{join, row};
use super::read::UNKNOWN;
use super::rows::count;
use super::sections::Form;
use super::words::Choice;
use crate::language::Language;
use crate::units::{Found, Units};

/// Questions and answers in the order of the form; what stayed empty is left out.
#[must_use]
pub fn answers(
    form: &Form,
    values: &Values,
    language: Language,
    units: &Units,
) -> Vec<(String, String)> {
    let mut reader = Reader {
        values,
        language,
        units,
        all: Vec::new(),
    };
    for field in form.fields() {
        reader.field(field, "", "");
    }
    reader.all
}

struct Reader<'a> {
    values: &'a Values,
    language: Language,
    units: &'a Units,
    all: Vec<(String, String)>,
}

impl Reader<'_> {
    fn field(&mut self, field: &Field, prefix: &str, around: &str) {
        let name = join(prefix, field.path);
        let label = format!("{around}{}", field.label.text(self.language));
        match &field.kind {
            Kind::Levels(table) => {
                for (index, indicator) in table.indicators.iter().enumerate() {
                    let row = row(&name, index);
                    let level = self.values.first(&join(&row, "level"));
                    let note = self.values.first(&join(&row, "note")).trim();
                    let level = if level.is_empty() {
                        String::new()
                    } else {
                        self.language.text(&format!("level-{level}"))
                    };
                    let said = [level.as_str(), note].map(str::to_owned);
                    let said: Vec<_> = said.into_iter().filter(|s| !s.is_empty()).collect();
                    self.add(indicator.label.text(self.language), said.join(" – "));
                }
            }
            Kind::Group(group) => {
                for index in 0..count(group, &name, self.values) {
                    let number = i64::try_from(index + 1).unwrap_or_default();
                    let title = self
                        .language
                        .text_with(group.row_title, &[("number", number.into())]);
                    for inner in &group.fields {
                        self.field(inner, &row(&name, index), &format!("{title} – "));
                    }
                }
            }
            Kind::Hidden | Kind::RowId => {}
            _ => {
                let answer = self.answer(field, &name);
                self.add(label, answer);
            }
        }
    }

    fn answer(&self, field: &Field, name: &str) -> String {
        let value = self.values.first(name).trim();
        let unknown = self.values.first(&format!("{name}.unknown")) == "1" || value == UNKNOWN;
        if unknown {
            let words = field.unknown_words.as_ref();
            let words = words.map(|words| words.text(self.language));
            return words.unwrap_or_else(|| self.language.text("form-unknown"));
        }
        match &field.kind {
            Kind::Radios(choices) | Kind::Select(choices) => self.choice(choices, value),
            Kind::Checkboxes { choices, .. } => {
                let ticked = self.values.all(name).filter(|value| !value.is_empty());
                let words: Vec<_> = ticked.map(|value| self.choice(choices, value)).collect();
                words.join("\n")
            }
            Kind::Checkbox if value == "1" => self.language.text("form-ticked"),
            Kind::Checkbox => String::new(),
            Kind::Unit => match self.units.find(value) {
                Found::One(unit) => unit.label(),
                _ => value.to_owned(),
            },
            Kind::Date | Kind::Moment => self.date(name),
            Kind::Instant { now } => {
                let other = self.values.first(&format!("{name}.choice")) == "other";
                if *now && !other {
                    let shown = self.values.first(&format!("{name}.now"));
                    let at = shown.parse::<chrono::DateTime<chrono::Utc>>();
                    at.map(crate::pages::words::instant).unwrap_or_default()
                } else {
                    self.date(name)
                }
            }
            _ => value.to_owned(),
        }
    }

    fn date(&self, name: &str) -> String {
        let part = |part: &str| {
            self.values
                .first(&format!("{name}.{part}"))
                .trim()
                .to_owned()
        };
        let date: Vec<String> = ["day", "month", "year"]
            .into_iter()
            .map(part)
            .filter(|part| !part.is_empty())
            .collect();
        format!("{} {}", date.join("/"), part("time"))
            .trim()
            .to_owned()
    }

    fn choice(&self, choices: &[Choice], value: &str) -> String {
        let found = choices.iter().find(|choice| choice.value == value);
        found.map_or_else(
            || value.to_owned(),
            |choice| choice.label.text(self.language),
        )
    }

    fn add(&mut self, label: String, answer: String) {
        if !answer.is_empty() {
            self.all.push((label, answer));
        }
    }
}
