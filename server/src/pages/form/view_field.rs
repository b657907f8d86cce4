//! One question as a page shows it.

use askama::Template;

use super::field::{Field, Group, Kind, LevelTable};
use super::name::{id, join, row};
use super::read::{LEVELS, UNKNOWN};
use super::rows;
use super::view_context::{Answer, Common, Context, DateParts};
use crate::pages::words;
use crate::units::Found;

#[derive(Template)]
#[template(path = "form/text.html")]
struct TextField {
    c: Common,
    value: String,
    max: usize,
    suffix: String,
    /// Id of the list to choose from; empty where there is none.
    list: String,
    numeric: bool,
    width: &'static str,
}

#[derive(Template)]
#[template(path = "form/long_text.html")]
struct LongTextField {
    c: Common,
    value: String,
    max: usize,
}

#[derive(Template)]
#[template(path = "form/choices.html")]
struct ChoicesField {
    c: Common,
    kind: &'static str,
    options: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "form/select.html")]
struct SelectField {
    c: Common,
    options: Vec<Answer>,
    /// Words of the empty answer.
    none: String,
}

#[derive(Template)]
#[template(path = "form/checkbox.html")]
struct CheckboxField {
    c: Common,
    checked: bool,
}

#[derive(Template)]
#[template(path = "form/date.html")]
struct DateField {
    c: Common,
    parts: DateParts,
}

#[derive(Template)]
#[template(path = "form/instant.html")]
struct InstantField {
    c: Common,
    /// Value and words of "now", where it is offered.
    now: Option<(String, String)>,
    now_chosen: bool,
    other_label: String,
    parts: DateParts,
    time: String,
    time_label: String,
    time_hint: String,
}

#[derive(Template)]
#[template(path = "form/moment.html")]
struct MomentField {
    c: Common,
    parts: DateParts,
    time: String,
    time_label: String,
    time_hint: String,
}

#[derive(Template)]
#[template(path = "form/unit.html")]
struct UnitField {
    c: Common,
    value: String,
    several: String,
    options: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "form/levels.html")]
struct LevelsField {
    c: Common,
    direction: String,
    note_label: String,
    rows: Vec<LevelRow>,
}

struct LevelRow {
    id: String,
    name: String,
    label: String,
    /// Whether each level has its own words.
    worded: bool,
    options: Vec<Answer>,
    note: String,
    errors: Vec<String>,
    note_errors: Vec<String>,
}

#[derive(Template)]
#[template(path = "form/group.html")]
struct GroupField {
    c: Common,
    count: usize,
    rows: Vec<GroupRow>,
    add: Option<String>,
    remove: Option<String>,
}

struct GroupRow {
    title: String,
    fields: Vec<String>,
}

/// The HTML of one field of a form, or of a row of it.
pub(super) fn field(context: &Context<'_>, field: &Field, prefix: &str) -> String {
    let name = join(prefix, field.path);
    let value = context.values.first(&name).to_owned();
    let html = match &field.kind {
        Kind::Text | Kind::Number { .. } => text(context, field, name, value).render(),
        Kind::LongText | Kind::Lines => LongTextField {
            c: context.common(field, name),
            value,
            max: field.max,
        }
        .render(),
        Kind::Radios(choices) => {
            let mut options = context.options(choices, &name);
            let mut c = context.common(field, name);
            // Among radio buttons "not known yet" is one of them.
            if let Some((label, _)) = c.unknown.take() {
                options.push(Answer {
                    id: format!("{}-unknown", c.id),
                    chosen: value == UNKNOWN,
                    value: UNKNOWN.to_owned(),
                    label,
                    hint: String::new(),
                    possible: true,
                });
            }
            ChoicesField {
                c,
                kind: "radio",
                options,
            }
            .render()
        }
        Kind::Select(choices) => SelectField {
            options: context.options(choices, &name),
            none: context.language.text("form-select-none"),
            c: context.common(field, name),
        }
        .render(),
        Kind::Checkboxes { choices, .. } => {
            let options = context.options(choices, &name);
            ChoicesField {
                c: context.common(field, name),
                kind: "checkbox",
                options,
            }
            .render()
        }
        Kind::Checkbox => CheckboxField {
            c: context.common(field, name),
            checked: value == "1",
        }
        .render(),
        Kind::Date => {
            let c = context.common(field, name);
            DateField {
                parts: context.date_parts(&c, c.id.clone()),
                c,
            }
            .render()
        }
        Kind::Moment => MomentField {
            parts: {
                let c = context.common(field, name.clone());
                context.date_parts(&c, c.id.clone())
            },
            time: context.values.first(&format!("{name}.time")).to_owned(),
            time_label: context.language.text("form-time-if-known"),
            time_hint: context.language.text("form-time-hint"),
            c: context.common(field, name),
        }
        .render(),
        Kind::Instant { now } => instant(context, field, name, *now).render(),
        Kind::Unit => unit(context, field, name, value).render(),
        Kind::Levels(table) => levels(context, field, table, name).render(),
        Kind::Group(group) => rows_of(context, field, group, name).render(),
        Kind::Hidden | Kind::RowId => Ok(hidden(&name, &value)),
    };
    html.unwrap_or_else(|error| {
        tracing::error!(error = %error, "a field could not be rendered");
        String::new()
    })
}

fn hidden(name: &str, value: &str) -> String {
    #[derive(Template)]
    #[template(
        source = r#"<input type="hidden" name="{{ name }}" value="{{ value }}">"#,
        ext = "html"
    )]
    struct Hidden<'a> {
        name: &'a str,
        value: &'a str,
    }
    Hidden { name, value }.render().unwrap_or_default()
}

fn text(context: &Context<'_>, field: &Field, name: String, value: String) -> TextField {
    let (numeric, suffix) = match &field.kind {
        Kind::Number { unit, .. } => (true, unit.as_ref().map(|u| u.text(context.language))),
        _ => (false, None),
    };
    // The width of a field says how much is expected.
    let width = match (numeric, field.max) {
        (true, _) => "w-10",
        (false, ..=24) => "w-10",
        (false, ..=80) => "w-20",
        _ => "w-full",
    };
    TextField {
        c: context.common(field, name),
        value,
        // A number too long is told so; a text is stopped only well after its limit, so that a
        // pasted text is not cut silently.
        max: field.max * 4,
        suffix: suffix.unwrap_or_default(),
        list: if field.suggestions.is_empty() {
            String::new()
        } else {
            field.list()
        },
        numeric,
        width,
    }
}

fn instant(context: &Context<'_>, field: &Field, name: String, now: bool) -> InstantField {
    let part = |part: &str| context.values.first(&format!("{name}.{part}")).to_owned();
    let shown = part("now")
        .parse::<chrono::DateTime<chrono::Utc>>()
        .ok()
        .filter(|_| now);
    let now = shown.map(|shown| {
        let words = format!(
            "{}, {}",
            words::time(shown),
            words::date_with_weekday(context.language, words::local(shown).date_naive())
        );
        (
            part("now"),
            context
                .language
                .text_with("form-now", &[("time", words.into())]),
        )
    });
    let now_chosen = now.is_some() && part("choice") != "other";
    let time = part("time");
    let c = context.common(field, name);
    let day_id = if now.is_some() {
        format!("{}-day", c.id)
    } else {
        c.id.clone()
    };
    InstantField {
        now,
        now_chosen,
        other_label: context.language.text("form-other-time"),
        parts: context.date_parts(&c, day_id),
        time,
        time_label: context.language.text("form-time"),
        time_hint: context.language.text("form-time-hint"),
        c,
    }
}

fn unit(context: &Context<'_>, field: &Field, name: String, value: String) -> UnitField {
    let picked = context.values.first(&format!("{name}.pick")).to_owned();
    let base = id(&name);
    // Several fit: they are offered as choices, so that it works without a script.
    let options = match context.units.find(&value) {
        Found::Several(found) if context.has_fault(&base) => found
            .into_iter()
            .map(|unit| Answer {
                id: format!("{base}-{}", unit.code),
                value: unit.code.clone(),
                label: unit.label(),
                hint: String::new(),
                possible: true,
                chosen: unit.code == picked,
            })
            .collect(),
        Found::Several(_) if !picked.is_empty() => vec![Answer {
            id: format!("{base}-{picked}"),
            label: context.units.label(&picked),
            value: picked,
            hint: String::new(),
            possible: true,
            chosen: true,
        }],
        _ => Vec::new(),
    };
    // A code that the page filled in is shown as its name.
    let value = context
        .units
        .with_code(&value)
        .map_or(value, |unit| unit.label());
    let several = context.language.text("form-which-unit");
    UnitField {
        c: context.common(field, name),
        value,
        several,
        options,
    }
}

fn levels(context: &Context<'_>, field: &Field, table: &LevelTable, name: String) -> LevelsField {
    let rows = table
        .indicators
        .iter()
        .enumerate()
        .map(|(index, indicator)| {
            let name = row(&name, index);
            let level_name = join(&name, "level");
            let base = id(&level_name);
            let chosen = context.values.first(&level_name);
            let option = |(number, level): (usize, &str)| Answer {
                id: if number == 0 {
                    base.clone()
                } else {
                    format!("{base}-{}", number + 1)
                },
                value: level.to_owned(),
                label: context.language.text(&format!("level-{level}")),
                hint: indicator
                    .levels
                    .as_ref()
                    .map(|levels| levels[number].text(context.language))
                    .unwrap_or_default(),
                possible: true,
                chosen: level == chosen,
            };
            let note_name = join(&name, "note");
            LevelRow {
                label: indicator.label.text(context.language),
                worded: indicator.levels.is_some(),
                options: LEVELS.into_iter().enumerate().map(option).collect(),
                note: context.values.first(&note_name).to_owned(),
                errors: context.errors(&base),
                note_errors: context.errors(&id(&note_name)),
                id: id(&name),
                name,
            }
        });
    LevelsField {
        rows: rows.collect(),
        direction: table.direction.text(context.language),
        note_label: context.language.text("form-level-note"),
        c: context.common(field, name),
    }
}

fn rows_of(context: &Context<'_>, field: &Field, group: &Group, name: String) -> GroupField {
    let count = rows::count(group, &name, context.values);
    let rows = (0..count).map(|index| {
        let number = i64::try_from(index + 1).unwrap_or_default();
        let fields = group
            .fields
            .iter()
            .map(|inner| self::field(context, inner, &row(&name, index)));
        GroupRow {
            title: context
                .language
                .text_with(group.row_title, &[("number", number.into())]),
            fields: fields.collect(),
        }
    });
    GroupField {
        count,
        rows: rows.collect(),
        add: (count < group.most).then(|| context.language.text(group.add)),
        remove: (count > group.least).then(|| context.language.text("form-remove-row")),
        c: context.common(field, name),
    }
}
