//! Deciding: state, command and context in, events or a rejection out. Pure. What holds for every
//! command stands here; what holds for one stands in its file under `commands/`.

use super::competent::competent;
use super::order;
use super::{CaseState, Command, Context, Event, Rejection, RejectionKind, Status};
use crate::time::Instant;

/// An event that was decided, with the time at which it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When it happened.
    pub occurred_at: Instant,
    /// What happened.
    pub event: Event,
}

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
    competent(command.name(), command.body.rule(), case, context)?;
    possible(command, case, context)
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
    let rule = command.body.rule();
    let context = &at(command, context);
    let occurred_at = context.occurred_at;
    if let Some(case) = case {
        if case.state.status == Status::Closed && !rule.on_closed_case(case.state, context) {
            return Err(closed());
        }
        if case.state.outside_decree() && rule.for_children() {
            return Err(outside());
        }
    } else if !rule.begins_a_case() {
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
        rule.instant_field()
    };
    context.not_in_future(occurred_at, field)?;
    let events = rule.decide(case, context)?;
    let opens_again = rule.begins_a_case() || events.len() > 1;
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

fn outside() -> Rejection {
    Rejection::procedure(
        "outside-decree",
        "Theo ngày sinh đã ghi, người này đã đủ 16 tuổi khi việc xảy ra nên quy trình bảo vệ trẻ em \
         không áp dụng. Việc của công an và tư vấn vẫn tiếp tục. Nếu ngày sinh sai, hãy đính chính.",
        "By the recorded date of birth this person was 16 or older when it happened, so the \
         procedure for children does not apply. Police duties and advice go on. If the date of birth \
         is wrong, correct it.",
        "Luật Trẻ em 2016 Điều 1",
    )
}

fn closed() -> Rejection {
    Rejection::procedure(
        "case-closed",
        "Vụ việc đã kết thúc. Chỉ còn có thể mở lại, đính chính, ghi chú hoặc lưu trữ. Nếu có thông \
         tin mới, hãy mở lại vụ việc trước.",
        "The case is closed. It can only be reopened, corrected, noted on or archived. If there is \
         new information, reopen it first.",
        "NĐ 56/2017/NĐ-CP Điều 30",
    )
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
}
