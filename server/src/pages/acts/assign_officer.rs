//! `assign-officer`: the chair puts an officer in charge (Law on Children, arts 52.2, 53).

use serde_json::{Value, json};

use super::act::{Act, Scene, occurred};
use crate::language::Sentence;
use crate::pages::form::{Choice, Fault, Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "assign-officer",
    &[],
    form,
    |_| json!({ "type": "assign-officer", "officer": "-", "role": "commune-officer" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 2, Điều 53")
.finish(give_role);

fn form(scene: &Scene<'_>) -> Form {
    let colleague = |account: &crate::access::Account| {
        let mut role = scene.t(&format!("role-{}", account.role.name()));
        // Who also stands in for somebody now may be the one to ask.
        let held = scene.substitutions.iter();
        for post in held.filter(|post| post.officer == account.id) {
            if let Some(held) = &post.substitution {
                let name = held.name.as_str().into();
                let held = scene.language.text_with("on-behalf-of", &[("name", name)]);
                role.push_str(&format!(" · {held}"));
            }
        }
        Choice::new(account.id.to_string(), account.display_name.clone()).hint(role)
    };
    let colleagues = scene.colleagues.iter().map(colleague);
    Form::new("assign-officer", "act-assign-officer-send")
        .section(
            Section::new("officer", "assign-section")
                .field(Field::radios("officer", "assign-officer", colleagues).hint("assign-hint")),
        )
        .section(occurred())
}

/// An officer is put in charge in the role that they have.
fn give_role(scene: &Scene<'_>, command: &mut Value) -> Vec<Fault> {
    let chosen = command["officer"].as_str().unwrap_or_default();
    let mut colleagues = scene.colleagues.iter();
    match colleagues.find(|account| account.id.to_string() == chosen) {
        Some(account) => {
            command["role"] = json!(account.role);
            Vec::new()
        }
        None => {
            let sentence = Sentence::key("fault-not-a-choice");
            vec![Fault::new("/officer", "not-a-choice", sentence)]
        }
    }
}
