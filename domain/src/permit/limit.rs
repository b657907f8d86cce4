//! How much of a subject somebody reads where it is not the whole, or their whole side.

/// How much the viewer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// What it told, or is told, and what it recorded itself.
    Told,
    /// What stood there until its part ended.
    Until(Until),
}

/// The last version up to which the viewer reads, where its part has ended; whether it kept another seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until {
    /// The version of the event that ended the part.
    pub version: i64,
    /// The commune gave the subject away and is still that of incident or residence: it goes on seeing
    /// what these seats are about.
    pub seated: bool,
}
