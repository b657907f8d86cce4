//! What each command about the record of a child asks, what stands in its fresh form, and how the answers become the
//! command.

use chrono::Datelike;
use domain::child::events::Born;
use domain::child::{Circumstance, Record};
use serde_json::{Value, json};

use super::choices;
use super::words;
use crate::application::{AlikeRecord, ChildFile};
use crate::language::Sentence;
use crate::pages::Frame;
use crate::pages::form::{Choice, Fault, Field, Form, Group, Section, Values};
use crate::words::date;

/// What a form is about.
pub(super) struct Scene<'a> {
    pub frame: &'a Frame,
    /// The record; none before it is begun.
    pub file: Option<&'a ChildFile>,
    /// The other record, or the circumstance, that the address names.
    pub named: Option<&'a str>,
    pub today: chrono::NaiveDate,
}

impl Scene<'_> {
    fn record(&self) -> Option<&Record> {
        self.file.map(|file| &file.record)
    }

    fn running(&self) -> Vec<&Circumstance> {
        let all = self.record().map(|record| record.circumstances.as_slice());
        let all = all.unwrap_or_default().iter();
        all.filter(|one| one.until.is_none()).collect()
    }

    /// A record that is like this one, in words: its child, or who keeps it.
    fn other(&self, one: &AlikeRecord) -> String {
        match &one.record {
            Some(record) => format!(
                "{} · {}",
                words::name(self.frame, record),
                words::traits(self.frame, record, self.today)
            ),
            None => {
                let unit = words::unit(self.frame, &one.unit.0, one.unit.1, self.today);
                self.frame.t1("child-other-hidden", "unit", unit)
            }
        }
    }

    fn others(&self, wanted: impl Fn(&AlikeRecord) -> bool) -> Vec<Choice> {
        let all = self.file.map(|file| file.alike.as_slice());
        let all = all.unwrap_or_default().iter().filter(|one| wanted(one));
        all.map(|one| Choice::new(one.id.to_string(), self.other(one)))
            .collect()
    }
}

/// The form of a command; none where no command is called so.
pub(super) fn form(command: &str, scene: &Scene<'_>) -> Option<Form> {
    let form = match command {
        "register-child" => register(),
        "record-identity" => Form::new("record-identity", "child-send")
            .section(identity(Section::new("identity", "child-identity-section")))
            .section(again()),
        "claim-number" => claim(scene),
        "verify-number" => verify(),
        "record-relatives" => Form::new("record-relatives", "child-send")
            .section(family(Section::new("family", "child-family-section"))),
        "record-residence" => Form::new("record-residence", "child-send")
            .section(residence(
                Section::new("residence", "child-residence-section"),
                ["unit", "address", "since", "hidden"],
            ))
            .section(again()),
        "record-schooling" => Form::new("record-schooling", "child-send").section(
            Section::new("schooling", "child-schooling-section")
                .field(Field::radios(
                    "schooling",
                    "child-schooling",
                    choices::schoolings(),
                ))
                .field(Field::date("since", "child-since"))
                .field(Field::text("school", "child-school").optional()),
        ),
        "record-circumstance" => circumstance(scene),
        "end-circumstance" => end_circumstance(scene),
        "answer-same" => answer_same(scene),
        "join-records" => {
            let joined = scene.record().map(|record| record.joined.clone());
            let joined = joined.unwrap_or_default();
            let others = scene.others(|one| !joined.contains(&one.id));
            about_other("join-records", "child-join-section", others)
        }
        "part-records" => {
            let record = scene.record();
            let with = |one: &AlikeRecord| {
                record.is_some_and(|record| {
                    record.joined.contains(&one.id) || record.joined_to == Some(one.id)
                })
            };
            about_other("part-records", "child-part-section", scene.others(with))
        }
        "end-record" => Form::new("end-record", "child-send").section(
            Section::new("end", "child-end-section")
                .field(Field::radios(
                    "because",
                    "child-record-end",
                    choices::record_ends(),
                ))
                .field(
                    Field::date("on", "child-end-on")
                        .hint("child-today-hint")
                        .optional(),
                )
                .field(Field::long_text("reason", "child-reason")),
        ),
        "resume-record" => Form::new("resume-record", "child-send").section(
            Section::new("resume", "child-resume-section")
                .field(Field::long_text("reason", "child-reason")),
        ),
        _ => return None,
    };
    Some(form)
}

fn register() -> Form {
    let child = Section::new("child", "child-identity-section");
    Form::new("register-child", "child-register-send")
        .section(
            identity(child).field(
                Field::text("personal_id", "child-personal-id")
                    .hint("child-personal-id-hint")
                    .max(20)
                    .optional(),
            ),
        )
        .section(family(Section::new("family", "child-family-section")))
        .section(residence(
            Section::new("residence", "child-residence-section"),
            [
                "residence.unit",
                "residence.address",
                "residence.since",
                "residence.hidden",
            ],
        ))
        .section(
            Section::new("source", "child-source-section").field(Field::radios(
                "source",
                "child-source",
                choices::sources(),
            )),
        )
}

fn identity(section: Section) -> Section {
    section
        .field(
            Field::text("name", "child-name")
                .hint("child-name-hint")
                .unknown(),
        )
        .field(
            Field::radios("sex", "report-sex", crate::pages::acts::choices::sexes())
                .unknown_as("unknown"),
        )
        .field(
            Field::date("birth.date", "child-birth-date")
                .hint("child-birth-hint")
                .optional(),
        )
        .field(Field::number("birth.year", "child-birth-year-only", 1990, 2100).optional())
        .field(Field::checkbox(
            "birth.estimated",
            "child-birth-is-estimated",
        ))
        .field(
            Field::text("ethnicity", "child-ethnicity")
                .suggest(choices::ethnicities())
                .optional(),
        )
}

/// Why it is said again.
fn again() -> Section {
    Section::new("again", "child-again-section")
        .field(Field::radios(
            "because",
            "child-because",
            choices::becauses(),
        ))
        .field(Field::long_text("reason", "child-reason").only_when("child-reason-when"))
}

fn family(section: Section) -> Section {
    section
        .intro("child-family-intro")
        .field(
            Field::group(
                "relatives",
                "child-relatives",
                Group {
                    fields: vec![
                        Field::radios("relation", "child-relation", choices::relations()),
                        Field::text("name", "child-relative-name"),
                        Field::number("birth_year", "child-relative-year", 1900, 2100).optional(),
                        Field::text("phone", "child-relative-phone")
                            .max(40)
                            .optional(),
                    ],
                    row_title: "child-relative-row",
                    add: "child-relative-add",
                    least: 0,
                    most: 10,
                },
            )
            .optional(),
        )
        .field(
            Field::text("household", "child-household")
                .hint("child-household-hint")
                .optional(),
        )
}

fn residence(section: Section, [unit, address, since, hidden]: [&'static str; 4]) -> Section {
    section
        .field(Field::unit(unit, "child-unit").hint("forward-to-hint"))
        .field(Field::text(address, "child-address").optional())
        .field(Field::date(since, "child-lives-since").optional())
        .field(Field::checkbox(hidden, "child-hidden").hint("child-hidden-hint"))
}

fn claim(scene: &Scene<'_>) -> Form {
    let stands = scene
        .record()
        .is_some_and(|record| record.number.id.is_some());
    let form = Form::new("claim-number", "child-send").section(
        Section::new("number", "child-number-section").field(
            Field::text("personal_id", "child-personal-id")
                .hint("child-personal-id-hint")
                .max(20)
                .unknown()
                .unknown_words("child-no-number"),
        ),
    );
    if stands {
        return form.section(again());
    }
    form.section(
        Section::new("why", "child-why-section")
            .field(Field::long_text("reason", "child-no-number-why").optional()),
    )
}

fn verify() -> Form {
    Form::new("verify-number", "child-send").section(
        Section::new("finding", "child-finding-section")
            .field(Field::radios(
                "finding",
                "child-finding",
                choices::findings(),
            ))
            .field(
                Field::text("personal_id", "child-other-number")
                    .max(20)
                    .only_when("child-other-number-when"),
            )
            .field(
                Field::date("on", "child-verified-on")
                    .hint("child-today-hint")
                    .optional(),
            )
            .field(Field::text("officer", "child-verified-by").optional())
            .field(Field::long_text("note", "child-note").optional()),
    )
}

fn circumstance(scene: &Scene<'_>) -> Form {
    let language = scene.frame.language;
    Form::new("record-circumstance", "child-send").section(
        Section::new("circumstance", "child-circumstance-section")
            .intro("child-circumstance-intro")
            .field(Field::select(
                "group",
                "child-group",
                choices::circumstances(language),
            ))
            .field(
                Field::select("subgroup", "child-subgroup", choices::subgroups(language))
                    .hint("child-subgroup-hint")
                    .optional(),
            )
            .field(
                Field::text("subgroup_words", "child-subgroup-words")
                    .hint("child-subgroup-words-hint")
                    .optional(),
            )
            .field(Field::date("since", "child-since"))
            .field(
                Field::long_text("basis", "child-basis")
                    .hint("child-basis-hint")
                    .optional(),
            ),
    )
}

fn end_circumstance(scene: &Scene<'_>) -> Form {
    let language = scene.frame.language;
    let running = scene.running().into_iter();
    let choices_of = running.map(|one| {
        Choice::new(one.id.to_string(), words::circumstance(language, one)).hint(date(one.since.0))
    });
    Form::new("end-circumstance", "child-send").section(
        Section::new("end", "child-circumstance-end-section")
            .field(Field::radios(
                "circumstance",
                "child-circumstance",
                choices_of,
            ))
            .field(Field::radios(
                "because",
                "child-circumstance-end",
                choices::circumstance_ends(),
            ))
            .field(
                Field::date("until", "child-until")
                    .hint("child-today-hint")
                    .optional(),
            )
            .field(Field::long_text("reason", "child-reason")),
    )
}

fn answer_same(scene: &Scene<'_>) -> Form {
    Form::new("answer-same", "child-send").section(
        Section::new("same", "child-same-section")
            .field(Field::radios(
                "other",
                "child-other",
                scene.others(|_| true),
            ))
            .field(Field::radios("answer", "child-same", choices::samenesses()))
            .field(Field::long_text("reason", "child-reason").hint("child-same-reason-hint")),
    )
}

fn about_other(command: &'static str, title: &'static str, others: Vec<Choice>) -> Form {
    Form::new(command, "child-send").section(
        Section::new("other", title)
            .field(Field::radios("other", "child-other", others))
            .field(Field::long_text("reason", "child-reason")),
    )
}

fn set_date(values: &mut Values, name: &str, date: chrono::NaiveDate) {
    values.set(&format!("{name}.day"), date.day().to_string());
    values.set(&format!("{name}.month"), date.month().to_string());
    values.set(&format!("{name}.year"), date.year().to_string());
}

/// What stands in a fresh form: what the record says.
pub(super) fn fresh(command: &str, scene: &Scene<'_>) -> Values {
    let mut values = Values::default();
    let Some(record) = scene.record() else {
        if let Some(officer) = &scene.frame.officer
            && officer.role.is_of_commune()
        {
            values.set("residence.unit", officer.unit.as_str());
            values.set("source", "household");
        }
        values.set("relatives.count", "0");
        return values;
    };
    match command {
        "record-identity" => {
            let identity = &record.identity;
            values.set("name", identity.name.clone().unwrap_or_default());
            match identity.sex {
                domain::identity::Sex::Male => values.set("sex", "male"),
                domain::identity::Sex::Female => values.set("sex", "female"),
                domain::identity::Sex::Unknown => {}
            }
            match identity.born() {
                Some(Born::Date(born)) => set_date(&mut values, "birth.date", born.0),
                Some(Born::Year(year)) => values.set("birth.year", year.to_string()),
                Some(Born::EstimatedYear(year)) => {
                    values.set("birth.year", year.to_string());
                    values.set("birth.estimated", "1");
                }
                None => {}
            }
            values.set("ethnicity", identity.ethnicity.clone().unwrap_or_default());
        }
        "claim-number" => {
            let number = record.number.id.as_ref();
            values.set("personal_id", number.map_or("", |id| id.as_str()));
        }
        "record-relatives" => {
            for (row, one) in record.relatives.iter().enumerate() {
                let at = |field: &str| format!("relatives[{row}].{field}");
                if let Ok(Value::String(relation)) = serde_json::to_value(one.relation) {
                    values.set(&at("relation"), relation);
                }
                values.set(&at("name"), one.name.clone().unwrap_or_default());
                if let Some(year) = one.birth_year {
                    values.set(&at("birth_year"), year.to_string());
                }
                values.set(&at("phone"), one.phone.clone().unwrap_or_default());
            }
            let rows = record.relatives.len();
            values.set("relatives.count", rows.to_string());
            values.set("household", record.household.clone().unwrap_or_default());
        }
        "record-residence" => {
            if let Some(residence) = record.residence() {
                values.set("unit", residence.unit.as_str());
                values.set("address", residence.address.clone().unwrap_or_default());
                if residence.hidden {
                    values.set("hidden", "1");
                }
            }
        }
        "end-circumstance" => values.set("circumstance", scene.named.unwrap_or_default()),
        "answer-same" | "join-records" | "part-records" => {
            values.set("other", scene.named.unwrap_or_default());
        }
        _ => {}
    }
    values
}

/// The answers as the command has them. What several questions ask for one field is put together.
pub(super) fn finish(command: &mut Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(fields) = command.as_object_mut() {
        if let Some(birth) = fields.remove("birth") {
            match born(&birth) {
                Ok(Some(born)) => {
                    fields.insert("birth".to_owned(), born);
                }
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        let words = fields.remove("subgroup_words");
        match (fields.remove("subgroup"), words) {
            (Some(Value::String(listed)), None) => match within(fields.get("group"), &listed) {
                Ok(code) => {
                    fields.insert("subgroup".to_owned(), code.into());
                }
                Err(fault) => faults.push(fault),
            },
            (None, Some(words)) => {
                fields.insert("subgroup".to_owned(), words);
            }
            (Some(_), Some(_)) => faults.push(Fault::new(
                "/subgroup_words",
                "two-answers",
                Sentence::key("child-subgroup-twice"),
            )),
            _ => {}
        }
        let bare = |lives: &Value| lives.get("unit").is_none() && lives.get("address").is_none();
        if fields.get("residence").is_some_and(bare) {
            fields.remove("residence");
        }
        if let Some(Value::String(number)) = fields.get("personal_id") {
            let digits: String = number
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '.')
                .collect();
            fields.insert("personal_id".to_owned(), digits.into());
        }
    }
    faults
}

/// A date, or a year that is known or estimated.
fn born(birth: &Value) -> Result<Option<Value>, Fault> {
    let (date, year) = (birth.get("date"), birth.get("year"));
    let estimated = birth.get("estimated") == Some(&Value::Bool(true));
    match (date, year) {
        (Some(_), Some(_)) => Err(Fault::new(
            "/birth/year",
            "two-answers",
            Sentence::key("child-birth-twice"),
        )),
        (Some(_), None) if estimated => Err(Fault::new(
            "/birth/estimated",
            "two-answers",
            Sentence::key("child-birth-estimate-of-date"),
        )),
        (Some(date), None) => Ok(Some(json!({ "date": date }))),
        (None, Some(year)) if estimated => Ok(Some(json!({ "estimated_year": year }))),
        (None, Some(year)) => Ok(Some(json!({ "year": year }))),
        (None, None) if estimated => Err(Fault::new(
            "/birth/year",
            "missing",
            Sentence::key("fault-missing"),
        )),
        (None, None) => Ok(None),
    }
}

/// The code of a sub-group, where it is one of the group that was chosen.
fn within(group: Option<&Value>, listed: &str) -> Result<String, Fault> {
    let parts = listed.split_once(choices::WITHIN);
    let chosen = group.and_then(Value::as_str);
    match parts {
        Some((of, code)) if chosen.is_none_or(|group| group == of) => Ok(code.to_owned()),
        _ => Err(Fault::new(
            "/subgroup",
            "other-group",
            Sentence::key("child-subgroup-of-another"),
        )),
    }
}

/// The least command that would be taken, to find what is wrong with the others.
pub(super) fn least(command: &str, scene: &Scene<'_>) -> Value {
    let file = scene.file;
    let first = file.and_then(|file| file.alike.first()).map(|one| one.id);
    let circumstance = scene.running().first().map(|one| one.id);
    match command {
        "register-child" => json!({ "type": command, "source": "household", "sex": "unknown" }),
        "record-identity" => {
            json!({ "type": command, "sex": "unknown", "because": "corrected", "reason": "-" })
        }
        "claim-number" => json!({ "type": command, "because": "corrected", "reason": "-" }),
        "verify-number" => json!({ "type": command, "finding": "none" }),
        "record-residence" => {
            let unit = scene
                .frame
                .officer
                .as_ref()
                .map(|officer| officer.unit.clone());
            json!({ "type": command, "unit": unit, "because": "corrected", "reason": "-" })
        }
        "record-schooling" => {
            json!({ "type": command, "schooling": "not-yet", "since": scene.today.to_string() })
        }
        "record-circumstance" => {
            json!({ "type": command, "group": "disabled", "since": scene.today.to_string() })
        }
        "end-circumstance" => json!({
            "type": command, "circumstance": circumstance, "because": "over", "reason": "-",
        }),
        "answer-same" => {
            json!({ "type": command, "other": first, "answer": "undecided", "reason": "-" })
        }
        "join-records" | "part-records" => {
            json!({ "type": command, "other": first, "reason": "-" })
        }
        "end-record" => json!({ "type": command, "because": "mistake", "reason": "-" }),
        _ => json!({ "type": command, "reason": "-" }),
    }
}

#[cfg(test)]
mod tests {
    use domain::child::Command;

    use super::*;
    use crate::pages::form::described::{Apart, misfits};

    /// What a form does beside asking: a birth is a date or a year, a sub-group is listed or in words.
    const APART: &[(&str, Apart)] = &[
        (
            "register-child",
            Apart {
                own: &["birth.estimated"],
                filled: &["residence.unit"],
            },
        ),
        (
            "record-identity",
            Apart {
                own: &["birth.estimated"],
                filled: &[],
            },
        ),
        (
            "record-circumstance",
            Apart {
                own: &["subgroup_words"],
                filled: &[],
            },
        ),
    ];

    #[test]
    fn every_form_asks_for_what_its_command_has() {
        let frame = Frame::of_nobody();
        let scene = Scene {
            frame: &frame,
            file: None,
            named: None,
            today: chrono::NaiveDate::MIN,
        };
        for (name, schema) in Command::schemas() {
            let form = form(name, &scene).unwrap();
            let apart = APART.iter().find(|(of, _)| *of == name);
            let apart = apart.map_or(Apart::NOTHING, |(_, apart)| *apart);
            let misfits = misfits(&form, &schema, apart);
            assert!(misfits.is_empty(), "{name}: {misfits:#?}");
        }
    }

    #[test]
    fn a_birth_is_one_of_three() {
        let made = |birth: Value| {
            let mut command = json!({ "birth": birth });
            let faults = finish(&mut command);
            let codes: Vec<_> = faults
                .into_iter()
                .map(|fault| (fault.pointer, fault.code))
                .collect();
            (command["birth"].clone(), codes)
        };
        for (birth, expected) in [
            (json!({"estimated": false}), Value::Null),
            (
                json!({"date": "2016-05-17", "estimated": false}),
                json!({"date": "2016-05-17"}),
            ),
            (
                json!({"year": 2016, "estimated": false}),
                json!({"year": 2016}),
            ),
            (
                json!({"year": 2016, "estimated": true}),
                json!({"estimated_year": 2016}),
            ),
        ] {
            assert_eq!(made(birth), (expected, Vec::new()));
        }
        for (birth, pointer) in [
            (
                json!({"date": "2016-05-17", "year": 2016, "estimated": false}),
                "/birth/year",
            ),
            (
                json!({"date": "2016-05-17", "estimated": true}),
                "/birth/estimated",
            ),
            (json!({"estimated": true}), "/birth/year"),
        ] {
            assert_eq!(made(birth).1[0].0, pointer);
        }
    }
}
