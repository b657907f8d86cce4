//! POST: what was typed becomes a command; what is wrong is said at its field; nothing is lost.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::Case;
use domain::command::RejectionKind;
use domain::log;
use uuid::Uuid;

use super::numbers;
use super::page::{Stage, Subject};
use super::too_late::TooLate;
use crate::AppState;
use crate::application::SendError;
use crate::http::PathOf;
use crate::language::Sentence;
use crate::pages::conflict;
use crate::pages::form::draft::Saving;
use crate::pages::form::{
    ACTION, COMMAND_ID, DraftNote, EXPECTED_VERSION, Fault, Step, draft, receive,
};
use crate::pages::leaving::leave;
use crate::pages::{Done, PageError, Posted};

pub(super) async fn send(
    State(state): State<AppState>,
    PathOf((id, command)): PathOf<(Uuid, String)>,
    RawQuery(query): RawQuery,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        mut values,
    } = posted;
    let subject = || Subject::of(query.as_deref());
    let late = || TooLate {
        state: &state,
        frame: &frame,
        officer: &officer,
        case: id,
        command: &command,
        subject: subject(),
    };
    let expected = values.first(EXPECTED_VERSION).parse().ok();
    let stage = match Stage::set(&state, frame.language, &officer, id, &command, subject()).await {
        Ok(stage) => stage,
        Err(PageError::NotFound) => {
            return late().answered(expected).await;
        }
        Err(error) => {
            let address = stage_address(id, &command, query.as_deref());
            return Err(error.keeping(&address, &frame, &values));
        }
    };
    let scene = stage.scene(&state, &frame, &officer);
    let form = (stage.act.form)(&scene);
    let key = stage.key(&officer);
    let again = |values: &_, faults: &[Fault], note, status| {
        stage.page(
            &state, &frame, &officer, &form, values, faults, note, status,
        )
    };

    match values.first(ACTION) {
        conflict::GIVE_UP => {
            draft::clear(&state.database, &key, &values, state.now()).await?;
            return Ok(frame.redirect(&stage.case_address()));
        }
        conflict::LOOK_AGAIN => {
            values.take(ACTION);
            return Ok(again(&values, &[], DraftNote::None, StatusCode::OK));
        }
        _ => {}
    }

    let (submission, mut values) = match receive(&state, &form, &key, values).await? {
        Step::Again(values) => return Ok(again(&values, &[], DraftNote::None, StatusCode::OK)),
        Step::DraftSaved(values) => {
            let note = DraftNote::Saved(state.now());
            return Ok(again(&values, &[], note, StatusCode::OK));
        }
        Step::DraftDropped => return Ok(frame.redirect(&stage.address())),
        Step::Leave(leaving) => {
            let here = stage.address();
            return leave(&state, &frame, leaving, &here).await;
        }
        Step::Wrong(values, unfinished) => {
            let (command, faults) = (unfinished.command, unfinished.faults);
            let faults = stage.all_faults(&scene, command, faults);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(again(&values, &faults, DraftNote::None, status));
        }
        Step::Send(submission, values) => (submission, values),
    };
    let mut answer = submission.command.clone();
    if !(stage.act.finish)(&scene, &mut answer).is_empty() {
        let faults = stage.all_faults(&scene, submission.command, Vec::new());
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again(&values, &faults, DraftNote::None, status));
    }
    let unknown = numbers::resolve(&state, &officer, stage.act.cases, &mut answer).await?;
    if let Some(pointer) = unknown {
        let unknown = Sentence::key("fault-no-such-case");
        let mut faults = stage.all_faults(&scene, submission.command.clone(), Vec::new());
        faults.retain(|fault| fault.pointer != pointer);
        faults.push(Fault::new(pointer, "unknown-case", unknown));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again(&values, &faults, DraftNote::None, status));
    }
    let expected = submission
        .expected_version
        .and_then(|version| i64::try_from(version).ok());
    let sent = state
        .application
        .send(&officer, id, submission.command_id, expected, answer)
        .await;
    match sent {
        Ok(sent) => {
            draft::clear(&state.database, &key, &values, state.now()).await?;
            let done = Done::new(stage.act.command, id, sent.version);
            // Who declined to take a case finds there what they keep of it.
            Ok(frame.with_done(&done).redirect(&stage.case_address()))
        }
        Err(SendError::Conflict {
            version,
            since,
            found,
            ..
        }) => {
            let found = found.map(|case| *case);
            let now = stage.again(&state, frame.language, &officer, found).await;
            let now = match now {
                Err(PageError::NotFound) => {
                    return late().answered(expected).await;
                }
                now => now?,
            };
            // The page may be closed before an answer is chosen.
            let saving = Saving::by_button(&values);
            draft::save(&state.database, &key, &values, &saving, state.now()).await?;
            values.set(EXPECTED_VERSION, version.to_string());
            now.is_read(&state, &officer);
            (stage.act.renew)(&now.scene(&state, &frame, &officer), &mut values);
            Ok(conflict::page(
                &state,
                &frame,
                (&stage.file, &now.things),
                &frame.t(&format!("act-{}-title", stage.act.command)),
                &stage.address(),
                &form,
                &values,
                &since,
            ))
        }
        Err(SendError::OfferEnded(ended)) => late().page(&ended).await,
        Err(SendError::NotFound) => Err(PageError::NotFound),
        Err(SendError::CommandReused) => {
            // It was recorded once with other words. Sent again it is another act, and says so.
            values.set(COMMAND_ID, state.ids.next().to_string());
            let version = u64::try_from(stage.file.state.version).unwrap_or_default();
            values.set(EXPECTED_VERSION, version.to_string());
            let (fault, status) = trouble(&SendError::<Case>::CommandReused);
            Ok(again(&values, &[fault], DraftNote::None, status))
        }
        Err(error) => {
            let (fault, status) = trouble(&error);
            let mut faults = match error {
                SendError::Field(_) | SendError::Rejected(_) => {
                    stage.all_faults(&scene, submission.command, Vec::new())
                }
                _ => Vec::new(),
            };
            // As it stands now, which may not be as the form saw it.
            if faults.iter().all(|known| known.code != fault.code) {
                faults.insert(0, fault);
            }
            Ok(again(&values, &faults, DraftNote::None, status))
        }
    }
}

fn stage_address(id: Uuid, command: &str, query: Option<&str>) -> String {
    let address = super::address(id, command);
    match query {
        Some(query) => format!("{address}?{query}"),
        None => address,
    }
}

/// What to say about a command that was not carried out, and the status of the page that says it.
/// Logs what is our own trouble.
pub fn trouble<S: log::Subject>(error: &SendError<S>) -> (Fault, StatusCode) {
    match error {
        SendError::Field(field) => (Fault::of_field(field), StatusCode::UNPROCESSABLE_ENTITY),
        SendError::Rejected(refusal) => {
            let status = match refusal.kind {
                RejectionKind::Forbidden => StatusCode::FORBIDDEN,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (Fault::of_refusal(refusal), status)
        }
        SendError::CommandReused => (
            Fault::new("", "command-reused", Sentence::key("act-sent-before")),
            StatusCode::CONFLICT,
        ),
        SendError::NotReady(_) => {
            let _ = PageError::not_ready(error);
            let fault = Fault::new("", "not-ready", Sentence::key("act-not-ready"));
            (fault, StatusCode::SERVICE_UNAVAILABLE)
        }
        SendError::NotFound
        | SendError::Conflict { .. }
        | SendError::OfferEnded(_)
        | SendError::Internal(_) => {
            let _ = PageError::internal(error);
            let fault = Fault::new("", "internal", Sentence::key("act-internal"));
            (fault, StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}
