//! The commands of alternative care, as schemas.

use serde_json::{Value, json};

use super::Named;
use super::criminal::noted;
use crate::api::openapi::schema::{boolean, code, instant, line, nullable, one_of, prose, unit};

pub(super) const COMMANDS: &[Named] = &[
    ("propose-placement", || {
        vec![
            ("placement_id", code(), true),
            ("carer_kind", carer_kind(), true),
            ("carer_unit", unit(), true),
            ("carer", nullable(line()), false),
            ("reason", prose(), true),
        ]
    }),
    ("verify-carer", || {
        vec![
            ("placement_id", code(), true),
            ("eligible", boolean(), true),
            ("findings", prose(), true),
        ]
    }),
    ("decide-placement", || {
        vec![
            ("placement_id", code(), true),
            ("carer_kind", carer_kind(), true),
            ("carer_unit", unit(), true),
            ("carer", nullable(line()), false),
            ("decision_number", line(), true),
            ("parental_consent", one_of(&["given", "not-needed"]), true),
            ("consent_note", nullable(prose()), false),
            ("child_views", nullable(prose()), false),
        ]
    }),
    ("hand-over-child", || {
        let contacts = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
        noted(vec![
            ("placement_id", code(), true),
            ("contacts", nullable(contacts), false),
        ])
    }),
    ("record-placement-follow-up", || {
        vec![
            ("placement_id", code(), true),
            ("visited_at", instant(), true),
            ("child_seen", boolean(), true),
            ("carer_harms", boolean(), false),
            ("danger_now", nullable(boolean()), false),
            ("findings", prose(), true),
        ]
    }),
    ("end-placement", || {
        let grounds = [
            "carer-not-eligible",
            "carer-harmed",
            "carer-asks",
            "child-harms-household",
            "returned-to-family",
            "child-wishes",
            "reached-16",
            "other",
        ];
        noted(vec![
            ("placement_id", code(), true),
            ("ground", one_of(&grounds), true),
            ("decision_number", nullable(line()), false),
        ])
    }),
    ("admit-to-facility", || {
        vec![
            ("facility", line(), true),
            ("unit", unit(), true),
            ("level", one_of(&["provincial", "commune"]), true),
            ("reason", nullable(prose()), false),
        ]
    }),
    ("complete-admission-papers", || noted(Vec::new())),
    ("list-for-placement", || noted(Vec::new())),
    ("appraise-listing", || {
        vec![
            ("eligible", boolean(), true),
            ("placement_id", nullable(code()), false),
            ("carer_kind", nullable(carer_kind()), false),
            ("carer_unit", nullable(unit()), false),
            ("findings", prose(), true),
        ]
    }),
    ("end-facility-care", || {
        noted(vec![("decision_number", nullable(line()), false)])
    }),
];

fn carer_kind() -> Value {
    one_of(&["relatives", "non-relatives"])
}
