//! `correct`: a value of an earlier event was wrong. Nothing in the log is changed; the old value, the
//! new one and the reason stand beside each other. The address names event and value.

use domain::case::{Recorded, effective, resolve};
use domain::time::{Date, Instant};
use serde_json::{Value, json};

use super::act::{About, Act, Scene};
use super::choices;
use crate::pages::form::{Choice, Fault, Field, Form, Section, Values};
use crate::pages::words;

pub(super) const ACT: Act = Act::new("correct", &[], form, |scene| {
    let (event, path) = scene.event.unwrap_or_default();
    json!({
        "type": "correct", "event_id": event, "path": path, "value": null, "reason": "-",
    })
})
.fresh(fresh)
.finish(finish)
.about(about);

/// How the value is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Prose,
    Date,
    Instant,
    Moment,
    Number,
    YesNo,
    Unit,
    Sex,
    Channel,
    Relation,
    Level,
}

/// The event as it is known now, and the value that stands there.
fn standing(scene: &Scene<'_>) -> Option<(Recorded, Value)> {
    let (event, path) = scene.event?;
    let known = effective(&scene.file.history);
    let found = known.iter().find(|known| known.event_id == event)?;
    let (_, _, old) = resolve(found, path)?;
    Some((found.clone().into_owned(), old))
}

fn shape(path: &str, old: &Value) -> Shape {
    let last = path.rsplit('/').next().unwrap_or_default();
    match (last, old) {
        ("occurred_at" | "received_at" | "applied_at" | "visited_at", _) => Shape::Instant,
        ("happened_at" | "from" | "until" | "respond_by", _) => Shape::Moment,
        ("date" | "start" | "end", _) => Shape::Date,
        ("unit" | "residence_unit" | "to_unit", _) => Shape::Unit,
        ("sex", _) => Shape::Sex,
        ("channel", _) => Shape::Channel,
        ("relation", _) => Shape::Relation,
        (_, Value::Bool(_)) => Shape::YesNo,
        (_, Value::Number(_)) => Shape::Number,
        (_, Value::String(text)) if ["high", "medium", "low"].contains(&text.as_str()) => {
            Shape::Level
        }
        (
            "name" | "personal_id" | "address" | "place" | "phone" | "decision_number" | "service"
            | "responsible" | "provider" | "father" | "mother" | "carer",
            _,
        ) => Shape::Line,
        _ => Shape::Prose,
    }
}

fn form(scene: &Scene<'_>) -> Form {
    let path = scene.event.map_or("", |(_, path)| path);
    let old = standing(scene).map_or(Value::Null, |(_, old)| old);
    let label = "correct-value";
    let value = match shape(path, &old) {
        Shape::Line => Field::text("value", label),
        Shape::Prose => Field::long_text("value", label).max(10_000),
        Shape::Date => Field::date("value", label),
        Shape::Instant => Field::other_instant("value", label),
        Shape::Moment => Field::moment("value", label),
        Shape::Number => Field::number("value", label, 0, 1_000_000_000_000),
        Shape::YesNo => Field::radios(
            "value",
            label,
            [Choice::new("yes", "act-yes"), Choice::new("no", "act-no")],
        ),
        Shape::Unit => Field::unit("value", label).hint("forward-to-hint"),
        Shape::Sex => Field::radios("value", label, choices::sexes()),
        Shape::Channel => Field::radios("value", label, choices::channels()),
        Shape::Relation => Field::select("value", label, choices::relations()),
        Shape::Level => {
            let level = |level, key| Choice::new(level, key);
            let levels = [
                level("high", "level-high"),
                level("medium", "level-medium"),
                level("low", "level-low"),
            ];
            Field::radios("value", label, levels)
        }
    };
    let value = match shape(path, &old) {
        Shape::Sex => value.unknown_as("unknown"),
        Shape::YesNo | Shape::Level | Shape::Channel | Shape::Relation => value,
        _ => value.unknown_as(Value::Null),
    };
    Form::new("correct", "act-correct-send").section(
        Section::new("correction", "correct-section")
            .intro("correct-intro")
            .field(Field::hidden("event_id"))
            .field(Field::hidden("path"))
            .field(value)
            .field(Field::long_text("reason", "correct-reason").hint("correct-reason-hint")),
    )
}

fn fresh(scene: &Scene<'_>) -> Values {
    let mut values = Values::default();
    let Some((event, path)) = scene.event else {
        return values;
    };
    values.set("event_id", event.to_string());
    values.set("path", path);
    let old = standing(scene).map_or(Value::Null, |(_, old)| old);
    match (shape(path, &old), &old) {
        (Shape::Instant | Shape::Moment | Shape::Date, Value::String(text)) => {
            let at = Instant::parse(text).map(|at| at.local());
            let day = at.map(|at| at.date_naive()).ok();
            let day = day.or_else(|| Date::parse(text).ok().map(|date| date.0));
            for (part, format) in [("day", "%-d"), ("month", "%-m"), ("year", "%Y")] {
                let part_of = day.map(|day| day.format(format).to_string());
                values.set(&format!("value.{part}"), part_of.unwrap_or_default());
            }
            if let Ok(at) = at {
                values.set("value.time", at.format("%H:%M").to_string());
            }
        }
        (_, Value::Bool(yes)) => values.set("value", if *yes { "yes" } else { "no" }),
        (_, Value::String(text)) => values.set("value", text.as_str()),
        (_, Value::Number(number)) => values.set("value", number.to_string()),
        _ => {}
    }
    values
}

fn finish(scene: &Scene<'_>, command: &mut Value) -> Vec<Fault> {
    let path = command["path"].as_str().unwrap_or_default().to_owned();
    let old = standing(scene).map_or(Value::Null, |(_, old)| old);
    if shape(&path, &old) == Shape::YesNo {
        command["value"] = json!(command["value"] == "yes");
    }
    Vec::new()
}

fn about(scene: &Scene<'_>) -> About {
    let Some((event, old)) = standing(scene) else {
        return About::default();
    };
    let path = scene.event.map_or("", |(_, path)| path);
    let old = match (&old, shape(path, &old)) {
        (Value::Null, _) => scene.t("form-unknown"),
        (Value::Bool(yes), _) => scene.t(if *yes { "act-yes" } else { "act-no" }),
        (Value::String(code), Shape::Unit) => scene.unit(code),
        (Value::String(code), Shape::Level) => scene.t(&format!("level-{code}")),
        (Value::String(code), Shape::Sex) => scene.word("sex", code),
        (Value::String(code), Shape::Channel) => scene.word("channel", code),
        (Value::String(code), Shape::Relation) => scene.word("relation", code),
        (Value::String(text), Shape::Instant | Shape::Moment | Shape::Date) => {
            match (Instant::parse(text), Date::parse(text)) {
                (Ok(at), _) => words::instant(at.utc()),
                (_, Ok(date)) => words::date(date.0),
                _ => text.clone(),
            }
        }
        (Value::String(text), _) => text.clone(),
        (other, _) => other.to_string(),
    };
    let what = scene.things.sentence(&event);
    About::of(vec![
        scene.row("correct-event", what),
        scene.row("correct-when", words::instant(event.occurred_at.utc())),
        scene.row("correct-old", old),
    ])
}
