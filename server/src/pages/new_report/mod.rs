//! `/reports/new`: a place of receipt writes down what it was told (form 01). Before another case is
//! made of a child, the cases that may be about the same child are shown.

mod form;
mod same_child;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::case::{Command, Context, RejectionKind, decide};
use domain::identity::Actor;
use domain::time::Instant;
use domain::unit::{Fate, Units};
use serde_json::{Value, json};
use uuid::Uuid;

use super::form::draft::{self, Key};
use super::form::{
    ACTION, COMMAND_ID, DraftNote, Fault, Form, FormView, Step, Values, open, receive,
};
use super::{Frame, PageError, Posted, acts, conflict};
use crate::AppState;
use crate::access::Officer;
use crate::application::{NewCase, SendError, Sent};

const ADDRESS: &str = "/reports/new";
/// The button that makes another case although there are likely ones.
const ANYWAY: &str = "anyway";
/// The buttons that add the report to a case begin with this.
const JOIN: &str = "join:";
/// Remembers through the interruption that the report was to be passed on at once.
const PASS_ON: &str = "pass_on";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(ADDRESS, get(show).post(submit))
}

#[derive(Template)]
#[template(path = "new_report.html")]
struct ReportPage<'a> {
    frame: &'a Frame,
    form: FormView,
}

fn key(officer: &Officer) -> Key {
    Key::new(officer.id, None, "receive-report")
}

fn page(
    state: &AppState,
    frame: &Frame,
    form: &Form,
    values: &Values,
    faults: &[Fault],
    (note, status): (DraftNote, StatusCode),
    officer: &Officer,
) -> Response {
    let view = FormView::with_faults(state, frame, form, ADDRESS, values, faults);
    let form = view.draft(frame, &key(officer), note);
    frame.page_with(status, &ReportPage { frame, form })
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    if !may_receive(&state, &officer) {
        return Err(PageError::Forbidden);
    }
    let form = form::form();
    let fresh = form::fresh(&officer);
    let opened = open(&state, &form, &key(&officer), None, fresh).await?;
    let note = opened
        .draft_saved_at
        .map_or(DraftNote::None, DraftNote::Restored);
    Ok(page(
        &state,
        &frame,
        &form,
        &opened.values,
        &[],
        (note, StatusCode::OK),
        &officer,
    ))
}

/// Whether the officer's role is one of a place of receipt, as the domain sees it.
fn may_receive(state: &AppState, officer: &Officer) -> bool {
    let actor = Actor::new(officer.role, &officer.unit);
    let application = &state.application;
    let now = application.now();
    let context = Context::new(now, &actor, &application.procedure, &application.calendar);
    let trial = json!({
        "type": "receive-report", "received_at": now, "channel": "phone",
        "place_of_receipt": { "kind": "commune", "unit": officer.unit },
        "child": { "sex": "unknown" },
        "incident": { "unit": officer.unit, "description": "-" },
        "suspected_harm": [{ "form": "other" }],
        "suspected_harmer": { "relation": "unknown" },
    });
    let Ok(trial) = Command::from_json(trial) else {
        return true;
    };
    let decided = decide(None, &trial, &context);
    !decided.is_err_and(|refusal| refusal.kind == RejectionKind::Forbidden)
}

async fn submit(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        mut values,
    } = posted;
    let form = form::form();
    let key = key(&officer);
    let again = |values: &_, faults: &[Fault], how| {
        page(&state, &frame, &form, values, faults, how, &officer)
    };
    if values.first(ACTION) == conflict::LOOK_AGAIN {
        values.take(ACTION);
        values.take(PASS_ON);
        return Ok(again(&values, &[], (DraftNote::None, StatusCode::OK)));
    }
    let step = receive(&state, &form, &key, values.clone()).await;
    let step = step.map_err(|error| PageError::from(error).keeping(ADDRESS, &frame, &values))?;
    let (submission, mut values) = match step {
        Step::Again(values) => {
            return Ok(again(&values, &[], (DraftNote::None, StatusCode::OK)));
        }
        Step::DraftSaved(values) => {
            let note = DraftNote::Saved(state.now());
            return Ok(again(&values, &[], (note, StatusCode::OK)));
        }
        Step::DraftDropped => return Ok(frame.redirect(ADDRESS)),
        Step::Wrong(values, faults) => {
            let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(again(&values, &faults, how));
        }
        Step::Send(submission, values) => (submission, values),
    };
    let mut command = submission.command;
    let faults = form::finish(&officer, &mut command);
    if !faults.is_empty() {
        let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(again(&values, &faults, how));
    }
    if submission.button == form::URGENT {
        values.set(PASS_ON, "1");
    }
    let pass_on = values.first(PASS_ON) == "1";
    if pass_on {
        command["danger_now"] = json!(true);
        values.set("danger_now", "1");
    }
    let join = submission.button.strip_prefix(JOIN);
    let sent_before = state
        .application
        .store
        .find_command(submission.command_id)
        .await
        .is_ok_and(|found| found.is_some());
    let sent = match join.and_then(|case| Uuid::parse_str(case).ok()) {
        Some(case) => {
            let id = submission.command_id;
            state
                .application
                .send(&officer, case, id, None, command.clone())
                .await
        }
        None => {
            if submission.button != ANYWAY && !sent_before {
                let found = same_child::find(&state, &officer, &command).await;
                if !found.is_empty() {
                    // The page may be closed before an answer is chosen.
                    draft::save(&state.database, &key, &values, state.now()).await?;
                    return Ok(same_child::page(&frame, &found, &values));
                }
            }
            let new = NewCase {
                command_id: submission.command_id,
                command: command.clone(),
            };
            state.application.open_case(&officer, new).await
        }
    };
    match sent {
        Ok(sent) => {
            draft::clear(&state.database, &key).await?;
            after(
                &state,
                &frame,
                &officer,
                submission.command_id,
                &command,
                &sent,
                pass_on,
            )
            .await
        }
        Err(SendError::NotFound) => Err(PageError::NotFound),
        Err(error) => {
            if matches!(error, SendError::CommandReused) {
                values.set(COMMAND_ID, state.ids.next().to_string());
            }
            let (fault, status) = acts::trouble(&error);
            Ok(again(&values, &[fault], (DraftNote::None, status)))
        }
    }
}

/// Passes the report on where that was asked for, and leads to the case.
async fn after(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    command_id: Uuid,
    command: &Value,
    sent: &Sent,
    pass_on: bool,
) -> Result<Response, PageError> {
    let case = sent.case_id;
    let told = command["incident"]["unit"].as_str().unwrap_or_default();
    // Where it happened in a commune that has ended, its successor is the one to be told.
    let today = Instant::new(state.now()).date();
    let to = match Units::in_use().current(told, today, today) {
        Some(Fate::Whole(unit)) => unit.reference(),
        _ => told,
    };
    if pass_on && to != officer.unit {
        // The same second id each time the form is sent, so that sending twice is harmless.
        let id = Uuid::from_u128(command_id.as_u128() ^ 1);
        let forward = json!({ "type": "forward-report", "to_unit": to });
        let forwarded = state
            .application
            .send(officer, case, id, None, forward)
            .await;
        if let Err(error) = forwarded {
            tracing::warn!(error = %error, "a report was recorded but not passed on");
            let said = frame.t("report-not-passed-on");
            let to = acts::address(case, "forward-report");
            return Ok(frame.clone().with_said(&said).redirect(&to));
        }
        let said = acts::said_after(state, frame, officer, case, "receive-report-passed-on").await;
        return Ok(frame
            .clone()
            .with_said(&said)
            .redirect(&format!("/cases/{case}")));
    }
    let said = acts::said_after(state, frame, officer, case, "receive-report").await;
    Ok(frame
        .clone()
        .with_said(&said)
        .redirect(&format!("/cases/{case}")))
}
