//! Units that are not in the shipped files yet: decided by law, perhaps still without a code.
//!
//! A TOML file, for example:
//!
//! ```toml
//! [[unit]]
//! id = "quang-tri-2026-1"        # your own; never changed, also when the code comes
//! # code = "19112"               # left out until the code is given
//! name = "Xã Hoàn Lão Mới"
//! level = "commune"              # or "province"
//! parent = "44"                  # code or id of the unit above
//! from = "2026-09-01"            # first day
//! act = "Nghị quyết …"
//!
//! [[succession]]
//! old = "19111"                  # code on the day before, or id
//! new = "quang-tri-2026-1"
//! share = "whole"                # or "part" where it was divided
//! ```
//!
//! A succession ends the old unit on the day before the first day of the new one.

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{Level, Share, Unit, Units};

/// Why an additional units file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AdditionsError {
    /// It is no TOML of this form.
    #[error("{0}")]
    Form(String),
    /// An entry says something that cannot be.
    #[error("{entry}: {why}")]
    Entry {
        /// Which entry, for example `unit 2 (quang-tri-2026-1)`.
        entry: String,
        /// What is wrong.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "unit")]
    units: Vec<NewUnit>,
    #[serde(default, rename = "succession")]
    successions: Vec<NewSuccession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUnit {
    id: String,
    #[serde(default)]
    code: String,
    name: String,
    level: Level,
    parent: Option<String>,
    from: NaiveDate,
    to: Option<NaiveDate>,
    act: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSuccession {
    old: String,
    new: String,
    share: Share,
}

impl Units {
    /// These units and those of an additional file.
    ///
    /// # Errors
    /// [`AdditionsError`] with the entry that is wrong.
    pub fn with_additions(&self, toml: &str) -> Result<Self, AdditionsError> {
        let file: File =
            toml::from_str(toml).map_err(|error| AdditionsError::Form(error.to_string()))?;
        let mut units = self.clone();
        for (row, new) in file.units.into_iter().enumerate() {
            let entry = format!("unit {} ({})", row + 1, new.id);
            units
                .add_new(new)
                .map_err(|why| AdditionsError::Entry { entry, why })?;
        }
        for (row, new) in file.successions.into_iter().enumerate() {
            let entry = format!("succession {} ({} to {})", row + 1, new.old, new.new);
            units
                .succeed_new(&new)
                .map_err(|why| AdditionsError::Entry { entry, why })?;
        }
        for places in units.by_code.values() {
            for pair in places.windows(2) {
                let (one, next) = (&units.all[pair[0]], &units.all[pair[1]]);
                if next.from.is_none_or(|from| one.at(from)) {
                    return Err(AdditionsError::Entry {
                        entry: format!("code {}", next.reference()),
                        why: format!("{} and {} would have it at the same time", one.id, next.id),
                    });
                }
            }
        }
        Ok(units)
    }

    fn add_new(&mut self, new: NewUnit) -> Result<(), String> {
        let id = new.id.trim();
        if id.is_empty() || id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("an id must contain more than digits".into());
        }
        if id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err("an id consists of at most 64 letters a to z, digits and hyphens".into());
        }
        if self.by_id.contains_key(id) {
            return Err("this id exists already".into());
        }
        let code = new.code.trim();
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("{code} is no code: a code consists of digits"));
        }
        if new.name.trim().is_empty() {
            return Err("the name is missing".into());
        }
        if new.to.is_some_and(|to| to < new.from) {
            return Err("the last day lies before the first".into());
        }
        let above = match &new.parent {
            None => None,
            Some(parent) => Some(
                self.place(parent, new.from)
                    .filter(|at| self.all[*at].level < new.level)
                    .ok_or_else(|| format!("there is no unit {parent} above it"))?,
            ),
        };
        if above.is_none() && new.level != Level::Province {
            return Err("the unit above it is missing".into());
        }
        self.add(
            Unit {
                id: id.to_owned(),
                code: (!code.is_empty()).then(|| code.to_owned()),
                name: new.name.trim().to_owned(),
                level: new.level,
                parent: None,
                from: Some(new.from),
                to: new.to,
                act: new.act.filter(|act| !act.trim().is_empty()),
            },
            above,
        );
        Ok(())
    }

    fn succeed_new(&mut self, succession: &NewSuccession) -> Result<(), String> {
        let new = *self
            .by_id
            .get(&succession.new)
            .ok_or_else(|| format!("there is no unit with the id {}", succession.new))?;
        let from = self.all[new].from;
        let last = from
            .and_then(|from| from.checked_sub_days(Days::new(1)))
            .ok_or("the new unit has no first day")?;
        let old = self
            .place(&succession.old, last)
            .filter(|at| *at != new && self.all[*at].at(last))
            .ok_or_else(|| format!("there was no unit {} on {last}", succession.old))?;
        if self.all[old].level != self.all[new].level {
            return Err("the two units are of different levels".into());
        }
        if self.all[old].to.is_some_and(|to| to != last) {
            return Err("the old unit ended on another day".into());
        }
        let whole = |(_, share): &(usize, Share)| *share == Share::Whole;
        let before = &self.successors[old];
        if before.iter().any(whole) || (succession.share == Share::Whole && !before.is_empty()) {
            return Err("the old unit went to another one as a whole".into());
        }
        self.all[old].to = Some(last);
        self.succeed(old, new, succession.share);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PENDING: &str = r#"
        [[unit]]
        id = "new-1"
        name = "Phường Hoàn Lão"
        level = "commune"
        parent = "44"
        from = "2026-09-01"
        act = "NQ 1"

        [[succession]]
        old = "19111"
        new = "new-1"
        share = "whole"
    "#;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_unit_without_a_code_lives_by_its_id_and_keeps_it_when_the_code_comes() {
        let pending = Units::shipped().with_additions(PENDING).unwrap();
        let unit = pending.find("new-1", date("2026-09-01")).unwrap();
        assert_eq!((unit.code.as_deref(), unit.reference()), (None, "new-1"));
        assert!(pending.is_within("new-1", "44", date("2026-09-01")));
        assert!(pending.codes_within("44").contains("new-1"));
        let now = pending.shown("19111", date("2024-03-04"), date("2026-09-01"));
        assert_eq!(
            now.sentence().vi,
            "Thị trấn Hoàn Lão (nay: Phường Hoàn Lão, tỉnh Quảng Trị)"
        );
        let before = pending.current("19111", date("2026-08-31"), date("2026-08-31"));
        assert!(matches!(before, Some(super::super::Fate::Stands(_))));

        let coded = PENDING.replace("name =", "code = \"19112\"\nname =");
        let coded = Units::shipped().with_additions(&coded).unwrap();
        let by_id = coded.find("new-1", date("2026-09-01")).unwrap();
        assert_eq!(by_id.reference(), "19112");
        assert_eq!(coded.find("19112", date("2026-09-01")), Some(by_id));
        assert!(coded.same("new-1", "19112") && !coded.same("new-1", "19111"));
        assert_eq!(coded.references("19112"), ["19112", "new-1"]);
        assert_eq!(coded.references("new-1"), ["19112", "new-1"]);
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (from, to, says) in [
            (
                "new-1\"\n        name",
                "19112\"\n        name",
                "more than digits",
            ),
            (
                "new-1\"\n        name",
                "u00001\"\n        name",
                "exists already",
            ),
            ("parent = \"44\"", "parent = \"4x\"", "no unit 4x"),
            ("old = \"19111\"", "old = \"19114\"", "no unit 19114"),
            ("share = \"whole\"", "share = \"half\"", "half"),
            ("name = \"Ph", "kode = \"1\"\nname = \"Ph", "kode"),
            (
                "name = \"Ph",
                "code = \"19207\"\nname = \"Ph",
                "at the same time",
            ),
        ] {
            let error = Units::shipped().with_additions(&PENDING.replace(from, to));
            let error = error.map(|_| from).unwrap_err().to_string();
            assert!(error.contains(says), "{from}: {error}");
        }
    }
}
