//! `noi user …` and `noi succession …` as processes: what they answer, how they refuse, and that
//! nobody has to listen to them.

use std::fs::File;
use std::process::{Command, Output, Stdio};

use chrono::{Days, NaiveDate, Utc};
use serde_json::json;
use tests::{COMMUNE, Noi, OTHER_COMMUNE, Place, Role, on_both_databases, program, report};

/// The name of an officer, which no refusal may repeat.
const NAME: &str = "Đỗ Thị Kín";

/// `noi` on a database.
struct Line {
    url: String,
    units: Option<String>,
}

impl Line {
    fn on(place: &Place) -> Self {
        Self {
            url: place.url(),
            units: None,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .env("NOI_DATABASE_URL", &self.url)
            .env("NOI_LOG", "warn")
            .stdin(Stdio::null());
        if let Some(units) = &self.units {
            command.env("NOI_UNITS", units);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The lines of the answer; nothing is said beside it.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), &*said), (Some(0), ""));
        let answer = String::from_utf8(output.stdout).unwrap();
        answer.lines().map(str::to_owned).collect()
    }

    /// The one line of a refusal, which names nobody.
    #[track_caller]
    fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
        assert!(!said.contains(NAME) && !said.contains("panicked"), "{said}");
        said
    }

    fn create(&self, username: &str, role: &str, unit: &str) {
        let create = ["user", "create", username, "--name", NAME, "--role", role];
        let answer = self.done(&[&create[..], &["--unit", unit]].concat());
        let [line] = &answer[..] else {
            panic!("{answer:?}");
        };
        let words: Vec<_> = line.split(' ').collect();
        let ["account", of, password, of_role, of_unit] = words[..] else {
            panic!("{line}");
        };
        assert_eq!((of, of_role, of_unit), (username, role, unit));
        assert!(password.len() >= 12, "{line}");
    }
}

/// The date in the time zone of the procedure.
fn today() -> NaiveDate {
    (Utc::now() + chrono::Duration::hours(7)).date_naive()
}

fn in_days(days: u64) -> String {
    (today() + Days::new(days)).to_string()
}

async fn accounts_are_made_and_officers_move(place: Place) {
    let line = Line::on(&place);
    line.create("lan", "commune-officer", COMMUNE);
    // Nobody acts in a unit that has ended; what it is now is named.
    for arguments in [
        &[
            "user",
            "create",
            "tu",
            "--name",
            NAME,
            "--role",
            "commune-officer",
            "--unit",
            "19114",
        ][..],
        &[
            "user",
            "move",
            "lan",
            "--role",
            "commune-officer",
            "--unit",
            "19114",
        ],
    ] {
        let refused = line.refused(2, arguments);
        assert!(
            refused.contains("ended on 30/06/2025") && refused.contains("It is now"),
            "{refused}"
        );
    }
    let moved = line.done(&[
        "user",
        "move",
        "LAN",
        "--role",
        "commune-chair",
        "--unit",
        OTHER_COMMUNE,
    ]);
    assert_eq!(moved, [format!("moved lan commune-chair {OTHER_COMMUNE}")]);
    let posts = line.done(&["user", "posts", "lan"]);
    assert_eq!(posts.len(), 2, "{posts:?}");
    assert!(posts[0].contains(&format!(" commune-officer {COMMUNE} ")));
    assert!(posts[1].contains(&format!(" - commune-chair {OTHER_COMMUNE} ")));
    let all = line.done(&["user", "list"]);
    assert_eq!(all, [format!("lan commune-chair {OTHER_COMMUNE} open")]);

    // Refused, and nothing is made by it.
    let user = |rest: &[&'static str]| [&["user"][..], rest].concat();
    for (code, arguments, told) in [
        (
            2,
            user(&[
                "create",
                "mai",
                "--role",
                "commune-officer",
                "--unit",
                "77777",
                "--name",
                NAME,
            ]),
            "no unit 77777",
        ),
        (
            2,
            user(&[
                "create", "mai", "--role", "king", "--unit", COMMUNE, "--name", NAME,
            ]),
            "the roles are",
        ),
        (
            2,
            user(&[
                "create",
                "mai",
                "--role",
                "commune-officer",
                "--unit",
                COMMUNE,
            ]),
            "--name",
        ),
        (
            1,
            user(&[
                "create",
                "m/i",
                "--role",
                "commune-officer",
                "--unit",
                COMMUNE,
                "--name",
                NAME,
            ]),
            "a username has",
        ),
        (
            1,
            user(&[
                "create",
                "Lan",
                "--role",
                "commune-officer",
                "--unit",
                COMMUNE,
                "--name",
                NAME,
            ]),
            "there is an account of this name",
        ),
        (
            2,
            user(&[
                "move",
                "lan",
                "--role",
                "commune-officer",
                "--unit",
                "77777",
            ]),
            "no unit 77777",
        ),
        (
            1,
            user(&[
                "move",
                "mai",
                "--role",
                "commune-officer",
                "--unit",
                COMMUNE,
            ]),
            "no account",
        ),
        (2, user(&["move", "lan", "--unit", COMMUNE]), "--role"),
        (1, user(&["posts", "mai"]), "no account"),
        (1, user(&["disable", "mai"]), "no account"),
        (1, user(&["reset", "mai"]), "no account"),
    ] {
        let said = line.refused(code, &arguments);
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
    assert_eq!(line.done(&["user", "list"]), all);
    assert_eq!(line.done(&["user", "posts", "lan"]), posts);
}

async fn deputies_act_for_a_time(place: Place) {
    let line = Line::on(&place);
    line.create("chu", "commune-chair", COMMUNE);
    line.create("pho", "commune-officer", COMMUNE);
    let substitute = |deputy, principal, from: &str, until: &str| {
        let all = [
            "user",
            "substitute",
            deputy,
            "--for",
            principal,
            "--act",
            "12/QĐ",
        ];
        let mut all: Vec<String> = all.map(str::to_owned).into();
        for (flag, day) in [("--from", from), ("--until", until)] {
            if !day.is_empty() {
                all.extend([flag.to_owned(), day.to_owned()]);
            }
        }
        all
    };
    let refused = |code, arguments: Vec<String>| {
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        line.refused(code, &arguments)
    };
    let [now, week, month] = [0, 7, 30].map(in_days);
    for (code, arguments, told) in [
        (
            1,
            substitute("pho", "chu", &month, &week),
            "(post-ends-before-start)",
        ),
        (
            1,
            substitute("pho", "chu", "2024-01-01", &week),
            "(substitution-in-the-past)",
        ),
        (
            1,
            substitute("pho", "pho", "", &week),
            "(substitution-for-oneself)",
        ),
        (1, substitute("mai", "chu", "", &week), "no account"),
        (1, substitute("pho", "mai", "", &week), "no account"),
        (2, substitute("pho", "chu", "", "some-day"), "2026-03-02"),
        (2, substitute("pho", "chu", "", ""), "--until"),
    ] {
        let said = refused(code, arguments);
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(line.done(&["user", "posts", "pho"]).len(), 1);

    let given = substitute("pho", "chu", &now, &week);
    let given: Vec<_> = given.iter().map(String::as_str).collect();
    // Today has begun: from now on.
    let given = line.done(&given).concat();
    assert!(given.starts_with("substitution ") && given.ends_with(" pho for chu"));
    let posts = line.done(&["user", "posts", "pho"]);
    assert_eq!(posts.len(), 2, "{posts:?}");
    assert!(
        posts[1].contains(" commune-chair ") && posts[1].ends_with("12/QĐ"),
        "{posts:?}"
    );
    let end = ["user", "end-substitution", "pho", "--for", "chu"];
    assert!(line.done(&end).concat().starts_with("ended substitution "));
    assert!(line.refused(1, &end).contains("no such substitution"));
}

async fn competences_pass_on_from_the_command_line(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let mut told = report("Trần Thị Mai");
    told["received_at"] = json!(tests::instant_ago(chrono::Duration::days(3)));
    let mut cases = vec![officer.begin(&told).await];
    // Where the child lives was divided: that is left for a person.
    told["child"]["residence_unit"] = json!("00007");
    cases.push(officer.begin(&told).await);
    assert_eq!(noi.stop().await, tests::End::Code(0));

    let mut line = Line::on(&place);
    assert_eq!(
        line.done(&["succession", "plan"]).last().unwrap(),
        "open cases: 2, clear: 0, for a person to choose: 1"
    );
    // A unit that takes over from yesterday on.
    let folder = tempfile::tempdir().unwrap();
    let units = folder.path().join("units.toml");
    let from = today() - Days::new(1);
    std::fs::write(
        &units,
        format!(
            "[[unit]]\nid = \"moi-1\"\nname = \"Xã Hoàn Lão Mới\"\nlevel = \"commune\"\n\
             parent = \"44\"\nfrom = \"{from}\"\nact = \"Nghị quyết thử\"\n\n\
             [[succession]]\nold = \"{COMMUNE}\"\nnew = \"moi-1\"\nshare = \"whole\"\n"
        ),
    )
    .unwrap();
    line.units = Some(units.display().to_string());

    let plan = line.done(&["succession", "plan"]);
    assert_eq!(plan.len(), 4, "{plan:#?}");
    assert_eq!(
        plan[3],
        "open cases: 2, clear: 2, for a person to choose: 1"
    );
    let clear = plan
        .iter()
        .filter(|row| row.contains("->  moi-1 Xã Hoàn Lão Mới"));
    assert_eq!(clear.count(), 2, "{plan:#?}");
    assert!(
        plan.iter()
            .any(|row| row.contains("divided: choose one of "))
    );
    assert!(!plan.concat().contains("Trần") && !plan.concat().contains("Mai"));
    // Before that day nothing passes.
    let day = (today() - Days::new(3)).to_string();
    let before = line.done(&["succession", "plan", "--on", &day]);
    assert!(before.last().unwrap().contains("clear: 0"), "{before:#?}");

    let said = line.refused(2, &["succession", "apply", "--on", &in_days(30)]);
    assert!(said.contains("--on lies in the future"), "{said}");
    let said = line.refused(2, &["succession", "apply", "--on", "tomorrow"]);
    assert!(said.contains("--on"), "{said}");
    line.refused(2, &["succession"]);

    let left = "left for a person: 1, refused: 0";
    let applied = line.done(&["succession", "apply"]);
    assert_eq!(applied.len(), 2, "{applied:#?}");
    assert_eq!(
        applied[1],
        format!("passed on: 2, had passed already: 0, {left}")
    );
    let again = line.done(&["succession", "apply"]);
    assert_eq!(
        again[1],
        format!("passed on: 0, had passed already: 0, {left}")
    );
}

/// As in `noi … | head` and `noi … 2>&-`, or where the disk behind the output is full.
async fn nobody_has_to_listen(place: Place) {
    let line = Line::on(&place);
    line.create("lan", "commune-officer", COMMUNE);
    let wrong = ["user", "posts", "mai"];
    let right = ["user", "list"];
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let code = |command: &mut Command| command.status().unwrap().code();
    assert_eq!(code(line.command(&wrong).stderr(closed())), Some(1));
    assert_eq!(code(line.command(&wrong).stderr(full())), Some(1));
    assert_eq!(code(line.command(&right).stdout(closed())), Some(0));
    let quiet = || Stdio::null();
    assert_eq!(
        code(line.command(&right).stdout(full()).stderr(quiet())),
        Some(1)
    );
    assert_eq!(
        code(line.command(&right).stdout(full()).stderr(full())),
        Some(1)
    );
    for arguments in [&["rebuild"][..], &["verify"], &["succession", "plan"]] {
        let mut command = line.command(arguments);
        let command = command.env("NOI_LOG", "trace").stderr(closed());
        assert_eq!(code(command.stdout(closed())), Some(0), "{arguments:?}");
    }
    assert_eq!(code(line.command(&["--help"]).stdout(closed())), Some(0));
    assert_eq!(code(line.command(&["nonsense"]).stderr(closed())), Some(2));
    for shut in ["noi user posts mai 2>&-", "noi user posts mai >&- 2>&-"] {
        let shut = shut.replace("noi", "\"$0\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &shut]).arg(program());
        shell.env("NOI_DATABASE_URL", &line.url);
        assert_eq!(code(&mut shell), Some(1), "{shut}");
    }
}

on_both_databases!(
    accounts_are_made_and_officers_move,
    deputies_act_for_a_time,
    competences_pass_on_from_the_command_line,
    nobody_has_to_listen,
);
