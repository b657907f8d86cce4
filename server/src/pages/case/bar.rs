//! Whose case this is, for the top of every page about it.

use std::collections::HashMap;

use domain::case::{CaseState, Status};
use domain::identity::{Birth, Role, Sex};

use super::words::{self, Age};
use crate::application::CaseFile;
use crate::pages::Frame;
use crate::pages::components::{IdentityBar, Tag, TagState};

/// The bar of a case. `names` has the names of officers in charge, as far as they are known.
pub fn identity_bar(
    frame: &Frame,
    file: &CaseFile,
    names: &HashMap<String, String>,
) -> IdentityBar {
    let language = frame.language;
    let (state, today) = (&file.state, file.at.date());
    let told = state.reports.last().map_or(today, |r| r.received_at.date());
    let place = words::short_unit_then(language, &state.incident_unit, told, today);
    let seat = state.responsible_seat();
    let unit = words::unit_then(language, seat.unit(), seat.since(), today);
    let officer = state
        .officer_for(Role::CommuneOfficer)
        .and_then(|id| names.get(id.as_str()));
    let holder = match officer {
        Some(name) => format!("{name}, {unit}"),
        None => unit,
    };
    let mut tags = Vec::new();
    if is_emergency(file) {
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

/// A report of this round says that there is danger, or the assessment found an emergency.
fn is_emergency(file: &CaseFile) -> bool {
    let state = &file.state;
    let danger = |report: &domain::case::ReportState| {
        report.cycle == state.cycle && report.danger_now && state.awaits_assessment
    };
    state.status == Status::Open && (file.emergency || state.reports.iter().any(danger))
}

/// The child's whole name, or that nobody knows it.
pub(super) fn child_name(frame: &Frame, state: &CaseState) -> String {
    state
        .child
        .name
        .clone()
        .unwrap_or_else(|| frame.t("child-unnamed"))
}
