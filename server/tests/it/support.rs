//! A server on a port of its own, with a database of its own and a clock that the test moves.

use std::net::SocketAddr;
use std::sync::Arc;

use domain::identity::Role;
use domain::unit::Units as Register;
use eventstore::Database;
use eventstore::testing::Cluster;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use server::access::{Account, account};
use server::clock::ManualClock;
use server::ids::{Ids, RandomIds};
use server::language::Language;
use server::rules::Rules;
use server::settings::{Given, Settings};
use server::state::Shared;
use server::units::{Unit, UnitRegister, Units};
use server::{AppState, http};

pub const PASSWORD: &str = "đúng là mật khẩu";

pub struct TestServer {
    pub state: AppState,
    pub clock: Arc<ManualClock>,
    pub base: String,
    client: Client,
    _folder: tempfile::TempDir,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// With a register of two units.
    pub async fn start_with_units() -> Self {
        Self::start_furnished(|_| ()).await
    }

    /// The same, and furnished.
    pub async fn start_furnished(furnish: impl FnOnce(&mut Shared)) -> Self {
        Self::start_from(
            |_| (),
            |shared| {
                let unit = |code: &str, name: &str| Unit {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    above: Some("Huyện Bố Trạch".to_owned()),
                    province: None,
                };
                let units = [
                    unit("19111", "Thị trấn Hoàn Lão"),
                    unit("19138", "Xã Hòa Trạch"),
                ];
                let day = "2024-02-21".parse().unwrap();
                shared.units = UnitRegister::fixed(Units::new(Register::shipped(), day, units));
                furnish(shared);
            },
        )
        .await
    }

    /// That works with these units.
    pub async fn start_about(units: &Arc<Register>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/noi.db", folder.path().display());
        Self::start_at(url, folder, Rules::about(units), |_| (), |_| ()).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_from(change, |_| ()).await
    }

    async fn start_from(
        change: impl FnOnce(&mut Settings),
        furnish: impl FnOnce(&mut Shared),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/noi.db", folder.path().display());
        Self::start_at(url, folder, Rules::shipped(), change, furnish).await
    }

    /// On a PostgreSQL database of its own.
    pub async fn start_on_postgres() -> Self {
        Self::start_on(Cluster::shared().fresh_database().await).await
    }

    /// On a database that may hold something already.
    pub async fn start_on(url: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::start_at(url, folder, Rules::shipped(), |_| (), |_| ()).await
    }

    async fn start_at(
        url: String,
        folder: tempfile::TempDir,
        rules: Rules,
        change: impl FnOnce(&mut Settings),
        furnish: impl FnOnce(&mut Shared),
    ) -> Self {
        let given = Given {
            database_url: Some(url.clone()),
            ..Given::default()
        };
        let mut settings = Settings::resolve(given, folder.path()).unwrap();
        change(&mut settings);
        let database = Database::connect(&url).await.unwrap();
        database.migrate().await.unwrap();
        let clock = Arc::new(ManualClock::at(
            "2024-02-21T16:40:00.5+07:00".parse().unwrap(),
        ));
        let mut shared = Shared::new(database, settings, rules).unwrap();
        shared = shared.with_clock(clock.clone());
        furnish(&mut shared);
        let state = AppState::new(shared);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        tokio::spawn(http::serve(listener, state.clone(), std::future::pending()));
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            state,
            clock,
            base: format!("http://{address}"),
            client,
            _folder: folder,
        }
    }

    pub async fn account(&self, username: &str) -> Account {
        self.account_as(username, Role::CommuneOfficer, "19111")
            .await
    }

    pub async fn account_as(&self, username: &str, role: Role, unit: &str) -> Account {
        let account = Account {
            id: RandomIds.next(),
            username: username.to_owned(),
            password_hash: self
                .state
                .passwords
                .hash(PASSWORD.to_owned())
                .await
                .unwrap(),
            display_name: "Nguyễn Thị Lan".to_owned(),
            role,
            unit: unit.to_owned(),
            agency: None,
            language: Language::Vi,
            disabled_at: None,
            // Before whatever a test tells of: nobody holds a post before their account is made.
            created_at: "2024-01-01T08:00:00+07:00".parse().unwrap(),
        };
        account::create(&self.state.database, &account)
            .await
            .unwrap();
        account
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub async fn sign_in_api(&self, username: &str, password: &str) -> Response {
        self.request(Method::POST, "/api/v1/sessions")
            .json(&serde_json::json!({ "username": username, "password": password }))
            .send()
            .await
            .unwrap()
    }
}

/// A browser: keeps cookies, reads form tokens.
pub struct Browser<'a> {
    server: &'a TestServer,
    cookies: Vec<(String, String)>,
}

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.headers
            .get(LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn token(&self) -> String {
        self.hidden("_token")
    }

    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&start).nth(1).unwrap_or_default();
        rest.split('"')
            .next()
            .unwrap_or_default()
            .replace("&#38;", "&")
            .replace("&#34;", "\"")
    }
}

impl<'a> Browser<'a> {
    pub fn new(server: &'a TestServer) -> Self {
        Self {
            server,
            cookies: Vec::new(),
        }
    }

    pub fn forget(&mut self, name: &str) {
        self.cookies.retain(|(n, _)| n != name);
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.server.get(path);
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: String = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = self
            .server
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.server.base)
            .body(body);
        self.send(request).await
    }

    pub async fn sign_in(&mut self, username: &str, password: &str) -> Page {
        let token = self.get("/sign-in").await.token();
        let fields = [
            ("_token", token.as_str()),
            ("username", username),
            ("password", password),
        ];
        self.post("/sign-in", &fields).await
    }

    pub async fn send(&mut self, request: RequestBuilder) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let response = request
            .header(COOKIE, cookies.join("; "))
            .send()
            .await
            .unwrap();
        for set in response.headers().get_all(SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.forget(name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Page {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
