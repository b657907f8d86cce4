//! The calendar file: which days of which years are off or worked out of turn.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::language::Sentence;

/// The kind of a listed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// A public holiday (Labour Code 2019, art. 112).
    Holiday,
    /// A day off for a holiday that fell on a weekly day off (art. 111.3).
    Compensatory,
    /// A weekday off that is made up on another day.
    SwapOff,
    /// A weekend day that is worked.
    MakeUp,
    /// Named in a policy but not enacted: counts as an ordinary day.
    Unconfirmed,
}

/// How sure the days of a year are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YearStatus {
    /// Announced by notice.
    Announced,
    /// Computed by rule; the notice was not seen.
    Estimate,
}

/// What is known of a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// How sure it is.
    pub status: YearStatus,
    /// The notice or rule.
    pub source: String,
}

/// A listed day.
#[derive(Debug, Clone)]
pub struct Day {
    /// What it is.
    pub kind: DayKind,
    /// Its name in both languages.
    pub name: Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayEntry {
    date: toml::value::Datetime,
    kind: DayKind,
    name: Sentence,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    years: BTreeMap<String, Year>,
    #[serde(default)]
    day: Vec<DayEntry>,
}

/// Why a calendar file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The file is not of the right form.
    #[error("the calendar file cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// A date or year in it is impossible, listed twice, or lies in a year that is not listed.
    #[error("the calendar file is wrong at {0}")]
    Date(String),
}

/// A version of the calendar of working days.
#[derive(Debug, Clone)]
pub struct Calendar {
    id: String,
    years: BTreeMap<i32, Year>,
    days: BTreeMap<NaiveDate, Day>,
}

impl Calendar {
    /// The file that is shipped.
    pub const SHIPPED: &'static str = include_str!("../../calendars/vietnam.toml");

    /// The calendar that is shipped.
    ///
    /// # Panics
    /// Never: a test reads the shipped file.
    #[must_use]
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: OnceLock<Arc<Calendar>> = OnceLock::new();
        Arc::clone(
            SHIPPED.get_or_init(|| match Calendar::parse(Calendar::SHIPPED) {
                Ok(calendar) => Arc::new(calendar),
                Err(error) => panic!("the shipped calendar cannot be read: {error}"),
            }),
        )
    }

    /// Reads a calendar file.
    ///
    /// # Errors
    /// [`CalendarError`] saying where the file is wrong.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let file: File = toml::from_str(text)?;
        let mut years = BTreeMap::new();
        for (year, what) in file.years {
            let number = year.parse().map_err(|_| CalendarError::Date(year))?;
            years.insert(number, what);
        }
        let mut days = BTreeMap::new();
        for entry in file.day {
            let text = entry.date.to_string();
            let date: NaiveDate = text
                .parse()
                .map_err(|_| CalendarError::Date(text.clone()))?;
            let day = Day {
                kind: entry.kind,
                name: entry.name,
            };
            if !years.contains_key(&chrono::Datelike::year(&date))
                || days.insert(date, day).is_some()
            {
                return Err(CalendarError::Date(text));
            }
        }
        Ok(Self {
            id: file.id,
            years,
            days,
        })
    }

    /// The name of this version.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is known of a year, if it is covered.
    #[must_use]
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(&year)
    }

    pub(super) fn listed_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.days.keys().copied()
    }

    pub(super) fn listed(&self, date: NaiveDate) -> Option<&Day> {
        self.days.get(&date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read() {
        assert!(Calendar::shipped().id().starts_with("vietnam-"));
        assert_eq!(
            Calendar::shipped().year(2027).unwrap().status,
            YearStatus::Estimate
        );
    }

    #[test]
    fn a_day_in_an_unlisted_year_is_refused() {
        let text = "id='x'\n[years]\n2024={status='announced',source=''}\n[[day]]\n\
                    date=2025-01-01\nkind='holiday'\nname={vi='a',en='b'}\nsource=''\n";
        assert!(matches!(Calendar::parse(text), Err(CalendarError::Date(_))));
    }
}
