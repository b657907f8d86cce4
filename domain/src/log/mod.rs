//! What every subject shares: an event with its envelope.

mod recorded;

pub use recorded::Recorded;
