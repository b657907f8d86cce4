//! An answer that comes too late: the offer was answered or withdrawn meanwhile, and with that the
//! sender no longer sees the case. One who is known to have seen it while the offer stood open hears
//! what ended it, by whom and when; nothing else of the case, and nobody else anything.

use domain::case::{Case, CaseState, Recorded, ReferralStatus};
use domain::reading::ReadingEvent;
use eventstore::StreamId;
use projections::READING;
use serde_json::Value;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::{Application, OfferEnded, SendError, may_see};

/// The event that ended an offer, without its facts and words.
fn by(event: &Recorded) -> OfferEnded {
    OfferEnded {
        version: event.version,
        position: event.position,
        event_id: event.event_id,
        event_type: event.event.event_type(),
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        actor: event.actor.clone(),
    }
}

impl Application {
    /// What to say to an officer who answers by `command` in a case that they do not see any more.
    pub async fn too_late(
        &self,
        officer: &Officer,
        case_id: Uuid,
        expected: Option<i64>,
        command: &Value,
    ) -> SendError<Case> {
        match projections::load_case(&self.store, case_id, self.units()).await {
            Ok(Some(case)) if !case.state().is_some_and(|state| may_see(officer, state)) => {
                self.out_of_it(officer, case_id, &case, expected, command)
                    .await
            }
            Ok(_) => SendError::NotFound,
            Err(error) => error.into(),
        }
    }

    /// The same for the case as it was read.
    pub(super) async fn out_of_it(
        &self,
        officer: &Officer,
        case_id: Uuid,
        case: &Case,
        expected: Option<i64>,
        command: &Value,
    ) -> SendError<Case> {
        let Some((since, ended)) = ended_offer(officer, case, expected, command) else {
            return SendError::NotFound;
        };
        match self.knew(officer, case_id, case, since).await {
            Ok(true) => SendError::OfferEnded(Box::new(ended)),
            Ok(false) => SendError::NotFound,
            Err(error) => error,
        }
    }

    /// Whether the officer is recorded to have seen the case at `since` or later, or to have recorded
    /// something in it themselves.
    async fn knew(
        &self,
        officer: &Officer,
        case_id: Uuid,
        case: &Case,
        since: i64,
    ) -> Result<bool, SendError<Case>> {
        let mut own = case.history().iter();
        if own.any(|event| event.version >= since && event.actor.officer == Some(officer.id)) {
            return Ok(true);
        }
        if self.has_read(officer, case_id, since).await? {
            return Ok(true);
        }
        // What they were shown a moment ago may just be being recorded.
        self.readings.finish().await;
        self.has_read(officer, case_id, since).await
    }

    async fn has_read(
        &self,
        officer: &Officer,
        case_id: Uuid,
        since: i64,
    ) -> Result<bool, SendError<Case>> {
        let stream = StreamId::new(READING, case_id);
        let readings = self.store.load_stream(stream).await?;
        for reading in &readings {
            if reading.actor.officer != Some(officer.id) {
                continue;
            }
            let read = projections::recorded(reading);
            let read = read.map_err(|error| SendError::Internal(error.into()))?;
            if matches!(&read.event, ReadingEvent::CaseRead(read) if read.facts.version >= since) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The offer that `command` answers, if it stood open for the officer at the version that they name,
/// or at the last at which one did: from which version on, and what ended it.
fn ended_offer(
    officer: &Officer,
    case: &Case,
    expected: Option<i64>,
    command: &Value,
) -> Option<(i64, OfferEnded)> {
    let mut then = Case::new(case.units());
    let mut open = Vec::with_capacity(case.history().len());
    for event in case.history() {
        then = then.evolve(event.clone());
        let state = then.state();
        open.push(state.is_some_and(|state| is_open(officer, state, command)));
    }
    let known = match expected {
        // Versions count from 1.
        Some(version) => usize::try_from(version.checked_sub(1)?).ok()?,
        None => open.iter().rposition(|open| *open)?,
    };
    if open.get(known) != Some(&true) {
        return None;
    }
    let before = open[..known].iter().rposition(|open| !open);
    let first = before.map_or(0, |before| before + 1);
    let end = known + open[known..].iter().position(|open| !open)?;
    let history = case.history();
    Some((history[first].version, by(&history[end])))
}

/// Whether the offer that `command` answers waits for an answer of this officer.
fn is_open(officer: &Officer, state: &CaseState, command: &Value) -> bool {
    let waits = match command["type"].as_str() {
        Some("accept-transfer" | "decline-transfer") => state.asked(&officer.unit),
        Some("accept-referral" | "decline-referral") => state.referrals.iter().any(|referral| {
            referral.status == ReferralStatus::Offered
                && command["referral_id"] == referral.id.as_str()
        }),
        _ => false,
    };
    waits && may_see(officer, state)
}
