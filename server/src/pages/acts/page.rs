//! The page of an act: whose case, why the act is due, by when, and the form.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Case, Rejection, RejectionKind};
use domain::identity::Post;
use domain::law::Obligation;
use domain::reading::Opened;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::act::{Act, Scene};
use super::address;
use crate::AppState;
use crate::access::{Account, Officer, account, posts};
use crate::application::{AsOf, CaseFile, FindError};
use crate::language::Language;
use crate::pages::case::case_words::say;
use crate::pages::case::deadline::Deadlines;
use crate::pages::case::things::Things;
use crate::pages::case::{self, identity_bar};
use crate::pages::components::{DataTable, DeadlineView, IdentityBar, Interpretation, SummaryList};
use crate::pages::form::draft::Key;
use crate::pages::form::{DraftNote, Fault, Form, FormView, Values, all_faults};
use crate::pages::{Frame, PageError};

/// What the address of an act names beside the case and the command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Subject {
    pub item: Option<String>,
    pub event: Option<(Uuid, String)>,
}

/// The act with all that its page needs.
pub(super) struct Stage {
    pub act: &'static Act,
    pub file: CaseFile,
    pub subject: Subject,
    pub colleagues: Vec<Account>,
    /// The substitutions that run in the officer's unit.
    pub substitutions: Vec<Post>,
    /// What the things of the case are called.
    pub things: Things,
    new_id: Uuid,
}

#[derive(Template)]
#[template(path = "acts.html")]
struct ActPage<'a> {
    frame: &'a Frame,
    bar: IdentityBar,
    title: String,
    why: String,
    basis: String,
    due: Option<DeadlineView>,
    /// Remarks on the time.
    remarks: Option<String>,
    /// The interpretations that the form speaks of, beside those of the time.
    notes: Vec<Interpretation>,
    case_href: String,
    about: Option<SummaryList>,
    table: Option<DataTable>,
    /// What may be looked up beside it.
    more: Option<SummaryList>,
    /// What stands beside the form is what the act decides on: it is open also on a phone.
    about_open: bool,
    form: FormView,
    /// A field of a file whose name, size and hash a script reads.
    hashes_a_file: bool,
}

#[derive(Template)]
#[template(path = "acts_refused.html")]
struct RefusedPage<'a> {
    frame: &'a Frame,
    bar: IdentityBar,
    title: String,
    heading: String,
    sentence: String,
    basis: String,
    case_href: String,
}

impl Subject {
    /// What the query names.
    pub fn of(query: Option<&str>) -> Self {
        let mut subject = Self::default();
        let (mut event, mut path) = (None, String::new());
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match &*name {
                "item" if !value.is_empty() && value.len() <= 64 => {
                    subject.item = Some(value.into_owned());
                }
                "event" => event = Uuid::parse_str(&value).ok(),
                "path" if value.len() <= 200 => path = value.into_owned(),
                _ => {}
            }
        }
        subject.event = event.map(|event| (event, path));
        subject
    }

    /// See [`Stage::key`].
    pub fn key(&self, officer: &Officer, case: Uuid, command: &str) -> Key {
        let query = self.query();
        let name = if query.is_empty() {
            command.to_owned()
        } else {
            let hash = Sha256::digest(query.as_bytes());
            let short: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
            format!("{command}-{short}")
        };
        Key::new(officer.id, Some(case), &name)
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(item) = &self.item {
            query.append_pair("item", item);
        }
        if let Some((event, path)) = &self.event {
            query.append_pair("event", &event.to_string());
            query.append_pair("path", path);
        }
        query.finish()
    }
}

impl Stage {
    /// Loads what the page needs.
    pub async fn set(
        state: &AppState,
        language: Language,
        officer: &Officer,
        id: Uuid,
        command: &str,
        subject: Subject,
    ) -> Result<Self, PageError> {
        let act = super::find(command).ok_or(PageError::NotFound)?;
        let file = state.application.case(officer, id, AsOf::Now).await;
        let file = file.map_err(|error| not_found(&error))?;
        Self::with(state, language, officer, act, file, subject).await
    }

    /// The same, for the case as somebody found it who was quicker.
    pub async fn again(
        &self,
        state: &AppState,
        language: Language,
        officer: &Officer,
        found: Option<Case>,
    ) -> Result<Self, PageError> {
        let (act, id, subject) = (self.act, self.file.id, self.subject.clone());
        let Some(case) = found else {
            return Self::set(state, language, officer, id, act.command, subject).await;
        };
        let application = &state.application;
        let file = application.looked_at(officer, id, case, AsOf::Now);
        let file = file.map_err(|error| not_found(&error))?;
        Self::with(state, language, officer, act, file, subject).await
    }

    async fn with(
        state: &AppState,
        language: Language,
        officer: &Officer,
        act: &'static Act,
        file: CaseFile,
        subject: Subject,
    ) -> Result<Self, PageError> {
        let command = act.command;
        let assigns = command == "assign-officer";
        let mut substitutions = Vec::new();
        if assigns {
            substitutions = posts::substitutions_in(&state.database, &officer.unit).await?;
            substitutions.retain(|post| post.runs_at(file.at));
        }
        let asks_for_people = [
            "assign-officer",
            "relieve-officer",
            "submit-plan",
            "adjust-plan",
        ];
        let colleagues = if asks_for_people.contains(&command) {
            let unit = &officer.unit;
            let all = account::list(&state.database).await?;
            let works = |account: &Account| crate::application::acts_on_cases(account.role);
            all.into_iter()
                .filter(|account| account.unit == *unit && account.disabled_at.is_none())
                .filter(works)
                .collect()
        } else {
            Vec::new()
        };
        Ok(Self {
            things: case::things(state, language, officer, &file).await?,
            act,
            file,
            subject,
            colleagues,
            substitutions,
            new_id: state.ids.next(),
        })
    }

    /// What the form may depend on.
    pub fn scene<'a>(
        &'a self,
        state: &'a AppState,
        frame: &Frame,
        officer: &'a Officer,
    ) -> Scene<'a> {
        let event = self.subject.event.as_ref();
        Scene {
            file: &self.file,
            officer,
            application: &state.application,
            colleagues: &self.colleagues,
            substitutions: &self.substitutions,
            units: &state.units,
            things: &self.things,
            language: frame.language,
            item: self.subject.item.as_deref(),
            event: event.map(|(event, path)| (*event, path.as_str())),
            new_id: self.new_id,
        }
    }

    /// The page's own address.
    pub fn address(&self) -> String {
        let address = address(self.file.id, self.act.command);
        match self.subject.query() {
            query if query.is_empty() => address,
            query => format!("{address}?{query}"),
        }
    }

    /// Where the case is shown.
    pub fn case_address(&self) -> String {
        format!("/cases/{}", self.file.id)
    }

    /// Whose draft it is: of the officer, the case, the command and what it is about, so that what
    /// was typed on one service never turns up under another.
    pub fn key(&self, officer: &Officer) -> Key {
        self.subject.key(officer, self.file.id, self.act.command)
    }

    /// Records that the officer was shown the case, as on its own page.
    pub fn is_read(&self, state: &AppState, officer: &Officer) {
        state
            .application
            .note_reading(officer, &self.file, Opened::Page);
    }

    /// The open obligation that the act fulfils.
    fn obligation(&self) -> Option<&Obligation> {
        let open = |step: &&&str| {
            self.file.obligations.iter().find(|obligation| {
                let of_item = obligation.item.as_ref().zip(self.subject.item.as_ref());
                obligation.step == **step
                    && obligation.is_open()
                    && of_item.is_none_or(|(theirs, ours)| theirs == ours)
            })
        };
        self.act.steps.iter().find_map(|step| open(&step))
    }

    /// The page with the form.
    #[expect(clippy::too_many_arguments, reason = "a page is made of many parts")]
    pub fn page(
        &self,
        state: &AppState,
        frame: &Frame,
        officer: &Officer,
        form: &Form,
        values: &Values,
        faults: &[Fault],
        note: DraftNote,
        status: StatusCode,
    ) -> Response {
        self.is_read(state, officer);
        let scene = self.scene(state, frame, officer);
        let view = FormView::with_faults(state, frame, form, &self.address(), values, faults);
        let view = view.draft(frame, &self.key(officer), note);
        let procedure = &state.application.procedure;
        let step = self.act.steps.first();
        let step = step.and_then(|id| procedure.steps.iter().find(|step| step.id == *id));
        let obligation = self.obligation();
        let why = match obligation {
            Some(obligation) => say(frame.language, &obligation.why),
            None => frame.t(&format!("act-{}-why", self.act.command)),
        };
        let (form_number, law) = match (obligation, step) {
            (Some(owed), _) => (owed.form.clone(), owed.legal_basis.clone()),
            (None, Some(step)) => (step.form.clone(), step.legal_basis.clone()),
            (None, None) => (None, self.act.basis.to_owned()),
        };
        let basis = [form_number, Some(law)].into_iter().flatten();
        let basis: Vec<String> = basis.filter(|part| !part.is_empty()).collect();
        let about = (self.act.about)(&scene);
        let deadlines = Deadlines {
            language: frame.language,
            application: &state.application,
            emergency: self.file.emergency,
            now: self.file.at,
        };
        let due = obligation.map(|owed| deadlines.of(owed));
        let mut notes = deadlines.named(self.act.rests_on);
        notes.retain(|note| {
            let mut told = due.iter().flat_map(|due| &due.notes);
            told.all(|known| known.text != note.text)
        });
        frame.page_with(
            status,
            &ActPage {
                frame,
                bar: identity_bar(frame, &self.file, &self.things),
                title: frame.t(&format!("act-{}-title", self.act.command)),
                why,
                basis: basis.join(" · "),
                due,
                notes,
                remarks: obligation.map(|owed| deadlines.remarks(owed)),
                case_href: self.case_address(),
                about: (!about.rows.is_empty()).then_some(SummaryList { rows: about.rows }),
                about_open: self.act.decides_on_it
                    || about.table.is_some()
                    || self.subject != Subject::default(),
                table: about.table,
                more: (!about.more.is_empty()).then_some(SummaryList { rows: about.more }),
                form: view,
                hashes_a_file: self.act.command == "attach-document",
            },
        )
    }

    /// Everything that is wrong with what was typed: with its fields, with how they fit together, and
    /// by the procedure. `faults` were found when it was read.
    pub fn all_faults(
        &self,
        scene: &Scene<'_>,
        mut command: Value,
        mut faults: Vec<Fault>,
    ) -> Vec<Fault> {
        let mut more = (self.act.finish)(scene, &mut command);
        more.retain(|fault| faults.iter().all(|known| known.pointer != fault.pointer));
        faults.extend(more);
        let least = (self.act.trial)(scene);
        all_faults(command, faults, &least, |command| scene.tried(command))
    }

    /// The page that says, before anybody types, why the act is not possible and what to do instead.
    pub fn refused(
        &self,
        state: &AppState,
        frame: &Frame,
        officer: &Officer,
        refusal: &Rejection,
    ) -> Response {
        self.is_read(state, officer);
        let forbidden = refusal.kind == RejectionKind::Forbidden;
        let (heading, status) = if forbidden {
            ("act-refused-role", StatusCode::FORBIDDEN)
        } else {
            ("act-refused-now", StatusCode::OK)
        };
        frame.page_with(
            status,
            &RefusedPage {
                frame,
                bar: identity_bar(frame, &self.file, &self.things),
                title: frame.t(&format!("act-{}-title", self.act.command)),
                heading: frame.t(heading),
                sentence: say(frame.language, &refusal.message),
                basis: refusal
                    .legal_basis
                    .as_deref()
                    .unwrap_or_default()
                    .to_owned(),
                case_href: self.case_address(),
            },
        )
    }
}

/// Why a case cannot be shown, to a person.
pub(super) fn not_found(error: &FindError) -> PageError {
    match error {
        FindError::NotFound => PageError::NotFound,
        FindError::NotReady(_) => PageError::not_ready(error),
        FindError::Internal(_) => PageError::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_item_and_event() {
        let subject = Subject::of(Some("item=p%201&other=x"));
        assert_eq!(subject.item.as_deref(), Some("p 1"));
        assert_eq!(subject.query(), "item=p+1");
        let id = "0190163d-8694-739b-aea5-966c26f8ad91";
        let subject = Subject::of(Some(&format!("event={id}&path=/child/name")));
        assert_eq!(subject.query(), format!("event={id}&path=%2Fchild%2Fname"));
        assert_eq!(Subject::of(Some("event=x&path=/y")), Subject::default());
        assert_eq!(Subject::of(None).query(), "");
    }
}
