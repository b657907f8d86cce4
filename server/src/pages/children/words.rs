//! How a child of the register is called, and what stands in its record, in words.

use chrono::NaiveDate;
use domain::child::circumstances::group;
use domain::child::{Circumstance, Number, NumberStatus, Record};
use serde::Serialize;
use serde_json::Value;

use crate::language::Language;
use crate::pages::Frame;
use crate::pages::case::{Age, case_words};
use crate::words;

/// The label of a value of a list of the domain.
pub(super) fn word(frame: &Frame, prefix: &str, value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(code)) => frame.t(&format!("{prefix}-{code}")),
        _ => String::new(),
    }
}

/// The whole name; where none is known, that it is not.
pub(super) fn name(frame: &Frame, record: &Record) -> String {
    let name = record.identity.name.clone();
    name.unwrap_or_else(|| frame.t("child-unnamed"))
}

/// Sex, age, commune: `nữ · 9 tuổi · Hoàn Lão`.
pub(super) fn traits(frame: &Frame, record: &Record, today: NaiveDate) -> String {
    let identity = &record.identity;
    let sex = match identity.sex {
        domain::identity::Sex::Male => "male",
        domain::identity::Sex::Female => "female",
        domain::identity::Sex::Unknown => "unknown",
    };
    let year = identity.birth_year.map(i64::from);
    let age = Age::on(today, identity.birth_date.map(|date| date.0), year);
    let place = record.residence().map(|residence| {
        let then = residence.recorded_on;
        case_words::short_unit_then(frame.language, &frame.units, &residence.unit, then, today)
    });
    case_words::traits(frame.language, sex, age, &place.unwrap_or_default())
}

/// The birth as far as it is known.
pub(super) fn birth(frame: &Frame, record: &Record) -> String {
    use domain::child::events::Born;
    match record.identity.born() {
        Some(Born::Date(date)) => words::date(date.0),
        Some(Born::Year(year)) => frame.t1("child-birth-year", "year", year.to_string()),
        Some(Born::EstimatedYear(year)) => {
            frame.t1("child-birth-estimated", "year", year.to_string())
        }
        None => frame.t("child-unknown"),
    }
}

/// The number, and how certain it is.
pub(super) fn number(frame: &Frame, number: &Number) -> String {
    let digits = number.id.as_ref().map_or("", |id| id.as_str());
    match &number.status {
        NumberStatus::None => frame.t("child-number-none"),
        NumberStatus::Claimed => frame.t1("child-number-claimed", "number", digits),
        NumberStatus::Verified { on, officer } => {
            let said = frame.language.text_with(
                "child-number-verified",
                &[("number", digits.into()), ("on", words::date(on.0).into())],
            );
            match officer {
                Some(officer) => format!("{said} · {officer}"),
                None => said,
            }
        }
    }
}

/// The group and the sub-group of a circumstance.
pub(super) fn circumstance(language: Language, one: &Circumstance) -> String {
    let known = one.group.as_ref().and_then(|code| group(code.as_str()));
    let Some(group) = known else {
        return language.text("child-group-hidden");
    };
    let name = group.name.in_language(language.into());
    let Some(subgroup) = &one.subgroup else {
        return name.to_owned();
    };
    let mut listed = group.subgroups.iter();
    let listed = listed.find(|known| known.code.as_str() == subgroup.as_str());
    let subgroup = listed.map_or(subgroup.as_str(), |known| {
        known.name.in_language(language.into())
    });
    format!("{name}: {subgroup}")
}

/// The unit as it is called, and what it is today.
pub(super) fn unit(frame: &Frame, unit: &str, then: NaiveDate, today: NaiveDate) -> String {
    case_words::unit_then(frame.language, &frame.units, unit, then, today)
}
