//! Deciding: state, command and context in, events or a rejection out. Pure. What holds for every
//! command stands here; what holds for one stands in its file under `commands/`.

use super::commands::Rule;
use super::{CaseState, Command, Context, Event, Rejection, RejectionKind, Status};
use crate::identity::Role;
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
    let rule = command.body.rule();
    let occurred_at = rule
        .own_instant()
        .or(command.occurred_at)
        .unwrap_or(context.now);
    let context = &Context {
        occurred_at,
        ..*context
    };
    role_may(command, rule, context)?;
    if let Some(case) = case {
        unit_may(rule, case.state, context)?;
        if case.state.status == Status::Closed && !rule.on_closed_case() {
            return Err(Rejection::procedure(
                "case-closed",
                "Vụ việc đã kết thúc. Chỉ còn có thể mở lại, đính chính, ghi chú hoặc lưu trữ. \
                 Nếu có thông tin mới, hãy mở lại vụ việc trước.",
                "The case is closed. It can only be reopened, corrected, noted on or archived. If \
                 there is new information, reopen it first.",
                "NĐ 56/2017/NĐ-CP Điều 30",
            ));
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
    if let Some(case) = case
        && !rule.begins_a_case()
        && (command.occurred_at.is_some() || rule.own_instant().is_some())
    {
        let first = case
            .state
            .reports
            .iter()
            .map(|report| report.received_at)
            .min();
        if first.is_some_and(|first| occurred_at < first) {
            return Err(Rejection::field(
                field,
                "before-the-report",
                "Thời điểm này trước khi tiếp nhận thông tin. Hãy kiểm tra lại ngày giờ.",
                "This lies before the report was received. Check date and time.",
            ));
        }
    }
    let events = rule.decide(case, context).map_err(|refusal| {
        // Said at the field in which this command tells the time.
        match refusal.field.as_deref() {
            Some("/occurred_at") => refusal.at(field),
            _ => refusal,
        }
    })?;
    Ok(events
        .into_iter()
        .map(|event| Decided {
            occurred_at: event.own_instant().unwrap_or(occurred_at),
            event,
        })
        .collect())
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

fn role_may(command: &Command, rule: &dyn Rule, context: &Context<'_>) -> Result<(), Rejection> {
    let role = context.actor.role;
    let at = context.occurred_at;
    if let Some(competence) = context.procedure.roles_for(command.name(), at)
        && !competence.roles.contains(&role)
        && command.roles().contains(&role)
    {
        let titles: Vec<_> = competence.roles.iter().map(|role| role.title()).collect();
        let vi: Vec<_> = titles.iter().map(|title| title.vi.as_str()).collect();
        let en: Vec<_> = titles.iter().map(|title| title.en.as_str()).collect();
        return Err(Rejection::forbidden(
            "not-competent-then",
            format!(
                "Vào thời điểm này vai trò của bạn không có thẩm quyền. Người có thẩm quyền: {} \
                 ({}).",
                vi.join(", "),
                competence.legal_basis
            ),
            format!(
                "At that time your role is not competent for this. Competent: {} ({}).",
                en.join(", "),
                competence.legal_basis
            ),
            "",
        ));
    }
    if command.roles().contains(&role) {
        Ok(())
    } else {
        Err(rule.wrong_role(command.roles()))
    }
}

/// Whether what the commune of the incident is today lies within `unit`.
fn successor_within(state: &CaseState, unit: &str, context: &Context<'_>) -> bool {
    let (units, today) = (context.units, context.now.date());
    let commune = state.incident().version(units);
    let now = commune.and_then(|commune| units.current(&commune.id, today, today));
    now.is_some_and(|fate| {
        let mut parts = fate.units().iter();
        parts.any(|part| units.is_within(&part.id, unit, today))
    })
}

/// Commune officers and chairs act on cases of their commune, and answer whether they take one that
/// was offered to it; officers of the province act on those within it.
fn unit_may(rule: &dyn Rule, state: &CaseState, context: &Context<'_>) -> Result<(), Rejection> {
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    let may = match context.actor.role {
        Role::CommuneOfficer | Role::CommuneChair => {
            state.works(unit) || (rule.answers_an_offer() && state.asked(unit))
        }
        Role::ProvincialOfficer => {
            let date = context.now.date();
            context.units.is_within(state.incident().unit(), unit, date)
                || context
                    .units
                    .is_within(&state.incident_unit, unit, state.received_at.date())
                || successor_within(state, unit, context)
                || state.units().any(|other| context.units.same(other, unit))
        }
        _ => true,
    };
    if may {
        return Ok(());
    }
    Err(Rejection::forbidden(
        "not-your-unit",
        "Vụ việc này không thuộc đơn vị của bạn. Nếu cần xử lý, hãy đề nghị nơi đang giữ hồ sơ \
         chuyển cho đơn vị bạn.",
        "This case does not belong to your unit. If you have to act on it, ask the unit that holds \
         it to transfer it to yours.",
        "NĐ 56/2017/NĐ-CP Điều 26; Luật Trẻ em 2016 Điều 52",
    ))
}
