//! The dates of a case that limits count from, or that somebody set.

use chrono::Days;
use uuid::Uuid;

use super::words::{DueFrom, From};
use crate::calendar::Calendar;
use crate::case::codes::SEPARATION_DAYS;
use crate::case::{CaseState, Event, Recorded};
use crate::language::Sentence;
use crate::law::{Obligation, Used};
use crate::time::{Instant, Moment};

/// The instant from which a limit counts.
pub(super) fn counted_from(
    from: From,
    key: Option<&str>,
    recorded: &Recorded,
    state: &CaseState,
) -> Instant {
    match from {
        From::OpeningEvent | From::SeparationUntil => recorded.occurred_at,
        From::EarliestReceipt => state.round_began(),
        From::SafeReview => {
            let first = || state.first_receipt().unwrap_or(recorded.occurred_at);
            state.found_safe_at.unwrap_or_else(first)
        }
        From::InitialAssessment => state
            .initial_assessment
            .as_ref()
            .map_or(recorded.occurred_at, |a| a.by.at),
        From::SeparationDecision => state
            .separation_of(report(key))
            .map_or(recorded.occurred_at, |s| Instant::start_of(s.counted_from)),
        From::HandOver => state
            .care
            .placements
            .iter()
            .find(|placement| Some(placement.id.as_str()) == key)
            .and_then(|placement| placement.handed_over_at)
            .unwrap_or(recorded.occurred_at),
    }
}

/// A due date that somebody set, instead of a limit.
pub(super) fn fixed_due(
    from: DueFrom,
    obligation: &Obligation,
    state: &CaseState,
    calendar: &Calendar,
) -> Option<Instant> {
    let key = obligation.item.as_deref();
    match from {
        DueFrom::None => None,
        DueFrom::ItemEnd => {
            let mut items = state.plan.iter().flat_map(|plan| &plan.items);
            let item = items.find(|item| Some(item.facts.id.as_str()) == key)?;
            Some(Instant::end_of(item.facts.end.0))
        }
        DueFrom::RespondBy => {
            let referral = state
                .referrals
                .iter()
                .find(|r| Some(r.id.as_str()) == key)?;
            referral.respond_by.map(Moment::latest)
        }
        DueFrom::TransferRespondBy => {
            let offer = state.transfer.as_ref()?;
            offer.respond_by.map(Moment::latest)
        }
        DueFrom::CrimeReportUntil => {
            let report = state.criminal.report()?;
            // A limit in months that ends on a day off ends on the next working day (Criminal
            // Procedure Code, art. 134).
            report.until.map(|until| match until {
                Moment::On(day) => Instant::end_of(calendar.working_day_from(day.0)),
                Moment::At(at) => at,
            })
        }
        DueFrom::SeparationUntil => state
            .separation_of(report(key))
            .filter(|separation| !separation.open_ended)
            .map(|separation| separation.until.latest()),
    }
}

/// The days that earlier separations took: the limit holds for all of them together.
pub(super) fn used(from: From, key: Option<&str>, state: &CaseState) -> Option<Used> {
    let days = match from {
        From::SeparationDecision => {
            let one = state.separation_of(report(key)).and_then(|one| one.report);
            let then = one.filter(|report| state.unknown_then(*report));
            state.separation_days_used(report(key).or(then))
        }
        _ => 0,
    };
    (days > 0).then(|| Used {
        amount: u32::try_from(days).unwrap_or(u32::MAX),
        note: |used, left| {
            Sentence::new(
                format!("đã dùng {used} ngày ở lần cách ly trước, còn {left} ngày"),
                format!("{used} days were used by earlier separations, {left} are left"),
            )
        },
    })
}

/// When a separation that runs is to end that was ordered on `opened_by`, since the event made known that another one
/// was of the same child: the days of both count from now on. What was decided before stands until the day that was
/// decided, and nobody was late before they knew.
pub(super) fn joined_due(
    recorded: &Recorded,
    opened_by: Uuid,
    state: &CaseState,
) -> Option<(Instant, Sentence)> {
    let Event::SameChildAnswered(answer) = &recorded.event else {
        return None;
    };
    let joined = Some(answer.facts.event_id);
    let mut all = state.separations.iter();
    if !answer.facts.same || !all.any(|one| one.report == joined) {
        return None;
    }
    let mut running = state.separations.iter();
    let one = running.find(|one| one.by.event_id == opened_by && one.lifted_at.is_none())?;
    let used = state.separation_days_used(None);
    let left = SEPARATION_DAYS.saturating_sub(used);
    let from = state.separation_counts_from(None)?;
    let last = from.checked_add_days(Days::new(left)).unwrap_or(from);
    let today = Instant::end_of(recorded.occurred_at.date());
    let due = Instant::end_of(last).max(one.until.latest()).max(today);
    let note = Sentence::new(
        format!(
            "nay biết là cùng một trẻ: đã dùng {used} ngày ở các lần cách ly khác, còn {left} ngày tính chung; \
             quyết định đã ban hành có hiệu lực đến ngày đã ghi"
        ),
        format!(
            "it is known now to be the same child: {used} days were used by other separations, {left} are left in \
             all; what was decided before stands until its day"
        ),
    );
    Some((due, note))
}

/// The end of the separation as decided; none where no end was set.
pub(super) fn separation_end(key: Option<&str>, state: &CaseState) -> Option<Instant> {
    let separation = state.separation_of(report(key))?;
    (!separation.open_ended).then(|| separation.until.latest())
}

/// The report that a key names.
fn report(key: Option<&str>) -> Option<Uuid> {
    key.and_then(|key| Uuid::parse_str(key).ok())
}
