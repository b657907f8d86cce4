//! POST: what was typed becomes a command; what is wrong is said at its field; nothing is lost.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::RejectionKind;
use domain::procedure::Obligation;
use domain::unit::Units;
use uuid::Uuid;

use super::due::say;
use super::page::{Stage, Subject};
use super::too_late::TooLate;
use crate::AppState;
use crate::access::Officer;
use crate::application::{AsOf, CaseFile, FindError, SendError};
use crate::http::PathOf;
use crate::language::Sentence;
use crate::pages::case::timing::lower_first;
use crate::pages::conflict;
use crate::pages::form::{
    ACTION, COMMAND_ID, DraftNote, EXPECTED_VERSION, Fault, Step, draft, receive,
};
use crate::pages::{Frame, PageError, Posted};

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
    let stage = match Stage::set(&state, &officer, id, &command, subject()).await {
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
            draft::clear(&state.database, &key).await?;
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
        Step::Wrong(values, faults) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(again(&values, &faults, DraftNote::None, status));
        }
        Step::Send(submission, values) => (submission, values),
    };
    let mut answer = submission.command;
    let faults = (stage.act.finish)(&scene, &mut answer);
    if !faults.is_empty() {
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
        Ok(_) => {
            draft::clear(&state.database, &key).await?;
            let said = said_after(&state, &frame, &officer, id, stage.act.command).await;
            // Who declined to take a case does not see it any more.
            let seen = state.application.case(&officer, id, AsOf::Now).await;
            let next = match seen {
                Err(FindError::NotFound) => "/worklist".to_owned(),
                _ => stage.case_address(),
            };
            Ok(frame.with_said(&said).redirect(&next))
        }
        Err(SendError::Conflict { version, since }) => {
            let now = Stage::set(&state, &officer, id, stage.act.command, subject()).await;
            let now = match now {
                Err(PageError::NotFound) => {
                    return late().answered(expected).await;
                }
                now => now?,
            };
            // The page may be closed before an answer is chosen.
            draft::save(&state.database, &key, &values, state.now()).await?;
            values.set(EXPECTED_VERSION, version.to_string());
            now.is_read(&state, &officer);
            (stage.act.renew)(&now.scene(&state, &frame, &officer), &mut values);
            Ok(conflict::page(
                &state,
                &frame,
                &stage.file,
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
            let (fault, status) = trouble(&SendError::CommandReused);
            Ok(again(&values, &[fault], DraftNote::None, status))
        }
        Err(error) => {
            let (fault, status) = trouble(&error);
            Ok(again(&values, &[fault], DraftNote::None, status))
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
pub fn trouble(error: &SendError) -> (Fault, StatusCode) {
    match error {
        SendError::Field(field) => {
            let sentence = Sentence::Both {
                vi: field.message.vi.clone(),
                en: field.message.en.clone(),
            };
            let fault = Fault::new(field.pointer.clone(), field.code, sentence);
            (fault, StatusCode::UNPROCESSABLE_ENTITY)
        }
        SendError::Rejected(refusal) => {
            let basis = refusal.legal_basis.map(|basis| format!(" ({basis})"));
            let basis = basis.unwrap_or_default();
            let sentence = Sentence::Both {
                vi: format!("{}{basis}", refusal.message.vi),
                en: format!("{}{basis}", refusal.message.en),
            };
            let pointer = refusal.field.clone().unwrap_or_default();
            let status = match refusal.kind {
                RejectionKind::Forbidden => StatusCode::FORBIDDEN,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (Fault::new(pointer, refusal.code, sentence), status)
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

/// What was recorded and what comes next, in one or two sentences.
pub async fn said_after(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    id: Uuid,
    command: &str,
) -> String {
    let done = frame.t(&format!("act-{command}-done"));
    // The act stands; that its echo could not be read is not worth an error.
    let Ok(file) = state.application.case(officer, id, AsOf::Now).await else {
        return done;
    };
    match next(&file, officer) {
        Some((owed, true)) => {
            let due = super::deadline(
                frame.language,
                &state.application,
                owed,
                file.emergency,
                file.at,
            );
            let arguments = [
                ("step", say(frame.language, &owed.name).into()),
                ("due", lower_first(&due.words).into()),
            ];
            let next = frame.language.text_with("act-next-mine", &arguments);
            format!("{done} {next}")
        }
        Some((owed, false)) => {
            let who = frame.t(&format!("role-{}", owed.accountable.role.name()));
            let unit = owed
                .accountable
                .unit
                .as_deref()
                .map(|u| state.units.name(u, state.today()));
            let who = match unit {
                Some(unit) => format!("{who}, {unit}"),
                None => who,
            };
            let arguments = [
                ("step", say(frame.language, &owed.name).into()),
                ("who", who.into()),
            ];
            let next = frame.language.text_with("act-next-other", &arguments);
            format!("{done} {next}")
        }
        None => done,
    }
}

/// The obligation that comes next, and whether this officer owes it.
fn next<'a>(file: &'a CaseFile, officer: &Officer) -> Option<(&'a Obligation, bool)> {
    let mine = |owed: &&Obligation| {
        owed.accountable.role == officer.role
            && owed
                .accountable
                .unit
                .as_deref()
                .is_some_and(|unit| Units::in_use().same(unit, &officer.unit))
    };
    let open = || file.obligations.iter().filter(|owed| owed.is_open());
    let soonest = |owed: &&Obligation| {
        let by = owed.act_by();
        (by.is_none(), by, owed.opened_at)
    };
    let my_next = open().filter(mine).min_by_key(soonest);
    my_next
        .map(|owed| (owed, true))
        .or_else(|| open().min_by_key(soonest).map(|owed| (owed, false)))
}
