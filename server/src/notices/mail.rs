//! Notices by mail: one mail for each officer and run, with number, step and time only. What a mail
//! server has not taken is sent later; what it has taken is recorded.

use std::time::Duration;

use chrono::TimeDelta;
use domain::identity::Actor;
use domain::notice::{Channel, NoticeEvent, NoticeSent};
use domain::time::Instant;
use eventstore::StreamId;
use lettre::message::{Mailbox, header};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use projections::{NOTICE, NoticeRow};

use super::NoticeError;
use super::job::command_of;
use crate::AppState;
use crate::access::reminders::{self, Recipient};
use crate::access::{Account, account};
use crate::application::journal::Entry;
use crate::causes::chain;
use crate::language::Language;

/// The most notices in one mail; the rest goes with the next.
const AT_ONCE: usize = 100;

/// How long a mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// So long nobody else sends to the same officer: longer than the server may take.
const CLAIMED_FOR: TimeDelta = TimeDelta::minutes(5);

/// A failure is waited out for so long.
const AFTER_FAILURE: TimeDelta = TimeDelta::minutes(2);

/// How long to wait until it is known that they were sent.
const SHOWN_WITHIN: Duration = Duration::from_secs(10);

/// The mail server, and whom mails come from.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a password.
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

/// Why mails cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The address of the mail server. It may hold a password and is not repeated.
    #[error(
        "it must be smtp://HOST:PORT, smtp://HOST:PORT?tls=required or smtps://USER:PASSWORD@HOST"
    )]
    Url,
    /// Whom mails come from.
    #[error("it must be a mail address, perhaps with a name: Nôi <noi@example.vn>")]
    From,
}

impl Mailer {
    /// Sends through the server at `url`, as `from`.
    ///
    /// # Errors
    /// [`MailerError`].
    pub fn new(url: &str, from: &str) -> Result<Self, MailerError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| MailerError::Url)?
            .timeout(Some(PATIENCE))
            .build();
        let from = from.parse().map_err(|_| MailerError::From)?;
        Ok(Self { transport, from })
    }
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
enum MailError {
    #[error(transparent)]
    Notice(#[from] NoticeError),
    #[error("the mail could not be written")]
    Write(#[from] lettre::error::Error),
    #[error("the address cannot be read")]
    Address(#[from] lettre::address::AddressError),
    #[error("the mail server did not take the mail")]
    Send(#[from] lettre::transport::smtp::Error),
}

/// An error for the log. What a mail server answers may name whom the mail was for: only its code is
/// told.
fn in_one_line(error: &MailError) -> String {
    let MailError::Send(refused) = error else {
        return chain(error);
    };
    match refused.status() {
        Some(code) => format!("{error}: it answered {code}"),
        None if refused.is_timeout() => format!("{error}: it did not answer in time"),
        None => format!("{error}: it could not be spoken with"),
    }
}

/// One run: a mail to each officer who wants mails and has notices that they have neither seen nor
/// got. Says how many mails were sent. One that fails is logged, counted and sent later, and does not
/// hold up the others.
///
/// # Errors
/// [`NoticeError`] when it is not known who wants mails.
pub async fn send_mails(state: &AppState, mailer: &Mailer) -> Result<usize, NoticeError> {
    let mut sent = 0;
    for recipient in reminders::recipients(&state.database).await? {
        match to_one(state, mailer, &recipient).await {
            Ok(true) => sent += 1,
            Ok(false) => {}
            Err(error) => {
                state.metrics.count_notice_failure();
                tracing::warn!(
                    officer.id = %recipient.officer,
                    error = %in_one_line(&error),
                    "a mail was not sent; trying again later"
                );
            }
        }
    }
    Ok(sent)
}

async fn to_one(
    state: &AppState,
    mailer: &Mailer,
    recipient: &Recipient,
) -> Result<bool, MailError> {
    let (database, officer) = (&state.database, recipient.officer);
    let since = Instant::new(recipient.since);
    let projections = &state.application.projections;
    let waiting = projections
        .notices_to_mail(officer, since, 1)
        .await
        .map_err(NoticeError::from)?;
    if waiting.is_empty() {
        return Ok(false);
    }
    let now = state.now();
    let claimed = reminders::claim_mail(database, officer, now, now + CLAIMED_FOR).await;
    if !claimed.map_err(NoticeError::from)? {
        return Ok(false);
    }
    let outcome = claimed_one(state, mailer, recipient, since).await;
    let not_before = outcome.is_err().then(|| now + AFTER_FAILURE);
    reminders::release_mail(database, officer, not_before)
        .await
        .map_err(NoticeError::from)?;
    outcome
}

/// Sends what is still to be sent, now that nobody else does.
async fn claimed_one(
    state: &AppState,
    mailer: &Mailer,
    recipient: &Recipient,
    since: Instant,
) -> Result<bool, MailError> {
    let officer = recipient.officer;
    let Some(account) = account::with_id(&state.database, officer)
        .await
        .map_err(NoticeError::from)?
    else {
        return Ok(false);
    };
    let application = &state.application;
    let waiting = application
        .projections
        .notices_to_mail(officer, since, AT_ONCE)
        .await
        .map_err(NoticeError::from)?;
    // The list may be older than what another process has just recorded.
    let mut notices = Vec::with_capacity(waiting.len());
    for notice in waiting {
        let command = command_of(officer, &by_mail(&notice));
        let found = application.store.find_command(command.id).await;
        let found = found.map_err(|error| NoticeError::Journal(error.into()))?;
        if found.is_none() {
            notices.push((notice, command));
        }
    }
    let Some((_, first)) = notices.first() else {
        return Ok(false);
    };
    let id = format!("<{}@noi>", first.id);
    let rows: Vec<&NoticeRow> = notices.iter().map(|(notice, _)| notice).collect();
    let now = state.now();
    let (subject, body) = letter(account.language, &rows, now);
    let message = Message::builder()
        .from(mailer.from.clone())
        .to(address(recipient)?)
        .message_id(Some(id))
        .date(now.into())
        .subject(subject)
        .header(header::ContentType::TEXT_PLAIN)
        .body(body)?;
    mailer.transport.send(message).await?;
    record(state, &account, &notices, now).await?;
    state.metrics.count_notices(Channel::Mail, notices.len());
    Ok(true)
}

fn address(recipient: &Recipient) -> Result<Mailbox, MailError> {
    Ok(Mailbox::new(None, recipient.mail.parse()?))
}

/// The same notice, as it went by mail.
fn by_mail(notice: &NoticeRow) -> NoticeSent {
    NoticeSent {
        kind: notice.kind,
        case_id: notice.case_id,
        step: notice.step.clone(),
        item: notice.item.clone(),
        obligation: notice.obligation,
        due_at: notice.due_at,
        channel: Channel::Mail,
    }
}

async fn record(
    state: &AppState,
    account: &Account,
    notices: &[(NoticeRow, eventstore::CommandId)],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), MailError> {
    let application = &state.application;
    let stream = StreamId::new(NOTICE, account.id);
    let mut last = 0;
    for (notice, command) in notices {
        let entry = Entry {
            event: NoticeEvent::from(by_mail(notice)),
            correlation_id: notice.case_id,
            causation_id: Some(notice.id),
            at: now,
        };
        let appended = application
            .record(stream, &Actor::system(), &[entry], *command)
            .await
            .map_err(NoticeError::from)?;
        last = appended.position;
    }
    let shown = application.projections.wait_for(last, SHOWN_WITHIN).await;
    if !shown {
        tracing::warn!(position = last, "notices are shown late");
    }
    Ok(())
}

/// Subject and text, in the officer's language.
fn letter(
    language: Language,
    notices: &[&NoticeRow],
    now: chrono::DateTime<chrono::Utc>,
) -> (String, String) {
    let subject = language.text_with("mail-subject", &[("count", notices.len().into())]);
    let mut body = language.text("mail-intro");
    body.push_str("\n\n");
    for notice in notices {
        let number = notice.case_number.as_deref().unwrap_or("–");
        body.push_str(&format!(
            "- {number}: {}",
            super::sentence(language, notice)
        ));
        if let Some(due) = super::time(language, notice, now) {
            body.push_str(&format!(" ({due})"));
        }
        body.push('\n');
    }
    body.push('\n');
    body.push_str(&language.text("mail-end"));
    body.push('\n');
    (subject, body)
}
