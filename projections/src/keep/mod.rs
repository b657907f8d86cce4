//! How read models are kept, whatever they show.

pub(crate) mod alone;
pub(crate) mod bulk;
pub(crate) mod made;
pub(crate) mod packed;
pub(crate) mod ready;
pub(crate) mod scan;
pub(crate) mod streams;
pub(crate) mod tables;
mod tally;
mod write;
