//! Others were quicker: what they recorded, as far as the sender may see it.

use domain::log::Subject;

use super::sent::version;
use super::{Desk, Order, SendError, StreamVersion};

/// Refuses a command on a subject that has changed since the version that was expected. For those who only
/// read what stood there until their part ended nothing else has changed.
///
/// # Errors
/// [`SendError::Conflict`] with what was recorded since; else the subject comes back.
pub(super) fn unless_changed<S: Subject, D: Desk<S>>(
    desk: &D,
    order: &Order<'_, D::Asked>,
    expected: i64,
    subject: S,
) -> Result<S, SendError<S>> {
    let history = subject.history().iter();
    let since: Vec<_> = history
        .filter(|event| event.version > expected)
        .filter_map(|event| desk.shows(order.sender, &subject, event))
        .collect();
    let reads_on = desk.reads_on(order.sender, &subject);
    if since.is_empty() && !reads_on {
        return Ok(subject);
    }
    let version = match since.last() {
        Some(last) if !reads_on => last.version,
        _ => version(&subject),
    };
    Err(SendError::Conflict {
        version,
        since,
        streams: vec![StreamVersion::new(order.stream::<S>(), version)],
        found: Some(Box::new(subject)),
    })
}
