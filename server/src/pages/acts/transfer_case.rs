//! `transfer-case`: the commune that holds the case offers it to another (Law on Children, art. 52.2).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::report_about;
use super::transfer::another_commune;
use crate::pages::form::{Field, Form, Section, Values};

pub(super) const ACT: Act = Act::new(
    "transfer-case",
    &[],
    form,
    |scene| json!({ "type": "transfer-case", "to_unit": another_commune(scene), "reason": "-" }),
)
.basis("Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26")
.fresh(|scene| {
    let state = scene.state();
    let home = state.child.residence_unit.as_deref();
    let home = home.filter(|home| *home != state.responsible_commune());
    home.into_iter()
        .map(|home| ("to_unit", home))
        .collect::<Values>()
})
.about(report_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("transfer-case", "act-transfer-case-send")
        .section(
            Section::new("transfer", "act-what")
                .intro("transfer-intro")
                .field(Field::unit("to_unit", "transfer-to").hint("transfer-to-hint"))
                .field(Field::long_text("reason", "transfer-reason").hint("transfer-reason-hint"))
                .field(
                    Field::moment("respond_by", "transfer-respond-by")
                        .hint("transfer-respond-by-hint")
                        .optional(),
                ),
        )
        .section(occurred())
}
