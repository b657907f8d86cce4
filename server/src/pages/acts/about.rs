//! What one has to see beside a form: what was reported, what was found, what is in force.

use domain::case::events::Answer;
use domain::case::events::report::{ReportFacts, ReportPersonal};
use domain::case::{Event, ReportState, Separation, Split, effective};
use uuid::Uuid;

use super::act::{About, Scene};
use crate::pages::components::SummaryRow;
use crate::pages::form::Values;
use crate::pages::words;

/// The latest report.
pub(in crate::pages) fn report_about(scene: &Scene<'_>) -> About {
    About::of(report_rows(scene))
}

pub(super) fn report_rows(scene: &Scene<'_>) -> Vec<SummaryRow> {
    let known = effective(&scene.file.history);
    // What was told of another child is no part of this one's.
    let report = known.iter().rev().find_map(|event| match &event.event {
        Event::ReportReceived(report) if report.facts.same != Some(false) => Some(report),
        _ => None,
    });
    report.map_or_else(Vec::new, |report| rows_of(scene, report))
}

/// One report.
pub(super) fn rows_of(
    scene: &Scene<'_>,
    report: &Split<ReportFacts, ReportPersonal>,
) -> Vec<SummaryRow> {
    let facts = &report.facts;
    let forms: Vec<String> = facts
        .suspected_harm
        .iter()
        .map(|harm| scene.word("harm", harm.form.as_str()))
        .collect();
    let channel = scene.word("channel", facts.channel.as_str());
    let received = words::instant(facts.received_at.utc());
    let mut rows = vec![
        scene.row("about-received", format!("{received} · {channel}")),
        scene.row("about-place", scene.unit(&facts.incident.unit)),
        scene.row("about-harm", forms.join(", ")),
        scene.row(
            "about-harmer",
            scene.word("relation", facts.suspected_harmer.relation.as_str()),
        ),
    ];
    if let Some(own) = &report.personal {
        rows.push(scene.row("about-description", own.incident.description.as_str()));
        if !own.condition.is_empty() {
            rows.push(scene.row("about-condition", own.condition.as_str()));
        }
    }
    if facts.danger_now {
        rows.push(scene.row("about-danger", scene.t("act-yes")));
    }
    rows
}

/// What the initial assessment found, and the latest report.
pub(in crate::pages) fn initial_about(scene: &Scene<'_>) -> About {
    let known = effective(&scene.file.history);
    let assessment = known.iter().rev().find_map(|event| match &event.event {
        Event::InitialAssessmentRecorded(found) => Some(found),
        _ => None,
    });
    let mut rows = Vec::new();
    if let Some(found) = assessment {
        if let Some(own) = &found.personal {
            rows.push(scene.row("about-initial", own.conclusion.as_str()));
        }
        let yes_no = |answer: Answer| {
            scene.t(match answer {
                Answer::Yes => "act-yes",
                Answer::No => "act-no",
                Answer::Unknown => "act-not-known",
            })
        };
        rows.push(scene.row("initial-grave", yes_no(found.facts.grave)));
        rows.push(scene.row("initial-carer", yes_no(found.facts.carer_is_harmer)));
    }
    rows.extend(report_rows(scene));
    About::of(rows)
}

/// The report that the address names and that waits for its answer: the act is for its child.
pub(super) fn named_report<'a>(scene: &'a Scene<'_>) -> Option<&'a ReportState> {
    let id = Uuid::parse_str(scene.item?).ok()?;
    let mut waiting = scene.state().waiting();
    waiting.find(|report| report.event_id == id)
}

/// That report, in a fresh form.
pub(super) fn of_report(scene: &Scene<'_>) -> Values {
    let named = named_report(scene).map(|report| ("report", report.event_id.to_string()));
    named.into_iter().collect()
}

/// The report that is named, or the latest.
pub(super) fn named_about(scene: &Scene<'_>) -> About {
    let Some(named) = named_report(scene) else {
        return report_about(scene);
    };
    let known = effective(&scene.file.history);
    let report = known.iter().find_map(|event| match &event.event {
        Event::ReportReceived(report) if event.event_id == named.event_id => Some(report),
        _ => None,
    });
    About::of(report.map_or_else(Vec::new, |report| rows_of(scene, report)))
}

/// The separation that an act is about: of the child of the report that is named, or of the case.
pub(super) fn separation<'a>(scene: &'a Scene<'_>) -> Option<&'a Separation> {
    let named = named_report(scene).map(|report| report.event_id);
    scene.state().separation_of(named)
}

/// The separation in force.
pub(in crate::pages) fn separation_about(scene: &Scene<'_>) -> About {
    let Some(separation) = separation(scene) else {
        return initial_about(scene);
    };
    About::of(vec![
        scene.row("separation-from", words::date(separation.from.date())),
        scene.row("separation-through", words::date(separation.until.date())),
    ])
}
