//! `Diễn biến`: every event of the case, newest first: what, when by both clocks, who as what for
//! which unit, and what changed.

use std::collections::HashMap;

use askama::Template;
use domain::case::events::correction::Part;
use domain::case::{Chapter, Event, Recorded, effective, payload};
use domain::law::ObligationState;
use serde_json::Value;
use uuid::Uuid;

use super::record;
use super::words::role;
use super::{View, words};
use crate::pages::components::{
    Change, FilterPanel, Link, Record, Tag, TagState, Timeline, TimelineEntry,
};
use crate::pages::{PageError, words as said};

/// Events on the page unless all are asked for.
const AT_ONCE: usize = 50;

/// The filters, the events, and the way to the rest of them.
pub struct TimelinePart {
    /// The filters.
    pub filters: FilterPanel,
    /// The events.
    pub timeline: Timeline,
    /// The way to all events, where some are not shown.
    pub all: Option<Link>,
}

#[derive(Template)]
#[template(path = "case/timeline_filter.html")]
struct FilterFields<'a> {
    view: &'a View<'a>,
    kinds: Vec<Choice>,
    agencies: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    text: String,
    chosen: bool,
}

/// Who, as what, for which unit, as they were then.
pub fn who(view: &View<'_>, event: &Recorded) -> String {
    words::who(
        view.frame.language,
        &view.frame.units,
        event,
        view.file.at.date(),
    )
}

pub fn part(view: &View<'_>) -> Result<TimelinePart, PageError> {
    let asked = view.asked;
    let history = &view.file.history;
    let wanted = |event: &&Recorded| {
        asked
            .get("kind")
            .is_none_or(|wanted| event.event.chapter().name() == wanted)
            && asked
                .get("agency")
                .is_none_or(|wanted| event.actor.role.name() == wanted)
    };
    let matching: Vec<&Recorded> = history.iter().rev().filter(wanted).collect();
    let shown = if asked.is("all", "yes") {
        matching.len()
    } else {
        matching.len().min(AT_ONCE)
    };
    let marks = Marks::of(view);
    let entries: Vec<TimelineEntry> = matching
        .iter()
        .take(shown)
        .map(|event| entry(view, event, &marks))
        .collect();
    let filtered = matching.len() < history.len();
    let key = match (shown < matching.len(), filtered) {
        (false, false) => "timeline-all",
        (false, true) => "timeline-filtered",
        (true, _) => "timeline-some",
    };
    let count = view.frame.language.text_with(
        key,
        &[
            ("shown", shown.into()),
            ("matching", matching.len().into()),
            ("total", history.len().into()),
        ],
    );
    Ok(TimelinePart {
        filters: filters(view)?,
        timeline: Timeline {
            count,
            entries,
            old_label: view.frame.t("value-before"),
            new_label: view.frame.t("value-now"),
            details_label: view.frame.t("timeline-details"),
        },
        all: (shown < matching.len()).then(|| Link {
            text: view.frame.t1("timeline-show-all", "count", matching.len()),
            href: format!("{}#case", asked.with("all", "yes")),
        }),
    })
}

/// What has to be known of other events to show one.
struct Marks {
    /// Events that were corrected, with the version of the last correction.
    corrected: HashMap<Uuid, i64>,
    /// Events that ended a step, and whether late.
    ended: HashMap<Uuid, ObligationState>,
    /// Form and article by event.
    basis: HashMap<Uuid, String>,
}

impl Marks {
    fn of(view: &View<'_>) -> Self {
        let mut marks = Self {
            corrected: HashMap::new(),
            ended: HashMap::new(),
            basis: HashMap::new(),
        };
        for event in &view.file.history {
            if let Event::FactCorrected(correction) = &event.event {
                marks
                    .corrected
                    .insert(correction.facts.event_id, event.version);
            }
        }
        for obligation in &view.file.obligations {
            let Some(event) = obligation.ended_by_event else {
                continue;
            };
            let state = obligation.state_at(view.file.at);
            if state == ObligationState::Waived {
                continue;
            }
            let basis = match &obligation.form {
                Some(form) => format!("{form} · {}", obligation.legal_basis),
                None => obligation.legal_basis.clone(),
            };
            marks.basis.entry(event).or_insert(basis);
            let known = marks.ended.entry(event).or_insert(state);
            if state == ObligationState::MetLate {
                *known = state;
            }
        }
        marks
    }
}

fn entry(view: &View<'_>, event: &Recorded, marks: &Marks) -> TimelineEntry {
    let (frame, language) = (view.frame, view.frame.language);
    let mut tags = Vec::new();
    if marks.ended.get(&event.event_id) == Some(&ObligationState::MetLate) {
        tags.push(Tag::new(language, TagState::MetLate));
    }
    let corrected_by = marks.corrected.get(&event.event_id).map(|version| Link {
        text: frame.t("tag-corrected"),
        href: format!("#e{version}"),
    });
    let mut record = match &event.event {
        Event::FactCorrected(_) => Record::default(),
        other => record::of(
            language,
            &frame.units,
            other,
            event.recorded_at.date(),
            view.file.at.date(),
        ),
    };
    for row in &mut record.rows {
        // Officers are named by their accounts.
        if let Some(name) = view.things.find_officer(&row.value) {
            name.clone_into(&mut row.value);
        }
    }
    let (open, folded) = if record.is_short() {
        (record, Record::default())
    } else {
        (Record::default(), record)
    };
    let mut text = String::new();
    let mut changes = Vec::new();
    if let Event::FactCorrected(correction) = &event.event {
        let reason = correction.personal.as_ref().map(|p| p.reason.as_str());
        let reason = reason.map_or_else(|| frame.t("value-erased"), str::to_owned);
        text = frame.t1("correction-reason", "reason", reason);
        changes.push(change(view, event, correction));
    }
    let correctable = match &event.event {
        Event::SameChildAnswered(answer) => view.can(
            "answer-same-child",
            Some(&answer.facts.event_id.to_string()),
        ),
        _ => view.can("correct", Some(&event.event_id.to_string())),
    };
    TimelineEntry {
        id: format!("e{}", event.version),
        what: view.things.sentence(event),
        when: said::both_clocks(language, event.occurred_at.utc(), event.recorded_at.utc()),
        who: who(view, event),
        text,
        changes,
        basis: marks
            .basis
            .get(&event.event_id)
            .cloned()
            .unwrap_or_default(),
        tags,
        corrected_by,
        record: (!open.is_empty()).then_some(open),
        details: (!folded.is_empty()).then_some(folded),
        correct: correctable.then(|| Link {
            text: frame.t("act-correct"),
            href: match &event.event {
                // Where it was wrong, it is answered again.
                Event::SameChildAnswered(answer) => format!(
                    "/cases/{}/acts/answer-same-child?item={}",
                    view.file.id, answer.facts.event_id
                ),
                _ => format!(
                    "/cases/{}/acts/correct?event={}",
                    view.file.id, event.event_id
                ),
            },
        }),
    }
}

/// Old and new value of a correction, and of which event.
fn change(
    view: &View<'_>,
    event: &Recorded,
    correction: &domain::case::Split<
        domain::case::events::correction::CorrectedFacts,
        domain::case::events::correction::CorrectedPersonal,
    >,
) -> Change {
    let (frame, language) = (view.frame, view.frame.language);
    let facts = &correction.facts;
    let index = view
        .file
        .history
        .iter()
        .position(|one| one.event_id == event.event_id);
    let before = &view.file.history[..index.unwrap_or_default()];
    let target = effective(before)
        .into_iter()
        .find(|one| one.event_id == facts.event_id);
    let old = target.as_ref().and_then(|one| {
        if facts.part == Part::Envelope {
            return Some(Value::String(one.occurred_at.to_string()));
        }
        // What stood among the facts may stand in the personal part today.
        let (open, personal) = payload(&one.event);
        let own = personal.as_ref().and_then(|own| own.pointer(&facts.path));
        let open = open
            .pointer(&facts.path)
            .filter(|_| facts.part == Part::Facts);
        open.or(own).cloned()
    });
    let new = correction.value().cloned();
    let event_type = target.as_ref().map_or("", |one| one.event.event_type());
    let day = event.recorded_at.date();
    let say = |value: Option<Value>| {
        value.map_or_else(
            || frame.t("value-none"),
            |value| record::value_at(language, &frame.units, event_type, &facts.path, &value, day),
        )
    };
    let label = record::label_at(language, &facts.path);
    let of = target.as_ref().map(|one| view.things.sentence(one));
    Change {
        label: match of {
            Some(of) => format!("{label} ({of})"),
            None => label,
        },
        old: say(old),
        new: say(new),
    }
}

fn filters(view: &View<'_>) -> Result<FilterPanel, PageError> {
    let (frame, asked) = (view.frame, view.asked);
    let mut roles: Vec<domain::identity::Role> = view
        .file
        .history
        .iter()
        .map(|event| event.actor.role)
        .collect();
    roles.sort();
    roles.dedup();
    let present: Vec<Chapter> = view
        .file
        .history
        .iter()
        .map(|one| one.event.chapter())
        .collect();
    let fields = FilterFields {
        kinds: Chapter::ALL
            .into_iter()
            .filter(|chapter| present.contains(chapter))
            .map(Chapter::name)
            .map(|kind| Choice {
                value: kind,
                text: frame.t(&format!("kind-{kind}")),
                chosen: asked.is("kind", kind),
            })
            .collect(),
        agencies: roles
            .into_iter()
            .map(|one| Choice {
                value: one.name(),
                text: role(frame.language, one),
                chosen: asked.is("agency", one.name()),
            })
            .collect(),
        view,
    };
    let applied = [("kind", "kind-"), ("agency", "by-")]
        .into_iter()
        .filter_map(|(name, prefix)| {
            let value = asked.get(name)?;
            Some(Link {
                text: frame.language.find(&format!("{prefix}{value}"), &[])?,
                href: format!("{}#case", asked.without(name)),
            })
        })
        .collect();
    Ok(FilterPanel {
        title: frame.t("timeline-filter"),
        applied,
        remove: frame.t("filter-remove"),
        action: format!("/cases/{}#case", view.file.id),
        fields: fields
            .render()
            .map_err(|error| PageError::internal(&error))?,
        apply: frame.t("filter-apply"),
    })
}
