//! What units set for themselves: service standards where the law gives no number, and limits that
//! are shorter than the law's. They are shown as such and never as law; a due date by law never
//! moves. And which units are remote, where the law gives those more time.

use serde::{Deserialize, Serialize};

use super::arithmetic::{Limit, LimitUnit};
use super::definition::Procedure;
use super::file::{ProcedureError, wrong};
use super::governed::Governed;
use crate::language::Sentence;
use crate::time::{Date, Instant};
use crate::unit::Units;

/// A standard of one unit for one step.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// The step.
    pub step: String,
    /// Code of the unit that set it; holds for it and everything inside it.
    pub unit: String,
    /// How much time.
    pub limit: Limit,
    /// The act by which it was set.
    pub title: Sentence,
    /// From when.
    pub from: Instant,
    /// Until when.
    pub to: Option<Instant>,
}

/// All that units have set.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Standards {
    standards: Vec<Standard>,
    remote: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    remote: Vec<String>,
    #[serde(default)]
    standard: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    step: String,
    unit: String,
    amount: u32,
    of: LimitUnit,
    title: Sentence,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
}

impl Standards {
    /// Reads a file of standards for `procedure`.
    ///
    /// # Errors
    /// [`ProcedureError`] where the file is wrong, names a step or unit that does not exist, or would
    /// give more time than the law does in the same unit of time.
    pub fn read<S: Governed>(text: &str, procedure: &Procedure<S>) -> Result<Self, ProcedureError> {
        let file: File = toml::from_str(text)?;
        let mut standards = Vec::with_capacity(file.standard.len());
        let known = |place: &str, unit: &String| {
            if procedure.units.knows(unit) {
                Ok(())
            } else {
                Err(wrong(place, format!("no unit has the code {unit}")))
            }
        };
        for unit in &file.remote {
            known("remote", unit)?;
        }
        for entry in file.standard {
            let place = entry.step.as_str();
            known(place, &entry.unit)?;
            let Some(step) = procedure.step(place) else {
                return Err(wrong(place, "there is no such step"));
            };
            let longer = |law: u32, of: LimitUnit| of == entry.of && entry.amount >= law;
            if step.limits.iter().any(|law| longer(law.amount, law.unit)) {
                return Err(wrong(
                    place,
                    "a unit may shorten the limit of the law, never lengthen it",
                ));
            }
            if entry.amount == 0 {
                return Err(wrong(place, "the amount must be at least 1"));
            }
            let day = |date: &toml::value::Datetime| {
                Date::parse(&date.to_string()).map_err(|_| wrong(place, "not a date"))
            };
            standards.push(Standard {
                limit: Limit {
                    amount: entry.amount,
                    unit: entry.of,
                },
                from: Instant::start_of(day(&entry.from)?.0),
                to: entry
                    .to
                    .as_ref()
                    .map(day)
                    .transpose()?
                    .map(|to| Instant::end_of(to.0)),
                step: entry.step,
                unit: entry.unit,
                title: entry.title,
            });
        }
        Ok(Self {
            standards,
            remote: file.remote,
        })
    }

    /// The standard for a step that `unit` owes, in force at `at`: that of the unit itself before
    /// that of one above it, the latest first.
    #[must_use]
    pub fn find(
        &self,
        step: &str,
        unit: Option<&str>,
        at: Instant,
        units: &Units,
    ) -> Option<&Standard> {
        let unit = unit?;
        self.standards
            .iter()
            .filter(|s| s.step == step && s.from <= at && s.to.is_none_or(|to| at < to))
            .filter(|s| units.is_within(unit, &s.unit, at.date()))
            .max_by_key(|s| (s.unit.len(), s.from))
    }

    /// Whether the law's longer time for remote communes and islands holds for `unit`.
    #[must_use]
    pub fn is_remote(&self, unit: Option<&str>) -> bool {
        unit.is_some_and(|unit| self.remote.iter().any(|remote| remote == unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Procedure;

    fn with(text: &str) -> Result<Procedure, ProcedureError> {
        Procedure::parse(Procedure::SHIPPED[0].1, Units::shipped())
            .unwrap()
            .with_standards(text)
    }

    fn standard(step: &str, unit: &str, amount: u32, of: &str) -> String {
        format!(
            "[[standard]]\nstep = \"{step}\"\nunit = \"{unit}\"\namount = {amount}\nof = \"{of}\"\n\
             title = {{ vi = \"Quy chế phối hợp\", en = \"Rules\" }}\nfrom = 2024-01-01\n"
        )
    }

    #[test]
    fn a_unit_may_shorten_and_never_lengthen() {
        assert!(with(&standard("emergency-measure", "44", 8, "hour")).is_ok());
        for (text, what) in [
            (
                standard("emergency-measure", "44", 13, "hour"),
                "never lengthen",
            ),
            (standard("emergency-measure", "44", 0, "hour"), "at least 1"),
            (standard("dance", "44", 8, "hour"), "no such step"),
            (standard("emergency-measure", "0", 8, "hour"), "no unit"),
            ("remote = [\"0\"]".to_owned(), "no unit"),
        ] {
            let error = with(&text).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn the_nearest_unit_counts() {
        let text = [
            standard("verify-report", "44", 3, "working-day"),
            standard("verify-report", "19111", 1, "working-day"),
        ];
        let procedure = with(&text.concat()).unwrap();
        let at = Instant::parse("2024-03-11T09:00:00+07:00").unwrap();
        let amount = |unit| {
            let found = procedure
                .standards
                .find("verify-report", Some(unit), at, &procedure.units);
            found.map(|standard| standard.limit.amount)
        };
        assert_eq!(amount("19111"), Some(1));
        assert_eq!(amount("19114"), Some(3));
        assert_eq!(amount("00004"), None);
        let before = Instant::parse("2023-12-31T23:59:00+07:00").unwrap();
        assert!(
            procedure
                .standards
                .find("verify-report", Some("44"), before, Units::shipped())
                .is_none()
        );
    }

    #[test]
    fn a_standard_holds_from_its_first_day_until_its_last_and_a_remote_commune_is_named() {
        let text = format!(
            "remote = [\"19111\"]\n{}to = 2024-06-30\n",
            standard("verify-report", "44", 3, "working-day")
        );
        let procedure = with(&text).unwrap();
        let holds = |clock: &str| {
            let at = Instant::parse(clock).unwrap();
            let found = procedure
                .standards
                .find("verify-report", Some("44"), at, &procedure.units);
            found.is_some()
        };
        assert!(!holds("2023-12-31T23:59:59+07:00"));
        assert!(holds("2024-01-01T00:00:00+07:00"));
        assert!(holds("2024-06-30T23:59:59+07:00"));
        assert!(!holds("2024-07-01T00:00:00+07:00"));
        assert!(procedure.standards.is_remote(Some("19111")));
        assert!(!procedure.standards.is_remote(Some("19114")));
        assert!(!procedure.standards.is_remote(None));
    }
}
