//! The interruption before another case is made: cases that may be about the same child, as much of
//! them as this officer may see.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Command, Context};
use domain::identity::Sex;
use domain::time::Date;
use projections::{ChildQuery, Likeness, list_name};
use serde_json::Value;
use uuid::Uuid;

use super::ADDRESS;
use crate::AppState;
use crate::access::Officer;
use crate::application::{AsOf, CaseFile};
use crate::pages::Frame;
use crate::pages::case::case_words::{short_unit, traits};
use crate::pages::case::{age, sex_name};
use crate::pages::form::{ACTION, Values};

/// A case that may be about the same child.
pub(super) struct Alike {
    file: CaseFile,
    likeness: Likeness,
}

#[derive(Template)]
#[template(path = "same_child.html")]
struct SameChildPage<'a> {
    frame: &'a Frame,
    action: &'a str,
    cases: Vec<Shown>,
    fields: Vec<(&'a str, &'a str)>,
}

struct Shown {
    id: Uuid,
    child: String,
    number: String,
    stage: String,
    likeness: String,
    /// Whether the report can be added to it.
    joins: bool,
}

/// The cases that the officer may see and that are likely to be about the child of this report. It
/// only warns: where the lists cannot be asked, the report is recorded all the same.
pub(super) async fn find(state: &AppState, officer: &Officer, command: &Value) -> Vec<Alike> {
    let query = query(state, command);
    let found = state
        .application
        .projections
        .likely_same_child(&query)
        .await;
    let found = found.unwrap_or_else(|error| {
        tracing::warn!(error = %error, "cases of the same child could not be looked for");
        Vec::new()
    });
    let mut alike = Vec::new();
    for candidate in found {
        let id = candidate.case.case_id;
        // What may not be seen is not hinted at either.
        if let Ok(file) = state.application.case(officer, id, AsOf::Now).await {
            let likeness = candidate.likeness;
            alike.push(Alike { file, likeness });
        }
    }
    alike
}

fn query(state: &AppState, command: &Value) -> ChildQuery {
    use chrono::Datelike;
    let child = &command["child"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let born = child["birth"]["date"].as_str();
    let born = born.and_then(|date| Date::parse(date).ok());
    let age = child["birth"]["estimated_age"].as_i64();
    let age = age.and_then(|age| i32::try_from(age).ok());
    let year = born.map(|date| date.0.year());
    ChildQuery {
        name: text(&child["name"]),
        birth_year: year.or(age.map(|age| state.today().year() - age)),
        sex: match child["sex"].as_str() {
            Some("male") => Some(Sex::Male),
            Some("female") => Some(Sex::Female),
            _ => None,
        },
        personal_id: text(&child["personal_id"]),
        units: [
            text(&child["residence_unit"]),
            text(&command["incident"]["unit"]),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
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

/// The page. What was typed is carried in it and goes on by either button.
pub(super) fn page(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    (found, command): (&[Alike], &Value),
    values: &Values,
) -> Response {
    let shown = |alike: &Alike| {
        let case = &alike.file.state;
        let day = alike.file.at.date();
        let name = case.child.name.as_deref().map(list_name);
        let child = traits(
            frame.language,
            sex_name(case.child.sex),
            age(case, day),
            &short_unit(&case.incident_unit, day),
        );
        let likeness = match alike.likeness {
            Likeness::Certain => "same-certain",
            Likeness::Likely => "same-likely",
            Likeness::Possible => "same-possible",
        };
        let stage = serde_json::to_value(case.stage).unwrap_or_default();
        let stage = stage.as_str().unwrap_or_default().to_owned();
        Shown {
            id: alike.file.id,
            child: name
                .into_iter()
                .chain([child])
                .collect::<Vec<_>>()
                .join(" · "),
            number: alike.file.number(),
            stage: if alike.file.partial {
                String::new()
            } else {
                frame.t(&format!("same-stage-{stage}"))
            },
            likeness: frame.t(likeness),
            joins: joins(state, officer, &alike.file, command),
        }
    };
    frame.page_with(
        StatusCode::OK,
        &SameChildPage {
            frame,
            action: ADDRESS,
            cases: found.iter().map(shown).collect(),
            fields: values.pairs().filter(|(name, _)| *name != ACTION).collect(),
        },
    )
}
