//! The way of a command: load, permit, decide, append, answer; decided anew where others were quicker.

use domain::command::FieldError;
use domain::log::Subject;
use eventstore::CommandId;
use uuid::Uuid;

use super::conflict::unless_changed;
use super::fingerprint::fingerprint;
use super::sent::{Known, sent_before, told, version};
use super::write::{Written, write};
use super::{Desk, Order, SendError, Sender, Sent, StreamVersion};

/// So often is a command decided anew because somebody wrote to a stream that the sender did not name.
const DECIDED_ANEW: usize = 3;

/// What came of deciding and appending once.
enum Attempt<S> {
    Sent(Sent<S>),
    /// Somebody wrote to the stream, and nothing that the sender sees. As it stands now.
    Again(S),
    /// Somebody wrote to another stream that it was decided on; its own had that version.
    Elsewhere {
        version: i64,
        other: StreamVersion,
    },
}

/// Begins a stream of the subject by a command.
///
/// # Errors
/// [`SendError`]; nothing was written.
pub(in crate::application) async fn begin<S: Subject, D: Desk<S>>(
    desk: &D,
    sender: &Sender<'_>,
    id: Uuid,
    asked: &D::Asked,
) -> Result<Sent<S>, SendError<S>> {
    let command = desk.read(asked)?;
    if !desk.begins(&command) {
        return Err(FieldError::new("/type", "unknown-value").into());
    }
    let id = CommandId {
        id,
        fingerprint: fingerprint::<S>(sender, None, asked)?,
    };
    if let Some(before) = sent_before(desk, id).await? {
        return told(desk, sender, &before.parts, None, Known::Nothing).await;
    }
    let order = Order {
        sender,
        id: id.id,
        to: desk.tools().ids.next(),
        expected: None,
        asked,
    };
    let subject = S::begin(order.to, desk.tools().units);
    let now = desk.now();
    let decision = desk.decide(&order, &subject, command, now).await?;
    match write(desk, &order, (id, None), subject, decision, now).await? {
        Written::Sent(sent) => Ok(sent),
        Written::Overtaken(stream) => Err(SendError::elsewhere(stream.version, Vec::new())),
    }
}

/// Carries out a command on a stream of the subject. `known`: the subject, where a command of the same post
/// folded it.
///
/// # Errors
/// [`SendError`]; nothing was written.
pub(in crate::application) async fn send<S: Subject, D: Desk<S>>(
    desk: &D,
    order: &Order<'_, D::Asked>,
    mut known: Option<S>,
) -> Result<Sent<S>, SendError<S>> {
    let id = order.command::<S>()?;
    let mut anew = 0;
    loop {
        match once(desk, order, id, known.take()).await? {
            Attempt::Sent(sent) => return Ok(sent),
            // Nothing has changed that they see: it is decided on the subject as it is now.
            Attempt::Again(subject) => known = Some(subject),
            Attempt::Elsewhere { .. } if anew < DECIDED_ANEW => anew += 1,
            Attempt::Elsewhere { version, other } => {
                let told = desk.may_know(order.sender, other.stream()).await?;
                let others = told.then_some(other).into_iter().collect();
                let version = order.expected.unwrap_or(version);
                return Err(SendError::elsewhere(version, others));
            }
        }
    }
}

/// Decides on the subject as it stands now, and appends.
async fn once<S: Subject, D: Desk<S>>(
    desk: &D,
    order: &Order<'_, D::Asked>,
    id: CommandId,
    known: Option<S>,
) -> Result<Attempt<S>, SendError<S>> {
    let addressed = Some(order.stream::<S>());
    let subject = match known {
        Some(subject) => subject,
        None => desk.load(order).await?,
    };
    let unseen = !desk.may_send(order, &subject) && desk.adds_unseen(order, &subject).await;
    let admitted = |subject: &S| unseen || desk.may_send(order, subject);
    let as_seen = |sent| match unseen {
        true => desk.unseen(sent),
        false => sent,
    };
    match sent_before(desk, id).await {
        Ok(Some(before)) => {
            let known = Known::Loaded(subject);
            let sent = told(desk, order.sender, &before.parts, addressed, known).await?;
            return Ok(Attempt::Sent(as_seen(sent)));
        }
        Ok(None) | Err(SendError::CommandReused) if !admitted(&subject) => {
            return Err(desk.gone(order, order.expected, &subject).await);
        }
        Ok(None) => {}
        Err(error) => return Err(error),
    }
    let command = desk.read(order.asked)?;
    let version = version(&subject);
    // Who adds unseen is told of nothing that changed.
    let subject = match order.expected {
        Some(expected) if expected != version && !unseen => {
            unless_changed(desk, order, expected, subject)?
        }
        _ => subject,
    };
    let now = desk.now();
    let decision = desk.decide(order, &subject, command, now).await?;
    match write(desk, order, (id, addressed), subject, decision, now).await? {
        Written::Sent(sent) => Ok(Attempt::Sent(as_seen(sent))),
        Written::Overtaken(other) if Some(other.stream()) != addressed => {
            Ok(Attempt::Elsewhere { version, other })
        }
        // Somebody wrote between our reading and our writing.
        Written::Overtaken(_) => {
            let subject = desk.load(order).await?;
            let expected = order.expected.unwrap_or(version);
            if !admitted(&subject) {
                return Err(desk.gone(order, Some(expected), &subject).await);
            }
            let subject = match unseen {
                true => subject,
                false => unless_changed(desk, order, expected, subject)?,
            };
            Ok(Attempt::Again(subject))
        }
    }
}
