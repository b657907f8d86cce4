//! Whose case this is, for the top of every page about it.

use domain::case::{CaseState, Status};
use domain::identity::{Birth, Role, Sex};

use super::things::Things;
use super::words::{self, Age};
use crate::application::CaseFile;
use crate::language::Language;
use crate::pages::Frame;
use crate::pages::components::{IdentityBar, Tag, TagState};

/// The bar of a case.
pub fn identity_bar(frame: &Frame, file: &CaseFile, things: &Things) -> IdentityBar {
    let language = frame.language;
    let (state, today) = (&file.state, file.at.date());
    let told = state.reports.last().map_or(today, |r| r.received_at.date());
    let place = words::short_unit_then(language, &state.units, &state.incident_unit, told, today);
    let unit = responsible(language, file);
    let officer = state.officer_for(Role::CommuneOfficer);
    let holder = match officer {
        Some(id) => format!("{unit} ({})", things.officer(id)),
        None => unit,
    };
    let mut tags = Vec::new();
    if file.emergency {
        tags.push(Tag::new(language, TagState::Emergency));
    }
    if state.status == Status::Closed {
        tags.push(Tag::new(language, TagState::Closed));
    }
    let sex = sex_name(state.child.sex);
    IdentityBar {
        label: frame.t("case-bar"),
        number: file.number(),
        href: format!("/cases/{}", file.id),
        child: child_name(frame, state),
        details: words::traits(language, sex, age(state, today), &place),
        holder: frame.t1("held-by", "who", holder),
        tags,
    }
}

/// The age of the child today; an estimate counts from the last report.
#[must_use]
pub fn age(state: &CaseState, today: chrono::NaiveDate) -> Age {
    let born = match state.child.birth {
        Some(Birth::Date(date)) => Some(date.0),
        _ => None,
    };
    let reported = state.reports.last().map(|report| report.received_at.date());
    let year = match (state.child.birth, reported) {
        (Some(birth), Some(day)) => Some(birth.year(day)),
        _ => state.child.birth_year,
    };
    Age::on(today, born, year.map(i64::from))
}

/// The name of a sex in our texts.
#[must_use]
pub const fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "unknown",
    }
}

/// The commune that answers for the case, as it is called where it is named.
pub(super) fn responsible(language: Language, file: &CaseFile) -> String {
    let seat = file.state.responsible_seat();
    words::unit_then(
        language,
        &file.state.units,
        seat.unit(),
        seat.since(),
        file.at.date(),
    )
}

/// The child's whole name, or that nobody knows it.
pub(super) fn child_name(frame: &Frame, state: &CaseState) -> String {
    state
        .child
        .name
        .clone()
        .unwrap_or_else(|| frame.t("child-unnamed"))
}
