//! Reading one case: always folded from its own stream at the moment it is asked for, as of now or
//! as of any position or instant.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::case::{
    Case, CaseState, CaseView, Command, Context, Recorded, Rejection, as_read, decide,
};
use domain::law::{Obligation, derive_obligations};
use domain::permit::{Limit, Viewer, sees_a_side};
use domain::responsibility::{Basis, events_at};
use domain::time::Instant;
use futures::StreamExt;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::{Application, AsOf, FindError, may_see, viewer};

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
    /// Whether it is an emergency, as lists say it too; also for those who do not see why.
    pub emergency: bool,
    /// Only one side of it: from this history nothing may be derived about the whole.
    pub partial: bool,
    /// When the part of those who look at it ended: they read what stood there until then.
    pub left: Option<Instant>,
    /// The whole case, by which it is decided what is possible. It is never shown.
    whole: Arc<Case>,
}

/// What somebody reads of a case, without what is owed in it.
#[derive(Debug, Clone)]
pub struct CaseRead {
    /// The state, as far as they see it.
    pub state: CaseState,
    /// The events that they see, oldest first.
    pub history: Vec<Recorded>,
    /// The instant that is looked at.
    pub at: Instant,
}

impl CaseFile {
    /// Whether the domain would take a command on this case. Nothing is written.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, command: &Command, context: &Context<'_>) -> Result<(), Rejection> {
        decide(self.whole(), command, context).map(drop)
    }

    /// The whole case; none where nothing of it was there yet.
    pub(super) fn whole(&self) -> Option<CaseView<'_>> {
        CaseView::of(&self.whole)
    }

    /// The number that people use: year of receipt and position of the first event.
    #[must_use]
    pub fn number(&self) -> String {
        number(&self.history)
    }
}

impl CaseRead {
    /// The number that people use.
    #[must_use]
    pub fn number(&self) -> String {
        number(&self.history)
    }
}

fn number(history: &[Recorded]) -> String {
    let first = history.first();
    first.map(projections::case_number).unwrap_or_default()
}

impl Application {
    /// The case `id` as `officer` may see it: the whole, their side of it, or what stood there until their
    /// part ended.
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
        let case = projections::load_case(&self.store, id, self.units())
            .await?
            .ok_or(FindError::NotFound)?;
        self.looked_at(officer, id, case, as_of)
    }

    /// The number of the case `id`, where `officer` may see it.
    ///
    /// # Errors
    /// [`FindError`] where the log does not answer.
    pub async fn number_of(
        &self,
        officer: &Officer,
        id: Uuid,
    ) -> Result<Option<String>, FindError> {
        let case = projections::load_case(&self.store, id, self.units()).await?;
        let seen = |case: &Case| case.state().is_some_and(|state| may_see(officer, state));
        Ok(case.filter(seen).map(|case| number(case.history())))
    }

    /// [`Self::case`] of a case that was loaded already.
    ///
    /// # Errors
    /// [`FindError::NotFound`] as of [`Self::case`].
    pub fn looked_at(
        &self,
        officer: &Officer,
        id: Uuid,
        case: Case,
        as_of: AsOf,
    ) -> Result<CaseFile, FindError> {
        let state = case.state().filter(|state| may_see(officer, state));
        let state = state.ok_or(FindError::NotFound)?;
        let viewer = viewer(self.units(), officer);
        let limit = state.limit(viewer);
        let seen = match limit {
            Some(_) => as_read(&case, viewer).ok_or(FindError::NotFound)?,
            None => case.clone(),
        };
        let (seen, at) = as_of.of(seen, self.now());
        let (whole, _) = as_of.of(case, self.now());
        let owed = |history: &[Recorded], at| {
            derive_obligations(history, &self.procedure, &self.calendar, at)
        };
        let state = seen.state().ok_or(FindError::NotFound)?;
        let mut left = None;
        let mut obligations = match limit {
            Some(Limit::Until(until)) => {
                let before = part(&whole, |event| event.version <= until.version);
                let then = before.history().last().map_or(at, |last| last.recorded_at);
                let then = then.min(at);
                left = Some(then);
                let stood = owed(before.history(), then);
                match until.seated {
                    true => with_own(viewer, stood, owed(whole.history(), at)),
                    false => stood,
                }
            }
            Some(Limit::Told) => with_own(viewer, Vec::new(), owed(whole.history(), at)),
            None => owed(seen.history(), at),
        };
        obligations.retain(|owed| viewer.concerned(state, owed));
        let seated = match limit {
            Some(Limit::Until(until)) => until.seated,
            limit => limit.is_some(),
        };
        Ok(CaseFile {
            id,
            emergency: projections::in_emergency(state),
            partial: seated || sees_a_side(officer.role),
            at: left.filter(|_| !seated).unwrap_or(at),
            left,
            history: seen
                .history()
                .iter()
                .filter_map(|event| viewer.event(state, event, seen.history()))
                .collect(),
            state: viewer.state(state.clone(), seen.history()),
            obligations,
            whole: Arc::new(whole),
        })
    }
}

/// What stood when the viewer gave the case away, and what it owes by its other seats today.
fn with_own(viewer: Viewer<'_>, stood: Vec<Obligation>, today: Vec<Obligation>) -> Vec<Obligation> {
    let unit = |unit: &Option<String>| {
        unit.as_deref()
            .is_some_and(|unit| viewer.units.same(unit, viewer.unit))
    };
    let own: Vec<_> = today
        .into_iter()
        .filter(|owed| {
            unit(&owed.accountable.unit) || owed.also.iter().any(|also| unit(&also.unit))
        })
        .collect();
    let same = |one: &Obligation, other: &Obligation| {
        one.step == other.step
            && one.item == other.item
            && one.turn == other.turn
            && one.opened_by_event == other.opened_by_event
    };
    let mut all: Vec<_> = stood
        .into_iter()
        .filter(|then| !own.iter().any(|now| same(now, then)))
        .collect();
    all.extend(own);
    all
}

impl AsOf {
    /// That part of a case, and the instant that is looked at.
    fn of(self, case: Case, now: Instant) -> (Case, Instant) {
        match self {
            Self::Now => (case, now),
            Self::Position(position) => {
                let case = part(&case, |event| event.position <= position);
                let at = case.history().last().map_or(now, |event| event.recorded_at);
                (case, at)
            }
            Self::Recorded(at) => (part(&case, |event| event.recorded_at <= at), at),
            Self::Happened(at) => {
                let happened = events_at(case.history(), at, Basis::Happened);
                (Case::fold(happened, case.units()), at)
            }
        }
    }
}

impl Application {
    /// Those of these cases that `officer` may see, as they are now: what lists say of them beside
    /// their rows. What cannot be read is left out: a list with fewer words is better than none.
    pub async fn cases(
        &self,
        officer: &Officer,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> HashMap<Uuid, CaseFile> {
        let ids: BTreeSet<Uuid> = ids.into_iter().collect();
        let files = ids.into_iter().map(|id| self.case(officer, id, AsOf::Now));
        let files = at_once(files).await;
        files.into_iter().map(|file| (file.id, file)).collect()
    }

    /// The same without what is owed in them, which takes longest to find.
    pub async fn cases_read(
        &self,
        officer: &Officer,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> HashMap<Uuid, CaseRead> {
        let ids: BTreeSet<Uuid> = ids.into_iter().collect();
        let read = ids.into_iter().map(|id| self.read(officer, id));
        at_once(read).await.into_iter().collect()
    }

    async fn read(&self, officer: &Officer, id: Uuid) -> Result<(Uuid, CaseRead), FindError> {
        let case = projections::load_case(&self.store, id, self.units());
        let case = case.await?.ok_or(FindError::NotFound)?;
        let viewer = viewer(self.units(), officer);
        let whole = case.state().filter(|state| may_see(officer, state));
        let whole = whole.ok_or(FindError::NotFound)?;
        let limit = whole.limit(viewer);
        let read = match limit {
            Some(_) => Cow::Owned(as_read(&case, viewer).ok_or(FindError::NotFound)?),
            None => Cow::Borrowed(&case),
        };
        let state = read.state().ok_or(FindError::NotFound)?;
        let history = read.history();
        let left = matches!(limit, Some(Limit::Until(until)) if !until.seated);
        let last = history.last().filter(|_| left);
        let events = history.iter();
        let read = CaseRead {
            history: events
                .filter_map(|event| viewer.event(state, event, history))
                .collect(),
            state: viewer.state(state.clone(), history),
            at: last.map_or_else(|| self.now(), |last| last.recorded_at),
        };
        Ok((id, read))
    }
}

/// What is found in these ways, some of it at the same time.
async fn at_once<T, E>(find: impl Iterator<Item = impl Future<Output = Result<T, E>>>) -> Vec<T> {
    const AT_ONCE: usize = 4;
    futures::stream::iter(find)
        .buffer_unordered(AT_ONCE)
        .filter_map(async |found| found.ok())
        .collect()
        .await
}

fn part(case: &Case, keep: impl Fn(&Recorded) -> bool) -> Case {
    let kept = case.history().iter().filter(|event| keep(event));
    Case::fold(kept.cloned(), case.units())
}
