//! The administrative units that people choose by name and read by name.
//!
//! Filled once at start from the register of units; an empty register shows codes.

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
pub enum Found<'a> {
    /// Exactly this unit.
    One(&'a Unit),
    /// Several fit: the person has to choose.
    Several(Vec<&'a Unit>),
    /// None fits.
    None,
}

/// All units on offer, in the order given.
#[derive(Debug, Clone, Default)]
pub struct Units {
    units: Vec<(String, Unit)>,
}

/// More than this many likely units are not shown as a choice: the person should type more.
const MOST_CHOICES: usize = 7;

impl Units {
    /// A register of `units`.
    #[must_use]
    pub fn new(units: impl IntoIterator<Item = Unit>) -> Self {
        let units = units
            .into_iter()
            .map(|unit| (fold(&unit.label()), unit))
            .collect();
        Self { units }
    }

    /// All units, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().map(|(_, unit)| unit)
    }

    /// The unit with this code.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Option<&Unit> {
        self.iter().find(|unit| unit.code == code)
    }

    /// The name of the unit with this code, or the code itself.
    #[must_use]
    pub fn name(&self, code: &str) -> String {
        self.with_code(code)
            .map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    }

    /// How the unit with this code stands in a text field, or the code itself.
    #[must_use]
    pub fn label(&self, code: &str) -> String {
        self.with_code(code)
            .map_or_else(|| code.to_owned(), Unit::label)
    }

    /// Finds what a person meant: a code, a label from the list, or a part of a name typed with or
    /// without marks.
    #[must_use]
    pub fn find(&self, typed: &str) -> Found<'_> {
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
            [unit] => Found::One(unit),
            several if several.len() <= MOST_CHOICES => Found::Several(likely),
            _ => Found::Several(likely.into_iter().take(MOST_CHOICES).collect()),
        }
    }
}

/// The code in `19111` or in `… (19111)`.
fn code_in(typed: &str) -> Option<&str> {
    let code = match typed
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    {
        Some((_, code)) => code,
        None => typed,
    };
    (!code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
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

    fn units() -> Units {
        let unit = |code: &str, name: &str, above: &str| Unit {
            code: code.to_owned(),
            name: name.to_owned(),
            above: Some(above.to_owned()),
        };
        Units::new([
            unit("19111", "Thị trấn Hoàn Lão", "Huyện Bố Trạch"),
            unit("19114", "Thị trấn NT Việt Trung", "Huyện Bố Trạch"),
            unit("18943", "Xã Hóa Sơn", "Huyện Minh Hóa"),
            unit("18940", "Xã Hóa Hợp", "Huyện Minh Hóa"),
        ])
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
    fn folding_drops_marks_and_the_bar_of_d() {
        assert_eq!(fold("Đào Thị Nguyễn"), "dao thi nguyen");
    }
}
