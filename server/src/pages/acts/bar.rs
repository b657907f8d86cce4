//! Whose case this is, for the top of a page.

use domain::identity::Sex;

use crate::application::CaseFile;
use crate::pages::Frame;
use crate::pages::components::{IdentityBar, Tag, TagState};
use crate::units::UnitRegister;

/// The bar of a case.
#[must_use]
pub fn identity_bar(frame: &Frame, units: &UnitRegister, file: &CaseFile) -> IdentityBar {
    let state = &file.state;
    let day = file.at.date();
    let child = &state.child;
    let sex = match child.sex {
        Sex::Male => frame.t("bar-male"),
        Sex::Female => frame.t("bar-female"),
        Sex::Unknown => frame.t("bar-sex-unknown"),
    };
    let age = child.birth.map(|birth| {
        let age = i64::from(birth.age_on(day));
        frame.t1("bar-age", "age", age)
    });
    let place = child
        .residence_unit
        .as_deref()
        .unwrap_or(&state.incident_unit);
    let details = [Some(sex), age, Some(place_name(&units.name(place, day)))];
    let mut tags = Vec::new();
    let told = state.awaits_assessment && state.reports.iter().any(|report| report.danger_now);
    if state.emergency() || told {
        tags.push(Tag::new(frame.language, TagState::Emergency));
    }
    let holder = units.name(state.responsible_commune(), day);
    IdentityBar {
        label: frame.t("bar-label"),
        number: frame.t1("bar-number", "number", file.number()),
        href: format!("/cases/{}", file.id),
        child: child
            .name
            .clone()
            .unwrap_or_else(|| frame.t("bar-name-unknown")),
        details: details
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        holder: frame.t1("bar-holder", "unit", holder),
        tags,
    }
}

/// The name of a commune without its kind: `Hoàn Lão`.
#[must_use]
pub fn place_name(name: &str) -> String {
    for kind in ["Thị trấn ", "Phường ", "Xã ", "Đặc khu "] {
        if let Some(rest) = name.strip_prefix(kind) {
            return rest.to_owned();
        }
    }
    name.to_owned()
}
