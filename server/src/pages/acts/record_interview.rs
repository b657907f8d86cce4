//! `record-interview`: an investigator interviewed the child (Law on Justice for Minors, art. 156).

use serde_json::json;

use super::act::{Act, Scene};
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("record-interview", &[], form, |scene| {
    let until = scene.now();
    let hour = chrono::Duration::minutes(1);
    let from = domain::time::Instant::new(until.utc() - hour);
    json!({ "type": "record-interview", "from": from, "until": until, "complex": true, "note": "-" })
})
.basis("Luật Tư pháp người chưa thành niên 2024 Điều 156")
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("record-interview", "act-record-interview-send").section(
        Section::new("interview", "act-what")
            .intro("interview-intro")
            .field(Field::other_instant("from", "interview-from"))
            .field(Field::instant("until", "interview-until"))
            .field(Field::lines("present", "interview-present").hint("interview-present-hint"))
            .field(Field::checkbox("complex", "interview-complex").hint("interview-complex-hint"))
            .field(
                Field::long_text("note", "interview-note")
                    .hint("interview-note-hint")
                    .only_when("when-exceeded"),
            ),
    )
}
