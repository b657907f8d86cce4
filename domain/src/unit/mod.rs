//! Administrative units with their history. A unit is known by its id. Code and name mean a unit
//! only at a date: both are reused (44 is Quảng Bình until 30/6/2025 and the new Quảng Trị after),
//! so a name is always asked for together with a day.
//!
//! Wherever a unit is referred to, the reference is its code as of that day or, where it has no
//! code yet, its id.

mod additions;
mod ended;
mod facts;
mod fate;
mod load;
mod shown;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use additions::AdditionsError;
pub(crate) use ended::ended;
pub use ended::refuse_ended;
pub use facts::{UnitFacts, UnitReference};
pub use fate::{Absorbed, Fate};
pub use shown::Shown;

/// Level of an administrative unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Province (tỉnh, thành phố trực thuộc trung ương).
    Province,
    /// District (huyện, quận, thị xã, thành phố), until 30/6/2025.
    District,
    /// Commune (xã, phường, thị trấn, đặc khu).
    Commune,
}

/// One unit as it was called in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Which unit it is, independently of code and name.
    pub id: String,
    /// The official code (2, 3 or 5 digits); none while it is pending.
    pub code: Option<String>,
    /// Full name with its kind, for example "Thị trấn Hoàn Lão".
    pub name: String,
    /// Level.
    pub level: Level,
    /// Reference of the unit above it.
    pub parent: Option<String>,
    /// First day, where the data knows one.
    pub from: Option<NaiveDate>,
    /// Last day, where it has ended.
    pub to: Option<NaiveDate>,
    /// The legal act that made it, where the data knows it.
    pub act: Option<String>,
}

impl Unit {
    /// What the unit is referred to by: its code, or its id while the code is pending.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.id)
    }

    /// The kind of unit in words, for example "Thị trấn".
    #[must_use]
    pub fn kind(&self) -> &str {
        let kinds = [
            "Thành phố",
            "Thị trấn",
            "Thị xã",
            "Đặc khu",
            "Phường",
            "Huyện",
            "Quận",
            "Tỉnh",
            "Xã",
        ];
        kinds
            .into_iter()
            .find(|kind| self.name.starts_with(kind))
            .unwrap_or_default()
    }

    /// Whether it exists on `date`.
    #[must_use]
    pub fn at(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Whether it has ended before `date`.
    #[must_use]
    pub fn ended(&self, date: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < date)
    }

    /// Days between `date` and the period of the unit.
    fn distance(&self, date: NaiveDate) -> i64 {
        match (self.from, self.to) {
            (Some(from), _) if date < from => (from - date).num_days(),
            (_, Some(to)) if to < date => (date - to).num_days(),
            _ => 0,
        }
    }
}

/// How much of a unit went to a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// All of it.
    Whole,
    /// A part: it was divided.
    Part,
}

/// All units that are known. Handed in like the procedure, which carries them: there is no register of the
/// process.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Units {
    all: Vec<Unit>,
    /// How many of them are shipped; the others were added.
    shipped: usize,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, Vec<usize>>,
    above: Vec<Option<usize>>,
    below: Vec<Vec<usize>>,
    successors: Vec<Vec<(usize, Share)>>,
    predecessors: Vec<Vec<(usize, Share)>>,
}

impl fmt::Debug for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Units");
        shown
            .field("known", &self.all.len())
            .finish_non_exhaustive()
    }
}

impl Units {
    /// The units of the whole country before and after 1/7/2025, and those of Quảng Bình since
    /// before 1/2/2020.
    #[must_use]
    pub fn shipped() -> &'static Arc<Self> {
        static SHIPPED: OnceLock<Arc<Units>> = OnceLock::new();
        SHIPPED.get_or_init(|| Arc::new(Self::load()))
    }

    /// Whether any unit ever had this code, or has this id.
    #[must_use]
    pub fn knows(&self, reference: &str) -> bool {
        self.by_code.contains_key(reference) || self.by_id.contains_key(reference)
    }

    /// The unit with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Unit> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    /// Every unit that ever had this code, or the one with this id, the oldest first.
    pub fn versions<'a>(&'a self, reference: &str) -> impl Iterator<Item = &'a Unit> + use<'a> {
        self.places(reference).iter().map(|at| &self.all[*at])
    }

    fn places(&self, reference: &str) -> &[usize] {
        match self.by_code.get(reference) {
            Some(places) => places,
            None => self.by_id.get(reference).map_or(&[], std::slice::from_ref),
        }
    }

    /// The unit that had this code on `date`; where none had, the one nearest in time that did, so
    /// that an old record still shows a name. An id is found whatever the date.
    #[must_use]
    pub fn find(&self, reference: &str, date: NaiveDate) -> Option<&Unit> {
        self.place(reference, date).map(|at| &self.all[at])
    }

    fn place(&self, reference: &str, date: NaiveDate) -> Option<usize> {
        let places = self.places(reference).iter().copied();
        places.min_by_key(|at| self.all[*at].distance(date))
    }

    /// The name on `date`, or the reference itself where nobody knows it.
    #[must_use]
    pub fn name<'a>(&'a self, reference: &'a str, date: NaiveDate) -> &'a str {
        self.find(reference, date)
            .map_or(reference, |unit| unit.name.as_str())
    }

    /// Whether two references mean the same unit: a unit that was recorded by its id before it had
    /// a code is the one that has the code now.
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        let is = |id: &str, code: &str| {
            self.by_id(id)
                .and_then(|unit| unit.code.as_deref())
                .is_some_and(|known| known == code)
        };
        one == other || is(one, other) || is(other, one)
    }

    /// What read models keep for a reference: the code instead of the id of a shipped unit. The id of
    /// an added unit stays, since its code may come later and what was kept must not change by that.
    #[must_use]
    pub fn kept<'a>(&'a self, reference: &'a str) -> &'a str {
        match self.by_id.get(reference) {
            Some(at) if *at < self.shipped => self.all[*at].reference(),
            _ => reference,
        }
    }

    /// Everything by which this unit may be kept: its code, and the ids of the added units that have
    /// it.
    #[must_use]
    pub fn references(&self, reference: &str) -> Vec<String> {
        let code = self.by_id(reference).and_then(|unit| unit.code.as_deref());
        let first = code.unwrap_or(reference);
        let places = self.places(first).iter().filter(|at| **at >= self.shipped);
        let ids = places.map(|at| self.all[*at].id.as_str());
        let others = ids.filter(|id| *id != first);
        std::iter::once(first)
            .chain(others)
            .map(str::to_owned)
            .collect()
    }

    /// The province that a unit belongs to on `date`.
    #[must_use]
    pub fn province_of(&self, reference: &str, date: NaiveDate) -> Option<&Unit> {
        let mut at = self.place(reference, date)?;
        while let Some(above) = self.above[at] {
            at = above;
        }
        Some(&self.all[at])
    }

    /// Whether a unit is `above` itself or lies inside it on `date`.
    #[must_use]
    pub fn is_within(&self, reference: &str, above: &str, date: NaiveDate) -> bool {
        if reference == above {
            return true;
        }
        let mut at = self.place(reference, date);
        while let Some(place) = at {
            if self.is(place, above) {
                return true;
            }
            at = self.above[place];
        }
        false
    }

    /// Whether a unit is `above` or ever lay inside it, itself or one that came out of it.
    #[must_use]
    pub fn ever_within(&self, reference: &str, above: &str) -> bool {
        reference == above || self.ever_above(reference).any(|at| self.is(at, above))
    }

    /// References of every unit that this one, or one that came out of it, ever lay in.
    #[must_use]
    pub fn above(&self, reference: &str) -> BTreeSet<&str> {
        let own = |at: &usize| !self.is(*at, reference);
        self.ever_above(reference)
            .filter(own)
            .map(|at| self.all[at].reference())
            .collect()
    }

    /// The places of the unit, of what came out of it, and of all above them; without their
    /// successors, whose own are there.
    fn ever_above(&self, reference: &str) -> impl Iterator<Item = usize> {
        let own = self.places(reference).to_vec();
        let line = fate::followed(own.clone(), &self.successors);
        let above = line
            .into_iter()
            .flat_map(move |at| std::iter::successors(self.above[at], |at| self.above[*at]));
        own.into_iter().chain(above)
    }

    /// Whether the unit at this place has this code or id.
    fn is(&self, place: usize, reference: &str) -> bool {
        let unit = &self.all[place];
        unit.code.as_deref() == Some(reference) || unit.id == reference
    }

    /// The references of a unit and of everything that ever lay inside it, at whatever time. What a
    /// province may read outlives the reforms of the units within it.
    #[must_use]
    pub fn codes_within(&self, above: &str) -> BTreeSet<String> {
        let mut codes = BTreeSet::from([above.to_owned()]);
        let mut next: Vec<usize> = self.places(above).to_vec();
        while let Some(at) = next.pop() {
            codes.insert(self.all[at].reference().to_owned());
            next.extend(&self.below[at]);
        }
        codes
    }

    /// All communes that exist on `date` inside the unit `above`, in the order of the data.
    pub fn communes<'a>(
        &'a self,
        above: &str,
        date: NaiveDate,
    ) -> impl Iterator<Item = &'a Unit> + use<'a> {
        let mut found = Vec::new();
        let mut next: Vec<usize> = self.place(above, date).into_iter().collect();
        while let Some(at) = next.pop() {
            if self.all[at].at(date) {
                if self.all[at].level == Level::Commune {
                    found.push(at);
                }
                next.extend(&self.below[at]);
            }
        }
        found.sort_unstable();
        found.into_iter().map(|at| &self.all[at])
    }

    /// Every version, in the order of the data.
    #[must_use]
    pub fn all(&self) -> &[Unit] {
        &self.all
    }
}
