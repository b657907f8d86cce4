//! Where a form asks for another case, people type the number that they call it by; the command carries its
//! id.

use projections::CaseFilter;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::application::sight;
use crate::pages::PageError;

/// Puts the ids of cases where their numbers were typed; the pointer of the first that is no case which
/// the officer sees.
pub(super) async fn resolve(
    state: &AppState,
    officer: &Officer,
    fields: &[&str],
    command: &mut Value,
) -> Result<Option<String>, PageError> {
    for field in fields {
        let Some(typed) = command.get(*field).and_then(Value::as_str) else {
            continue;
        };
        match find(state, officer, typed.trim()).await? {
            Some(id) => command[*field] = json!(id),
            None => return Ok(Some(format!("/{field}"))),
        }
    }
    Ok(None)
}

async fn find(state: &AppState, officer: &Officer, typed: &str) -> Result<Option<Uuid>, PageError> {
    let Some(seen) = sight(state.application.units(), officer) else {
        return Ok(None);
    };
    let filter = CaseFilter {
        seen,
        text: Some(typed.to_owned()),
        ..CaseFilter::default()
    };
    let found = state
        .application
        .projections
        .search_cases(&filter, None, 10);
    let found = found.await?;
    let same = |number: &str| {
        let digits = number.split_once('-').map_or(number, |(_, digits)| digits);
        [number, digits, digits.trim_start_matches('0')].contains(&typed)
    };
    let mut named = found.items.iter().filter(|row| same(&row.number));
    let one = named.next().map(|row| row.case_id);
    Ok(one.filter(|_| named.next().is_none()))
}
