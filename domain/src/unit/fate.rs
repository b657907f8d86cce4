//! What became of a unit, and out of which units it came.

use chrono::NaiveDate;

use super::{Share, Unit, Units};

/// What became of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It exists.
    Stands(&'a Unit),
    /// All of it is now this unit.
    Whole(&'a Unit),
    /// It was divided among these units. Which of them answers for a case, a person has to say.
    Divided(Vec<&'a Unit>),
    /// It has ended without a successor.
    Ended(&'a Unit),
}

impl<'a> Fate<'a> {
    /// The units that it is, or was divided among.
    #[must_use]
    pub fn units(&self) -> &[&'a Unit] {
        match self {
            Self::Stands(unit) | Self::Whole(unit) => std::slice::from_ref(unit),
            Self::Divided(units) => units,
            Self::Ended(_) => &[],
        }
    }
}

/// A unit and what became part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Absorbed<'a> {
    /// The unit itself and every unit that went into it as a whole, step by step.
    pub whole: Vec<&'a Unit>,
    /// Units of which only a part went into one of those.
    pub parts: Vec<&'a Unit>,
}

impl Units {
    /// The unit that `reference` means on `date`, with what became part of it.
    #[must_use]
    pub fn absorbed(&self, reference: &str, date: NaiveDate) -> Absorbed<'_> {
        let mut whole: Vec<usize> = self.place(reference, date).into_iter().collect();
        let mut parts = Vec::new();
        let mut next = 0;
        while let Some(at) = whole.get(next).copied() {
            for (before, share) in &self.predecessors[at] {
                let into = match share {
                    Share::Whole => &mut whole,
                    Share::Part => &mut parts,
                };
                if !into.contains(before) {
                    into.push(*before);
                }
            }
            next += 1;
        }
        let units = |places: Vec<usize>| places.into_iter().map(|at| &self.all[at]).collect();
        Absorbed {
            whole: units(whole),
            parts: units(parts),
        }
    }

    /// The days on which the reference of this unit means it, not an earlier or later unit with the
    /// same code: from the first up to and without the second, without end where there is none.
    #[must_use]
    pub fn means(&self, unit: &Unit) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let versions: Vec<&Unit> = self.versions(unit.reference()).collect();
        let Some(at) = versions.iter().position(|one| one.id == unit.id) else {
            return (None, None);
        };
        let from = at.checked_sub(1).and(unit.from);
        let next = versions.get(at + 1).and_then(|next| next.from);
        (from, next)
    }

    /// What came directly after the unit that `reference` means on `date`. The order is that of the
    /// data.
    #[must_use]
    pub fn successors(&self, reference: &str, date: NaiveDate) -> Vec<(&Unit, Share)> {
        let place = self.place(reference, date);
        place.map_or_else(Vec::new, |at| self.units_of(&self.successors[at]))
    }

    /// What came directly before the unit that `reference` means on `date`.
    #[must_use]
    pub fn predecessors(&self, reference: &str, date: NaiveDate) -> Vec<(&Unit, Share)> {
        let place = self.place(reference, date);
        place.map_or_else(Vec::new, |at| self.units_of(&self.predecessors[at]))
    }

    fn units_of(&self, rows: &[(usize, Share)]) -> Vec<(&Unit, Share)> {
        let unit = |(at, share): &(usize, Share)| (&self.all[*at], *share);
        rows.iter().map(unit).collect()
    }

    /// What the unit that `reference` meant on `then` is on `today`.
    #[must_use]
    pub fn current(&self, reference: &str, then: NaiveDate, today: NaiveDate) -> Option<Fate<'_>> {
        let place = self.place(reference, then)?;
        Some(self.fate(place, today))
    }

    fn fate(&self, place: usize, today: NaiveDate) -> Fate<'_> {
        if !self.all[place].ended(today) {
            return Fate::Stands(&self.all[place]);
        }
        let mut leaves = Vec::new();
        let mut divided = false;
        let mut next = vec![place];
        while let Some(at) = next.pop() {
            if self.all[at].ended(today) {
                for (to, share) in self.successors[at].iter().rev() {
                    divided |= *share == Share::Part;
                    next.push(*to);
                }
            } else if !leaves.contains(&at) {
                leaves.push(at);
            }
        }
        match leaves.as_slice() {
            [] => Fate::Ended(&self.all[place]),
            [only] if !divided => Fate::Whole(&self.all[*only]),
            several => Fate::Divided(several.iter().map(|at| &self.all[*at]).collect()),
        }
    }

    /// The same unit under a later version: it alone went there as a whole, with its name and code.
    /// Only what lies above it has changed, so nothing passes to anybody else.
    #[must_use]
    pub fn continued(&self, id: &str, today: NaiveDate) -> Option<&Unit> {
        let mut at = *self.by_id.get(id)?;
        while self.all[at].ended(today) {
            let [(next, Share::Whole)] = self.successors[at].as_slice() else {
                break;
            };
            let alone = self.predecessors[*next].len() == 1;
            let (old, new) = (&self.all[at], &self.all[*next]);
            if !alone || old.code != new.code || old.name != new.name {
                break;
            }
            at = *next;
        }
        Some(&self.all[at])
    }

    /// The unit with this id and all units out of which it came, wholly or in part.
    #[must_use]
    pub fn lineage(&self, id: &str) -> Vec<&Unit> {
        self.line(id, &self.predecessors)
    }

    /// The unit with this id and all units that came out of it, wholly or in part.
    #[must_use]
    pub fn came_out_of(&self, id: &str) -> Vec<&Unit> {
        self.line(id, &self.successors)
    }

    fn line(&self, id: &str, steps: &[Vec<(usize, Share)>]) -> Vec<&Unit> {
        let begin = self.by_id.get(id).copied().into_iter().collect();
        let found = followed(begin, steps);
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}

/// These places and all that they lead to, step by step, each once.
pub(super) fn followed(mut places: Vec<usize>, steps: &[Vec<(usize, Share)>]) -> Vec<usize> {
    let mut next = 0;
    while let Some(at) = places.get(next).copied() {
        for (to, _) in &steps[at] {
            if !places.contains(to) {
                places.push(*to);
            }
        }
        next += 1;
    }
    places
}
