//! The rules that the house works by: procedures, standards of units, calendar. Shipped, or from the
//! files that the settings name.

use std::path::Path;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::unit::Units;

use crate::settings::{Settings, SettingsError};

/// Procedures with standards, and the calendar, with the text that the calendar was read from.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Every procedure in every version.
    pub procedure: Arc<Procedure>,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The calendar file, as it goes into the log when it is adopted.
    pub calendar_text: Arc<str>,
}

impl Rules {
    /// What is shipped.
    #[must_use]
    pub fn shipped() -> Self {
        Self::about(Units::shipped())
    }

    /// What is shipped, about these units.
    #[must_use]
    pub fn about(units: &Arc<Units>) -> Self {
        let shipped = Procedure::shipped();
        Self {
            procedure: match Arc::ptr_eq(&shipped.units, units) {
                true => shipped,
                false => Arc::new(Procedure::clone(&shipped).about(units)),
            },
            calendar: Calendar::shipped(),
            calendar_text: Calendar::SHIPPED.into(),
        }
    }

    /// What is shipped, with what the settings add to it or put in its place.
    ///
    /// # Errors
    /// [`SettingsError`] naming the setting whose file cannot be used, and where it is wrong.
    pub fn load(settings: &Settings) -> Result<Self, SettingsError> {
        let mut rules = Self::about(&settings.register()?);
        let mut procedure = (*rules.procedure).clone();
        for file in &settings.procedures {
            const NAME: &str = "procedures (--procedure, NOI_PROCEDURES)";
            let text = read(NAME, file)?;
            procedure = procedure
                .with(&text)
                .map_err(|error| bad(NAME, file, error))?;
        }
        if let Some(file) = &settings.standards {
            const NAME: &str = "standards (--standards, NOI_STANDARDS)";
            let text = read(NAME, file)?;
            procedure = procedure
                .with_standards(&text)
                .map_err(|error| bad(NAME, file, error))?;
        }
        if let Some(file) = &settings.calendar {
            const NAME: &str = "calendar (--calendar, NOI_CALENDAR)";
            let text = read(NAME, file)?;
            let calendar = Calendar::parse(&text).map_err(|error| bad(NAME, file, error))?;
            rules.calendar = Arc::new(calendar);
            rules.calendar_text = text.into();
        }
        rules.procedure = Arc::new(procedure);
        Ok(rules)
    }
}

fn read(name: &'static str, file: &Path) -> Result<String, SettingsError> {
    std::fs::read_to_string(file).map_err(|error| bad(name, file, error))
}

fn bad(name: &'static str, file: &Path, error: impl std::fmt::Display) -> SettingsError {
    let reason = error.to_string().replace('\n', " ");
    SettingsError::Bad {
        name,
        reason: format!("{}: {reason}", file.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Given;

    fn load(given: Given) -> Result<Rules, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        Rules::load(&Settings::resolve(given, folder.path()).unwrap())
    }

    #[test]
    fn files_of_rules_are_read_and_a_bad_one_is_named_in_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let standards = write(
            "standards.toml",
            "[[standard]]\nstep = \"verify-report\"\nunit = \"44\"\namount = 2\n\
             of = \"working-day\"\ntitle = { vi = \"Quy chế\", en = \"Rules\" }\n\
             from = 2024-01-01\n",
        );
        let given = |standards: &Path| Given {
            standards: Some(standards.to_owned()),
            ..Given::default()
        };
        let rules = load(given(&standards)).unwrap();
        assert_ne!(
            rules.procedure.fingerprint(),
            Procedure::shipped().fingerprint()
        );
        for file in [
            write("longer.toml", "remote = [\"00\"]"),
            write("no.toml", "x = "),
            folder.path().join("missing.toml"),
        ] {
            let line = load(given(&file)).unwrap_err().to_string();
            assert!(
                line.contains("NOI_STANDARDS") && !line.contains('\n'),
                "{line}"
            );
        }
        let calendar = Given {
            calendar: Some(write("calendar.toml", "id = 5")),
            ..Given::default()
        };
        assert!(
            load(calendar)
                .unwrap_err()
                .to_string()
                .contains("NOI_CALENDAR")
        );
        let twice = Given {
            procedures: vec![write("again.toml", Procedure::SHIPPED[0].1)],
            ..Given::default()
        };
        assert!(
            load(twice)
                .unwrap_err()
                .to_string()
                .contains("NOI_PROCEDURES")
        );
    }
}
