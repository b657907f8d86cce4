//! Headless Chromium, driven over `WebDriver`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};
use tests::{Account, Noi, Process, until};

/// axe-core 4.14.1 by Deque Systems, under the Mozilla Public License 2.0 (see its first lines).
const AXE: &str = include_str!("axe.min.js");

/// The rules of WCAG 2.2 at the levels A and AA.
const AXE_RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
        .then((result) => done(result.violations), (error) => done(String(error)));";

/// The button that signs out, also where it keeps a draft first.
const SIGN_OUT: &str = "form[action='/sign-out'] button, button[value='leave:sign-out']";

/// So long a page may take to show what it should.
const PATIENCE: Duration = Duration::from_secs(30);

/// How somebody looks at the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Whether the browser runs scripts.
    pub script: bool,
    /// Width of the window in CSS pixels.
    pub width: u32,
}

impl View {
    pub const DESK: Self = Self {
        script: true,
        width: 1280,
    };
    pub const PHONE: Self = Self {
        script: true,
        width: 360,
    };
    pub const PHONE_WITHOUT_SCRIPT: Self = Self {
        script: false,
        width: 360,
    };
}

/// A browser with a profile of its own.
pub struct Browser {
    client: Client,
    base: String,
    view: View,
    violations: Vec<String>,
    /// Goes last: it takes the browser with it.
    driver: Process,
}

impl Browser {
    pub async fn open(noi: &Noi, view: View) -> Self {
        let (chromium, chromedriver) = (installed("chromium"), installed("chromedriver"));
        let mut driver = Process::start(&chromedriver, &["--port=0"], &[]);
        let port = loop {
            let line = driver.line().await;
            let line = line.unwrap_or_else(|| panic!("no chromedriver: {}", driver.log()));
            if let Some(port) = line.split("on port ").nth(1) {
                let port: u16 = port.trim_end_matches('.').parse().unwrap();
                if port != 0 {
                    break port;
                }
            }
        };
        let profile = driver.folder().join("profile");
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--window-size={},900", view.width.max(500)),
            format!("--user-data-dir={}", profile.display()),
        ];
        // Only root needs to go without.
        arguments.retain(|argument| argument != "--no-sandbox" || is_root());
        let mut options = json!({ "args": arguments, "binary": chromium });
        if view.width < 500 {
            let metrics = json!({
                "width": view.width, "height": 740, "pixelRatio": 2.0,
                // Without script, a click that is turned into a touch never ends.
                "touch": view.script, "mobile": view.script,
            });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        if !view.script {
            let setting = "profile.managed_default_content_settings.javascript";
            options["prefs"] = json!({ setting: 2 });
        }
        let capabilities = json!({ "goog:chromeOptions": options });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let client = client.unwrap_or_else(|error| panic!("{error}: {}", driver.log()));
        let browser = Self {
            client,
            base: noi.base().to_owned(),
            view,
            violations: Vec::new(),
            driver,
        };
        // Without a screen no window is the one in front: what has the focus of its page would not match.
        let focus = json!({ "enabled": true });
        browser
            .devtools("Emulation.setFocusEmulationEnabled", focus)
            .await;
        browser
    }

    /// Ends the browser, and asks that no page had anything that shuts people out.
    pub async fn close(mut self) {
        self.client.close().await.unwrap();
        self.driver.end("TERM").await;
        assert!(
            self.violations.is_empty(),
            "\n{}",
            self.violations.join("\n")
        );
    }

    pub const fn view(&self) -> View {
        self.view
    }

    pub async fn goto(&self, path: &str) {
        self.client
            .goto(&format!("{}{path}", self.base))
            .await
            .unwrap();
    }

    /// Path and query of the page.
    pub async fn here(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        format!("{}{query}", url.path())
    }

    /// Waits until the page is this one.
    pub async fn arrive(&self, path: &str) {
        let what = format!("the page is {path}");
        until(&what, async || (self.here().await == path).then_some(())).await;
    }

    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Element {
        let start = Instant::now();
        loop {
            if let Ok(found) = self.client.find(Locator::Css(css)).await {
                return found;
            }
            if start.elapsed() > PATIENCE {
                let main = self.client.find(Locator::Css("main")).await.unwrap();
                let text = main.text().await.unwrap_or_default();
                panic!("no {css} on {}:\n{text}", self.here().await);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn all(&self, css: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(css)).await.unwrap()
    }

    pub async fn text(&self, css: &str) -> String {
        let what = format!("{css} can be read");
        until(&what, async || {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.text().await.ok()
        })
        .await
    }

    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        let clicked = element.click().await;
        clicked.unwrap_or_else(|error| panic!("{css} cannot be clicked: {error}"));
    }

    /// Answers a question of a form, whatever its kind: types a text, chooses an option.
    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("main [name=\"{name}\"]")).await;
        let tag = field.tag_name().await.unwrap();
        let kind = field.attr("type").await.unwrap().unwrap_or_default();
        if tag == "select" {
            field.select_by_value(value).await.unwrap();
        } else if kind == "radio" || kind == "checkbox" {
            let chosen = format!("main [name=\"{name}\"][value=\"{value}\"]");
            let chosen = self.find(&chosen).await;
            if !chosen.is_selected().await.unwrap() {
                let id = chosen.attr("id").await.unwrap().unwrap();
                self.click(&format!("label[for=\"{id}\"]")).await;
            }
            assert!(chosen.is_selected().await.unwrap(), "{name} is {value}");
        } else {
            field.clear().await.unwrap();
            field.send_keys(value).await.unwrap();
        }
    }

    pub async fn fill_all(&self, values: &[(&str, &str)]) {
        for (name, value) in values {
            self.fill(name, value).await;
        }
    }

    /// Sends the form by its main button.
    pub async fn send(&self) {
        self.click("main .acts button[value=submit]").await;
    }

    pub async fn sign_in(&self, account: &Account) {
        self.goto("/sign-in").await;
        self.fill("username", &account.username).await;
        self.fill("password", &account.password).await;
        self.click("main form button").await;
        self.arrive("/worklist").await;
    }

    /// Opens what lies behind a button of the head: everything on a phone, the account at a desk.
    pub async fn open_menu(&self) {
        let which = if self.view.width < 768 {
            "menu"
        } else {
            "account"
        };
        if self
            .all(&format!("#{which}:not(:popover-open)"))
            .await
            .len()
            == 1
        {
            self.click(&format!("button[popovertarget={which}]")).await;
        }
    }

    pub async fn sign_out(&self) {
        self.open_menu().await;
        self.click(SIGN_OUT).await;
        self.find("main [name=username]").await;
    }

    /// Types keys into whatever has the focus.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// What has the focus: its name or id and, for a choice, its value.
    pub async fn focus(&self) -> String {
        let focused = self.client.active_element().await.unwrap();
        let attribute = async |name| focused.attr(name).await.unwrap().unwrap_or_default();
        let (name, id, value) = (
            attribute("name").await,
            attribute("id").await,
            attribute("value").await,
        );
        match attribute("type").await.as_str() {
            "radio" | "checkbox" => format!("{name}={value}"),
            _ if name.is_empty() => id,
            _ if name == "_action" => format!("{name}={value}"),
            _ => name,
        }
    }

    /// What a script on the page says.
    pub async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Reloads the page.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Goes back to the page before.
    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Closes the page as one closes a tab, and opens another.
    pub async fn close_tab(&self) {
        let other = self.client.new_window(true).await.unwrap();
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(other.handle).await.unwrap();
    }

    /// Shows pages from now on as on paper: A4 without its margins.
    pub async fn on_paper(&self) {
        let paper = json!({ "width": 680, "height": 960, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", paper)
            .await;
        let media = json!({ "media": "print" });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        let command = DevTools(json!({ "cmd": command, "params": parameters }));
        self.client.issue_cmd(command).await.unwrap();
    }

    /// What was found so far; to be asked only of pages that are meant to be bad.
    pub fn take_violations(&mut self) -> Vec<String> {
        std::mem::take(&mut self.violations)
    }

    /// Shows a page that is not of the server.
    pub async fn show(&self, html: &str) {
        let address = format!("data:text/html;charset=utf-8,{html}");
        self.client.goto(&address).await.unwrap();
    }

    /// Tries the page as it stands: whether it fits the window, and, where scripts run, the
    /// accessibility rules. What is found is kept until the end, so that one run shows all of it.
    pub async fn check(&mut self, state: &str) {
        let title = self.title().await;
        assert!(
            title.contains(" – "),
            "{state}: the page has the title {title:?}"
        );
        if !self.view.script {
            return;
        }
        let wide = "return document.documentElement.scrollWidth - window.innerWidth";
        let wide = self.client.execute(wide, Vec::new()).await.unwrap();
        if wide.as_i64() > Some(0) {
            self.violations
                .push(format!("{state}: {wide} pixels too wide"));
        }
        self.client.execute(AXE, Vec::new()).await.unwrap();
        let found = self
            .client
            .execute_async(AXE_RUN, Vec::new())
            .await
            .unwrap();
        let Value::Array(found) = found else {
            panic!("{state}: {found}");
        };
        for violation in found {
            for node in violation["nodes"].as_array().unwrap() {
                self.violations.push(format!(
                    "{state} ({} px): {} {}: {}\n    {}\n    {}",
                    self.view.width,
                    violation["impact"].as_str().unwrap_or_default(),
                    violation["id"].as_str().unwrap_or_default(),
                    node["target"],
                    node["html"].as_str().unwrap_or_default(),
                    node["failureSummary"]
                        .as_str()
                        .unwrap_or_default()
                        .replace('\n', " "),
                ));
            }
        }
    }
}

/// A command of the developer tools, which the driver passes on.
#[derive(Debug)]
struct DevTools(Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &Url,
        session: Option<&str>,
    ) -> Result<Url, <Url as std::str::FromStr>::Err> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

/// Where a program is.
fn installed(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/lib/chromium")]);
    let found = folders.find_map(|folder| {
        let program = folder.join(name);
        program.is_file().then_some(program)
    });
    found.unwrap_or_else(|| {
        panic!(
            "{name} is not in PATH: install Chromium and its driver \
             (on Debian: apt install chromium chromium-driver)"
        )
    })
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self")
        .metadata()
        .is_ok_and(|own| own.uid() == 0)
}
