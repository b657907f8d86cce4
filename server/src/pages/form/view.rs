//! The form as a page shows it.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{DateTime, Utc};

use super::fault::{Fault, Place, in_order, places};
use super::field::Kind;
use super::sections::Form;
use super::view_context::Context;
use super::view_field::field;
use super::{COMMAND_ID, EXPECTED_VERSION, MARK, Values};
use crate::AppState;
use crate::pages::{Frame, words};
use crate::units::Units;

/// What to say about a draft above the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftNote {
    /// Nothing.
    None,
    /// These values come from a draft saved then.
    Restored(DateTime<Utc>),
    /// The draft was saved just now.
    Saved(DateTime<Utc>),
}

/// A form with its values and faults, ready to be put into a page with `{{ form }}`.
#[derive(Debug, Template)]
#[template(path = "form/form.html")]
pub struct FormView {
    token: String,
    action: String,
    draft_address: Option<String>,
    command_id: String,
    expected_version: String,
    /// Another one each time the form is shown.
    page: String,
    /// A fingerprint of what stands in a form that was just opened.
    shown: String,
    /// Which saving of a draft it comes from.
    mark: String,
    summary: Vec<SummaryLine>,
    note: Option<String>,
    sections: Vec<SectionView>,
    submit: String,
    also: Vec<(&'static str, String)>,
    units: Vec<String>,
    /// Lists to choose from, with their ids.
    lists: Vec<(String, Vec<String>)>,
    has_faults: bool,
    words: Words,
}

#[derive(Debug)]
struct SummaryLine {
    href: Option<String>,
    text: String,
}

#[derive(Debug)]
struct SectionView {
    id: &'static str,
    title: String,
    intro: Option<String>,
    fields: Vec<String>,
    /// Whether it can be closed, and whether it is open then.
    collapsed: bool,
    open: bool,
}

#[derive(Debug)]
struct Words {
    summary: String,
    save_draft: String,
    drop_draft: String,
    draft_saved: String,
    draft_failed: String,
    draft_waiting: String,
    draft_lost: String,
}

impl FormView {
    /// Shows `form` with these values. `action` is the page's own address.
    #[must_use]
    pub fn new(
        state: &AppState,
        frame: &Frame,
        form: &Form,
        action: &str,
        values: &Values,
    ) -> Self {
        Self::with_faults(state, frame, form, action, values, &[])
    }

    /// Shows `form` with what is wrong: a summary above, and each sentence at its field.
    #[must_use]
    pub fn with_faults(
        state: &AppState,
        frame: &Frame,
        form: &Form,
        action: &str,
        values: &Values,
        faults: &[Fault],
    ) -> Self {
        let language = frame.language;
        let places = places(form, values, language);
        let found: Vec<(Option<&Place>, String)> = in_order(&places, faults)
            .into_iter()
            .map(|(place, fault)| (place, fault.message.in_language(language)))
            .collect();
        let units = state.units.on(state.today());
        let near = frame
            .officer
            .as_ref()
            .map_or("", |officer| officer.unit.as_str());
        let context = Context {
            language,
            values,
            units: &units,
            faults: found
                .iter()
                .filter_map(|(place, text)| place.map(|place| (place.id.as_str(), text.as_str())))
                .collect(),
        };
        let sections = form
            .sections
            .iter()
            .map(|section| SectionView {
                id: section.id,
                title: section.title.text(language),
                intro: section.intro.as_ref().map(|intro| intro.text(language)),
                collapsed: section.collapsed,
                open: section.fields.iter().any(|f| context.is_touched(f)),
                fields: section
                    .fields
                    .iter()
                    .map(|f| field(&context, f, ""))
                    .collect(),
            })
            .collect();
        let summary = found
            .iter()
            .map(|(place, text)| match place {
                Some(place) if !place.label.is_empty() => SummaryLine {
                    href: Some(format!("#{}", place.id)),
                    text: format!("{} – {text}", place.label),
                },
                place => SummaryLine {
                    href: place.map(|place| format!("#{}", place.id)),
                    text: text.clone(),
                },
            })
            .collect();
        Self {
            token: frame.form_token.clone(),
            action: action.to_owned(),
            draft_address: None,
            page: state.ids.next().to_string(),
            shown: if frame.is_asked() {
                as_shown(form, values, &units).fingerprint()
            } else {
                String::new()
            },
            mark: values.first(MARK).to_owned(),
            command_id: values.first(COMMAND_ID).to_owned(),
            expected_version: values.first(EXPECTED_VERSION).to_owned(),
            summary,
            note: None,
            sections,
            submit: frame.t(form.submit),
            also: form
                .also
                .iter()
                .map(|(value, text)| (*value, frame.t(text)))
                .collect(),
            units: context.unit_labels(form, near),
            lists: lists(form),
            has_faults: !faults.is_empty(),
            words: Words {
                summary: frame.t("form-error-summary"),
                save_draft: frame.t("form-save-draft"),
                drop_draft: frame.t("form-drop-draft"),
                draft_saved: frame.t("form-draft-saved"),
                draft_failed: frame.t("form-draft-failed"),
                draft_waiting: frame.t("form-draft-waiting"),
                draft_lost: frame.t("form-draft-lost"),
            },
        }
    }

    /// Offers to keep a draft, and says what there is to say about it.
    #[must_use]
    pub fn draft(mut self, frame: &Frame, key: &super::draft::Key, note: DraftNote) -> Self {
        self.draft_address = Some(key.address());
        self.note = match note {
            DraftNote::None => None,
            DraftNote::Restored(at) => {
                Some(frame.t1("form-draft-restored", "time", words::instant(at)))
            }
            DraftNote::Saved(at) => Some(frame.t1("form-draft-kept", "time", words::instant(at))),
        };
        self
    }

    /// Text of the main button, for pages that have buttons of this form before it: pressing Enter in a
    /// field presses the first of them.
    #[must_use]
    pub fn submit(&self) -> &str {
        &self.submit
    }

    /// Whether something is wrong: the page's title begins with "Lỗi:" then.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.has_faults
    }
}

/// The lists of suggestions of all fields, also of those in rows.
fn lists(form: &Form) -> Vec<(String, Vec<String>)> {
    let inner = form.fields().flat_map(|field| match &field.kind {
        Kind::Group(group) => group.fields.as_slice(),
        _ => std::slice::from_ref(field),
    });
    inner
        .filter(|field| !field.suggestions.is_empty())
        .map(|field| (field.list(), field.suggestions.clone()))
        .collect()
}

/// The values as the browser will send them again: a unit is shown by its name, not by its code.
fn as_shown(form: &Form, values: &Values, units: &Units) -> Values {
    let mut shown = values.clone();
    let fields = form
        .fields()
        .filter(|field| matches!(field.kind, Kind::Unit));
    for field in fields {
        if let Some(unit) = units.with_code(values.first(field.path)) {
            shown.set(field.path, unit.label());
        }
    }
    shown
}

impl HtmlSafe for FormView {}
