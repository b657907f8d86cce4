//! How read models are kept, whatever they show.

pub(crate) mod alone;
pub(crate) mod bulk;
mod copy;
pub(crate) mod direct;
pub(crate) mod made;
pub(crate) mod packed;
pub(crate) mod ready;
mod runs;
pub(crate) mod scan;
pub(crate) mod streams;
pub(crate) mod tables;
mod tally;
