//! Every form of every event that was ever stored can be read. A file under `golden/` is named by type
//! and revision. What stands in it is never changed once that revision was written by a release; a new
//! revision gets a new file.
//!
//! The current form, and an older one that says the same today, is written again byte for byte. Beside
//! an older form that reads otherwise today stands what it reads as: `Type.revision.now.json`, the same
//! forms in the same order. That file follows the current form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::calendar::CalendarEvent;
use domain::case::Event;
use domain::child::Event as ChildEvent;
use domain::identity::PostEvent;
use domain::log::{Form, Payload, Stored, read};
use domain::notice::NoticeEvent;
use domain::reading::ReadingEvent;
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

impl Golden {
    fn personal(&self) -> Option<&str> {
        self.personal.as_deref().map(RawValue::get)
    }
}

/// What a file of the folder holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    /// The forms of a revision.
    Forms(String, i16),
    /// What these read as today.
    Now(String, i16),
}

impl Holds {
    fn of(name: &str) -> Option<Self> {
        let parts: Vec<_> = name.split('.').collect();
        let revision = |text: &str| text.parse().ok();
        match parts.as_slice() {
            [event_type, number, "json"] => {
                Some(Self::Forms((*event_type).to_owned(), revision(number)?))
            }
            [event_type, number, "now", "json"] => {
                Some(Self::Now((*event_type).to_owned(), revision(number)?))
            }
            _ => None,
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every file of the folder, by what it holds.
fn files() -> BTreeMap<Holds, Vec<Golden>> {
    let entries = std::fs::read_dir(folder()).unwrap();
    entries
        .map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let text = std::fs::read_to_string(folder().join(&name)).unwrap();
            let forms: Vec<Golden> =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!forms.is_empty(), "{name}");
            let holds = Holds::of(&name).unwrap_or_else(|| panic!("{name}: what does it hold?"));
            (holds, forms)
        })
        .collect()
}

/// The forms that stand in the file of a revision, oldest first.
pub fn forms(event_type: &str, revision: i16) -> Vec<Payload> {
    let text = std::fs::read_to_string(folder().join(format!("{event_type}.{revision}.json")));
    let forms: Vec<Golden> = serde_json::from_str(&text.unwrap()).unwrap();
    let parsed = forms
        .iter()
        .map(|one| Payload::parse(one.facts.get(), one.personal()));
    parsed.collect::<Result<_, _>>().unwrap()
}

/// Every stored type of every subject.
fn types() -> impl Iterator<Item = &'static Form> {
    let all = [
        Event::FORMS,
        ChildEvent::FORMS,
        PostEvent::FORMS,
        ReadingEvent::FORMS,
        NoticeEvent::FORMS,
        CalendarEvent::FORMS,
    ];
    all.into_iter().flatten()
}

/// What has to stand in the folder.
fn wanted<'a>(types: impl Iterator<Item = &'a Form>) -> BTreeSet<Holds> {
    let mut wanted = BTreeSet::new();
    for form in types {
        for revision in 1..=form.current {
            let event_type = form.event_type.to_owned();
            if !form.reads_as_current(revision) {
                wanted.insert(Holds::Now(event_type.clone(), revision));
            }
            wanted.insert(Holds::Forms(event_type, revision));
        }
    }
    wanted
}

/// What of `wanted` has no file, and which file nobody claims.
fn astray(wanted: &BTreeSet<Holds>, found: &BTreeSet<Holds>) -> Vec<String> {
    let missing = wanted.difference(found);
    let missing = missing.map(|holds| format!("no file: {holds:?}"));
    let unclaimed = found.difference(wanted);
    let unclaimed = unclaimed.map(|holds| format!("nobody's: {holds:?}"));
    missing.chain(unclaimed).collect()
}

#[test]
fn every_revision_has_its_file_and_every_file_its_revision() {
    let found: BTreeSet<_> = files().into_keys().collect();
    assert_eq!(astray(&wanted(types()), &found), [""; 0]);
}

#[test]
fn a_missing_and_an_unclaimed_file_are_found() {
    let found: BTreeSet<_> = files().into_keys().collect();
    let eaten = Holds::Forms("ReportEaten".to_owned(), 1);
    let mut more = found.clone();
    more.insert(eaten.clone());
    more.insert(Holds::Forms("NoteAdded".to_owned(), 7));
    assert_eq!(astray(&wanted(types()), &more).len(), 2);
    let mut less = found;
    less.remove(&Holds::Forms("NoteAdded".to_owned(), 1));
    assert_eq!(astray(&wanted(types()), &less).len(), 1);
    assert_eq!(Holds::of("ReportEaten.1.json"), Some(eaten));
    for name in ["NoteAdded.json", "NoteAdded.x.json", "NoteAdded.1.txt"] {
        assert_eq!(Holds::of(name), None, "{name}");
    }
}

/// Reads every file of a subject. Gives how many.
fn read_all<E: Stored + std::fmt::Debug>() -> usize {
    let files = files();
    let mut found = 0;
    for (holds, forms) in &files {
        let Holds::Forms(event_type, revision) = holds else {
            continue;
        };
        let Some(form) = E::form(event_type) else {
            continue;
        };
        found += 1;
        let now = files.get(&Holds::Now(event_type.clone(), *revision));
        let names = |forms: &[Golden]| forms.iter().map(|one| one.form.clone()).collect();
        let of: Vec<String> = names(forms);
        assert!(now.is_none_or(|now| of == names(now)), "{holds:?}");
        for (place, golden) in forms.iter().enumerate() {
            let at = format!("{event_type}.{revision}, {}", golden.form);
            let (facts, personal) = (golden.facts.get(), golden.personal());
            let read = read::<E>(event_type, *revision, facts, personal).unwrap_or_else(|error| {
                panic!("{at}: {error}: {:?}", std::error::Error::source(&error))
            });
            let older = read.older.as_ref().map(|older| older.revision);
            assert_eq!(older, now.map(|_| *revision), "{at}");
            let written = read.event.encode().unwrap();
            assert_eq!(written.event_type, event_type);
            assert_eq!(written.revision, form.current);
            // An old form that says the same is written as it stood: nothing is added to it.
            let expected = now.map_or(golden, |now| &now[place]);
            assert_eq!(written.facts, expected.facts.get(), "{at}");
            assert_eq!(written.personal.as_deref(), expected.personal(), "{at}");
        }
    }
    found
}

#[test]
fn every_event_is_read_and_written_as_it_stands() {
    let revisions = |forms: &[Form]| forms.iter().map(|form| form.current).sum::<i16>();
    for (found, forms) in [
        (read_all::<Event>(), Event::FORMS),
        (read_all::<ChildEvent>(), ChildEvent::FORMS),
        (read_all::<PostEvent>(), PostEvent::FORMS),
        (read_all::<ReadingEvent>(), ReadingEvent::FORMS),
        (read_all::<NoticeEvent>(), NoticeEvent::FORMS),
        (read_all::<CalendarEvent>(), CalendarEvent::FORMS),
    ] {
        assert_eq!(i16::try_from(found).unwrap(), revisions(forms));
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
        assert!(error.to_string().contains(&revision.to_string()));
    }
    assert!(Event::decode("ReportForwarded", 1, "{\"to_unit\":1}", None).is_err());
    assert!(Event::decode("ReportAcknowledged", 1, "{\"x\":1}", None).is_err());
    assert!(PostEvent::decode("PostGiven", 2, "{}", None).is_err());
    assert!(PostEvent::decode("PostEnded", 1, "{\"x\":1}", None).is_err());
}
