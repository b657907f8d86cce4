//! `appraise-listing`: the authority over the facility appraises its list (form 14; Decree 56/2017,
//! art. 45.2).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::placement::{next_placement, stay_about};
use super::yes_no::{as_booleans, yes_no};
use crate::language::Sentence;
use crate::pages::form::{Fault, Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "appraise-listing",
    &["appraise-listing"],
    form,
    |_| json!({ "type": "appraise-listing", "eligible": false, "findings": "-" }),
)
.basis("NĐ 56/2017/NĐ-CP Điều 45 khoản 2")
.fresh(|scene| {
    [("placement_id", next_placement(scene))]
        .into_iter()
        .collect()
})
.renew(|scene, values| values.set("placement_id", next_placement(scene)))
.finish(|_, command| {
    as_booleans(command, &["eligible"]);
    if command["eligible"] == false
        && let Some(fields) = command.as_object_mut()
    {
        // Nobody was found: what the page set for a family falls away with what was chosen for it.
        for of_a_family in ["placement_id", "carer_kind", "carer_unit"] {
            fields.remove(of_a_family);
        }
    }
    if command["eligible"] != true {
        return Vec::new();
    }
    let missing = ["carer_kind", "carer_unit"];
    let missing = missing
        .into_iter()
        .filter(|name| command.get(*name).is_none());
    missing
        .map(|name| {
            Fault::new(
                format!("/{name}"),
                "missing",
                Sentence::key("fault-missing"),
            )
        })
        .collect()
})
.about(stay_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("appraise-listing", "act-appraise-listing-send")
        .section(
            Section::new("appraise", "act-what")
                .field(Field::hidden("placement_id"))
                .field(Field::long_text("findings", "appraise-findings"))
                .field(yes_no("eligible", "appraise-eligible"))
                .field(
                    Field::radios("carer_kind", "carer-kind", choices::carer_kinds())
                        .only_when("when-eligible"),
                )
                .field(
                    Field::unit("carer_unit", "carer-unit")
                        .hint("appraise-unit-hint")
                        .only_when("when-eligible"),
                ),
        )
        .section(occurred())
}
