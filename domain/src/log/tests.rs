//! A subject of the tests: what it stored in old forms reads as today, and is corrected as it was meant.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Step::{By, Same};
use super::{
    Correction, Corrects, Misfit, Part, Payload, Recorded, Split, effective, events, misfits, read,
};
use crate::identity::{Actor, Role};
use crate::text::{Code, Line};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EatenFacts {
    dish: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bowls: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EatenPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    eater: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectedFacts {
    event_id: Uuid,
    part: Part,
    path: String,
    value: Value,
    revision: Option<i16>,
}

events! {
    /// What happens at table.
    enum Meal {
        /// Somebody ate: revision 2 names the eater in the personal part, 3 calls the meal a dish.
        Eaten(EatenFacts, EatenPersonal) { 1 => By(eater_apart), 2 => By(meal_is_dish), 3 => Same, 4 };
        /// What was written of it was wrong.
        Corrected(CorrectedFacts, super::Nothing) { 1 };
    }
}

impl Meal {
    fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::Eaten(_) | Self::Corrected(_) => None,
        }
    }

    fn corrects(&self) -> Option<Corrects<'_>> {
        let Self::Corrected(Split { facts, .. }) = self else {
            return None;
        };
        Some(Corrects {
            event_id: facts.event_id,
            change: Correction {
                part: facts.part,
                path: &facts.path,
                value: &facts.value,
                revision: facts.revision,
            },
        })
    }
}

fn eater_apart(mut payload: Payload) -> Payload {
    let taken = payload
        .facts
        .as_object_mut()
        .and_then(|facts| facts.remove("eater"));
    if let Some(eater) = taken {
        let own = payload.personal.get_or_insert_with(|| json!({}));
        own["eater"] = eater;
    }
    payload
}

fn meal_is_dish(mut payload: Payload) -> Payload {
    if let Some(facts) = payload.facts.as_object_mut()
        && let Some(meal) = facts.remove("meal")
    {
        facts.insert("dish".to_owned(), meal);
    }
    payload
}

fn recorded(number: u128, event: super::Read<Meal>) -> Recorded<Meal> {
    let at = Instant::parse("2024-03-11T09:20:00+07:00").unwrap();
    Recorded {
        event_id: Uuid::from_u128(number),
        version: 1,
        position: 1,
        occurred_at: at,
        recorded_at: at,
        actor: Actor::new(Role::CommuneOfficer, "19111"),
        event: event.event,
        older: event.older,
        cause: crate::log::Cause::default(),
    }
}

/// The first of a history: a meal in the form of `revision`.
fn eaten(revision: i16) -> Recorded<Meal> {
    let (facts, personal) = match revision {
        1 => (json!({"meal": "pho", "eater": "Lan"}), None),
        2 => (json!({"meal": "pho"}), Some(json!({"eater": "Lan"}))),
        _ => (json!({"dish": "pho"}), Some(json!({"eater": "Lan"}))),
    };
    let personal = personal.map(|own: Value| own.to_string());
    let read = read("Eaten", revision, &facts.to_string(), personal.as_deref());
    recorded(1, read.unwrap())
}

fn correction(
    number: u128,
    revision: Option<i16>,
    part: Part,
    path: &str,
    value: Value,
) -> Recorded<Meal> {
    let event = Meal::Corrected(Split {
        facts: CorrectedFacts {
            event_id: Uuid::from_u128(1),
            part,
            path: path.to_owned(),
            value,
            revision,
        },
        personal: None,
    });
    recorded(number, super::Read { event, older: None })
}

/// Dish, bowls and eater as they are known now.
fn known(history: &[Recorded<Meal>]) -> (String, Option<u8>, Option<String>) {
    let known = effective(history, |_, _, _| true);
    let Meal::Eaten(eaten) = &known[0].event else {
        panic!("{known:?}");
    };
    let own = eaten.personal.as_ref().and_then(|own| own.eater.as_ref());
    let eater = own.map(|eater| eater.as_str().to_owned());
    (
        eaten.facts.dish.as_str().to_owned(),
        eaten.facts.bowls,
        eater,
    )
}

#[test]
fn what_was_stored_in_any_form_reads_as_today() {
    assert_eq!(Meal::TYPES, [("Eaten", 4), ("Corrected", 1)]);
    let all = [1, 2, 3, 4].map(eaten);
    for one in &all {
        assert_eq!(one.event, all[3].event);
        assert_eq!(one.event.event_type(), "Eaten");
    }
    let older = all.map(|one| one.older.map(|older| older.revision));
    assert_eq!(older, [Some(1), Some(2), None, None]);
    for revision in [0, 5] {
        assert!(Meal::decode("Eaten", revision, "{\"dish\":\"pho\"}", None).is_err());
    }
}

#[test]
fn a_correction_means_the_form_that_it_names() {
    let text = |value: &str| json!(value);
    let written = [
        (1, None, Part::Facts, "/meal"),
        (1, Some(2), Part::Facts, "/meal"),
        (1, Some(3), Part::Facts, "/dish"),
        (1, Some(4), Part::Facts, "/dish"),
        (2, Some(1), Part::Facts, "/meal"),
        (2, None, Part::Facts, "/meal"),
        (2, Some(4), Part::Facts, "/dish"),
        (3, None, Part::Facts, "/dish"),
        (4, Some(4), Part::Facts, "/dish"),
    ];
    for (stored, revision, part, path) in written {
        let history = [
            eaten(stored),
            correction(2, revision, part, path, text("bun")),
        ];
        let now = known(&history);
        assert_eq!(
            now,
            ("bun".to_owned(), None, Some("Lan".to_owned())),
            "{stored} {path}"
        );
        assert_eq!(misfits(&history, |_, _, _| true), []);
    }
    // The name was a fact once.
    let facts = correction(2, None, Part::Facts, "/eater", text("Mai"));
    let personal = correction(3, Some(4), Part::Personal, "/eater", text("Hoa"));
    let one = [eaten(1), facts.clone()];
    assert_eq!(known(&one).2.as_deref(), Some("Mai"));
    let both = [eaten(1), facts.clone(), personal.clone()];
    assert_eq!(known(&both).2.as_deref(), Some("Hoa"));
    // Each in the turn of its form, in whatever order they stand.
    assert_eq!(
        known(&[eaten(1), personal, facts]).2.as_deref(),
        Some("Hoa")
    );
}

#[test]
fn a_correction_that_fits_no_longer_changes_nothing_and_is_named() {
    let fine = correction(2, None, Part::Facts, "/bowls", json!(2));
    let wrong = [
        correction(3, Some(4), Part::Facts, "/meal", json!("bun")),
        correction(4, Some(4), Part::Facts, "/bowls", json!("many")),
        correction(5, Some(5), Part::Facts, "/dish", json!("bun")),
        correction(6, Some(4), Part::Envelope, "/occurred_at", json!("noon")),
    ];
    let mut history = vec![eaten(1), fine];
    history.extend(wrong);
    let mut stray = correction(7, None, Part::Facts, "/dish", json!("bun"));
    if let Meal::Corrected(correction) = &mut stray.event {
        correction.facts.event_id = Uuid::from_u128(99);
    }
    history.push(stray);
    assert_eq!(
        known(&history),
        ("pho".to_owned(), Some(2), Some("Lan".to_owned()))
    );
    let found = misfits(&history, |_, _, _| true);
    let numbers: Vec<_> = found
        .iter()
        .map(|misfit| misfit.correction.as_u128())
        .collect();
    assert_eq!(numbers, [3, 4, 5, 6, 7]);
    let first = Misfit {
        correction: Uuid::from_u128(3),
        event_id: Uuid::from_u128(1),
        part: Part::Facts,
        path: "/meal".to_owned(),
    };
    assert_eq!(found[0], first);
}

#[test]
fn a_correction_that_does_not_count_changes_nothing_but_fits() {
    let history = [
        eaten(1),
        correction(2, None, Part::Facts, "/meal", json!("bun")),
        correction(3, Some(4), Part::Facts, "/bowls", json!(2)),
        correction(4, Some(4), Part::Facts, "/dish", json!("com")),
    ];
    let dish = |meal: &Recorded<Meal>| match &meal.event {
        Meal::Eaten(eaten) => eaten.facts.dish.as_str().to_owned(),
        Meal::Corrected(_) => panic!("{meal:?}"),
    };
    let waits = Uuid::from_u128(2);
    let mut asked = Vec::new();
    let now = effective(&history, |before, after, id| {
        asked.push((id.as_u128(), dish(before), dish(after)));
        id != waits
    });
    assert_eq!(dish(&now[0]), "com");
    // Each is asked for with what counted before it, in the form of today.
    let text = |dish: &str| dish.to_owned();
    let expected = [
        (2, text("pho"), text("bun")),
        (3, text("pho"), text("pho")),
        (4, text("pho"), text("com")),
    ];
    assert_eq!(asked, expected);
    let now = effective(&history[..3], |_, _, id| id != waits);
    assert_eq!(dish(&now[0]), "pho");
    assert_eq!(misfits(&history, |_, _, id| id != waits), []);
}

#[test]
fn what_is_hidden_from_a_reader_does_not_come_back_with_a_correction() {
    let change = correction(2, None, Part::Facts, "/bowls", json!(2));
    for place in ["/eater", ""] {
        let mut eaten = eaten(1);
        if let Meal::Eaten(eaten) = &mut eaten.event {
            eaten.personal = None;
        }
        eaten.hide(place);
        let now = known(&[eaten, change.clone()]);
        assert_eq!(now, ("pho".to_owned(), Some(2), None));
    }
}
