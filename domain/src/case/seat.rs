//! A place in a case where a unit answers: as holder, as the commune of an incident or of residence,
//! as the place that received a report or to which one was forwarded, or as an agency that was asked.
//! What was recorded stays; who answers in that place follows the successions that were recorded in the
//! case.

use chrono::NaiveDate;

use super::events::competence::PassedFacts;
use super::state::Passing;
use crate::unit::{Unit, Units};

/// Who answers in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Reference of the unit that answers.
    unit: String,
    /// Its id, once competence passed to it.
    id: Option<String>,
    /// The day as of which the reference is read.
    since: NaiveDate,
}

impl Seat {
    /// The unit that was recorded on a day.
    pub(crate) fn new(unit: &str, since: NaiveDate) -> Self {
        Self {
            unit: unit.to_owned(),
            id: None,
            since,
        }
    }

    /// The same after what had passed already when it was recorded: an agency of a unit whose
    /// competence is gone is asked in vain.
    pub(crate) fn after(mut self, passings: &[Passing]) -> Self {
        for passing in passings {
            self.pass(&passing.facts, Units::in_use());
        }
        self
    }

    /// Reference of the unit that answers.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The day as of which the reference is read.
    #[must_use]
    pub fn since(&self) -> NaiveDate {
        self.since
    }

    /// The unit that answers, by the register.
    #[must_use]
    pub fn version<'a>(&self, units: &'a Units) -> Option<&'a Unit> {
        match &self.id {
            Some(id) => units.by_id(id),
            None => units.find(&self.unit, self.since),
        }
    }

    /// Where the unit that answers has ended before `today`: that unit. One that only came to lie in
    /// another unit has not.
    #[must_use]
    pub fn ended<'a>(&self, units: &'a Units, today: NaiveDate) -> Option<&'a Unit> {
        let unit = self.version(units)?;
        let now = units.continued(&unit.id, today).unwrap_or(unit);
        now.ended(today).then_some(now)
    }

    /// Passes to the successor if the unit that answers is the one that competence passed from.
    /// Tells whether it did.
    pub(crate) fn pass(&mut self, facts: &PassedFacts, units: &Units) -> bool {
        let from = &facts.from;
        let effective = facts.effective.0;
        let is_from = match self.version(units) {
            Some(unit) => {
                unit.id == from.id
                    || units
                        .continued(&unit.id, effective)
                        .is_some_and(|unit| unit.id == from.id)
            }
            None => self.unit == from.id || Some(&self.unit) == from.code.as_ref(),
        };
        if is_from {
            facts.to.reference().clone_into(&mut self.unit);
            self.id = Some(facts.to.id.clone());
            self.since = effective;
        }
        is_from
    }
}
