//! Read models of other kinds of streams than cases are kept like those: readings and notices, recorded
//! beside cases, while they are built anew, are what was recorded.

mod support;

use std::collections::{BTreeMap, HashSet};

use domain::log::Stored;
use domain::notice::{Channel, NoticeEvent, NoticeKind, NoticeRead, NoticeSent};
use domain::reading::{CaseHinted, CaseRead, Opened, Purpose, ReadingEvent};
use domain::time::Instant;
use eventstore::{CommandId, EventStore, ExpectedVersion, NewEvent, StreamId, StreamKind};
use projections::{NOTICE, READING};
use uuid::Uuid;

use support::player::instant;
use support::{World, acts, assert_true, caught_up, start};

on_both! {
    readings_and_notices_are_what_was_recorded,
    a_long_stream_of_notices_moves_by_its_news,
    an_unreadable_reading_stops_all_before_it,
}

/// So many cases are read, by so many officers, who are told of them.
const CASES: u64 = 3;
const OFFICERS: u64 = 3;

/// Writes to streams beside the cases, and knows what follows.
struct Beside {
    store: EventStore,
    at: Instant,
    number: u128,
    /// By officer, case and version: the position.
    readings: BTreeMap<(Uuid, Uuid, i64), i64>,
    /// By the event of each.
    notices: BTreeMap<Uuid, Told>,
}

/// A notice.
struct Told {
    officer: Uuid,
    command: Uuid,
    read: bool,
    mailed: bool,
}

impl Beside {
    fn new(store: &EventStore) -> Self {
        Self {
            store: store.clone(),
            at: instant("2024-03-11T09:20:00+07:00"),
            number: 0,
            readings: BTreeMap::new(),
            notices: BTreeMap::new(),
        }
    }

    /// Appends; gives the event, the command and the position.
    async fn append(
        &mut self,
        (kind, id): (StreamKind, Uuid),
        officer: Option<Uuid>,
        of: Option<Uuid>,
        event: &impl Stored,
    ) -> (Uuid, Uuid, i64) {
        self.number += 1;
        let (event_id, command) = (self.id(1), self.id(2));
        let encoded = event.encode().unwrap();
        let new = NewEvent {
            event_id,
            event_type: encoded.event_type.into(),
            revision: encoded.revision,
            occurred_at: self.at.utc(),
            recorded_at: self.at.utc() + chrono::TimeDelta::seconds(self.number as i64),
            actor: eventstore::Actor {
                officer,
                name: None,
                role: if officer.is_some() {
                    "commune-officer"
                } else {
                    "system"
                }
                .to_owned(),
                agency: None,
                unit: None,
                on_behalf_of: None,
            },
            correlation_id: id,
            causation_id: of,
            facts: encoded.facts,
            personal: encoded.personal,
        };
        let appended = self.store.append(
            StreamId::new(kind, id),
            ExpectedVersion::Any,
            vec![new],
            CommandId {
                id: command,
                fingerprint: [3; 32],
            },
        );
        (event_id, command, appended.await.unwrap().position)
    }

    fn id(&self, what: u128) -> Uuid {
        Uuid::from_u128((what << 100) | self.number)
    }

    /// Something, as `chance` says.
    async fn act(&mut self, chance: u64) {
        let officer = officer(chance % OFFICERS);
        let case = case(chance / 7 % CASES);
        match chance / 31 % 8 {
            0..=2 => {
                let version = (chance / 500 % 4) as i64;
                let read = CaseRead {
                    version,
                    opened: Opened::Page,
                };
                let read = ReadingEvent::from(read);
                let (_, _, position) = self
                    .append((READING, case), Some(officer), None, &read)
                    .await;
                self.readings.insert((officer, case, version), position);
            }
            3 => {
                let hinted = CaseHinted {
                    version: 1,
                    purpose: Purpose::NewReport,
                };
                let hinted = ReadingEvent::from(hinted);
                self.append((READING, case), Some(officer), None, &hinted)
                    .await;
            }
            4 | 5 => self.tell(officer, case).await,
            6 => {
                let Some(id) = self.one(chance, officer) else {
                    return;
                };
                let sent = NoticeEvent::from(sent(case, Channel::Mail));
                self.append((NOTICE, officer), None, Some(id), &sent).await;
                self.notices
                    .entry(id)
                    .and_modify(|notice| notice.mailed = true);
            }
            _ => {
                let Some(id) = self.one(chance, officer) else {
                    return;
                };
                let read = NoticeEvent::from(NoticeRead { notice: id });
                self.append((NOTICE, officer), Some(officer), Some(id), &read)
                    .await;
                self.notices
                    .entry(id)
                    .and_modify(|notice| notice.read = true);
            }
        }
    }

    async fn tell(&mut self, officer: Uuid, case: Uuid) {
        let sent = NoticeEvent::from(sent(case, Channel::Application));
        let told = self.append((NOTICE, officer), None, None, &sent).await;
        let notice = Told {
            officer,
            command: told.1,
            read: false,
            mailed: false,
        };
        self.notices.insert(told.0, notice);
    }

    /// One of the notices of an officer.
    fn one(&self, chance: u64, officer: Uuid) -> Option<Uuid> {
        let mine = self
            .notices
            .iter()
            .filter(|(_, notice)| notice.officer == officer);
        let mine: Vec<_> = mine.map(|(id, _)| *id).collect();
        mine.get(usize::try_from(chance / 1_000).unwrap() % mine.len().max(1))
            .copied()
    }

    /// What is asked answers what was recorded.
    async fn is_shown(&self, world: &World) {
        let projections = &world.projections;
        for (&(officer, case, version), position) in &self.readings {
            let read = projections.last_reading_of(officer, case, version).await;
            assert_eq!(read.unwrap().unwrap().position, *position);
        }
        for number in 0..OFFICERS {
            let officer = officer(number);
            let ids = |is: &dyn Fn(&Told) -> bool| -> HashSet<Uuid> {
                let notices = self.notices.iter();
                let mine = notices.filter(|(_, notice)| notice.officer == officer && is(notice));
                mine.map(|(id, _)| *id).collect()
            };
            let unread = projections.unread_notice_ids(officer, None).await.unwrap();
            assert_eq!(HashSet::from_iter(unread), ids(&|notice| !notice.read));
            let mail = projections
                .notices_to_mail(officer, self.at, 500)
                .await
                .unwrap();
            let mail = mail.iter().map(|row| row.id).collect::<HashSet<_>>();
            assert_eq!(mail, ids(&|notice| !notice.read && !notice.mailed));
            let all = projections.notices(officer, None, 500).await.unwrap();
            let all = all.items.iter().map(|row| row.id).collect::<HashSet<_>>();
            assert_eq!(all, ids(&|_| true));
        }
        let commands: Vec<_> = self.notices.values().map(|notice| notice.command).collect();
        let sent = projections.notices_sent_by(&commands).await.unwrap();
        assert_eq!(sent, HashSet::from_iter(commands));
    }
}

fn officer(number: u64) -> Uuid {
    Uuid::from_u128((9 << 100) | u128::from(number))
}

fn case(number: u64) -> Uuid {
    Uuid::from_u128((8 << 100) | u128::from(number))
}

fn sent(case_id: Uuid, channel: Channel) -> NoticeSent {
    NoticeSent {
        kind: NoticeKind::DueSoon,
        case_id,
        step: "approve-plan".to_owned(),
        item: None,
        obligation: case_id,
        due_at: None,
        channel,
    }
}

async fn readings_and_notices_are_what_was_recorded(world: World) {
    let mut beside = Beside::new(&world.store);
    let (mut chance, mut first): (u64, u64) = (0x5eed, 1);
    for name in [None, Some("notice"), Some("reading"), Some("worklist")] {
        let rebuilding = world.projections.clone();
        let rebuilding = tokio::spawn(async move { rebuilding.rebuild(name, |_| {}).await });
        for round in 0..60 {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            beside.act(chance >> 33).await;
            if round % 20 == 0 {
                acts::play(&world.store, first, &acts::acts(chance >> 50, 10)).await;
                first += 3;
            }
        }
        rebuilding.await.unwrap().unwrap();
        world.caught_up().await;
        beside.is_shown(&world).await;
        assert_true(&world.projections).await;
    }
    assert!(beside.notices.values().any(|notice| notice.read));
    assert!(beside.notices.values().any(|notice| notice.mailed));
    // Somebody who begins anew shows the same.
    world.projections.close().await;
    let again = start(&world.store);
    beside.act(31 * 4).await;
    caught_up(&world.store, &again).await;
    assert_true(&again).await;
    again.close().await;
}

/// One event of many changes its row, and no other.
async fn a_long_stream_of_notices_moves_by_its_news(world: World) {
    let mut beside = Beside::new(&world.store);
    let officer = officer(0);
    let told: Vec<_> = (0..400).map(case).collect();
    for case in &told {
        beside.tell(officer, *case).await;
    }
    world.caught_up().await;
    let first = *beside.notices.keys().next().unwrap();
    let read = NoticeEvent::from(NoticeRead { notice: first });
    beside
        .append((NOTICE, officer), Some(officer), Some(first), &read)
        .await;
    beside
        .notices
        .entry(first)
        .and_modify(|notice| notice.read = true);
    world.caught_up().await;
    beside.is_shown(&world).await;
    assert_true(&world.projections).await;
}

/// All read models stand at one position, whatever they are of.
async fn an_unreadable_reading_stops_all_before_it(world: World) {
    acts::play(&world.store, 1, &acts::acts(1, 20)).await;
    world.caught_up().await;
    let readable = world.store.head().await.unwrap();
    let mut event = eventstore::testing::event(9);
    event.event_type = "CaseDreamtOf".into();
    let command = CommandId {
        id: Uuid::from_u128(9),
        fingerprint: [9; 32],
    };
    let stream = StreamId::new(READING, case(0));
    let appended = world
        .store
        .append(stream, ExpectedVersion::Any, vec![event], command);
    appended.await.unwrap();
    let failure = async {
        loop {
            let lag = world.projections.lag().await.unwrap();
            if let Some(failure) = lag[0].failure.clone() {
                assert!(lag.iter().all(|lag| lag.position == readable));
                return failure;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let failure = tokio::time::timeout(support::PATIENCE, failure)
        .await
        .unwrap();
    assert!(failure.contains(&stream.to_string()), "{failure}");
    assert_true(&world.projections).await;
}
