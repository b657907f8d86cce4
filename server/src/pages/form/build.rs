//! Puts values where they belong in a command.

use serde_json::{Map, Value};

use super::name::{Step, steps};

/// Puts `value` at the place `name` (as in `items[0].cost`) of `command`, making what is on the way.
pub(super) fn put(command: &mut Value, name: &str, value: Value) {
    let mut place = command;
    for step in steps(name) {
        place = match step {
            Step::Member(member) => {
                if !place.is_object() {
                    *place = Value::Object(Map::new());
                }
                match place {
                    Value::Object(members) => {
                        members.entry(member.to_owned()).or_insert(Value::Null)
                    }
                    _ => return,
                }
            }
            Step::Item(index) => {
                if !place.is_array() {
                    *place = Value::Array(Vec::new());
                }
                match place {
                    Value::Array(items) => {
                        if items.len() <= index {
                            items.resize(index + 1, Value::Object(Map::new()));
                        }
                        &mut items[index]
                    }
                    _ => return,
                }
            }
        };
    }
    *place = value;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_come_to_their_places() {
        let mut command = json!({ "type": "submit-plan" });
        put(&mut command, "child.birth.date", json!("2015-03-01"));
        put(&mut command, "child.name", json!("Nguyễn Văn An"));
        put(&mut command, "items[1].cost", json!(500_000));
        assert_eq!(
            command,
            json!({
                "type": "submit-plan",
                "child": { "birth": { "date": "2015-03-01" }, "name": "Nguyễn Văn An" },
                "items": [{}, { "cost": 500_000 }],
            })
        );
    }
}
