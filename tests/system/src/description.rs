//! What the program says of its own API, and whether an answer is as it says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

/// The OpenAPI document of a running server.
#[derive(Debug)]
pub struct Description {
    document: Value,
    schemas: Mutex<HashMap<String, Arc<Validator>>>,
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
        Self {
            document,
            schemas: Mutex::default(),
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
            let pointer = format!("{pointer}/responses/{status}/content/{}/schema", escape(kind));
            assert!(content.get(kind).is_some(), "{place} as {kind:?}");
            self.validate(&pointer, body, &place);
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
        self.schema(&pointer).is_valid(body)
    }

    fn validate(&self, pointer: &str, body: &Value, place: &str) {
        let schema = self.schema(pointer);
        let errors: Vec<_> = schema
            .iter_errors(body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{place}: {errors:#?}\n{body:#}");
    }

    fn schema(&self, pointer: &str) -> Arc<Validator> {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        let made = schemas.entry(pointer.to_owned()).or_insert_with(|| {
            let schema = self.document.pointer(pointer);
            let schema = schema.unwrap_or_else(|| panic!("there is no {pointer}"));
            // References lead from the root of the document.
            let whole = json!({
                "allOf": [schema],
                "components": self.document["components"],
            });
            let validator = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .should_validate_formats(true)
                .build(&whole);
            Arc::new(validator.unwrap_or_else(|error| panic!("{pointer}: {error}")))
        });
        Arc::clone(made)
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
