//! One question of a form, and how it is asked.

use serde_json::Value;

use super::words::{Caption, Choice, Indicator};

/// What the command holds when a person does not know.
#[derive(Debug, Clone, PartialEq)]
pub enum Unknown {
    /// The value is left out.
    LeftOut,
    /// This value.
    Is(Value),
}

/// One question.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where the answer goes in the command.
    pub path: &'static str,
    /// How it is asked.
    pub kind: Kind,
    /// The question.
    pub label: Caption,
    /// A sentence under it.
    pub hint: Option<Caption>,
    /// Whether it must be answered.
    pub required: bool,
    /// When it must be answered, where that depends on another answer.
    pub condition: Option<Caption>,
    /// Whether "not known yet" is an answer.
    pub unknown: Option<Unknown>,
    /// What that answer is called, where it is not simply "not known yet".
    pub unknown_words: Option<Caption>,
    /// Longest text, in characters.
    pub max: usize,
    /// Texts to choose from; any other may be typed.
    pub suggestions: Vec<String>,
}

/// How a question is asked.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// Several texts, one on each line: an array.
    Lines,
    /// One of up to seven choices.
    Radios(Vec<Choice>),
    /// One of many choices, in a list that opens.
    Select(Vec<Choice>),
    /// Yes when ticked: a boolean.
    Checkbox,
    /// Any of several choices: an array of values, or of objects with one member.
    Checkboxes {
        /// The choices.
        choices: Vec<Choice>,
        /// The member that holds the value, as in `[{"form": "violence"}]`.
        member: Option<&'static str>,
    },
    /// A civil date.
    Date,
    /// An instant; `now` offers the moment at which the form was shown.
    Instant {
        /// Whether "now" is offered.
        now: bool,
    },
    /// A civil date, with the time of day where it is known.
    Moment,
    /// A whole number with its least and greatest value.
    Number {
        /// Least value.
        least: i64,
        /// Greatest value.
        greatest: i64,
        /// What is counted, for example `đồng`.
        unit: Option<Caption>,
    },
    /// An administrative unit.
    Unit,
    /// A table of indicators, each with one of three levels and a note.
    Levels(LevelTable),
    /// Rows of the same fields.
    Group(Group),
    /// A value that the page knows; nobody types it.
    Hidden,
    /// The id of a row, given when the row is made.
    RowId,
}

/// Indicators that are each judged high, medium or low.
#[derive(Debug, Clone)]
pub struct LevelTable {
    /// Which way the scale runs, in a sentence above the table.
    pub direction: Caption,
    /// What is judged, in the order of the form in law.
    pub indicators: Vec<Indicator>,
}

/// Rows of the same fields.
#[derive(Debug, Clone)]
pub struct Group {
    /// The fields of a row; paths within the row.
    pub fields: Vec<Field>,
    /// Heading of a row; takes `$number`.
    pub row_title: &'static str,
    /// Text of the button that adds a row.
    pub add: &'static str,
    /// So many rows are there from the first.
    pub least: usize,
    /// No more rows than this.
    pub most: usize,
}

/// Longest text of one line, unless the field says otherwise.
const LINE: usize = 200;
/// Longest text of several lines, unless the field says otherwise.
const LONG: usize = 5000;

impl Field {
    fn of(path: &'static str, label: impl Into<Caption>, kind: Kind, max: usize) -> Self {
        let label = label.into();
        Self {
            path,
            kind,
            label,
            hint: None,
            required: true,
            condition: None,
            unknown: None,
            unknown_words: None,
            max,
            suggestions: Vec::new(),
        }
    }

    /// One line of text.
    #[must_use]
    pub fn text(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Text, LINE)
    }

    /// Several lines of text.
    #[must_use]
    pub fn long_text(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::LongText, LONG)
    }

    /// An array of texts, one on each line.
    #[must_use]
    pub fn lines(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Lines, LONG)
    }

    /// One of up to seven choices.
    #[must_use]
    pub fn radios(
        path: &'static str,
        label: impl Into<Caption>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self::of(
            path,
            label,
            Kind::Radios(choices.into_iter().collect()),
            LINE,
        )
    }

    /// One of more than seven choices.
    #[must_use]
    pub fn select(
        path: &'static str,
        label: impl Into<Caption>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self::of(
            path,
            label,
            Kind::Select(choices.into_iter().collect()),
            LINE,
        )
    }

    /// `true` or `false`: always an answer, so never required.
    #[must_use]
    pub fn checkbox(path: &'static str, label: impl Into<Caption>) -> Self {
        Self {
            required: false,
            ..Self::of(path, label, Kind::Checkbox, LINE)
        }
    }

    /// An array of the values ticked.
    #[must_use]
    pub fn checkboxes(
        path: &'static str,
        label: impl Into<Caption>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        let choices = choices.into_iter().collect();
        Self::of(
            path,
            label,
            Kind::Checkboxes {
                choices,
                member: None,
            },
            LINE,
        )
    }

    /// For [`Field::checkboxes`]: each value stands in an object under `member`.
    #[must_use]
    pub fn each_as(mut self, name: &'static str) -> Self {
        if let Kind::Checkboxes { member, .. } = &mut self.kind {
            *member = Some(name);
        }
        self
    }

    /// A civil date: day, month, year.
    #[must_use]
    pub fn date(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Date, LINE)
    }

    /// An instant; "now" is offered and chosen at first.
    #[must_use]
    pub fn instant(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Instant { now: true }, LINE)
    }

    /// An instant that is not now, for example a date to come.
    #[must_use]
    pub fn other_instant(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Instant { now: false }, LINE)
    }

    /// A civil date, or an instant where the time of day is known.
    #[must_use]
    pub fn moment(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Moment, LINE)
    }

    /// A whole number from `least` to `greatest`.
    #[must_use]
    pub fn number(
        path: &'static str,
        label: impl Into<Caption>,
        least: i64,
        greatest: i64,
    ) -> Self {
        Self::of(
            path,
            label,
            Kind::Number {
                least,
                greatest,
                unit: None,
            },
            24,
        )
    }

    /// An amount of money in đồng.
    #[must_use]
    pub fn money(path: &'static str, label: impl Into<Caption>) -> Self {
        let unit = Some(Caption::Key("form-dong"));
        Self::of(
            path,
            label,
            Kind::Number {
                least: 0,
                greatest: 1_000_000_000_000,
                unit,
            },
            24,
        )
    }

    /// An administrative unit: the command holds its code.
    #[must_use]
    pub fn unit(path: &'static str, label: impl Into<Caption>) -> Self {
        Self::of(path, label, Kind::Unit, LINE)
    }

    /// A table of indicators with three levels and a note each: an array of `{level, note}`.
    #[must_use]
    pub fn levels(
        path: &'static str,
        label: impl Into<Caption>,
        direction: impl Into<Caption>,
        indicators: impl IntoIterator<Item = impl Into<Indicator>>,
    ) -> Self {
        let table = LevelTable {
            direction: direction.into(),
            indicators: indicators.into_iter().map(Into::into).collect(),
        };
        Self::of(path, label, Kind::Levels(table), 1000)
    }

    /// Rows of the same fields: an array of objects.
    #[must_use]
    pub fn group(path: &'static str, label: impl Into<Caption>, group: Group) -> Self {
        Self::of(path, label, Kind::Group(group), LINE)
    }

    /// A value set by the page with [`super::Values::set`].
    #[must_use]
    pub fn hidden(path: &'static str) -> Self {
        Self {
            required: false,
            ..Self::of(path, "", Kind::Hidden, LINE)
        }
    }

    /// The id of a row in a group.
    #[must_use]
    pub fn row_id(path: &'static str) -> Self {
        Self::of(path, "", Kind::RowId, LINE)
    }

    /// Hands all its captions to `add`.
    pub(super) fn captions(&self, add: &mut impl FnMut(&Caption)) {
        add(&self.label);
        self.hint.iter().for_each(&mut *add);
        self.unknown_words.iter().for_each(&mut *add);
        self.condition.iter().for_each(&mut *add);
        match &self.kind {
            Kind::Radios(choices) | Kind::Select(choices) | Kind::Checkboxes { choices, .. } => {
                for choice in choices {
                    add(&choice.label);
                    choice.hint.iter().for_each(&mut *add);
                }
            }
            Kind::Number { unit, .. } => unit.iter().for_each(add),
            Kind::Levels(table) => {
                add(&table.direction);
                for indicator in &table.indicators {
                    add(&indicator.label);
                    indicator.levels.iter().flatten().for_each(&mut *add);
                }
            }
            Kind::Group(group) => {
                for field in &group.fields {
                    field.captions(add);
                }
            }
            _ => {}
        }
    }

    /// A sentence under the question.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Caption>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// It may stay empty, and is left out then.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// It may stay empty, unless another answer demands it: which, is said beside the question, where
    /// "optional" would not be true.
    #[must_use]
    pub fn only_when(mut self, condition: impl Into<Caption>) -> Self {
        self.condition = Some(condition.into());
        self.optional()
    }

    /// "Not known yet" is an answer; the value is left out then.
    #[must_use]
    pub fn unknown(mut self) -> Self {
        self.unknown = Some(Unknown::LeftOut);
        self
    }

    /// "Not known yet" is an answer, written as `value`.
    #[must_use]
    pub fn unknown_as(mut self, value: impl Into<Value>) -> Self {
        self.unknown = Some(Unknown::Is(value.into()));
        self
    }

    /// Calls the answer of [`Field::unknown`] by another name.
    #[must_use]
    pub fn unknown_words(mut self, words: impl Into<Caption>) -> Self {
        self.unknown_words = Some(words.into());
        self
    }

    /// For a line of text: what can be chosen from a list instead of typed.
    #[must_use]
    pub fn suggest(mut self, suggestions: impl IntoIterator<Item = String>) -> Self {
        self.suggestions = suggestions.into_iter().collect();
        self
    }

    /// Id of the list of its suggestions, the same for all rows of a group.
    pub(super) fn list(&self) -> String {
        format!("list-{}", self.path.replace('.', "-"))
    }

    /// The longest text, in characters.
    #[must_use]
    pub fn max(mut self, characters: usize) -> Self {
        self.max = characters;
        self
    }
}
