//! `pass-competence`: what a unit answered for passes by law to its successor. Of a divided unit a
//! person says to which part.
use serde_json::{Value, json};

use super::act::{Act, Scene};
use crate::language::Sentence;
use crate::pages::form::{Choice, Fault, Field, Form, Section};

pub(super) const ACT: Act = Act::new("pass-competence", &[], form, trial)
    .basis("Luật Tổ chức chính quyền địa phương")
    .finish(fill_in);

/// Each unit that has ended with each of its successors: the value of the choice and the command.
fn offers(scene: &Scene<'_>) -> Vec<(String, String, Value)> {
    let units = scene.application.units();
    let due = scene.state().passings_possible(units, scene.today());
    let offer = |due: &domain::case::DuePassing<'_>| {
        let from = due.from;
        due.to
            .iter()
            .map(|to| {
                let text = format!("{} → {}", from.name, units.full_name(to));
                (format!("{} {}", from.id, to.id), text, due.command(to))
            })
            .collect::<Vec<_>>()
    };
    due.iter().flat_map(offer).collect()
}

fn form(scene: &Scene<'_>) -> Form {
    let choices = offers(scene)
        .into_iter()
        .map(|(value, text, _)| Choice::new(value, text));
    Form::new("pass-competence", "act-pass-competence-send").section(
        Section::new("passing", "act-what").field(
            Field::radios("from_unit", "pass-competence-which", choices)
                .hint("pass-competence-hint"),
        ),
    )
}

fn trial(scene: &Scene<'_>) -> Value {
    let offered = offers(scene).into_iter().next();
    offered.map_or_else(
        || {
            let unit = &scene.state().holder_unit;
            json!({ "type": "pass-competence", "from_unit": unit, "to_unit": unit,
                "legal_act": "-", "effective": scene.today() })
        },
        |(_, _, command)| command,
    )
}

/// Act and day stand in the register: nobody has to type them.
fn fill_in(scene: &Scene<'_>, command: &mut Value) -> Vec<Fault> {
    let chosen = command["from_unit"].as_str().unwrap_or_default();
    match offers(scene)
        .into_iter()
        .find(|(value, ..)| value == chosen)
    {
        Some((_, _, offered)) => {
            *command = offered;
            Vec::new()
        }
        None => {
            let sentence = Sentence::key("fault-not-a-choice");
            vec![Fault::new("/from_unit", "not-a-choice", sentence)]
        }
    }
}
