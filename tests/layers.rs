//! Dependencies point one way: domain, then eventstore, then projections, then server. Both databases
//! are kept alike.

use std::collections::{BTreeSet, HashMap};
use std::process::Command;

use serde_json::Value;

/// What each crate uses when it is built for service, other crates of the workspace included.
fn dependencies() -> HashMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--no-deps"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    assert!(output.status.success());
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let used = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|dependency| dependency["kind"].is_null())
            .map(name)
            .collect()
    };
    packages
        .iter()
        .map(|package| (name(package), used(package)))
        .collect()
}

#[test]
fn dependencies_point_one_way() {
    let all = dependencies();
    let ours: BTreeSet<&String> = all.keys().collect();
    let allowed: [(&str, &[&str]); 5] = [
        ("domain", &[]),
        ("eventstore", &[]),
        ("projections", &["domain", "eventstore"]),
        ("server", &["domain", "eventstore", "projections"]),
        ("tests", &["eventstore"]),
    ];
    assert_eq!(
        ours.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
        allowed.map(|(name, _)| name),
        "a new crate needs its place here"
    );
    for (name, allowed) in allowed {
        let used: Vec<_> = all[name]
            .iter()
            .filter(|used| ours.contains(used))
            .map(String::as_str)
            .collect();
        assert_eq!(used, allowed, "{name} uses of the workspace");
    }
}

#[test]
fn the_domain_knows_no_database_no_network_no_clock_and_no_chance() {
    let all = dependencies();
    let banned = [
        "sqlx",
        "axum",
        "tokio",
        "futures",
        "async-trait",
        "hyper",
        "reqwest",
        "tower",
        "rand",
        "getrandom",
        "askama",
    ];
    for name in banned {
        assert!(!all["domain"].contains(name), "domain uses {name}");
    }
    for (name, banned) in [
        ("eventstore", &["axum", "askama", "tower", "reqwest"][..]),
        ("projections", &["axum", "askama", "tower", "reqwest"]),
    ] {
        for dependency in banned {
            assert!(!all[name].contains(*dependency), "{name} uses {dependency}");
        }
    }
}

/// The clock and chance come in through `std` and `chrono`, which no list of dependencies shows.
#[test]
fn the_domain_never_asks_what_time_it_is() {
    let all = sources("domain/src");
    for (path, text) in &all {
        for call in [
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "now_v7",
            "new_v4",
            "env::var",
        ] {
            assert!(!text.contains(call), "{path} calls {call}");
        }
    }
    assert!(all.len() > 50);
}

/// Every source file below a folder of the repository: its path from there and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    let mut waiting = vec![std::path::PathBuf::from(format!("{root}{folder}"))];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).unwrap();
            waiting.extend(inside.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.to_string_lossy().replacen(root, "", 1);
            found.push((name, text));
        }
    }
    assert!(!found.is_empty(), "{folder} has no source");
    found
}

/// What is about cases, readings or notices only.
const SUBJECTS: &[&str] = &[
    "domain::case",
    "domain::reading",
    "domain::notice",
    "crate::case",
    "crate::audit_trail",
    "crate::worklist",
    "crate::reading",
    "crate::notice",
    "CASE",
    "READING",
    "NOTICE",
];

/// Within a crate, too, dependencies point one way.
#[test]
fn folders_know_only_what_is_below_them() {
    for (folder, banned) in [
        ("domain/src/law", &["crate::case", "crate::permit"][..]),
        (
            "domain/src/command",
            &["crate::case", "crate::law", "crate::permit"],
        ),
        (
            "domain/src/log",
            &["crate::case", "crate::law", "crate::permit"],
        ),
        (
            "domain/src/permit",
            &["crate::case", "crate::responsibility", "crate::scenario"],
        ),
        // What keeps read models knows none of them, and no subject.
        ("projections/src/keep", SUBJECTS),
        ("projections/src/apply.rs", SUBJECTS),
        ("projections/src/build.rs", SUBJECTS),
        ("projections/src/checkpoint.rs", SUBJECTS),
        ("projections/src/folding.rs", SUBJECTS),
        ("projections/src/follow.rs", SUBJECTS),
        ("projections/src/table.rs", SUBJECTS),
        ("projections/src/verify.rs", SUBJECTS),
        (
            "server/src/access",
            &["crate::pages", "crate::api", "crate::application"],
        ),
        ("server/src/notices", &["crate::pages", "crate::api"]),
        // How a command is sent is the same for every subject.
        ("server/src/application/sending", SUBJECTS),
        (
            "server/src/application/sending",
            &["domain::identity::Posts", "OFFICER"],
        ),
        (
            "server/src/application",
            &["crate::pages", "crate::api", "crate::notices"],
        ),
        (
            "server/src/words",
            &["crate::pages", "crate::api", "crate::application"],
        ),
        ("server/src/api", &["crate::pages"]),
        ("server/src/pages", &["crate::api"]),
    ] {
        for (path, text) in sources(folder) {
            // Tests may take a subject to show a rule by.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in banned {
                assert!(!code.contains(name), "{path} knows {name}");
            }
        }
    }
}

/// An event becomes a stored one in one place, and a stored one an event in another: who seals and opens what
/// names people has no third to look for.
#[test]
fn events_are_written_and_read_in_one_place_each() {
    for (made, place) in [
        ("NewEvent {\n", "server/src/application/envelope.rs"),
        ("log::read(", "projections/src/recorded.rs"),
    ] {
        let all = ["projections/src", "server/src"].into_iter();
        let makers: Vec<_> = all
            .flat_map(sources)
            .filter(|(_, text)| {
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                code.lines()
                    .map(|line| format!("{line}\n"))
                    .any(|line| line.contains(made) && !line.contains("-> "))
            })
            .map(|(path, _)| path)
            .collect();
        assert_eq!(makers, [place], "{made}");
    }
}

/// The folders of the chapters of a case: those that have commands.
fn chapters() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src/case");
    let inside = std::fs::read_dir(root).unwrap();
    let folders = inside.map(|entry| entry.unwrap());
    folders
        .filter(|folder| folder.path().join("commands").is_dir())
        .map(|folder| folder.file_name().into_string().unwrap())
        .collect()
}

/// Whether code names the chapter by a path.
fn names(code: &str, chapter: &str) -> bool {
    let paths = [
        format!("case::{chapter}"),
        format!("super::{chapter}"),
        format!("{chapter}::commands"),
        format!("{chapter}::law"),
        format!("{chapter}::state"),
    ];
    paths.iter().any(|path| {
        code.match_indices(path.as_str()).any(|(at, _)| {
            let letter = |letter: char| letter.is_alphanumeric() || letter == '_';
            let before = code[..at].chars().next_back();
            let after = code[at + path.len()..].chars().next();
            !before.is_some_and(letter) && !after.is_some_and(letter)
        })
    })
}

/// What one chapter of a case needs of another it finds in the state of the case, or in the forms of its
/// events. So a new command is written in its own chapter.
#[test]
fn a_chapter_of_a_case_knows_no_other() {
    let chapters = chapters();
    assert!(chapters.len() > 8);
    for chapter in &chapters {
        for (path, text) in sources(&format!("domain/src/case/{chapter}")) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for other in chapters.iter().filter(|other| *other != chapter) {
                assert!(!names(code, other), "{path} knows {other}");
            }
        }
    }
}

/// The chapters are put together in four places; whoever shares a case with them asks there.
#[test]
fn what_chapters_share_knows_none_of_them() {
    let chapters = chapters();
    let together = ["mod.rs", "chapters.rs", "events/mod.rs", "state/mod.rs"];
    for (path, text) in sources("domain/src/case") {
        let within = path.trim_start_matches("domain/src/case/");
        let folder = within.split('/').next().unwrap_or_default();
        if chapters.iter().any(|chapter| chapter == folder) || together.contains(&within) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for chapter in &chapters {
            assert!(!names(code, chapter), "{path} knows {chapter}");
        }
    }
    assert!(names("use super::super::care::law::known;", "care"));
    assert!(!names("use super::careful::law;", "care"));
}

/// The arms of a `match`, without what stands within them.
fn arms(after_match: &str) -> String {
    let mut depth = 0_usize;
    let mut arms = String::new();
    for letter in after_match.chars() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' if depth == 0 => break,
            '}' | ')' | ']' => depth -= 1,
            letter if depth == 0 => arms.push(letter),
            _ => {}
        }
    }
    arms
}

/// A new role asks for its place wherever roles are told apart: no arm takes "all others".
#[test]
fn no_role_is_one_of_all_others() {
    let folders = ["domain/src", "projections/src", "server/src"];
    for (path, text) in folders.into_iter().flat_map(sources) {
        for (place, _) in text.match_indices("match ") {
            let Some((_, body)) = text[place..].split_once('{') else {
                continue;
            };
            let arms = arms(body);
            let on_roles = arms.lines().any(|line| {
                let line = line.trim_start().trim_start_matches("| ");
                ["Role::", "Some(Role::"]
                    .iter()
                    .any(|role| line.starts_with(role))
            });
            let others = arms
                .lines()
                .any(|line| line.trim_start().starts_with("_ =>"));
            let line = text[..place].lines().count();
            assert!(
                !(on_roles && others),
                "{path}:{line} has an arm for all other roles"
            );
        }
    }
}

/// A migration for one database without its twin for the other would leave their schemas apart.
#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
        let entries = std::fs::read_dir(format!("{folder}/{database}")).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}
