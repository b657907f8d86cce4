//! By which telephone a unit is reached at any hour. A setting of the province: no law and no register
//! gives these numbers, so that where none is set the pages say so.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use domain::unit::Units;

/// The national hotline for the protection of children (Law on Children, art. 51.2).
pub const HOTLINE: &str = "111";

/// The duty telephones that are set, by codes or ids of units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telephones(BTreeMap<String, String>);

impl Telephones {
    /// Reads a file with one line for each unit: `"19111" = "0232 3825 000"`.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn read(file: &Path, units: &Units) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        Self::parse(&text, units)
    }

    fn parse(text: &str, units: &Units) -> Result<Self, String> {
        let all: BTreeMap<String, String> =
            toml::from_str(text).map_err(|error| error.message().replace('\n', " "))?;
        for (unit, number) in &all {
            if units.find(unit, NaiveDate::MAX).is_none() {
                return Err(format!("there is no unit {unit:?}"));
            }
            let digits = number.chars().filter(char::is_ascii_digit).count();
            let written = |c: char| c.is_ascii_digit() || " +.-()/".contains(c);
            if digits < 3 || !number.chars().all(written) {
                return Err(format!("{number:?} of {unit} is no telephone number"));
            }
        }
        Ok(Self(all))
    }

    /// The duty telephone of a unit, if one is set.
    #[must_use]
    pub fn of(&self, units: &Units, unit: &str) -> Option<&str> {
        let mut all = self.0.iter();
        let found = all.find(|(known, _)| units.same(known, unit));
        found.map(|(_, number)| number.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_that_of_its_unit_and_a_wrong_line_is_named() {
        let units = Units::shipped();
        let set = Telephones::parse("\"19111\" = \"0232 3825 000\"\n", units).unwrap();
        assert_eq!(set.of(units, "19111"), Some("0232 3825 000"));
        assert_eq!(set.of(units, "19114"), None);
        assert!(
            Telephones::parse("\"99999999\" = \"113\"", units)
                .unwrap_err()
                .contains("99999999")
        );
        assert!(
            Telephones::parse("\"19111\" = \"ask Lan\"", units)
                .unwrap_err()
                .contains("19111")
        );
    }
}
