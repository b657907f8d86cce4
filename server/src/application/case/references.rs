//! What a command names beside its own case, and what only the whole system knows to exist: another case,
//! an officer.

use domain::case::{Case, Decided, Event, Recorded, Rejection, Status, again, effective};
use eventstore::Part;
use projections::anything_alike;
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Officer, account};
use crate::application::sending::looked_at;
use crate::application::{Application, SendError, may_see};

impl Application {
    /// Refuses a command that names another case or an officer that is not there. Returns the streams that
    /// were looked at for it: what is refused or not follows from what stands in them.
    ///
    /// # Errors
    /// [`SendError::Rejected`] at the field; [`SendError::NotReady`] where the database does not answer.
    pub(super) async fn check_references(
        &self,
        officer: &Officer,
        case: Uuid,
        command: &Value,
    ) -> Result<Vec<Part>, SendError<Case>> {
        match command["type"].as_str() {
            Some("close-case") => {
                let other = command["other_case"].as_str().map(Uuid::parse_str);
                match other {
                    Some(Ok(other)) => Ok(vec![self.other_case(officer, case, other).await?]),
                    _ => Ok(Vec::new()),
                }
            }
            Some("assign-officer") => {
                if let Some(Ok(id)) = command["officer"].as_str().map(Uuid::parse_str) {
                    self.known_officer(id).await?;
                }
                Ok(Vec::new())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The same of what corrections make of a command: where an event names another case or officer than it
    /// did, that is looked at as if the command were given so.
    ///
    /// # Errors
    /// As [`Self::check_references`].
    pub(super) async fn check_corrected(
        &self,
        officer: &Officer,
        id: Uuid,
        case: &Case,
        decided: &[Decided],
    ) -> Result<Vec<Part>, SendError<Case>> {
        let mut looked_at = Vec::new();
        for command in renamed(case, decided) {
            looked_at.extend(self.check_references(officer, id, &command).await?);
        }
        Ok(looked_at)
    }

    /// Where a closing names another case: whether anything that is known of the child there is like this one. None
    /// where it names none, or one that is not there: that is refused later.
    ///
    /// # Errors
    /// [`SendError::NotReady`] where the database does not answer.
    pub(super) async fn other_case_alike(
        &self,
        case: &Case,
        command: &Value,
    ) -> Result<Option<bool>, SendError<Case>> {
        let named = command["other_case"].as_str().map(Uuid::parse_str);
        let (Some("close-case"), Some(Ok(other))) = (command["type"].as_str(), named) else {
            return Ok(None);
        };
        let found = projections::load_case(&self.store, other, self.units()).await;
        Ok(found?.map(|other| anything_alike(case, &other, self.now())))
    }

    async fn other_case(
        &self,
        officer: &Officer,
        case: Uuid,
        other: Uuid,
    ) -> Result<Part, SendError<Case>> {
        let found = projections::load_case(&self.store, other, self.units()).await?;
        let state = found.as_ref().and_then(|found| found.state());
        let seen = state.filter(|state| may_see(officer, state) && other != case);
        if let Some(state) = seen {
            // Also of two that name each other neither would go on.
            if state.status == Status::Closed {
                return Err(refused(
                    "/other_case",
                    "other-case-closed",
                    "Vụ việc kia đã kết thúc, nên không còn nơi nào tiếp tục bảo vệ trẻ. Hãy ghi vụ việc \
                     đang mở, hoặc mở lại vụ việc kia trước.",
                    "The other case is closed, so nobody would go on protecting the child. Name one that \
                     is open, or reopen that one first.",
                ));
            }
            return Ok(looked_at::<Case>(other, state.version));
        }
        Err(refused(
            "/other_case",
            "unknown-case",
            "Không có vụ việc khác như vậy mà anh/chị xem được. Hãy kiểm tra lại số vụ việc.",
            "There is no such other case that you see. Check its number.",
        ))
    }

    async fn known_officer(&self, id: Uuid) -> Result<(), SendError<Case>> {
        let found = account::with_id(self.store.database(), id).await;
        // Whatever is wrong there: later it may do.
        match found.map_err(|error| SendError::NotReady(error.into()))? {
            Some(_) => Ok(()),
            None => Err(refused(
                "/officer",
                "unknown-officer",
                "Không có cán bộ này trong hệ thống.",
                "There is no such officer.",
            )),
        }
    }
}

/// The commands that would record the corrected events, where they name something else than before.
fn renamed(case: &Case, decided: &[Decided]) -> Vec<Value> {
    let corrections = decided.iter().filter_map(|one| match &one.event {
        Event::FactCorrected(correction) => Some((correction.facts.event_id, one)),
        _ => None,
    });
    let corrections: Vec<_> = corrections.collect();
    let Some(last) = case.history().last().filter(|_| !corrections.is_empty()) else {
        return Vec::new();
    };
    let mut history = case.history().to_vec();
    for (_, correction) in &corrections {
        history.push(Recorded {
            event: correction.event.clone(),
            occurred_at: correction.occurred_at,
            ..last.clone()
        });
    }
    let (before, after) = (effective(case.history()), effective(&history));
    let pairs = before.iter().zip(&after);
    let corrected = pairs.filter(|(was, _)| corrections.iter().any(|(id, _)| *id == was.event_id));
    corrected
        .filter_map(|(was, is)| again(was).zip(again(is)))
        .filter(|(was, is)| ["other_case", "officer"].iter().any(|of| was[of] != is[of]))
        .map(|(_, is)| is)
        .collect()
}

pub(super) fn refused(field: &str, code: &'static str, vi: &str, en: &str) -> SendError<Case> {
    Rejection::field(field, code, vi, en).into()
}
