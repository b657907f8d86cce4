//! `hold-case-meeting`: who met, which measures were chosen, the minutes (Decree 56/2017, art. 27.2).

use serde_json::json;

use super::act::{Act, join_words, occurred};
use super::{choices, initial_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act =
    Act::new(
        "hold-case-meeting",
        &["case-meeting"],
        |_| {
            Form::new("hold-case-meeting", "form-send")
                .section(
                    Section::new("who", "meeting-who-section").field(
                        Field::lines("participants", "meeting-participants")
                            .hint("meeting-participants-hint"),
                    ),
                )
                .section(
                    Section::new("measures", "meeting-measures-section")
                        .field(
                            Field::checkboxes("measures", "meeting-measures", choices::measures())
                                .optional(),
                        )
                        .field(
                            Field::lines("other_measures", "meeting-other-measures")
                                .hint("one-a-line")
                                .optional(),
                        ),
                )
                .section(Section::new("minutes", "meeting-minutes-section").field(
                    Field::long_text("minutes", "meeting-minutes").hint("meeting-minutes-hint"),
                ))
                .section(occurred())
        },
        |_| {
            json!({
                "type": "hold-case-meeting", "participants": ["-"], "measures": [], "minutes": "-",
            })
        },
    )
    .finish(|_, command| {
        join_words(command, "measures", "other_measures");
        if command.get("measures").is_none() {
            command["measures"] = json!([]);
        }
        Vec::new()
    })
    .about(initial_about);
