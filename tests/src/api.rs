//! A person or program at the API.

use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::description::Description;

/// A new id for a command.
#[must_use]
pub fn command_id() -> Uuid {
    Uuid::now_v7()
}

/// Somebody who calls the API. Every answer is held against the description.
#[derive(Debug, Clone)]
pub struct Person {
    client: Client,
    base: String,
    description: Arc<Description>,
    token: Option<String>,
    language: Option<&'static str>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when there is none.
    pub body: Value,
}

impl Answer {
    /// The body, if the status is this one.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    pub fn of(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// The body of a refusal, if it has this status and code and the form of RFC 9457.
    ///
    /// # Panics
    /// When it is anything else.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{:#}",
            self.body
        );
        assert_eq!(self.headers[CONTENT_TYPE], "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("urn:noi:problem:{code}"));
        let title = self.body["title"].as_str();
        assert!(title.is_some_and(|title| !title.is_empty()));
        let text = self.body.to_string().to_lowercase();
        for secret in [
            "select ", "insert ", "sqlx", "sqlite", "postgres", "panicked",
        ] {
            assert!(!text.contains(secret), "{text}");
        }
        self.body
    }

    /// Checks that exactly one field is refused, at this JSON pointer.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn bad_field(self, pointer: &str, code: &str) {
        let body = self.refused(400, "bad-field");
        let errors = body["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let found: Vec<_> = errors
            .iter()
            .map(|error| (error["pointer"].as_str(), error["code"].as_str()))
            .collect();
        assert_eq!(found, [(Some(pointer), Some(code))], "{body:#}");
        assert!(!errors[0]["detail"].as_str().unwrap_or_default().is_empty());
    }
}

impl Person {
    pub(crate) fn new(base: String, description: Arc<Description>, token: Option<String>) -> Self {
        Self {
            client: Client::new(),
            base,
            description,
            token,
            language: None,
        }
    }

    /// The same person at another server on the same database.
    #[must_use]
    pub fn at(&self, noi: &crate::Noi) -> Self {
        Self {
            base: noi.base().to_owned(),
            ..self.clone()
        }
    }

    /// The same person reading another language.
    #[must_use]
    pub fn reading(&self, language: &'static str) -> Self {
        Self {
            language: Some(language),
            ..self.clone()
        }
    }

    /// What the server says of its API.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// A request as this person, to be completed.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().expect("a method of HTTP");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(language) = self.language {
            request = request.header("accept-language", language);
        }
        request
    }

    /// Sends a request; an error when there was no answer.
    ///
    /// # Errors
    /// When the connection fails.
    ///
    /// # Panics
    /// When the answer is not as described.
    pub async fn try_send(&self, request: RequestBuilder) -> Result<Answer, reqwest::Error> {
        let request = request.build()?;
        let method = request.method().to_string();
        let address = request.url().path().to_owned();
        let sent: Option<Value> = request
            .body()
            .and_then(|body| serde_json::from_slice(body.as_bytes()?).ok());
        let response = self.client.execute(request).await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await?;
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")),
        };
        let kind = headers.get(CONTENT_TYPE).map(|kind| kind.to_str());
        let kind = kind.and_then(Result::ok).unwrap_or_default();
        self.description
            .check(&method, &address, status, kind, &body);
        if let Some(sent) = sent.filter(|_| (200..300).contains(&status)) {
            let allowed = self.description.allows_request(&method, &address, &sent);
            assert!(
                allowed,
                "{method} {address} took what is not described: {sent:#}"
            );
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    /// Sends a request.
    ///
    /// # Panics
    /// When there is no answer, or it is not as described.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = self.try_send(request).await;
        answer.unwrap_or_else(|error| panic!("no answer: {error:?}"))
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("POST", path).json(body)).await
    }

    /// Signs in.
    pub async fn sign_in(&self, username: &str, password: &str) -> Answer {
        let body = json!({ "username": username, "password": password });
        self.post("/api/v1/sessions", &body).await
    }

    /// Begins a case and returns its id.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn begin(&self, report: &Value) -> String {
        let begun = self.open(command_id(), report).await.of(201);
        begun["case_id"]
            .as_str()
            .expect("a case has an id")
            .to_owned()
    }

    /// Sends a report that begins a case.
    pub async fn open(&self, id: Uuid, report: &Value) -> Answer {
        let body = json!({ "command_id": id, "command": report });
        self.post("/api/v1/cases", &body).await
    }

    /// Sends a command to a case, however it stands.
    pub async fn command(&self, case: &str, command: &Value) -> Answer {
        let body = json!({ "command_id": command_id(), "command": command });
        self.post(&commands(case), &body).await
    }

    /// Sends a command to a case that is known at this version.
    pub async fn command_at(&self, case: &str, version: i64, command: &Value) -> Answer {
        let id = command_id();
        let body = json!({ "command_id": id, "expected_version": version, "command": command });
        self.post(&commands(case), &body).await
    }

    /// Gets the case, or what belongs to it: `""`, `"/events"`, `"?at_position=1"`.
    pub async fn case(&self, case: &str, part: &str) -> Answer {
        self.get(&format!("/api/v1/cases/{case}{part}")).await
    }

    /// All of a list that comes in pages.
    ///
    /// # Panics
    /// When pages overlap, miss items, or do not end.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let mut items: Vec<Value> = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self
                .get(&format!("{path}?limit={limit}{cursor}"))
                .await
                .of(200);
            let new = page["items"].as_array().expect("a page has items");
            items.extend(new.iter().cloned());
            let total = page["total"].as_u64();
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => {
                    assert_eq!(Some(items.len() as u64), total, "all pages together");
                    return items;
                }
            }
            assert!(!new.is_empty(), "a page that is not the last has items");
        }
    }
}

fn commands(case: &str) -> String {
    format!("/api/v1/cases/{case}/commands")
}
