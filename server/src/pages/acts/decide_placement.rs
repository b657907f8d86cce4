//! `decide-placement`: the chair of the carer's commune decides that the child is cared for there (form
//! 12; Decree 56/2017, art. 42.7). In a separation the family need not be verified first (art. 32.4).

use domain::case::care::PlacementStage;
use domain::identity::Birth;
use serde_json::{Value, json};

use super::act::{Act, Scene, occurred};
use super::choices;
use super::placement::{next_placement, own_placements, placement_about, placement_name, subject};
use crate::language::Sentence;
use crate::pages::form::{Choice, Fault, Field, Form, Section, Values};

const POSSIBLE: &[PlacementStage] = &[PlacementStage::Verified];

pub(super) const ACT: Act = Act::new("decide-placement", &["decide-placement"], form, trial)
    .basis("NĐ 56/2017/NĐ-CP Điều 42 khoản 7; Luật Trẻ em 2016 Điều 63, Điều 66")
    .fresh(fresh)
    .renew(|scene, values| {
        let known = &scene.state().care.placements;
        let decided = |id: &str| {
            let mut all = known.iter();
            all.any(|one| one.id.as_str() == id && one.stage != PlacementStage::Verified)
        };
        if decided(values.first("placement_id")) {
            values.set("placement_id", next_placement(scene));
        }
    })
    .finish(finish)
    .about(placement_about);

/// In a separation the child may go to a family that was not verified yet.
fn another(scene: &Scene<'_>) -> bool {
    scene.state().separation().is_some()
}

fn form(scene: &Scene<'_>) -> Form {
    let own = own_placements(scene, POSSIBLE);
    let mut what = Section::new("placement", "act-what");
    let choices = own.len() + usize::from(another(scene));
    let named = scene.item.is_some() && subject(scene, POSSIBLE).is_some();
    what = if choices <= 1 || named {
        what.field(Field::hidden("placement_id"))
    } else {
        let verified = own
            .iter()
            .map(|one| Choice::new(one.id.as_str().to_owned(), placement_name(scene, one)));
        let new = another(scene).then(|| {
            Choice::new(next_placement(scene), "placement-another").hint("placement-another-hint")
        });
        what.field(Field::radios(
            "placement_id",
            "placement-which",
            verified.chain(new),
        ))
    };
    if another(scene) && !named {
        what = what.field(
            Field::radios("carer_kind", "carer-kind", choices::carer_kinds())
                .hint("carer-kind-if-another")
                .only_when("when-another-family"),
        );
    }
    let what = what
        .field(
            Field::text("carer", "carer-name")
                .hint("carer-name-hint")
                .optional(),
        )
        .field(
            Field::text("decision_number", "decision-number")
                .hint("decision-number-hint")
                .max(80),
        );
    let asked = Section::new("asked", "placement-asked-section")
        .field(
            Field::radios("parental_consent", "placement-consent", choices::consents())
                .hint("placement-consent-hint"),
        )
        .field(
            Field::long_text("consent_note", "placement-consent-note").only_when("when-no-consent"),
        )
        .field(child_views(scene));
    Form::new("decide-placement", "act-decide-placement-send")
        .section(what)
        .section(asked)
        .section(occurred())
}

/// A child of 7 or older must be asked (Law on Children, art. 63.1); where the age is only guessed, it is
/// not demanded.
fn child_views(scene: &Scene<'_>) -> Field {
    let views =
        Field::long_text("child_views", "placement-child-views").hint("placement-child-views-hint");
    match scene.state().child.birth {
        Some(birth @ Birth::Date(_)) if birth.age_on(scene.today()) >= 7 => views,
        Some(Birth::Date(_)) => views.optional(),
        _ => views.only_when("when-seven"),
    }
}

fn fresh(scene: &Scene<'_>) -> Values {
    let mut values = Values::default();
    if let Some(one) = subject(scene, POSSIBLE).filter(|_| !another(scene) || scene.item.is_some())
    {
        values.set("placement_id", one.id.as_str());
    } else if own_placements(scene, POSSIBLE).is_empty() {
        values.set("placement_id", next_placement(scene));
    }
    values
}

fn trial(scene: &Scene<'_>) -> Value {
    let verified = own_placements(scene, POSSIBLE)
        .first()
        .map(|one| one.id.clone());
    let id = match (scene.item, verified) {
        (Some(id), _) => id.to_owned(),
        (None, Some(id)) => id.as_str().to_owned(),
        (None, None) => next_placement(scene),
    };
    json!({
        "type": "decide-placement", "placement_id": id, "carer_kind": "relatives",
        "carer_unit": scene.officer.unit, "decision_number": "-", "parental_consent": "given",
        "child_views": "-",
    })
}

/// A family that was verified is known by its id; another one lives in the commune of the chair.
fn finish(scene: &Scene<'_>, command: &mut Value) -> Vec<Fault> {
    let id = command["placement_id"].as_str().unwrap_or_default();
    let mut all = scene.state().care.placements.iter();
    if let Some(known) = all.find(|one| one.id.as_str() == id) {
        command["carer_kind"] = json!(known.carer_kind);
        command["carer_unit"] = json!(known.carer_unit);
        return Vec::new();
    }
    command["carer_unit"] = json!(scene.officer.unit);
    if command.get("carer_kind").is_none() {
        let missing = Sentence::key("fault-missing");
        return vec![Fault::new("/carer_kind", "missing", missing)];
    }
    Vec::new()
}
