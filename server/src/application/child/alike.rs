//! Records that are like another one: noticed by whatever says who a child is, so that somebody is asked; and what may be
//! told of them to whom.

use std::collections::BTreeSet;

use domain::child::events::AlikeFacts;
use domain::child::{Child, Event, Record, Recorded, Sees, as_read, mirrored};
use domain::command::Decided;
use domain::log::{Cause, Split, Subject};
use domain::time::Instant;
use eventstore::Part;
use projections::Likeness;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::{Application, FindError, SendError, Sender, viewer};

/// A record that is like another one, as far as the officer may know of it.
#[derive(Debug, Clone)]
pub struct AlikeRecord {
    /// Its id.
    pub id: Uuid,
    /// Both have the same personal number.
    pub number: bool,
    /// The record, where they may see it.
    pub record: Option<Record>,
    /// The commune that keeps it, and the day by which that is meant.
    pub unit: (String, chrono::NaiveDate),
}

/// Whether the event says who the child is, so that another record may prove to be alike.
const fn tells_who(event: &Event) -> bool {
    matches!(
        event,
        Event::ChildRegistered(_)
            | Event::IdentityRecorded(_)
            | Event::NumberClaimed(_)
            | Event::NumberVerified(_)
            | Event::RelativesRecorded(_)
            | Event::RecordResumed(_)
    )
}

/// The child with what was decided, before it is written.
fn ahead(child: &Child, decided: &[Decided<Event>], sender: &Sender<'_>, now: Instant) -> Child {
    let events = decided.iter().enumerate();
    events.fold(child.clone(), |child, (place, decided)| {
        let version = i64::try_from(child.events()).unwrap_or_default() + 1;
        child.evolve(Recorded {
            event_id: Uuid::from_u128(place as u128),
            version,
            position: 0,
            occurred_at: decided.occurred_at,
            recorded_at: now,
            actor: sender.actor(),
            event: decided.event.clone(),
            older: None,
            cause: Cause::default(),
        })
    })
}

impl Application {
    /// What is found to be like the child after what was decided, and not asked about yet: an event in its own record and
    /// one in each other.
    ///
    /// # Errors
    /// [`SendError`] where log or read models do not answer.
    pub(super) async fn notice_alike(
        &self,
        child: &Child,
        decided: &mut Vec<Decided<Event>>,
        sender: &Sender<'_>,
        now: Instant,
    ) -> Result<Vec<Part>, SendError<Child>> {
        if !decided.iter().any(|one| tells_who(&one.event)) {
            return Ok(Vec::new());
        }
        let ahead = ahead(child, decided, sender, now);
        let Some(record) = ahead.record().filter(|record| record.is_kept()) else {
            return Ok(Vec::new());
        };
        let found = self.projections.records_alike(record, now).await;
        let found = found.map_err(|error| SendError::NotReady(error.into()))?;
        let known: BTreeSet<_> = record
            .alike
            .iter()
            .map(|one| (one.other, one.number))
            .collect();
        let mut beside = Vec::new();
        for one in found {
            let number = one.likeness == Likeness::Certain;
            let other = one.child.id();
            let asked = known.contains(&(other, true)) || known.contains(&(other, number));
            let joined = record.joined.contains(&other);
            let kept = one.child.record().is_some_and(Record::is_kept);
            if one.likeness < Likeness::Likely || asked || joined || !kept {
                continue;
            }
            let event = Event::AlikeFound(Split::bare(AlikeFacts { other, number }));
            let Some((_, there)) = mirrored(&event, child.id()) else {
                continue;
            };
            let occurred_at = now;
            decided.push(Decided { occurred_at, event });
            beside.push(self.part_of_child(&one.child, there, sender, now)?);
        }
        Ok(beside)
    }

    /// What is written to another record by a command.
    pub(super) fn part_of_child(
        &self,
        other: &Child,
        event: Event,
        sender: &Sender<'_>,
        now: Instant,
    ) -> Result<Part, SendError<Child>> {
        let version = i64::try_from(other.events()).unwrap_or(i64::MAX);
        let decided = [Decided {
            occurred_at: now,
            event,
        }];
        let by = (&sender.actor(), now);
        Ok(self
            .tools()
            .part::<Child>(other.id(), version, &decided, by)?)
    }

    /// The records that are like this one and about which somebody is asked, as the officer may know of them.
    pub(super) async fn alike_to(
        &self,
        officer: &Officer,
        record: &Record,
    ) -> Result<Vec<AlikeRecord>, FindError> {
        let today = self.now().date();
        let asked = record.unanswered().map(|one| (one.other, one.number));
        let joined = record.joined.iter().chain(&record.joined_to);
        let all = asked.chain(joined.map(|other| (*other, false)));
        let mut found = Vec::new();
        for (id, number) in all.collect::<Vec<_>>() {
            let other: Option<Child> = self.tools().load(id).await?;
            let Some(other) = other else { continue };
            let Some(whole) = other.record() else {
                continue;
            };
            let (unit, then) = whole.unit();
            let unit = (unit.to_owned(), then);
            let read = as_read(&other, &viewer(self.units(), officer), today);
            found.push(AlikeRecord {
                id,
                number,
                record: read.map(|(_, record): (Sees, Record)| record),
                unit,
            });
        }
        Ok(found)
    }
}
