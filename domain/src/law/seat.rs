//! A place in a subject where a unit answers: in a case as holder, as the commune of an incident or of
//! residence, as the place that received a report, or as an agency that was asked. What was recorded
//! stays; who answers in that place follows the successions that were recorded in the subject.

use chrono::NaiveDate;

use crate::time::Date;
use crate::unit::{Unit, UnitFacts, Units};

/// Competence that passes from a unit to its successor.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The old unit.
    pub from: &'a UnitFacts,
    /// Its successor.
    pub to: &'a UnitFacts,
    /// The first day on which the successor is competent.
    pub effective: Date,
}

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
    pub(crate) fn after<'a>(
        mut self,
        passages: impl IntoIterator<Item = Passage<'a>>,
        units: &Units,
    ) -> Self {
        for passage in passages {
            self.pass(passage, units);
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
    pub(crate) fn pass(&mut self, passage: Passage<'_>, units: &Units) -> bool {
        let from = passage.from;
        let effective = passage.effective.0;
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
            passage.to.reference().clone_into(&mut self.unit);
            self.id = Some(passage.to.id.clone());
            self.since = effective;
        }
        is_from
    }
}
