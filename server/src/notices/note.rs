//! An officer takes note of notices.

use std::time::Duration;

use domain::notice::{NoticeEvent, NoticeRead};
use eventstore::StreamId;
use projections::NOTICE;
use uuid::Uuid;

use super::NoticeError;
use crate::AppState;
use crate::access::Officer;
use crate::application::journal::{Entry, derived_command};

/// How long the answer waits until lists show it.
const SHOWN_WITHIN: Duration = Duration::from_secs(3);

/// Records that `officer` has taken note of the notice `one`, or of all they have. A notice that is
/// not theirs, or was noted before, changes nothing.
///
/// # Errors
/// [`NoticeError`]; the same again later may do.
pub async fn take_note(
    state: &AppState,
    officer: &Officer,
    one: Option<Uuid>,
) -> Result<(), NoticeError> {
    let application = &state.application;
    loop {
        let unread = application
            .projections
            .unread_notice_ids(officer.id, one)
            .await?;
        if unread.is_empty() {
            return Ok(());
        }
        let at = application.clock.now();
        let entries: Vec<_> = unread
            .iter()
            .map(|notice| Entry {
                event: NoticeEvent::from(NoticeRead { notice: *notice }),
                correlation_id: *notice,
                causation_id: Some(*notice),
                at,
            })
            .collect();
        let mut parts: Vec<&[u8]> = vec![b"notice-read", officer.id.as_bytes()];
        parts.extend(unread.iter().map(|notice| notice.as_bytes().as_slice()));
        let command = derived_command(&parts);
        let stream = StreamId::new(NOTICE, officer.id);
        let appended = application
            .record(stream, &officer.actor(), &entries, command)
            .await
            .map_err(NoticeError::from)?;
        let shown = application
            .projections
            .wait_for(appended.position, SHOWN_WITHIN)
            .await;
        if !shown {
            // Recorded, and shown a little later.
            return Ok(());
        }
    }
}
