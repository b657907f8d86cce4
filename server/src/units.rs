//! The administrative units that people choose by name and read by name, as of a day.
//!
//! The register itself is the domain's, and comes with the procedure; here it is made searchable for people
//! who type.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use domain::unit::Units as Register;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One unit as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Official code, for example `19111`.
    pub code: String,
    /// Name with its kind, for example `Thị trấn Hoàn Lão`.
    pub name: String,
    /// Name of the unit above it, for example `Huyện Bố Trạch`.
    pub above: Option<String>,
    /// Code and name of its province.
    pub province: Option<(String, String)>,
}

impl Unit {
    /// How the unit is offered in a list: `Thị trấn Hoàn Lão · Huyện Bố Trạch (19111)`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.above {
            Some(above) => format!("{} · {above} ({})", self.name, self.code),
            None => format!("{} ({})", self.name, self.code),
        }
    }
}

/// What was found for something that a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Exactly this unit.
    One(Unit),
    /// Several fit: the person has to choose.
    Several(Vec<Unit>),
    /// None fits.
    None,
}

/// The communes on offer on one day.
#[derive(Debug, Clone)]
pub struct Units {
    /// All units of any day.
    register: Arc<Register>,
    /// The day.
    day: NaiveDate,
    /// Each unit with its folded words.
    units: Vec<(String, Unit)>,
}

/// More than this many likely units are not shown as a choice: the person should type more.
const MOST_CHOICES: usize = 7;

impl Units {
    /// The units `units` of a register as of `day`.
    #[must_use]
    pub fn new(
        register: &Arc<Register>,
        day: NaiveDate,
        units: impl IntoIterator<Item = Unit>,
    ) -> Self {
        let folded = |unit: Unit| {
            let province = unit.province.as_ref().map_or("", |(_, name)| name.as_str());
            (fold(&format!("{} {province}", unit.label())), unit)
        };
        Self {
            register: Arc::clone(register),
            day,
            units: units.into_iter().map(folded).collect(),
        }
    }

    /// All communes of the country on `day`.
    fn communes(register: &Arc<Register>, day: NaiveDate) -> Self {
        let provinces = (1..=99).map(|number| format!("{number:02}"));
        let units = provinces
            .filter(|code| register.knows(code))
            .flat_map(|province| {
                let name = register.name(&province, day).to_owned();
                let communes: Vec<Unit> = register
                    .communes(&province, day)
                    .map(|unit| Unit {
                        code: unit.reference().to_owned(),
                        name: unit.name.clone(),
                        above: unit
                            .parent
                            .as_deref()
                            .map(|code| register.name(code, day).to_owned()),
                        province: Some((province.clone(), name.clone())),
                    })
                    .collect();
                communes
            });
        Self::new(register, day, units)
    }

    /// The units to offer to somebody who works in the unit `code`: those of their province.
    pub fn near(&self, code: &str) -> impl Iterator<Item = &Unit> {
        let province = self
            .register
            .province_of(code, self.day)
            .map(|province| province.reference().to_owned());
        self.units
            .iter()
            .map(|(_, unit)| unit)
            .filter(move |unit| match &unit.province {
                Some((code, _)) => Some(code) == province.as_ref(),
                None => true,
            })
    }

    /// The unit with this code: one of that day, else an older one that people still write.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Option<Unit> {
        let today = self
            .units
            .iter()
            .map(|(_, unit)| unit)
            .find(|unit| unit.code == code);
        today.cloned().or_else(|| {
            let register = &self.register;
            let unit = register.find(code, self.day)?;
            let day = unit.to.unwrap_or(self.day);
            Some(Unit {
                code: unit.reference().to_owned(),
                name: unit.name.clone(),
                above: unit
                    .parent
                    .as_deref()
                    .map(|code| register.name(code, day).to_owned()),
                province: None,
            })
        })
    }

    /// How the unit with this code stands in a text field, or the code itself.
    #[must_use]
    pub fn label(&self, code: &str) -> String {
        self.with_code(code)
            .map_or_else(|| code.to_owned(), |unit| unit.label())
    }

    /// Finds what a person meant: a code, a label from the list, or a part of a name typed with or
    /// without marks.
    #[must_use]
    pub fn find(&self, typed: &str) -> Found {
        let typed = typed.trim();
        if let Some(unit) = code_in(typed).and_then(|code| self.with_code(code)) {
            return Found::One(unit);
        }
        let wanted = fold(typed);
        if wanted.is_empty() {
            return Found::None;
        }
        let mut likely: Vec<&Unit> = self
            .units
            .iter()
            .filter(|(folded, _)| wanted.split_whitespace().all(|word| folded.contains(word)))
            .map(|(_, unit)| unit)
            .collect();
        let exact: Vec<&Unit> = likely
            .iter()
            .copied()
            .filter(|unit| fold(&unit.name) == wanted)
            .collect();
        if !exact.is_empty() {
            likely = exact;
        }
        match likely.as_slice() {
            [] => Found::None,
            [unit] => Found::One((*unit).clone()),
            several => Found::Several(
                several
                    .iter()
                    .copied()
                    .take(MOST_CHOICES)
                    .cloned()
                    .collect(),
            ),
        }
    }
}

/// The units of any day.
#[derive(Debug)]
pub struct UnitRegister {
    register: Arc<Register>,
    fixed: Option<Arc<Units>>,
    today: Mutex<Option<Arc<Units>>>,
}

impl UnitRegister {
    /// The units that a register has.
    #[must_use]
    pub fn new(register: &Arc<Register>) -> Self {
        Self {
            register: Arc::clone(register),
            fixed: None,
            today: Mutex::default(),
        }
    }

    /// Always these units: for tests.
    #[must_use]
    pub fn fixed(units: Units) -> Self {
        Self {
            register: Arc::clone(&units.register),
            fixed: Some(Arc::new(units)),
            today: Mutex::default(),
        }
    }

    /// The communes on `day`. Made once a day, when somebody asks.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Arc<Units> {
        if let Some(fixed) = &self.fixed {
            return Arc::clone(fixed);
        }
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        match &*today {
            Some(units) if units.day == day => Arc::clone(units),
            _ => Arc::clone(today.insert(Arc::new(Units::communes(&self.register, day)))),
        }
    }

    /// The name of a unit on `day`, or its code where nobody knows it.
    #[must_use]
    pub fn name(&self, code: &str, day: NaiveDate) -> String {
        self.register.name(code, day).to_owned()
    }
}

/// What may be a code or an id: `19111`, or what stands in `… (19111)`.
fn code_in(typed: &str) -> Option<&str> {
    let code = match typed
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    {
        Some((_, code)) => code,
        None => typed,
    };
    (!code.is_empty()).then_some(code)
}

/// Text without marks and case, so that "hoan lao" finds "Hoàn Lão" and "dao" finds "Đào".
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 2, 21).unwrap()
    }

    fn units() -> Units {
        let unit = |code: &str, name: &str, above: &str| Unit {
            code: code.to_owned(),
            name: name.to_owned(),
            above: Some(above.to_owned()),
            province: None,
        };
        Units::new(
            Register::shipped(),
            day(2024),
            [
                unit("19111", "Thị trấn Hoàn Lão", "Huyện Bố Trạch"),
                unit("19114", "Thị trấn NT Việt Trung", "Huyện Bố Trạch"),
                unit("18943", "Xã Hóa Sơn", "Huyện Minh Hóa"),
                unit("18940", "Xã Hóa Hợp", "Huyện Minh Hóa"),
            ],
        )
    }

    #[test]
    fn a_unit_is_found_by_code_label_and_name_with_or_without_marks() {
        let units = units();
        for typed in [
            "19111",
            "Thị trấn Hoàn Lão · Huyện Bố Trạch (19111)",
            "hoan lao",
            "HOÀN LÃO ",
        ] {
            assert!(
                matches!(units.find(typed), Found::One(u) if u.code == "19111"),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_fits_several_units_is_asked_again() {
        assert!(matches!(units().find("xã hóa"), Found::Several(found) if found.len() == 2));
        assert_eq!(units().find("Paris"), Found::None);
        assert_eq!(units().find("  "), Found::None);
    }

    #[test]
    fn the_shipped_register_knows_names_of_its_day_and_older_codes() {
        let register = UnitRegister::new(Register::shipped());
        let (then, now) = (register.on(day(2024)), register.on(day(2026)));
        assert!(matches!(then.find("thi tran hoan lao"), Found::One(u) if u.code == "19111"));
        assert_eq!(register.name("19111", day(2024)), "Thị trấn Hoàn Lão");
        assert!(
            then.near("19111").count() > 100,
            "the communes of Quảng Bình"
        );
        assert!(
            (50..100).contains(&now.near("19111").count()),
            "those of the new Quảng Trị"
        );
        // A district has ended, but who writes its old code is still understood.
        assert!(matches!(now.find("450"), Found::One(_)));
    }

    #[test]
    fn folding_drops_marks_and_the_bar_of_d() {
        assert_eq!(fold("Đào Thị Nguyễn"), "dao thi nguyen");
    }
}
