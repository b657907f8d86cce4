//! What the forms of police and prosecution share: the report of crime and the examinations.

use domain::case::criminal::Examination;

use super::about::report_rows;
use super::act::{About, Scene};
use crate::pages::case::things::Kind;
use crate::pages::form::{Choice, Field, Values};
use crate::pages::words;

/// The next free id of an examination: `g1`, `g2`, ….
pub(super) fn next_exam(scene: &Scene<'_>) -> String {
    let known = &scene.state().criminal.examinations;
    scene.next_id("g", |id| known.iter().any(|exam| exam.id.as_str() == id))
}

/// The examinations that wait for their order, or for their conclusion.
pub(super) fn examinations<'a>(
    scene: &Scene<'a>,
    possible: fn(&Examination) -> bool,
) -> Vec<&'a Examination> {
    let all = scene.file.state.criminal.examinations.iter();
    all.filter(|exam| possible(exam)).collect()
}

/// Grounds were found and it was not ordered yet.
pub(super) fn waits_for_order(exam: &Examination) -> bool {
    exam.ordered_at.is_none()
}

/// It was ordered and there is no conclusion yet.
pub(super) fn waits_for_conclusion(exam: &Examination) -> bool {
    exam.ordered_at.is_some() && exam.concluded_at.is_none()
}

/// What an examination is called: `Giám định thương tích · Quảng Bình`.
pub(in crate::pages) fn exam_name(scene: &Scene<'_>, exam: &Examination) -> String {
    scene.thing(Kind::Exam, &exam.id)
}

/// The examination that the form is about: named by the address, the only one, or chosen.
pub(super) fn exam_field(
    scene: &Scene<'_>,
    possible: fn(&Examination) -> bool,
    another: bool,
) -> Field {
    let exams = examinations(scene, possible);
    let named = scene
        .item
        .is_some_and(|id| exams.iter().any(|exam| exam.id.as_str() == id));
    if named || exams.len() + usize::from(another) <= 1 {
        return Field::hidden("exam_id");
    }
    let choices = exams
        .iter()
        .map(|exam| {
            let since = scene.language.text_with(
                "exam-since",
                &[("at", words::instant(exam.by.at.utc()).into())],
            );
            Choice::new(exam.id.as_str().to_owned(), exam_name(scene, exam)).hint(since)
        })
        .chain(another.then(|| Choice::new(next_exam(scene), "exam-another")));
    Field::radios("exam_id", "exam-which", choices)
}

/// The id that stands in a fresh form.
pub(super) fn exam_values(
    scene: &Scene<'_>,
    possible: fn(&Examination) -> bool,
    another: bool,
) -> Values {
    let exams = examinations(scene, possible);
    let named = scene
        .item
        .filter(|id| exams.iter().any(|exam| exam.id.as_str() == *id));
    let id = match (named, exams.as_slice()) {
        (Some(id), _) => Some(id.to_owned()),
        (None, []) if another => Some(next_exam(scene)),
        (None, [only]) if !another => Some(only.id.as_str().to_owned()),
        _ => None,
    };
    id.map(|id| ("exam_id", id)).into_iter().collect()
}

/// The id for a trial: that of the address, or any.
pub(super) fn exam_trial(scene: &Scene<'_>, possible: fn(&Examination) -> bool) -> String {
    let exams = examinations(scene, possible);
    let first = exams.first().copied();
    let any = first.or(scene.state().criminal.examinations.first());
    scene
        .item
        .or(any.map(|exam| exam.id.as_str()))
        .unwrap_or("-")
        .to_owned()
}

/// The report of crime and what was reported, beside the form.
pub(super) fn criminal_about(scene: &Scene<'_>) -> About {
    let mut rows = Vec::new();
    if let Some(report) = scene.state().criminal.report() {
        rows.push(scene.row("crime-body", scene.unit(&report.unit)));
        rows.push(scene.row("crime-passed-at", words::instant(report.by.at.utc())));
        if let Some(at) = report.investigator_at {
            rows.push(scene.row("crime-investigator-at", words::instant(at.utc())));
        }
        if let Some(until) = report.until {
            rows.push(scene.row("crime-until", words::date(until.date())));
        }
        if let Some(decision) = report.decision {
            let word = scene.word_of("crime-decision", &decision);
            let at = report.decided_at.map(|at| words::instant(at.utc()));
            rows.push(scene.row(
                "crime-decided",
                at.map_or(word.clone(), |at| format!("{word} · {at}")),
            ));
        }
    }
    rows.extend(report_rows(scene));
    About::of(rows)
}

/// The examination, beside the form.
pub(super) fn exam_about(scene: &Scene<'_>) -> About {
    let mut about = criminal_about(scene);
    let id = scene.item.unwrap_or_default();
    let mut exams = scene.state().criminal.examinations.iter();
    if let Some(exam) = exams.find(|exam| exam.id.as_str() == id) {
        about
            .rows
            .insert(0, scene.row("exam-which-short", exam_name(scene, exam)));
    }
    about
}
