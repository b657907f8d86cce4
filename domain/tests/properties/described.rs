//! The description of a command and its reader agree: what the schema allows is never refused as malformed,
//! what it forbids is never accepted. Tried with every field of every command, left out, null, and wrong in
//! many ways.
//!
//! Three spellings are read that the schema leaves out, and are not tried here: a text that is too long only
//! before it is cleaned, a UUID without hyphens, and an object as the list of its values. A whole number
//! written as `1.0` is one for the schema and none for the reader.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use domain::case::{Case, Command};
use serde_json::{Value, json};

use crate::input::{cases, give, places, valid};

/// The schemas of all commands, compiled.
struct Described {
    schemas: Schemas,
    all: Vec<(&'static str, Value, SchemaIndex)>,
}

impl Described {
    fn new() -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        let mut all = Vec::new();
        for (name, schema) in Command::schemas() {
            let address = format!("urn:{name}");
            compiler.add_resource(&address, schema.clone()).unwrap();
            let index = compiler.compile(&address, &mut schemas).unwrap();
            all.push((name, schema, index));
        }
        Self { schemas, all }
    }

    fn of(&self, name: &str) -> (&Value, SchemaIndex) {
        let found = self.all.iter().find(|(known, ..)| *known == name).unwrap();
        (&found.1, found.2)
    }
}

/// Whether a case takes the command, from whoever may give it.
fn is_accepted(cases: &[Case], command: &Value) -> bool {
    let Ok(command) = Command::from_json(command.clone()) else {
        return false;
    };
    let taken = |case: &Case| give(case, &command, "04-01 09:00").is_some();
    cases.iter().any(taken)
}

/// What may stand in a field and mostly may not.
fn values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "\u{200b}",
        "\u{3000}\u{feff}",
        "a",
        "a b",
        "a\nb",
        "a\tb",
        "a\u{0}b",
        "a\u{85}b",
        "a\u{200b}",
        "zzz-no-word",
        "No-Word",
        "50.đ",
        " 50.2.Đ ",
        "50đ",
        "4",
        "44",
        "450",
        "19111",
        "1911",
        "quang-tri-2026",
        "044214001234",
        " 044214001234 ",
        "044914001234",
        "2024-03-11",
        "2024-02-30",
        "24-1-1",
        "1899-12-31",
        "2200-01-01",
        "2024-03-11T09:00:00+07:00",
        "2024-03-11T09:00:00Z",
        "2024-03-11T09:00:00",
        "2024-02-30T09:00:00Z",
        "1899-03-11T09:00:00Z",
        "unknown",
        "00000000-0000-0000-0000-000000000002",
        "00000000-0000-0000-0000",
    ];
    let long = [64, 65, 200, 201, 10_000, 10_001].map(|n| json!("a".repeat(n)));
    let numbers = [
        json!(0),
        json!(-1),
        json!(1.5),
        json!(255),
        json!(256),
        json!(u32::MAX),
    ];
    let large = [json!(u64::from(u32::MAX) + 1), json!(u64::MAX), json!(2e19)];
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!({}),
        json!({"a": 1}),
    ];
    let texts = texts.map(Value::from).into_iter();
    texts
        .chain(long)
        .chain(numbers)
        .chain(large)
        .chain(others)
        .collect()
}

/// Every word of the lists in a schema.
fn words(schema: &Value, into: &mut Vec<Value>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Array(words)) = members.get("enum") {
                into.extend(words.iter().cloned());
            }
            members.values().for_each(|member| words(member, into));
        }
        Value::Array(parts) => parts.iter().for_each(|part| words(part, into)),
        _ => {}
    }
}

/// The command, spoilt in one place.
fn spoilt(command: &Value, schema: &Value) -> Vec<Value> {
    let mut values = values();
    words(schema, &mut values);
    let mut all = Vec::new();
    let mut put = |pointer: &str, value: Value| {
        let mut spoilt = command.clone();
        *spoilt.pointer_mut(pointer).unwrap() = value;
        all.push(spoilt);
    };
    let mut known = Vec::new();
    places(command, "", &mut known);
    for place in known.iter().skip(1).filter(|place| *place != "/type") {
        for value in &values {
            put(place, value.clone());
        }
        match command.pointer(place).unwrap() {
            Value::Array(rows) => {
                for many in [0, 1, 2, 3, 5, 6, 20, 21, 50, 51, 100, 101] {
                    let rows = rows.iter().cycle().take(many).cloned();
                    put(place, rows.collect());
                }
            }
            Value::Object(_) => {}
            _ => put(place, json!(["a"])),
        }
    }
    // Left out, and one too many, at every depth.
    for place in &known {
        let Some(Value::Object(members)) = command.pointer(place) else {
            continue;
        };
        for name in members.keys().filter(|name| *name != "type") {
            let mut less = Value::Object(members.clone());
            less.as_object_mut().unwrap().remove(name);
            put(place, less);
        }
        let mut more = members.clone();
        more.insert("zzz".to_owned(), json!(1));
        put(place, Value::Object(more));
    }
    // What this sample leaves out, and when it happened.
    let fields = schema["properties"].as_object().unwrap().keys();
    let absent = fields.map(String::as_str).chain(["occurred_at"]);
    for name in absent.filter(|name| command.get(name).is_none()) {
        for value in &values {
            let mut with = command.clone();
            with[name] = value.clone();
            all.push(with);
        }
    }
    all
}

#[test]
fn schema_and_reader_of_every_command_agree() {
    let (described, cases) = (Described::new(), cases());
    let (mut read, mut refused) = (0, 0);
    let mut wrong = Vec::new();
    for sample in valid() {
        let name = sample["type"].as_str().unwrap();
        let (schema, index) = described.of(name);
        let valid = described.schemas.validate(&sample, index);
        valid.unwrap_or_else(|error| panic!("{error}\n{sample:#}"));
        for command in spoilt(&sample, schema) {
            if described.schemas.validate(&command, index).is_ok() {
                read += 1;
                if let Err(malformed) = Command::from_json(command.clone()) {
                    wrong.push(format!("{malformed:?} in what is described: {command}"));
                }
            } else {
                refused += 1;
                if is_accepted(&cases, &command) {
                    wrong.push(format!("accepted, but not described: {command}"));
                }
            }
        }
    }
    let shown = &wrong[..wrong.len().min(40)];
    assert!(wrong.is_empty(), "{} wrong: {shown:#?}", wrong.len());
    assert!(
        read > 5_000 && refused > 20_000,
        "{read} read, {refused} refused"
    );
}

#[test]
fn a_description_names_each_field_once_and_says_which_must_be_there() {
    for (name, schema) in Command::schemas() {
        assert_eq!(schema["properties"]["type"], json!({ "const": name }));
        assert_eq!(schema["additionalProperties"], json!(false), "{name}");
        let required = schema["required"].as_array().unwrap();
        for field in required {
            let field = field.as_str().unwrap();
            assert!(schema["properties"].get(field).is_some(), "{name}: {field}");
        }
        assert!(
            !schema.to_string().contains("$ref"),
            "{name} stands for itself"
        );
    }
}

#[test]
fn a_text_is_described_by_the_characters_that_are_read() {
    let described = Described::new();
    let kinds = [
        json!({ "type": "add-note" }),
        json!({ "type": "approve-plan" }),
    ];
    for (mut command, field) in kinds.into_iter().zip(["text", "decision_number"]) {
        let (_, index) = described.of(command["type"].as_str().unwrap());
        for c in ('\0'..='\u{ffff}').chain(['\u{1f9d2}', '\u{e0041}']) {
            for text in [c.to_string(), format!("a{c}b")] {
                command[field] = text.into();
                let allowed = described.schemas.validate(&command, index).is_ok();
                let read = Command::from_json(command.clone());
                assert_eq!(allowed, read.is_ok(), "{field} {c:?} {command}");
            }
        }
    }
}
