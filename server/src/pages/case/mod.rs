//! `/cases/{id}`: whose case it is, what has to be done next and why, how far the procedure has come,
//! and everything that was recorded.
//!
//! One file is one part of the page. The whole name of a child stands here only, not in lists.

mod acts;
mod bar;
mod care;
mod criminal;
mod news;
mod next;
mod people;
mod plan;
mod progress;
mod record;
mod responsibility;
mod summary;
mod timeline;
pub(super) mod timing;
mod transfer;
mod words;

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::case::{Event, Rejection, RejectionKind};
use projections::Opened;
use uuid::Uuid;

pub(super) use self::bar::{age, identity_bar, sex_name};
pub(super) use self::timing::Timing;
pub(super) use self::words::Age;
/// How people, places, roles and codes of a case are called.
pub(super) mod case_words {
    pub use super::words::*;
}
/// Who may do what on a case.
pub(super) mod case_acts {
    pub use super::acts::*;
}

use self::next::Duty;
use self::progress::Progress;
use self::transfer::Offer;
use super::acts::{Scene, find};
use super::components::{DataTable, IdentityBar, Link, Record, SummaryList, Tab, Tabs, Tag};
use super::query::Asked;
use super::{Frame, PageError};
use crate::AppState;
use crate::access::{Officer, account};
use crate::application::{AsOf, CaseFile, acts_on_cases};
use crate::http::PathOf;
use crate::language::Language;
use crate::pages::words as said;

const TABS: [&str; 8] = [
    "summary",
    "plan",
    "criminal",
    "care",
    "people",
    "documents",
    "timeline",
    "responsibility",
];

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}", get(show))
        .merge(responsibility::routes())
}

/// A case as it is looked at by somebody.
pub struct View<'a> {
    /// What every handler can reach.
    pub state: &'a AppState,
    /// Frame and language.
    pub frame: &'a Frame,
    /// Who looks at it.
    pub officer: &'a Officer,
    /// The case.
    pub file: &'a CaseFile,
    /// What was asked for.
    pub asked: &'a Asked,
    /// Names of the officers in charge, by id.
    pub names: HashMap<String, String>,
}

impl View<'_> {
    /// Whether this person may give a command on this case.
    pub fn may(&self, command: &str) -> bool {
        acts_on_cases(self.officer.role) && acts::may_give(self.officer, command)
    }

    /// What the forms of this case depend on. `item` names what the form is about.
    pub fn scene<'b>(&'b self, item: Option<&'b str>) -> Scene<'b> {
        Scene {
            file: self.file,
            officer: self.officer,
            application: &self.state.application,
            colleagues: &[],
            substitutions: &[],
            units: &self.state.units,
            language: self.frame.language,
            item,
            event: None,
            new_id: Uuid::nil(),
        }
    }

    /// Whether this person's role and unit may give a command about `item`, however the case stands.
    pub fn allowed(&self, command: &str, item: Option<&str>) -> bool {
        let forbidden = |refused: Rejection| refused.kind == RejectionKind::Forbidden;
        self.may(command) && !self.tried(command, item).is_err_and(forbidden)
    }

    /// Whether the domain would take a command about `item` from this person now.
    pub fn can(&self, command: &str, item: Option<&str>) -> bool {
        self.may(command) && self.tried(command, item).is_ok()
    }

    fn tried(&self, command: &str, item: Option<&str>) -> Result<(), Rejection> {
        let Some(act) = find(command) else {
            return Ok(());
        };
        let scene = self.scene(item);
        scene.allows((act.trial)(&scene))
    }

    /// The commands that are possible now, as links to their forms.
    pub fn links(&self, commands: &[&str], item: Option<&str>) -> Vec<Link> {
        let possible = commands.iter().filter(|command| self.can(command, item));
        possible
            .map(|command| Link {
                text: self.frame.t(&format!("act-{command}")),
                href: acts::address(self.file.id, command, item),
            })
            .collect()
    }

    /// Whether a part of the case has anything to show.
    fn has_tab(&self, tab: &str) -> bool {
        match tab {
            "criminal" => criminal::has_content(self),
            "care" => care::has_content(self),
            "responsibility" => !self.file.partial,
            _ => true,
        }
    }

    /// The address of a part of the case.
    pub fn tab_address(&self, tab: &str, anchor: &str) -> String {
        let id = self.file.id;
        match (tab, anchor) {
            ("summary", "") => format!("/cases/{id}"),
            ("responsibility", "") => format!("/cases/{id}/responsibility"),
            (tab, "") => format!("/cases/{id}?tab={tab}"),
            (tab, anchor) => format!("/cases/{id}?tab={tab}#{anchor}"),
        }
    }
}

/// An act that is not the next step.
struct QuietAct {
    text: String,
    /// None: it cannot start yet.
    href: Option<String>,
    why_not: String,
}

/// One part of the page: headings with what stands under them.
pub struct Section {
    /// Its heading.
    pub title: String,
    /// How many things it has, where that is worth saying.
    pub count: Option<usize>,
    /// Said where there is nothing.
    pub empty: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// What a section is made of.
pub enum Block {
    /// Labels and values.
    Summary(SummaryList),
    /// Everything that an event says, under a line that says when and who.
    Event {
        /// When and who.
        line: String,
        /// What.
        record: Record,
    },
    /// A table.
    Table(DataTable),
    /// Something with a state and acts.
    Thing(Thing),
    /// Acts.
    Acts(Vec<Link>),
}

/// Something with a state and acts, such as an item of a plan.
pub struct Thing {
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub state: String,
    /// A mark.
    pub tag: Option<Tag>,
    /// Lines about it.
    pub lines: Vec<String>,
    /// What can be done with it.
    pub acts: Vec<Link>,
}

impl Section {
    fn new(title: String) -> Self {
        Self {
            title,
            count: None,
            empty: String::new(),
            blocks: Vec::new(),
        }
    }

    /// Whether there is more than the way to add something.
    fn has_content(&self) -> bool {
        let mut blocks = self.blocks.iter();
        blocks.any(|block| !matches!(block, Block::Acts(_)))
    }
}

#[derive(Template)]
#[template(path = "case/page.html")]
struct CasePage<'a> {
    frame: &'a Frame,
    title: String,
    bar: IdentityBar,
    news: Option<news::News>,
    held: String,
    /// Only one side of the case is shown.
    partial: bool,
    offer: Option<Offer>,
    closed: Option<String>,
    duties: Vec<Duty>,
    others: Vec<QuietAct>,
    progress: Progress,
    tabs: Tabs,
    sections: Vec<Section>,
    timeline: Option<timeline::TimelinePart>,
    printed: String,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let file = state.application.case(&officer, id, AsOf::Now).await?;
    let last = state
        .application
        .projections
        .last_reading(officer.id, id)
        .await?;
    state
        .application
        .note_reading(&officer, &file, Opened::Page);
    let names = names(&state, &file).await?;
    let view = View {
        state: &state,
        frame: &frame,
        officer: &officer,
        file: &file,
        asked: &asked,
        names,
    };
    let tab = asked
        .get("tab")
        .filter(|tab| TABS.contains(tab) && *tab != "responsibility" && view.has_tab(tab))
        .unwrap_or("summary");
    let number = file.number();
    let duties = next::duties(&view);
    let bar = identity_bar(&frame, &file, &view.names);
    let page = CasePage {
        held: bar.holder.clone(),
        partial: file.partial,
        title: format!("{} · {number}", frame.t(&format!("tab-{tab}"))),
        bar,
        news: news::news(&view, last),
        closed: closed(&view),
        offer: transfer::offer(&view),
        others: others(&view),
        progress: progress::progress(&view),
        tabs: tabs(&view, tab),
        sections: match tab {
            "plan" => plan::sections(&view),
            "criminal" => criminal::sections(&view),
            "care" => care::sections(&view),
            "people" => people::sections(&view),
            "documents" => people::documents(&view),
            "timeline" => Vec::new(),
            _ => summary::sections(&view),
        },
        timeline: match tab {
            "timeline" => Some(timeline::part(&view)?),
            _ => None,
        },
        printed: frame.language.text_with(
            "printed-by",
            &[
                ("number", number.as_str().into()),
                ("who", officer.name.as_str().into()),
                ("at", frame.made_at.as_str().into()),
            ],
        ),
        duties,
        frame: &frame,
    };
    Ok(frame.page(&page))
}

/// The names of officers in charge: from what they did, else from their accounts.
async fn names(state: &AppState, file: &CaseFile) -> Result<HashMap<String, String>, PageError> {
    let mut names = HashMap::new();
    for event in &file.history {
        if let (Some(id), Some(name)) = (event.actor.officer, &event.actor.name) {
            names.insert(id.to_string(), name.clone());
        }
    }
    let assigned = file.history.iter().filter_map(|event| match &event.event {
        Event::OfficerAssigned(one) => Some(one.facts.officer.as_str()),
        _ => None,
    });
    for officer in assigned {
        if !names.contains_key(officer)
            && let Ok(id) = Uuid::parse_str(officer)
            && let Some(found) = account::with_id(&state.database, id).await?
        {
            names.insert(officer.to_owned(), found.display_name);
        }
    }
    Ok(names)
}

fn closed(view: &View<'_>) -> Option<String> {
    let closure = view.file.state.closure.as_ref()?;
    let at = said::instant(closure.by.at.utc());
    if view.file.partial {
        return Some(view.frame.t1("case-closed-only", "at", at));
    }
    let reason = serde_json::to_value(closure.reason).ok()?;
    let reason = self::words::code(view.frame.language, "closing", reason.as_str()?);
    Some(view.frame.language.text_with(
        "case-closed",
        &[("at", at.into()), ("reason", reason.into())],
    ))
}

fn others(view: &View<'_>) -> Vec<QuietAct> {
    if !acts_on_cases(view.officer.role) {
        return Vec::new();
    }
    let offered: Vec<&str> = view
        .file
        .obligations
        .iter()
        .filter(|obligation| obligation.is_open())
        .filter_map(|obligation| obligation.command.as_deref())
        .collect();
    acts::others(
        view.officer,
        &view.file.state,
        &offered,
        view.file.at.date(),
    )
    .into_iter()
    .filter(|other| view.allowed(other.command, None))
    .chain(acts::beside(&offered, |command| view.can(command, None)))
    .map(|other| QuietAct {
        text: view.frame.t(&format!("act-{}", other.command)),
        href: other
            .not_yet
            .is_none()
            .then(|| acts::address(view.file.id, other.command, None)),
        why_not: other
            .not_yet
            .map(|key| view.frame.t(key))
            .unwrap_or_default(),
    })
    .collect()
}

fn tabs(view: &View<'_>, current: &str) -> Tabs {
    let count = |tab: &str| match tab {
        "timeline" => Some(view.file.history.len()),
        "documents" => Some(view.file.state.documents.len()),
        _ => None,
    };
    Tabs {
        label: view.frame.t("case-parts"),
        items: TABS
            .iter()
            .filter(|tab| view.has_tab(tab))
            .map(|tab| {
                let text = view.frame.t(&format!("tab-{tab}"));
                Tab {
                    text: match count(tab) {
                        Some(count) => format!("{text} ({count})"),
                        None => text,
                    },
                    href: format!("{}#case", view.tab_address(tab, "")),
                    current: *tab == current,
                }
            })
            .collect(),
    }
}

/// `yes` and `no`.
fn yes_no(language: Language, yes: bool) -> String {
    language.text(if yes { "yes" } else { "no" })
}
