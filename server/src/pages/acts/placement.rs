//! What the forms of alternative care share: the placements and the stay in a facility.

use domain::case::care::{Placement, PlacementStage};
use domain::case::{Event, effective};

use super::act::{About, Scene};
use crate::pages::case::things::Kind;
use crate::pages::form::{Choice, Field, Values};
use crate::pages::words;

/// The next free id of a placement: `c1`, `c2`, ….
pub(super) fn next_placement(scene: &Scene<'_>) -> String {
    let known = &scene.state().care.placements;
    scene.next_id("c", |id| known.iter().any(|one| one.id.as_str() == id))
}

/// The placements at one of these stages whose carer lives in the unit of the officer.
pub(super) fn own_placements<'a>(
    scene: &Scene<'a>,
    stages: &[PlacementStage],
) -> Vec<&'a Placement> {
    let all = scene.file.state.care.placements.iter();
    // The same unit, whatever it was called meanwhile.
    let units = scene.application.units();
    let own = |one: &&Placement| units.same(&one.carer_unit, &scene.officer.unit);
    all.filter(|one| stages.contains(&one.stage) && own(one))
        .collect()
}

/// What a placement is called: the carer by name where it is known, and their commune.
pub(in crate::pages) fn placement_name(scene: &Scene<'_>, placement: &Placement) -> String {
    scene.thing(Kind::Placement, &placement.id)
}

/// The placement that the form is about: named by the address, the only one, or chosen.
pub(super) fn placement_field(scene: &Scene<'_>, stages: &[PlacementStage]) -> Field {
    let own = own_placements(scene, stages);
    let named = scene
        .item
        .is_some_and(|id| own.iter().any(|one| one.id.as_str() == id));
    if named || own.len() <= 1 {
        return Field::hidden("placement_id");
    }
    let choice = |one: &&Placement| {
        let stage = scene.word_of("placement-stage", &one.stage);
        Choice::new(one.id.as_str().to_owned(), placement_name(scene, one)).hint(stage)
    };
    Field::radios("placement_id", "placement-which", own.iter().map(choice))
}

/// The id that stands in a fresh form.
pub(super) fn placement_values(scene: &Scene<'_>, stages: &[PlacementStage]) -> Values {
    subject(scene, stages)
        .map(|one| ("placement_id", one.id.as_str()))
        .into_iter()
        .collect()
}

/// The placement of the address, or the only one that is possible.
pub(super) fn subject<'a>(scene: &Scene<'a>, stages: &[PlacementStage]) -> Option<&'a Placement> {
    let own = own_placements(scene, stages);
    let named = scene
        .item
        .and_then(|id| own.iter().copied().find(|one| one.id.as_str() == id));
    named.or(match own.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The id for a trial: that of the address, or any that is possible, or any.
pub(super) fn placement_trial(scene: &Scene<'_>, stages: &[PlacementStage]) -> String {
    let own = own_placements(scene, stages);
    let any = own
        .first()
        .copied()
        .or(scene.state().care.placements.last());
    scene
        .item
        .or(any.map(|one| one.id.as_str()))
        .unwrap_or("-")
        .to_owned()
}

/// The placement of the address, or the last one, beside the form.
pub(super) fn placement_about(scene: &Scene<'_>) -> About {
    let all = &scene.state().care.placements;
    let named = scene
        .item
        .and_then(|id| all.iter().find(|one| one.id.as_str() == id));
    let Some(placement) = named.or(all.last()) else {
        return About::default();
    };
    let mut rows = vec![
        scene.row("placement-which-short", placement_name(scene, placement)),
        scene.row(
            "placement-stage",
            scene.word_of("placement-stage", &placement.stage),
        ),
        scene.row("placement-since", words::instant(placement.by.at.utc())),
    ];
    // What was said and found before: on it the next step rests.
    for event in effective(&scene.file.history).iter() {
        let (key, said) = match &event.event {
            Event::PlacementProposed(e) if e.facts.placement_id == placement.id => (
                "placement-reason-short",
                e.personal.as_ref().map(|own| own.reason.as_str()),
            ),
            Event::CarerVerified(e) if e.facts.placement_id == placement.id => (
                "carer-findings-short",
                e.personal.as_ref().map(|own| own.findings.as_str()),
            ),
            _ => continue,
        };
        rows.extend(said.map(|said| scene.row(key, said)));
    }
    if let Some(at) = placement.handed_over_at {
        rows.push(scene.row("placement-handed-over", words::instant(at.utc())));
    }
    if placement.follow_ups > 0 {
        rows.push(scene.row("placement-follow-ups", placement.follow_ups.to_string()));
    }
    About::of(rows)
}

/// The stay in a facility, beside the form.
pub(super) fn stay_about(scene: &Scene<'_>) -> About {
    let Some(stay) = scene.state().care.stays.last() else {
        return About::default();
    };
    let known = effective(&scene.file.history);
    let name = known.iter().rev().find_map(|event| match &event.event {
        Event::AdmittedToFacility(e) => e.personal.as_ref().map(|own| own.facility.clone()),
        _ => None,
    });
    let mut rows = Vec::new();
    if let Some(name) = name {
        rows.push(scene.row("facility-name", name.as_str()));
    }
    rows.push(scene.row("facility-unit-short", scene.unit(&stay.unit)));
    rows.push(scene.row("facility-admitted", words::instant(stay.by.at.utc())));
    for (key, at) in [
        ("facility-papers", stay.papers_at),
        ("facility-listed", stay.listed_at),
        ("facility-appraised", stay.appraised_at),
        ("facility-ended", stay.ended_at),
    ] {
        if let Some(at) = at {
            rows.push(scene.row(key, words::instant(at.utc())));
        }
    }
    About::of(rows)
}
