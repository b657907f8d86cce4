//! Reading whole forms, with the words that people type.

use serde_json::json;

use super::*;
use crate::language::Language;
use crate::pages::form::{Caption, Section};
use crate::units::Unit;

const COMMAND: &str = "0190163d-8694-739b-aea5-966c26f8ad91";

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2024, 2, 21).unwrap()
}

fn units() -> Units {
    let unit = |code: &str, name: &str| Unit {
        code: code.to_owned(),
        name: name.to_owned(),
        above: Some("Huyện Bố Trạch".to_owned()),
        province: None,
    };
    Units::new(
        domain::unit::Units::shipped(),
        day(),
        [
            unit("19111", "Thị trấn Hoàn Lão"),
            unit("19138", "Xã Hòa Trạch"),
            unit("19141", "Xã Hải Trạch"),
        ],
    )
}

fn report() -> Form {
    let sex = ["male", "female"].map(|value| Choice::new(value, value.to_owned()));
    let harm = ["violence", "neglect"].map(|value| Choice::new(value, value.to_owned()));
    Form::new("receive-report", "form-send")
        .also("submit-urgent", "form-send")
        .section(
            Section::new("child", "form-send")
                .field(Field::instant("received_at", "form-send"))
                .field(Field::text("child.name", "form-send").unknown().max(20))
                .field(Field::date("child.birth.date", "form-send").optional())
                .field(Field::number("child.birth.estimated_age", "form-send", 0, 15).optional())
                .field(Field::radios("child.sex", "form-send", sex).unknown_as("unknown"))
                .field(Field::unit("incident.unit", "form-send"))
                .field(Field::checkboxes("suspected_harm", "form-send", harm).each_as("form"))
                .field(Field::checkbox("online_related", "form-send"))
                .field(Field::lines("agencies", "form-send").optional()),
        )
}

fn good() -> Values {
    [
        ("command_id", COMMAND),
        ("expected_version", ""),
        ("_action", "submit-urgent"),
        ("received_at.choice", "now"),
        ("received_at.now", "2024-02-21T16:40:00+07:00"),
        ("child.name", "  Nguyễn Thị Ánh "),
        ("child.birth.date.day", "1"),
        ("child.birth.date.month", "3"),
        ("child.birth.date.year", "2015"),
        ("child.birth.estimated_age", ""),
        ("child.sex", "female"),
        ("incident.unit", "hoàn lão"),
        ("suspected_harm", "violence"),
        ("suspected_harm", "neglect"),
        ("agencies", "Công an xã\n\n Trạm y tế "),
    ]
    .into_iter()
    .collect()
}

fn faults(values: &Values) -> Vec<(String, String)> {
    let faults = report().read(values, &units()).unwrap_err().faults;
    faults
        .into_iter()
        .map(|fault| (fault.pointer, fault.code))
        .collect()
}

fn fault(name: &str, value: &str) -> (String, String) {
    let mut values = good();
    values.set(name, value);
    let mut all = faults(&values);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_form_becomes_a_command() {
    let submission = report().read(&good(), &units()).unwrap();
    assert_eq!(submission.command_id.to_string(), COMMAND);
    assert_eq!(submission.expected_version, None);
    assert_eq!(submission.button, "submit-urgent");
    assert_eq!(
        submission.command,
        json!({
            "type": "receive-report",
            "received_at": "2024-02-21T16:40:00+07:00",
            "child": {
                "name": "Nguyễn Thị Ánh",
                "birth": { "date": "2015-03-01" },
                "sex": "female",
            },
            "incident": { "unit": "19111" },
            "suspected_harm": [{ "form": "violence" }, { "form": "neglect" }],
            "online_related": false,
            "agencies": ["Công an xã", "Trạm y tế"],
        })
    );
}

#[test]
fn not_known_yet_is_an_answer() {
    let mut values = good();
    values.set("child.name", "");
    values.set("child.name.unknown", "1");
    values.set("child.sex", UNKNOWN);
    let command = report().read(&values, &units()).unwrap().command;
    assert_eq!(command["child"].get("name"), None);
    assert_eq!(command["child"]["sex"], "unknown");

    values.set("child.name", "Ánh");
    assert_eq!(
        faults(&values),
        [("/child/name".to_owned(), "two-answers".to_owned())]
    );
}

#[test]
fn each_field_says_what_is_wrong() {
    let is = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(fault("child.name", ""), is("/child/name", "missing"));
    assert_eq!(
        fault("child.name", &"ế".repeat(21)),
        is("/child/name", "too-long")
    );
    assert_eq!(
        fault("child.birth.date.month", "13"),
        is("/child/birth/date", "bad-date")
    );
    assert_eq!(
        fault("child.birth.estimated_age", "chín"),
        is("/child/birth/estimated_age", "not-a-number")
    );
    assert_eq!(
        fault("child.birth.estimated_age", "16"),
        is("/child/birth/estimated_age", "out-of-range")
    );
    assert_eq!(fault("child.sex", "x"), is("/child/sex", "not-a-choice"));
    assert_eq!(
        fault("incident.unit", "Paris"),
        is("/incident/unit", "no-such-unit")
    );
    assert_eq!(
        fault("received_at.time", "15:00"),
        is("/received_at", "two-answers")
    );
    assert_eq!(fault("command_id", "x"), is("", "form-old"));
    assert_eq!(fault("expected_version", "-1"), is("", "form-old"));
}

#[test]
fn a_name_in_its_full_length_counts_letters_and_not_bytes() {
    let mut values = good();
    values.set("child.name", "ế".repeat(20));
    assert!(report().read(&values, &units()).is_ok());
}

#[test]
fn several_units_are_offered_and_one_is_picked() {
    assert_eq!(fault("incident.unit", "trạch xã").1, "several-units");
    let mut values = good();
    values.set("incident.unit", "trạch xã");
    values.set("incident.unit.pick", "19141");
    let command = report().read(&values, &units()).unwrap().command;
    assert_eq!(command["incident"]["unit"], "19141");
    // A pick that does not belong to what is typed now counts for nothing.
    values.set("incident.unit.pick", "19111");
    assert_eq!(
        faults(&values),
        [("/incident/unit".to_owned(), "several-units".to_owned())]
    );
}

fn assessment() -> Form {
    let indicators =
        ["Mức độ tổn thương", "Khả năng tái diễn"].map(|i| Caption::from(i.to_owned()));
    let items = Group {
        fields: vec![
            Field::row_id("id"),
            Field::text("measure", "form-send"),
            Field::date("start", "form-send"),
            Field::money("cost", "form-send"),
        ],
        row_title: "form-row",
        add: "form-add-row",
        least: 1,
        most: 9,
    };
    Form::new("example", "form-send").section(
        Section::new("all", "form-send")
            .field(Field::levels("harm", "form-send", "form-send", indicators))
            .field(Field::group("items", "form-send", items)),
    )
}

#[test]
fn tables_and_rows_become_arrays() {
    let values: Values = [
        ("command_id", COMMAND),
        ("expected_version", "7"),
        ("harm[0].level", "high"),
        ("harm[0].note", "Bầm tím ở tay"),
        ("harm[1].level", "low"),
        ("harm[1].note", " "),
        ("items.count", "2"),
        ("items[0].id", COMMAND),
        ("items[0].measure", "Khám sức khỏe"),
        ("items[0].start.day", "22"),
        ("items[0].start.month", "2"),
        ("items[0].start.year", "2024"),
        ("items[0].cost", "1.500.000 đ"),
        ("items[1].id", COMMAND),
        ("items[1].measure", ""),
        ("items[1].cost", "0"),
    ]
    .into_iter()
    .collect();
    let faults = assessment().read(&values, &units()).unwrap_err().faults;
    let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/items/1/measure", "/items/1/start"]);

    let mut values = values;
    values.set("items.count", "1");
    let submission = assessment().read(&values, &units()).unwrap();
    assert_eq!(submission.expected_version, Some(7));
    assert_eq!(
        submission.command,
        json!({
            "type": "example",
            "harm": [{ "level": "high", "note": "Bầm tím ở tay" }, { "level": "low" }],
            "items": [{
                "id": COMMAND, "measure": "Khám sức khỏe", "start": "2024-02-22", "cost": 1_500_000
            }],
        })
    );
}

#[test]
fn every_sentence_exists_in_both_languages() {
    let all = report()
        .read(&Values::default(), &units())
        .unwrap_err()
        .faults;
    assert!(all.len() >= 6, "{all:?}");
    for fault in all {
        for language in Language::ALL {
            assert!(!fault.message.in_language(language).starts_with("fault-"));
        }
    }
}
