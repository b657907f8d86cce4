//! Each form of a case is held against the description of its command: in the cases of the demonstration, before
//! each act that was done in them, and as they stand in the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::case::{Case, Command};
use domain::time::Instant;
use domain::unit::Units;
use eventstore::Database;
use serde_json::Value;
use uuid::Uuid;

use super::{ACTS, Act, Scene, find};
use crate::access::Officer;
use crate::application::{Application, AsOf};
use crate::clock::ManualClock;
use crate::demonstration::{DemoCase, generate};
use crate::ids::RandomIds;
use crate::language::Language;
use crate::pages::case::things::Things;
use crate::pages::form::described::{Apart, misfits};
use crate::rules::Rules;
use crate::units::UnitRegister;

/// What a form does beside asking: see [`Apart`]. Everything else is a field of the command.
const APART: &[(&str, Apart)] = &[
    // The words typed beside a list, or a unit that is not among the likely ones.
    ("admit-to-facility", own(&["other_unit"])),
    ("lift-separation", own(&["other_placement"])),
    ("order-forensic-exam", own(&["other_unit"])),
    ("pass-crime-report", own(&["other_unit"])),
    ("record-court-decision", own(&["other_decision"])),
    ("request-court-order", own(&["other_request", "other_unit"])),
    // What was ticked and what was typed are one list, that may stay empty only where both are.
    (
        "apply-emergency-measure",
        both(&["other_measures", "other_agencies"], &["measures"]),
    ),
    (
        "hold-case-meeting",
        both(&["other_measures"], &["measures"]),
    ),
    // One choice names the event and what speaks against it.
    (
        "answer-contradiction",
        both(&["contradiction"], &["event_id", "against"]),
    ),
    // The role is that of the colleague.
    ("assign-officer", filled(&["role"])),
    ("relieve-officer", filled(&["role"])),
    // As it was proposed, or as it is where the child is cared for elsewhere.
    ("decide-placement", filled(&["carer_kind", "carer_unit"])),
    // The register of units says which act from when.
    (
        "pass-competence",
        filled(&["to_unit", "legal_act", "effective"]),
    ),
    // A head of the form that says nothing is an empty text.
    (
        "record-detailed-assessment",
        filled(&[
            "content.a",
            "content.b",
            "content.c",
            "content.d",
            "content.e",
            "content.f",
            "content.g",
            "content.h",
        ]),
    ),
];

const fn both(own: &'static [&'static str], filled: &'static [&'static str]) -> Apart {
    Apart { own, filled }
}

const fn own(own: &'static [&'static str]) -> Apart {
    both(own, &[])
}

const fn filled(filled: &'static [&'static str]) -> Apart {
    both(&[], filled)
}

fn apart(command: &str) -> Apart {
    let mut all = APART.iter();
    let known = all.find(|(known, _)| *known == command);
    known.map_or(Apart::NOTHING, |(_, apart)| *apart)
}

/// Holds forms against what is described.
struct Holder {
    application: Application,
    clock: Arc<ManualClock>,
    units: UnitRegister,
    schemas: HashMap<&'static str, Value>,
    /// What was found, by command.
    found: BTreeMap<&'static str, BTreeSet<String>>,
    /// What would be found without [`APART`].
    without: BTreeMap<&'static str, BTreeSet<String>>,
    /// The commands whose form was asked for before somebody gave them.
    given: BTreeSet<&'static str>,
}

impl Holder {
    fn hold(&mut self, act: &Act, case: &Case, id: Uuid, command: &Value, scene: Of<'_>) {
        let file = self
            .application
            .looked_at(scene.officer, id, case.clone(), AsOf::Now);
        let Ok(file) = file else {
            return;
        };
        let things = Things::of(Language::Vi, &file, HashMap::new());
        let scene = Scene {
            file: &file,
            officer: scene.officer,
            application: &self.application,
            colleagues: &[],
            substitutions: &[],
            units: &self.units,
            things: &things,
            language: Language::Vi,
            item: scene.item,
            event: event(command),
            new_id: Uuid::nil(),
        };
        let form = (act.form)(&scene);
        let schema = &self.schemas[act.command];
        let known = misfits(&form, schema, apart(act.command));
        self.found.entry(act.command).or_default().extend(known);
        let all = misfits(&form, schema, Apart::NOTHING);
        self.without.entry(act.command).or_default().extend(all);
    }

    /// The forms of what was done in a case, each before it was done, and of everything at its end.
    fn walk(&mut self, told: &DemoCase) {
        let mut case = Case::new(Units::shipped());
        for step in &told.steps {
            let command = &step.command;
            let officer = Officer::signed_in(&step.actor);
            let act = find(command["type"].as_str().unwrap_or_default());
            self.clock.set(step.at.utc());
            if let Some(act) = act {
                self.given.insert(act.command);
                for item in [None, item(command)] {
                    let officer = &officer;
                    self.hold(act, &case, told.id, command, Of { officer, item });
                }
            }
            for event in &step.events {
                case = case.evolve(event.clone());
            }
        }
        if let Some(last) = told.steps.last() {
            let officer = &Officer::signed_in(&last.actor);
            for (act, _) in ACTS {
                self.hold(
                    act,
                    &case,
                    told.id,
                    &Value::Null,
                    Of {
                        officer,
                        item: None,
                    },
                );
            }
        }
    }
}

/// Of what a form is, and who looks at it.
struct Of<'a> {
    officer: &'a Officer,
    item: Option<&'a str>,
}

/// What the address of the form would have named.
fn item(command: &Value) -> Option<&str> {
    let names = [
        "item_id",
        "referral_id",
        "exam_id",
        "placement_id",
        "event_id",
    ];
    names.iter().find_map(|name| command[*name].as_str())
}

/// The event and the value in it that are corrected.
fn event(command: &Value) -> Option<(Uuid, &str)> {
    let id = Uuid::parse_str(command["event_id"].as_str()?).ok()?;
    Some((id, command["path"].as_str()?))
}

#[tokio::test]
async fn every_form_asks_for_what_its_command_has() {
    let until = Instant::parse("2026-11-24T09:40:00+07:00").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/noi.db", folder.path().display());
    let database = Database::connect(&url).await.unwrap();
    database.migrate().await.unwrap();
    let clock = Arc::new(ManualClock::at(until.utc()));
    let ids = Arc::new(RandomIds);
    let mut holder = Holder {
        application: Application::start(database, Rules::shipped(), clock.clone(), ids),
        clock,
        units: UnitRegister::new(Units::shipped()),
        schemas: Command::schemas().into_iter().collect(),
        found: BTreeMap::new(),
        without: BTreeMap::new(),
        given: BTreeSet::new(),
    };
    for told in generate(Units::shipped(), 111, 120, until).unwrap() {
        holder.walk(&told);
    }
    holder.application.close().await;
    assert_eq!(holder.found.len(), ACTS.len(), "each form was looked at");
    assert!(holder.given.len() > 55, "{:?}", holder.given);
    holder.found.retain(|_, misfits| !misfits.is_empty());
    assert!(holder.found.is_empty(), "{:#?}", holder.found);
    for (command, apart) in APART {
        for path in apart.own.iter().chain(apart.filled) {
            let mut all = holder.without[command].iter();
            let needed = all.any(|line| line.starts_with(&format!("{path}:")));
            assert!(needed, "{command}: {path} is a field like the others");
        }
    }
}
