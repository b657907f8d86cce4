//! `/cases/{id}/responsibility`: who was responsible at any moment. A line that can be put to any
//! instant, told in words; a drawing of the whole case over time; and the same as tables.
//!
//! Everything works by links and one plain form. A script lets the line be moved by hand: it asks for
//! the same words as the page has them.

mod asked;
mod axis;
mod chart;
mod moment;
mod table;
mod told;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::responsibility::{Basis, Board};
use domain::time::Instant;
use uuid::Uuid;

use self::asked::{Unreadable, Wanted, around, instant, minute, minute_shown, whole_minute};
use self::chart::Chart;
use self::moment::MomentPart;
use self::table::Tables;
use self::told::Teller;
use super::{View, identity_bar, tabs, things};
use crate::AppState;
use crate::access::Officer;
use crate::application::AsOf;
use crate::http::PathOf;
use crate::pages::components::{IdentityBar, Link, Tabs};
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/responsibility", get(show))
        .route("/cases/{id}/responsibility/moment", get(tell))
}

#[derive(Template)]
#[template(path = "case/responsibility/page.html")]
struct Page<'a> {
    frame: &'a Frame,
    title: String,
    bar: IdentityBar,
    tabs: Tabs,
    printed: String,
    form: LineForm,
    moment: MomentPart,
    chart: Chart,
    slider: Slider,
    tables: Tables,
}

/// The form that puts the line somewhere and chooses the period.
struct LineForm {
    action: String,
    at: String,
    error: Option<String>,
    recorded: bool,
    previous: Option<Link>,
    next: Option<Link>,
    /// First and last day of the period, where one is chosen.
    days: Option<(String, String)>,
    period_error: Option<String>,
    periods: Vec<Link>,
}

/// What the script needs to let the line be moved by hand.
struct Slider {
    first: i64,
    last: i64,
    step: i64,
    value: i64,
    source: String,
}

#[derive(Template)]
#[template(path = "case/responsibility/words.html")]
struct Words {
    moment: MomentPart,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let file = state.application.case(&officer, id, AsOf::Now).await?;
    let things = things(&state, frame.language, &officer, &file).await?;
    let board = state.application.board(&file).ok_or(PageError::NotFound)?;
    let view = View::new(&state, &frame, &officer, &file, &asked, things);
    let teller = Teller::new(&view);
    let (wanted, wrong) = match Wanted::read(&asked, &board) {
        Ok(wanted) => (wanted, None),
        Err(wrong) => (Wanted::usual(&board), Some(wrong)),
    };
    let then = state.application.moment(&file, wanted.at, wanted.basis);
    let number = file.number();
    let page = Page {
        title: format!("{} · {number}", frame.t("tab-responsibility")),
        bar: identity_bar(&frame, &file, &view.things),
        tabs: tabs(&view, "responsibility"),
        printed: frame.language.text_with(
            "printed-by",
            &[
                ("number", number.as_str().into()),
                ("who", officer.name.as_str().into()),
                ("at", frame.made_at.as_str().into()),
            ],
        ),
        form: form(&view, &board, &wanted, wrong),
        moment: moment::part(&teller, &board, &then),
        chart: chart::chart(&teller, &board, &wanted),
        slider: slider(&view, &wanted),
        tables: table::tables(&teller, &board, &wanted),
        frame: &frame,
    };
    let status = wrong.map_or(StatusCode::OK, |_| StatusCode::BAD_REQUEST);
    Ok(frame.page_with(status, &page))
}

/// The words about the line alone, for the script.
async fn tell(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let file = state.application.case(&officer, id, AsOf::Now).await?;
    let things = things(&state, frame.language, &officer, &file).await?;
    let board = state.application.board(&file).ok_or(PageError::NotFound)?;
    let view = View::new(&state, &frame, &officer, &file, &asked, things);
    let teller = Teller::new(&view);
    let (wanted, status) = match Wanted::read(&asked, &board) {
        Ok(wanted) => (wanted, StatusCode::OK),
        Err(_) => (Wanted::usual(&board), StatusCode::BAD_REQUEST),
    };
    let then = state.application.moment(&file, wanted.at, wanted.basis);
    let words = Words {
        moment: moment::part(&teller, &board, &then),
    };
    Ok(frame.page_with(status, &words))
}

fn form(view: &View<'_>, board: &Board, wanted: &Wanted, wrong: Option<Unreadable>) -> LineForm {
    let (frame, asked) = (view.frame, view.asked);
    let at = instant(&minute_shown(wanted.at, view.file.at)).unwrap_or(wanted.at);
    let mut instants: Vec<Instant> = board
        .recordings
        .iter()
        .map(|one| match wanted.basis {
            Basis::Happened => one.occurred_at,
            Basis::Recorded => one.recorded_at,
        })
        .map(whole_minute)
        .collect();
    instants.sort();
    let link = |key: &str, to: Instant| Link {
        text: frame.t(key),
        href: format!("{}#line", asked.with("at", &minute(to))),
    };
    let earlier = instants.iter().rev().find(|one| **one < at);
    let later = instants.iter().find(|one| at < **one);
    let day = |at: Instant| at.date().to_string();
    let (first, last) = wanted.period;
    let last = Instant::from(last.utc() - chrono::TimeDelta::seconds(1));
    let near = |key: &str, days: u64| {
        let (from, to) = around(at, days);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("at", &minute(at));
        if wanted.basis == Basis::Recorded {
            query.append_pair("basis", "recorded");
        }
        query.append_pair("from", &from.to_string());
        query.append_pair("to", &to.to_string());
        Link {
            text: frame.t(key),
            href: format!("{}?{}#chart", path(view), query.finish()),
        }
    };
    let mut periods = vec![
        near("board-period-week", 8),
        near("board-period-month", 30),
        near("board-period-half-year", 182),
    ];
    if wanted.zoomed || asked.get("from").is_some() || asked.get("to").is_some() {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("at", &minute(at));
        if wanted.basis == Basis::Recorded {
            query.append_pair("basis", "recorded");
        }
        periods.insert(
            0,
            Link {
                text: frame.t("board-period-whole"),
                href: format!("{}?{}#chart", path(view), query.finish()),
            },
        );
    }
    LineForm {
        action: path(view),
        at: minute_shown(wanted.at, view.file.at),
        error: (wrong == Some(Unreadable::At)).then(|| frame.t("board-bad-at")),
        recorded: wanted.basis == Basis::Recorded,
        previous: earlier.map(|one| link("board-previous", *one)),
        next: later.map(|one| link("board-next", *one)),
        days: wanted.zoomed.then(|| (day(first), day(last))),
        period_error: (wrong == Some(Unreadable::Period)).then(|| frame.t("board-bad-period")),
        periods,
    }
}

fn path(view: &View<'_>) -> String {
    format!("/cases/{}/responsibility", view.file.id)
}

fn slider(view: &View<'_>, wanted: &Wanted) -> Slider {
    let minutes = |at: Instant| at.utc().timestamp().div_euclid(60);
    let (first, last) = (minutes(wanted.period.0), minutes(wanted.period.1));
    // About two hundred steps from edge to edge, each a time that people count by.
    let step = [1, 5, 15, 30, 60, 180, 360, 720, 1440, 4320, 10_080]
        .into_iter()
        .find(|step| (last - first) / step <= 240)
        .unwrap_or(10_080);
    Slider {
        first,
        last,
        step,
        value: minutes(whole_minute(wanted.at)).clamp(first, last),
        source: format!("{}/moment", path(view)),
    }
}
