//! `/children/{id}`: the record of a child: what to do with it, what stands in it, what happened to it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use domain::child::{Record, Recorded, Seat, Standing};
use domain::reading::Opened;
use uuid::Uuid;

use super::act::address;
use super::words::{self, word};
use crate::AppState;
use crate::access::Officer;
use crate::application::{AlikeRecord, ChildFile};
use crate::http::PathOf;
use crate::pages::case::case_words;
use crate::pages::components::{Link, SummaryList, SummaryRow};
use crate::pages::{Frame, PageError};
use crate::words as said;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/children/{id}", get(show))
}

/// What may be recorded, in the order in which it is offered. Answers about other records stand with them, and the end
/// of a circumstance with it.
const OFFERED: [&str; 9] = [
    "record-identity",
    "claim-number",
    "verify-number",
    "record-relatives",
    "record-residence",
    "record-schooling",
    "record-circumstance",
    "resume-record",
    "end-record",
];

#[derive(Template)]
#[template(path = "children/one.html")]
struct ChildPage<'a> {
    frame: &'a Frame,
    title: String,
    traits: String,
    number: String,
    ended: Option<String>,
    joined_to: Option<Link>,
    issues: Vec<Issue>,
    /// Nothing is wrong, and it is for the reader to know.
    clean: bool,
    acts: Vec<Link>,
    sections: Vec<Section>,
    alike: Vec<Alike>,
    history: Vec<Entry>,
}

struct Issue {
    name: String,
    to_do: String,
    since: String,
    owner: String,
    act: Option<Link>,
    first: bool,
}

struct Section {
    title: String,
    list: SummaryList,
    empty: String,
}

struct Alike {
    title: String,
    href: Option<String>,
    why: String,
    answers: Vec<String>,
    acts: Vec<Link>,
}

struct Entry {
    what: String,
    who: String,
    when: String,
    why: String,
}

/// What is needed to say it.
struct Shown<'a> {
    frame: &'a Frame,
    file: &'a ChildFile,
    today: NaiveDate,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    frame: Frame,
) -> Result<Response, PageError> {
    let application = &state.application;
    let file = application.child(&officer, id).await?;
    application.note_child(&officer, &file, Opened::Page);
    let shown = Shown {
        frame: &frame,
        file: &file,
        today: application.now().date(),
    };
    let record = &file.record;
    let issues = shown.issues(&officer);
    let page = ChildPage {
        title: words::name(&frame, record),
        traits: words::traits(&frame, record, shown.today),
        number: words::number(&frame, &record.number),
        ended: record.ended.as_ref().map(|ended| {
            let why = word(&frame, "child-record-end", &ended.reason);
            frame.language.text_with(
                "child-ended",
                &[("why", why.into()), ("on", said::date(ended.on.0).into())],
            )
        }),
        joined_to: record.joined_to.map(|other| Link {
            text: frame.t("child-joined-to"),
            href: format!("/children/{other}"),
        }),
        clean: issues.is_empty() && record.is_kept(),
        issues,
        acts: shown.acts(),
        sections: shown.sections(),
        alike: file.alike.iter().map(|one| shown.alike(one)).collect(),
        history: file
            .history
            .iter()
            .rev()
            .map(|event| shown.entry(event))
            .collect(),
        frame: &frame,
    };
    Ok(frame.page(&page))
}

impl Shown<'_> {
    fn record(&self) -> &Record {
        &self.file.record
    }

    fn may(&self, command: &str) -> bool {
        self.file.possible.contains(&command)
    }

    fn link(&self, command: &str, named: Option<&str>) -> Link {
        Link {
            text: self.frame.t(&format!("child-act-{command}")),
            href: address(self.file.id, command, named),
        }
    }

    /// What is wrong, the reader's own first.
    fn issues(&self, officer: &Officer) -> Vec<Issue> {
        let own = Seat::of(officer.role);
        let mut all: Vec<&Standing> = self.file.issues.iter().collect();
        all.sort_by_key(|one| (Some(one.issue.owner()) != own, one.issue));
        let language = self.frame.language;
        let shown = all.into_iter().enumerate().map(|(place, one)| {
            let command = one.issue.command().filter(|command| self.may(command));
            let alike = self.file.alike.first().map(|one| one.id.to_string());
            let named = alike.filter(|_| command == Some("answer-same"));
            Issue {
                name: one.issue.name().in_language(language.into()).to_owned(),
                to_do: one.issue.to_do().in_language(language.into()).to_owned(),
                since: self.frame.t1("issue-since", "day", said::date(one.from)),
                owner: word(self.frame, "issues-of", &one.issue.owner()),
                act: command.map(|command| self.link(command, named.as_deref())),
                first: place == 0,
            }
        });
        shown.collect()
    }

    fn acts(&self) -> Vec<Link> {
        let offered = OFFERED.iter().filter(|command| self.may(command));
        offered.map(|command| self.link(command, None)).collect()
    }

    fn row(&self, label: &str, value: impl Into<String>) -> SummaryRow {
        SummaryRow {
            label: self.frame.t(label),
            value: value.into(),
            act: None,
        }
    }

    fn sections(&self) -> Vec<Section> {
        let section = |title: &str, rows: Vec<SummaryRow>, empty: &str| Section {
            title: self.frame.t(title),
            list: SummaryList { rows },
            empty: self.frame.t(empty),
        };
        let mut all = vec![
            section("child-identity-section", self.identity(), "child-unknown"),
            section("child-family-section", self.family(), "child-family-none"),
            section(
                "child-residence-section",
                self.residences(),
                "child-residence-none",
            ),
        ];
        if self.file.sees != domain::child::Sees::Identity {
            all.push(section(
                "child-schooling-section",
                self.schools(),
                "child-school-none",
            ));
            all.push(section(
                "child-circumstance-section",
                self.circumstances(),
                "child-circumstance-none",
            ));
        }
        all
    }

    fn identity(&self) -> Vec<SummaryRow> {
        let (frame, record) = (self.frame, self.record());
        let identity = &record.identity;
        let unknown = || frame.t("child-unknown");
        let mut rows = vec![
            self.row("child-name", words::name(frame, record)),
            self.row("report-sex", word(frame, "child-sex", &identity.sex)),
            self.row("child-birth", words::birth(frame, record)),
            self.row(
                "child-ethnicity",
                identity.ethnicity.clone().unwrap_or_else(unknown),
            ),
            self.row("child-personal-id", words::number(frame, &record.number)),
        ];
        for former in &record.former_names {
            let until = said::date(former.until.date());
            let why = word(frame, "child-former", &former.because);
            rows.push(self.row(
                "child-former-name",
                format!("{} ({why}, {until})", former.name),
            ));
        }
        rows
    }

    fn family(&self) -> Vec<SummaryRow> {
        let relatives = self.record().relatives.iter().map(|one| {
            let name = one.name.clone();
            let name = name.unwrap_or_else(|| self.frame.t("child-unknown"));
            let year = one
                .birth_year
                .map(|year| self.frame.t1("child-birth-year", "year", year.to_string()));
            let told = [Some(name), year, one.phone.clone()];
            let told: Vec<_> = told.into_iter().flatten().collect();
            SummaryRow {
                label: word(self.frame, "child-relation", &one.relation),
                value: told.join(" · "),
                act: None,
            }
        });
        let household = self.record().household.iter();
        let household = household.map(|one| self.row("child-household", one.as_str()));
        relatives.chain(household).collect()
    }

    fn residences(&self) -> Vec<SummaryRow> {
        let all = self.record().residences.iter().rev().enumerate();
        let shown = all.map(|(place, one)| {
            let unit = words::unit(self.frame, &one.unit, one.recorded_on, self.today);
            let mut lines = vec![unit];
            match &one.address {
                Some(address) => lines.push(address.clone()),
                None if one.hidden => lines.push(self.frame.t("child-address-hidden")),
                None => {}
            }
            if one.hidden && one.address.is_some() {
                lines.push(self.frame.t("child-address-is-hidden"));
            }
            if let Some(since) = one.since {
                lines.push(self.frame.t1("child-since-day", "day", said::date(since.0)));
            }
            let label = match (place, one.mistaken) {
                (_, true) => "child-lived-mistaken",
                (0, false) => "child-lives",
                (_, false) => "child-lived",
            };
            self.row(label, lines.join("\n"))
        });
        shown.collect()
    }

    fn schools(&self) -> Vec<SummaryRow> {
        let all = self.record().schools.iter().rev();
        let shown = all.map(|one| {
            let kind = word(self.frame, "child-schooling", &one.schooling);
            let since = self
                .frame
                .t1("child-since-day", "day", said::date(one.since.0));
            let school = one.school.clone().unwrap_or_default();
            let told = [kind, school, since]
                .into_iter()
                .filter(|part| !part.is_empty());
            self.row("child-school", told.collect::<Vec<_>>().join(" · "))
        });
        shown.collect()
    }

    fn circumstances(&self) -> Vec<SummaryRow> {
        let all = self.record().circumstances.iter().rev();
        let shown = all.map(|one| {
            let since = self
                .frame
                .t1("child-since-day", "day", said::date(one.since.0));
            let until = one
                .until
                .map(|until| self.frame.t1("child-until-day", "day", said::date(until.0)));
            let told = [Some(since), until, one.basis.clone()];
            let told: Vec<_> = told.into_iter().flatten().collect();
            let runs = one.until.is_none() && self.may("end-circumstance");
            SummaryRow {
                label: words::circumstance(self.frame.language, one),
                value: told.join("\n"),
                act: runs.then(|| self.link("end-circumstance", Some(&one.id.to_string()))),
            }
        });
        shown.collect()
    }

    fn alike(&self, one: &AlikeRecord) -> Alike {
        let (frame, record) = (self.frame, self.record());
        let joined = record.joined.contains(&one.id) || record.joined_to == Some(one.id);
        let why = match (joined, one.number) {
            (true, _) => "child-alike-joined",
            (false, true) => "child-alike-number",
            (false, false) => "child-alike-likely",
        };
        let named = one.id.to_string();
        let answers = record.compared.iter().filter(|said| said.other == one.id);
        let answers = answers.map(|said| {
            let by = said.by.as_deref().unwrap_or_default();
            let by = words::unit(frame, by, said.at.date(), self.today);
            format!("{}: {}", by, word(frame, "child-same", &said.answer))
        });
        let commands: &[&str] = match joined {
            true => &["part-records"],
            false => &["answer-same", "join-records"],
        };
        let acts = commands.iter().filter(|command| self.may(command));
        Alike {
            title: match &one.record {
                Some(other) => format!(
                    "{} · {}",
                    words::name(frame, other),
                    words::traits(frame, other, self.today)
                ),
                None => {
                    let unit = words::unit(frame, &one.unit.0, one.unit.1, self.today);
                    frame.t1("child-other-hidden", "unit", unit)
                }
            },
            href: one.record.as_ref().map(|_| format!("/children/{}", one.id)),
            why: frame.t(why),
            answers: answers.collect(),
            acts: acts
                .map(|command| self.link(command, Some(&named)))
                .collect(),
        }
    }

    fn entry(&self, event: &Recorded) -> Entry {
        let frame = self.frame;
        let why = event.event.reason();
        Entry {
            what: frame.t(&format!("child-event-{}", event.event.event_type())),
            who: case_words::who_acted(
                frame.language,
                &frame.units,
                &event.actor,
                event.recorded_at,
                self.today,
            ),
            when: said::both_clocks(
                frame.language,
                event.occurred_at.utc(),
                event.recorded_at.utc(),
            ),
            why: why.map(|why| why.to_string()).unwrap_or_default(),
        }
    }
}
