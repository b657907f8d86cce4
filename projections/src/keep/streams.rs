//! The log, read once and put together by stream, in bounded memory: what does not fit goes to a file
//! without a name, which nobody else can open and which is gone with this value, however it ends.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use eventstore::{Actor, EventStore, RecordedEvent, StreamId, StreamKind};
use futures::StreamExt as _;
use uuid::Uuid;

use crate::error::RunError;
use crate::kinds;
use crate::model::{About, Core};

/// Bytes of events that are held before they are written to the file.
const HELD: usize = 24 << 20;

/// How many events a part has on average.
const EVENTS_A_PART: i64 = 2_000;

/// The most parts: with more of them each would be written in pieces that are too small.
const MOST_PARTS: i64 = 1 << 16;

/// The streams of some kinds as they were at a position of the log, in parts. Each stream lies whole in
/// one part.
pub(crate) struct Streams {
    kinds: Vec<StreamKind>,
    parts: Vec<Part>,
    file: Option<Mutex<File>>,
    shared: Shared,
}

/// What is known of one part.
#[derive(Default)]
struct Part {
    /// Where its pieces lie in the file, in the order of the log.
    written: Vec<(u64, usize)>,
    /// What comes behind them.
    held: Vec<u8>,
}

/// What many events have in common: it is kept once.
#[derive(Default)]
struct Shared {
    actors: Vec<Arc<Actor>>,
    types: Vec<Arc<str>>,
}

/// The events of one stream, in their order.
pub(crate) struct OneStream {
    pub id: StreamId,
    pub events: Vec<RecordedEvent>,
}

impl Streams {
    /// Reads what these read models are made of, up to position `to`.
    pub async fn of(core: &Core, models: &[&'static About], to: i64) -> Result<Self, RunError> {
        let kinds = kinds::of(models);
        let kinds = kinds.into_iter().map(|kind| kind.stream()).collect();
        Self::read(&core.store, kinds, to).await
    }

    async fn read(store: &EventStore, kinds: Vec<StreamKind>, to: i64) -> Result<Self, RunError> {
        let parts = (to / EVENTS_A_PART).clamp(1, MOST_PARTS);
        let mut reading = Reading {
            streams: Self {
                kinds,
                parts: (0..parts).map(|_| Part::default()).collect(),
                file: None,
                shared: Shared::default(),
            },
            actors: HashMap::new(),
            types: HashMap::new(),
            held: 0,
        };
        let mut pages = store.read_pages(0);
        while let Some(page) = pages.next().await {
            let page = page?;
            let within = page.iter().take_while(|event| event.position <= to);
            reading.take(within).map_err(sqlx::Error::Io)?;
            if page.last().is_none_or(|last| last.position >= to) {
                break;
            }
        }
        Ok(reading.streams)
    }

    /// How many parts there are.
    pub const fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The part in which a stream of that id lies.
    pub fn part_of(&self, id: Uuid) -> usize {
        part_of(id, self.parts.len())
    }

    /// The streams of a part. Reads the file: not for a thread that others wait for.
    pub fn load(&self, part: usize) -> Result<Vec<OneStream>, RunError> {
        self.events_of(part)
            .map_err(|error| sqlx::Error::Io(error).into())
    }

    fn events_of(&self, part: usize) -> Result<Vec<OneStream>, Error> {
        let part = &self.parts[part];
        let mut streams: Vec<OneStream> = Vec::new();
        let mut known: HashMap<StreamId, usize> = HashMap::new();
        let mut each = |bytes: &[u8]| {
            let mut rest = Rest(bytes);
            while !rest.0.is_empty() {
                let event = self.event(&mut rest)?;
                let at = *known.entry(event.stream).or_insert_with(|| {
                    streams.push(OneStream {
                        id: event.stream,
                        events: Vec::new(),
                    });
                    streams.len() - 1
                });
                streams[at].events.push(event);
            }
            Ok::<_, Error>(())
        };
        for (from, length) in &part.written {
            each(&self.piece(*from, *length)?)?;
        }
        each(&part.held)?;
        Ok(streams)
    }

    fn piece(&self, from: u64, length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        let file = self.file.as_ref().ok_or_else(damaged)?;
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn event(&self, rest: &mut Rest<'_>) -> Result<RecordedEvent, Error> {
        let kind = self.kinds.get(rest.index()?).ok_or_else(damaged)?;
        let event_type = self.shared.types.get(rest.index()?).ok_or_else(damaged)?;
        let actor = self.shared.actors.get(rest.index()?).ok_or_else(damaged)?;
        Ok(RecordedEvent {
            stream: StreamId::new(*kind, rest.uuid()?),
            event_type: Arc::clone(event_type),
            actor: Arc::clone(actor),
            position: rest.integer()?,
            version: rest.integer()?,
            revision: i16::try_from(rest.integer()?).map_err(|_| damaged())?,
            occurred_at: rest.instant()?,
            recorded_at: rest.instant()?,
            event_id: rest.uuid()?,
            command_id: rest.uuid()?,
            correlation_id: rest.uuid()?,
            causation_id: match rest.integer()? {
                0 => None,
                _ => Some(rest.uuid()?),
            },
            facts: rest.text()?.ok_or_else(damaged)?,
            personal: rest.text()?,
        })
    }
}

/// Ids may be ordered by time: their bytes are mixed.
fn part_of(id: Uuid, parts: usize) -> usize {
    let (high, low) = id.as_u64_pair();
    let mixed = (high ^ low.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((u128::from(mixed) * parts as u128) >> 64) as usize
}

fn damaged() -> Error {
    ErrorKind::InvalidData.into()
}

/// Streams that are being put together.
struct Reading {
    streams: Streams,
    actors: HashMap<Arc<Actor>, u32>,
    types: HashMap<Arc<str>, u32>,
    held: usize,
}

impl Reading {
    /// Takes in what follows in the log.
    fn take<'a>(&mut self, events: impl Iterator<Item = &'a RecordedEvent>) -> Result<(), Error> {
        // The events of one page have their actors in common.
        let mut met: HashMap<usize, u32> = HashMap::new();
        for event in events {
            let kinds = &self.streams.kinds;
            let Some(kind) = kinds.iter().position(|kind| *kind == event.stream.kind) else {
                continue;
            };
            let actor = *met
                .entry(Arc::as_ptr(&event.actor) as usize)
                .or_insert_with(|| {
                    let all = &mut self.streams.shared.actors;
                    once(&mut self.actors, all, &event.actor)
                });
            let all = &mut self.streams.shared.types;
            let event_type = once(&mut self.types, all, &event.event_type);
            let part = part_of(event.stream.id, self.streams.parts.len());
            let bytes = &mut self.streams.parts[part].held;
            let before = bytes.len();
            put(bytes, event, kind as u32, event_type, actor);
            self.held += bytes.len() - before;
        }
        if self.held > HELD {
            self.write()?;
        }
        Ok(())
    }

    /// Writes what is held to the file.
    fn write(&mut self) -> Result<(), Error> {
        if self.streams.file.is_none() {
            self.streams.file = Some(Mutex::new(tempfile::tempfile()?));
        }
        let Some(file) = &mut self.streams.file else {
            return Err(damaged());
        };
        let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut at = file.seek(SeekFrom::End(0))?;
        for part in &mut self.streams.parts {
            if part.held.is_empty() {
                continue;
            }
            file.write_all(&part.held)?;
            part.written.push((at, part.held.len()));
            at += part.held.len() as u64;
            part.held = Vec::new();
        }
        self.held = 0;
        Ok(())
    }
}

/// The number of a value that is kept once.
fn once<T: ?Sized + Eq + std::hash::Hash>(
    numbers: &mut HashMap<Arc<T>, u32>,
    all: &mut Vec<Arc<T>>,
    value: &Arc<T>,
) -> u32 {
    if let Some(number) = numbers.get(value) {
        return *number;
    }
    let number = all.len() as u32;
    all.push(Arc::clone(value));
    numbers.insert(Arc::clone(value), number);
    number
}

fn put(bytes: &mut Vec<u8>, event: &RecordedEvent, kind: u32, event_type: u32, actor: u32) {
    for index in [kind, event_type, actor] {
        bytes.extend(index.to_le_bytes());
    }
    bytes.extend(event.stream.id.as_bytes());
    let instants = [event.occurred_at, event.recorded_at].map(|at| at.timestamp_micros());
    for number in [event.position, event.version, event.revision.into()]
        .into_iter()
        .chain(instants)
    {
        bytes.extend(number.to_le_bytes());
    }
    for id in [event.event_id, event.command_id, event.correlation_id] {
        bytes.extend(id.as_bytes());
    }
    bytes.extend(i64::from(event.causation_id.is_some()).to_le_bytes());
    bytes.extend(event.causation_id.iter().flat_map(Uuid::as_bytes));
    for text in [Some(&event.facts), event.personal.as_ref()] {
        let length = text.map_or(u32::MAX, |text| text.len() as u32);
        bytes.extend(length.to_le_bytes());
        bytes.extend(text.map_or(&[][..], |text| text.as_bytes()));
    }
}

/// Bytes that are cut from the front.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(*bytes)
    }

    fn index(&mut self) -> Result<usize, Error> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    fn integer(&mut self) -> Result<i64, Error> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    fn instant(&mut self) -> Result<DateTime<chrono::Utc>, Error> {
        DateTime::from_timestamp_micros(self.integer()?).ok_or_else(damaged)
    }

    fn uuid(&mut self) -> Result<Uuid, Error> {
        Ok(Uuid::from_bytes(self.array()?))
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        let length = self.index()?;
        if length == u32::MAX as usize {
            return Ok(None);
        }
        let (text, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        let text = std::str::from_utf8(text).map_err(|_| damaged())?;
        Ok(Some(text.to_owned()))
    }
}
