//! `/children/new` and `/children/{id}/{command}`: a form for each command about the record of a child.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::child::{Child, Command, Context, decide};
use domain::reading::Opened;
use serde_json::Value;
use uuid::Uuid;

use super::forms::{Scene, finish, form, fresh, least};
use super::words;
use crate::AppState;
use crate::access::Officer;
use crate::application::{ChildFile, NewChild, SendError};
use crate::http::PathOf;
use crate::language::Sentence;
use crate::pages::form::draft::{self, Key};
use crate::pages::form::{
    COMMAND_ID, DraftNote, EXPECTED_VERSION, Fault, Form, FormView, Step, Values, all_faults, open,
    receive,
};
use crate::pages::leaving::leave;
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError, Posted, acts};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/children/new", get(show_new).post(send_new))
        .route("/children/{id}/{command}", get(show).post(send))
}

/// Where a command about a record is given; `named` is the thing that it is about.
pub(super) fn address(child: Uuid, command: &str, named: Option<&str>) -> String {
    match named {
        Some(named) => format!("/children/{child}/{command}?of={named}"),
        None => format!("/children/{child}/{command}"),
    }
}

#[derive(Template)]
#[template(path = "children/act.html")]
struct ActPage<'a> {
    frame: &'a Frame,
    title: String,
    /// The child, as the page of the record calls it; empty before there is one.
    child: String,
    child_href: String,
    why: String,
    form: FormView,
}

/// Who records what in which record.
struct Stage<'a> {
    state: &'a AppState,
    frame: &'a Frame,
    officer: &'a Officer,
    command: &'a str,
    file: Option<ChildFile>,
    named: Option<String>,
}

impl<'a> Stage<'a> {
    async fn set(
        state: &'a AppState,
        frame: &'a Frame,
        officer: &'a Officer,
        child: Option<Uuid>,
        command: &'a str,
        asked: &Asked,
    ) -> Result<Self, PageError> {
        let application = &state.application;
        let file = match child {
            Some(child) => {
                let file = application.child(officer, child).await?;
                application.note_child(officer, &file, Opened::Page);
                if !Command::NAMES.contains(&command) || command == "register-child" {
                    return Err(PageError::NotFound);
                }
                if !file.possible.contains(&command) {
                    return Err(PageError::Forbidden);
                }
                Some(file)
            }
            None if application.registers_children(officer) => None,
            None => return Err(PageError::Forbidden),
        };
        Ok(Self {
            state,
            frame,
            officer,
            command,
            file,
            named: asked.get("of").map(str::to_owned),
        })
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            frame: self.frame,
            file: self.file.as_ref(),
            named: self.named.as_deref(),
            today: self.state.application.now().date(),
        }
    }

    fn form(&self) -> Result<Form, PageError> {
        form(self.command, &self.scene()).ok_or(PageError::NotFound)
    }

    fn address(&self) -> String {
        match &self.file {
            Some(file) => address(file.id, self.command, self.named.as_deref()),
            None => "/children/new".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.file {
            Some(file) => format!("/children/{}", file.id),
            None => "/children".to_owned(),
        }
    }

    fn key(&self) -> Key {
        let child = self.file.as_ref().map(|file| file.id);
        Key::new(self.officer.id, child, self.command)
    }

    fn page(
        &self,
        form: &Form,
        values: &Values,
        faults: &[Fault],
        (note, status): (DraftNote, StatusCode),
    ) -> Response {
        let frame = self.frame;
        let view = FormView::with_faults(self.state, frame, form, &self.address(), values, faults);
        let child = self.file.as_ref().map(|file| {
            let today = self.state.application.now().date();
            format!(
                "{} · {}",
                words::name(frame, &file.record),
                words::traits(frame, &file.record, today)
            )
        });
        frame.page_with(
            status,
            &ActPage {
                frame,
                title: frame.t(&format!("child-act-{}-title", self.command)),
                why: frame.t(&format!("child-act-{}-why", self.command)),
                child: child.unwrap_or_default(),
                child_href: self.back(),
                form: view.draft(frame, &self.key(), note),
            },
        )
    }

    /// Whether the domain would take the command on the record as it is shown. Nothing is written.
    fn tried(
        &self,
        whole: Option<&Child>,
        other: Option<&Child>,
        command: &Value,
    ) -> Result<(), Fault> {
        let command =
            Command::from_json(command.clone()).map_err(|field| Fault::of_field(&field))?;
        let actor = self.officer.actor();
        let application = &self.state.application;
        let context = Context {
            other,
            ..Context::new(application.now(), &actor, application.units())
        };
        let decided = decide(whole, &command, &context).map(drop);
        decided.map_err(|refusal| Fault::of_refusal(&refusal))
    }

    /// Everything that is wrong with what was typed.
    async fn wrong(
        &self,
        mut command: Value,
        mut faults: Vec<Fault>,
    ) -> Result<Vec<Fault>, PageError> {
        let mut more = finish(&mut command);
        more.retain(|fault| faults.iter().all(|known| known.pointer != fault.pointer));
        faults.extend(more);
        let application = &self.state.application;
        let whole = match &self.file {
            Some(file) => application.whole_child(file.id).await?,
            None => None,
        };
        let other = command["other"]
            .as_str()
            .and_then(|id| Uuid::parse_str(id).ok());
        let other = match other {
            Some(other) => application.whole_child(other).await?,
            None => None,
        };
        let least = least(self.command, &self.scene());
        Ok(all_faults(command, faults, &least, |command| {
            self.tried(whole.as_ref(), other.as_ref(), command)
        }))
    }

    async fn show(&self) -> Result<Response, PageError> {
        let form = self.form()?;
        let version = self.file.as_ref().map(|file| file.record.version);
        let version = version.and_then(|version| u64::try_from(version).ok());
        let fresh = fresh(self.command, &self.scene());
        let opened = open(self.state, &form, &self.key(), version, fresh).await?;
        let note = opened
            .draft_saved_at
            .map_or(DraftNote::None, DraftNote::Restored);
        Ok(self.page(&form, &opened.values, &[], (note, StatusCode::OK)))
    }

    async fn send(&self, values: Values) -> Result<Response, PageError> {
        let (state, frame) = (self.state, self.frame);
        let (form, key) = (self.form()?, self.key());
        let step = receive(state, &form, &key, values.clone()).await;
        let address = self.address();
        let step =
            step.map_err(|error| PageError::from(error).keeping(&address, frame, &values))?;
        let (submission, mut values) = match step {
            Step::Again(values) => {
                return Ok(self.page(&form, &values, &[], (DraftNote::None, StatusCode::OK)));
            }
            Step::DraftSaved(values) => {
                let note = DraftNote::Saved(state.now());
                return Ok(self.page(&form, &values, &[], (note, StatusCode::OK)));
            }
            Step::DraftDropped => return Ok(frame.redirect(&address)),
            Step::Leave(leaving) => return leave(state, frame, leaving, &address).await,
            Step::Wrong(values, unfinished) => {
                let faults = self.wrong(unfinished.command, unfinished.faults).await?;
                let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
                return Ok(self.page(&form, &values, &faults, how));
            }
            Step::Send(submission, values) => (submission, values),
        };
        let mut command = submission.command.clone();
        if !finish(&mut command).is_empty() {
            let faults = self.wrong(submission.command, Vec::new()).await?;
            let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(self.page(&form, &values, &faults, how));
        }
        let expected = submission
            .expected_version
            .and_then(|version| i64::try_from(version).ok());
        let id = submission.command_id;
        let application = &state.application;
        let sent = match &self.file {
            Some(file) => {
                application
                    .send_to_child(self.officer, file.id, id, expected, command)
                    .await
            }
            None => {
                let new = NewChild {
                    command_id: id,
                    command,
                };
                application.register_child(self.officer, new).await
            }
        };
        let error = match sent {
            Ok(sent) => {
                draft::clear(&state.database, &key, &values, state.now()).await?;
                let said = frame.t(&format!("child-act-{}-done", self.command));
                // After a move the record is with another commune.
                let still = application.child(self.officer, sent.id).await.is_ok();
                let to = match still {
                    true => format!("/children/{}", sent.id),
                    false => "/children".to_owned(),
                };
                return Ok(frame.clone().with_said(&said).redirect(&to));
            }
            Err(error) => error,
        };
        let (fault, status) = match &error {
            SendError::NotFound => return Err(PageError::NotFound),
            SendError::Conflict { version, since, .. } => {
                values.set(EXPECTED_VERSION, version.to_string());
                let who = since.last().and_then(|last| last.actor.name.clone());
                let who = who.unwrap_or_else(|| frame.t("child-somebody"));
                let told = |language: crate::language::Language| {
                    language.text_with("child-changed", &[("who", who.as_str().into())])
                };
                let message = Sentence::Both {
                    vi: told(crate::language::Language::Vi),
                    en: told(crate::language::Language::En),
                };
                (
                    Fault::new("", "version-conflict", message),
                    StatusCode::CONFLICT,
                )
            }
            SendError::CommandReused => {
                values.set(COMMAND_ID, state.ids.next().to_string());
                acts::trouble(&error)
            }
            error => acts::trouble(error),
        };
        let mut faults = match error {
            SendError::Field(_) | SendError::Rejected(_) => {
                self.wrong(submission.command, Vec::new()).await?
            }
            _ => Vec::new(),
        };
        if faults.iter().all(|known| known.code != fault.code) {
            faults.insert(0, fault);
        }
        Ok(self.page(&form, &values, &faults, (DraftNote::None, status)))
    }
}

async fn show_new(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let stage = Stage::set(&state, &frame, &officer, None, "register-child", &asked).await?;
    stage.show().await
}

async fn send_new(
    State(state): State<AppState>,
    asked: Asked,
    posted: Posted,
) -> Result<Response, PageError> {
    let (officer, frame) = (&posted.officer, &posted.frame);
    let stage = Stage::set(&state, frame, officer, None, "register-child", &asked).await?;
    stage.send(posted.values.clone()).await
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    PathOf((id, command)): PathOf<(Uuid, String)>,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let stage = Stage::set(&state, &frame, &officer, Some(id), &command, &asked).await?;
    stage.show().await
}

async fn send(
    State(state): State<AppState>,
    PathOf((id, command)): PathOf<(Uuid, String)>,
    asked: Asked,
    posted: Posted,
) -> Result<Response, PageError> {
    let (officer, frame) = (&posted.officer, &posted.frame);
    let stage = Stage::set(&state, frame, officer, Some(id), &command, &asked).await?;
    stage.send(posted.values.clone()).await
}
