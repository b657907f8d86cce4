//! `GET /api/v1/events`: the feed by position, of the cases that the person may see. With
//! `Accept: text/event-stream` it goes on live, and resumes from `Last-Event-ID`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::case::Case;
use eventstore::RecordedEvent;
use futures::StreamExt;
use projections::CASE;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Problem, QueryOf, event};
use crate::AppState;
use crate::access::Officer;
use crate::application::{FindError, may_see, viewer};

/// Events on one page unless asked otherwise.
const PAGE: usize = 100;
/// The most events on one page.
const LARGEST_PAGE: usize = 1000;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/events", get(feed))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    after: Option<i64>,
    limit: Option<usize>,
}

async fn feed(
    State(state): State<AppState>,
    officer: Officer,
    headers: HeaderMap,
    QueryOf(place): QueryOf<Place>,
) -> Result<Response, Problem> {
    let wrong = |name: &str| {
        let sentence = crate::language::Sentence::key("field-bad-query");
        Problem::bad_field(format!("/{name}"), "bad-value", sentence)
    };
    let mut after = place.after.unwrap_or(0);
    if after < 0 {
        return Err(wrong("after"));
    }
    let limit = place.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(wrong("limit"));
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::ACCEPT).is_some_and(|accept| accept.contains("text/event-stream")) {
        if let Some(last) = text("last-event-id".parse().unwrap_or(header::ACCEPT))
            && let Ok(last) = last.parse::<i64>()
        {
            after = last.max(0);
        }
        return Ok(live(state, officer, after));
    }
    let ready = |error: eventstore::ReadError| Problem::not_ready(&error);
    let events = state
        .application
        .store
        .read_all(after, limit)
        .await
        .map_err(ready)?;
    let head = state.application.store.head().await.map_err(ready)?;
    let next = events.last().map_or(after, |event| event.position);
    let mut seen = Seen::default();
    let mut items = Vec::new();
    for event in &events {
        items.extend(seen.show(&state, &officer, event).await?);
    }
    Ok(Json(json!({ "items": items, "next": next, "head": head })).into_response())
}

/// Events as they come, until the reader goes or the server stops. Each message has the position as
/// its id, so that a reader who comes back goes on behind it.
fn live(state: AppState, officer: Officer, after: i64) -> Response {
    let mut stopping = state.stopping.subscribe();
    let events = state.application.store.subscribe(after);
    let messages = async_stream(state, officer, events).take_until(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    let keep = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(messages).keep_alive(keep).into_response()
}

fn async_stream(
    state: AppState,
    officer: Officer,
    events: impl futures::Stream<Item = Result<RecordedEvent, eventstore::ReadError>> + Send + 'static,
) -> impl futures::Stream<Item = Result<Message, Infallible>> + Send {
    let start = (state, officer, Box::pin(events));
    futures::stream::unfold(start, |(state, mut officer, mut events)| async move {
        loop {
            let recorded = match events.next().await? {
                Ok(recorded) => recorded,
                Err(error) => {
                    tracing::warn!(error = %error, "the live feed waits for the database");
                    continue;
                }
            };
            // Who the reader is now: who has signed out hears no more. Where the database does not
            // answer, the stream ends; readers come back by themselves and go on where they were.
            officer = officer.again(&state).await.ok()??;
            // What they may see is asked anew: a case may have come to their unit meanwhile.
            let shown = Seen::default().show(&state, &officer, &recorded).await;
            let Some(value) = shown.ok()? else {
                continue;
            };
            let message = Message::default()
                .id(recorded.position.to_string())
                .event(recorded.event_type.as_ref())
                .data(value.to_string());
            return Some((Ok(message), (state, officer, events)));
        }
    })
}

/// The cases that the reader may see, asked once for each case of a page.
#[derive(Default)]
struct Seen(HashMap<Uuid, Option<Case>>);

impl Seen {
    /// The event as the reader sees it, or none if they may not.
    async fn show(
        &mut self,
        state: &AppState,
        officer: &Officer,
        recorded: &RecordedEvent,
    ) -> Result<Option<Value>, Problem> {
        if recorded.stream.kind != CASE {
            return Ok(None);
        }
        let (id, application) = (recorded.stream.id, &state.application);
        let case = match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let case = projections::load_case(&application.store, id, application.units())
                    .await
                    .map_err(FindError::from)?;
                place.insert(case.filter(|case| {
                    let state = case.state();
                    state.is_some_and(|state| may_see(officer, state))
                }))
            }
        };
        let Some((case, state)) = case.as_ref().and_then(|case| Some((case, case.state()?))) else {
            return Ok(None);
        };
        let decoded = projections::recorded(recorded).map_err(|error| Problem::internal(&error))?;
        let Some(shown) = viewer(&state.units, officer).event(state, &decoded, case.history())
        else {
            return Ok(None);
        };
        let mut value = event(&shown);
        value["case_id"] = json!(id);
        Ok(Some(value))
    }
}
