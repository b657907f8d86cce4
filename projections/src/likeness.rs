//! How much two descriptions of a child agree: what was told of one now, and what a case, or the record of a child,
//! knows or ever knew of its own. Only compares; knows no table and no subject.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::identity::{Birth, Sex};
use domain::text::fold_name;
use domain::time::Instant;
use domain::unit::{Fate, Units};
use serde::Serialize;

use crate::case_status::personal_id_hash;

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Some of it agrees.
    Possible,
    /// Name and what else is known agree.
    Likely,
    /// The personal number is the same.
    Certain,
}

/// A year of birth, and whether it follows from an estimated age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BirthYear {
    pub year: i32,
    pub estimated: bool,
}

/// What is known of a child, made comparable. Of a case also what was known once: a name that was
/// corrected is still the name by which somebody may tell of the child.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    /// Folded names.
    pub names: BTreeSet<String>,
    pub years: BTreeSet<BirthYear>,
    pub sex: Option<Sex>,
    pub personal_ids: BTreeSet<String>,
    /// Ids of units of residence and incident.
    pub places: BTreeSet<String>,
    /// Folded names of parents and other carers, their words in order.
    pub carers: BTreeSet<String>,
    /// Digits of telephone numbers of the family. Never those of who told: that they are known would
    /// tell who it was.
    pub phones: BTreeSet<String>,
}

/// Years of birth count as near within this, where one of them was estimated.
pub(crate) const YEARS_NEAR: u32 = 3;

/// Less than this is no likeness.
const LEAST_SCORE: u32 = 55;

/// From here on it is likely.
const LIKELY_SCORE: u32 = 80;

/// The fewest digits of a telephone number.
const PHONE_DIGITS: usize = 9;

impl Traits {
    pub fn named(&mut self, name: &str) {
        let name = fold_name(name);
        if !name.is_empty() {
            self.names.insert(name);
        }
    }

    pub fn sexed(&mut self, sex: Sex) {
        if sex != Sex::Unknown {
            self.sex = Some(sex);
        }
    }

    pub fn born(&mut self, birth: Option<Birth>, year: Option<i32>, told_at: Instant) {
        let estimated = !matches!(birth, Some(Birth::Date(_)));
        let year = birth.map(|birth| birth.year(told_at.date())).or(year);
        // The facts repeat the year of what was told exactly.
        let known = |year| {
            self.years.contains(&BirthYear {
                year,
                estimated: false,
            })
        };
        if let Some(year) = year.filter(|year| !known(*year)) {
            self.years.remove(&BirthYear {
                year,
                estimated: true,
            });
            self.years.insert(BirthYear { year, estimated });
        }
    }

    /// A year by itself.
    pub fn of_year(&mut self, year: i32, estimated: bool) {
        self.years.insert(BirthYear { year, estimated });
    }

    pub fn lives(&mut self, register: &Units, unit: Option<&str>, on: Instant) {
        let unit = unit.and_then(|unit| register.find(unit, on.date()));
        self.places.extend(unit.map(|unit| unit.id.clone()));
    }

    /// A parent or carer, as typed in one line, perhaps with a telephone number.
    pub fn carer(&mut self, line: &str) {
        self.telephones(line);
        let is_name = |c: &char| c.is_alphabetic() || c.is_whitespace() || *c == '\'';
        let name: String = fold_name(line).chars().take_while(is_name).collect();
        let name = sorted(&name);
        if name.contains(' ') {
            self.carers.insert(name);
        }
    }

    /// Every telephone number within a text.
    pub fn telephones(&mut self, text: &str) {
        let mut digits = String::new();
        for c in text.chars().chain([';']) {
            match c {
                c if c.is_ascii_digit() => digits.push(c),
                // Within a number people write these.
                ' ' | '.' | '-' | '+' | '(' | ')' => {}
                _ => {
                    let national = digits.strip_prefix("84").map(|rest| format!("0{rest}"));
                    let number = national.unwrap_or_else(|| digits.clone());
                    if (PHONE_DIGITS..=12).contains(&number.len()) {
                        self.phones.insert(number);
                    }
                    digits.clear();
                }
            }
        }
    }

    /// How like `told` this is; none if it is not.
    pub fn likeness(&self, told: &Self) -> Option<(Likeness, u32)> {
        let score = self.score(told);
        let likeness = match score {
            100.. => Likeness::Certain,
            LIKELY_SCORE.. => Likeness::Likely,
            LEAST_SCORE.. => Likeness::Possible,
            _ => return None,
        };
        Some((likeness, score))
    }

    pub fn is_alike(&self, told: &Self) -> bool {
        let nameless = self.names.is_empty() || told.names.is_empty();
        let sexes = self.sex.zip(told.sex);
        let sex = sexes.is_none_or(|(known, told)| known == told);
        let place = !self.places.is_disjoint(&told.places);
        self.likeness(told).is_some() || (nameless && sex && place)
    }

    /// How much of what is known of both agrees; below 100, which only the personal number gives.
    fn score(&self, told: &Self) -> u32 {
        if !self.personal_ids.is_disjoint(&told.personal_ids) {
            return 100;
        }
        let pairs = self.names.iter().flat_map(|known| {
            let names = told.names.iter();
            names.map(|name| name_score(name, known))
        });
        let mut score = pairs.max().unwrap_or(0);
        if score == 0 {
            return 0;
        }
        if let (Some(sex), Some(known)) = (told.sex, self.sex) {
            score = if sex == known {
                score + 5
            } else {
                score.saturating_sub(20)
            };
        }
        let years = self.years.iter().flat_map(|known| {
            let years = told.years.iter();
            years.map(move |year| {
                let estimated = known.estimated || year.estimated;
                (known.year.abs_diff(year.year), !estimated)
            })
        });
        if let Some((apart, exact)) = years.min() {
            score = match apart {
                0 => score + 15,
                1 => score + 10,
                2..=YEARS_NEAR if !exact => score + 10,
                2..=YEARS_NEAR => score.saturating_sub(10),
                _ => score.saturating_sub(25),
            };
        }
        if !self.places.is_disjoint(&told.places) {
            score += 15;
        }
        if !self.carers.is_disjoint(&told.carers) {
            score += 20;
        }
        if !self.phones.is_disjoint(&told.phones) {
            score += 25;
        }
        // Two numbers: two children, unless one of them was typed wrong.
        if !self.personal_ids.is_empty() && !told.personal_ids.is_empty() {
            score = score.saturating_sub(30);
        }
        score.min(99)
    }
}

/// In place of a year that is not known.
pub(crate) const NO_YEAR: &str = "?";

/// What two descriptions of one child would share: the personal number, the whole name, first and last
/// word of it with the year of birth, the given name with a place or a carer, a telephone number.
pub(crate) fn words(traits: &Traits, years: &[i32], places: &BTreeSet<String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for number in &traits.personal_ids {
        all.insert(format!("#{}", personal_id_hash(number)));
    }
    all.extend(traits.phones.iter().map(|phone| format!("t:{phone}")));
    for name in &traits.names {
        let given: Vec<&str> = given(name).into_iter().collect();
        if name.contains(' ') {
            all.insert(format!("n:{}", sorted(name)));
            let ends = given.join(" ");
            all.extend(years.iter().map(|year| format!("y:{ends}|{year}")));
            if traits.years.is_empty() {
                all.insert(format!("y:{ends}|{NO_YEAR}"));
            }
        }
        for word in given {
            all.extend(places.iter().map(|place| format!("p:{word}|{place}")));
            let carers = traits.carers.iter();
            all.extend(carers.map(|carer| format!("c:{word}|{carer}")));
        }
    }
    all
}

/// The words by which to look for others: years around those that are known, since estimates differ, and records of
/// which no year is known; places, and all out of which they came.
pub(crate) fn looked_for(traits: &Traits, register: &Units, day: NaiveDate) -> BTreeSet<String> {
    let near = i32::try_from(YEARS_NEAR).unwrap_or_default();
    let told = traits.years.iter().map(|born| born.year);
    let years: Vec<i32> = told.flat_map(|year| year - near..=year + near).collect();
    let places = traits.places.iter();
    let places = places.flat_map(|place| kin(register, place, day)).collect();
    let mut all = words(traits, &years, &places);
    for name in traits.names.iter().filter(|name| name.contains(' ')) {
        let ends: Vec<&str> = given(name).into_iter().collect();
        all.insert(format!("y:{}|{NO_YEAR}", ends.join(" ")));
    }
    all
}

/// A unit, what it is on a day, and all out of which these came.
pub(crate) fn kin(register: &Units, id: &str, day: NaiveDate) -> BTreeSet<String> {
    let now = match register.current(id, day, day) {
        Some(Fate::Whole(unit)) => unit.id.clone(),
        _ => id.to_owned(),
    };
    let mut all = BTreeSet::new();
    for id in [id, &now] {
        all.insert(id.to_owned());
        all.extend(register.lineage(id).into_iter().map(|unit| unit.id.clone()));
    }
    all
}

/// The words of a folded name in the order of the alphabet: what is the same in whatever order it was
/// typed.
fn sorted(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

/// The words of a folded name that may be the given one: it comes last; where the order was turned
/// round, first.
pub(crate) fn given(name: &str) -> BTreeSet<&str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .first()
        .into_iter()
        .chain(words.last())
        .copied()
        .collect()
}

/// How near two folded names are: the same, the same words in another order, without a middle name
/// that the other has, with one word misheard, or the given name alone, which is never enough by
/// itself.
fn name_score(one: &str, other: &str) -> u32 {
    let (a, b): (Vec<_>, Vec<_>) = (
        one.split_whitespace().collect(),
        other.split_whitespace().collect(),
    );
    let alone = a.len() < 2 || b.len() < 2;
    if alone {
        return if given(one).is_disjoint(&given(other)) {
            0
        } else {
            35
        };
    }
    // In whatever order it was typed, it is the same name.
    if one == other || sorted(one) == sorted(other) {
        return 65;
    }
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let contained = short.iter().all(|word| long.contains(word));
    match (contained, a.last() == b.last()) {
        (true, true) => 52,
        (true, false) => 40,
        // One word was typed wrong or misheard.
        (false, true) if a.len() == b.len() && a.len() >= 3 => {
            let shared = a.iter().filter(|word| b.contains(word)).count();
            if shared + 1 == a.len() { 40 } else { 0 }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_in_another_order_or_without_a_middle_name() {
        assert_eq!(name_score("nguien thi thu", "nguien thi thu"), 65);
        assert_eq!(name_score("thu nguien thi", "nguien thi thu"), 65);
        assert_eq!(name_score("nguien thu", "nguien thi thu"), 52);
        assert_eq!(name_score("nguien van thu", "nguien thi thu"), 40);
        assert_eq!(name_score("thu", "nguien thi thu"), 35);
        assert_eq!(name_score("tran van thu", "nguien thi thu"), 0);
        assert_eq!(name_score("nguien thi thu", "nguien thi ha"), 0);
        assert_eq!(name_score("", "nguien thi ha"), 0);
    }

    fn at(day: &str) -> Instant {
        Instant::parse(&format!("{day}T08:00:00+07:00")).unwrap()
    }

    fn child(name: &str, year: i32, estimated: bool) -> Traits {
        let mut traits = Traits {
            sex: Some(Sex::Female),
            ..Traits::default()
        };
        traits.named(name);
        traits.years.insert(BirthYear { year, estimated });
        traits.lives(Units::shipped(), Some("19111"), at("2024-03-04"));
        traits
    }

    fn told(one: &Traits, other: &Traits) -> Option<Likeness> {
        one.likeness(other).map(|(likeness, _)| likeness)
    }

    #[test]
    fn an_estimate_may_be_three_years_off_and_a_date_may_not() {
        let known = child("Nguyễn Thị Thử", 2014, false);
        let name = "Nguyễn Thị Thử";
        for year in [2011, 2017] {
            assert_eq!(
                told(&known, &child(name, year, true)),
                Some(Likeness::Likely)
            );
        }
        let mut elsewhere = child(name, 2017, true);
        elsewhere.places.clear();
        assert_eq!(told(&known, &elsewhere), Some(Likeness::Likely));
        assert_eq!(
            told(&known, &child(name, 2018, true)),
            Some(Likeness::Possible)
        );
        elsewhere.years = child(name, 2018, false).years;
        assert_eq!(told(&known, &elsewhere), None);
    }

    #[test]
    fn two_cases_are_alike_by_a_name_or_without_one_by_the_place() {
        let known = child("Nguyễn Thị Thử", 2014, false);
        assert!(known.is_alike(&child("Nguyễn Thử", 2014, true)));
        let mut other = child("Trần Văn Khác", 2009, false);
        // The same commune alone says nothing where both names are known.
        assert!(!known.is_alike(&other));
        other.names.clear();
        assert!(known.is_alike(&other));
        other.sex = Some(Sex::Male);
        assert!(!known.is_alike(&other));
        other.sex = None;
        other.places.clear();
        assert!(!known.is_alike(&other));
    }

    #[test]
    fn a_given_name_alone_is_never_likely_but_with_a_parent() {
        let mut known = child("Nguyễn Thị Thử", 2014, false);
        known.carer("Trần Thị Bình, mẹ, 0912.345.678");
        let mut one = child("Thử", 2014, false);
        assert_eq!(told(&known, &one), Some(Likeness::Possible));
        one.carer("Bình Trần Thị");
        assert_eq!(known.carers, one.carers);
        assert_eq!(told(&known, &one), Some(Likeness::Likely));
        let mut called = child("Thử", 2014, false);
        called.telephones("gọi +84 912 345 678 gặp mẹ");
        assert_eq!(told(&known, &called), Some(Likeness::Likely));
    }

    #[test]
    fn two_personal_numbers_are_two_children_and_one_is_one() {
        let mut known = child("Nguyễn Thị Thử", 2014, false);
        known.personal_ids.insert("044314001234".to_owned());
        let mut other = child("Nguyễn Thị Thử", 2014, false);
        other.personal_ids.insert("044314005678".to_owned());
        assert_eq!(told(&known, &other), Some(Likeness::Possible));
        let mut same = child("Lê Văn Khác", 2011, false);
        same.personal_ids = known.personal_ids.clone();
        assert_eq!(told(&known, &same), Some(Likeness::Certain));
    }
}
