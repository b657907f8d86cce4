//! What the program says of its own API, and whether an answer is as it says.

use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

/// The OpenAPI document of a running server.
pub struct Description {
    document: Value,
    schemas: Schemas,
    /// Each schema of a body by its JSON pointer.
    indices: HashMap<String, SchemaIndex>,
}

impl Debug for Description {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Description").finish_non_exhaustive()
    }
}

impl Description {
    /// Asks the server at `base` for it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn of(base: &str) -> Self {
        let answer = reqwest::get(format!("{base}/api/v1/openapi.json")).await;
        let document: Value = answer
            .expect("the server answers")
            .json()
            .await
            .expect("the description is JSON");
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        Self::new(document)
    }

    fn new(document: Value) -> Self {
        const ADDRESS: &str = "urn:openapi";
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        let added = compiler.add_resource(ADDRESS, document.clone());
        added.expect("the address is one");
        let compile = |pointer: String| {
            let index = compiler.compile(&format!("{ADDRESS}#{pointer}"), &mut schemas);
            let index = index.unwrap_or_else(|error| panic!("{pointer}: {error:#}"));
            (pointer, index)
        };
        let indices = pointers_to_schemas(&document).into_iter().map(compile);
        Self {
            indices: indices.collect(),
            document,
            schemas,
        }
    }

    /// Every operation, as method and path.
    ///
    /// # Panics
    /// When the document has no paths.
    #[must_use]
    pub fn operations(&self) -> Vec<(String, String)> {
        let paths = self.document["paths"].as_object().expect("it has paths");
        let operations = paths.iter().flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flat_map(|item| item.keys());
            methods
                .filter(|method| *method != "parameters")
                .map(|method| (method.to_uppercase(), path.clone()))
        });
        operations.collect()
    }

    /// The path of the document that an address belongs to.
    fn path_of(&self, address: &str) -> Option<&str> {
        let address = address.split('?').next().unwrap_or_default();
        let paths = self.document["paths"].as_object()?;
        let fits = |path: &&String| {
            let (mut said, mut given) = (path.split('/'), address.split('/'));
            loop {
                match (said.next(), given.next()) {
                    (None, None) => return true,
                    (Some(said), Some(given)) if said == given || said.starts_with('{') => {}
                    _ => return false,
                }
            }
        };
        // A fixed path goes before one with a parameter.
        let mut fitting: Vec<_> = paths.keys().filter(fits).collect();
        fitting.sort_by_key(|path| path.contains('{'));
        fitting.first().map(|path| path.as_str())
    }

    /// Holds an answer against the description.
    ///
    /// # Panics
    /// When the description does not allow it.
    pub fn check(&self, method: &str, address: &str, status: u16, kind: &str, body: &Value) {
        let place = format!("{method} {address} answered {status}");
        let pointer = match self.path_of(address) {
            Some(path) => format!("/paths/{}/{}", escape(path), method.to_lowercase()),
            None => String::from("/paths/-"),
        };
        let Some(operation) = self.document.pointer(&pointer) else {
            assert!(matches!(status, 404 | 405), "{place}, but is not described");
            return;
        };
        let answer = &operation["responses"][status.to_string()];
        assert!(!answer.is_null(), "{place}, which is not described");
        if let Some(content) = answer.get("content") {
            let kind = kind.split(';').next().unwrap_or_default();
            let pointer = format!(
                "{pointer}/responses/{status}/content/{}/schema",
                escape(kind)
            );
            assert!(content.get(kind).is_some(), "{place} as {kind:?}");
            let valid = self.schemas.validate(body, self.schema(&pointer));
            valid.unwrap_or_else(|error| panic!("{place}: {error}\n{body:#}"));
        } else {
            assert!(body.is_null(), "{place} with a body: {body}");
        }
    }

    /// Whether the description allows this body for a request.
    #[must_use]
    pub fn allows_request(&self, method: &str, address: &str, body: &Value) -> bool {
        let path = self.path_of(address).unwrap_or_default();
        let pointer = format!(
            "/paths/{}/{}/requestBody/content/application~1json/schema",
            escape(path),
            method.to_lowercase()
        );
        self.schemas.validate(body, self.schema(&pointer)).is_ok()
    }

    fn schema(&self, pointer: &str) -> SchemaIndex {
        let index = self.indices.get(pointer);
        *index.unwrap_or_else(|| panic!("there is no {pointer}"))
    }
}

/// Every schema of a body, whether asked for or answered, by its JSON pointer.
fn pointers_to_schemas(document: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &str, found: &mut Vec<String>) {
        let Some(members) = value.as_object() else {
            return;
        };
        for (name, member) in members {
            let pointer = format!("{pointer}/{}", escape(name));
            if name == "content" {
                for kind in member
                    .as_object()
                    .into_iter()
                    .flat_map(|kinds| kinds.keys())
                {
                    found.push(format!("{pointer}/{}/schema", escape(kind)));
                }
            } else {
                walk(member, &pointer, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(&document["paths"], "/paths", &mut found);
    found
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The shapes that the description of the program uses.
    fn description() -> Description {
        let thing = json!({
            "type": "object",
            "properties": {
                "id": { "type": "string", "format": "uuid" },
                "at": { "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "null" }] },
                "word": { "type": "string", "pattern": "^[a-z]{1,4}$" },
                "kind": { "oneOf": [{ "const": "a" }, { "enum": ["b", "c"] }] },
                "few": { "type": "array", "items": { "type": "integer", "minimum": 1 }, "maxItems": 2 },
            },
            "required": ["id"],
            "additionalProperties": false,
        });
        let content = json!({ "application/json": {
            "schema": { "$ref": "#/components/schemas/Thing" },
        }});
        Description::new(json!({
            "openapi": "3.1.0",
            "paths": {
                "/things/{id}": {
                    "put": {
                        "requestBody": { "content": content },
                        "responses": { "200": { "content": content }, "204": {} },
                    },
                },
            },
            "components": { "schemas": { "Thing": thing } },
        }))
    }

    const ID: &str = "0190a6d0-0000-7000-8000-000000000001";

    #[test]
    fn what_is_described_passes() {
        let thing = json!({ "id": ID, "at": null, "word": "abc", "kind": "b", "few": [1, 2] });
        let description = description();
        description.check(
            "PUT",
            "/things/1?x=y",
            200,
            "application/json; charset=utf-8",
            &thing,
        );
        description.check("PUT", "/things/1", 204, "", &Value::Null);
        description.check("GET", "/nothing", 404, "text/html", &Value::Null);
        assert!(description.allows_request("PUT", "/things/1", &thing));
    }

    #[test]
    fn what_is_not_described_is_found_out() {
        let description = description();
        for (member, value) in [
            ("id", json!("1")),
            ("id", json!(1)),
            ("at", json!("2024-02-30T10:00:00Z")),
            ("at", json!("yesterday")),
            ("word", json!("a1")),
            ("kind", json!("d")),
            ("few", json!([1, 2, 3])),
            ("few", json!([0])),
            ("more", json!(1)),
        ] {
            let mut thing = json!({ "id": ID });
            thing[member] = value;
            let allowed = description.allows_request("PUT", "/things/1", &thing);
            assert!(!allowed, "{thing}");
            let check = || description.check("PUT", "/things/1", 200, "application/json", &thing);
            let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check));
            assert!(checked.is_err(), "{thing}");
        }
        let thing = json!({ "id": ID });
        for (method, address, status, kind) in [
            ("PUT", "/things/1", 201, "application/json"),
            ("PUT", "/things/1", 200, "text/html"),
            ("PUT", "/things/1", 204, "application/json"),
            ("GET", "/things/1", 200, "application/json"),
            ("PUT", "/things/1/2", 200, "application/json"),
        ] {
            let check = || description.check(method, address, status, kind, &thing);
            let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check));
            assert!(checked.is_err(), "{method} {address} {status} {kind}");
        }
        let none = || description.check("PUT", "/things/1", 200, "application/json", &json!({}));
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(none));
        assert!(checked.is_err(), "a required member");
    }
}
