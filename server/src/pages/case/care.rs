//! `Chăm sóc thay thế`: the families who care or were asked, with the follow-ups that were done and the
//! next one, and the stays in a facility.

use std::borrow::Cow;

use domain::case::care::{FacilityStay, Placement};
use domain::case::{Event, Recorded, effective};
use domain::law::Obligation;

use super::acts::Place;
use super::summary::block;
use super::{Block, Section, Thing, View};
use crate::pages::acts::placement_name;
use crate::pages::components::{Tag, TagState};
use crate::pages::words as said;
use crate::words::{Timing, lower_first};

/// Whether there is anything to show.
pub fn has_content(view: &View<'_>) -> bool {
    let care = &view.file.state.care;
    !care.placements.is_empty() || !care.stays.is_empty()
}

pub fn sections(view: &View<'_>) -> Vec<Section> {
    let known = effective(&view.file.history);
    vec![placements(view, &known), stays(view, &known)]
}

/// The placement that an event is about.
fn placement_of(event: &Event) -> Option<&str> {
    let id = match event {
        Event::PlacementProposed(e) => &e.facts.placement_id,
        Event::CarerVerified(e) => &e.facts.placement_id,
        Event::PlacementDecided(e) => &e.facts.placement_id,
        Event::ChildHandedOver(e) => &e.facts.placement_id,
        Event::PlacementFollowedUp(e) => &e.facts.placement_id,
        Event::PlacementEnded(e) => &e.facts.placement_id,
        _ => return None,
    };
    Some(id.as_str())
}

fn placements(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let all = &view.file.state.care.placements;
    let mut section = Section::new(frame.t("section-placements"));
    section.empty = frame.t("placements-none");
    section.count = Some(all.len());
    for placement in all {
        let id = placement.id.as_str();
        section.blocks.push(Block::Thing(thing(view, placement)));
        let events = known.iter().map(Cow::as_ref);
        let mine = events.filter(|event| placement_of(&event.event) == Some(id));
        section.blocks.extend(mine.map(|event| block(view, event)));
    }
    let new = view.acts_at(Place::NewPlacement, None);
    if !new.is_empty() {
        section.blocks.push(Block::Acts(new));
    }
    section
}

fn thing(view: &View<'_>, placement: &Placement) -> Thing {
    let frame = view.frame;
    let scene = view.scene(None);
    let id = placement.id.as_str();
    let owed: Vec<&Obligation> = view
        .file
        .obligations
        .iter()
        .filter(|o| o.item.as_deref() == Some(id))
        .collect();
    let mut lines = vec![scene.word_of("carer-kind", &placement.carer_kind)];
    if let Some(at) = placement.handed_over_at {
        lines.push(format!(
            "{}: {}",
            frame.t("placement-handed-over"),
            said::instant(at.utc())
        ));
    }
    let turns = owed.iter().filter(|o| o.step == "placement-follow-up");
    lines.extend(turns.filter_map(|turn| follow_up(view, turn)));
    let now = view.file.at;
    let late = owed
        .iter()
        .any(|o| o.is_open() && Timing::of(o, false).overdue(now.utc()));
    Thing {
        title: placement_name(&scene, placement),
        state: format!(
            "{} · {}",
            scene.word_of("placement-stage", &placement.stage),
            said::instant(placement.by.at.utc())
        ),
        tag: late.then(|| Tag::new(frame.language, TagState::Overdue)),
        lines,
        acts: view.acts_at(Place::Placement, Some(id)),
    }
}

/// A turn of the follow-up: done when and how, or by when it is due.
fn follow_up(view: &View<'_>, turn: &Obligation) -> Option<String> {
    let language = view.frame.language;
    let which = turn_words(view, turn)?;
    if turn.waived_because.is_some() {
        return None;
    }
    let done = turn.ended_by_event.and_then(|id| view.event(id));
    if let Some(event) = done {
        let seen = match &event.event {
            Event::PlacementFollowedUp(e) if e.facts.child_seen => "follow-up-seen",
            _ => "follow-up-not-seen",
        };
        let late = turn.state_at(view.file.at) == domain::law::ObligationState::MetLate;
        let mut line = language.text_with(
            "follow-up-done",
            &[
                ("turn", which.into()),
                ("at", said::instant(event.occurred_at.utc()).into()),
                ("seen", view.frame.t(seen).into()),
            ],
        );
        if late {
            line = format!("{line} · {}", lower_first(&view.frame.t("tag-late")));
        }
        return Some(line);
    }
    let calendar = &view.state.application.calendar;
    let due = Timing::of(turn, false).words(language, view.file.at.utc(), calendar);
    Some(language.text_with(
        "follow-up-next",
        &[("turn", which.into()), ("due", lower_first(&due).into())],
    ))
}

/// Which turn of a series: `sau 3 tháng`.
pub fn turn_words(view: &View<'_>, owed: &Obligation) -> Option<String> {
    let turn = owed.turn?;
    let procedure = &view.state.application.procedure;
    let step = procedure.step(&owed.step)?;
    let months = step.series.as_ref()?.months(turn);
    Some(match months {
        1 => view.frame.t("turn-month"),
        months => view.frame.t1("turn-months", "months", months),
    })
}

fn stays(view: &View<'_>, known: &[Cow<'_, Recorded>]) -> Section {
    let frame = view.frame;
    let all = &view.file.state.care.stays;
    let mut section = Section::new(frame.t("section-stays"));
    section.empty = frame.t("stays-none");
    section.count = Some(all.len());
    let mut names = known.iter().filter_map(|event| match &event.event {
        Event::AdmittedToFacility(e) => Some(e.personal.as_ref().map(|own| own.facility.as_str())),
        _ => None,
    });
    for stay in all {
        let name = names.next().flatten();
        section
            .blocks
            .push(Block::Thing(stay_thing(view, stay, name)));
    }
    let types = [
        "AdmittedToFacility",
        "AdmissionPapersCompleted",
        "ListedForPlacement",
        "ListingAppraised",
        "FacilityCareEnded",
    ];
    let events = known.iter().map(Cow::as_ref);
    let events = events.filter(|event| types.contains(&event.event.event_type()));
    section
        .blocks
        .extend(events.map(|event| block(view, event)));
    let new = view.acts_at(Place::NewStay, None);
    if !new.is_empty() {
        section.blocks.push(Block::Acts(new));
    }
    section
}

fn stay_thing(view: &View<'_>, stay: &FacilityStay, name: Option<&str>) -> Thing {
    let frame = view.frame;
    let scene = view.scene(None);
    let unit = scene.unit(&stay.unit);
    let mut lines = vec![scene.word_of("facility-level", &stay.level)];
    for (key, at) in [
        ("facility-admitted", Some(stay.by.at)),
        ("facility-papers", stay.papers_at),
        ("facility-listed", stay.listed_at),
        ("facility-appraised", stay.appraised_at),
        ("facility-ended", stay.ended_at),
    ] {
        if let Some(at) = at {
            lines.push(format!("{}: {}", frame.t(key), said::instant(at.utc())));
        }
    }
    Thing {
        title: name.map_or_else(|| unit.clone(), |name| format!("{name} · {unit}")),
        state: frame.t(if stay.ended_at.is_some() {
            "stay-ended"
        } else {
            "stay-running"
        }),
        tag: None,
        lines,
        acts: if stay.ended_at.is_some() {
            Vec::new()
        } else {
            view.acts_at(Place::Stay, None)
        },
    }
}
