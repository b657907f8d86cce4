//! The commands of police, forensic bodies and prosecution, as schemas.

use super::Named;
use crate::api::openapi::schema::{
    Field, boolean, code, date, instant, line, moment, nullable, one_of, prose, unit,
};

pub(super) const COMMANDS: &[Named] = &[
    ("pass-crime-report", || {
        noted(vec![("to_unit", nullable(unit()), false)])
    }),
    ("assign-investigator", || {
        vec![
            ("investigator", line(), true),
            ("procuracy_informed", boolean(), true),
            ("trained", nullable(boolean()), false),
        ]
    }),
    ("record-forensic-grounds", || {
        let grounds = ["found", "requested-by-victim"];
        noted(vec![
            ("exam_id", code(), true),
            ("ground", one_of(&grounds), true),
        ])
    }),
    ("order-forensic-exam", || {
        let exams = [
            "sexual-abuse",
            "injury",
            "age",
            "cause-of-death",
            "mental-state",
            "other",
        ];
        noted(vec![
            ("exam_id", code(), true),
            ("exam", one_of(&exams), true),
            ("body", one_of(&["police", "health"]), true),
            ("unit", nullable(unit()), false),
            ("decision_number", nullable(line()), false),
        ])
    }),
    ("record-forensic-conclusion", || {
        vec![("exam_id", code(), true), ("conclusion", prose(), true)]
    }),
    ("prolong-crime-report", || {
        let grounds = ["complex", "procuracy-extension"];
        noted(vec![
            ("ground", one_of(&grounds), true),
            ("until", moment(), true),
            ("decision_number", nullable(line()), false),
            ("asked_on", nullable(date()), false),
        ])
    }),
    ("decide-crime-report", || {
        let decisions = ["prosecute", "not-prosecute", "suspend"];
        noted(vec![
            ("decision", one_of(&decisions), true),
            ("decision_number", nullable(line()), false),
        ])
    }),
    ("inform-informant", || noted(Vec::new())),
    ("propose-prosecution", || {
        noted(vec![
            ("procuracy_informed", boolean(), true),
            ("document_number", nullable(line()), false),
        ])
    }),
    ("record-interview", || {
        let present = serde_json::json!({ "type": "array", "items": line() });
        noted(vec![
            ("from", instant(), true),
            ("until", instant(), true),
            ("present", present, false),
            ("complex", boolean(), false),
        ])
    }),
];

/// With the note that most of them can carry.
pub(super) fn noted(mut fields: Vec<Field>) -> Vec<Field> {
    fields.push(("note", nullable(prose()), false));
    fields
}
