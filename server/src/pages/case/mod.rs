//! `/cases/{id}`: whose case it is, what has to be done next and why, how far the procedure has come,
//! and everything that was recorded.
//!
//! One file is one part of the page. The whole name of a child stands here only, not in lists.

mod acts;
mod bar;
mod care;
mod checks;
mod criminal;
pub(super) mod deadline;
mod ended;
mod news;
mod next;
mod people;
mod plan;
mod progress;
mod record;
mod responsibility;
mod sentence;
mod summary;
pub(super) mod things;
mod timeline;
mod transfer;
mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::case::{Event, Possibility, Recorded, Standing, effective};
use domain::permit::sees_a_side;
use domain::reading::Opened;
use uuid::Uuid;

pub(super) use self::bar::{age, identity_bar, sex_name};
pub(super) use self::words::Age;
pub(super) use crate::words::Timing;
/// How people, places, roles and codes of a case are called.
pub(super) mod case_words {
    pub use super::words::*;
}
/// Who may do what on a case.
pub(super) mod case_acts {
    pub use super::acts::*;
}

use self::acts::Place;
pub(super) use self::next::Duty;
use self::progress::Progress;
use self::things::{Things, acted};
use self::transfer::Offer;
use super::acts::Scene;
use super::components::{DataTable, IdentityBar, Link, Record, SummaryList, Tab, Tabs, Tag};
use super::query::Asked;
use super::{Frame, PageError};
use crate::AppState;
use crate::access::{Officer, account};
use crate::application::{AsOf, CaseFile, FindError, acts_on_cases};
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
    /// What the things and the officers of this case are called.
    pub things: Things,
    /// How every command stands for this person, once somebody asked.
    offers: OnceLock<Vec<Possibility>>,
}

impl<'a> View<'a> {
    /// The case as this person looks at it.
    fn new(
        state: &'a AppState,
        frame: &'a Frame,
        officer: &'a Officer,
        file: &'a CaseFile,
        asked: &'a Asked,
        things: Things,
    ) -> Self {
        Self {
            state,
            frame,
            officer,
            file,
            asked,
            things,
            offers: OnceLock::new(),
        }
    }
}

impl View<'_> {
    /// How every command of the case stands for this person.
    fn offers(&self) -> &[Possibility] {
        self.offers.get_or_init(|| {
            let application = &self.state.application;
            match acts_on_cases(self.officer.role) {
                true => application.possible(self.officer, self.file),
                false => Vec::new(),
            }
        })
    }

    /// How a command stands for this person: about `item`, or about what is nearest to being possible.
    /// None where they never act.
    pub fn standing(&self, command: &str, item: Option<&str>) -> Option<Standing> {
        let mut offers = self.offers().iter();
        let offer = offers.find(|offer| offer.command == command)?;
        let application = &self.state.application;
        match item {
            Some(item) => application.possible_about(self.officer, self.file, command, item),
            None => Some(offer.standing.clone()),
        }
    }

    /// Whether the domain would take a command about `item` from this person now.
    pub fn can(&self, command: &str, item: Option<&str>) -> bool {
        let standing = self.standing(command, item);
        standing.is_some_and(|standing| standing.is_now())
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
            things: &self.things,
            language: self.frame.language,
            item,
            event: None,
            new_id: Uuid::nil(),
        }
    }

    /// The link to the form of a command.
    fn link(&self, command: &str, item: Option<&str>) -> Link {
        Link {
            text: self.frame.t(&format!("act-{command}")),
            href: acts::address(self.file.id, command, item),
        }
    }

    /// What is possible now at a place of the page about `item`, as links to the forms.
    pub fn acts_at(&self, place: Place, item: Option<&str>) -> Vec<Link> {
        self.links(acts::at(place), item)
    }

    /// Those of the commands that are possible now, as links to their forms.
    fn links<'c>(
        &self,
        commands: impl IntoIterator<Item = &'c str>,
        item: Option<&str>,
    ) -> Vec<Link> {
        let commands = commands.into_iter();
        let possible = commands.filter(|command| self.can(command, item));
        possible.map(|command| self.link(command, item)).collect()
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
    /// What was just recorded, and what is next.
    said: Option<String>,
    bar: IdentityBar,
    news: Option<news::News>,
    held: String,
    /// Only one side of the case is shown.
    partial: bool,
    /// A part other than the summary: on paper it stands alone.
    part_only: bool,
    /// When the part of the reader's unit ended: what is shown stood there then.
    left: Option<String>,
    /// Corrections that wait for a second person.
    unconfirmed: Vec<checks::Check>,
    offer: Option<Offer>,
    closed: Option<String>,
    /// What the reader has to do.
    own: Vec<Duty>,
    /// What others have to do.
    elsewhere: Vec<Duty>,
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
    let file = match state.application.case(&officer, id, AsOf::Now).await {
        Err(FindError::NotFound) => return ended::page(&state, &frame, &officer, id).await,
        found => found?,
    };
    let last = state
        .application
        .projections
        .last_reading(officer.id, id)
        .await?;
    state
        .application
        .note_reading(&officer, &file, Opened::Page);
    let things = things(&state, frame.language, &officer, &file).await?;
    let view = View::new(&state, &frame, &officer, &file, &asked, things);
    let tab = asked
        .get("tab")
        .filter(|tab| TABS.contains(tab) && *tab != "responsibility" && view.has_tab(tab))
        .unwrap_or("summary");
    let number = file.number();
    let duties = next::duties(&view);
    let said = match &frame.done {
        Some(done) => Some(done.with_next(frame.language, (id, file.state.version), &duties)),
        None => frame.said.clone(),
    };
    let others = others(&view, &duties);
    let (own, elsewhere) = duties.into_iter().partition(|duty| duty.own);
    let bar = identity_bar(&frame, &file, &view.things);
    let page = CasePage {
        said,
        held: bar.holder.clone(),
        partial: file.partial,
        part_only: tab != "summary",
        left: left(&view),
        unconfirmed: checks::unconfirmed(&view),
        title: format!("{} · {number}", frame.t(&format!("tab-{tab}"))),
        bar,
        news: news::news(&view, last),
        closed: closed(&view),
        offer: transfer::offer(&view),
        others,
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
        own,
        elsewhere,
        frame: &frame,
    };
    Ok(frame.page(&page))
}

/// What the things of a case are called, and its officers: these by what they did, else by their
/// accounts.
pub(super) async fn things(
    state: &AppState,
    language: Language,
    officer: &Officer,
    file: &CaseFile,
) -> Result<Things, PageError> {
    let mut names = acted(&file.history);
    let assigned = file.history.iter().filter_map(|event| match &event.event {
        Event::OfficerAssigned(one) => one.officer(),
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
    let mut things = Things::of(language, file, names);
    if let Some(other) = recorded_twice(&file.history) {
        let number = state.application.number_of(officer, other).await?;
        things.recorded_twice = number.map(|number| (other, number));
    }
    Ok(things)
}

/// The case that the last closing names as the one in which this one was recorded, too.
fn recorded_twice(history: &[Recorded]) -> Option<Uuid> {
    let known = effective(history);
    let closed = known.iter().rev().find_map(|one| match &one.event {
        Event::CaseClosed(closed) => Some(closed.facts.other_case),
        _ => None,
    });
    closed.flatten()
}

/// What the things of these cases are called, for lists; of those that the reader may see.
pub(super) async fn things_of(
    state: &AppState,
    language: Language,
    officer: &Officer,
    cases: impl IntoIterator<Item = Uuid>,
) -> HashMap<Uuid, (CaseFile, Things)> {
    let files = state.application.cases(officer, cases).await;
    let named = files.into_iter().map(|(id, file)| {
        let things = Things::of(language, &file, acted(&file.history));
        (id, (file, things))
    });
    named.collect()
}

/// The same of lists that say nothing else of the case.
pub(super) async fn names_of(
    state: &AppState,
    language: Language,
    officer: &Officer,
    cases: impl IntoIterator<Item = Uuid>,
) -> HashMap<Uuid, Things> {
    let read = state.application.cases_read(officer, cases).await;
    let named = read.into_iter();
    named
        .map(|(id, read)| (id, Things::of_read(language, &read)))
        .collect()
}

fn closed(view: &View<'_>) -> Option<String> {
    let closure = view.file.state.closure.as_ref()?;
    let at = said::instant(closure.by.at.utc());
    if view.file.partial {
        return Some(view.frame.t1("case-closed-only", "at", at));
    }
    let reason = serde_json::to_value(closure.reason).ok()?;
    let reason = self::words::code(view.frame.language, "closing", reason.as_str()?);
    let closed = view.frame.language.text_with(
        "case-closed",
        &[("at", at.into()), ("reason", reason.into())],
    );
    Some(match &view.things.recorded_twice {
        Some((_, number)) => {
            let other = view
                .frame
                .t1("case-recorded-twice", "number", number.as_str());
            format!("{closed} {other}")
        }
        None => closed,
    })
}

fn left(view: &View<'_>) -> Option<String> {
    let at = said::instant(view.file.left?.utc());
    let key = match view.file.partial && !sees_a_side(view.officer.role) {
        true => "case-left-seated",
        false => "case-left",
    };
    Some(view.frame.t1(key, "at", at))
}

/// What can be recorded beside the duties, and what has to wait for something else.
fn others(view: &View<'_>, duties: &[Duty]) -> Vec<QuietAct> {
    let offered = |command: &&str| duties.iter().all(|duty| duty.command != *command);
    let others = acts::at(Place::Beside).filter(offered);
    let mut quiet: Vec<_> = others.filter_map(|command| quiet(view, command)).collect();
    if view.can("receive-report", None) {
        // Whoever has or had a part can tell of new danger, also of a closed case: it becomes a report.
        quiet.push(QuietAct {
            text: view.frame.t("act-tell-of-danger"),
            href: Some(format!("/reports/new?case={}", view.file.id)),
            why_not: String::new(),
        });
    }
    // What can be done stands first.
    quiet.sort_by_key(|act| act.href.is_none());
    quiet
}

fn quiet(view: &View<'_>, command: &str) -> Option<QuietAct> {
    let Link { text, href } = view.link(command, None);
    let (href, why_not) = match view.standing(command, None)? {
        Standing::Now => (Some(href), String::new()),
        Standing::NotYet(why) => (None, self::words::say(view.frame.language, &why.message)),
        Standing::Only(_) | Standing::NoPlace(_) => return None,
    };
    Some(QuietAct {
        text,
        href,
        why_not,
    })
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
