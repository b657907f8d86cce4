//! Reading one case: always folded from its own stream at the moment it is asked for, as of now or
//! as of any position or instant.

use std::sync::Arc;

use domain::case::{Case, CaseState, CaseView, Command, Context, Recorded, Rejection, decide};
use domain::procedure::{Obligation, derive_obligations};
use domain::responsibility::{Basis, events_at};
use domain::time::Instant;
use uuid::Uuid;

use super::side::narrow;
use super::{Application, may_see};
use crate::access::Officer;

/// Which part of a history is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// All of it.
    #[default]
    Now,
    /// Up to and including a position of the log.
    Position(i64),
    /// What was recorded by then.
    Recorded(Instant),
    /// Only what had happened by then, as it is known now: later corrections count.
    Happened(Instant),
}

/// A case as somebody looks at it.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// Its id.
    pub id: Uuid,
    /// The state.
    pub state: CaseState,
    /// The events that the state was folded from, as they were recorded, oldest first.
    pub history: Vec<Recorded>,
    /// Every obligation, as it stands at the instant that is looked at.
    pub obligations: Vec<Obligation>,
    /// The instant that is looked at.
    pub at: Instant,
    /// Whether it is an emergency, also for those who do not see why.
    pub emergency: bool,
    /// Only one side of it: from this history nothing may be derived about the whole.
    pub partial: bool,
    /// The whole case, by which it is decided what is possible. It is never shown.
    whole: Arc<Case>,
}

impl CaseFile {
    /// Whether the domain would take a command on this case. Nothing is written.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, command: &Command, context: &Context<'_>) -> Result<(), Rejection> {
        decide(CaseView::of(&self.whole), command, context).map(drop)
    }

    /// The number that people use: year of receipt and position of the first event.
    #[must_use]
    pub fn number(&self) -> String {
        self.history
            .first()
            .map(projections::case_number)
            .unwrap_or_default()
    }
}

/// Why a case cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// There is no such case, or this person may not know that there is.
    #[error("there is no such case")]
    NotFound,
    /// The database is not ready.
    #[error("the database is not ready")]
    NotReady(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The stored data is wrong.
    #[error("something is wrong inside")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<projections::LoadError> for FindError {
    fn from(error: projections::LoadError) -> Self {
        if error.is_unavailable() {
            Self::NotReady(error.into())
        } else {
            Self::Internal(error.into())
        }
    }
}

impl Application {
    /// The case `id` as `officer` may see it.
    ///
    /// # Errors
    /// [`FindError::NotFound`] also where the officer may not see the case, or nothing of it was
    /// there yet at the time that is looked at.
    pub async fn case(
        &self,
        officer: &Officer,
        id: Uuid,
        as_of: AsOf,
    ) -> Result<CaseFile, FindError> {
        let case = projections::load_case(&self.store, id)
            .await?
            .ok_or(FindError::NotFound)?;
        if !case.state().is_some_and(|state| may_see(officer, state)) {
            return Err(FindError::NotFound);
        }
        let now = self.now();
        let (case, at) = match as_of {
            AsOf::Now => (case, now),
            AsOf::Position(position) => {
                let case = part(&case, |event| event.position <= position);
                let at = case.history().last().map_or(now, |event| event.recorded_at);
                (case, at)
            }
            AsOf::Recorded(at) => (part(&case, |event| event.recorded_at <= at), at),
            AsOf::Happened(at) => {
                let happened = events_at(case.history(), at, Basis::Happened);
                (Case::fold(happened), at)
            }
        };
        let state = case.state().ok_or(FindError::NotFound)?.clone();
        let history = case.history().to_vec();
        let obligations = derive_obligations(&history, &self.procedure, &self.calendar, at);
        let file = CaseFile {
            id,
            emergency: state.emergency(),
            partial: false,
            state,
            history,
            obligations,
            at,
            whole: Arc::new(case),
        };
        Ok(narrow(officer, file))
    }
}

fn part(case: &Case, keep: impl Fn(&Recorded) -> bool) -> Case {
    Case::fold(case.history().iter().filter(|event| keep(event)).cloned())
}
