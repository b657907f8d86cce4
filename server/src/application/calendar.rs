//! Adopting a calendar: the calendar of working days is in the log, and when another one is used than
//! the last that was adopted, every case whose due dates it moves gets an event that says so.

use domain::calendar::{AdoptedCalendars, AdoptedFacts, Calendar, CalendarEvent, THE_CALENDAR};
use domain::case::recount;
use domain::log::Stored;
use eventstore::{Actor, AppendError, Appended, CommandId, ExpectedVersion, NewEvent, StreamId};
use projections::{CALENDAR, CASE, CaseFilter, Seen, load};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Application, SendError};

/// How many cases are looked at in one go.
const PAGE: usize = 200;

/// What adopting a calendar did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopted {
    /// The log is empty: nothing was counted with it yet.
    NothingYet,
    /// It is the one that was adopted last.
    Already,
    /// It is the first one.
    First,
    /// It took the place of another; so many cases had due dates that moved.
    Changed {
        /// How many.
        cases: usize,
    },
}

impl Application {
    /// Adopts the calendar in use. Safe to call again, at any time, from several servers.
    ///
    /// # Errors
    /// [`SendError`] when the database does not answer or the log cannot be read. What was done until
    /// then stays; the next call goes on.
    pub async fn adopt_calendar(&self) -> Result<Adopted, SendError> {
        let adopted: Option<AdoptedCalendars> = load(&self.store, THE_CALENDAR, self.units())
            .await
            .map_err(|error| SendError::NotReady(error.into()))?;
        if adopted.is_none() && self.store.head().await.map_err(read)? == 0 {
            return Ok(Adopted::NothingYet);
        }
        let AdoptedCalendars { version, last } = adopted.unwrap_or_default();
        let done = match last {
            Some(before) if *before.text == *self.calendar_text => return Ok(Adopted::Already),
            None => Adopted::First,
            Some(before) => {
                let before = Calendar::parse(&before.text).map_err(broken)?;
                let cases = self.recount_cases(&before).await?;
                Adopted::Changed { cases }
            }
        };
        let facts = AdoptedFacts {
            id: self.calendar.id().to_owned(),
            text: self.calendar_text.to_string(),
        };
        let id = command(&[b"calendar", facts.text.as_bytes(), &version.to_be_bytes()]);
        let event = self.by_system(&CalendarEvent::from(facts), THE_CALENDAR)?;
        let stream = StreamId::new(CALENDAR, THE_CALENDAR);
        let known = ExpectedVersion::Exact(version);
        match self.store.append(stream, known, vec![event], id).await {
            // Another server was quicker with the same.
            Ok(_) | Err(AppendError::VersionConflict { .. }) => Ok(done),
            Err(error) => Err(append(error)),
        }
    }

    async fn recount_cases(&self, before: &Calendar) -> Result<usize, SendError> {
        let filter = CaseFilter {
            seen: Seen::All,
            ..CaseFilter::default()
        };
        let (mut moved, mut cursor) = (0, None);
        loop {
            let page = self
                .projections
                .search_cases(&filter, cursor.as_deref(), PAGE)
                .await
                .map_err(|error| SendError::NotReady(error.into()))?;
            for row in &page.items {
                moved += usize::from(self.recount_case(row.case_id, before).await?);
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(moved);
            }
        }
    }

    /// Whether due dates of the case moved.
    async fn recount_case(&self, id: Uuid, before: &Calendar) -> Result<bool, SendError> {
        let case = projections::load_case(&self.store, id, self.units())
            .await
            .map_err(|error| SendError::NotReady(error.into()))?;
        let Some(case) = case else { return Ok(false) };
        let (procedure, after) = (&self.procedure, &self.calendar);
        let moved = recount(case.history(), procedure, before, after, self.now());
        let Some(event) = moved else {
            return Ok(false);
        };
        let stored = self.by_system(&event, id)?;
        let calendars = [before.id(), after.id(), &self.calendar_text];
        let mut parts: Vec<&[u8]> = vec![b"recount", id.as_bytes()];
        parts.extend(calendars.iter().map(|part| part.as_bytes()));
        let command = command(&parts);
        let stream = StreamId::new(CASE, id);
        let any = ExpectedVersion::Any;
        match self.store.append(stream, any, vec![stored], command).await {
            Ok(Appended { .. }) => Ok(true),
            // Done by another server, that counted at another moment.
            Err(AppendError::CommandReused) => Ok(true),
            Err(error) => Err(append(error)),
        }
    }

    fn by_system(&self, event: &impl Stored, about: Uuid) -> Result<NewEvent, SendError> {
        let now = self.now();
        let encoded = event.encode().map_err(broken)?;
        Ok(NewEvent {
            event_id: self.ids.next(),
            event_type: encoded.event_type.into(),
            revision: encoded.revision,
            occurred_at: now.utc(),
            recorded_at: now.utc(),
            actor: Actor {
                officer: None,
                name: None,
                role: "system".to_owned(),
                agency: None,
                unit: None,
                on_behalf_of: None,
            },
            correlation_id: about,
            causation_id: None,
            facts: encoded.facts,
            personal: encoded.personal,
        })
    }
}

/// The same id for the same work, whoever does it and however often.
fn command(parts: &[&[u8]]) -> CommandId {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let fingerprint: [u8; 32] = hash.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&fingerprint[..16]);
    CommandId {
        id: uuid::Builder::from_custom_bytes(id).into_uuid(),
        fingerprint,
    }
}

fn read(error: eventstore::ReadError) -> SendError {
    super::commands::read_error(error)
}

fn append(error: AppendError) -> SendError {
    super::commands::append_error(error)
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> SendError {
    SendError::Internal(Box::new(error))
}
