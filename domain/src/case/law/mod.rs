//! What a case tells the law: its conditions, dates and places, and what its events are about.

mod condition;
#[cfg(test)]
mod danger;
mod dates;
mod owing;
mod reading;
mod shipped;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

pub use self::condition::Condition;
use self::words::{DueFrom, Each, From, OwedBy, OwingUnit};
use super::{Case, CaseState, Command, Event, Recorded, SeatName, effective, looks_back};
use crate::calendar::Calendar;
use crate::identity::Role;
use crate::language::Sentence;
use crate::law::{self, Counts, DoneFor, Governed, Obligation, Passage, Seat, Stands, Things};
use crate::time::Instant;
use crate::unit::Units;

/// The rules by which a case is handled.
pub type Procedure = law::Procedure<Case>;

/// A step of them.
pub type Step = law::Step<Case>;

/// Who may give a command in a case between two dates.
pub type Competence = law::Competence<Case>;

/// Roles that may act from one seat in a case.
pub type Grant = law::Grant<Case>;

impl Governed for Case {
    type Event = Event;
    type State = CaseState;
    type Condition = Condition;
    type Start = From;
    type Fixed = DueFrom;
    type Owing = OwingUnit;
    type Owed = OwedBy;
    type Each = Each;
    type Seat = SeatName;

    const COMMANDS: &'static [&'static str] = Command::NAMES;
    const ROUND: From = From::EarliestReceipt;
    const SERIES: From = From::HandOver;
    const DATE: From = From::SeparationUntil;
    const ANYONE: SeatName = SeatName::Anyone;

    fn knows_event(event_type: &str) -> bool {
        Event::TYPES.iter().any(|(known, _)| *known == event_type)
    }

    fn event_type(event: &Event) -> &'static str {
        event.event_type()
    }

    fn effective(history: &[Recorded]) -> Vec<Cow<'_, Recorded>> {
        effective(history)
    }

    fn after(
        state: Option<CaseState>,
        recorded: &Recorded,
        units: &Arc<Units>,
    ) -> Option<CaseState> {
        match state {
            // A part of a history may begin with what happened before the first report.
            None => CaseState::begin(recorded, units),
            Some(mut state) => {
                state.apply(recorded);
                Some(state)
            }
        }
    }

    fn looks_back(event: &Event) -> bool {
        looks_back(event)
    }

    fn confirms(event: &Event) -> Option<Uuid> {
        match event {
            Event::CorrectionConfirmed(confirmed) => Some(confirmed.facts.event_id),
            _ => None,
        }
    }

    fn tells_late(event: &Event, state: &CaseState) -> Option<Uuid> {
        match event {
            Event::FactCorrected(e) if state.danger_told_since_closing(event) => {
                Some(e.facts.event_id)
            }
            _ => None,
        }
    }

    fn taken_away(event: &Event) -> Sentence {
        reading::taken_away(event)
    }

    fn counts(recorded: &Recorded, state: &CaseState) -> Counts<Each> {
        reading::counts(recorded, state)
    }

    fn outside(state: &CaseState) -> bool {
        state.outside_decree()
    }

    fn round(state: &CaseState) -> u32 {
        state.round()
    }

    fn round_began(state: &CaseState) -> Instant {
        state.round_began()
    }

    fn began(state: &CaseState) -> Option<Instant> {
        state.first_receipt()
    }

    fn moves_round(event: &Event) -> bool {
        matches!(event, Event::ReportReceived(_))
    }

    fn holds(condition: Condition, event: &Event, state: &CaseState) -> bool {
        condition.holds(event, state)
    }

    fn apart(recorded: &Recorded, state: &CaseState) -> Option<String> {
        reading::apart(recorded, state)
    }

    fn apart_until(recorded: &Recorded, state: &CaseState) -> Option<i64> {
        reading::apart_until(recorded, state)
    }

    fn done_for(recorded: &Recorded, state: &CaseState) -> DoneFor {
        reading::done_for(recorded, state)
    }

    fn key_of(event: &Event) -> Option<String> {
        reading::key_of(event)
    }

    fn things(each: Each, recorded: &Recorded, state: &CaseState) -> Things {
        reading::things(each, recorded, state)
    }

    fn stands(each: Each, key: &str, state: &CaseState) -> Stands {
        reading::stands(each, key, state)
    }

    fn role(owed: OwedBy, key: Option<&str>, state: &CaseState) -> Role {
        owing::role(owed, key, state)
    }

    fn seat(owing: OwingUnit, role: Role, key: Option<&str>, state: &CaseState) -> Option<Seat> {
        owing::seat(owing, role, key, state)
    }

    fn goes_along(owing: OwingUnit) -> bool {
        matches!(
            owing,
            OwingUnit::Holder | OwingUnit::HolderOfChild | OwingUnit::Contradiction
        )
    }

    fn over(owing: OwingUnit, state: &CaseState) -> Option<Sentence> {
        let lapsed = owing == OwingUnit::TransferTo && state.transfer.is_none();
        lapsed.then(|| {
            Sentence::new(
                "hồ sơ đã thuộc cấp xã khác nên đề nghị không còn hiệu lực",
                "the case went to another commune, so the offer no longer stands",
            )
        })
    }

    fn finishes(state: &CaseState) -> Option<&str> {
        state.taken_over.then(|| state.responsible_commune())
    }

    fn officer(role: Role, state: &CaseState) -> Option<String> {
        state.officer_for(role).map(ToString::to_string)
    }

    fn reassigns(event: &Event) -> Option<Role> {
        match event {
            Event::OfficerAssigned(e) => Some(e.facts.role),
            Event::OfficerRelieved(e) => Some(e.facts.role),
            _ => None,
        }
    }

    fn passes(event: &Event) -> Option<Passage<'_>> {
        match event {
            Event::CompetencePassed(passed) => Some(passed.facts.passage()),
            _ => None,
        }
    }

    fn start(start: From, key: Option<&str>, recorded: &Recorded, state: &CaseState) -> Instant {
        dates::counted_from(start, key, recorded, state)
    }

    fn used(start: From, key: Option<&str>, state: &CaseState) -> Option<law::Used> {
        dates::used(start, key, state)
    }

    fn due_since(
        recorded: &Recorded,
        opened_by: Uuid,
        state: &CaseState,
    ) -> Option<(Instant, Sentence)> {
        dates::joined_due(recorded, opened_by, state)
    }

    fn ends(recorded: &Recorded, opened_by: Uuid, state: &CaseState) -> bool {
        reading::ends(recorded, opened_by, state)
    }

    fn date(key: Option<&str>, state: &CaseState) -> Option<Instant> {
        dates::separation_end(key, state)
    }

    fn moves_date(event: &Event) -> bool {
        matches!(event, Event::SeparationExtended(_))
    }

    fn fixed(
        fixed: DueFrom,
        owed: &Obligation,
        state: &CaseState,
        calendar: &Calendar,
    ) -> Option<Instant> {
        dates::fixed_due(fixed, owed, state, calendar)
    }

    fn unset(fixed: DueFrom) -> Option<Sentence> {
        (fixed == DueFrom::SeparationUntil).then(|| {
            Sentence::new(
                "cơ quan có thẩm quyền yêu cầu tiếp tục cách ly và không định ngày kết thúc",
                "a competent authority requires the separation to go on and names no end",
            )
        })
    }
}
