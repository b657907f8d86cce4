//! `/responsibility`: what a unit, an officer or an agency owed in a period and how it went. Every
//! number leads to what it counts.

mod lists;
mod meant;
mod scope;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::TimeDelta;
use domain::time::Instant;
use projections::{DutyOrder, Outcome, StepFigures};

pub use self::scope::may_look;

use self::lists::DutyLine;
use self::meant::Note;
use self::scope::Scope;
use super::case::{self, case_words};
use super::components::{FilterPanel, Link};
use super::query::Asked;
use super::{Frame, PageError, words};
use crate::AppState;
use crate::access::Officer;

/// Hand-overs on the page; the rest is a link away.
const HAND_OVERS: usize = 5;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/responsibility", get(show))
        .merge(lists::routes())
}

#[derive(Template)]
#[template(path = "responsibility/page.html")]
struct Page<'a> {
    frame: &'a Frame,
    scope: String,
    notes: Vec<Note>,
    filters: FilterPanel,
    figures: Vec<Figure>,
    steps: Vec<StepLine>,
    hand_overs: Vec<DutyLine>,
    hand_overs_all: Option<Link>,
    recorded: Vec<Figure>,
}

/// A number that leads to what it counts.
struct Figure {
    label: String,
    value: String,
    href: String,
    alarm: bool,
    /// A time: the words come before it, `một nửa làm xong trong 2 ngày`.
    time: bool,
}

struct StepLine {
    name: String,
    cells: Vec<Figure>,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let now = Instant::new(state.now());
    let scope = Scope::read(&state, &officer, &asked, now.date()).await?;
    let projections = &state.application.projections;
    let (figures, lag, gaps) = tokio::try_join!(
        projections.responsibility(&scope.filter, now),
        projections.recording_lag(&scope.filter),
        projections.duties(
            &scope.filter,
            &[],
            DutyOrder::HandOvers,
            now,
            None,
            HAND_OVERS
        ),
    )?;
    let writer = Writer {
        frame: &frame,
        scope: &scope,
        asked: &asked,
    };
    let procedure = projections.procedure();
    let steps = procedure
        .steps
        .iter()
        .filter_map(|step| {
            let figures = figures.steps.get(&step.id)?;
            Some(StepLine {
                name: case_words::say(frame.language, &step.name),
                cells: writer.cells(Some(&step.id), figures),
            })
        })
        .collect();
    let recorded = [
        ("figures-recorded", Some(lag.count.to_string())),
        ("figures-lag-median", writer.time(lag.median_seconds)),
        ("figures-lag-ninetieth", writer.time(lag.ninetieth_seconds)),
        ("figures-longest", writer.time(lag.longest_seconds)),
    ];
    let query = scope.query(&asked, &[]);
    let cases = gaps.items.iter().map(|row| row.case_id);
    let things = case::things_of(&state, frame.language, &officer, cases).await;
    let page = Page {
        scope: scope.title(&frame, &officer.unit),
        notes: scope.notes(&frame, &asked),
        filters: scope.panel(&frame, &asked, &officer.unit, "/responsibility")?,
        figures: writer.cells(None, &figures.all),
        steps,
        hand_overs_all: (gaps.total > 0).then(|| Link {
            text: frame.t1("figures-hand-overs-all", "count", gaps.total),
            href: format!(
                "/responsibility/obligations?{}",
                scope.query(&asked, &[("hand-overs", "yes")])
            ),
        }),
        hand_overs: gaps
            .items
            .into_iter()
            .map(|row| {
                let named = things.get(&row.case_id);
                lists::line(&frame, row, named, now)
            })
            .collect(),
        recorded: recorded
            .into_iter()
            .map(|(key, value)| Figure {
                label: frame.t(key),
                value: value.unwrap_or_else(|| "–".to_owned()),
                href: format!("/responsibility/recordings?{query}"),
                alarm: false,
                time: key != "figures-recorded",
            })
            .collect(),
        frame: &frame,
    };
    Ok(frame.page(&page))
}

struct Writer<'a> {
    frame: &'a Frame,
    scope: &'a Scope,
    asked: &'a Asked,
}

impl Writer<'_> {
    /// A length of time in words.
    fn time(&self, seconds: Option<i64>) -> Option<String> {
        let seconds = seconds?;
        Some(if seconds < 60 {
            self.frame.t("board-at-once")
        } else {
            words::duration(self.frame.language, TimeDelta::seconds(seconds))
        })
    }

    /// How many arose and how they went, each with the way to them; then how long they took.
    fn cells(&self, step: Option<&str>, figures: &StepFigures) -> Vec<Figure> {
        let href = |outcome: Option<Outcome>| {
            let mut added = Vec::new();
            added.extend(step.map(|step| ("step", step)));
            added.extend(outcome.map(|outcome| ("outcome", outcome.name())));
            let query = self.scope.query(self.asked, &added);
            format!("/responsibility/obligations?{query}")
        };
        let mut cells = vec![Figure {
            label: self.frame.t("figures-opened"),
            value: figures.opened().to_string(),
            href: href(None),
            alarm: false,
            time: false,
        }];
        for outcome in Outcome::ALL {
            let count = figures.count(outcome);
            cells.push(Figure {
                label: self.frame.t(&format!("figures-{}", outcome.name())),
                value: count.to_string(),
                href: href(Some(outcome)),
                alarm: outcome == Outcome::Overdue && count > 0,
                time: false,
            });
        }
        let times = [
            ("figures-median", figures.median_seconds),
            ("figures-ninetieth", figures.ninetieth_seconds),
        ];
        for (key, seconds) in times {
            cells.push(Figure {
                label: self.frame.t(key),
                value: self.time(seconds).unwrap_or_else(|| "–".to_owned()),
                href: {
                    let mut added = vec![("outcome", "done")];
                    added.extend(step.map(|step| ("step", step)));
                    let query = self.scope.query(self.asked, &added);
                    format!("/responsibility/obligations?{query}")
                },
                alarm: false,
                time: true,
            });
        }
        cells
    }
}
