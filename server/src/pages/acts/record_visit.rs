//! `record-visit`: somebody visited the child (Decree 56/2017, art. 29.1).

use serde_json::json;

use super::act::Act;
use super::yes_no::{as_booleans, danger_now};
use crate::pages::form::{Choice, Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "record-visit",
    &[],
    |_| {
        let seen = [
            Choice::new("yes", "visit-seen-yes"),
            Choice::new("no", "visit-seen-no"),
        ];
        Form::new("record-visit", "form-send").section(
            Section::new("visit", "visit-section")
                .field(Field::instant("visited_at", "visit-when"))
                .field(Field::text("place", "visit-place").hint("visit-place-hint"))
                .field(Field::radios("child_seen", "visit-seen", seen))
                .field(danger_now())
                .field(
                    Field::long_text("note", "visit-note")
                        .hint("visit-note-hint")
                        .optional(),
                ),
        )
    },
    |scene| {
        json!({
            "type": "record-visit", "visited_at": scene.now(), "place": "-", "child_seen": true,
        })
    },
)
.rests_on(&["danger-hours-from-sight"])
.basis("NĐ 56/2017/NĐ-CP Điều 29 khoản 1")
.finish(|_, command| {
    as_booleans(command, &["child_seen", "danger_now"]);
    Vec::new()
});
