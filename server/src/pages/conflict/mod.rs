//! While somebody wrote, somebody else recorded something. What they recorded stands beside what was
//! typed here; the person decides, and nothing typed is lost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::Recorded;

use super::acts::words_of;
use super::case::identity_bar;
use super::case::things::Things;
use super::components::{IdentityBar, SummaryList, SummaryRow};
use super::form::{Form, Values, answers};
use super::{Frame, words};
use crate::AppState;
use crate::application::CaseFile;

/// The button that drops what was typed.
pub const GIVE_UP: &str = "give-up";
/// The button that leads back into the form.
pub const LOOK_AGAIN: &str = "look-again";

#[derive(Template)]
#[template(path = "conflict.html")]
struct ConflictPage<'a> {
    frame: &'a Frame,
    bar: IdentityBar,
    title: String,
    act: &'a str,
    count: String,
    theirs: Vec<Theirs>,
    mine: SummaryList,
    action: &'a str,
    /// What was typed, to be sent as it is.
    fields: Vec<(&'a str, &'a str)>,
}

/// What somebody else recorded.
struct Theirs {
    what: String,
    who: String,
    when: String,
    own_words: String,
}

/// The page. `values` already carry the version that stands now; `since` is what was recorded
/// meanwhile, oldest first.
#[expect(clippy::too_many_arguments, reason = "a page is made of many parts")]
pub(super) fn page(
    state: &AppState,
    frame: &Frame,
    (file, things): (&CaseFile, &Things),
    act: &str,
    action: &str,
    form: &Form,
    values: &Values,
    since: &[Recorded],
) -> Response {
    let mine = answers(form, values, frame.language, &state.units.on(state.today()))
        .into_iter()
        .map(|(label, value)| SummaryRow {
            label,
            value,
            act: None,
        });
    let count = i64::try_from(since.len()).unwrap_or_default();
    let title = frame.t1("conflict-title", "act", act.to_owned());
    frame.page_with(
        StatusCode::CONFLICT,
        &ConflictPage {
            frame,
            bar: identity_bar(frame, file, things),
            title,
            act,
            count: frame.t1("conflict-count", "count", count),
            theirs: since
                .iter()
                .map(|event| theirs(state, frame, things, event))
                .collect(),
            mine: SummaryList {
                rows: mine.collect(),
            },
            action,
            fields: values
                .pairs()
                .filter(|(name, _)| *name != super::form::ACTION)
                .collect(),
        },
    )
}

fn theirs(state: &AppState, frame: &Frame, things: &Things, event: &Recorded) -> Theirs {
    let actor = &event.actor;
    let role = frame.t(&format!("role-{}", actor.role.name()));
    let unit = actor
        .unit
        .as_deref()
        .map(|unit| state.units.name(unit, event.recorded_at.date()));
    let name = super::case::case_words::actor_name(frame.language, actor);
    let who = [name, Some(role), unit];
    Theirs {
        what: things.sentence(event),
        who: who.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        when: words::both_clocks(
            frame.language,
            event.occurred_at.utc(),
            event.recorded_at.utc(),
        ),
        own_words: words_of::own_words(event),
    }
}
