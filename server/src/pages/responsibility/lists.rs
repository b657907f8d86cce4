//! What the figures count: obligations, and events with how much later they were recorded.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::TimeDelta;
use domain::law::Obligation;
use domain::time::Instant;
use projections::{DutyOrder, DutyRow, LateRecording, Outcome};

use super::meant::Note;
use super::scope::Scope;
use crate::AppState;
use crate::access::Officer;
use crate::application::CaseFile;
use crate::pages::case::deadline::waited;
use crate::pages::case::things::Things;
use crate::pages::case::{self, case_words};
use crate::pages::components::{EmptyState, FilterPanel, Link, Pagination, Tag, TagState};
use crate::pages::paging::Paging;
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError, words};

/// Rows on a page.
const ROWS: usize = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/responsibility/obligations", get(obligations))
        .route("/responsibility/recordings", get(recordings))
}

#[derive(Template)]
#[template(path = "responsibility/obligations.html")]
struct Obligations<'a> {
    frame: &'a Frame,
    page_title: String,
    title: String,
    scope: String,
    notes: Vec<Note>,
    back: String,
    filters: FilterPanel,
    rows: Vec<DutyLine>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

/// An obligation.
pub(super) struct DutyLine {
    pub case: Link,
    pub child: String,
    pub step: String,
    pub who: String,
    pub opened: String,
    pub ended: String,
    pub length: String,
    pub due: String,
    pub tag: Option<Tag>,
    /// For whom it waited, who may do it as well, what nobody confirmed.
    pub remarks: Vec<String>,
}

#[derive(Template)]
#[template(path = "responsibility/recordings.html")]
struct Recordings<'a> {
    frame: &'a Frame,
    page_title: String,
    scope: String,
    notes: Vec<Note>,
    back: String,
    filters: FilterPanel,
    rows: Vec<RecordingLine>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

struct RecordingLine {
    case: Link,
    what: Link,
    who: String,
    occurred: String,
    recorded: String,
    lag: String,
}

async fn obligations(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let now = Instant::new(state.now());
    let scope = Scope::read(&state, &officer, &asked, now.date()).await?;
    let hand_overs = asked.is("hand-overs", "yes");
    let order = if hand_overs {
        DutyOrder::HandOvers
    } else {
        DutyOrder::Longest
    };
    let outcomes: Vec<Outcome> = match asked.get("outcome") {
        Some("done") => Outcome::DONE.to_vec(),
        Some(name) => Outcome::parse(name).into_iter().collect(),
        None => Vec::new(),
    };
    let projections = &state.application.projections;
    let page = projections
        .duties(
            &scope.filter,
            &outcomes,
            order,
            now,
            asked.get("after"),
            ROWS,
        )
        .await?;
    let step = scope.filter.step.as_deref();
    let step = step.and_then(|step| projections.procedure().step(step));
    let what = match (step, hand_overs) {
        (Some(step), _) => case_words::say(frame.language, &step.name),
        (None, true) => frame.t("figures-hand-overs"),
        (None, false) => frame.t("figures-obligations"),
    };
    let outcome = asked.get("outcome");
    let outcome = outcome.and_then(|name| frame.language.find(&format!("figures-{name}"), &[]));
    let title = match outcome {
        Some(outcome) => format!("{what}: {}", outcome.to_lowercase()),
        None => what,
    };
    let paging = Paging::of(&asked, page.total, ROWS);
    let cases = page.items.iter().map(|row| row.case_id);
    let things = case::things_of(&state, frame.language, &officer, cases).await;
    let list = Obligations {
        page_title: paging.title(&frame, &title),
        title,
        scope: scope.title(&frame, &officer.unit),
        notes: scope.notes(&frame, &asked),
        back: format!("/responsibility?{}", scope.query(&asked, &[])),
        filters: scope.panel(&frame, &asked, &officer.unit, "/responsibility/obligations")?,
        pagination: paging.foot(
            &frame,
            &asked,
            shown(&frame, page.items.len(), page.total),
            page.next.as_deref(),
        ),
        empty: page.items.is_empty().then(|| empty(&frame)),
        rows: page
            .items
            .into_iter()
            .map(|row| {
                let things = things.get(&row.case_id);
                line(&frame, row, things, now)
            })
            .collect(),
        frame: &frame,
    };
    Ok(frame.page(&list))
}

async fn recordings(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let now = Instant::new(state.now());
    let scope = Scope::read(&state, &officer, &asked, now.date()).await?;
    let page = state
        .application
        .projections
        .late_recordings(&scope.filter, asked.get("after"), ROWS)
        .await?;
    let paging = Paging::of(&asked, page.total, ROWS);
    let cases = page.items.iter().map(|row| row.case_id);
    let things = case::things_of(&state, frame.language, &officer, cases).await;
    let list = Recordings {
        page_title: paging.title(&frame, &frame.t("figures-recordings")),
        scope: scope.title(&frame, &officer.unit),
        notes: scope.notes(&frame, &asked),
        back: format!("/responsibility?{}", scope.query(&asked, &[])),
        filters: scope.panel(&frame, &asked, &officer.unit, "/responsibility/recordings")?,
        pagination: paging.foot(
            &frame,
            &asked,
            shown(&frame, page.items.len(), page.total),
            page.next.as_deref(),
        ),
        empty: page.items.is_empty().then(|| empty(&frame)),
        rows: page
            .items
            .into_iter()
            .map(|row| {
                let things = things.get(&row.case_id);
                recording(&frame, row, things)
            })
            .collect(),
        frame: &frame,
    };
    Ok(frame.page(&list))
}

/// A case with what its things are called.
pub(super) type Named = (CaseFile, Things);

/// An obligation in words, with the thing that it is about where the case may be seen.
pub(super) fn line(frame: &Frame, row: DutyRow, named: Option<&Named>, now: Instant) -> DutyLine {
    let language = frame.language;
    let owed = named.and_then(|(file, _)| {
        let ordinal = usize::try_from(row.ordinal).ok()?;
        let owed = file.obligations.get(ordinal).filter(|_| !file.partial)?;
        Some(owed).filter(|owed| owed.step == row.step)
    });
    let about = owed
        .zip(named)
        .and_then(|(owed, (_, things))| things.about(&owed.step, owed.item.as_deref()?));
    let remarks = remarks(frame, &row, owed, now);
    let day = row.opened_at.date();
    let tag = TagState::of(row.outcome, row.due_at.is_some());
    // That it is late, the mark says.
    let late = row.late_seconds.map(TimeDelta::seconds);
    let late = late.map(|time| words::duration(language, time));
    let until = row.due_at.map(words::until);
    let until = until.unwrap_or_else(|| frame.t("board-no-limit"));
    let due = match late {
        Some(late) => format!("{late} · {until}"),
        None => until,
    };
    DutyLine {
        // As it stood when it was open last: there the board tells who owed it.
        case: Link {
            text: row.case_number,
            href: format!("/cases/{}/responsibility", row.case_id),
        },
        child: row.child.unwrap_or_else(|| frame.t("child-unnamed")),
        step: match (row.name, about) {
            (Some(name), Some(about)) => format!("{}: {about}", case_words::say(language, &name)),
            (Some(name), None) => case_words::say(language, &name),
            (None, _) => row.step,
        },
        who: row
            .role
            .map(|role| {
                case_words::role_of_unit(language, &frame.units, role, row.unit.as_deref(), day)
            })
            .unwrap_or_default(),
        opened: words::instant(row.opened_at.utc()),
        ended: row.ended_at.map_or_else(
            || frame.t("board-not-ended"),
            |ended| words::instant(ended.utc()),
        ),
        length: length(frame, row.seconds),
        due,
        tag: tag.map(|tag| Tag::new(language, tag)),
        remarks,
    }
}

/// For whom it waited, who may do it as well, that a correction waits for a second person.
fn remarks(frame: &Frame, row: &DutyRow, owed: Option<&Obligation>, now: Instant) -> Vec<String> {
    let language = frame.language;
    let mut remarks = Vec::new();
    if let Some(owed) = owed {
        remarks.extend(waited(language, &frame.units, owed, now));
    }
    if row.ended_at.is_none() && !row.also.is_empty() {
        let who = row.also.iter().map(|also| {
            case_words::role_of_unit(
                language,
                &frame.units,
                also.role,
                Some(&also.unit),
                now.date(),
            )
        });
        let who: Vec<_> = who.collect();
        remarks.push(frame.t1("board-also", "who", who.join(", ")));
    }
    if let Some(role) = row.late_role {
        let day = row.due_at.unwrap_or(row.opened_at).date();
        let who =
            case_words::role_of_unit(language, &frame.units, role, row.late_unit.as_deref(), day);
        remarks.push(frame.t1("board-late-under", "who", who));
    }
    if row.unconfirmed {
        remarks.push(frame.t("worklist-unconfirmed"));
    }
    remarks
}

fn recording(frame: &Frame, row: LateRecording, named: Option<&Named>) -> RecordingLine {
    let sentence = named.and_then(|(file, things)| {
        let mut events = file.history.iter();
        let event = events.find(|event| event.version == row.version)?;
        Some(things.sentence(event))
    });
    let day = row.recorded_at.date();
    let who = row
        .role
        .map(|role| {
            case_words::role_of_unit(frame.language, &frame.units, role, row.unit.as_deref(), day)
        })
        .unwrap_or_default();
    RecordingLine {
        case: Link {
            text: row.case_number,
            href: format!("/cases/{}/responsibility", row.case_id),
        },
        what: Link {
            text: sentence.unwrap_or_else(|| event_name(frame, &row.event_type)),
            href: format!(
                "/cases/{}?tab=timeline&all=yes#e{}",
                row.case_id, row.version
            ),
        },
        who: match row.officer_name {
            Some(name) => format!("{name} ({who})"),
            None => who,
        },
        occurred: words::instant(row.occurred_at.utc()),
        recorded: words::instant(row.recorded_at.utc()),
        lag: length(frame, row.lag_seconds),
    }
}

/// What happened, without what is particular to it.
fn event_name(frame: &Frame, event_type: &str) -> String {
    let plain = frame.language.find(&format!("kind-of-{event_type}"), &[]);
    plain.unwrap_or_else(|| {
        let unsaid = [("thing", "…".into()), ("value", "…".into())];
        frame
            .language
            .text_with(&format!("event-{event_type}"), &unsaid)
    })
}

fn length(frame: &Frame, seconds: i64) -> String {
    if seconds < 60 {
        frame.t("board-at-once")
    } else {
        words::duration(frame.language, TimeDelta::seconds(seconds))
    }
}

fn shown(frame: &Frame, shown: usize, total: i64) -> String {
    let counted = [("shown", shown.into()), ("total", total.into())];
    frame.language.text_with("figures-shown", &counted)
}

fn empty(frame: &Frame) -> EmptyState {
    EmptyState {
        title: frame.t("figures-none"),
        text: frame.t("figures-none-text"),
        act: None,
    }
}
