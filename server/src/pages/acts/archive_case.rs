//! `archive-case`: the closed file is kept and entered in the national database (Decree 56/2017, art.
//! 30.3).

use serde_json::json;

use super::act::{Act, occurred};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "archive-case",
    &["archive"],
    |_| {
        Form::new("archive-case", "form-send")
            .section(
                Section::new("archive", "archive-section")
                    .field(
                        Field::text("archive_number", "archive-number")
                            .hint("archive-number-hint")
                            .max(80)
                            .optional(),
                    )
                    .field(
                        Field::checkbox("in_national_database", "archive-national")
                            .hint("archive-national-hint"),
                    ),
            )
            .section(occurred())
    },
    |_| json!({ "type": "archive-case", "in_national_database": false }),
);
