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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Units;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// What the code meant on a day, and what it had become on another.
    fn passage(code: &str, then: &str, now: &str) -> (UnitFacts, UnitFacts) {
        let units = Units::shipped();
        let from = units.find(code, day(then)).unwrap();
        let fate = units.current(code, day(then), day(now)).unwrap();
        (from.into(), fate.units()[0].into())
    }

    #[test]
    fn competence_passes_from_the_unit_that_answers_and_from_no_other() {
        let units = Units::shipped();
        let (from, to) = passage("19111", "2025-06-30", "2025-07-01");
        let effective = Date(day("2025-07-01"));
        let pass = |from: &UnitFacts, seat: &mut Seat| {
            let to = &to;
            let passage = Passage {
                from,
                to,
                effective,
            };
            seat.pass(passage, units)
        };
        let mut seat = Seat::new("19111", day("2024-03-11"));
        assert_eq!(seat.since(), day("2024-03-11"));
        // That of another commune passes nothing here.
        let (other, _) = passage("19114", "2025-06-30", "2025-07-01");
        assert!(!pass(&other, &mut seat));
        assert!(pass(&from, &mut seat));
        assert_eq!(
            (seat.unit(), seat.since()),
            (to.reference(), day("2025-07-01"))
        );
        assert_eq!(
            seat.version(units).map(|unit| unit.id.as_str()),
            Some(to.id.as_str())
        );
        // It passed once: the unit of before answers no more, whatever its code.
        assert!(!pass(&from, &mut seat));
        // The unit of before 2020 took another in and became a third: it is not the one that passed.
        let mut older = Seat::new("19111", day("2019-05-01"));
        assert!(!pass(&from, &mut older));
        // A unit that the register does not have is known by what stands in the event.
        let unknown = |id: &str, code: Option<&str>| UnitFacts {
            id: id.to_owned(),
            code: code.map(str::to_owned),
        };
        for (known, from, passes) in [
            ("new-7", unknown("new-7", None), true),
            ("99999", unknown("new-8", Some("99999")), true),
            ("99999", unknown("new-8", Some("99998")), false),
            ("new-7", unknown("new-8", None), false),
        ] {
            let mut seat = Seat::new(known, day("2024-03-11"));
            assert_eq!(pass(&from, &mut seat), passes, "{known} {from:?}");
        }
    }
}
