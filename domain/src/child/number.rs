//! What a personal number says of its bearer (Decree 137/2015, art. 13). Nothing is ever derived from it: it is held
//! against what is recorded, and a difference is said. Civil registers correct dates; a number is never "repaired".

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::events::Born;
use super::issues::Issue;
use crate::identity::{PersonalId, Sex};

/// The prefixes of the provinces of registration, of before 1/7/2025.
fn prefixes() -> &'static BTreeSet<&'static str> {
    static PREFIXES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
        let lines = include_str!("../../children/number-prefixes.csv").lines();
        lines
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect()
    });
    &PREFIXES
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Says<'a> {
    /// Where the birth was registered: a province, or a country.
    pub prefix: &'a str,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub year: i32,
}

/// What a number says. Its shape was checked when it was read.
#[must_use]
pub fn says(number: &PersonalId) -> Says<'_> {
    let text = number.as_str();
    let digit = |place: usize| {
        let byte = text.as_bytes().get(place).copied().unwrap_or(b'0');
        i32::from(byte.saturating_sub(b'0'))
    };
    let century = 1900 + 100 * (digit(3) / 2);
    Says {
        prefix: text.get(..3).unwrap_or_default(),
        sex: match digit(3) % 2 {
            0 => Sex::Male,
            _ => Sex::Female,
        },
        year: century + 10 * digit(4) + digit(5),
    }
}

/// What of a number does not fit what is recorded. Warnings, never refusals: a prefix that is not in the list may be that
/// of a country, or of after 2025.
#[must_use]
pub fn differs(number: &PersonalId, sex: Sex, born: Option<Born>) -> Vec<Issue> {
    let says = says(number);
    let mut found = Vec::new();
    if !prefixes().contains(says.prefix) {
        found.push(Issue::NumberPrefixUnknown);
    }
    if sex != Sex::Unknown && sex != says.sex {
        found.push(Issue::NumberSexDiffers);
    }
    let certain = born.filter(|born| !matches!(born, Born::EstimatedYear(_)));
    if certain.is_some_and(|born| born.year() != says.year) {
        found.push(Issue::NumberYearDiffers);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    #[test]
    fn a_number_says_registration_sex_and_year() {
        let number = PersonalId::parse("044314009999").unwrap();
        let says = says(&number);
        assert_eq!(
            (says.prefix, says.sex, says.year),
            ("044", Sex::Female, 2014)
        );
        let old = PersonalId::parse("001085009999").unwrap();
        assert_eq!(
            (super::says(&old).sex, super::says(&old).year),
            (Sex::Male, 1985)
        );
    }

    #[test]
    fn what_does_not_fit_is_said_and_an_estimate_contradicts_nothing() {
        let number = PersonalId::parse("099314009999").unwrap();
        let date = Born::Date(Date::parse("2013-05-17").unwrap());
        assert_eq!(
            differs(&number, Sex::Male, Some(date)),
            [
                Issue::NumberPrefixUnknown,
                Issue::NumberSexDiffers,
                Issue::NumberYearDiffers
            ]
        );
        let number = PersonalId::parse("044314009999").unwrap();
        assert_eq!(differs(&number, Sex::Female, Some(Born::Year(2014))), []);
        assert_eq!(
            differs(&number, Sex::Unknown, Some(Born::EstimatedYear(2010))),
            []
        );
    }
}
