//! Adopting a calendar: the calendar of working days is in the log, and when another one is used than
//! the last that was adopted, every case whose due dates it moves gets an event that says so.

use domain::calendar::{AdoptedCalendars, AdoptedFacts, Calendar, CalendarEvent, THE_CALENDAR};
use domain::case::recount;
use domain::identity::Actor;
use domain::log::Stored;
use eventstore::{AppendError, Appended, ExpectedVersion, NewEvent, StreamId};
use projections::{CALENDAR, CASE, CaseFilter, Seen, load};
use uuid::Uuid;

use super::envelope::Envelope;
use super::journal::derived_command;
use super::{Application, SendError};

/// Why a calendar was not adopted.
type CalendarError = SendError<AdoptedCalendars>;

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
    pub async fn adopt_calendar(&self) -> Result<Adopted, CalendarError> {
        let adopted: Option<AdoptedCalendars> = load(&self.store, THE_CALENDAR, self.units())
            .await
            .map_err(|error| SendError::NotReady(error.into()))?;
        if adopted.is_none() && self.store.head().await? == 0 {
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
        let id = derived_command(&[b"calendar", facts.text.as_bytes(), &version.to_be_bytes()]);
        let event = self.by_system(&CalendarEvent::from(facts), THE_CALENDAR)?;
        let stream = StreamId::new(CALENDAR, THE_CALENDAR);
        let known = ExpectedVersion::Exact(version);
        match self.store.append(stream, known, vec![event], id).await {
            // Another server was quicker with the same.
            Ok(_) | Err(AppendError::VersionConflict { .. }) => Ok(done),
            Err(error) => Err(error.into()),
        }
    }

    async fn recount_cases(&self, before: &Calendar) -> Result<usize, CalendarError> {
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
    async fn recount_case(&self, id: Uuid, before: &Calendar) -> Result<bool, CalendarError> {
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
        let command = derived_command(&parts);
        let stream = StreamId::new(CASE, id);
        let any = ExpectedVersion::Any;
        match self.store.append(stream, any, vec![stored], command).await {
            Ok(Appended { .. }) => Ok(true),
            // Done by another server, that counted at another moment.
            Err(AppendError::CommandReused) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    fn by_system(&self, event: &impl Stored, about: Uuid) -> Result<NewEvent, serde_json::Error> {
        let now = self.now().utc();
        let envelope = Envelope {
            occurred_at: now,
            recorded_at: now,
            actor: &Actor::system(),
            correlation_id: about,
            causation_id: None,
        };
        envelope.event(self.ids.next(), event)
    }
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> CalendarError {
    SendError::Internal(Box::new(error))
}
