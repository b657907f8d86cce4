//! The commands of a case, as schemas. The descriptions of the fields stand in `domain`.

mod criminal;
mod placement;

use std::collections::BTreeSet;

use domain::case::codes;
use domain::case::events::contradiction::Against;
use serde_json::{Value, json};

use super::schema::{
    Field, boolean, code, date, instant, integer, line, list, moment, note, nullable, object,
    one_of, prose, reference, unit, uuid,
};

/// Any command, told apart by `type`.
pub(super) fn any() -> Value {
    let references: Vec<_> = all().iter().map(|(name, _)| reference(name)).collect();
    json!({ "oneOf": references, "discriminator": { "propertyName": "type" } })
}

/// Each command by its name.
pub(super) fn all() -> Vec<(String, Value)> {
    [PROCEDURE, criminal::COMMANDS, placement::COMMANDS, RECORD]
        .into_iter()
        .flatten()
        .map(|(name, fields)| {
            let mut all = vec![("type", json!({ "const": name }), true)];
            let own_instant = [
                "receive-report",
                "apply-emergency-measure",
                "record-visit",
                "record-interview",
                "record-placement-follow-up",
            ];
            if !own_instant.contains(name) {
                all.push(("occurred_at", nullable(instant()), false));
            }
            all.extend(fields());
            ((*name).to_owned(), object(&all))
        })
        .collect()
}

type Named = (&'static str, fn() -> Vec<Field>);

/// The support and intervention procedure.
const PROCEDURE: &[Named] = &[
    ("receive-report", receive_report),
    ("forward-report", || vec![("to_unit", unit(), true)]),
    ("acknowledge-report", Vec::new),
    ("record-verification", || {
        vec![
            (
                "outcome",
                one_of(&["confirmed", "unfounded", "unclear"]),
                true,
            ),
            ("findings", prose(), true),
        ]
    }),
    ("record-initial-assessment", || {
        let mut fields = tables(2);
        fields.extend([
            ("grave", answered(), true),
            ("carer_is_harmer", answered(), true),
            ("conclusion", prose(), true),
            ("safe_place", nullable(prose()), false),
            ("medical_care", nullable(prose()), false),
            ("separation_needed", nullable(answered()), false),
            ("contradiction_reason", nullable(prose()), false),
        ]);
        fields
    }),
    ("apply-emergency-measure", || {
        vec![
            ("measures", list(term(), 1, 20), true),
            ("agencies", list(term(), 0, 20), false),
            ("applied_at", instant(), true),
            ("first_information_at", nullable(instant()), false),
            ("report", nullable(uuid()), false),
            ("note", nullable(prose()), false),
        ]
    }),
    ("order-separation", || {
        vec![
            ("ground", one_of(codes::SEPARATION_GROUNDS), true),
            ("decision_number", nullable(line()), false),
            ("from", moment(), true),
            ("until", moment(), true),
            ("placement", nullable(one_of(codes::PLACES_OF_CHILD)), false),
            ("address", nullable(line()), false),
            ("note", nullable(prose()), false),
            ("report", nullable(uuid()), false),
        ]
    }),
    ("extend-separation", || {
        let requirement = object(&[("authority", line(), true), ("document", line(), true)]);
        vec![
            ("decision_number", nullable(line()), false),
            ("until", moment(), true),
            ("reason", nullable(prose()), false),
            ("required_by", nullable(requirement), false),
            ("report", nullable(uuid()), false),
        ]
    }),
    ("lift-separation", || {
        vec![
            ("decision_number", nullable(line()), false),
            ("placement", nullable(term()), true),
            ("reason", nullable(prose()), false),
            ("report", nullable(uuid()), false),
        ]
    }),
    ("request-court-order", || {
        vec![
            ("request", term(), true),
            ("to_unit", nullable(unit()), false),
            ("note", nullable(prose()), false),
        ]
    }),
    ("record-court-decision", || {
        vec![
            ("decision", term(), true),
            ("until", nullable(moment()), false),
            ("decision_number", nullable(line()), false),
            ("note", nullable(prose()), false),
        ]
    }),
    ("record-detailed-assessment", || {
        let heads = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|head| (head, note(), true));
        let mut fields = tables(5);
        fields.extend([
            ("content", object(&heads), true),
            ("child_views", nullable(note()), false),
            ("carer_views", nullable(note()), false),
            ("danger_now", nullable(boolean()), false),
            ("conclusion", prose(), true),
        ]);
        fields
    }),
    ("hold-case-meeting", || {
        vec![
            ("participants", list(line(), 1, 100), true),
            ("measures", list(term(), 0, 50), true),
            ("minutes", prose(), true),
        ]
    }),
    ("submit-plan", plan),
    ("return-plan", || vec![("reason", prose(), true)]),
    ("approve-plan", || vec![("decision_number", line(), true)]),
    ("adjust-plan", || {
        let mut fields = plan();
        fields.push(("decision_number", line(), true));
        fields
    }),
    ("start-service", service),
    ("record-service-progress", service),
    ("complete-service", service),
    ("fail-service", service),
    ("refer", || {
        let agency = object(&[
            ("kind", nullable(code()), false),
            ("name", nullable(line()), false),
            ("unit", nullable(unit()), false),
        ]);
        vec![
            ("referral_id", code(), true),
            ("to_agency", json!({ "anyOf": [term(), agency] }), true),
            ("reason", prose(), true),
            ("respond_by", nullable(moment()), false),
            ("item_id", nullable(code()), false),
            ("danger_now", nullable(boolean()), false),
        ]
    }),
    ("accept-referral", answer),
    ("decline-referral", answer),
    ("complete-referral", answer),
    ("withdraw-referral", || {
        vec![("referral_id", code(), true), ("reason", prose(), true)]
    }),
    ("record-visit", || {
        vec![
            ("visited_at", instant(), true),
            ("place", line(), true),
            ("child_seen", boolean(), true),
            ("danger_now", nullable(boolean()), false),
            ("note", note(), false),
        ]
    }),
    ("review-plan", || {
        let mut fields = tables(3);
        fields.extend([
            ("no_longer_at_risk", boolean(), true),
            ("stable", boolean(), true),
            ("conclusion", prose(), true),
            ("contradiction_reason", nullable(prose()), false),
        ]);
        fields
    }),
    ("close-case", || {
        let reasons = [
            "safe-and-stable",
            "unfounded",
            "died",
            "reached-16",
            "transferred",
            "recorded-twice",
            "other",
        ];
        let authority = object(&[
            ("authority", line(), true),
            ("received_on", date(), true),
            ("confirmation", line(), true),
        ]);
        vec![
            ("reason", one_of(&reasons), true),
            ("note", nullable(prose()), false),
            ("basis", nullable(line()), false),
            ("transferred_to", nullable(authority), false),
            ("other_case", nullable(uuid()), false),
            ("contradiction_reason", nullable(prose()), false),
        ]
    }),
    ("reopen-case", || vec![("reason", prose(), true)]),
    ("archive-case", || {
        vec![
            ("archive_number", nullable(line()), false),
            ("in_national_database", boolean(), true),
        ]
    }),
    ("transfer-case", || {
        vec![
            ("to_unit", unit(), true),
            ("reason", prose(), true),
            ("respond_by", nullable(moment()), false),
        ]
    }),
    ("accept-transfer", Vec::new),
    ("decline-transfer", || vec![("reason", prose(), true)]),
    ("withdraw-transfer", || vec![("reason", prose(), true)]),
];

/// Officers, notes, documents, corrections.
const RECORD: &[Named] = &[
    ("assign-officer", assignment),
    ("relieve-officer", assignment),
    ("pass-competence", || {
        vec![
            ("from_unit", unit(), true),
            ("to_unit", unit(), true),
            ("legal_act", line(), true),
            ("effective", date(), true),
        ]
    }),
    ("add-note", || vec![("text", prose(), true)]),
    ("attach-document", || {
        let hash = json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" });
        vec![
            ("name", line(), true),
            ("media_type", line(), true),
            ("size", integer(), true),
            ("sha256", hash, true),
        ]
    }),
    ("answer-contradiction", || {
        vec![
            ("event_id", uuid(), true),
            ("against", one_of(&Against::ALL.map(Against::code)), true),
            ("reason", prose(), true),
        ]
    }),
    ("answer-same-child", || {
        vec![
            ("event_id", uuid(), true),
            ("same", boolean(), true),
            ("reason", prose(), true),
            // Left out: the server makes the case of the other child itself.
            ("new_case", nullable(uuid()), false),
        ]
    }),
    // One value at the top, or several in `changes`.
    ("correct", || {
        let path = json!({ "type": "string", "maxLength": 200 });
        let change = object(&[
            ("event_id", uuid(), true),
            ("path", path.clone(), true),
            ("value", json!({}), false),
        ]);
        vec![
            ("event_id", nullable(uuid()), false),
            ("path", nullable(path), false),
            ("value", json!({}), false),
            ("changes", list(change, 0, 50), false),
            ("reason", prose(), true),
        ]
    }),
    ("confirm-correction", || {
        vec![("event_id", uuid(), true), ("reason", prose(), true)]
    }),
];

/// A code, or a line of one's own.
fn term() -> Value {
    line()
}

/// Yes, no, or not known yet.
fn answered() -> Value {
    json!({ "enum": [true, false, "unknown"] })
}

fn tables(rows: u32) -> Vec<Field> {
    let level = one_of(&["high", "medium", "low"]);
    let row = object(&[("level", level, true), ("note", note(), false)]);
    let table = list(row, rows, rows);
    vec![("harm", table.clone(), true), ("protection", table, true)]
}

fn plan() -> Vec<Field> {
    // What the law wants of an item is asked by the procedure (422), so that it names the article.
    let item = object(&[
        ("id", code(), true),
        ("measure", nullable(term()), false),
        ("service", nullable(line()), false),
        ("responsible", nullable(line()), false),
        ("provider", nullable(line()), false),
        ("start", nullable(date()), false),
        ("end", nullable(date()), false),
        ("cost", nullable(integer()), false),
    ]);
    vec![
        ("goals", prose(), true),
        ("items", json!({ "type": "array", "items": item }), true),
    ]
}

fn service() -> Vec<Field> {
    vec![
        ("item_id", code(), true),
        ("danger_now", nullable(boolean()), false),
        ("note", note(), false),
    ]
}

fn answer() -> Vec<Field> {
    vec![
        ("referral_id", code(), true),
        ("danger_now", nullable(boolean()), false),
        ("reason", nullable(prose()), false),
    ]
}

fn assignment() -> Vec<Field> {
    let roles = domain::identity::Role::PEOPLE.map(domain::identity::Role::name);
    vec![("officer", line(), true), ("role", one_of(&roles), true)]
}

fn receive_report() -> Vec<Field> {
    let years = json!({ "type": "integer", "minimum": 0, "maximum": 255 });
    let ages = object(&[("from", years.clone(), true), ("to", years.clone(), true)]);
    let birth = json!({ "oneOf": [
        object(&[("date", date(), true)]),
        object(&[("estimated_age", years.clone(), true)]),
        object(&[("estimated_ages", ages, true)]),
    ]});
    let child = object(&[
        ("name", nullable(line()), false),
        ("birth", nullable(birth), false),
        ("sex", one_of(&["male", "female", "unknown"]), true),
        (
            "personal_id",
            nullable(json!({ "type": "string", "pattern": "^[0-9]{3}[0-3][0-9]{8}$" })),
            false,
        ),
        ("residence_unit", nullable(unit()), false),
        ("address", nullable(line()), false),
    ]);
    let incident = object(&[
        ("unit", unit(), true),
        ("description", prose(), true),
        ("happened_at", nullable(moment()), false),
        ("place", nullable(line()), false),
    ]);
    let categories = ["abused", "at-risk", "special-circumstances"];
    let forms: Vec<&str> = codes::HARM_FORMS.iter().map(|(form, _)| *form).collect();
    let kinds: BTreeSet<&str> = codes::HARM_FORMS
        .iter()
        .flat_map(|(_, kinds)| kinds.iter().copied())
        .collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let harm = object(&[
        ("form", one_of(&forms), true),
        ("subtype", nullable(one_of(&kinds)), false),
        ("category", nullable(one_of(&categories)), false),
        ("words", nullable(line()), false),
    ]);
    let harmer = object(&[
        ("relation", one_of(&codes::relations()), true),
        ("name", nullable(line()), false),
        ("note", nullable(prose()), false),
    ]);
    let informant = object(&[
        ("name", nullable(line()), false),
        ("phone", nullable(line()), false),
        ("address", nullable(line()), false),
        ("note", nullable(prose()), false),
        ("consent", nullable(boolean()), false),
    ]);
    let family = object(&[
        ("father", nullable(line()), false),
        ("mother", nullable(line()), false),
        ("carer", nullable(line()), false),
        ("situation", nullable(prose()), false),
    ]);
    vec![
        ("received_at", instant(), true),
        ("channel", one_of(codes::CHANNELS), true),
        (
            "place_of_receipt",
            object(&[
                ("kind", one_of(codes::PLACES_OF_RECEIPT), true),
                ("unit", unit(), true),
            ]),
            true,
        ),
        ("informant", nullable(informant), false),
        ("child", child, true),
        ("incident", incident, true),
        ("suspected_harm", list(harm, 1, 20), true),
        ("suspected_harmer", harmer, true),
        ("condition", nullable(prose()), false),
        (
            "family",
            json!({ "anyOf": [prose(), family, { "type": "null" }] }),
            false,
        ),
        ("consequences", nullable(prose()), false),
        ("support_given", nullable(prose()), false),
        ("online_related", nullable(boolean()), false),
        ("danger_now", nullable(boolean()), false),
        ("crime_suspected", nullable(boolean()), false),
    ]
}
