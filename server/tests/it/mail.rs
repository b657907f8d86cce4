//! Reminders by mail, through a real mail server on a port of its own.

use std::sync::{Arc, Mutex};

use chrono::Duration;
use domain::identity::Role;
use eventstore::StreamId;
use projections::NOTICE;
use serde_json::json;
use server::access::reminders;
use server::notices::mail::{Mailer, send_mails};
use server::notices::send_notices;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::readings::{begin, command, token};
use crate::support::{Browser, PASSWORD, TestServer};

/// A mail server: takes mails, or says that it cannot just now.
#[derive(Clone, Default)]
struct MailServer {
    taken: Arc<Mutex<Vec<String>>>,
    busy: Arc<Mutex<bool>>,
}

impl MailServer {
    async fn start() -> (Self, String) {
        let server = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = accepting.clone();
                tokio::spawn(async move { server.speak(stream).await });
            }
        });
        (server, format!("smtp://127.0.0.1:{port}"))
    }

    /// SMTP as far as a sender needs it (RFC 5321).
    async fn speak(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 here\r\n").await.ok()?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let word = line.split_whitespace().next()?.to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" | "HELO" => "250 here\r\n",
                // As many servers do, it repeats whom the mail was for.
                "RCPT" if *self.busy.lock().unwrap() => {
                    "451 4.7.1 <lan@example.vn>: try again later\r\n"
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await.ok()?;
                    let mut mail = String::new();
                    loop {
                        let mut line = String::new();
                        stream.read_line(&mut line).await.ok()?;
                        if line == ".\r\n" {
                            break;
                        }
                        mail.push_str(&line);
                    }
                    self.taken.lock().unwrap().push(mail);
                    "250 taken\r\n"
                }
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 ok\r\n",
            };
            stream.write_all(answer.as_bytes()).await.ok()?;
        }
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// What the program writes into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The text of a mail, decoded.
fn text(mail: &str) -> String {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let bytes = if head.contains("base64") {
        let value = |byte: u8| match byte {
            b'A'..=b'Z' => Some(byte - b'A'),
            b'a'..=b'z' => Some(byte - b'a' + 26),
            b'0'..=b'9' => Some(byte - b'0' + 52),
            b'+' => Some(62),
            b'/' => Some(63),
            _ => None,
        };
        let digits: Vec<u32> = body.bytes().filter_map(value).map(u32::from).collect();
        let mut bytes = Vec::new();
        for four in digits.chunks(4) {
            let bits =
                four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
            bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
        }
        bytes
    } else if head.contains("quoted-printable") {
        let body = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = body.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'=' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                let digits = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        bytes
    } else {
        body.as_bytes().to_vec()
    };
    String::from_utf8(bytes).unwrap()
}

async fn mails_are_sent_once_and_never_lost(server: TestServer) {
    server
        .clock
        .set("2024-02-19T09:00:00+07:00".parse().unwrap());
    let lan = server.account("lan").await;
    server
        .account_as("tongdai", Role::HotlineOperator, "44")
        .await;
    let bearer = token(&server, "tongdai").await;
    let place = json!({"kind": "hotline", "unit": "44"});
    let (smtp, url) = MailServer::start().await;
    let mailer = Mailer::new(&url, "Nôi <noi@example.vn>").unwrap();

    // What was told before the address was known is not told again.
    let first = begin(&server, &bearer, &place).await;
    let forward = json!({"type": "forward-report", "to_unit": "19111"});
    command(&server, &bearer, first, 1, forward.clone()).await;
    send_notices(&server.state).await.unwrap();
    server.clock.advance(Duration::minutes(1));
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    let form_token = browser.get("/reminders").await.token();
    let typed = |mail| [("_token", form_token.as_str()), ("mail", mail)];
    let refused = browser.post("/reminders/mail", &typed("lan@")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("value=\"lan@\""), "{}", refused.text);
    let set = browser
        .post("/reminders/mail", &typed("lan@example.vn"))
        .await;
    assert_eq!(set.status, 303);
    assert_eq!(send_mails(&server.state, &mailer).await.unwrap(), 0);

    // The mail server is busy: nothing is lost.
    server.clock.advance(Duration::minutes(1));
    for _ in 0..2 {
        let case = begin(&server, &bearer, &place).await;
        command(&server, &bearer, case, 1, forward.clone()).await;
    }
    send_notices(&server.state).await.unwrap();
    *smtp.busy.lock().unwrap() = true;
    let log = Log::default();
    let into = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || into.clone());
    let writing = tracing::subscriber::set_default(subscriber.finish());
    assert_eq!(send_mails(&server.state, &mailer).await.unwrap(), 0);
    drop(writing);
    let logged = log.text();
    assert!(logged.contains("451"), "{logged}");
    assert!(!logged.contains("lan@example.vn"), "{logged}");
    *smtp.busy.lock().unwrap() = false;
    assert_eq!(
        send_mails(&server.state, &mailer).await.unwrap(),
        0,
        "waits"
    );
    server.clock.advance(Duration::minutes(3));

    // Several processes at once: one mail with both.
    let runs = (0..4).map(|_| send_mails(&server.state, &mailer));
    let sent: usize = futures::future::join_all(runs)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    assert_eq!(sent, 1);
    let mails = smtp.taken();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("To: lan@example.vn\r\n"), "{}", mails[0]);
    assert!(mails[0].contains("noi@example.vn"));
    let said = text(&mails[0]);
    assert_eq!(said.matches("Chờ anh/chị trả lời").count(), 2, "{said}");
    assert!(said.contains("2024-"), "{said}");
    for secret in ["Nguyễn", "Bé", "Hoàn Lão", "bầm"] {
        assert!(!said.contains(secret), "{said}");
    }
    assert_eq!(send_mails(&server.state, &mailer).await.unwrap(), 0);
    server.clock.advance(Duration::hours(1));
    assert_eq!(send_mails(&server.state, &mailer).await.unwrap(), 0);
    let stream = StreamId::new(NOTICE, lan.id);
    let store = &server.state.application.store;
    let told = store.load_stream(stream).await.unwrap();
    let by_mail = told.iter().filter(|event| event.facts.contains("\"mail\""));
    assert!(by_mail.count() >= 2);

    // Without an address there are no mails.
    browser.post("/reminders/mail", &typed("")).await;
    let chosen = reminders::of(&server.state.database, lan.id).await.unwrap();
    assert_eq!(chosen.mail, None);
    let case = begin(&server, &bearer, &place).await;
    command(&server, &bearer, case, 1, forward).await;
    send_notices(&server.state).await.unwrap();
    assert_eq!(send_mails(&server.state, &mailer).await.unwrap(), 0);
    assert_eq!(smtp.taken().len(), 1);
}

#[tokio::test]
async fn mails_on_sqlite() {
    mails_are_sent_once_and_never_lost(TestServer::start().await).await;
}

#[tokio::test]
async fn mails_on_postgres() {
    mails_are_sent_once_and_never_lost(TestServer::start_on_postgres().await).await;
}
