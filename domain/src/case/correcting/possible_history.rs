//! Whether a history is still possible after a correction: each event is decided again, as the command
//! that recorded it, on what stood before it. Asked is only what became impossible by the correction:
//! order in time, existence, and maxima that held before. Never competence, age, or rules that came
//! later; so no earlier mistake locks the truth out.

use std::borrow::Cow;

use uuid::Uuid;

use super::again::again;
use super::correction::effective;
use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::command::Command;
use crate::case::decide::{Case, possible};
use crate::case::event::{Event, Recorded};
use crate::case::state::CaseState;
use crate::case::{Context, Rejection, RejectionKind};
use crate::identity::Actor;
use crate::language::Sentence;
use crate::time::Instant;

/// What stands against a correction.
pub(in crate::case) struct Stands {
    /// The event that would not be possible any more.
    pub event_id: Uuid,
    /// What it is called.
    pub title: Sentence,
    /// When it happened.
    pub at: Instant,
    /// Why not.
    pub refusal: Rejection,
    /// It is the corrected event itself.
    pub of_itself: bool,
}

/// Refusals that mean that something cannot have been, whoever did it and whatever the rules: order in
/// time, existence, maxima.
const IMPOSSIBLE: &[&str] = &[
    "before-its-cause",
    "before-the-report",
    "unknown-item",
    "unknown-referral",
    "unknown-exam",
    "unknown-placement",
    "separation-too-long",
    "too-long-a-time",
    "interview-limit",
    "interview-overlaps",
    "extended-already",
    "end-before-start",
    "not-the-offer",
];

/// An event of a history that could not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Its id.
    pub event_id: Uuid,
    /// Why not: the code of the refusal.
    pub code: &'static str,
}

/// The events of a history that could not have been: dated before what made them possible, about what
/// does not exist, or beyond a maximum. A history that was recorded by commands alone has none.
#[must_use]
pub fn impossible(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    now: Instant,
) -> Vec<Impossible> {
    let events: Vec<_> = effective(history)
        .into_iter()
        .map(Cow::into_owned)
        .collect();
    let actor = Actor::system();
    let context = Context::new(now, &actor, procedure, calendar);
    let found = refusals(&events, &context);
    events
        .iter()
        .zip(found)
        .filter_map(|(event, refusal)| {
            let code = refusal?.code;
            IMPOSSIBLE.contains(&code).then_some(Impossible {
                event_id: event.event_id,
                code,
            })
        })
        .collect()
}

/// The first event of `after` that became impossible against `before`: another one than the changed
/// where there is one, unless the changed one cannot be at all. Both are histories with their corrections applied.
pub(in crate::case) fn impossible_since(
    before: &[Recorded],
    after: &[Recorded],
    context: &Context<'_>,
) -> Option<Stands> {
    let was = refusals(before, context);
    let is = refusals(after, context);
    let (mut own, mut other): (Option<Stands>, Option<Stands>) = (None, None);
    for (place, refusal) in is.into_iter().enumerate() {
        let Some(refusal) = refusal else { continue };
        let event = &after[place];
        let of_itself = before[place] != *event;
        let known = was[place]
            .as_ref()
            .is_some_and(|was| was.code == refusal.code);
        let form =
            of_itself && (refusal.kind == RejectionKind::Field || ends_protection(&event.event));
        if known || !(form || IMPOSSIBLE.contains(&refusal.code) || is_form(of_itself, &refusal)) {
            continue;
        }
        let stands = Stands {
            event_id: event.event_id,
            title: event.event.title(),
            at: event.occurred_at,
            refusal,
            of_itself,
        };
        let place = if of_itself { &mut own } else { &mut other };
        place.get_or_insert(stands);
    }
    // What cannot be by itself is said first; what only contradicts others is said with the other.
    let form = own.take_if(|own| !IMPOSSIBLE.contains(&own.refusal.code));
    form.or(other).or(own)
}

/// What the command of the corrected event itself would have been refused for by its form, although the
/// law is named for it.
fn is_form(of_itself: bool, refusal: &Rejection) -> bool {
    of_itself
        && matches!(
            refusal.code,
            "unit-ended" | "plan-without-items" | "plan-item-incomplete"
        )
}

/// What takes protection away passes every check of its command anew when it is corrected: another reason
/// of closing is another closing.
const fn ends_protection(event: &Event) -> bool {
    matches!(event, Event::CaseClosed(_) | Event::SeparationLifted(_))
}

/// Why each event could not be decided on what stood before it; none where it could.
fn refusals(history: &[Recorded], context: &Context<'_>) -> Vec<Option<Rejection>> {
    let mut state: Option<CaseState> = None;
    let mut found = Vec::with_capacity(history.len());
    for (place, recorded) in history.iter().enumerate() {
        let case = state.as_ref().map(|state| Case {
            state,
            history: &history[..place],
        });
        found.push(refusal(case, recorded, context));
        match &mut state {
            None => state = CaseState::begin(recorded, &context.procedure.units),
            Some(state) => state.apply(recorded),
        }
    }
    found
}

fn refusal(
    case: Option<Case<'_>>,
    recorded: &Recorded,
    context: &Context<'_>,
) -> Option<Rejection> {
    let command = match Command::from_json(again(recorded)?) {
        Ok(command) => command,
        Err(field) => {
            return Some(Rejection::field(
                field.pointer,
                field.code,
                field.message.vi,
                field.message.en,
            ));
        }
    };
    let then = Context {
        occurred_at: recorded.occurred_at,
        actor: &recorded.actor,
        ..*context
    };
    match possible(&command, case, &then) {
        Err(refusal) => Some(refusal),
        Ok(decided) => {
            let mut same = decided.iter().map(|decided| &decided.event);
            let offered = answered_offer(&recorded.event);
            let other = offered.is_some() && !same.any(|event| answered_offer(event) == offered);
            other.then(not_the_offer)
        }
    }
}

/// Which offer a commune answered.
fn answered_offer(event: &Event) -> Option<(&str, &str)> {
    let facts = match event {
        Event::TransferAccepted(e) => &e.facts,
        Event::TransferDeclined(e) | Event::TransferWithdrawn(e) => &e.facts,
        _ => return None,
    };
    Some((&facts.from_unit, &facts.to_unit))
}

fn not_the_offer() -> Rejection {
    Rejection::field(
        "/to_unit",
        "not-the-offer",
        "Nơi trả lời không phải nơi được đề nghị nhận hồ sơ.",
        "Who answered is not who was asked to take the case.",
    )
}
