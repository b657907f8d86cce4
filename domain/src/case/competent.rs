//! Whether somebody may give a command in a case: asked of the table of the procedure
//! (`[[competence]]`) and of nothing else.

use super::decide::Case;
use super::gate::Gates;
use super::seats::{About, SeatName, Sitting};
use super::{CaseState, Context, Event, Recorded, Rejection};
use crate::case::{Competence, Grant};
use crate::language::Sentence;

/// Refuses who may not give the command about `about`, on the day on which it is said to have been done.
///
/// # Errors
/// `role-may-not`, `not-competent-then`, `not-your-unit`, or what the command itself says.
pub(super) fn competent(
    command: &str,
    gates: &Gates,
    about: &About<'_>,
    case: Option<Case<'_>>,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    let role = context.actor.role;
    let row = context.procedure.competence(command, context.occurred_at);
    let Some(row) = row.filter(|row| row.includes(role)) else {
        if context.procedure.role_may(command, role) {
            return Err(not_then(row));
        }
        return Err((gates.wrong_role)().unwrap_or_else(|| wrong_role(row)));
    };
    let Some(case) = case else {
        // Nobody has a seat in a case that does not exist yet: it begins with who needs none.
        let begins = granted(&row.may, context, |seat| seat == SeatName::Anyone);
        return if begins || !(gates.begins_a_case)() {
            Ok(())
        } else {
            Err((gates.wrong_role)().unwrap_or_else(|| wrong_role(Some(row))))
        };
    };
    if sits(&row.may, case.state, about, context) {
        return Ok(());
    }
    // A commune that takes no part learns nothing of what stands in the case.
    let commune = role.is_of_commune();
    let stranger = commune && !sitting(case.state, context).takes_part();
    let said = (!stranger).then(|| (gates.wrong_seat)(case.state, about));
    Err(said.flatten().unwrap_or_else(|| wrong_seat(row)))
}

/// Refuses who may not correct an event: who could not record it now. A plan that was approved is the
/// chair's.
///
/// # Errors
/// `not-yours-to-correct`.
pub(super) fn corrects(
    case: Case<'_>,
    event: &Recorded,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    let row = recorded_by(case, event, context);
    let about = about(case, event);
    let grants = row.map(|row| row.corrects.as_ref().unwrap_or(&row.may));
    if grants.is_some_and(|grants| sits(grants, case.state, &about, context)) {
        return Ok(());
    }
    let titles: Vec<_> = grants
        .into_iter()
        .flatten()
        .filter_map(|grant| grant.seat.title())
        .collect();
    let (vi, en) = join(&titles);
    Err(Rejection::forbidden(
        "not-yours-to-correct",
        format!(
            "Chỉ nơi có thẩm quyền ghi nội dung này mới đính chính được: {vi}. Hãy báo cho nơi đó, hoặc \
             ghi chú."
        ),
        format!(
            "Only who is competent to record this corrects it: {en}. Tell them, or add a note."
        ),
        basis(row),
    ))
}

/// Whether the actor may move by a correction of the event who answers for the case, also when somebody has
/// acted on it; none where the procedure leaves that to whoever corrects the event.
pub(super) fn moves_who_answers(
    case: Case<'_>,
    event: &Recorded,
    context: &Context<'_>,
) -> Option<bool> {
    let grants = recorded_by(case, event, context)?.moves.as_ref()?;
    Some(sits(grants, case.state, &about(case, event), context))
}

/// Whether the actor's office recorded the event.
pub(super) fn is_author(case: Case<'_>, event: &Recorded, context: &Context<'_>) -> bool {
    sitting(case.state, context).has(SeatName::AuthorOffice, &about(case, event))
}

/// The row of the command that recorded an event; of a plan that was approved, of its approval.
fn recorded_by<'a>(
    case: Case<'_>,
    event: &Recorded,
    context: &Context<'a>,
) -> Option<&'a Competence> {
    let command = if decided_plan(case.history, event) {
        Some("approve-plan")
    } else {
        event.event.command()
    };
    context.procedure.competence(command?, context.now)
}

/// What a correction of the event is about.
fn about<'a>(case: Case<'_>, event: &'a Recorded) -> About<'a> {
    let author = event.actor.unit.as_deref();
    let mut reports = case.state.reports.iter();
    About {
        key: event.event.key(),
        unit: None,
        report: reports.position(|report| report.event_id == event.event_id),
        author: author.map(|unit| (event.actor.role, unit)),
        ..About::default()
    }
}

/// Whether the event is a plan that the chair has approved since.
fn decided_plan(history: &[Recorded], event: &Recorded) -> bool {
    if !matches!(event.event, Event::PlanSubmitted(_)) {
        return false;
    }
    let later = history
        .iter()
        .skip_while(|one| one.event_id != event.event_id);
    let mut answers = later
        .skip(1)
        .take_while(|one| !matches!(one.event, Event::PlanSubmitted(_)));
    answers.any(|one| matches!(one.event, Event::PlanApproved(_)))
}

/// Whether the actor may give a command in the case, on the day of the act.
pub(super) fn may(
    command: &str,
    state: &CaseState,
    about: &About<'_>,
    context: &Context<'_>,
) -> bool {
    let row = context.procedure.competence(command, context.occurred_at);
    row.is_some_and(|row| sits(&row.may, state, about, context))
}

/// Whether the actor sits on one of the seats of `grants`, in a role that may act from there.
pub(super) fn sits(
    grants: &[Grant],
    state: &CaseState,
    about: &About<'_>,
    context: &Context<'_>,
) -> bool {
    let sitting = sitting(state, context);
    granted(grants, context, |seat| sitting.has(seat, about))
}

fn sitting<'a>(state: &'a CaseState, context: &Context<'a>) -> Sitting<'a> {
    Sitting {
        state,
        role: context.actor.role,
        unit: context.actor.unit.as_deref().unwrap_or_default(),
        at: context.now,
        units: context.units,
    }
}

fn granted(grants: &[Grant], context: &Context<'_>, has: impl Fn(SeatName) -> bool) -> bool {
    let role = context.actor.role;
    let mut own = grants.iter().filter(|grant| grant.roles.contains(&role));
    own.any(|grant| has(grant.seat))
}

fn join(titles: &[Sentence]) -> (String, String) {
    let vi: Vec<_> = titles.iter().map(|title| title.vi.as_str()).collect();
    let en: Vec<_> = titles.iter().map(|title| title.en.as_str()).collect();
    (vi.join(", "), en.join(", "))
}

fn roles(row: Option<&Competence>) -> (String, String) {
    let roles = row.map(Competence::roles).unwrap_or_default();
    let titles: Vec<_> = roles
        .into_iter()
        .map(crate::identity::Role::title)
        .collect();
    join(&titles)
}

fn basis(row: Option<&Competence>) -> String {
    row.map(|row| row.legal_basis.clone()).unwrap_or_default()
}

fn wrong_role(row: Option<&Competence>) -> Rejection {
    let (vi, en) = roles(row);
    Rejection::forbidden(
        "role-may-not",
        format!("Vai trò của anh/chị không được ghi việc này. Người được ghi: {vi}."),
        format!("Your role may not record this. Those who may: {en}."),
        basis(row),
    )
}

fn not_then(row: Option<&Competence>) -> Rejection {
    let (vi, en) = roles(row);
    Rejection::forbidden(
        "not-competent-then",
        format!(
            "Vào thời điểm này vai trò của anh/chị không có thẩm quyền. Người có thẩm quyền: {vi}."
        ),
        format!("At that time your role is not competent for this. Competent: {en}."),
        basis(row),
    )
}

fn wrong_seat(row: &Competence) -> Rejection {
    let mut seats: Vec<_> = row.may.iter().map(|grant| grant.seat).collect();
    seats.dedup();
    let titles: Vec<_> = seats.into_iter().filter_map(SeatName::title).collect();
    let (vi, en) = join(&titles);
    Rejection::forbidden(
        "not-your-unit",
        format!("Trong vụ việc này, việc đó không thuộc đơn vị của anh/chị. Nơi được làm: {vi}."),
        format!("In this case that is not for your unit. Those who may: {en}."),
        row.legal_basis.clone(),
    )
}
