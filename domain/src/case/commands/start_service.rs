//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use serde::Deserialize;

use super::service::act_on;
use super::{Rule, SERVICES};
use crate::case::decide::Case;
use crate::case::{Context, Event, ItemState, Rejection};
use crate::identity::Role;
use crate::text::{Code, Note};

/// A service or task begins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct StartService {
    pub item_id: Code,
    #[serde(default)]
    pub note: Note,
}

impl Rule for StartService {
    fn roles(&self) -> &'static [Role] {
        SERVICES
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let split = act_on(case, &self.item_id, &self.note, &[ItemState::Planned])?;
        Ok(vec![Event::ServiceStarted(split)])
    }
}
