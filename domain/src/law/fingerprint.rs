//! What obligations depend on, as a short text: it changes with every value of it, and with nothing else.
//! It is kept with read models beyond the life of a program, so it rests on the words of the files and
//! not on how the program names or prints them.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::definition::{Closing, Procedure, Reopening, Step};
use super::governed::Governed;
use super::standard::Standards;

/// What of a procedure obligations follow from.
#[derive(Serialize)]
#[serde(bound = "")]
struct Followed<'a, S: Governed> {
    steps: &'a [Step<S>],
    closings: &'a [Closing<S>],
    reopenings: &'a [Reopening<S>],
    standards: &'a Standards,
}

impl<S: Governed> Procedure<S> {
    /// Everything that the obligations depend on, as a short text that changes whenever they might: the
    /// name and version of the main procedure, and SHA-256 over the canonical form of all steps, closings,
    /// reopenings and standards.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let followed = Followed {
            steps: &self.steps,
            closings: &self.closings,
            reopenings: &self.reopenings,
            standards: &self.standards,
        };
        format!("{}/{} {}", self.id, self.version, digest(&followed))
    }
}

/// SHA-256 over the canonical form of a value, in hexadecimal.
fn digest(value: &impl Serialize) -> String {
    let mut form = String::new();
    // Rules are names, texts and numbers: to write them as JSON cannot fail.
    canonical(&serde_json::to_value(value).unwrap_or_default(), &mut form);
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(form) {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// JSON without spaces, the members of each object in the order of their names.
fn canonical(value: &Value, form: &mut String) {
    match value {
        Value::Array(items) => {
            form.push('[');
            for (index, item) in items.iter().enumerate() {
                form.push_str(if index > 0 { "," } else { "" });
                canonical(item, form);
            }
            form.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            form.push('{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                form.push_str(if index > 0 { "," } else { "" });
                form.push_str(&Value::from(name.as_str()).to_string());
                form.push(':');
                canonical(member, form);
            }
            form.push('}');
        }
        scalar => form.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::json;
    use toml::{Table, Value as Toml};

    use super::*;
    use crate::case::Procedure;
    use crate::unit::Units;

    fn read(file: &Table) -> Option<Procedure> {
        Procedure::read(&toml::to_string(file).unwrap(), Units::shipped()).ok()
    }

    /// Each step of the shipped files by itself, each closing with one step, and what reopening brings back.
    fn files() -> Vec<Table> {
        let mut files = Vec::new();
        for (_, text) in Procedure::SHIPPED {
            let mut file: Table = toml::from_str(text).unwrap();
            file.remove("competence");
            let Some(Toml::Array(steps)) = file.remove("step") else {
                panic!("no steps");
            };
            let closing = file.remove("closing");
            let reopening = file.remove("reopening");
            let with = |step: &Toml| {
                let mut one = file.clone();
                one.insert("step".to_owned(), Toml::Array(vec![step.clone()]));
                one
            };
            files.extend(steps.iter().map(with));
            files.extend(closing.map(|closing| {
                let mut one = with(&steps[0]);
                one.insert("closing".to_owned(), closing);
                one
            }));
            // A reopening names steps: it stands with all of them.
            files.extend(reopening.map(|reopening| {
                let mut one = file.clone();
                one.insert("step".to_owned(), Toml::Array(steps.clone()));
                one.insert("reopening".to_owned(), reopening);
                one
            }));
        }
        files
    }

    /// Every place of a value that holds no others, with its name without numbers.
    fn places(value: &Toml, path: &[String], found: &mut Vec<(Vec<String>, Toml)>) {
        let mut into = |name: &str, inner: &Toml| {
            let path = [path, &[name.to_owned()]].concat();
            places(inner, &path, found);
        };
        match value {
            Toml::Table(table) => table.iter().for_each(|(name, inner)| into(name, inner)),
            Toml::Array(items) => {
                let numbered = items.iter().enumerate();
                numbered.for_each(|(index, inner)| into(&index.to_string(), inner));
            }
            scalar => found.push((path.to_vec(), scalar.clone())),
        }
    }

    fn name(path: &[String]) -> String {
        let names = path.iter().filter(|part| part.parse::<usize>().is_err());
        names.map(String::as_str).collect::<Vec<_>>().join(".")
    }

    /// The kind of words that may stand in a place.
    fn kind(path: &[String]) -> &str {
        let mut names = path.iter().rev().map(String::as_str);
        match names.find(|part| part.parse::<usize>().is_err()) {
            Some("unless") => "when",
            Some("since") => "from",
            Some("opened_by" | "ends") => "on",
            name => name.unwrap_or_default(),
        }
    }

    fn at<'a>(file: &'a mut Toml, path: &[String]) -> &'a mut Toml {
        path.iter().fold(file, |value, part| match value {
            Toml::Array(items) => &mut items[part.parse::<usize>().unwrap()],
            Toml::Table(table) => &mut table[part.as_str()],
            scalar => panic!("{part} of {scalar}"),
        })
    }

    /// What could stand there instead: another word of the same place in other files, or another value.
    fn others(value: &Toml, words: &[Toml]) -> Vec<Toml> {
        let mut all = words.to_vec();
        all.push(match value {
            Toml::String(text) => Toml::String(format!("{text}x")),
            Toml::Integer(number) => Toml::Integer(number + 1),
            Toml::Boolean(said) => Toml::Boolean(!said),
            Toml::Datetime(_) => Toml::Datetime("2031-03-04".parse().unwrap()),
            other => panic!("{other}"),
        });
        all.retain(|other| other != value);
        all
    }

    #[test]
    fn any_value_of_a_step_or_closing_changes_it() {
        let files = files();
        let rules = [
            "step",
            "closing",
            "id",
            "version",
            "effective_from",
            "effective_to",
        ];
        let mut words: HashMap<String, Vec<Toml>> = HashMap::new();
        let mut all = Vec::new();
        for file in &files {
            let mut found = Vec::new();
            places(&Toml::Table(file.clone()), &[], &mut found);
            let reopening = file.contains_key("reopening");
            found.retain(|(path, _)| match path[0].as_str() {
                "reopening" => true,
                name => !reopening && rules.contains(&name),
            });
            for (path, value) in &found {
                let known = words.entry(kind(path).to_owned()).or_default();
                if !known.contains(value) {
                    known.push(value.clone());
                }
            }
            all.push(found);
        }
        // Each place is tried in the first file in which another value is accepted.
        let mut tried: HashMap<String, bool> = HashMap::new();
        for (file, found) in files.iter().zip(all) {
            let before = read(file).expect("a shipped step").fingerprint();
            for (path, value) in found {
                let place = name(&path);
                if tried.get(&place).is_some_and(|accepted| *accepted) {
                    continue;
                }
                let mut accepted =
                    others(&value, &words[kind(&path)])
                        .into_iter()
                        .filter_map(|other| {
                            let mut file = Toml::Table(file.clone());
                            *at(&mut file, &path) = other;
                            read(file.as_table()?)
                        });
                let changed = accepted.next();
                if let Some(changed) = &changed {
                    assert_ne!(changed.fingerprint(), before, "{place}");
                }
                tried.insert(place, changed.is_some());
            }
        }
        let never: Vec<_> = tried.iter().filter(|(_, accepted)| !**accepted).collect();
        assert!(never.is_empty(), "not tried: {never:?}");
        assert!(tried.len() > 40, "{tried:?}");
    }

    #[test]
    fn any_value_of_a_standard_changes_it() {
        let with = |text: &str| {
            let shipped = Procedure::parse(Procedure::SHIPPED[0].1, Units::shipped()).unwrap();
            shipped.with_standards(text).unwrap().fingerprint()
        };
        let text = "remote = [\"19111\"]\n[[standard]]\nstep = \"verify-report\"\nunit = \"44\"\n\
            amount = 2\nof = \"working-day\"\ntitle = { vi = \"Quy chế\", en = \"Rules\" }\n\
            from = 2024-01-01\n";
        let mut all = vec![with(""), with(text)];
        for (one, other) in [
            ("19111", "19114"),
            ("verify-report", "emergency-measure"),
            ("\"44\"", "\"01\""),
            ("amount = 2", "amount = 3"),
            ("working-day", "hour"),
            ("Quy chế", "Quy định"),
            ("Rules", "Rule"),
            ("2024-01-01", "2024-01-02\nto = 2025-01-01"),
        ] {
            assert!(text.contains(one), "{one}");
            all.push(with(&text.replacen(one, other, 1)));
        }
        for (index, one) in all.iter().enumerate() {
            assert!(!all[..index].contains(one), "{index}");
        }
    }

    #[test]
    fn the_order_in_which_a_file_names_things_does_not_change_it() {
        let text = Procedure::SHIPPED[0].1;
        let shipped = Procedure::parse(text, Units::shipped())
            .unwrap()
            .fingerprint();
        // Written anew with every table in the order of its names, comments gone.
        let sorted = toml::to_string(&toml::from_str::<Table>(text).unwrap()).unwrap();
        assert_ne!(sorted, text);
        assert_eq!(
            Procedure::parse(&sorted, Units::shipped())
                .unwrap()
                .fingerprint(),
            shipped
        );
        let [mut one, mut other] = [String::new(), String::new()];
        canonical(
            &json!({ "b": [1, { "d": null, "c": "ừ" }], "a": true }),
            &mut one,
        );
        canonical(
            &json!({ "a": true, "b": [1, { "c": "ừ", "d": null }] }),
            &mut other,
        );
        assert_eq!(one, r#"{"a":true,"b":[1,{"c":"ừ","d":null}]}"#);
        assert_eq!(one, other);
    }

    /// The same rule under two Rust names; and the digest that it has, whatever program computes it.
    #[test]
    fn it_does_not_depend_on_how_the_program_names_its_types() {
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        enum Word {
            PlanItem,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        enum Renamed {
            PlanItem,
        }
        #[derive(Serialize)]
        struct Rule<W> {
            each: W,
            amount: u32,
        }
        #[derive(Serialize)]
        struct RenamedRule<W> {
            amount: u32,
            each: W,
        }
        let each = Word::PlanItem;
        let rule = digest(&Rule { each, amount: 12 });
        let each = Renamed::PlanItem;
        assert_eq!(digest(&RenamedRule { amount: 12, each }), rule);
        let known = "5698f2180734282d2281cc499c927ad6bd4be83f2f84560c00f79605be086773";
        assert_eq!(rule, known);
    }
}
