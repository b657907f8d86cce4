//! The two forms about posts, and the page that shows them.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::identity::Role;
use domain::time::{Date, Instant, Moment};
use serde_json::Value;

use crate::AppState;
use crate::access::Account;
use crate::application::NewDeputy;
use crate::pages::Frame;
use crate::pages::case::case_words;
use crate::pages::form::draft::Key;
use crate::pages::form::{Choice, DraftNote, Fault, Field, Form, FormView, Section, Values};

/// More choices than these are a list that opens.
const RADIOS: usize = 7;

/// A page with one of the forms.
pub struct FormPage<'a> {
    /// Heading.
    pub title: String,
    /// What the form does, in a sentence.
    pub lead: String,
    /// Where it is sent.
    pub action: &'a str,
    /// Where one came from.
    pub back: &'a str,
    /// Whose draft it is.
    pub key: Key,
}

#[derive(Template)]
#[template(path = "officers/form.html")]
struct Page<'a> {
    frame: &'a Frame,
    title: &'a str,
    lead: &'a str,
    back: &'a str,
    form: FormView,
}

impl FormPage<'_> {
    /// Shows the form with what stands in it.
    pub fn show(
        &self,
        state: &AppState,
        frame: &Frame,
        form: &Form,
        values: &Values,
        faults: &[Fault],
        (note, status): (DraftNote, StatusCode),
    ) -> Response {
        let view = FormView::with_faults(state, frame, form, self.action, values, faults);
        let page = Page {
            frame,
            title: &self.title,
            lead: &self.lead,
            back: self.back,
            form: view.draft(frame, &self.key, note),
        };
        frame.page_with(status, &page)
    }
}

/// The form that moves an officer.
pub fn moving(frame: &Frame) -> Form {
    let role = |role: Role| {
        let title = frame.t(&format!("role-{}", role.name()));
        Choice::new(role.name(), title)
    };
    Form::new("move-officer", "officer-move-send").section(
        Section::new("post", "officer-move-section")
            .field(Field::select(
                "role",
                "officer-role",
                Role::PEOPLE.map(role),
            ))
            .field(Field::unit("unit", "officer-unit").hint("officer-unit-hint"))
            .field(
                Field::text("agency", "officer-agency")
                    .hint("officer-agency-hint")
                    .optional(),
            ),
    )
}

/// The form that gives a substitution: `who` is asked among `people`, under the name `path`.
pub fn deputy(
    frame: &Frame,
    path: &'static str,
    label: &'static str,
    people: &[&Account],
    today: chrono::NaiveDate,
) -> Form {
    let choice = |account: &&Account| {
        let role = frame.t(&format!("role-{}", account.role.name()));
        let unit = case_words::unit(&frame.units, &account.unit, today);
        let choice = Choice::new(account.id.to_string(), account.display_name.clone());
        (choice, format!("{role} · {unit}"))
    };
    let people = people.iter().map(choice);
    let who = if people.len() <= RADIOS {
        let people = people.map(|(choice, post)| choice.hint(post));
        Field::radios(path, label, people)
    } else {
        // An open list has no second line.
        let people = people.map(|(choice, post)| {
            let name = choice.label.text(frame.language);
            Choice::new(choice.value, format!("{name} · {post}"))
        });
        Field::select(path, label, people)
    };
    Form::new("name-deputy", "deputy-send").section(
        Section::new("deputy", "deputy-section")
            .field(who)
            .field(Field::date("from", "deputy-from").hint("deputy-from-hint"))
            .field(Field::date("until", "deputy-until").hint("deputy-until-hint"))
            .field(
                Field::text("act", "deputy-act")
                    .hint("deputy-act-hint")
                    .max(100),
            ),
    )
}

/// A fresh form for a substitution: it begins today.
pub fn fresh(today: chrono::NaiveDate) -> Values {
    use chrono::Datelike;
    let mut values = Values::default();
    values.set("from.day", today.day().to_string());
    values.set("from.month", today.month().to_string());
    values.set("from.year", today.year().to_string());
    values
}

/// The substitution that a form asks for.
pub fn asked(command: &Value, now: Instant) -> NewDeputy {
    let day = |name: &str| {
        let text = command[name].as_str()?;
        Date::parse(text).ok().map(Moment::On)
    };
    let act = command["act"].as_str().unwrap_or_default().to_owned();
    NewDeputy::between(day("from"), day("until"), act, now)
}
