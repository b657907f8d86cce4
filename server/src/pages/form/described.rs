//! A form held against the description of its command, for tests: it asks for nothing that the command does
//! not have, for everything that must be there, and calls nothing optional that is not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::field::{Field, Kind, Unknown};
use super::sections::Form;

/// What a form does beside asking for the fields of its command.
#[derive(Debug, Clone, Copy)]
pub struct Apart {
    /// Questions that are put together to a field of the command, or are none of it.
    pub own: &'static [&'static str],
    /// Fields that the program gives a value where the form asks for none, or gets no answer.
    pub filled: &'static [&'static str],
}

impl Apart {
    /// Nothing.
    pub const NOTHING: Self = Self {
        own: &[],
        filled: &[],
    };
}

/// What is wrong with `form`, one line each. `schema` describes its command.
pub fn misfits(form: &Form, schema: &Value, apart: Apart) -> BTreeSet<String> {
    let fields: Vec<&Field> = form.fields().collect();
    let mut found = BTreeSet::new();
    hold("", &fields, schema, apart, &mut found);
    found
}

fn hold(row: &str, fields: &[&Field], schema: &Value, apart: Apart, found: &mut BTreeSet<String>) {
    let filled = |path: &str| apart.filled.contains(&path);
    for field in fields
        .iter()
        .filter(|field| !apart.own.contains(&field.path))
    {
        let path = field.path;
        let at = at(schema, path);
        if at.is_empty() {
            found.insert(format!("{row}{path}: the command has no such field"));
            continue;
        }
        let left_out = matches!(field.unknown, Some(Unknown::LeftOut));
        let shown = !matches!(field.kind, Kind::Hidden | Kind::Checkbox | Kind::RowId);
        let may_be_empty = shown && (!field.required || left_out);
        if may_be_empty && is_required(schema, path) && !filled(path) {
            found.insert(format!(
                "{row}{path}: said to be optional, but must be there"
            ));
        }
        if let Some(why) = at
            .iter()
            .map(|at| unfit(field, at))
            .reduce(Option::and)
            .flatten()
        {
            found.insert(format!("{row}{path}: {why}"));
        }
        if let Kind::Group(group) = &field.kind {
            let fields: Vec<&Field> = group.fields.iter().collect();
            let row = format!("{row}{path}[].");
            for item in at.iter().filter_map(|at| at.get("items")) {
                hold(&row, &fields, item, apart, found);
            }
        }
    }
    let asked = |path: &str| {
        let within = format!("{path}.");
        let mut all = fields.iter().map(|field| field.path);
        all.any(|known| known == path || known.starts_with(&within))
    };
    let mut wanted = Vec::new();
    required(schema, "", &mut wanted);
    // What belongs to a thing that may be left out is wanted where anything of it is asked.
    for (thing, _) in fields
        .iter()
        .filter_map(|field| field.path.rsplit_once('.'))
    {
        for at in at(schema, thing)
            .into_iter()
            .filter(|at| !one_of_several(schema, thing, at))
        {
            required(at, &format!("{thing}."), &mut wanted);
        }
    }
    for path in wanted {
        if !asked(&path) && !filled(&path) {
            found.insert(format!(
                "{row}{path}: must be there, but is never asked for"
            ));
        }
    }
}

/// A schema with those among which it lets choose.
fn variants(schema: &Value) -> Vec<&Value> {
    let mut all = vec![schema];
    for several in ["anyOf", "oneOf"] {
        let several = schema.get(several).and_then(Value::as_array);
        all.extend(several.into_iter().flatten().flat_map(variants));
    }
    all
}

/// Whether there are several forms of the thing, of which this is one.
fn one_of_several(schema: &Value, thing: &str, form: &Value) -> bool {
    let objects = at(schema, thing)
        .into_iter()
        .filter(|at| at.get("properties").is_some());
    form.get("properties").is_some() && objects.count() > 1
}

/// Every schema of the value at `path`.
fn at<'a>(schema: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut all = variants(schema);
    for step in path.split('.') {
        let members = all
            .into_iter()
            .filter_map(|at| at.get("properties")?.get(step));
        all = members.flat_map(variants).collect();
    }
    all
}

/// Whether the command cannot be read without it.
fn is_required(schema: &Value, path: &str) -> bool {
    let mut all = Vec::new();
    required(schema, "", &mut all);
    all.iter().any(|known| known == path)
}

/// Every path that must be there.
fn required(schema: &Value, prefix: &str, all: &mut Vec<String>) {
    let names = schema.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    for name in names.filter(|name| *name != "type") {
        let within = &schema["properties"][name];
        match within.get("properties") {
            Some(_) => required(within, &format!("{prefix}{name}."), all),
            None => all.push(format!("{prefix}{name}")),
        }
    }
}

/// Why an answer would not be what the schema describes; none where it is.
fn unfit(field: &Field, schema: &Value) -> Option<String> {
    let is = |kind: &str| match &schema["type"] {
        Value::String(known) => known == kind,
        Value::Array(several) => several.iter().any(|known| known == kind),
        // Whatever it is.
        _ => schema.get("enum").is_none() && schema.get("anyOf").is_none(),
    };
    let says = |number: &str| schema.get(number).and_then(Value::as_u64);
    let expected = |kind: &str| (!is(kind)).then(|| format!("the command has no {kind} there"));
    match &field.kind {
        Kind::Text | Kind::LongText | Kind::Unit => expected("string").or_else(|| {
            let longest = says("maxLength")?;
            let longer = field.max as u64 > longest;
            longer.then(|| format!("takes {} characters of {longest}", field.max))
        }),
        Kind::Radios(choices) | Kind::Select(choices) => {
            let mut values = choices.iter().map(|choice| choice.value.as_ref());
            match schema.get("enum").and_then(Value::as_array) {
                _ if is("boolean") => {
                    let wrong = values.find(|value| !["yes", "no"].contains(value))?;
                    Some(format!("{wrong} is neither yes nor no"))
                }
                Some(known) => {
                    let answered = |value: &&str| {
                        known.iter().any(|known| known == value)
                            || known.contains(&Value::Bool(true)) && ["yes", "no"].contains(value)
                    };
                    let wrong = values.find(|value| !answered(value))?;
                    Some(format!("{wrong} is not in the list of the command"))
                }
                None => expected("string"),
            }
        }
        Kind::Checkbox => expected("boolean"),
        Kind::Lines => expected("array"),
        Kind::Checkboxes { choices, member } => expected("array").or_else(|| {
            let items = schema.get("items")?;
            let each = match member {
                Some(member) => items.get("properties")?.get(member)?,
                None => items,
            };
            let known = each.get("enum")?.as_array()?;
            let mut values = choices.iter().map(|choice| choice.value.as_ref());
            let wrong = values.find(|value| !known.iter().any(|known| known == value))?;
            Some(format!("{wrong} is not in the list of the command"))
        }),
        Kind::Levels(table) => expected("array").or_else(|| {
            let rows = says("minItems")?;
            let other = table.indicators.len() as u64 != rows;
            other.then(|| format!("{} rows of {rows}", table.indicators.len()))
        }),
        Kind::Group(group) => expected("array").or_else(|| {
            let most = says("maxItems")?;
            (group.most as u64 > most).then(|| format!("{} rows of {most}", group.most))
        }),
        Kind::Number {
            least, greatest, ..
        } => expected("integer").or_else(|| {
            let fits = |bound: &str, holds: fn(i128, i128) -> bool, own: i64| {
                let bound = schema.get(bound).and_then(Value::as_u64);
                bound.is_none_or(|bound| holds(own.into(), bound.into()))
            };
            let within = fits("minimum", |own, bound| own >= bound, *least)
                && fits("maximum", |own, bound| own <= bound, *greatest);
            (!within).then(|| format!("takes {least} to {greatest}"))
        }),
        Kind::Date | Kind::Instant { .. } | Kind::Moment => {
            let format = match &field.kind {
                Kind::Date => "date",
                _ => "date-time",
            };
            let known = schema.get("format").and_then(Value::as_str);
            let other = is("string") && known.is_some_and(|known| known == format);
            (!other && schema.get("type").is_some()).then(|| format!("no {format} there"))
        }
        Kind::Hidden | Kind::RowId => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sections::Section;
    use super::super::words::Choice;
    use super::*;

    fn schema() -> Value {
        json!({
            "properties": {
                "type": { "const": "dance" },
                "dance": { "type": "string", "enum": ["waltz"] },
                "steps": { "type": "integer", "minimum": 1 },
                "partner": { "anyOf": [
                    { "properties": { "name": { "type": "string", "maxLength": 9 } }, "required": ["name"] },
                    { "type": "null" },
                ]},
            },
            "required": ["type", "dance", "steps"],
        })
    }

    fn found(fields: impl IntoIterator<Item = Field>, apart: Apart) -> Vec<String> {
        let section = fields
            .into_iter()
            .fold(Section::new("a", "a"), Section::field);
        let form = Form::new("dance", "send").section(section);
        misfits(&form, &schema(), apart).into_iter().collect()
    }

    fn dance() -> Field {
        Field::radios("dance", "a", [Choice::new("waltz", "a")])
    }

    fn steps() -> Field {
        Field::number("steps", "a", 1, 9)
    }

    #[test]
    fn a_form_that_fits_has_no_misfits() {
        let name = || Field::text("partner.name", "a").max(9).optional();
        assert_eq!(found([dance(), steps(), name()], Apart::NOTHING), [""; 0]);
        let apart = Apart {
            own: &["shoes"],
            filled: &["steps"],
        };
        assert_eq!(found([dance(), Field::text("shoes", "a")], apart), [""; 0]);
    }

    #[test]
    fn each_misfit_is_found() {
        let wrong = |field: Field, said: &str| {
            let other = match field.path {
                "dance" => steps(),
                _ => dance(),
            };
            let lines = found([field, other], Apart::NOTHING).join("\n");
            assert!(lines.contains(said), "{lines}");
        };
        wrong(Field::text("shoes", "a"), "shoes: the command has no");
        wrong(dance(), "");
        wrong(dance().optional(), "dance: said to be optional");
        wrong(dance().unknown(), "dance: said to be optional");
        wrong(
            Field::radios("dance", "a", [Choice::new("tango", "a")]),
            "tango",
        );
        wrong(Field::number("steps", "a", 0, 9), "takes 0 to 9");
        wrong(Field::text("steps", "a"), "no string");
        wrong(Field::text("partner.name", "a"), "200 characters of 9");
        wrong(
            Field::text("partner.age", "a"),
            "partner.name: must be there",
        );
        let lines = found([dance()], Apart::NOTHING);
        assert_eq!(lines, ["steps: must be there, but is never asked for"]);
    }
}
