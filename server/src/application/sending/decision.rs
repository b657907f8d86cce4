//! What a command comes to, stream by stream.

use domain::command::Decided;
use eventstore::Part;

/// What was decided: in the stream that the command is sent to, and in others, all of it or nothing. Nothing
/// at all: there is nothing to record.
#[derive(Debug)]
pub(in crate::application) struct Decision<E> {
    /// Other streams, written before. Where the command begins its own stream, none of the same kind.
    pub before: Vec<Part>,
    /// What its own stream was never told and is assumed in it; by the system itself.
    pub assumed: Vec<Decided<E>>,
    /// In its own stream.
    pub own: Vec<Decided<E>>,
    /// Other streams, written or only looked at after.
    pub beside: Vec<Part>,
}

impl<E> Decision<E> {
    /// In its own stream only.
    pub const fn of(own: Vec<Decided<E>>) -> Self {
        Self {
            before: Vec::new(),
            assumed: Vec::new(),
            own,
            beside: Vec::new(),
        }
    }
}
