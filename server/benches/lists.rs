//! How quickly lists are served, on both databases with durable commits, over HTTP. Run by hand, prints a
//! table:
//!
//! `cargo bench -p server --bench lists -- [CASES] [sqlite | postgres] [alone] [/PART-OF-AN-ADDRESS]`
//!
//! Invented cases of one province are put into a fresh database by commands; then `noi serve` is started
//! on it, which builds its read models. Nothing else is done to the database. Each page is asked for by
//! one reader, then a hundred times a second whether or not an answer has come. The page of one case
//! stands beside them as the measure. With `alone` there is one reader only; with a part of an
//! address, beginning with a slash, only pages at such addresses.

#[path = "../../projections/tests/support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eventstore::EventStore;
use eventstore::testing::{Cluster, Durability, SqliteFile};
use reqwest::Client;

use self::support::invented;

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// Requests of one reader for each page, after some that are not counted.
const REQUESTS: usize = 101;
const UNCOUNTED: usize = 10;

/// How often a page is asked for in a second, and for how long.
const A_SECOND: u32 = 100;
const SECONDS: u32 = 5;

#[tokio::main]
async fn main() -> Result<(), Anything> {
    let cases = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(20_000);
    let only = |what: &str| std::env::args().any(|argument| argument == what);
    if !only("postgres") {
        let file = SqliteFile::new();
        serve("SQLite", &file.url(), cases).await?;
    }
    if !only("sqlite") {
        let cluster = Cluster::start(Durability::Full)?;
        serve("PostgreSQL", &cluster.fresh_database().await, cases).await?;
    }
    Ok(())
}

async fn serve(name: &str, database: &str, cases: u64) -> Result<(), Anything> {
    let communes = invented::communes();
    let commune = communes[3].clone();
    let begun = Instant::now();
    let store = EventStore::connect(database).await?;
    invented::fill(&store, cases, &communes).await;
    let events = store.head().await?;
    store.close().await;
    store.database().close().await;
    println!(
        "\n{name}: {cases} cases, {events} events, put there in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let officer = account(database, "officer", "commune-officer", &commune)?;
    let chair = account(database, "chair", "commune-chair", &commune)?;
    let province = account(database, "province", "provincial-officer", "44")?;

    let begun = Instant::now();
    let (child, base) = start(database)?;
    let served = Served(child);
    let officer = Reader::sign_in(&base, "officer", &officer).await?;
    let case = officer.first_case(cases, &served).await?;
    println!(
        "served with all read models after {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let chair = Reader::sign_in(&base, "chair", &chair).await?;
    let province = Reader::sign_in(&base, "province", &province).await?;

    println!(
        "{:<52}{:>10}{:>10}{:>8}{:>14}",
        "page", "ms", "p95 ms", "ratio", "p95 at 100/s"
    );
    let one = officer.measure(&format!("/cases/{case}")).await?;
    line(
        "one case",
        one,
        one,
        officer.under_load(&format!("/cases/{case}")).await?,
    );
    let only = std::env::args()
        .skip(1)
        .find(|argument| argument.starts_with("/c") || argument.starts_with("/w"));
    for (who, reader) in [
        ("officer", &officer),
        ("chair", &chair),
        ("province", &province),
    ] {
        for path in PAGES.iter().chain(match who {
            "province" => OF_A_PROVINCE,
            _ => &[][..],
        }) {
            let path = path.replace("COMMUNE", &commune);
            if only.as_deref().is_some_and(|only| !path.contains(only)) {
                continue;
            }
            let alone = reader.measure(&path).await?;
            line(
                &format!("{who} {path}"),
                alone,
                one,
                reader.under_load(&path).await?,
            );
        }
    }
    drop(served);
    Ok(())
}

const PAGES: &[&str] = &[
    "/worklist",
    "/worklist?whose=unit",
    "/worklist?whose=others",
    "/worklist?group=overdue",
    "/worklist?step=submit-plan",
    "/worklist?emergency=yes",
    "/worklist?text=dao",
    "/cases",
    "/cases?text=tran+thi+dao",
    "/cases?text=nguyen",
    "/cases?text=000123",
    "/cases?stage=plan-submitted",
    "/cases?status=open",
    "/cases?status=closed",
    "/cases?form=violence",
    "/cases?form=neglect",
    "/cases?emergency=yes",
    "/cases?overdue=yes",
    "/cases?stage=received&emergency=yes&overdue=yes",
];

const OF_A_PROVINCE: &[&str] = &[
    "/cases?unit=COMMUNE",
    "/worklist?whose=unit&commune=COMMUNE",
    "/worklist?whose=unit&step=submit-plan",
    "/worklist?whose=unit&group=later",
    "/worklist?whose=unit&emergency=yes",
    "/worklist?whose=unit&text=nguyen",
    "/worklist?whose=unit&text=dao",
];

fn line(page: &str, (median, p95): (f64, f64), (one, _): (f64, f64), loaded: f64) {
    let ratio = median / one;
    println!("{page:<52}{median:>10.2}{p95:>10.2}{ratio:>8.1}{loaded:>14.2}");
}

/// Makes an account, and says its password.
fn account(database: &str, name: &str, role: &str, unit: &str) -> Result<String, Anything> {
    let made = Command::new(env!("CARGO_BIN_EXE_noi"))
        .args(["user", "create", name, "--role", role, "--unit", unit])
        .args(["--name", name, "--database-url", database])
        .output()?;
    let said = String::from_utf8(made.stdout)?;
    let password = said.split_whitespace().nth(2).ok_or("no password")?;
    Ok(password.to_owned())
}

/// A server that ends with this value.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let id = self.0.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.0.wait();
    }
}

fn start(database: &str) -> Result<(Child, String), Anything> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_noi"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database-url",
            database,
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    for line in lines {
        if let Some(base) = line?.strip_prefix("ready ") {
            return Ok((child, base.to_owned()));
        }
    }
    Err("the server ended before it was ready".into())
}

/// Somebody who is signed in.
struct Reader {
    base: String,
    client: Client,
    token: String,
    cookies: String,
}

impl Reader {
    async fn sign_in(base: &str, username: &str, password: &str) -> Result<Self, Anything> {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let credentials = serde_json::json!({ "username": username, "password": password });
        let answer = client
            .post(format!("{base}/api/v1/sessions"))
            .json(&credentials)
            .send()
            .await?
            .error_for_status()?;
        let answer: serde_json::Value = answer.json().await?;
        let page = client.get(format!("{base}/sign-in")).send().await?;
        let visit = cookies(&page);
        let text = page.text().await?;
        let form_token = text
            .split("name=\"_token\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .ok_or("no token in the form")?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("_token", form_token)
            .append_pair("username", username)
            .append_pair("password", password)
            .append_pair("next", "/worklist")
            .finish();
        let signed_in = client
            .post(format!("{base}/sign-in"))
            .header("origin", base)
            .header("cookie", visit)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await?;
        Ok(Self {
            base: base.to_owned(),
            token: answer["token"].as_str().ok_or("no token")?.to_owned(),
            cookies: cookies(&signed_in),
            client,
        })
    }

    /// Waits until the read models are built and the program has done what it does afterwards.
    async fn first_case(&self, cases: u64, served: &Served) -> Result<String, Anything> {
        loop {
            let answer = self
                .client
                .get(format!("{}/api/v1/worklist?limit=1", self.base))
                .bearer_auth(&self.token)
                .send()
                .await?;
            let ready = answer.status().is_success();
            let list: serde_json::Value = answer.json().await?;
            if let Some(case) = list["items"][0]["case_id"].as_str().filter(|_| ready) {
                // Until it is quiet: figures are read, statistics kept.
                let mut before = busy(served);
                loop {
                    tokio::time::sleep(Duration::from_secs(2)).await;
                    let now = busy(served);
                    if now - before < 20 {
                        return Ok(case.to_owned());
                    }
                    before = now;
                }
            }
            tokio::time::sleep(Duration::from_millis(500 + cases / 1_000)).await;
        }
    }

    async fn get(&self, path: &str) -> Result<Duration, Anything> {
        let begun = Instant::now();
        let answer = self
            .client
            .get(format!("{}{path}", self.base))
            .header("cookie", &self.cookies)
            .send()
            .await?;
        if answer.status() != reqwest::StatusCode::OK {
            return Err(format!("{path}: {}", answer.status()).into());
        }
        answer.bytes().await?;
        Ok(begun.elapsed())
    }

    /// Median and 95th percentile in milliseconds, for one reader.
    async fn measure(&self, path: &str) -> Result<(f64, f64), Anything> {
        let mut times = Vec::with_capacity(REQUESTS);
        for request in 0..UNCOUNTED + REQUESTS {
            let time = self.get(path).await?;
            if request >= UNCOUNTED {
                times.push(time);
            }
        }
        Ok((percentile(&mut times, 50), percentile(&mut times, 95)))
    }

    /// The 95th percentile at so many requests a second, which do not wait for each other.
    async fn under_load(&self, path: &str) -> Result<f64, Anything> {
        if std::env::args().any(|argument| argument == "alone") {
            return Ok(f64::NAN);
        }
        let mut tick = tokio::time::interval(Duration::from_secs(1) / A_SECOND);
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..A_SECOND * SECONDS {
            tick.tick().await;
            let (client, base) = (self.client.clone(), self.base.clone());
            let (path, cookies, token) = (path.to_owned(), self.cookies.clone(), String::new());
            let reader = Self {
                base,
                client,
                token,
                cookies,
            };
            running.spawn(async move { reader.get(&path).await });
        }
        let mut times = Vec::new();
        while let Some(time) = running.join_next().await {
            times.push(time??);
        }
        Ok(percentile(&mut times, 95))
    }
}

/// Hundredths of a second that the server has computed.
fn busy(served: &Served) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", served.0.id()));
    let stat = stat.unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let times = fields.skip(11).take(2);
    times.filter_map(|time| time.parse::<u64>().ok()).sum()
}

fn percentile(times: &mut [Duration], share: usize) -> f64 {
    times.sort_unstable();
    times[times.len() * share / 100].as_secs_f64() * 1e3
}

fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie");
    let pairs: Vec<_> = set
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}
