//! The interruption before another case is made: cases that may be about the same child, as much of
//! them as this officer may see, and over what it was looked.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Command, Context};
use projections::{Likeness, list_name};
use serde_json::Value;
use uuid::Uuid;

use super::ADDRESS;
use crate::AppState;
use crate::access::Officer;
use crate::application::{Alike, CaseFile, SameChild};
use crate::pages::Frame;
use crate::pages::case::case_words::{short_unit, traits};
use crate::pages::case::{age, sex_name};
use crate::pages::form::{ACTION, Values};
use crate::telephones::HOTLINE;

#[derive(Template)]
#[template(path = "same_child.html")]
struct SameChildPage<'a> {
    frame: &'a Frame,
    action: &'a str,
    cases: Vec<Shown>,
    /// Over what it was looked.
    over: String,
    fields: Vec<(&'a str, &'a str)>,
}

struct Shown {
    id: Uuid,
    /// What the officer may see of it; of a hidden case nothing.
    seen: Option<Seen>,
    likeness: String,
    /// Who holds it and how they are reached, where the officer does not see it.
    holder: String,
    telephone: String,
    /// Whether the report can be added to it.
    joins: bool,
}

struct Seen {
    child: String,
    number: String,
    stage: String,
}

/// Whether the report can be added to the case: who may reopen a closed one does that first.
fn joins(state: &AppState, officer: &Officer, file: &CaseFile, command: &Value) -> bool {
    let Ok(command) = Command::from_json(command.clone()) else {
        return false;
    };
    let (actor, application) = (officer.actor(), &state.application);
    let now = application.now();
    let context = Context::new(now, &actor, &application.procedure, &application.calendar);
    file.allows(&command, &context).is_ok()
}

fn seen(frame: &Frame, file: &CaseFile) -> Seen {
    let case = &file.state;
    let day = file.at.date();
    let name = case.child.name.as_deref().map(list_name);
    let child = traits(
        frame.language,
        sex_name(case.child.sex),
        age(case, day),
        &short_unit(&case.units, &case.incident_unit, day),
    );
    let stage = serde_json::to_value(case.stage).unwrap_or_default();
    let stage = stage.as_str().unwrap_or_default().to_owned();
    Seen {
        child: name
            .into_iter()
            .chain([child])
            .collect::<Vec<_>>()
            .join(" · "),
        number: file.number(),
        stage: if file.partial {
            String::new()
        } else {
            frame.t(&format!("same-stage-{stage}"))
        },
    }
}

/// The page. What was typed is carried in it and goes on by either button.
pub(super) fn page(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    (found, command): (&SameChild, &Value),
    values: &Values,
) -> Response {
    let today = state.today();
    let shown = |alike: &Alike| {
        let likeness = match alike.likeness {
            Likeness::Certain => "same-certain",
            Likeness::Likely => "same-likely",
            Likeness::Possible => "same-possible",
        };
        let file = alike.file.as_ref();
        let telephone = match state
            .settings
            .telephones
            .of(state.application.units(), &alike.holder)
        {
            Some(number) => frame.t1("same-telephone", "number", number),
            None => frame.t1("same-no-telephone", "number", HOTLINE),
        };
        Shown {
            id: alike.case_id,
            seen: file.map(|file| seen(frame, file)),
            likeness: frame.t(likeness),
            holder: state.units.name(&alike.holder, today),
            telephone,
            joins: file.is_none_or(|file| joins(state, officer, file, command)),
        }
    };
    let over = match found.everywhere {
        true => "same-over-all",
        false => "same-over-own",
    };
    frame.page_with(
        StatusCode::OK,
        &SameChildPage {
            frame,
            action: ADDRESS,
            cases: found.alike.iter().map(shown).collect(),
            over: frame.t(over),
            fields: values.pairs().filter(|(name, _)| *name != ACTION).collect(),
        },
    )
}
