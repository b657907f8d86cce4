//! `Công an, tư pháp`: the report of crime with its investigator and decision, the forensic
//! examinations, the interviews of the child.

use std::borrow::Cow;

use domain::case::criminal::{CrimeReport, Examination};
use domain::case::{Event, Recorded, effective};

use super::acts::Place;
use super::summary::block;
use super::{Block, Section, Thing, View};
use crate::pages::acts::exam_name;
use crate::pages::components::{SummaryList, SummaryRow};
use crate::pages::words as said;

/// Whether there is anything to show.
pub fn has_content(view: &View<'_>) -> bool {
    let criminal = &view.file.state.criminal;
    !criminal.reports.is_empty()
        || !criminal.examinations.is_empty()
        || criminal.proposed_at.is_some()
}

pub fn sections(view: &View<'_>) -> Vec<Section> {
    let known = effective(&view.file.history);
    vec![
        reports(view, &known),
        examinations(view, &known),
        interviews(view, &known),
    ]
}

/// The events of these types as they are known now.
fn events<'a>(known: &'a [Cow<'_, Recorded>], types: &[&str]) -> Vec<&'a Recorded> {
    let all = known.iter().map(Cow::as_ref);
    all.filter(|event| types.contains(&event.event.event_type()))
        .collect()
}

fn reports(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let criminal = &view.file.state.criminal;
    let mut section = Section::new(frame.t("section-crime-report"));
    section.empty = frame.t("crime-none");
    for report in &criminal.reports {
        let rows = rows(view, report);
        section.blocks.push(Block::Summary(SummaryList { rows }));
    }
    if let Some(at) = criminal.proposed_at {
        let rows = vec![row(view, "crime-proposed-at", said::instant(at.utc()))];
        section.blocks.push(Block::Summary(SummaryList { rows }));
    }
    let links = view.acts_at(Place::Crime, None);
    if !links.is_empty() {
        section.blocks.push(Block::Acts(links));
    }
    let types = [
        "CrimeReportPassed",
        "InvestigatorAssigned",
        "CrimeReportProlonged",
        "CrimeReportDecided",
        "InformantInformed",
        "ProsecutionProposed",
    ];
    let events = events(known, &types);
    section
        .blocks
        .extend(events.into_iter().map(|event| block(view, event)));
    section
}

fn row(view: &View<'_>, key: &str, value: String) -> SummaryRow {
    SummaryRow {
        label: view.frame.t(key),
        value,
        act: None,
    }
}

fn rows(view: &View<'_>, report: &CrimeReport) -> Vec<SummaryRow> {
    let (frame, scene) = (view.frame, view.scene(None));
    let mut rows = vec![
        row(view, "crime-body", scene.unit(&report.unit)),
        row(view, "crime-passed-at", said::instant(report.by.at.utc())),
    ];
    if let Some(at) = report.investigator_at {
        rows.push(row(view, "crime-investigator-at", said::instant(at.utc())));
    }
    if let Some(until) = report.until {
        rows.push(row(view, "crime-until", said::date(until.date())));
    }
    if report.extended {
        rows.push(row(view, "crime-extended", frame.t("yes")));
    }
    if let Some(asked) = report.asked {
        let asked = scene.word_of("crime-asked", &asked);
        rows.push(row(view, "crime-asked", asked));
    }
    if let (Some(decision), Some(at)) = (report.decision, report.decided_at) {
        let decision = scene.word_of("crime-decision", &decision);
        let at = said::instant(at.utc());
        rows.push(row(view, "crime-decided", format!("{decision} · {at}")));
    }
    if let Some(at) = report.informed_at {
        rows.push(row(view, "crime-informed-at", said::instant(at.utc())));
    }
    rows
}

fn examinations(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let all = &view.file.state.criminal.examinations;
    let mut section = Section::new(frame.t("section-examinations"));
    section.empty = frame.t("examinations-none");
    section.count = Some(all.len());
    for exam in all {
        section.blocks.push(Block::Thing(thing(view, exam)));
        let conclusions = events(known, &["ForensicConclusionRecorded"]);
        let mine = conclusions.into_iter().filter(|event| {
            let Event::ForensicConclusionRecorded(e) = &event.event else {
                return false;
            };
            e.facts.exam_id == exam.id
        });
        section.blocks.extend(mine.map(|event| block(view, event)));
    }
    let new = view.acts_at(Place::NewExamination, None);
    if !new.is_empty() {
        section.blocks.push(Block::Acts(new));
    }
    section
}

fn thing(view: &View<'_>, exam: &Examination) -> Thing {
    let frame = view.frame;
    let state = match (exam.ordered_at, exam.concluded_at) {
        (None, _) => "exam-waits-order",
        (Some(_), None) => "exam-waits-conclusion",
        (Some(_), Some(_)) => "exam-concluded",
    };
    let mut lines = Vec::new();
    if let Some(ground) = exam.ground {
        lines.push(view.scene(None).word_of("forensic-ground", &ground));
    }
    if let Some(body) = exam.body {
        lines.push(view.scene(None).word_of("forensic-body", &body));
    }
    for (key, at) in [
        ("exam-ordered-at", exam.ordered_at),
        ("exam-concluded-at", exam.concluded_at),
    ] {
        if let Some(at) = at {
            lines.push(frame.t1(key, "at", said::instant(at.utc())));
        }
    }
    Thing {
        title: exam_name(&view.scene(None), exam),
        state: frame.t(state),
        tag: None,
        lines,
        acts: view.acts_at(Place::Examination, Some(exam.id.as_str())),
    }
}

fn interviews(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let all = events(known, &["InterviewRecorded"]);
    let mut section = Section::new(frame.t("section-interviews"));
    section.empty = frame.t("interviews-none");
    section.count = Some(all.len());
    section
        .blocks
        .extend(all.into_iter().map(|event| block(view, event)));
    let links = view.acts_at(Place::Interviews, None);
    if !links.is_empty() {
        section.blocks.push(Block::Acts(links));
    }
    section
}
