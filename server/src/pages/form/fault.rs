//! What is wrong, and with which field.

use super::field::{Field, Kind};
use super::name::{id, join, pointer, row};
use super::rows::count;
use super::sections::Form;
use super::values::Values;
use domain::command::{FieldError, Rejection};

use crate::language::{Language, Sentence};

/// Something wrong with a form, found here or by the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer into the command; empty when it concerns the whole form.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and what to do, in a sentence.
    pub message: Sentence,
}

impl Fault {
    /// A fault at a pointer, for example one that the domain found.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, message: Sentence) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.into(),
            message,
        }
    }

    /// What the domain finds wrong with a field.
    #[must_use]
    pub fn of_field(field: &FieldError) -> Self {
        let message = Sentence::Both {
            vi: field.message.vi.clone(),
            en: field.message.en.clone(),
        };
        Self::new(field.pointer.clone(), field.code, message)
    }

    /// What the procedure refuses, with the article of law.
    #[must_use]
    pub fn of_refusal(refusal: &Rejection) -> Self {
        let basis = refusal
            .legal_basis
            .as_deref()
            .map(|basis| format!(" ({basis})"));
        let basis = basis.unwrap_or_default();
        let message = Sentence::Both {
            vi: format!("{}{basis}", refusal.message.vi),
            en: format!("{}{basis}", refusal.message.en),
        };
        let pointer = refusal.field.clone().unwrap_or_default();
        Self::new(pointer, refusal.code, message)
    }

    /// A fault of the field called `name`, with a text of ours.
    pub(super) fn at(name: &str, code: &'static str, key: &'static str) -> Self {
        Self::new(pointer(name), code, Sentence::key(key))
    }
}

/// A place in a form that a fault can lead to.
#[derive(Debug)]
pub(super) struct Place {
    pub pointer: String,
    pub id: String,
    pub label: String,
}

/// All places of the form as it stands, with as many rows as the values have.
pub(super) fn places(form: &Form, values: &Values, language: Language) -> Vec<Place> {
    let mut all = Vec::new();
    for field in form.fields() {
        collect(field, "", "", values, language, &mut all);
    }
    all
}

fn collect(
    field: &Field,
    prefix: &str,
    around: &str,
    values: &Values,
    language: Language,
    all: &mut Vec<Place>,
) {
    let name = join(prefix, field.path);
    let mut add = |name: &str, label: String| {
        all.push(Place {
            pointer: pointer(name),
            id: id(name),
            label,
        });
    };
    if !matches!(field.kind, Kind::Hidden | Kind::RowId) {
        add(&name, format!("{around}{}", field.label.text(language)));
    }
    match &field.kind {
        Kind::Levels(table) => {
            for (index, indicator) in table.indicators.iter().enumerate() {
                let label = format!("{}. {}", index + 1, indicator.label.text(language));
                add(&join(&row(&name, index), "level"), label.clone());
                add(&join(&row(&name, index), "note"), label);
            }
        }
        Kind::Group(group) => {
            for index in 0..count(group, &name, values) {
                let number = i64::try_from(index + 1).unwrap_or_default();
                let title = language.text_with(group.row_title, &[("number", number.into())]);
                let around = format!("{title} – ");
                for field in &group.fields {
                    collect(field, &row(&name, index), &around, values, language, all);
                }
            }
        }
        _ => {}
    }
}

/// The faults in the order of the form, each with the place that it leads to; what concerns the whole
/// form comes first.
pub(super) fn in_order<'a>(
    places: &'a [Place],
    faults: &'a [Fault],
) -> Vec<(Option<&'a Place>, &'a Fault)> {
    let mut all: Vec<_> = faults
        .iter()
        .map(|fault| (find(places, &fault.pointer), fault))
        .collect();
    all.sort_by_key(|(place, _)| {
        place.map(|place| places.iter().position(|known| std::ptr::eq(known, place)))
    });
    all
}

/// The place that a pointer leads to: itself, else the nearest one around it, else the first within.
pub(super) fn find<'a>(places: &'a [Place], pointer: &str) -> Option<&'a Place> {
    let pointer = match pointer.strip_prefix("/command") {
        Some(rest) if rest.starts_with('/') => rest,
        _ => pointer,
    };
    if pointer.is_empty() {
        return None;
    }
    let within = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    places
        .iter()
        .filter(|place| within(pointer, &place.pointer))
        .max_by_key(|place| place.pointer.len())
        .or_else(|| places.iter().find(|place| within(&place.pointer, pointer)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::form::{Caption, Group, Section};

    fn form() -> Form {
        let group = Group {
            fields: vec![
                Field::money("cost", "Kinh phí".to_owned()),
                Field::date("start", "Bắt đầu".to_owned()),
            ],
            row_title: "form-row",
            add: "form-add-row",
            least: 1,
            most: 5,
        };
        Form::new("example", "form-send").section(
            Section::new("all", "Tất cả".to_owned())
                .field(Field::date("child.birth.date", "Ngày sinh".to_owned()))
                .field(Field::levels(
                    "harm",
                    "Nguy cơ".to_owned(),
                    "Cao là xấu".to_owned(),
                    ["Tổn hại", "Tái diễn"].map(|text| Caption::from(text.to_owned())),
                ))
                .field(Field::group("items", "Biện pháp".to_owned(), group)),
        )
    }

    #[test]
    fn a_pointer_from_elsewhere_leads_to_its_field() {
        let values: Values = [("items.count", "2")].into_iter().collect();
        let places = places(&form(), &values, Language::Vi);
        let leads = |pointer: &str| find(&places, pointer).map(|place| place.id.as_str());
        assert_eq!(leads("/child/birth/date"), Some("f-child-birth-date"));
        assert_eq!(
            leads("/command/child/birth/date"),
            Some("f-child-birth-date")
        );
        assert_eq!(
            leads("/child/birth"),
            Some("f-child-birth-date"),
            "the first within"
        );
        assert_eq!(leads("/harm/1/level"), Some("f-harm-1-level"));
        assert_eq!(leads("/harm"), Some("f-harm"));
        assert_eq!(leads("/items/1/cost"), Some("f-items-1-cost"));
        assert_eq!(
            leads("/items/7/cost"),
            Some("f-items"),
            "the nearest around"
        );
        assert_eq!(leads("/other"), None);
        assert_eq!(leads(""), None);
        let faults = ["/items/0/start", "", "/harm/0/level", "/child/birth"]
            .map(|pointer| Fault::new(pointer, "x", Sentence::key("fault-missing")));
        let order: Vec<&str> = in_order(&places, &faults)
            .into_iter()
            .map(|(_, fault)| fault.pointer.as_str())
            .collect();
        assert_eq!(
            order,
            ["", "/child/birth", "/harm/0/level", "/items/0/start"]
        );
        let cost = find(&places, "/items/1/cost").unwrap();
        assert_eq!(cost.label, "Mục 2 – Kinh phí");
        assert_eq!(find(&places, "/harm/1").unwrap().label, "Nguy cơ");
        assert_eq!(find(&places, "/harm/1/level").unwrap().label, "2. Tái diễn");
    }
}
