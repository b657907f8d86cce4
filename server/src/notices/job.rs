//! Tells officers what they have to know: looks at the worklist now and then, and records a notice
//! for each that is due. Told once, however often and in however many processes it runs.

use std::collections::HashMap;
use std::time::Duration;

use chrono::TimeDelta;
use domain::identity::{Actor, Role};
use domain::notice::{Channel, NoticeEvent, NoticeKind, NoticeSent};
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{CommandId, StreamId};
use futures::{StreamExt, TryStreamExt};
use projections::{NOTICE, Owed};
use uuid::Uuid;

use super::due;
use super::mail::send_mails;
use crate::AppState;
use crate::access::{AccessError, Account, account};
use crate::application::JournalError;
use crate::application::journal::{Entry, derived_command};
use crate::causes::chain;

/// Steps that are the answer to what somebody else offered.
const ANSWERS: [&str; 3] = [
    "acknowledge-report",
    "referral-response",
    "transfer-response",
];

/// An answer is told of for so long: long enough for a server that stood still over a holiday, and
/// not everything that was ever answered.
const ANSWERED_WITHIN: TimeDelta = TimeDelta::days(7);

/// Notices that are recorded at the same time: the log commits them together.
const AT_ONCE: usize = 32;

/// How long to wait until the pages show what was recorded.
const SHOWN_WITHIN: Duration = Duration::from_secs(10);

/// Why notices could not be sent now. They are sent by a later run.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// The log or what is folded from it.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The lists.
    #[error(transparent)]
    Query(#[from] projections::QueryError),
    /// The accounts.
    #[error(transparent)]
    Access(#[from] AccessError),
}

/// A notice that somebody should have.
struct Wanted {
    officer: Uuid,
    sent: NoticeSent,
    command: CommandId,
}

impl Wanted {
    fn new(officer: Uuid, kind: NoticeKind, at: Option<Instant>, owed: &Owed) -> Self {
        let sent = NoticeSent {
            kind,
            case_id: owed.case_id,
            step: owed.step.clone(),
            item: owed.item.clone(),
            obligation: owed.opened_by_event,
            due_at: at,
            channel: Channel::Application,
        };
        Self {
            officer,
            command: command_of(officer, &sent),
            sent,
        }
    }
}

/// The command that sends a notice: the same for the same officer, kind, obligation and channel.
pub(super) fn command_of(officer: Uuid, sent: &NoticeSent) -> CommandId {
    derived_command(&[
        b"notice-sent",
        officer.as_bytes(),
        sent.kind.name().as_bytes(),
        sent.case_id.as_bytes(),
        sent.obligation.as_bytes(),
        sent.step.as_bytes(),
        sent.item.as_deref().unwrap_or_default().as_bytes(),
        sent.channel.name().as_bytes(),
    ])
}

/// Runs now and then until the server stops. The first run comes after one interval.
pub async fn run(state: AppState) {
    let seconds = state.settings.notices_every;
    if seconds == 0 {
        return;
    }
    let mut stopping = state.stopping.subscribe();
    let every = Duration::from_secs(seconds);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(every) => {}
        }
        if let Err(error) = once(&state).await {
            state.metrics.count_notice_failure();
            tracing::warn!(error = %chain(&error), "notices were not sent; trying again later");
        }
    }
}

async fn once(state: &AppState) -> Result<(), NoticeError> {
    send_notices(state).await?;
    if let Some(mailer) = &state.mailer {
        send_mails(state, mailer).await?;
    }
    Ok(())
}

/// One run: records the notices that are due and not yet sent; says how many it sent.
///
/// # Errors
/// [`NoticeError`]; what was not sent is sent by the next run.
pub async fn send_notices(state: &AppState) -> Result<usize, NoticeError> {
    let now = state.application.now();
    let wanted = wanted(state, now).await?;
    let commands: Vec<Uuid> = wanted.iter().map(|wanted| wanted.command.id).collect();
    let projections = &state.application.projections;
    let known = projections.notices_sent_by(&commands).await?;
    let sending = wanted
        .into_iter()
        .filter(|wanted| !known.contains(&wanted.command.id))
        .map(|wanted| send(state, wanted, now));
    let sent: Vec<(i64, bool)> = futures::stream::iter(sending)
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    if let Some(last) = sent.iter().map(|(position, _)| *position).max()
        && !projections.wait_for(last, SHOWN_WITHIN).await
    {
        tracing::warn!(position = last, "notices are shown late");
    }
    let new = sent.iter().filter(|(_, new)| *new).count();
    state.metrics.count_notices(Channel::Application, new);
    Ok(new)
}

/// Records one notice; says where, and whether it is new.
async fn send(state: &AppState, wanted: Wanted, now: Instant) -> Result<(i64, bool), NoticeError> {
    let entry = Entry {
        correlation_id: wanted.sent.case_id,
        causation_id: Some(wanted.sent.obligation),
        event: NoticeEvent::from(wanted.sent),
        at: now.utc(),
    };
    let stream = StreamId::new(NOTICE, wanted.officer);
    let appended = state
        .application
        .record(stream, &Actor::system(), &[entry], wanted.command)
        .await?;
    Ok((appended.position, !appended.replayed))
}

/// Everything that somebody should know by now.
async fn wanted(state: &AppState, now: Instant) -> Result<Vec<Wanted>, NoticeError> {
    let projections = &state.application.projections;
    let horizon = Instant::new(now.utc() + due::AHEAD);
    let lately = Instant::new(now.utc() - ANSWERED_WITHIN);
    let (owed, answered, corrected) = tokio::try_join!(
        projections.owed_before(horizon, &ANSWERS),
        projections.answered_since(lately, &ANSWERS),
        projections.corrected_since(lately),
    )?;
    let staff = Staff::of(
        state.application.units(),
        account::list(&state.database).await?,
    );
    let mut wanted = Vec::new();
    for owed in &owed {
        let times: Vec<_> = due::told_of(owed, now, &state.application.calendar)
            .map(|(kind, at)| (kind, Some(at)))
            .collect();
        let offered = ANSWERS
            .contains(&owed.step.as_str())
            .then_some((NoticeKind::OfferedToYou, owed.due_at));
        for officer in staff.owing(owed) {
            let kinds = times.iter().copied().chain(
                // Whoever offers something to themselves knows of it.
                offered.filter(|_| owed.offered_by != Some(officer)),
            );
            wanted.extend(kinds.map(|(kind, at)| Wanted::new(officer, kind, at, owed)));
        }
    }
    for owed in &answered {
        if let Some(officer) = owed.offered_by
            && owed.answered_by != Some(officer)
            && staff.is_open(officer)
        {
            let kind = NoticeKind::Answered;
            wanted.push(Wanted::new(officer, kind, owed.due_at, owed));
        }
    }
    for owed in &corrected {
        let officers = staff.owing(owed);
        let told = |officer| Wanted::new(officer, NoticeKind::Corrected, None, owed);
        wanted.extend(officers.into_iter().map(told));
    }
    Ok(wanted)
}

/// The officers with an open account, by role and unit.
pub(super) struct Staff(HashMap<(Role, String), Vec<Uuid>>);

impl Staff {
    pub(super) fn of(units: &Units, accounts: Vec<Account>) -> Self {
        let mut staff: HashMap<(Role, String), Vec<Uuid>> = HashMap::new();
        for account in accounts {
            if account.disabled_at.is_none() {
                // By every name that an obligation may know the unit by.
                for unit in units.references(&account.unit) {
                    let place = (account.role, unit);
                    staff.entry(place).or_default().push(account.id);
                }
            }
        }
        Self(staff)
    }

    fn is_open(&self, officer: Uuid) -> bool {
        self.0.values().any(|officers| officers.contains(&officer))
    }

    /// Who owes it: the officer in charge, if they still act in that role and unit; else everyone
    /// who does.
    pub(super) fn owing(&self, owed: &Owed) -> Vec<Uuid> {
        let (Some(role), Some(unit)) = (owed.role, &owed.unit) else {
            return Vec::new();
        };
        let Some(officers) = self.0.get(&(role, unit.clone())) else {
            return Vec::new();
        };
        match owed.officer.filter(|officer| officers.contains(officer)) {
            Some(officer) => vec![officer],
            None => officers.clone(),
        }
    }
}
