//! `refer`: the child is referred to a service (Decree 56/2017, art. 29.1.b, 29.4).

use serde_json::json;

use super::act::{Act, Scene, item_about, occurred};
use super::choices;
use super::yes_no::{as_booleans, danger_seen};
use crate::language::Sentence;
use crate::pages::form::{Choice, Fault, Field, Form, Section, Values};
use domain::case::{Item, ItemState};

pub(super) const ACT: Act = Act::new(
    "refer",
    &[],
    form,
    |_| json!({ "type": "refer", "referral_id": "trial", "to_agency": "health", "reason": "-" }),
)
.rests_on(&["danger-hours-from-sight"])
.basis("NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b")
.fresh(|scene| {
    let mut values = Values::default();
    values.set("referral_id", scene.new_id.to_string());
    if let Some(item) = scene.named_item() {
        values.set("item_id", item.facts.id.as_str());
    }
    values
})
.finish(|_, command| {
    as_booleans(command, &["danger_now"]);
    let agency = &mut command["to_agency"];
    if agency["kind"] == "other" {
        if agency.get("name").is_none() {
            let missing = Sentence::key("fault-missing");
            return vec![Fault::new("/to_agency/name", "missing", missing)];
        }
        agency["kind"].take();
    }
    Vec::new()
})
.about(item_about);

fn form(scene: &Scene<'_>) -> Form {
    let items = scene.items(&[ItemState::Planned, ItemState::Started]);
    let mut what = Section::new("what", "refer-section")
        .field(Field::hidden("referral_id"))
        .field(Field::radios(
            "to_agency.kind",
            "refer-kind",
            choices::services(),
        ))
        .field(
            Field::text("to_agency.name", "refer-name")
                .hint("refer-name-hint")
                .only_when("when-other-agency"),
        )
        .field(
            Field::unit("to_agency.unit", "refer-unit")
                .hint("refer-unit-hint")
                .optional(),
        )
        .field(Field::long_text("reason", "refer-reason").hint("refer-reason-hint"))
        .field(
            Field::moment("respond_by", "refer-respond-by")
                .hint("refer-respond-by-hint")
                .optional(),
        );
    if scene.named_item().is_some() {
        what = what.field(Field::hidden("item_id"));
    } else if !items.is_empty() {
        let choice =
            |item: &&Item| Choice::new(item.facts.id.as_str().to_owned(), scene.item_name(item));
        let items = items.iter().map(choice);
        what = what.field(
            Field::radios("item_id", "refer-item", items)
                .unknown()
                .unknown_words("refer-no-item"),
        );
    }
    Form::new("refer", "act-refer-send")
        .section(what.field(danger_seen()))
        .section(occurred())
}
