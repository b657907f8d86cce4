//! `Người liên quan` and `Tài liệu`: who has to do with the case, and what stands in its file.

use std::borrow::Cow;

use domain::case::events::report::Family;
use domain::case::{Event, Recorded, effective};

use super::acts::Place;
use super::timeline::who;
use super::{Block, Section, View, words};
use crate::pages::components::{SummaryList, SummaryRow};
use crate::pages::words as said;

pub fn sections(view: &View<'_>) -> Vec<Section> {
    let known = effective(&view.file.history);
    vec![
        officers(view),
        family(view, &known),
        harmer(view, &known),
        informant(view, &known),
        agencies(view),
    ]
}

fn row(label: String, value: impl Into<String>) -> SummaryRow {
    SummaryRow {
        label,
        value: value.into(),
        act: None,
    }
}

fn list(mut section: Section, rows: Vec<SummaryRow>) -> Section {
    if !rows.is_empty() {
        section.blocks.push(Block::Summary(SummaryList { rows }));
    }
    section
}

fn officers(view: &View<'_>) -> Section {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-officers"));
    section.empty = frame.t("officers-none");
    let rows = view.file.state.officers.iter().map(|one| {
        let id = one.officer.as_str();
        let name = view.things.officer(id);
        let since = frame.t1("since", "at", said::instant(one.since.utc()));
        row(
            words::role(frame.language, one.role),
            format!("{name}\n{since}"),
        )
    });
    let rows = rows.collect();
    let mut section = list(section, rows);
    let offered = view.acts_at(Place::Officers, None);
    if !offered.is_empty() {
        section.blocks.push(Block::Acts(offered));
    }
    section
}

/// The reports as they are known now, the newest first.
fn reports<'a>(
    known: &'a [Cow<'_, Recorded>],
) -> impl Iterator<Item = &'a domain::case::events::report::ReportPersonal> {
    known.iter().rev().filter_map(|event| match &event.event {
        Event::ReportReceived(report) => report.personal.as_ref(),
        _ => None,
    })
}

fn family(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-family"));
    section.empty = frame.t("family-none");
    let mut rows = Vec::new();
    for family in reports(known).filter_map(|report| report.family.as_ref()) {
        match family {
            Family::Text(text) => rows.push(row(frame.t("field-situation"), text.as_str())),
            Family::Form(form) => {
                let lines = [
                    ("field-father", form.father.as_ref().map(|t| t.as_str())),
                    ("field-mother", form.mother.as_ref().map(|t| t.as_str())),
                    ("field-carer", form.carer.as_ref().map(|t| t.as_str())),
                    (
                        "field-situation",
                        form.situation.as_ref().map(|t| t.as_str()),
                    ),
                ];
                for (key, value) in lines {
                    if let Some(value) = value {
                        rows.push(row(frame.t(key), value));
                    }
                }
            }
        }
    }
    list(section, rows)
}

fn harmer(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let (frame, language) = (view.frame, view.frame.language);
    let section = Section::new(frame.t("section-harmer"));
    let mut rows = Vec::new();
    for event in known.iter().rev() {
        let Event::ReportReceived(report) = &event.event else {
            continue;
        };
        let relation = report.facts.suspected_harmer.relation.as_str();
        rows.push(row(
            frame.t("field-relation"),
            words::code(language, "relation", relation),
        ));
        let harmer = report.personal.as_ref();
        let harmer = harmer.and_then(|personal| personal.suspected_harmer.as_ref());
        if let Some(name) = harmer.and_then(|harmer| harmer.name.as_ref()) {
            rows.push(row(frame.t("field-name"), name.as_str()));
        }
        if let Some(note) = harmer.and_then(|harmer| harmer.note.as_ref()) {
            rows.push(row(frame.t("field-note"), note.as_str()));
        }
    }
    if view.file.state.carer_is_harmer() {
        rows.push(row(
            frame.t("field-carer-is-harmer"),
            super::yes_no(language, true),
        ));
    }
    list(section, rows)
}

/// Whoever told is named only where they agreed; what was not agreed to was never recorded.
fn informant(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-informant"));
    section.empty = frame.t("informant-none");
    let mut rows = Vec::new();
    for informant in reports(known).filter_map(|report| report.informant.as_ref()) {
        if informant.consent == Some(false) {
            continue;
        }
        let lines = [
            ("field-name", informant.name.as_ref().map(|t| t.as_str())),
            ("field-phone", informant.phone.as_ref().map(|t| t.as_str())),
            (
                "field-address",
                informant.address.as_ref().map(|t| t.as_str()),
            ),
            ("field-note", informant.note.as_ref().map(|t| t.as_str())),
        ];
        for (key, value) in lines {
            if let Some(value) = value {
                rows.push(row(frame.t(key), value));
            }
        }
    }
    list(section, rows)
}

/// The agencies that acted, with who acted for them last.
fn agencies(view: &View<'_>) -> Section {
    let (frame, language) = (view.frame, view.frame.language);
    let mut section = Section::new(frame.t("section-agencies"));
    let mut seen: Vec<(String, SummaryRow)> = Vec::new();
    for event in view.file.history.iter().rev() {
        let actor = &event.actor;
        let day = event.recorded_at.date();
        let agency = words::role_of_unit(
            language,
            &frame.units,
            actor.role,
            actor.unit.as_deref(),
            day,
        );
        if seen.iter().any(|(known, _)| *known == agency) {
            continue;
        }
        let last = frame.t1("last-acted", "at", said::instant(event.occurred_at.utc()));
        let value = match words::actor_name(language, actor) {
            Some(name) => format!("{name}\n{last}"),
            None => last,
        };
        seen.push((agency.clone(), row(agency, value)));
    }
    section.count = Some(seen.len());
    list(section, seen.into_iter().map(|(_, row)| row).collect())
}

pub fn documents(view: &View<'_>) -> Vec<Section> {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-documents"));
    section.empty = frame.t("documents-none");
    section.count = Some(view.file.state.documents.len());
    let rows = view.file.state.documents.iter().rev().map(|document| {
        let name = document
            .name
            .clone()
            .unwrap_or_else(|| frame.t("value-erased"));
        let by = view.event(document.by.event_id);
        let by = by.map(|event| who(view, event)).unwrap_or_default();
        let size = document.size.div_ceil(1024);
        let hash: String = document.sha256.chars().take(16).collect();
        row(
            name,
            format!(
                "{} · {size} kB · SHA-256 {hash}…\n{} · {by}",
                document.media_type,
                said::instant(document.by.at.utc()),
            ),
        )
    });
    let rows = rows.collect();
    let mut section = list(section, rows);
    let attach = view.acts_at(Place::Documents, None);
    if !attach.is_empty() {
        section.blocks.push(Block::Acts(attach));
    }
    vec![section]
}
