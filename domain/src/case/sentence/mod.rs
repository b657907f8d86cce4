//! What an event says, in one sentence of each language: what was done, with what can be counted or dated; no free
//! text, no name of a child, and no judgement. The list of a chapter names the sentence of each event; where it is not
//! always the same, it stands beside the facts that it tells. Here is what several have in common.

mod says;
#[cfg(test)]
mod tests;

pub(super) use self::says::{Both, Says};
#[cfg(test)]
pub(super) use self::tests::{Sample, samples};
use super::Recorded;
use crate::language::Sentence;
use crate::text::DocumentNumber;
use crate::time::{Instant, Moment};
use crate::unit::Units;

impl Recorded {
    /// What happened, in one sentence of each language. Units are called as they were then.
    #[must_use]
    pub fn says(&self, units: &Units) -> Sentence {
        self.event.says(On {
            units,
            at: self.occurred_at,
        })
    }
}

/// The units, and the time at which something happened to them.
#[derive(Clone, Copy)]
pub(super) struct On<'a> {
    pub units: &'a Units,
    pub at: Instant,
}

impl<'a> On<'a> {
    /// The name of a unit as it was called then.
    pub fn unit(self, code: &'a str) -> &'a str {
        self.units.name(code, self.at.date())
    }
}

/// With the number of the decision, where it has one.
pub(super) fn by_decision(vi: &str, en: &str, number: Option<&DocumentNumber>) -> Sentence {
    match number {
        Some(number) => Sentence::new(
            format!("{vi}, quyết định số {number}"),
            format!("{en}, decision {number}"),
        ),
        None => Sentence::new(vi, en),
    }
}

pub(super) fn day(moment: Moment) -> String {
    moment.date().format("%d/%m/%Y").to_string()
}

/// A day or a minute, as the last one in time.
pub(super) fn moment(moment: Moment) -> Sentence {
    let date = day(moment);
    match moment {
        Moment::At(at) => {
            let time = at.local().format("%H:%M");
            Sentence::new(format!("{time} ngày {date}"), format!("{time} on {date}"))
        }
        Moment::On(_) => Sentence::new(format!("ngày {date}"), date),
    }
}

pub(super) fn many(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}
