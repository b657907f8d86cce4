//! What is recorded beside the cases: who read which case, and who was told of what. Owns the stored
//! names and the facts of these events; none of them names a person but by the actor.

use domain::time::Instant;
use eventstore::{RecordedEvent, StreamKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::recorded::{Unreadable, UnreadableBecause};

/// The kind of the streams of readings: one for each case, with the id of the case.
pub const READING: StreamKind = StreamKind::new("reading");

/// The kind of the streams of notices: one for each officer, with the id of the officer.
pub const NOTICE: StreamKind = StreamKind::new("notice");

/// How a case was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opened {
    /// As a page.
    Page,
    /// By a program, through the API.
    Api,
}

/// An officer looked at a case. Who, is the actor of the event; which case, its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRead {
    /// The version of the case that was shown.
    pub version: i64,
    /// What was opened.
    pub opened: Opened,
}

/// Why somebody asked whether there is a case of the same child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A report is being recorded.
    NewReport,
    /// A report that was recorded is being checked.
    CheckReport,
    /// Cases that were recorded twice are looked for.
    FindDuplicates,
}

impl Purpose {
    /// All.
    pub const ALL: [Self; 3] = [Self::NewReport, Self::CheckReport, Self::FindDuplicates];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewReport => "new-report",
            Self::CheckReport => "check-report",
            Self::FindDuplicates => "find-duplicates",
        }
    }
}

/// An officer was told that a case is likely about the child that they asked for, and no more than that.
/// Who, is the actor of the event; which case, its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseHinted {
    /// The version that the case had.
    pub version: i64,
    /// What it was asked for.
    pub purpose: Purpose,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// The time for a step is nearly over.
    DueSoon,
    /// The time for a step is over.
    Overdue,
    /// The time before which it is wise to take a step is near; no limit of the law.
    BoundSoon,
    /// The time before which it is wise to take a step has passed; no limit of the law.
    BoundPassed,
    /// A step was offered to this officer, who has to answer.
    OfferedToYou,
    /// What this officer offered was answered.
    Answered,
    /// A correction made punctual of late, or late of punctual.
    Corrected,
}

impl NoticeKind {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DueSoon => "due-soon",
            Self::Overdue => "overdue",
            Self::BoundSoon => "bound-soon",
            Self::BoundPassed => "bound-passed",
            Self::OfferedToYou => "offered-to-you",
            Self::Answered => "answered",
            Self::Corrected => "corrected",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [
            Self::DueSoon,
            Self::Overdue,
            Self::BoundSoon,
            Self::BoundPassed,
            Self::OfferedToYou,
            Self::Answered,
            Self::Corrected,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

/// The way by which a notice went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// On the pages.
    Application,
    /// By mail.
    Mail,
}

impl Channel {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Mail => "mail",
        }
    }
}

/// An officer was told of an obligation. Whom, says the stream. What went by mail names the notice
/// on the pages as its cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeSent {
    /// What it says.
    pub kind: NoticeKind,
    /// The case.
    pub case_id: Uuid,
    /// The step that is owed.
    pub step: String,
    /// The item of the plan or the referral that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<String>,
    /// The event that opened the obligation.
    pub obligation: Uuid,
    /// The end of its time, or the time to mind, as it was told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_at: Option<Instant>,
    /// The way it went.
    pub channel: Channel,
}

/// An officer has taken note of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRead {
    /// The event that the notice was sent by.
    pub notice: Uuid,
}

/// An event of these streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalEvent {
    /// See [`CaseRead`].
    CaseRead(CaseRead),
    /// See [`CaseHinted`].
    CaseHinted(CaseHinted),
    /// See [`NoticeSent`].
    NoticeSent(NoticeSent),
    /// See [`NoticeRead`].
    NoticeRead(NoticeRead),
}

/// The revision that this program writes and reads.
pub const REVISION: i16 = 1;

impl JournalEvent {
    /// The stored name.
    #[must_use]
    pub const fn event_type(&self) -> &'static str {
        match self {
            Self::CaseRead(_) => "CaseRead",
            Self::CaseHinted(_) => "CaseHinted",
            Self::NoticeSent(_) => "NoticeSent",
            Self::NoticeRead(_) => "NoticeRead",
        }
    }

    /// The facts as they are stored.
    ///
    /// # Errors
    /// Never, for these types; the type of JSON allows for it.
    pub fn facts(&self) -> Result<String, serde_json::Error> {
        match self {
            Self::CaseRead(facts) => serde_json::to_string(facts),
            Self::CaseHinted(facts) => serde_json::to_string(facts),
            Self::NoticeSent(facts) => serde_json::to_string(facts),
            Self::NoticeRead(facts) => serde_json::to_string(facts),
        }
    }

    /// Reads a stored event; none if it is of another kind of stream.
    ///
    /// # Errors
    /// [`Unreadable`] when type, revision or facts are unknown to this program.
    pub fn read(stored: &RecordedEvent) -> Result<Option<Self>, Unreadable> {
        if stored.stream.kind != READING && stored.stream.kind != NOTICE {
            return Ok(None);
        }
        decode(stored).map(Some).map_err(|why| Unreadable {
            stream: stored.stream,
            version: stored.version,
            why,
        })
    }
}

fn decode(stored: &RecordedEvent) -> Result<JournalEvent, UnreadableBecause> {
    let facts = &stored.facts;
    Ok(match (&*stored.event_type, stored.revision) {
        ("CaseRead", REVISION) => JournalEvent::CaseRead(serde_json::from_str(facts)?),
        ("CaseHinted", REVISION) => JournalEvent::CaseHinted(serde_json::from_str(facts)?),
        ("NoticeSent", REVISION) => JournalEvent::NoticeSent(serde_json::from_str(facts)?),
        ("NoticeRead", REVISION) => JournalEvent::NoticeRead(serde_json::from_str(facts)?),
        (other, revision) => {
            return Err(UnreadableBecause::Type(format!("{other}/{revision}")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was once written is read for ever.
    #[test]
    fn the_facts_are_stored_as_they_always_were() {
        let case = Uuid::from_u128(1);
        let read = JournalEvent::CaseRead(CaseRead {
            version: 3,
            opened: Opened::Page,
        });
        assert_eq!(read.facts().unwrap(), r#"{"version":3,"opened":"page"}"#);
        let hinted = JournalEvent::CaseHinted(CaseHinted {
            version: 3,
            purpose: Purpose::NewReport,
        });
        assert_eq!(
            hinted.facts().unwrap(),
            r#"{"version":3,"purpose":"new-report"}"#
        );
        for purpose in Purpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.name());
        }
        let sent = JournalEvent::NoticeSent(NoticeSent {
            kind: NoticeKind::DueSoon,
            case_id: case,
            step: "approve-plan".to_owned(),
            item: None,
            obligation: Uuid::from_u128(2),
            due_at: Instant::parse("2024-02-22T00:00:00+07:00").ok(),
            channel: Channel::Application,
        });
        assert_eq!(
            sent.facts().unwrap(),
            r#"{"kind":"due-soon","case_id":"00000000-0000-0000-0000-000000000001","step":"approve-plan","obligation":"00000000-0000-0000-0000-000000000002","due_at":"2024-02-22T00:00:00+07:00","channel":"application"}"#
        );
        let noted = JournalEvent::NoticeRead(NoticeRead { notice: case });
        assert_eq!(
            noted.facts().unwrap(),
            r#"{"notice":"00000000-0000-0000-0000-000000000001"}"#
        );
        for kind in [
            "due-soon",
            "overdue",
            "bound-soon",
            "bound-passed",
            "offered-to-you",
            "answered",
            "corrected",
        ] {
            assert_eq!(NoticeKind::named(kind).unwrap().name(), kind);
            let read: NoticeKind = serde_json::from_value(kind.into()).unwrap();
            assert_eq!(read.name(), kind);
        }
    }
}
