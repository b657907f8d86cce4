//! What a command names beside its own case, and what only the whole system knows to exist: another case,
//! an officer.

use domain::case::Rejection;
use eventstore::StreamId;
use projections::CASE;
use serde_json::Value;
use uuid::Uuid;

use super::commands::load_error;
use super::sent::DecidedPart;
use super::{Application, SendError, may_see};
use crate::access::{AccessError, Officer, account};

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
    ) -> Result<Vec<DecidedPart>, SendError> {
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

    async fn other_case(
        &self,
        officer: &Officer,
        case: Uuid,
        other: Uuid,
    ) -> Result<DecidedPart, SendError> {
        let found = projections::load_case(&self.store, other, crate::units::register())
            .await
            .map_err(load_error)?;
        let state = found.as_ref().and_then(|found| found.state());
        let seen = state.filter(|state| may_see(officer, state) && other != case);
        if let Some(state) = seen {
            let stream = StreamId::new(CASE, other);
            return Ok(DecidedPart::looked_at(stream, state.version));
        }
        Err(refused(
            "/other_case",
            "unknown-case",
            "Không có vụ việc khác như vậy mà anh/chị xem được. Hãy kiểm tra lại số vụ việc.",
            "There is no such other case that you see. Check its number.",
        ))
    }

    async fn known_officer(&self, id: Uuid) -> Result<(), SendError> {
        let found = account::with_id(self.store.database(), id).await;
        match found.map_err(access_error)? {
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

pub(super) fn refused(field: &str, code: &'static str, vi: &str, en: &str) -> SendError {
    SendError::Rejected(Box::new(Rejection::field(field, code, vi, en)))
}

fn access_error(error: AccessError) -> SendError {
    SendError::NotReady(error.into())
}
