//! Every form of every event that was ever stored can be read and is written the same again, byte
//! for byte. A file under `golden/` is named by type and revision and is never changed once that
//! revision was written by a release; a new revision gets a new file.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::case::Event;
use domain::identity::PostEvent;
use serde::Deserialize;
use serde_json::value::RawValue;

/// One form of an event. The parts are kept as the bytes that stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    form: String,
    facts: Box<RawValue>,
    personal: Option<Box<RawValue>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn read(event_type: &str, revision: i16) -> Vec<Golden> {
    let path = folder().join(format!("{event_type}.{revision}.json"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of the folder: type and revision.
fn files() -> Vec<(String, i16)> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .map(|name| {
            let mut parts = name.split('.');
            let event_type = parts.next().unwrap().to_owned();
            (event_type, parts.next().unwrap().parse().unwrap())
        })
        .collect()
}

#[test]
fn every_event_is_read_and_written_as_it_stands() {
    let of_cases: Vec<_> = files()
        .into_iter()
        .filter(|(name, _)| Event::TYPES.iter().any(|(known, _)| known == name))
        .collect();
    for (event_type, current) in Event::TYPES {
        for revision in 1..=*current {
            let file = (event_type.to_string(), revision);
            assert!(of_cases.contains(&file), "{event_type}.{revision}");
        }
    }
    for (event_type, revision) in of_cases {
        let forms = read(&event_type, revision);
        assert!(!forms.is_empty(), "{event_type}");
        for golden in forms {
            let place = format!("{event_type}.{revision}, {}", golden.form);
            let personal = golden.personal.as_ref().map(|part| part.get());
            let event = Event::decode(&event_type, revision, golden.facts.get(), personal)
                .unwrap_or_else(|error| {
                    panic!("{place}: {error}: {:?}", std::error::Error::source(&error))
                });
            let written = event.encode().unwrap();
            assert_eq!(written.event_type, event_type);
            // An old form that says the same is written as it stood: nothing is added to it.
            assert_eq!(written.facts, golden.facts.get(), "{place}");
            assert_eq!(written.personal.as_deref(), personal, "{place}");
        }
    }
}

#[test]
fn every_event_of_an_officer_is_read_and_written_as_it_stands() {
    for (event_type, revision) in PostEvent::TYPES {
        for golden in read(event_type, *revision) {
            let place = format!("{event_type}.{revision}, {}", golden.form);
            let personal = golden.personal.as_ref().map(|part| part.get());
            let event = PostEvent::decode(event_type, *revision, golden.facts.get(), personal);
            let written = event.unwrap().encode().unwrap();
            assert_eq!(
                (written.event_type, written.revision),
                (*event_type, *revision)
            );
            assert_eq!(written.facts, golden.facts.get(), "{place}");
            assert_eq!(written.personal.as_deref(), personal, "{place}");
        }
    }
    assert!(PostEvent::decode("PostGiven", 2, "{}", None).is_err());
    assert!(PostEvent::decode("PostEnded", 1, "{\"x\":1}", None).is_err());
}

#[test]
fn no_golden_file_stands_for_an_event_that_nobody_knows() {
    let all = Event::TYPES.iter().chain(PostEvent::TYPES);
    let known: BTreeSet<_> = all.map(|(name, _)| *name).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let event_type = name.split('.').next().unwrap();
        assert!(known.contains(event_type), "{name}");
    }
}

#[test]
fn an_unknown_type_or_revision_is_an_error_that_names_it() {
    for (event_type, revision) in [
        ("ReportForwarded", 2),
        ("ReportReceived", 0),
        ("ReportEaten", 1),
    ] {
        let error = Event::decode(event_type, revision, "{}", None).unwrap_err();
        assert!(error.to_string().contains(event_type));
    }
    assert!(Event::decode("ReportForwarded", 1, "{\"to_unit\":1}", None).is_err());
    assert!(Event::decode("ReportAcknowledged", 1, "{\"x\":1}", None).is_err());
}
