//! `/reports/new`: a place of receipt writes down what it was told (form 01). Before another case is
//! made of a child, the cases that may be about the same child are shown. With `?case=…` it is added to
//! that case: so whoever has or had a part in it tells of new danger.

mod form;
mod same_child;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::case::{Case, Command, Context, Rejection, decide};
use domain::reading::Purpose;
use domain::time::Instant;
use domain::unit::Fate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::form::draft::{self, Key, Saving};
use super::form::{
    ACTION, COMMAND_ID, DraftNote, Fault, Form, FormView, Step, Values, all_faults, open, receive,
};
use super::leaving::leave;
use super::query::Asked;
use super::{Done, Frame, PageError, Posted, acts, conflict};
use crate::AppState;
use crate::access::Officer;
use crate::application::{NewCase, PlaceOfReceipt, SameChild, SendError, Sent, child_of};

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
    /// Whether it is told of a case that is there.
    told_of: bool,
}

/// Who writes a report down, where, and for which case.
struct Desk<'a> {
    state: &'a AppState,
    officer: &'a Officer,
    place: PlaceOfReceipt,
    /// None: it begins one.
    case: Option<Uuid>,
    form: Form,
}

impl<'a> Desk<'a> {
    /// # Errors
    /// [`PageError::Forbidden`] where the role receives no reports, [`PageError::NotFound`] where they
    /// have no part in the case.
    async fn of(
        state: &'a AppState,
        officer: &'a Officer,
        asked: &Asked,
    ) -> Result<Self, PageError> {
        let case = asked.get("case").map(Uuid::parse_str).transpose();
        let case = case.map_err(|_| PageError::NotFound)?;
        let procedure = &state.application.procedure;
        let may = match case {
            Some(_) => procedure.role_may("receive-report", officer.role),
            None => procedure.anyone_may("receive-report", officer.role),
        };
        if !may {
            return Err(PageError::Forbidden);
        }
        Ok(Self {
            place: state.application.place_of_receipt(officer, case).await?,
            form: form::form(officer.role),
            state,
            officer,
            case,
        })
    }

    fn address(&self) -> String {
        match self.case {
            Some(case) => format!("{ADDRESS}?case={case}"),
            None => ADDRESS.to_owned(),
        }
    }

    fn key(&self) -> Key {
        Key::new(self.officer.id, self.case, "receive-report")
    }

    fn page(
        &self,
        frame: &Frame,
        values: &Values,
        faults: &[Fault],
        (note, status): (DraftNote, StatusCode),
    ) -> Response {
        let address = self.address();
        let view = FormView::with_faults(self.state, frame, &self.form, &address, values, faults);
        let form = view.draft(frame, &self.key(), note);
        let told_of = self.case.is_some();
        frame.page_with(
            status,
            &ReportPage {
                frame,
                form,
                told_of,
            },
        )
    }

    /// The least report that would be taken.
    fn least(&self) -> Value {
        json!({
            "type": "receive-report", "received_at": self.state.application.now(),
            "channel": "phone",
            "place_of_receipt": { "kind": self.place.kind, "unit": self.place.unit },
            "child": { "sex": "unknown" },
            "incident": { "unit": self.place.unit, "description": "-" },
            "suspected_harm": [{ "form": "other" }],
            "suspected_harmer": { "relation": "unknown" },
        })
    }

    /// Whether the domain would take a report. Nothing is written.
    fn decided(&self, report: &Command) -> Result<(), Rejection> {
        // What an agency tells of a case is decided on it.
        if self.case.is_some() {
            return Ok(());
        }
        let actor = self.officer.actor();
        let application = &self.state.application;
        let now = application.now();
        let context = Context::new(now, &actor, &application.procedure, &application.calendar);
        decide(None, report, &context).map(drop)
    }

    /// Everything that is wrong with what was typed.
    fn wrong(&self, mut command: Value, mut faults: Vec<Fault>) -> Vec<Fault> {
        let mut more = form::finish(&self.place, &mut command);
        more.retain(|fault| faults.iter().all(|known| known.pointer != fault.pointer));
        faults.extend(more);
        all_faults(command, faults, &self.least(), |command| {
            let command =
                Command::from_json(command.clone()).map_err(|field| Fault::of_field(&field));
            let decided = self.decided(&command?);
            decided.map_err(|refusal| Fault::of_refusal(&refusal))
        })
    }
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let desk = Desk::of(&state, &officer, &asked).await?;
    let fresh = form::fresh(&officer);
    let opened = open(&state, &desk.form, &desk.key(), None, fresh).await?;
    let note = opened
        .draft_saved_at
        .map_or(DraftNote::None, DraftNote::Restored);
    Ok(desk.page(&frame, &opened.values, &[], (note, StatusCode::OK)))
}

async fn submit(
    State(state): State<AppState>,
    asked: Asked,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        mut values,
    } = posted;
    let desk = Desk::of(&state, &officer, &asked).await?;
    let (key, address) = (desk.key(), desk.address());
    let again = |values: &_, faults: &[Fault], how| desk.page(&frame, values, faults, how);
    if values.first(ACTION) == conflict::LOOK_AGAIN {
        values.take(ACTION);
        values.take(PASS_ON);
        return Ok(again(&values, &[], (DraftNote::None, StatusCode::OK)));
    }
    let step = receive(&state, &desk.form, &key, values.clone()).await;
    let step = step.map_err(|error| PageError::from(error).keeping(&address, &frame, &values))?;
    let (submission, mut values) = match step {
        Step::Again(values) => {
            return Ok(again(&values, &[], (DraftNote::None, StatusCode::OK)));
        }
        Step::DraftSaved(values) => {
            let note = DraftNote::Saved(state.now());
            return Ok(again(&values, &[], (note, StatusCode::OK)));
        }
        Step::DraftDropped => return Ok(frame.redirect(&address)),
        Step::Leave(leaving) => {
            return leave(&state, &frame, leaving, &address).await;
        }
        Step::Wrong(values, unfinished) => {
            let (command, faults) = (unfinished.command, unfinished.faults);
            let faults = desk.wrong(command, faults);
            let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(again(&values, &faults, how));
        }
        Step::Send(submission, values) => (submission, values),
    };
    let mut command = submission.command.clone();
    if !form::finish(&desk.place, &mut command).is_empty() {
        let faults = desk.wrong(submission.command, Vec::new());
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
    let join = join.and_then(|case| Uuid::parse_str(case).ok());
    let sent = match join.or(desk.case) {
        Some(case) => {
            let id = submission.command_id;
            state
                .application
                .send(&officer, case, id, None, command.clone())
                .await
        }
        None => {
            if submission.button != ANYWAY && !sent_before {
                let child = child_of(&command);
                let found = state
                    .application
                    .same_child(&officer, &child, Purpose::NewReport)
                    .await
                    // It only warns: the report is recorded all the same.
                    .unwrap_or_else(|error| {
                        tracing::warn!(error = %error, "the same child could not be looked for");
                        SameChild::default()
                    });
                if !found.alike.is_empty() {
                    // The page may be closed before an answer is chosen.
                    let saving = Saving::by_button(&values);
                    draft::save(&state.database, &key, &values, &saving, state.now()).await?;
                    let found = (&found, &command);
                    return Ok(same_child::page(&state, &frame, &officer, found, &values));
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
            draft::clear(&state.database, &key, &values, state.now()).await?;
            after(
                &state,
                &frame,
                &officer,
                submission.command_id,
                &command,
                sent,
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
            let mut faults = match error {
                SendError::Field(_) | SendError::Rejected(_) => {
                    desk.wrong(submission.command, Vec::new())
                }
                _ => Vec::new(),
            };
            if faults.iter().all(|known| known.code != fault.code) {
                faults.insert(0, fault);
            }
            Ok(again(&values, &faults, (DraftNote::None, status)))
        }
    }
}

/// Whether the role passes reports on: a service that tells of new danger does not.
fn passes_on(state: &AppState, officer: &Officer) -> bool {
    let procedure = &state.application.procedure;
    procedure.role_may("forward-report", officer.role)
}

/// Passes the report on where that was asked for, and leads to the case.
async fn after(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    command_id: Uuid,
    command: &Value,
    sent: Sent<Case>,
    pass_on: bool,
) -> Result<Response, PageError> {
    let (case, version) = (sent.id, sent.version);
    let told = command["incident"]["unit"].as_str().unwrap_or_default();
    // Where it happened in a commune that has ended, its successor is the one to be told.
    let today = Instant::new(state.now()).date();
    let to = match state.application.units().current(told, today, today) {
        Some(Fate::Whole(unit)) => unit.reference(),
        _ => told,
    };
    if pass_on && to != officer.unit && passes_on(state, officer) {
        // The same second id each time the form is sent, so that sending twice is harmless.
        let id = Uuid::from_u128(command_id.as_u128() ^ 1);
        let forward = json!({ "type": "forward-report", "to_unit": to });
        let forwarded = state
            .application
            .send_after(officer, sent, id, forward)
            .await;
        if let Err(error) = forwarded {
            tracing::warn!(error = %error, "a report was recorded but not passed on");
            let said = frame.t("report-not-passed-on");
            let to = acts::address(case, "forward-report");
            return Ok(frame.clone().with_said(&said).redirect(&to));
        }
        let done = Done::new("receive-report-passed-on", case, version);
        return Ok(frame
            .clone()
            .with_done(&done)
            .redirect(&format!("/cases/{case}")));
    }
    let done = Done::new("receive-report", case, version);
    Ok(frame
        .clone()
        .with_done(&done)
        .redirect(&format!("/cases/{case}")))
}
