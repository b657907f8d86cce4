//! Accepts or rejects each append of a group in memory, under the lock of the head. Pure.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::append::{AppendError, Request};
use crate::envelope::{Appended, CommandRecord, ExpectedVersion, StreamId};

/// What the log holds that matters for a group, read under the lock.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The last position.
    pub head: i64,
    /// The last version of each stream that the group appends to; a stream without events may be
    /// left out.
    pub versions: HashMap<StreamId, i64>,
    /// Those commands of the group that were carried out already.
    pub commands: HashMap<Uuid, CommandRecord>,
}

/// What is to be stored, and what each caller will be told once it is.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The position before.
    pub head_before: i64,
    /// The position afterwards.
    pub head_after: i64,
    /// The last version before of each stream that was looked at.
    pub versions_before: Vec<(StreamId, i64)>,
    /// Which appends are stored, in the order of their positions: index into the group, and where.
    pub accepted: Vec<(usize, Appended)>,
    /// The answer to each append of the group.
    pub answers: Vec<Result<Appended, AppendError>>,
}

impl Plan {
    /// How many events it stores.
    pub(crate) fn events(&self) -> i64 {
        self.head_after - self.head_before
    }
}

/// What the log holds if every caller is right about its stream and no command is sent twice: mostly
/// true, and cheaper to check while storing than to read before. None when somebody does not say.
pub(crate) fn suppose(head: i64, group: &[Request]) -> Option<Known> {
    let mut versions = HashMap::new();
    for request in group {
        let version = match request.expected {
            ExpectedVersion::NoStream => 0,
            ExpectedVersion::Exact(version) => version,
            ExpectedVersion::Any => return None,
        };
        // Of several appends to a stream the first one counts; the others are decided upon.
        versions.entry(request.stream).or_insert(version);
    }
    Some(Known {
        head,
        versions,
        commands: HashMap::new(),
    })
}

/// Decides on the appends in the order in which they came: a later one sees the earlier ones.
pub(crate) fn decide(mut known: Known, group: &[Request]) -> Plan {
    let head_before = known.head;
    let mut head = head_before;
    let versions_before = known
        .versions
        .iter()
        .map(|(stream, version)| (*stream, *version))
        .collect();
    let mut event_ids = HashSet::new();
    let mut accepted = Vec::with_capacity(group.len());
    let mut answers = Vec::with_capacity(group.len());

    for (index, request) in group.iter().enumerate() {
        if let Some(record) = known.commands.get(&request.command.id) {
            answers.push(if record.fingerprint == request.command.fingerprint {
                Ok(record.appended)
            } else {
                Err(AppendError::CommandReused)
            });
            continue;
        }
        let actual = known.versions.get(&request.stream).copied().unwrap_or(0);
        if !request.expected.admits(actual) {
            answers.push(Err(AppendError::VersionConflict {
                expected: request.expected,
                actual,
            }));
            continue;
        }
        if request
            .events
            .iter()
            .any(|event| event_ids.contains(&event.event_id))
        {
            answers.push(Err(AppendError::EventExists));
            continue;
        }
        event_ids.extend(request.events.iter().map(|event| event.event_id));

        let count = request.events.len() as i64;
        let appended = Appended {
            stream: request.stream,
            first_version: actual + 1,
            version: actual + count,
            first_position: head + 1,
            position: head + count,
            replayed: false,
        };
        head += count;
        known.versions.insert(request.stream, appended.version);
        known.commands.insert(
            request.command.id,
            CommandRecord {
                fingerprint: request.command.fingerprint,
                appended: Appended {
                    replayed: true,
                    ..appended
                },
            },
        );
        accepted.push((index, appended));
        answers.push(Ok(appended));
    }
    Plan {
        head_before,
        head_after: head,
        versions_before,
        accepted,
        answers,
    }
}
