//! `Tóm tắt`: what is known of the child and what stands in each phase of the procedure.

use std::borrow::Cow;

use domain::case::{CaseState, Event, Recorded, Separation, effective};
use domain::identity::Birth;

use super::bar::{age, child_name, responsible, sex_name};
use super::record;
use super::timeline::who;
use super::{Block, Section, View, words};
use crate::pages::components::{Link, SummaryList, SummaryRow};
use crate::pages::words as said;

/// Most days of a separation (Decree 56/2017, art. 32.3).
const MOST_DAYS: i64 = 15;

pub fn sections(view: &View<'_>) -> Vec<Section> {
    let known = effective(&view.file.history);
    let mut sections = vec![child(view, &known)];
    let mut add = |title: &str, types: &[&str], last_only: bool| {
        let mut found: Vec<&Recorded> = known
            .iter()
            .map(Cow::as_ref)
            .filter(|event| types.contains(&event.event.event_type()))
            .collect();
        if last_only {
            found = found.into_iter().rev().take(1).collect();
        }
        if found.is_empty() {
            return;
        }
        let mut section = Section::new(view.frame.t(title));
        if title == "section-separation"
            && let Some(separation) = view.file.state.separations.last()
        {
            section.blocks.push(days_used(view, separation));
        }
        section
            .blocks
            .extend(found.into_iter().map(|event| block(view, event)));
        sections.push(section);
    };
    add(
        "section-report",
        &["ReportReceived", "ReportVerified"],
        false,
    );
    add("section-initial", &["InitialAssessmentRecorded"], true);
    add("section-emergency", &["EmergencyMeasureApplied"], false);
    add(
        "section-separation",
        &[
            "SeparationOrdered",
            "SeparationExtended",
            "SeparationLifted",
        ],
        false,
    );
    add(
        "section-court",
        &["CourtOrderRequested", "CourtDecided"],
        false,
    );
    add("section-detailed", &["DetailedAssessmentRecorded"], true);
    add("section-meeting", &["CaseMeetingHeld"], true);
    add("section-review", &["PlanReviewed"], true);
    add(
        "section-closing",
        &["CaseClosed", "CaseReopened", "CaseArchived"],
        false,
    );
    sections
}

/// An event with all that it says, as it is known now.
pub fn block(view: &View<'_>, event: &Recorded) -> Block {
    let language = view.frame.language;
    let at = said::both_clocks(language, event.occurred_at.utc(), event.recorded_at.utc());
    let mut record = record::of(
        language,
        &view.frame.units,
        &event.event,
        event.recorded_at.date(),
        view.file.at.date(),
    );
    if let Event::ReportReceived(_) = event.event {
        // The child, the family and who is suspected stand in parts of their own.
        let elsewhere = ["name", "birth_date", "sex"]
            .map(|key| language.text(&format!("field-child-{}", key.replace('_', "-"))));
        record.rows.retain(|row| !elsewhere.contains(&row.label));
    }
    Block::Event {
        line: format!(
            "{} · {at} · {}",
            view.things.sentence(event),
            who(view, event)
        ),
        record,
    }
}

fn child(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let (frame, language) = (view.frame, view.frame.language);
    let (state, today) = (&view.file.state, view.file.at.date());
    let child = &state.child;
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String, path: Option<&str>| {
        if value.is_empty() {
            return;
        }
        rows.push(SummaryRow {
            label: frame.t(key),
            value,
            act: path.and_then(|path| correct(view, known, path)),
        });
    };
    add(
        "field-child-name",
        child_name(frame, state),
        Some("/child/name"),
    );
    let birth = match child.birth {
        Some(Birth::Date(date)) => said::date(date.0),
        _ => String::new(),
    };
    add("field-child-birth-date", birth, Some("/child/birth"));
    add("field-age", age(state, today).words(language), None);
    add(
        "field-child-sex",
        frame.t(&format!("child-sex-{}", sex_name(child.sex))),
        Some("/child/sex"),
    );
    let unknown = || frame.t("value-unknown");
    add(
        "field-personal-id",
        child.personal_id.clone().unwrap_or_else(unknown),
        None,
    );
    let residence = child.residence_unit.as_deref();
    let told = state.reports.last().map_or(today, |r| r.received_at.date());
    let residence =
        residence.map(|unit| words::unit_then(language, &state.units, unit, told, today));
    let home = [child.address.clone(), residence];
    let home: Vec<String> = home.into_iter().flatten().collect();
    add(
        "field-residence-unit",
        if home.is_empty() {
            unknown()
        } else {
            home.join(", ")
        },
        None,
    );
    add(
        "field-incident-unit",
        words::unit_then(language, &state.units, &state.incident_unit, told, today),
        None,
    );
    add(
        "field-responsible-commune",
        responsible(language, view.file),
        None,
    );
    add("field-harm-forms", harm_forms(view, state), None);
    let mut section = Section::new(frame.t("section-child"));
    section.blocks.push(Block::Summary(SummaryList { rows }));
    section
}

/// The forms of suspected harm of all reports, each once.
fn harm_forms(view: &View<'_>, state: &CaseState) -> String {
    let mut forms: Vec<String> = Vec::new();
    for harm in state
        .reports
        .iter()
        .flat_map(|report| &report.suspected_harm)
    {
        let form = words::code(view.frame.language, "harm", harm.form.as_str());
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.join(", ")
}

/// The way to correct a value of the last report that is known to be about this child.
fn correct(view: &View<'_>, known: &[Cow<'_, Recorded>], path: &str) -> Option<Link> {
    let report = known.iter().rev().find(|event| {
        let mut reports = view.file.state.reports.iter();
        reports.any(|one| one.event_id == event.event_id && !one.unconfirmed_child)
    })?;
    let can = view.can("correct", Some(&report.event_id.to_string()));
    can.then(|| Link {
        text: view.frame.t("act-correct"),
        href: format!(
            "/cases/{}/acts/correct?event={}&path={path}",
            view.file.id, report.event_id
        ),
    })
}

/// How much of the 15 days is used, and which day is the last.
fn days_used(view: &View<'_>, separation: &Separation) -> Block {
    let frame = view.frame;
    let today = view.file.at.date();
    let end = separation.lifted_at.map_or(today, |lifted| lifted.date());
    let used = (end - separation.counted_from).num_days().max(0);
    let last = separation.counted_from + chrono::Duration::days(MOST_DAYS);
    let row = |key: &str, value: String| SummaryRow {
        label: frame.t(key),
        value,
        act: None,
    };
    let until = said::date_with_weekday(frame.language, separation.until.date());
    let mut rows = vec![row(
        "separation-days",
        if separation.required {
            frame.t1("separation-required", "used", used)
        } else {
            frame.t1("separation-used", "used", used)
        },
    )];
    rows.push(row("separation-until", until));
    if !separation.required {
        rows.push(row(
            "separation-last-day",
            said::date_with_weekday(frame.language, last),
        ));
    }
    if let Some(lifted) = separation.lifted_at {
        rows.push(row("separation-lifted", said::instant(lifted.utc())));
    }
    Block::Summary(SummaryList { rows })
}
