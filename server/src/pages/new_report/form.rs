//! What form 01 asks: the essentials first, what can wait in a second part (Decree 56/2017, art.
//! 25.1).

use domain::identity::Role;
use serde_json::{Value, json};

use crate::access::Officer;
use crate::application::PlaceOfReceipt;
use crate::language::Sentence;
use crate::pages::acts::choices;
use crate::pages::form::{Fault, Field, Form, Section, Values};

/// The button that records and passes on at once.
pub(super) const URGENT: &str = "urgent";

/// The form. The hotline asks first by which number it can call back, for a call may break off.
pub(super) fn form(role: Role) -> Form {
    let hotline = role == Role::HotlineOperator;
    let mut source = Section::new("source", "report-source-section");
    if hotline {
        for field in informant(true).into_iter().take(ASKED_FIRST) {
            source = source.field(field);
        }
    }
    let source = source
        .field(Field::radios(
            "channel",
            "report-channel",
            choices::channels(),
        ))
        .field(Field::instant("received_at", "report-received-at"));
    Form::new("receive-report", "report-send")
        .also(URGENT, "report-send-urgent")
        .section(source)
        .section(
            Section::new("incident", "report-incident-section")
                .field(Field::unit("incident.unit", "report-unit").hint("forward-to-hint"))
                .field(
                    Field::long_text("incident.description", "report-description")
                        .hint("report-description-hint"),
                )
                .field(
                    Field::checkboxes("suspected_harm", "report-harm", choices::harm_forms())
                        .each_as("form"),
                )
                .field(Field::select(
                    "suspected_harmer.relation",
                    "report-relation",
                    choices::relations(),
                ))
                .field(Field::checkbox("danger_now", "report-danger").hint("report-danger-hint"))
                .field(
                    Field::checkbox("crime_suspected", "report-crime").hint("report-crime-hint"),
                ),
        )
        .section(
            Section::new("child", "report-child-section")
                .field(
                    Field::text("child.name", "report-name")
                        .hint("report-name-hint")
                        .unknown(),
                )
                .field(
                    Field::radios("child.sex", "report-sex", choices::sexes())
                        .unknown_as("unknown"),
                )
                .field(
                    Field::date("child.birth.date", "report-birth")
                        .hint("report-birth-hint")
                        .optional(),
                )
                .field(Field::number("child.birth.estimated_age", "report-age", 0, 17).optional())
                .field(
                    Field::long_text("condition", "report-condition")
                        .hint("report-condition-hint")
                        .optional(),
                ),
        )
        .section(more(hotline))
}

/// What can be asked when the child is safe.
fn more(hotline: bool) -> Section {
    let more = Section::new("more", "report-more-section")
        .intro("report-more-intro")
        .collapsed()
        .field(Field::moment("incident.happened_at", "report-happened-at").optional())
        .field(
            Field::text("incident.place", "report-place")
                .hint("report-place-hint")
                .optional(),
        )
        .field(
            Field::unit("child.residence_unit", "report-residence")
                .hint("forward-to-hint")
                .optional(),
        )
        .field(Field::text("child.address", "report-address").optional())
        .field(
            Field::text("child.personal_id", "report-personal-id")
                .hint("report-personal-id-hint")
                .max(20)
                .optional(),
        )
        .field(Field::text("suspected_harmer.name", "report-harmer-name").optional())
        .field(Field::long_text("suspected_harmer.note", "report-harmer-note").optional())
        .field(
            Field::text("family.father", "report-father")
                .hint("report-parent-hint")
                .optional(),
        )
        .field(Field::text("family.mother", "report-mother").optional())
        .field(Field::text("family.carer", "report-carer").optional())
        .field(Field::long_text("family.situation", "report-situation").optional())
        .field(Field::long_text("consequences", "report-consequences").optional())
        .field(Field::long_text("support_given", "report-support").optional())
        .field(Field::checkbox("online_related", "report-online"));
    let informant = informant(hotline).into_iter();
    let asked_first = if hotline { ASKED_FIRST } else { 0 };
    informant.skip(asked_first).fold(more, Section::field)
}

/// So much of who told is what the hotline asks first.
const ASKED_FIRST: usize = 3;

/// Who told: the number to call back, whether they agree, their name, then the rest. One tap is enough
/// where the caller does not say.
fn informant(hotline: bool) -> [Field; 5] {
    let phone = Field::text("informant.phone", "report-informant-phone")
        .hint("report-informant-hint")
        .max(40);
    let phone = if hotline {
        phone.unknown().unknown_words("report-does-not-say")
    } else {
        phone.optional()
    };
    [
        phone,
        Field::checkbox("informant.consent", "report-consent").hint("report-consent-hint"),
        Field::text("informant.name", "report-informant").optional(),
        Field::text("informant.address", "report-informant-address").optional(),
        Field::long_text("informant.note", "report-informant-note").optional(),
    ]
}

/// What stands in a fresh form: a commune is told most often of what happened in it.
pub(super) fn fresh(officer: &Officer) -> Values {
    let mut values = Values::default();
    if matches!(officer.role, Role::CommuneOfficer | Role::CommuneChair) {
        values.set("incident.unit", officer.unit.as_str());
        values.set("channel", "in-person");
    }
    if officer.role == Role::HotlineOperator {
        values.set("channel", "phone");
    }
    values
}

/// Completes the command: the place of receipt is that of the officer; who told stands in it only
/// with their consent; what was not answered is left out.
pub(super) fn finish(place: &PlaceOfReceipt, command: &mut Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    command["place_of_receipt"] = json!({ "kind": place.kind, "unit": place.unit });
    let birth = &command["child"]["birth"];
    if birth.get("date").is_some() && birth.get("estimated_age").is_some() {
        let sentence = Sentence::key("report-birth-twice");
        faults.push(Fault::new(
            "/child/birth/estimated_age",
            "two-answers",
            sentence,
        ));
    }
    let consent = command["informant"]["consent"] == true;
    let named = command["informant"]
        .as_object()
        .is_some_and(|told| told.len() > 1);
    if named && !consent {
        let sentence = Sentence::key("report-consent-missing");
        faults.push(Fault::new("/informant/consent", "missing", sentence));
    }
    if let Some(fields) = command.as_object_mut() {
        if !named {
            fields.remove("informant");
        }
        if fields.get("online_related") == Some(&Value::Bool(false)) {
            fields.remove("online_related");
        }
    }
    if let Some(id) = command["child"].get("personal_id").and_then(Value::as_str) {
        let digits: String = id
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '.')
            .collect();
        command["child"]["personal_id"] = digits.into();
    }
    faults
}

#[cfg(test)]
mod tests {
    use domain::case::Command;

    use super::*;
    use crate::pages::form::described::{Apart, misfits};

    #[test]
    fn the_form_asks_for_what_a_report_has() {
        let all = Command::schemas().into_iter();
        let mut all = all.filter(|(name, _)| *name == "receive-report");
        let (_, schema) = all.next().unwrap();
        let apart = Apart {
            own: &[],
            // That of the officer.
            filled: &["place_of_receipt.kind", "place_of_receipt.unit"],
        };
        for role in Role::PEOPLE {
            let misfits = misfits(&form(role), &schema, apart);
            assert!(misfits.is_empty(), "{}: {misfits:#?}", role.name());
        }
    }
}
