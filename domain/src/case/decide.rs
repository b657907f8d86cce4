//! Deciding: state, command and context in, events or a rejection out. Pure. What holds for every
//! command stands here; what holds for one stands in its file under `commands/`, in two halves: its gate,
//! which knows the case, and its rule, which knows its values.

use super::competent::competent;
use super::gate::{OnClosed, closed};
use super::order;
use super::{About, CaseState, Command, Context, Event, Rejection, RejectionKind};
use crate::law::{Obligation, derive_obligations};
use crate::time::Instant;

/// An event of a case that was decided.
pub type Decided = crate::command::Decided<Event>;

/// Decides a command. `case` is none before the first report.
///
/// # Errors
/// A [`Rejection`] with code, sentence and legal basis. Then nothing happens.
pub fn decide(
    case: Option<Case<'_>>,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Decided>, Rejection> {
    let context = &at(command, context);
    let about = about(command, case);
    competent(command.name(), command.body.gates(), &about, case, context)?;
    possible(command, case, context)
}

/// What in the case the command is about.
fn about<'a>(command: &'a Command, case: Option<Case<'a>>) -> About<'a> {
    let rule = command.body.rule();
    case.map(|case| rule.about(case.state)).unwrap_or_default()
}

/// The context of the instant at which the command is said to have been carried out.
fn at<'a>(command: &Command, context: &Context<'a>) -> Context<'a> {
    let own = command.body.rule().own_instant();
    Context {
        occurred_at: own.or(command.occurred_at).unwrap_or(context.now),
        ..*context
    }
}

/// The same, whoever gives the command: whether the case and the command itself allow it.
pub(super) fn possible(
    command: &Command,
    case: Option<Case<'_>>,
    context: &Context<'_>,
) -> Result<Vec<Decided>, Rejection> {
    let (rule, gates) = (command.body.rule(), command.body.gates());
    let context = &at(command, context);
    let occurred_at = context.occurred_at;
    if let Some(case) = case {
        match gates.on(case.state, context) {
            OnClosed::Taken => {}
            OnClosed::ByValues if rule.despite_closing(case.state) => {}
            OnClosed::ByValues | OnClosed::Refused => return Err(closed()),
        }
        gates.within_decree(case.state)?;
    } else if !(gates.begins_a_case)() {
        return Err(Rejection {
            kind: RejectionKind::NotFound,
            ..Rejection::procedure(
                "no-such-case",
                "Không có vụ việc này.",
                "There is no such case.",
                "",
            )
        });
    }
    let field = if command.occurred_at.is_some() {
        "/occurred_at"
    } else {
        (gates.instant_field)().unwrap_or("/occurred_at")
    };
    context.not_in_future(occurred_at, field)?;
    if let Some(case) = case {
        (gates.stands)(case, &about(command, Some(case)), context)?;
    }
    let events = rule.decide(case, context)?;
    let opens_again = (gates.begins_a_case)() || events.len() > 1;
    let decided: Vec<_> = events
        .into_iter()
        .map(|event| Decided {
            occurred_at: event.own_instant().unwrap_or_else(|| match case {
                Some(case) if opens_again => not_before_closing(&event, case.state, occurred_at),
                _ => occurred_at,
            }),
            event,
        })
        .collect();
    if let Some(case) = case {
        for one in &decided {
            order::check(case.state, &one.event, one.occurred_at, field)?;
        }
    }
    Ok(decided)
}

/// What opens a closed case again, a report or danger that was seen, may have come before the closing and
/// be written down after it: then the case is open again from its closing on, and the receipt stays what it was.
fn not_before_closing(event: &Event, state: &CaseState, at: Instant) -> Instant {
    match (event, &state.closure) {
        (Event::CaseReopened(_), Some(closure)) => at.max(closure.by.at),
        _ => at,
    }
}

/// What a decision sees of a case: its state and every event as recorded.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The state now.
    pub state: &'a CaseState,
    /// Every event as recorded, oldest first.
    pub history: &'a [super::Recorded],
}

impl<'a> Case<'a> {
    /// The view of a folded case, if anything has happened in it.
    #[must_use]
    pub fn of(case: &'a super::Case) -> Option<Self> {
        case.state().map(|state| Self {
            state,
            history: case.history(),
        })
    }

    /// The duties of 12 hours that are open now.
    pub(super) fn open_hours(&self, context: &Context<'_>) -> Vec<Obligation> {
        let owed = derive_obligations(
            self.history,
            context.procedure,
            context.calendar,
            context.occurred_at,
        );
        let twelve = |owed: &Obligation| {
            owed.is_open()
                && matches!(
                    owed.step.as_str(),
                    "emergency-measure" | "temporary-separation"
                )
        };
        owed.into_iter().filter(twelve).collect()
    }
}
