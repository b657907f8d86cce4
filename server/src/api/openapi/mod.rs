//! `GET /api/v1/openapi.json`: the API described by itself (OpenAPI 3.1). Paths and
//! answers are written by hand beside the routes, and a test holds the routes to them; the commands are
//! described by their structs.

mod answers;
mod commands;
mod paths;
mod schema;

use std::sync::LazyLock;

use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/openapi.json", get(async || Json(&*DOCUMENT)))
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// The whole description.
#[must_use]
pub fn document() -> Value {
    let mut schemas = answers::schemas();
    if let Some(schemas) = schemas.as_object_mut() {
        for (name, schema) in commands::all() {
            schemas.insert(name, schema);
        }
        schemas.insert("Command".to_owned(), commands::any());
        schemas.insert("ChildCommand".to_owned(), commands::any_of_child());
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Nôi",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Child-protection cases as a log of immutable events",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }],
        "paths": paths::all(),
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

#[cfg(test)]
mod tests {
    use boon::{Compiler, Draft, Schemas};
    use domain::case::Command;
    use domain::child::Command as ChildCommand;

    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(members) => {
                    for (name, member) in members {
                        match member {
                            Value::String(target) if name == "$ref" => found.push(target),
                            other => walk(other, found),
                        }
                    }
                }
                Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
                _ => {}
            }
        }
        let document = document();
        let mut references = Vec::new();
        walk(&document, &mut references);
        assert!(references.len() > 40);
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_command_of_the_domain_is_described() {
        let described = commands::all();
        let commands = described.iter().map(|(name, _)| name.as_str());
        let names = Command::NAMES;
        assert!(commands.take(names.len()).eq(names.iter().copied()));
        // Nothing stands under the name of something else.
        let answers = answers::schemas();
        let mut names: Vec<&str> = answers
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        names.extend(described.iter().map(|(name, _)| name.as_str()));
        names.sort_unstable();
        let twice: Vec<_> = names.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_command_has_an_example_that_its_description_allows() {
        const ADDRESS: &str = "urn:openapi";
        let document = document();
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        compiler.add_resource(ADDRESS, document.clone()).unwrap();
        for (path, names) in [
            ("~1api~1v1~1cases", &["receive-report"][..]),
            ("~1api~1v1~1cases~1{id}~1commands", Command::NAMES),
            ("~1api~1v1~1children", &["register-child"][..]),
            ("~1api~1v1~1children~1{id}~1commands", ChildCommand::NAMES),
        ] {
            let body = format!("/paths/{path}/post/requestBody/content/application~1json");
            let place = format!("{ADDRESS}#{body}/schema");
            let schema = compiler.compile(&place, &mut schemas).unwrap();
            let examples = document.pointer(&format!("{body}/examples")).unwrap();
            assert_eq!(examples.as_object().unwrap().len(), names.len());
            for name in names {
                let sent = &examples[name]["value"];
                assert_eq!(sent["command"]["type"], *name);
                let valid = schemas.validate(sent, schema);
                valid.unwrap_or_else(|error| panic!("{error}\n{sent:#}"));
            }
        }
    }
}
