//! Who was told of what: one stream for each officer, kind `notice`, id that of the account. Nothing here
//! names a person but the actor.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::log::{Corrects, Nothing, Recorded, Split, Subject, events};
use crate::time::Instant;
use crate::unit::Units;

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
    /// All.
    pub const ALL: [Self; 7] = [
        Self::DueSoon,
        Self::Overdue,
        Self::BoundSoon,
        Self::BoundPassed,
        Self::OfferedToYou,
        Self::Answered,
        Self::Corrected,
    ];

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

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
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

events! {
    /// An event of the notices of an officer.
    pub enum NoticeEvent {
        /// The officer was told of an obligation.
        NoticeSent(NoticeSent, Nothing) { 1 };
        /// The officer has taken note.
        NoticeRead(NoticeRead, Nothing) { 1 };
    }
}

impl NoticeEvent {
    const fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::NoticeSent(_) | Self::NoticeRead(_) => None,
        }
    }

    const fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::NoticeSent(_) | Self::NoticeRead(_) => None,
        }
    }
}

impl From<NoticeSent> for NoticeEvent {
    fn from(sent: NoticeSent) -> Self {
        Self::NoticeSent(Split::bare(sent))
    }
}

impl From<NoticeRead> for NoticeEvent {
    fn from(read: NoticeRead) -> Self {
        Self::NoticeRead(Split::bare(read))
    }
}

/// What an officer was told on the pages, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What was told.
    pub sent: NoticeSent,
    /// The command that it was sent by: it follows from officer, kind and obligation.
    pub command: Uuid,
    /// The position of the event that it was sent by.
    pub position: i64,
    /// When it was sent.
    pub sent_at: Instant,
    /// When the officer took note.
    pub read_at: Option<Instant>,
    /// When it went by mail, too.
    pub mailed_at: Option<Instant>,
    /// The version of the stream at which it last changed.
    pub changed_by: i64,
}

/// What one officer was told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    events: usize,
    /// By the event that each was sent by.
    pub all: BTreeMap<Uuid, Notice>,
}

impl Subject for Notices {
    const KIND: &'static str = "notice";

    type Event = NoticeEvent;

    fn begin(_: Uuid, _: &Arc<Units>) -> Self {
        Self::default()
    }

    fn evolve(mut self, recorded: Recorded<NoticeEvent>) -> Self {
        self.events += 1;
        let (at, version) = (recorded.recorded_at, recorded.version);
        match recorded.event {
            NoticeEvent::NoticeSent(sent) if sent.facts.channel == Channel::Mail => {
                let notice = recorded.cause.event.and_then(|id| self.all.get_mut(&id));
                if let Some(notice) = notice {
                    notice.mailed_at = Some(at);
                    notice.changed_by = version;
                }
            }
            NoticeEvent::NoticeSent(sent) => {
                let notice = Notice {
                    sent: sent.facts,
                    command: recorded.cause.command,
                    position: recorded.position,
                    sent_at: at,
                    read_at: None,
                    mailed_at: None,
                    changed_by: version,
                };
                self.all.insert(recorded.event_id, notice);
            }
            NoticeEvent::NoticeRead(read) => {
                let notice = self.all.get_mut(&read.facts.notice);
                if let Some(notice) = notice.filter(|notice| notice.read_at.is_none()) {
                    notice.read_at = Some(at);
                    notice.changed_by = version;
                }
            }
        }
        self
    }

    fn events(&self) -> usize {
        self.events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Actor, Role};
    use crate::log::Cause;

    fn told(channel: Channel) -> NoticeSent {
        NoticeSent {
            kind: NoticeKind::DueSoon,
            case_id: Uuid::from_u128(1),
            step: "approve-plan".to_owned(),
            item: None,
            obligation: Uuid::from_u128(2),
            due_at: Instant::parse("2024-02-22T00:00:00+07:00").ok(),
            channel,
        }
    }

    fn recorded(version: i64, of: Option<u128>, event: NoticeEvent) -> Recorded<NoticeEvent> {
        let at = Instant::parse(&format!("2024-03-11T09:2{version}:00+07:00")).unwrap();
        Recorded {
            event_id: Uuid::from_u128(100 + version.unsigned_abs() as u128),
            version,
            position: version * 10,
            occurred_at: at,
            recorded_at: at,
            actor: Actor::new(Role::CommuneOfficer, "19111"),
            event,
            older: None,
            cause: Cause {
                command: Uuid::from_u128(7),
                event: of.map(Uuid::from_u128),
            },
        }
    }

    #[test]
    fn a_notice_is_read_once_and_mailed_as_its_cause_says() {
        let read = |notice| NoticeRead {
            notice: Uuid::from_u128(notice),
        };
        let history = vec![
            recorded(1, Some(2), told(Channel::Application).into()),
            recorded(2, Some(101), told(Channel::Mail).into()),
            recorded(3, Some(101), read(101).into()),
            recorded(4, Some(101), read(101).into()),
            // Of a notice that is not there nothing is known.
            recorded(5, Some(999), told(Channel::Mail).into()),
            recorded(6, Some(999), read(999).into()),
        ];
        let at = |place: usize| Some(history[place].recorded_at);
        let (read_at, mailed_at) = (at(2), at(1));
        let officer = Uuid::from_u128(9);
        let notices = Notices::fold(officer, history.clone(), Units::shipped());
        assert_eq!(notices.events(), 6);
        assert_eq!(notices.all.len(), 1);
        let notice = &notices.all[&Uuid::from_u128(101)];
        assert_eq!(notice.command, Uuid::from_u128(7));
        assert_eq!((notice.read_at, notice.mailed_at), (read_at, mailed_at));
        assert_eq!((notice.position, notice.changed_by), (10, 3));
    }

    #[test]
    fn names_are_those_that_are_stored() {
        for kind in NoticeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(NoticeKind::named(kind.name()), Some(kind));
        }
        for channel in [Channel::Application, Channel::Mail] {
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.name());
        }
    }
}
