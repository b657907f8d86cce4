//! How people, places, roles and codes of a case are called on pages.

use chrono::NaiveDate;
use domain::case::Recorded;
use domain::identity::{Actor, Birth, Role};
use domain::unit::{Fate, Units};
use serde::Serialize;
use serde_json::Value;

use crate::language::Language;
pub use crate::words::say;

/// The word of a list for a code, for example `code("harm", "violence")`; of the letters of the law đ is
/// written `dd`. A code without a word of
/// ours is shown as it was written, since lists that the law leaves open take any.
#[must_use]
pub fn code(language: Language, list: &str, code: &str) -> String {
    let key = format!("{list}-{}", code.replace(['.', '_'], "-"));
    language
        .find(&key, &[])
        .unwrap_or_else(|| code.replace(['-', '_'], " "))
}

/// A measure as it was written down: by its letter, also with đ, or in somebody's own words.
#[must_use]
pub fn measure(language: Language, written: &str) -> String {
    let letter = written.replace('đ', "dd").replace('.', "-");
    language
        .find(&format!("measure-{letter}"), &[])
        .unwrap_or_else(|| written.to_owned())
}

/// A value of a list of the domain by its stable name.
#[must_use]
pub fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The name of a unit as it was on a day: `Thị trấn Hoàn Lão`.
#[must_use]
pub fn unit(units: &Units, code: &str, day: NaiveDate) -> String {
    units.name(code, day).to_owned()
}

/// The name of a unit as it was called `then` and, where that differs, what it is `today`: `Thị trấn
/// Hoàn Lão (nay: Xã Hoàn Lão, tỉnh Quảng Trị)`.
#[must_use]
pub fn unit_then(
    language: Language,
    units: &Units,
    code: &str,
    then: NaiveDate,
    today: NaiveDate,
) -> String {
    let shown = units.shown(code, then, today).sentence();
    shown.in_language(language.into()).to_owned()
}

/// The same without the kinds, for lists: `Nam Trạch (nay: Lý Nam)`.
#[must_use]
pub fn short_unit_then(
    language: Language,
    units: &Units,
    code: &str,
    then: NaiveDate,
    today: NaiveDate,
) -> String {
    let name = short_unit(units, code, then);
    let now: Vec<_> = match units.current(code, then, today) {
        None | Some(Fate::Stands(_)) => return name,
        Some(fate) => fate
            .units()
            .iter()
            .map(|unit| short_name(&unit.name))
            .collect(),
    };
    if now.is_empty() || now == [name.as_str()] {
        return name;
    }
    let now = now.join(", ");
    language.text_with("unit-now", &[("name", name.into()), ("now", now.into())])
}

/// The name of a unit without its kind, for lists: `Hoàn Lão`. A number keeps its kind: `Phường 3`.
#[must_use]
pub fn short_unit(units: &Units, code: &str, day: NaiveDate) -> String {
    short_name(units.name(code, day)).to_owned()
}

fn short_name(name: &str) -> &str {
    ["Thị trấn ", "Phường ", "Xã ", "Tỉnh ", "Thành phố "]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(name)
}

/// A role in few words: `Chủ tịch UBND cấp xã`.
#[must_use]
pub fn role(language: Language, role: Role) -> String {
    language.text(&format!("by-{}", role.name()))
}

/// Who acted, and on whose behalf: `Nguyễn Thị Lan, thay mặt Hoàng Văn Thành`.
#[must_use]
pub fn actor_name(language: Language, actor: &Actor) -> Option<String> {
    let name = actor.name.clone()?;
    let Some(principal) = &actor.on_behalf_of else {
        return Some(name);
    };
    let held = language.text_with("on-behalf-of", &[("name", principal.as_str().into())]);
    Some(format!("{name}, {held}"))
}

/// Who recorded an event, as what, for which unit, as they were then.
#[must_use]
pub fn who(language: Language, units: &Units, event: &Recorded, today: NaiveDate) -> String {
    who_acted(language, units, &event.actor, event.recorded_at, today)
}

/// The same of whatever was recorded.
#[must_use]
pub fn who_acted(
    language: Language,
    units: &Units,
    actor: &Actor,
    recorded_at: domain::time::Instant,
    today: NaiveDate,
) -> String {
    let mut parts: Vec<String> = actor_name(language, actor).into_iter().collect();
    parts.push(role(language, actor.role));
    parts.extend(actor.agency.iter().cloned());
    if let Some(unit) = &actor.unit {
        parts.push(unit_then(language, units, unit, recorded_at.date(), today));
    }
    parts.join(" · ")
}

/// A role with its unit: `Chủ tịch UBND cấp xã · Hoàn Lão`.
#[must_use]
pub fn role_of_unit(
    language: Language,
    units: &Units,
    whose: Role,
    unit: Option<&str>,
    day: NaiveDate,
) -> String {
    let role = role(language, whose);
    match unit {
        Some(unit) => format!("{role} · {}", short_unit(units, unit, day)),
        None => role,
    }
}

/// What is known of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// From the date of birth.
    Exact(i64),
    /// From a year of birth or an estimate.
    About(i64),
    /// Nothing is known.
    Unknown,
}

impl Age {
    /// The age on `day`, as exactly as the birth is known. `year` is that of an estimated birth.
    #[must_use]
    pub fn on(day: NaiveDate, born: Option<NaiveDate>, year: Option<i64>) -> Self {
        use chrono::Datelike as _;
        match (born, year) {
            (Some(born), _) => {
                let birth = Birth::Date(domain::time::Date(born));
                Self::Exact(i64::from(birth.age_on(day)))
            }
            (None, Some(year)) => Self::About(i64::from(day.year()) - year),
            (None, None) => Self::Unknown,
        }
    }

    /// `9 tuổi`, `khoảng 9 tuổi`, `chưa rõ tuổi`.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        match self {
            Self::Exact(years) => language.text_with("age", &[("years", years.into())]),
            Self::About(years) => language.text_with("age-about", &[("years", years.into())]),
            Self::Unknown => language.text("age-unknown"),
        }
    }
}

/// Sex and age and perhaps a place: `nữ · 9 tuổi · Hoàn Lão`.
#[must_use]
pub fn traits(language: Language, sex: &str, age: Age, place: &str) -> String {
    let sex = language.text(&format!("child-sex-{sex}"));
    let age = age.words(language);
    if place.is_empty() {
        format!("{sex} · {age}")
    } else {
        format!("{sex} · {age} · {place}")
    }
}

/// A sum of money: `1.500.000 đồng`.
#[must_use]
pub fn money(language: Language, dong: u64) -> String {
    let digits = dong.to_string();
    let separator = match language {
        Language::Vi => '.',
        Language::En => ',',
    };
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    language.text_with("money", &[("amount", grouped.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_measure_is_told_however_its_letter_was_written() {
        let counselling = "Tư vấn cho cha, mẹ, người chăm sóc (50.2.đ)";
        for written in ["50.dd", "50.đ"] {
            assert_eq!(measure(Language::Vi, written), counselling);
        }
        let own = "Gặp gỡ hằng tuần - tại nhà";
        assert_eq!(measure(Language::Vi, own), own);
    }

    #[test]
    fn a_child_in_a_list_is_told_by_sex_age_and_place() {
        let age = Age::on(day("2024-02-21"), Some(day("2014-05-17")), None);
        assert_eq!(
            traits(
                Language::Vi,
                "female",
                age,
                &short_unit(Units::shipped(), "19111", day("2024-02-21"))
            ),
            "nữ · 9 tuổi · Hoàn Lão"
        );
        let about = Age::on(day("2024-02-21"), None, Some(2014));
        assert_eq!(about.words(Language::Vi), "khoảng 10 tuổi");
    }

    #[test]
    fn money_is_grouped() {
        assert_eq!(money(Language::Vi, 1_500_000), "1.500.000 đồng");
        assert_eq!(money(Language::En, 0), "0 dong");
    }

    #[test]
    fn a_code_that_nobody_knows_is_shown_as_it_is() {
        assert_eq!(code(Language::Vi, "harm", "violence"), "Bạo lực");
        assert_eq!(code(Language::Vi, "harm", "some-other"), "some other");
    }
}
