//! What every question of one form shares on a page: values, faults, words.

use super::Values;
use super::field::{Field, Kind};
use super::name::id;
use super::sections::Form;
use super::words::Choice;
use crate::language::Language;
use crate::units::Units;

/// What every field of one form needs.
pub(super) struct Context<'a> {
    pub language: Language,
    pub values: &'a Values,
    pub units: &'a Units,
    /// Id of a field and what is wrong with it.
    pub faults: Vec<(&'a str, &'a str)>,
}

impl Context<'_> {
    pub(super) fn common(&self, field: &Field, name: String) -> Common {
        let id = id(&name);
        let hint = field
            .hint
            .as_ref()
            .map(|hint| hint.text(self.language))
            .unwrap_or_default();
        let errors = self.errors(&id);
        let mut described = Vec::new();
        if !hint.is_empty() {
            described.push(format!("{id}-hint"));
        }
        if !errors.is_empty() {
            described.push(format!("{id}-error"));
        }
        let free =
            !field.required && field.unknown.is_none() && !matches!(field.kind, Kind::Checkbox);
        Common {
            label: field.label.text(self.language),
            hint,
            errors,
            optional: match &field.condition {
                Some(condition) => condition.text(self.language),
                None if free => self.language.text("form-optional"),
                None => String::new(),
            },
            unknown: field.unknown.is_some().then(|| {
                let ticked = self.values.first(&format!("{name}.unknown")) == "1";
                let words = field.unknown_words.as_ref();
                let words = words.map(|words| words.text(self.language));
                let words = words.unwrap_or_else(|| self.language.text("form-unknown"));
                (words, ticked)
            }),
            described: described.join(" "),
            id,
            name,
        }
    }

    pub(super) fn errors(&self, id: &str) -> Vec<String> {
        self.faults
            .iter()
            .filter(|(at, _)| *at == id)
            .map(|(_, text)| (*text).to_owned())
            .collect()
    }

    pub(super) fn has_fault(&self, id: &str) -> bool {
        self.faults.iter().any(|(at, _)| *at == id)
    }

    pub(super) fn options(&self, choices: &[Choice], name: &str) -> Vec<Answer> {
        let base = id(name);
        let option = |(number, choice): (usize, &Choice)| Answer {
            // The first has the id of the field: that is where a link to the field leads.
            id: if number == 0 {
                base.clone()
            } else {
                format!("{base}-{}", number + 1)
            },
            value: choice.value.to_string(),
            label: choice.label.text(self.language),
            hint: choice
                .hint
                .as_ref()
                .map(|hint| hint.text(self.language))
                .unwrap_or_default(),
            chosen: choice.possible && self.values.all(name).any(|value| value == choice.value),
            possible: choice.possible,
        };
        choices.iter().enumerate().map(option).collect()
    }

    pub(super) fn date_parts(&self, c: &Common, id: String) -> DateParts {
        let part = |part: &str| self.values.first(&format!("{}.{part}", c.name)).to_owned();
        DateParts {
            id,
            name: c.name.clone(),
            labels: ["form-day", "form-month", "form-year"].map(|key| self.language.text(key)),
            values: [part("day"), part("month"), part("year")],
            error: !c.errors.is_empty(),
        }
    }

    /// Whether something was typed into `field`, or something in it is wrong.
    pub(super) fn is_touched(&self, field: &Field) -> bool {
        let id = id(field.path);
        let wrong = self.faults.iter().any(|(at, _)| {
            at.strip_prefix(&id)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
        let own = |name: &str| {
            name.strip_prefix(field.path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let shown = !matches!(field.kind, Kind::Hidden | Kind::RowId);
        wrong
            || shown
                && self.values.pairs().any(|(name, value)| {
                    own(name) && !value.is_empty() && !name.ends_with(".count")
                })
    }

    /// The units to offer, if the form asks for one.
    pub(super) fn unit_labels(&self, form: &Form, near: &str) -> Vec<String> {
        fn asks(field: &Field) -> bool {
            match &field.kind {
                Kind::Unit => true,
                Kind::Group(group) => group.fields.iter().any(asks),
                _ => false,
            }
        }
        if form.fields().any(asks) {
            self.units
                .near(near)
                .map(crate::units::Unit::label)
                .collect()
        } else {
            Vec::new()
        }
    }
}

/// What all kinds have in common.
pub(super) struct Common {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) errors: Vec<String>,
    /// Said beside the question when no answer is asked for, or only sometimes.
    pub(super) optional: String,
    /// Label of the box "not known yet", and whether it is ticked.
    pub(super) unknown: Option<(String, bool)>,
    /// Ids of hint and error, for `aria-describedby`.
    pub(super) described: String,
}

pub(super) struct Answer {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) chosen: bool,
    pub(super) possible: bool,
}

pub(super) struct DateParts {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) labels: [String; 3],
    pub(super) values: [String; 3],
    pub(super) error: bool,
}
