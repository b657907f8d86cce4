//! Writing down what was decided.

use domain::command::Decided;
use domain::identity::Actor;
use domain::log::{Cause, Recorded, Stored, Subject};
use domain::time::Instant;
use eventstore::{AppendError, Appended, CommandId, NewEvent, Part, StreamId};

use super::sent::{Known, sent_before, told, version};
use super::tools::expected;
use super::{Decision, Desk, Order, SendError, Sent, StreamVersion};

/// What became of it.
pub(super) enum Written<S> {
    /// It is in the log.
    Sent(Sent<S>),
    /// Somebody wrote to this stream between our reading and our writing.
    Overtaken(StreamVersion),
}

/// Appends what was decided, all of it or nothing, and waits until whoever looks next sees it. `subject` is
/// what it was decided on; `addressed` the stream that the command names, none where it begins one.
///
/// # Errors
/// [`SendError`]; nothing was written, or after [`SendError::NotReady`] perhaps.
pub(super) async fn write<S: Subject, D: Desk<S>>(
    desk: &D,
    order: &Order<'_, D::Asked>,
    (id, addressed): (CommandId, Option<StreamId>),
    subject: S,
    decision: Decision<S::Event>,
    now: Instant,
) -> Result<Written<S>, SendError<S>> {
    let (tools, stream) = (desk.tools(), order.stream::<S>());
    let Decision {
        before,
        assumed,
        own,
        beside,
    } = decision;
    let mut events = Vec::with_capacity(assumed.len() + own.len());
    let mut told_of = Vec::with_capacity(events.capacity());
    for (decided, actor) in [(assumed, Actor::system()), (own, order.sender.actor())] {
        let new = tools.events::<S>(stream.id, &decided, (&actor, now))?;
        told_of.extend(
            new.iter()
                .zip(decided)
                .map(|(new, decided)| recorded(new, decided, &actor, id)),
        );
        events.extend(new);
    }
    let own = Part {
        stream,
        expected: expected(version(&subject)),
        events,
    };
    let parts: Vec<_> = before.into_iter().chain([own]).chain(beside).collect();
    if parts.iter().all(|part| part.events.is_empty()) {
        let nothing = told(desk, order.sender, &[], addressed, Known::Loaded(subject));
        return nothing.await.map(Written::Sent);
    }
    let written = match tools.store.append_parts(id, parts).await {
        Ok(written) => written,
        Err(AppendError::VersionConflict { stream, actual, .. }) => {
            return Ok(Written::Overtaken(StreamVersion::new(stream, actual)));
        }
        // Sent twice at the same moment: what the other one began has another id than ours.
        Err(AppendError::CommandReused) => {
            let before = sent_before(desk, id).await?;
            let before = before.ok_or(SendError::CommandReused)?;
            let sent = told(desk, order.sender, &before.parts, addressed, Known::Nothing);
            return sent.await.map(Written::Sent);
        }
        Err(error) => return Err(error.into()),
    };
    let known = match written.iter().find(|part| part.stream == stream) {
        Some(part) if part.replayed => Known::Nothing,
        Some(part) => known_after(subject, told_of, part),
        None => Known::Loaded(subject),
    };
    let sent = told(desk, order.sender, &written, addressed, known).await?;
    desk.settle(&written, &sent.subject).await?;
    Ok(Written::Sent(sent))
}

/// The event as it will stand in the log; its place is known when it does.
fn recorded<E>(new: &NewEvent, decided: Decided<E>, actor: &Actor, id: CommandId) -> Recorded<E> {
    Recorded {
        event_id: new.event_id,
        version: 0,
        position: 0,
        occurred_at: Instant::new(new.occurred_at),
        recorded_at: Instant::new(new.recorded_at),
        actor: actor.clone(),
        event: decided.event,
        older: None,
        cause: Cause {
            command: id.id,
            event: new.causation_id,
        },
    }
}

/// The subject after what was written to it.
fn known_after<S: Subject>(
    subject: S,
    events: Vec<Recorded<S::Event>>,
    written: &Appended,
) -> Known<S> {
    let types = events.iter().map(|event| event.event.event_type());
    let types = types.map(str::to_owned).collect();
    let places = (written.first_version..).zip(written.first_position..);
    let placed = events.into_iter().zip(places);
    let placed = placed.map(|(event, (version, position))| Recorded {
        version,
        position,
        ..event
    });
    Known::Written(placed.fold(subject, S::evolve), types)
}
