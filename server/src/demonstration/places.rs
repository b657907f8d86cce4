//! The communes of Quảng Bình as they were on the day. A commune lives in an era between two
//! reforms; its code may go on into the next one, or end with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::unit::{Level, Units};

use super::hours::plus_days;
use super::random::Random;

/// The province, before and after 1/7/2025.
pub(super) const PROVINCE: &str = "44";

/// A day on which Quảng Bình was a province of its own: its codes of then mark its communes later.
const OF_OLD: (i32, u32, u32) = (2024, 3, 4);

/// The communes that live at the same time.
#[derive(Debug, Clone)]
struct Era {
    from: NaiveDate,
    to: Option<NaiveDate>,
    communes: Vec<String>,
}

/// All communes of the time that the demonstration tells of.
#[derive(Debug, Clone)]
pub(super) struct Places {
    eras: Vec<Era>,
}

impl Places {
    /// The communes that live between two days.
    pub(super) fn between(units: &Units, first: NaiveDate, last: NaiveDate) -> Self {
        let (year, month, day) = OF_OLD;
        let of_old = NaiveDate::from_ymd_opt(year, month, day).unwrap_or(first);
        let old: BTreeSet<_> = units
            .communes(PROVINCE, of_old)
            .map(|u| u.reference())
            .collect();
        let mut eras = Vec::new();
        let mut from = first;
        loop {
            let living: Vec<_> = units
                .communes(PROVINCE, from)
                .filter(|unit| old.contains(unit.reference()))
                .collect();
            let to = living.iter().filter_map(|unit| unit.to).min();
            let codes: BTreeSet<_> = living
                .iter()
                .map(|unit| unit.reference().to_owned())
                .collect();
            eras.push(Era {
                from,
                to,
                communes: codes.into_iter().collect(),
            });
            match to {
                Some(to) if to < last => from = plus_days(to, 1),
                _ => break,
            }
        }
        Self { eras }
    }

    fn era(&self, date: NaiveDate) -> usize {
        self.eras
            .iter()
            .rposition(|era| era.from <= date)
            .unwrap_or(0)
    }

    /// The last day of a commune that lives on `date`, if its code ends within the time told of.
    pub(super) fn last_day(&self, code: &str, date: NaiveDate) -> Option<NaiveDate> {
        let eras = &self.eras[self.era(date)..];
        let next = eras.iter().skip(1).position(|era| !era.has(code))?;
        eras[next].to
    }

    /// A commune that lives on `date` and for at least `days` more.
    pub(super) fn commune(&self, random: &mut Random, date: NaiveDate, days: i64) -> String {
        let until = plus_days(date, days);
        let lasting: Vec<_> = self.eras[self.era(date)]
            .communes
            .iter()
            .filter(|code| self.last_day(code, date).is_none_or(|last| until <= last))
            .collect();
        random.pick(&lasting).clone()
    }

    /// Another commune that lives on `date`.
    pub(super) fn other(&self, random: &mut Random, code: &str, date: NaiveDate) -> String {
        loop {
            let other = self.commune(random, date, 0);
            if other != code {
                return other;
            }
        }
    }
}

impl Era {
    fn has(&self, code: &str) -> bool {
        self.communes
            .binary_search_by(|known| known.as_str().cmp(code))
            .is_ok()
    }
}

/// What the agency of a commune was called on `date`, with the kind in small letters:
/// `UBND thị trấn Hoàn Lão`.
pub(super) fn committee(units: &Units, code: &str, date: NaiveDate) -> String {
    let name = units.name(code, date);
    match units.find(code, date) {
        Some(unit) if unit.level == Level::Commune => format!("UBND {}", small(name)),
        _ => format!("UBND {name}"),
    }
}

/// The name of a unit with its kind in small letters: `thị trấn Hoàn Lão`.
pub(super) fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn communes_live_in_eras() {
        let units = Units::shipped();
        let places = Places::between(units, date("2024-06-01"), date("2026-06-01"));
        let counts: Vec<_> = places.eras.iter().map(|era| era.communes.len()).collect();
        assert_eq!(counts, [151, 145, 41]);
        // Hoàn Lão goes on; Quang Phú ended with the reform; a merged one half a year before.
        assert_eq!(places.last_day("19111", date("2024-06-01")), None);
        assert_eq!(
            places.last_day("18883", date("2024-06-01")),
            Some(date("2025-06-30"))
        );
        assert_eq!(
            places.last_day("18910", date("2024-06-01")),
            Some(date("2024-11-30"))
        );
    }

    #[test]
    fn a_commune_is_called_as_on_the_day() {
        let units = Units::shipped();
        let at = |day| committee(units, "19111", date(day));
        assert_eq!(at("2024-06-01"), "UBND thị trấn Hoàn Lão");
        assert_eq!(at("2025-08-01"), "UBND xã Hoàn Lão");
    }
}
