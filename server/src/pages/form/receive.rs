//! The way of a form: opened, sent, sent again, until it holds a command.

use chrono::{DateTime, Utc};

use super::draft::{self, Key, Saving};
use super::field::Kind;
use super::sections::Form;
use super::{
    ACTION, COMMAND_ID, EXPECTED_VERSION, MARK, SHOWN, Submission, Unfinished, Values, rows,
};
use crate::AppState;
use crate::access::AccessError;
use crate::language::Language;
use crate::pages::words;

/// The values to begin with.
#[derive(Debug)]
pub struct Opened {
    /// What stands in the fields.
    pub values: Values,
    /// When the draft that they come from was saved.
    pub draft_saved_at: Option<DateTime<Utc>>,
}

/// Where somebody goes who leaves a form without sending it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nowhere, but in another language.
    Language(Language),
    /// Out.
    SignOut,
    /// Out, on all devices.
    SignOutEverywhere,
}

/// What came of a form that was sent.
#[derive(Debug)]
pub enum Step {
    /// A row came or went: show the form again.
    Again(Values),
    /// The draft was saved: show the form again and say so.
    DraftSaved(Values),
    /// The draft was given up: show a fresh form.
    DraftDropped,
    /// What was typed is kept as a draft, and the person goes.
    Leave(Leaving),
    /// Something is wrong: show the form again with what is wrong.
    Wrong(Values, Unfinished),
    /// The command, and the values in case the domain refuses it.
    Send(Submission, Values),
}

/// The values with which a form is first shown: the person's draft, or `fresh` ones.
///
/// `expected_version` is the version of the case as it is shown now; nothing for a new case.
///
/// # Errors
/// The database.
pub async fn open(
    state: &AppState,
    form: &Form,
    key: &Key,
    expected_version: Option<u64>,
    fresh: Values,
) -> Result<Opened, AccessError> {
    let draft = draft::load(&state.database, key).await?;
    let draft_saved_at = draft.as_ref().map(|draft| draft.saved_at);
    let mark = draft.as_ref().map(|draft| draft.saving.mark());
    let mut values = draft.map_or(fresh, |draft| draft.values);
    // Told to the script of the page, which may wait for a saving that is still on its way.
    values.set(MARK, mark.unwrap_or_default());
    values.set(COMMAND_ID, state.ids.next().to_string());
    values.set(
        EXPECTED_VERSION,
        expected_version.map_or_else(String::new, |v| v.to_string()),
    );
    complete(state, form, &mut values);
    Ok(Opened {
        values,
        draft_saved_at,
    })
}

/// What to do with a form that was sent.
///
/// # Errors
/// The database.
pub async fn receive(
    state: &AppState,
    form: &Form,
    key: &Key,
    mut values: Values,
) -> Result<Step, AccessError> {
    let action = values.first(ACTION).to_owned();
    let mut words = action.splitn(3, ':');
    match (words.next().unwrap_or_default(), words.next(), words.next()) {
        ("add-row", Some(name), None) => {
            rows::add(form, &mut values, name);
            complete(state, form, &mut values);
            Ok(Step::Again(values))
        }
        ("remove-row", Some(name), Some(index)) => {
            if let Ok(index) = index.parse() {
                rows::remove(form, &mut values, name, index);
            }
            complete(state, form, &mut values);
            Ok(Step::Again(values))
        }
        ("save-draft", None, None) => {
            values.take(ACTION);
            let saving = Saving::by_button(&values);
            draft::save(&state.database, key, &values, &saving, state.now()).await?;
            complete(state, form, &mut values);
            Ok(Step::DraftSaved(values))
        }
        ("drop-draft", None, None) => {
            draft::clear(&state.database, key, &values, state.now()).await?;
            Ok(Step::DraftDropped)
        }
        ("leave", Some(how), where_to) => {
            let leaving = match (how, where_to.and_then(Language::parse)) {
                ("language", Some(language)) => Leaving::Language(language),
                ("sign-out-everywhere", _) => Leaving::SignOutEverywhere,
                _ => Leaving::SignOut,
            };
            values.take(ACTION);
            // A form in which nothing was typed leaves nothing behind.
            if values.first(SHOWN) != values.fingerprint() {
                let saving = Saving::by_button(&values);
                draft::save(&state.database, key, &values, &saving, state.now()).await?;
            }
            Ok(Step::Leave(leaving))
        }
        _ => {
            complete(state, form, &mut values);
            match form.read(&values, &state.units.on(state.today())) {
                Ok(submission) => Ok(Step::Send(submission, values)),
                Err(unfinished) => Ok(Step::Wrong(values, unfinished)),
            }
        }
    }
}

/// Fills in what nobody types: ids of rows, and the moment that "now" stands for.
fn complete(state: &AppState, form: &Form, values: &mut Values) {
    rows::give_ids(form, values, &*state.ids);
    let now = words::local(state.now())
        .format("%Y-%m-%dT%H:%M:%S%:z")
        .to_string();
    for field in form.fields() {
        if matches!(field.kind, Kind::Instant { now: true }) {
            let name = format!("{}.now", field.path);
            if values.first(&name).is_empty() {
                values.set(&name, now.clone());
                values.set(&format!("{}.choice", field.path), "now");
            }
        }
    }
}
