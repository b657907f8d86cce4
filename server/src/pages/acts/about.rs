//! What one has to see beside a form: what was reported, what was found, what is in force.

use domain::case::events::Answer;
use domain::case::events::report::{ReportFacts, ReportPersonal};
use domain::case::{Event, Split, effective};

use super::act::{About, Scene};
use crate::pages::components::SummaryRow;
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

/// The separation in force.
pub(in crate::pages) fn separation_about(scene: &Scene<'_>) -> About {
    let Some(separation) = scene.state().separation() else {
        return initial_about(scene);
    };
    About::of(vec![
        scene.row("separation-from", words::date(separation.from.date())),
        scene.row("separation-through", words::date(separation.until.date())),
    ])
}
