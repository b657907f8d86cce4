//! How a unit is shown: as it was called then and, where that differs, what it is now.

use chrono::{Datelike, NaiveDate};

use super::{Fate, Unit, Units};
use crate::language::Sentence;

/// A unit as it was called then and, where that differs, what it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its name then, or the reference where nobody knows it.
    pub then: String,
    /// What it is now, where that differs.
    pub now: Option<Sentence>,
}

impl Shown {
    /// `Thị trấn Hoàn Lão (nay: Xã Hoàn Lão, tỉnh Quảng Trị)`, or the name alone.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let then = &self.then;
        match &self.now {
            None => Sentence::new(then, then),
            Some(now) => Sentence::new(
                format!("{then} ({})", now.vi),
                format!("{then} ({})", now.en),
            ),
        }
    }
}

impl Units {
    /// The unit that `reference` meant on `then`, and what it is on `today`.
    #[must_use]
    pub fn shown(&self, reference: &str, then: NaiveDate, today: NaiveDate) -> Shown {
        let Some(unit) = self.find(reference, then) else {
            return Shown {
                then: reference.to_owned(),
                now: None,
            };
        };
        let now = match self.current(reference, then, today) {
            None | Some(Fate::Stands(_)) => None,
            Some(Fate::Whole(now)) => self.differs(unit, now).then(|| {
                let now = self.full_name(now);
                Sentence::new(format!("nay: {now}"), format!("now: {now}"))
            }),
            Some(Fate::Divided(parts)) => {
                let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
                let names = names.join("; ");
                Some(Sentence::new(
                    format!("nay chia về: {names}"),
                    format!("now divided among: {names}"),
                ))
            }
            Some(Fate::Ended(_)) => unit.to.and_then(|to| to.succ_opt()).map(|first| {
                let (day, month, year) = (first.day(), first.month(), first.year());
                Sentence::new(
                    format!("không còn từ {day:02}/{month:02}/{year}"),
                    format!("no longer exists since {day:02}/{month:02}/{year}"),
                )
            }),
        };
        Shown {
            then: unit.name.clone(),
            now,
        }
    }

    /// Whether people call it otherwise now, or it lies in a province of another name.
    fn differs(&self, then: &Unit, now: &Unit) -> bool {
        let province = |unit: &Unit| {
            let date = unit.to.or(unit.from).unwrap_or(NaiveDate::MAX);
            self.province_of(&unit.id, date).map(|unit| &unit.name)
        };
        then.name != now.name || province(then) != province(now)
    }

    /// The name with that of the province: `Xã Hoàn Lão, tỉnh Quảng Trị`.
    #[must_use]
    pub fn full_name(&self, unit: &Unit) -> String {
        let mut name = unit.name.clone();
        let mut at = self.by_id.get(&unit.id).and_then(|at| self.above[*at]);
        while let Some(place) = at {
            at = self.above[place];
            if at.is_none() {
                let mut letters = self.all[place].name.chars();
                let first = letters.next().into_iter().flat_map(char::to_lowercase);
                name.push_str(", ");
                name.extend(first);
                name.push_str(letters.as_str());
            }
        }
        name
    }
}
