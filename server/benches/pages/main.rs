//! Measured by hand: `cargo bench -p server --bench pages`. Fills a fresh SQLite database with the
//! demonstration data, starts the server on it, and prints how long it takes until ready, how much
//! memory stays resident, and the median and 95th percentile of the pages that people open most, as
//! a reader on the same machine sees them. The cheapest page stands beside them as the baseline; a case
//! of 400 events shows what the longest pages cost.

mod long_case;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::unit::Units;
use reqwest::Client;

use self::long_case::Officers;

type Anything = Box<dyn std::error::Error>;

/// Requests for each page, after some that are not counted.
const REQUESTS: usize = 300;
const UNCOUNTED: usize = 30;

/// Events of the long case.
const LONG: i64 = 400;

#[tokio::main]
async fn main() -> Result<(), Anything> {
    let begun = Instant::now();
    let versions = Units::shipped().all().len();
    println!(
        "{versions} versions of units read: {:.0} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );

    let folder = tempfile::tempdir()?;
    let database = format!("sqlite://{}/noi.db", folder.path().display());

    let begun = Instant::now();
    let (demo, base, accounts) = start(&["demo"], &database)?;
    println!(
        "demonstration data made and served after {:.2} s",
        begun.elapsed().as_secs_f64()
    );
    let of_role = |role: &str| accounts.iter().find(|account| account.role == role);
    let officer = of_role("commune-officer").ok_or("no account of a commune officer")?;
    let chair = accounts
        .iter()
        .find(|account| account.role == "commune-chair" && account.unit == officer.unit)
        .ok_or("no account of a chair of the same commune")?;
    let inspector = of_role("inspector").ok_or("no account of an inspector")?;
    let token = sign_in(&base, officer).await?;
    let both = Officers {
        base: &base,
        officer: &token,
        chair: &sign_in(&base, chair).await?,
    };
    let (long, long_events) = both.play(&officer.unit, LONG).await?;
    println!("events of the long case: {long_events}");
    let events = head(&base, &token).await?;
    println!("events in the log: {events}");
    stop(demo)?;

    let begun = Instant::now();
    let (server, base, _) = start(&["serve"], &database)?;
    println!(
        "start to ready on that data: {:.0} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );

    let token = sign_in(&base, officer).await?;
    let case = first_case(&base, &token).await?;
    println!(
        "{:<28}{:>12}{:>12}{:>12}",
        "page", "median ms", "p95 ms", "bytes"
    );
    for (name, path, reader) in [
        ("health (baseline)", "/health/live".to_owned(), officer),
        ("worklist", "/worklist".to_owned(), officer),
        ("case", format!("/cases/{case}"), officer),
        (
            "case, timeline",
            format!("/cases/{case}?tab=timeline"),
            officer,
        ),
        ("list of cases", "/cases".to_owned(), officer),
        ("new report", "/reports/new".to_owned(), officer),
        ("long case", format!("/cases/{long}"), officer),
        (
            "long case, board",
            format!("/cases/{long}/responsibility"),
            inspector,
        ),
        (
            "figures of the province",
            "/responsibility".to_owned(),
            inspector,
        ),
    ] {
        let (median, p95, bytes) = measure(&base, &path, reader).await?;
        println!("{name:<28}{median:>12.2}{p95:>12.2}{bytes:>12}");
    }
    println!(
        "resident memory after that: {:.1} MB",
        resident_megabytes(&server)?
    );
    stop(server)
}

struct Account {
    username: String,
    password: String,
    role: String,
    unit: String,
}

fn start(arguments: &[&str], database: &str) -> Result<(Child, String, Vec<Account>), Anything> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_noi"))
        .args(arguments)
        .args(["--listen", "127.0.0.1:0", "--database-url", database])
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let mut accounts = Vec::new();
    for line in lines {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["account", username, password, role, unit, ..] => accounts.push(Account {
                username: (*username).to_owned(),
                password: (*password).to_owned(),
                role: (*role).to_owned(),
                unit: (*unit).to_owned(),
            }),
            ["ready", base] => return Ok((child, (*base).to_owned(), accounts)),
            _ => {}
        }
    }
    Err("the server ended before it was ready".into())
}

fn stop(mut child: Child) -> Result<(), Anything> {
    Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()?;
    child.wait()?;
    Ok(())
}

async fn sign_in(base: &str, account: &Account) -> Result<String, Anything> {
    let credentials =
        serde_json::json!({ "username": account.username, "password": account.password });
    let answer = Client::new()
        .post(format!("{base}/api/v1/sessions"))
        .json(&credentials)
        .send()
        .await?
        .error_for_status()?;
    let answer: serde_json::Value = answer.json().await?;
    Ok(answer["token"].as_str().ok_or("no token")?.to_owned())
}

async fn get(base: &str, path: &str, token: &str) -> Result<serde_json::Value, Anything> {
    let answer = Client::new()
        .get(format!("{base}{path}"))
        .bearer_auth(token)
        .send()
        .await?;
    Ok(answer.error_for_status()?.json().await?)
}

async fn head(base: &str, token: &str) -> Result<i64, Anything> {
    let feed = get(base, "/api/v1/events?limit=1", token).await?;
    Ok(feed["head"].as_i64().unwrap_or_default())
}

async fn first_case(base: &str, token: &str) -> Result<String, Anything> {
    let list = get(base, "/api/v1/worklist?limit=1", token).await?;
    Ok(list["items"][0]["case_id"]
        .as_str()
        .ok_or("no case")?
        .to_owned())
}

/// A browser that is signed in: the form's token, then the cookies.
async fn browser(base: &str, account: &Account) -> Result<(Client, String), Anything> {
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let page = client.get(format!("{base}/sign-in")).send().await?;
    let visit = cookies(&page);
    let text = page.text().await?;
    let token = text
        .split("name=\"_token\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .ok_or("no token in the form")?;
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("_token", token)
        .append_pair("username", &account.username)
        .append_pair("password", &account.password)
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
    let session = cookies(&signed_in);
    if session.is_empty() {
        return Err("not signed in".into());
    }
    Ok((client, session))
}

fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie");
    let pairs: Vec<_> = set
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

/// Median and 95th percentile in milliseconds, and the size of the page.
async fn measure(base: &str, path: &str, account: &Account) -> Result<(f64, f64, usize), Anything> {
    let (client, session) = browser(base, account).await?;
    let mut times: Vec<Duration> = Vec::with_capacity(REQUESTS);
    let mut bytes = 0;
    for request in 0..UNCOUNTED + REQUESTS {
        let begun = Instant::now();
        let answer = client
            .get(format!("{base}{path}"))
            .header("cookie", &session)
            .send()
            .await?;
        let body = answer.error_for_status()?.bytes().await?;
        if request >= UNCOUNTED {
            times.push(begun.elapsed());
        }
        bytes = body.len();
    }
    times.sort_unstable();
    let at = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1e3;
    Ok((at(50), at(95), bytes))
}

fn resident_megabytes(child: &Child) -> Result<f64, Anything> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no figure")?.parse()?;
    Ok(kilobytes / 1024.0)
}
