//! Administrative units by code. A code means a unit only at a date: codes and names are reused
//! (44 is Quảng Bình until 30/6/2025 and the new Quảng Trị after), so a name is always asked for
//! together with a day.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Serialize;

/// Level of an administrative unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
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
    /// The official code: 2, 3 or 5 digits.
    pub code: String,
    /// Full name with its kind, for example "Thị trấn Hoàn Lão".
    pub name: String,
    /// Level.
    pub level: Level,
    /// Code of the unit above it.
    pub parent: Option<String>,
    /// First day, where the data knows one.
    pub from: Option<NaiveDate>,
    /// Last day, where it has ended.
    pub to: Option<NaiveDate>,
}

impl Unit {
    fn at(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// All units that are known.
#[derive(Debug)]
pub struct Units {
    all: Vec<Unit>,
    by_code: HashMap<String, Vec<usize>>,
}

impl Units {
    /// The units of the whole country before and after 1/7/2025, and Quảng Bình as of March 2024.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Units> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut units = Units {
                all: Vec::new(),
                by_code: HashMap::new(),
            };
            units.load_quang_binh(include_str!("../../units/quang-binh-2024-03-04.csv"));
            units.load_before(include_str!("../../units/communes-until-2025-06-30.csv"));
            units.load_after(include_str!("../../units/communes-from-2025-07-01.csv"));
            units
        })
    }

    fn add(
        &mut self,
        level: Level,
        code: &str,
        name: &str,
        parent: Option<&str>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) {
        let unit = Unit {
            code: code.to_owned(),
            name: name.to_owned(),
            level,
            parent: parent.map(str::to_owned),
            from,
            to,
        };
        let same = |at: &usize| self.all[*at].name == unit.name && self.all[*at].to == unit.to;
        let places = self.by_code.entry(unit.code.clone()).or_default();
        if !places.iter().any(same) {
            places.push(self.all.len());
            self.all.push(unit);
        }
    }

    fn load_quang_binh(&mut self, csv: &str) {
        let merger = day(2024, 11, 30);
        let reform = day(2025, 6, 30);
        for [level, code, name, parent] in rows(csv) {
            let level = match level {
                "province" => Level::Province,
                "district" => Level::District,
                _ => Level::Commune,
            };
            let merged = level == Level::Commune && MERGED_IN_2024.contains(&code);
            let to = if merged { merger } else { reform };
            let from = if level == Level::Commune {
                day(2020, 2, 1)
            } else {
                None
            };
            self.add(
                level,
                code,
                name,
                Some(parent).filter(|p| !p.is_empty()),
                from,
                to,
            );
        }
    }

    fn load_before(&mut self, csv: &str) {
        let last = day(2025, 6, 30);
        for [code, name, district, district_name, province, province_name] in rows(csv) {
            self.add(Level::Province, province, province_name, None, None, last);
            self.add(
                Level::District,
                district,
                district_name,
                Some(province),
                None,
                last,
            );
            if !code.is_empty() {
                let from = if MERGED_INTO_IN_2024.contains(&code) {
                    day(2024, 12, 1)
                } else {
                    None
                };
                self.add(Level::Commune, code, name, Some(district), from, last);
            }
        }
    }

    fn load_after(&mut self, csv: &str) {
        let first = day(2025, 7, 1);
        for [code, name, province, province_name] in rows(csv) {
            self.add(Level::Province, province, province_name, None, first, None);
            self.add(Level::Commune, code, name, Some(province), first, None);
        }
    }

    /// Whether any unit ever had this code.
    #[must_use]
    pub fn knows(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// The unit that had this code on `date`; where none had, the nearest one that ever did, so
    /// that an old record still shows a name.
    #[must_use]
    pub fn find(&self, code: &str, date: NaiveDate) -> Option<&Unit> {
        let places = self.by_code.get(code)?;
        let units = || places.iter().map(|at| &self.all[*at]);
        units()
            .find(|unit| unit.at(date))
            .or_else(|| units().next())
    }

    /// The name on `date`, or the code itself where nobody knows it.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str, date: NaiveDate) -> &'a str {
        self.find(code, date)
            .map_or(code, |unit| unit.name.as_str())
    }

    /// The province that a unit belongs to on `date`.
    #[must_use]
    pub fn province_of(&self, code: &str, date: NaiveDate) -> Option<&Unit> {
        let mut unit = self.find(code, date)?;
        while let Some(parent) = &unit.parent {
            unit = self.find(parent, date)?;
        }
        Some(unit)
    }

    /// Whether `code` is `above` itself or lies inside it on `date`.
    #[must_use]
    pub fn is_within(&self, code: &str, above: &str, date: NaiveDate) -> bool {
        let mut at = Some(code);
        while let Some(code) = at {
            if code == above {
                return true;
            }
            at = self
                .find(code, date)
                .and_then(|unit| unit.parent.as_deref());
        }
        false
    }

    /// Whether `code` is `above` or ever lay inside it.
    #[must_use]
    pub fn ever_within(&self, code: &str, above: &str) -> bool {
        code == above
            || self.by_code.get(code).is_some_and(|places| {
                places.iter().any(|at| {
                    let parent = self.all[*at].parent.as_deref();
                    parent.is_some_and(|parent| self.ever_within(parent, above))
                })
            })
    }

    /// The codes of a unit and of everything that ever lay inside it, at whatever time. What a
    /// province may read outlives the reforms of the units within it.
    #[must_use]
    pub fn codes_within(&self, above: &str) -> BTreeSet<String> {
        let mut codes = BTreeSet::from([above.to_owned()]);
        // Units stand behind the one above them in the data: one pass down is enough, a second one
        // makes sure.
        for _ in 0..2 {
            for unit in &self.all {
                if unit
                    .parent
                    .as_ref()
                    .is_some_and(|parent| codes.contains(parent))
                {
                    codes.insert(unit.code.clone());
                }
            }
        }
        codes
    }

    /// All communes that exist on `date` inside the unit `above`, in the order of the data.
    pub fn communes<'a>(
        &'a self,
        above: &'a str,
        date: NaiveDate,
    ) -> impl Iterator<Item = &'a Unit> {
        self.all.iter().filter(move |unit| {
            unit.level == Level::Commune && unit.at(date) && self.is_within(&unit.code, above, date)
        })
    }
}

/// Communes of Quảng Bình that ended or changed their name on 1/12/2024
/// (1242/NQ-UBTVQH15): codes whose unit of March 2024 lasted until 30/11/2024.
const MERGED_IN_2024: [&str; 11] = [
    "18910", "18916", "18919", "19048", "19063", "19120", "19123", "19195", "19198", "19201",
    "19207",
];

/// Codes that stand for another unit from 1/12/2024 on.
const MERGED_INTO_IN_2024: [&str; 5] = ["18919", "19063", "19123", "19198", "19207"];

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The rows of a plain comma-separated file without quotes, after its heading.
fn rows<const N: usize>(csv: &str) -> impl Iterator<Item = [&str; N]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let row = std::array::from_fn(|_| cells.next().unwrap_or_default());
        cells.next().is_none().then_some(row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_whole_country_is_loaded() {
        let units = Units::shipped();
        let communes = |on| {
            let date = date(on);
            units
                .all
                .iter()
                .filter(|u| u.level == Level::Commune && u.at(date))
                .count()
        };
        assert_eq!(communes("2025-07-01"), 3321);
        assert_eq!(communes("2025-06-30"), 10_035);
        assert_eq!(units.communes("44", date("2024-03-04")).count(), 151);
        assert_eq!(units.communes("44", date("2024-12-01")).count(), 145);
        assert_eq!(units.communes("44", date("2025-07-01")).count(), 78);
    }

    #[test]
    fn a_code_means_what_it_meant_on_the_day() {
        let units = Units::shipped();
        assert_eq!(units.name("44", date("2024-03-04")), "Tỉnh Quảng Bình");
        assert_eq!(units.name("44", date("2025-07-01")), "Tỉnh Quảng Trị");
        assert_eq!(units.name("19111", date("2024-03-04")), "Thị trấn Hoàn Lão");
        assert_eq!(units.name("19198", date("2024-03-04")), "Xã Lý Trạch");
        assert_eq!(units.name("19198", date("2025-01-04")), "Xã Lý Nam");
        assert_eq!(units.name("19198", date("2025-08-04")), "Xã Nam Trạch");
    }

    #[test]
    fn a_commune_lies_in_its_district_and_province() {
        let units = Units::shipped();
        assert!(units.is_within("19111", "455", date("2024-03-04")));
        assert!(units.is_within("19111", "44", date("2024-03-04")));
        assert!(!units.is_within("19111", "455", date("2025-07-04")));
        assert_eq!(
            units.province_of("19111", date("2025-07-04")).unwrap().name,
            "Tỉnh Quảng Trị"
        );
    }
}
