//! Everything that is wrong with a form, told in one round: what its fields lack, and what the
//! procedure would say to the answers that are there.
//!
//! The procedure answers with the first thing that it does not take. So the command is tried again and
//! again: what was told already gives way to an answer that the procedure would take, until nothing is
//! left to be told. What such a stand-in causes is nobody's fault and is not told.

use serde_json::Value;

use super::fault::Fault;

/// So many things can be wrong beside the fields; more are told in the next round.
const MOST: usize = 20;

/// All faults of a command that was read as far as it goes. `faults` are those found so far; `least` is
/// the least command that the procedure would take; `tried` says what it does not take.
pub fn all_faults(
    mut command: Value,
    faults: Vec<Fault>,
    least: &Value,
    tried: impl Fn(&Value) -> Result<(), Fault>,
) -> Vec<Fault> {
    let mut all = faults;
    if all.iter().any(|fault| fault.pointer.is_empty()) {
        return all;
    }
    let mut stands_in: Vec<String> = Vec::new();
    for fault in &all {
        give_way(&mut command, least, &fault.pointer);
        stands_in.push(fault.pointer.clone());
    }
    fill(&mut command, least, "", &mut stands_in);
    for _ in 0..MOST {
        let Err(fault) = tried(&command) else {
            break;
        };
        let told = stands_in.iter().any(|place| touch(place, &fault.pointer));
        if !told && !all.contains(&fault) {
            all.push(fault.clone());
        }
        // What stands there gives way; where that did not help, what is around it.
        let mut place = fault.pointer.as_str();
        while stands_in.iter().any(|known| known == place) {
            place = place.rsplit_once('/').map_or("", |(around, _)| around);
        }
        if place.is_empty() {
            break;
        }
        give_way(&mut command, least, place);
        stands_in.push(place.to_owned());
        fill(&mut command, least, "", &mut stands_in);
    }
    all
}

/// Whether one place is the other or lies within it.
fn touch(one: &str, other: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !other.is_empty() && (within(one, other) || within(other, one))
}

/// Puts in place of the answer at `pointer` what the least command has there, or nothing. A row of a
/// list keeps its id.
fn give_way(command: &mut Value, least: &Value, pointer: &str) {
    let Some((around, last)) = pointer.rsplit_once('/') else {
        return;
    };
    let example = example(least, pointer);
    match command.pointer_mut(around) {
        Some(Value::Object(members)) => {
            match example {
                Some(example) => members.insert(last.to_owned(), example.clone()),
                None => members.remove(last),
            };
        }
        Some(Value::Array(rows)) => {
            let row = last
                .parse()
                .ok()
                .and_then(|index: usize| rows.get_mut(index));
            if let (Some(row), Some(example)) = (row, example) {
                let id = row.get("id").cloned();
                row.clone_from(example);
                if let (Some(id), Some(members)) = (id, row.as_object_mut()) {
                    members.insert("id".to_owned(), id);
                }
            }
        }
        _ => {}
    }
}

/// What the least command has at a pointer; of rows that it does not have, what its last one has.
fn example<'a>(least: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(least, |around, step| match around {
            Value::Array(rows) => {
                let index: usize = step.parse().ok()?;
                rows.get(index).or(rows.last())
            }
            around => around.get(step),
        })
}

/// What is not answered is answered as the least command does.
fn fill(own: &mut Value, example: &Value, place: &str, stands_in: &mut Vec<String>) {
    match (own, example) {
        (Value::Object(own), Value::Object(example)) => {
            for (name, example) in example {
                let place = format!("{place}/{name}");
                match own.get_mut(name) {
                    None | Some(Value::Null) if !example.is_null() => {
                        own.insert(name.clone(), example.clone());
                        stands_in.push(place);
                    }
                    Some(own) => fill(own, example, &place, stands_in),
                    None => {}
                }
            }
        }
        (Value::Array(own), Value::Array(example)) => {
            let known = own.len();
            for (index, row) in own.iter_mut().enumerate() {
                if let Some(example) = example.get(index).or(example.last()) {
                    fill(row, example, &format!("{place}/{index}"), stands_in);
                }
            }
            for (index, row) in example.iter().enumerate().skip(known) {
                own.push(row.clone());
                stands_in.push(format!("{place}/{index}"));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::language::Sentence;

    fn fault(pointer: &str, code: &str) -> Fault {
        Fault::new(pointer, code, Sentence::key("fault-missing"))
    }

    fn least() -> Value {
        json!({
            "type": "submit-plan", "goals": "-", "decision": "1",
            "items": [{ "id": "trial", "start": 1, "end": 1, "cost": 0 }],
        })
    }

    /// A procedure that tells one thing at a time.
    fn procedure(command: &Value) -> Result<(), Fault> {
        for (index, item) in command["items"].as_array().unwrap().iter().enumerate() {
            if item["end"].as_i64() < item["start"].as_i64() {
                return Err(fault(&format!("/items/{index}/end"), "end-before-start"));
            }
        }
        let ids: Vec<_> = command["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| &i["id"])
            .collect();
        if ids.len() > 1 && ids[0] == ids[1] {
            return Err(fault("/items", "same-id"));
        }
        if command["goals"] == "no" {
            return Err(fault("/goals", "no-goals"));
        }
        if command["decision"] != "1" {
            return Err(fault("", "not-now"));
        }
        Ok(())
    }

    fn codes(command: Value, faults: Vec<Fault>) -> Vec<String> {
        let all = all_faults(command, faults, &least(), procedure);
        all.into_iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn one_round_tells_all() {
        let command = json!({
            "goals": "no", "decision": "2",
            "items": [
                { "id": "a", "start": 5, "end": 3 },
                { "id": "b", "start": 5, "end": 6 },
                { "id": "c", "start": 9 },
                { "id": "d", "start": 8, "end": 7 },
            ],
        });
        let missing = fault("/items/2/end", "missing");
        assert_eq!(
            codes(command, vec![missing]),
            [
                "missing",
                "end-before-start",
                "end-before-start",
                "no-goals",
                "not-now"
            ]
        );
    }

    #[test]
    fn what_is_missing_is_told_once_and_stands_in_for_nothing_else() {
        let command = json!({ "items": [{ "id": "a", "start": 5 }] });
        let faults = vec![fault("/goals", "missing"), fault("/items/0/end", "missing")];
        assert_eq!(
            codes(command, faults),
            ["missing", "missing"],
            "the end that stands in lies before the start: that is nobody's fault"
        );
        let command = json!({ "goals": "a", "items": [{ "id": "a", "start": 5, "end": 4 }] });
        let faults = vec![fault("/items/0/cost", "missing")];
        assert_eq!(
            codes(command, faults),
            ["missing", "end-before-start"],
            "in the same row"
        );
        assert_eq!(
            codes(json!({}), vec![fault("/items", "missing")]),
            ["missing"]
        );
        assert_eq!(
            codes(json!({ "goals": "no" }), vec![fault("", "form-old")]),
            ["form-old"],
            "an old form is not tried"
        );
    }

    #[test]
    fn a_procedure_that_never_takes_it_is_heard_only_so_often() {
        let never = |_: &Value| Err(fault("/goals", "never"));
        let all = all_faults(json!({ "goals": "x" }), Vec::new(), &least(), never);
        assert_eq!(all.len(), 1);
    }
}
