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
    let mut files = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../domain/src"
    ))];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).unwrap();
            files.extend(inside.map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        read += 1;
        for call in [
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "now_v7",
            "new_v4",
            "env::var",
        ] {
            assert!(!text.contains(call), "{} calls {call}", path.display());
        }
    }
    assert!(read > 50);
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
