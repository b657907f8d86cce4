//! What has happened in a case: every stored type with its two parts and its revisions, as the chapters list
//! them. A form that came later reads the earlier ones by a step: see `log`.

use super::chapters::chapters;
use super::events::{
    apart, assessment, closing, competence, contradiction, correction, court, criminal, emergency,
    people, placement, plan, record, recount, referral, report, review, same_child, separation,
    service, transfer, visit, written,
};
use crate::log::Step::{By, Same};
use crate::log::{Corrects, events};
pub use crate::log::{DecodeError, Encoded, NoFacts, Nothing, Split};

macro_rules! listed {
    ($(
        $chapter:tt { $(
            $( #[$doc:meta] )*
            $event:ident($facts:ty, $personal:ty) { $( $revision:literal $( => $step:expr )? ),+ }
            $kind:tt
        )* }
    )*) => {
        events! {
            /// An event of a case.
            pub enum Event { $( $(
                $( #[$doc] )*
                $event($facts, $personal) { $( $revision $( => $step )? ),+ };
            )* )* }
        }
    };
}

chapters!(events => listed);

impl Event {
    /// What the event corrects, if it is a correction whose value was not erased.
    #[must_use]
    pub fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::FactCorrected(correction) => correction.corrects(),
            _ => None,
        }
    }
}

/// An event of a case with its envelope.
pub type Recorded = crate::log::Recorded<Event>;
