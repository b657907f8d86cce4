//! Date of birth, or an estimated age where it is not known (form 01).

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::Date;

/// Sex as form 01 asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
    /// Chưa biết.
    Unknown,
}

/// When a child was born, as far as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Birth {
    /// The date of birth.
    Date(Date),
    /// An age in full years, estimated on the day of the report.
    EstimatedAge(u8),
    /// An age between two, estimated on the day of the report.
    EstimatedAges(Ages),
}

/// A range of ages in full years. For whatever an age decides the lowest counts (Joint Circular
/// 06/2018, art. 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The lowest.
    pub from: u8,
    /// The highest.
    pub to: u8,
}

impl Birth {
    /// Full years of age on a day (Civil Code 2015, art. 148: a year ends with the corresponding
    /// day; born on 29 February counts from 1 March in common years), or the estimate as given.
    #[must_use]
    pub fn age_on(self, day: NaiveDate) -> i32 {
        match self {
            Self::Date(Date(born)) => {
                let before = (day.month(), day.day()) < (born.month(), born.day());
                day.year() - born.year() - i32::from(before)
            }
            Self::EstimatedAge(age) => i32::from(age),
            Self::EstimatedAges(ages) => i32::from(ages.from.min(ages.to)),
        }
    }

    /// The year of birth, estimated from the day of the report where only an age is known.
    #[must_use]
    pub fn year(self, reported_on: NaiveDate) -> i32 {
        match self {
            Self::Date(Date(born)) => born.year(),
            Self::EstimatedAge(_) | Self::EstimatedAges(_) => {
                reported_on.year() - self.age_on(reported_on)
            }
        }
    }

    /// Whether the age is only estimated.
    #[must_use]
    pub const fn is_estimated(self) -> bool {
        !matches!(self, Self::Date(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_turns_sixteen_on_the_birthday() {
        let birth = Birth::Date(Date::parse("2008-03-04").unwrap());
        assert_eq!(birth.age_on("2024-03-03".parse().unwrap()), 15);
        assert_eq!(birth.age_on("2024-03-04".parse().unwrap()), 16);
    }

    #[test]
    fn birth_is_a_date_or_an_estimated_age() {
        let date: Birth = serde_json::from_str(r#"{"date":"2014-05-17"}"#).unwrap();
        assert_eq!(date.year("2024-01-01".parse().unwrap()), 2014);
        let age: Birth = serde_json::from_str(r#"{"estimated_age":7}"#).unwrap();
        assert_eq!(age.year("2024-01-01".parse().unwrap()), 2017);
        assert!(serde_json::from_str::<Birth>(r#"{"date":"2014-05-17","x":1}"#).is_err());
    }
}
