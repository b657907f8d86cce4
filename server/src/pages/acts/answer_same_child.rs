//! `answer-same-child`: whether a report that somebody added without seeing the case is about its child.
//! The address names the report.

use domain::case::{Event, ReportState, effective};
use domain::identity::Birth;
use serde_json::{Value, json};
use uuid::Uuid;

use super::about::rows_of;
use super::act::{About, Act, Scene, occurred};
use super::yes_no::as_booleans;
use crate::pages::case::sex_name;
use crate::pages::components::SummaryRow;
use crate::pages::form::{Choice, Field, Form, Section};
use crate::pages::words;

pub(super) const ACT: Act = Act::new("answer-same-child", &["answer-same-child"], form, trial)
    .fresh(|scene| {
        named(scene)
            .map(|report| ("event_id", report.event_id.to_string()))
            .into_iter()
            .collect()
    })
    .finish(|_, command| {
        as_booleans(command, &["same"]);
        Vec::new()
    })
    .about(about)
    .decides_on_it();

fn waiting<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a ReportState> {
    let reports = scene.state().reports.iter();
    reports.filter(|report| report.unconfirmed_child)
}

fn named<'a>(scene: &'a Scene<'_>) -> Option<&'a ReportState> {
    let id = Uuid::parse_str(scene.item?).ok()?;
    // Also one of which it was said that it is the same child: that may prove wrong.
    let mut reports = scene.state().reports.iter();
    reports.find(|report| report.unseen && report.event_id == id)
}

fn form(scene: &Scene<'_>) -> Form {
    // Also where it waits no more: a form that is sent twice is the same answer.
    let which = match scene.item {
        Some(_) => Field::hidden("event_id"),
        None => Field::radios(
            "event_id",
            "same-child-which",
            waiting(scene).map(|report| {
                let at = words::instant(report.received_at.utc());
                Choice::new(report.event_id.to_string(), at)
            }),
        ),
    };
    let same = Field::radios(
        "same",
        "same-child-same",
        [
            Choice::new("yes", "same-child-yes"),
            Choice::new("no", "same-child-no"),
        ],
    );
    Form::new("answer-same-child", "act-answer-same-child-send")
        .section(
            Section::new("answer", "act-what")
                .intro("same-child-intro")
                .field(which)
                .field(same)
                .field(
                    Field::long_text("reason", "same-child-reason").hint("same-child-reason-hint"),
                ),
        )
        .section(occurred())
}

fn trial(scene: &Scene<'_>) -> Value {
    let any = named(scene).or_else(|| waiting(scene).next());
    let id = any.map_or(Uuid::nil(), |report| report.event_id);
    let same = any.is_none_or(|report| report.unconfirmed_child);
    json!({ "type": "answer-same-child", "event_id": id, "same": same, "reason": "-" })
}

/// What was told of the child, and what is known of the child of the case.
fn about(scene: &Scene<'_>) -> About {
    let Some(named) = named(scene) else {
        return About::default();
    };
    let known = effective(&scene.file.history);
    let report = known.iter().find_map(|event| match &event.event {
        Event::ReportReceived(report) if event.event_id == named.event_id => Some(report),
        _ => None,
    });
    let Some(report) = report else {
        return About::default();
    };
    let child = &scene.state().child;
    let told = report.personal.as_ref().map(|personal| &personal.child);
    let told_name = told
        .and_then(|told| told.name.as_ref())
        .map(|name| name.to_string());
    let rows = vec![
        described(
            scene,
            "same-child-told",
            told_name,
            told.and_then(|told| told.birth),
            sex_name(report.facts.child.sex),
        ),
        described(
            scene,
            "same-child-known",
            child.name.clone(),
            child.birth,
            sex_name(child.sex),
        ),
    ];
    About {
        more: rows_of(scene, report),
        ..About::of(rows)
    }
}

fn described(
    scene: &Scene<'_>,
    label: &str,
    name: Option<String>,
    birth: Option<Birth>,
    sex: &str,
) -> SummaryRow {
    let born = birth.map(|birth| match birth {
        Birth::Date(date) => words::date(date.0),
        estimated => {
            let age = estimated.age_on(scene.today()).to_string();
            scene
                .language
                .text_with("same-child-about-age", &[("age", age.into())])
        }
    });
    let name = name.unwrap_or_else(|| scene.t("same-child-no-name"));
    let sex = scene.t(&format!("child-sex-{sex}"));
    let words: Vec<String> = [Some(name), born, Some(sex)]
        .into_iter()
        .flatten()
        .collect();
    let words = words.join(" · ");
    scene.row(label, words)
}
