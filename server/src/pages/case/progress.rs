//! How far the procedure has come: its steps in order, each with its state in words, when, by whom,
//! and whether in time.

use domain::case::Recorded;
use domain::law::Obligation;
use projections::Outcome;
use uuid::Uuid;

use super::View;
use super::words::{actor_name, role_of_unit, say};
use crate::pages::components::{StepItem, StepState, Steps, Tag, TagState};
use crate::pages::words;

/// Steps that every case goes through; the others are shown where they arose.
const MAIN: &[&str] = &[
    "record-report",
    "verify-report",
    "initial-assessment",
    "detailed-assessment",
    "case-meeting",
    "submit-plan",
    "approve-plan",
    "carry-out",
    "review-plan",
    "close-case",
];

/// The progress of a case, and how many of the steps shown are done.
pub struct Progress {
    /// The steps.
    pub steps: Steps,
    /// `Đã xong 3 trong 10 bước · vòng 2`.
    pub summary: String,
}

/// The steps of the round that is going on; of earlier rounds only what is still open.
pub fn progress(view: &View<'_>) -> Progress {
    let frame = view.frame;
    let procedure = &view.state.application.procedure;
    let closed = view.file.state.closure.is_some();
    let mut items = Vec::new();
    for step in &procedure.steps {
        let all: Vec<&Obligation> = view
            .file
            .obligations
            .iter()
            .filter(|obligation| obligation.step == step.id)
            .collect();
        let of_round: Vec<&Obligation> = match all.iter().map(|o| o.cycle).max() {
            Some(last) => all.iter().copied().filter(|o| o.cycle == last).collect(),
            None => Vec::new(),
        };
        // A later round begins again with the plan: what comes before stays as it was done.
        let name = say(frame.language, &step.name);
        if of_round.is_empty() {
            // Who sees one side is not told that the steps of others have not come: they may have.
            if MAIN.contains(&step.id.as_str()) && !closed && !view.file.partial {
                items.push(later(view, name));
            }
            continue;
        }
        items.push(shown(view, name, &of_round));
    }
    let done = items
        .iter()
        .filter(|item| item.state == StepState::Done)
        .count();
    let mut summary = frame.language.text_with(
        "progress-summary",
        &[("done", done.into()), ("all", items.len().into())],
    );
    if view.file.state.cycle > 1 {
        summary = format!(
            "{summary} · {}",
            frame.t1("round", "n", view.file.state.cycle)
        );
    }
    Progress {
        steps: Steps {
            label: frame.t("progress"),
            items,
        },
        summary,
    }
}

fn later(view: &View<'_>, text: String) -> StepItem {
    StepItem {
        text,
        state: StepState::Later,
        state_words: view.frame.t("step-later"),
        detail: String::new(),
        tag: None,
        href: None,
    }
}

fn shown(view: &View<'_>, text: String, obligations: &[&Obligation]) -> StepItem {
    let (frame, language, now) = (view.frame, view.frame.language, view.file.at);
    let outcomes: Vec<Outcome> = obligations.iter().map(|o| Outcome::of(o, now)).collect();
    let has = |outcome| outcomes.contains(&outcome);
    let open = obligations.iter().filter(|o| o.is_open()).count();
    let last = obligations.iter().max_by_key(|o| (o.ended_at, o.opened_at));
    let (state, tag) = if open > 0 {
        let late = has(Outcome::Overdue).then_some(TagState::Overdue);
        (StepState::Now, late)
    } else if has(Outcome::Overdue) || has(Outcome::Late) {
        (StepState::Done, Some(TagState::MetLate))
    } else if has(Outcome::WaivedLate) {
        (StepState::Done, Some(TagState::WaivedLate))
    } else if has(Outcome::Corrected) {
        (StepState::Done, Some(TagState::Corrected))
    } else if has(Outcome::Met) {
        let timed = obligations.iter().any(|o| o.due_at.is_some());
        (StepState::Done, timed.then_some(TagState::Met))
    } else {
        (StepState::Done, Some(TagState::NotApplicable))
    };
    let mut details = Vec::new();
    let mut href = None;
    let state_words = if open > 0 {
        if let Some(first) = obligations.iter().find(|o| o.is_open()) {
            let owner = &first.accountable;
            let unit = owner.unit.as_deref();
            details.push(role_of_unit(
                language,
                &frame.units,
                owner.role,
                unit,
                now.date(),
            ));
        }
        if obligations.len() > 1 {
            let counts = [
                ("done", (obligations.len() - open).into()),
                ("all", obligations.len().into()),
            ];
            details.push(language.text_with("step-items", &counts));
        }
        frame.t("step-now")
    } else if let Some(last) = last {
        let at = last.ended_at.unwrap_or(last.opened_at);
        if let Some(why) = &last.waived_because {
            details.push(say(language, why));
        }
        if let Some(event) = last.ended_by_event.and_then(|id| view.event(id)) {
            details.push(who(view, event));
            href = Some(view.tab_address("timeline", &format!("e{}", event.version)));
        }
        let at = words::instant(at.utc());
        if Outcome::DONE.into_iter().any(has) {
            frame.t1("step-done", "at", at)
        } else {
            at
        }
    } else {
        String::new()
    };
    if obligations.iter().any(|o| o.cycle != view.file.state.cycle) || view.file.state.cycle > 1 {
        let round = obligations.iter().map(|o| o.cycle).max().unwrap_or(1);
        details.push(frame.t1("round", "n", round));
    }
    StepItem {
        text,
        state,
        state_words,
        detail: details.join(" · "),
        tag: tag.map(|state| Tag::new(language, state)),
        href,
    }
}

fn who(view: &View<'_>, event: &Recorded) -> String {
    let language = view.frame.language;
    match actor_name(language, &event.actor) {
        Some(name) => name,
        None => role_of_unit(
            language,
            &view.frame.units,
            event.actor.role,
            event.actor.unit.as_deref(),
            event.recorded_at.date(),
        ),
    }
}

impl View<'_> {
    /// The event with this id.
    pub fn event(&self, id: Uuid) -> Option<&Recorded> {
        self.file.history.iter().find(|event| event.event_id == id)
    }
}
