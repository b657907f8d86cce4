//! Accepts or rejects each append of a group in memory, under the lock of the head. Pure.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::append::{AppendError, Request, RequestPart};
use crate::envelope::{Appended, CommandRecord, ExpectedVersion, StreamId};

/// What the log holds that matters for a group, read under the lock.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The last position.
    pub head: i64,
    /// The last version of each stream that the group is about; a stream without events may be
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
    /// Which appends are stored, in the order of their positions: index into the group, and where
    /// each of its parts that has events.
    pub accepted: Vec<(usize, Vec<Appended>)>,
    /// The answer to each append of the group.
    pub answers: Vec<Answer>,
}

/// What a caller is told: where each part that has events was appended, in their order.
pub(crate) type Answer = Result<Vec<Appended>, AppendError>;

impl Plan {
    /// How many events it stores.
    pub(crate) fn events(&self) -> i64 {
        self.head_after - self.head_before
    }

    /// What is stored, part by part, in the order of positions.
    pub(crate) fn stored<'a>(
        &'a self,
        group: &'a [Request],
    ) -> impl Iterator<Item = (&'a Request, &'a RequestPart, &'a Appended)> {
        self.accepted.iter().flat_map(|(index, appended)| {
            let request = &group[*index];
            let parts = request.written().zip(appended);
            parts.map(move |(part, appended)| (request, part, appended))
        })
    }

    /// The commands that are stored, each with the first part that it wrote.
    pub(crate) fn commands<'a>(
        &'a self,
        group: &'a [Request],
    ) -> impl Iterator<Item = (&'a Request, &'a Appended)> {
        let first = |parts: &'a [Appended]| parts.first();
        self.accepted
            .iter()
            .filter_map(move |(index, parts)| Some((&group[*index], first(parts)?)))
    }

    /// The parts of those commands that wrote to several streams: the command, the number of the
    /// part, counted from 0, and where it is.
    pub(crate) fn several<'a>(
        &'a self,
        group: &'a [Request],
    ) -> impl Iterator<Item = (&'a Request, i32, &'a Appended)> {
        let several = self.accepted.iter().filter(|(_, parts)| parts.len() > 1);
        several.flat_map(move |(index, parts)| {
            let numbered = (0..).zip(parts);
            numbered.map(move |(number, part)| (&group[*index], number, part))
        })
    }
}

/// The streams that a group is about, each once.
pub(crate) fn streams(group: &[Request]) -> Vec<StreamId> {
    let mut streams: Vec<StreamId> = Vec::with_capacity(group.len());
    streams.extend(group.iter().flat_map(|r| &r.parts).map(|part| part.stream));
    streams.sort_unstable();
    streams.dedup();
    streams
}

/// What the log holds if every caller is right about its stream and no command is sent twice: mostly
/// true, and cheaper to check while storing than to read before. None when somebody does not say.
pub(crate) fn suppose(head: i64, group: &[Request]) -> Option<Known> {
    let mut versions = HashMap::new();
    for part in group.iter().flat_map(|request| &request.parts) {
        let version = match part.expected {
            ExpectedVersion::NoStream => 0,
            ExpectedVersion::Exact(version) => version,
            ExpectedVersion::Any => return None,
        };
        // Of several appends to a stream the first one counts; the others are decided upon.
        versions.entry(part.stream).or_insert(version);
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
            answers.push(again(record, request));
            continue;
        }
        if let Some(conflict) = conflict(&known.versions, request) {
            answers.push(Err(conflict));
            continue;
        }
        let ids = || {
            let events = request.parts.iter().flat_map(|part| &part.events);
            events.map(|event| event.event_id)
        };
        if ids().any(|id| event_ids.contains(&id)) {
            answers.push(Err(AppendError::EventExists));
            continue;
        }
        event_ids.extend(ids());

        let mut appended = Vec::with_capacity(request.parts.len());
        for part in request.written() {
            let version = known.versions.entry(part.stream).or_insert(0);
            let count = part.events.len() as i64;
            appended.push(Appended {
                stream: part.stream,
                first_version: *version + 1,
                version: *version + count,
                first_position: head + 1,
                position: head + count,
                replayed: false,
            });
            *version += count;
            head += count;
        }
        let record = CommandRecord {
            fingerprint: request.command.fingerprint,
            parts: appended.iter().map(Appended::again).collect(),
        };
        known.commands.insert(request.command.id, record);
        accepted.push((index, appended.clone()));
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

/// The answer to a command that was carried out before.
fn again(record: &CommandRecord, request: &Request) -> Answer {
    let wrote = |stream| record.parts.iter().any(|part| part.stream == stream);
    let same_streams = request.written().count() == record.parts.len()
        && request.written().all(|part| wrote(part.stream));
    if record.fingerprint == request.command.fingerprint && same_streams {
        Ok(record.parts.clone())
    } else {
        Err(AppendError::CommandReused)
    }
}

/// The first part whose stream is not as it is expected.
fn conflict(versions: &HashMap<StreamId, i64>, request: &Request) -> Option<AppendError> {
    request.parts.iter().find_map(|part| {
        let actual = versions.get(&part.stream).copied().unwrap_or(0);
        (!part.expected.admits(actual)).then_some(AppendError::VersionConflict {
            stream: part.stream,
            expected: part.expected,
            actual,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ExpectedVersion::{Any, Exact, NoStream};
    use crate::Part;
    use crate::testing::{command, event, stream};

    type Given<'a> = (u128, ExpectedVersion, &'a [u128]);

    /// Command `number` with these parts: stream, what is expected, events.
    fn request(number: u128, parts: &[Given]) -> Request {
        let part = |(number, expected, events): &Given| Part {
            stream: stream(*number),
            expected: *expected,
            events: events.iter().map(|number| event(*number)).collect(),
        };
        Request::new(command(number), parts.iter().map(part).collect()).unwrap()
    }

    fn known(head: i64, versions: &[(u128, i64)]) -> Known {
        let versions = versions.iter();
        Known {
            head,
            versions: versions
                .map(|(s, version)| (stream(*s), *version))
                .collect(),
            commands: HashMap::new(),
        }
    }

    /// Stream, versions and positions of each part.
    fn places(parts: &[Appended]) -> Vec<(StreamId, [i64; 4])> {
        let place = |p: &Appended| [p.first_version, p.version, p.first_position, p.position];
        parts.iter().map(|p| (p.stream, place(p))).collect()
    }

    fn conflict_of(answer: &Answer) -> (StreamId, ExpectedVersion, i64) {
        match answer {
            Err(AppendError::VersionConflict {
                stream,
                expected,
                actual,
            }) => (*stream, *expected, *actual),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn later_appends_of_a_group_see_the_earlier_ones() {
        let group = [
            request(1, &[(1, Exact(3), &[10, 11]), (2, NoStream, &[12])]),
            request(2, &[(2, NoStream, &[13])]),
            request(3, &[(3, Exact(1), &[]), (1, Exact(5), &[14])]),
            request(4, &[(1, Any, &[15]), (3, Exact(2), &[])]),
            request(5, &[(2, Exact(1), &[16]), (1, Exact(6), &[17])]),
        ];
        let plan = decide(known(40, &[(1, 3), (3, 1)]), &group);
        assert_eq!((plan.head_before, plan.head_after), (40, 46));
        assert_eq!(plan.events(), 6);
        let accepted: Vec<_> = plan
            .accepted
            .iter()
            .map(|(index, parts)| (*index, places(parts)))
            .collect();
        let expected = [
            (
                0,
                vec![(stream(1), [4, 5, 41, 42]), (stream(2), [1, 1, 43, 43])],
            ),
            (2, vec![(stream(1), [6, 6, 44, 44])]),
            (
                4,
                vec![(stream(2), [2, 2, 45, 45]), (stream(1), [7, 7, 46, 46])],
            ),
        ];
        assert_eq!(accepted, expected);
        assert_eq!(conflict_of(&plan.answers[1]), (stream(2), NoStream, 1));
        assert_eq!(conflict_of(&plan.answers[3]), (stream(3), Exact(2), 1));
        for (index, parts) in &plan.accepted {
            assert_eq!(plan.answers[*index].as_ref().unwrap(), parts);
        }
        let mut before = plan.versions_before.clone();
        before.sort_unstable();
        assert_eq!(before, [(stream(1), 3), (stream(3), 1)]);
    }

    #[test]
    fn what_is_stored_is_told_part_by_part() {
        let group = [
            request(1, &[(1, NoStream, &[1]), (2, NoStream, &[])]),
            request(2, &[(1, NoStream, &[2])]),
            request(
                3,
                &[(3, NoStream, &[]), (4, NoStream, &[3]), (1, Exact(1), &[4])],
            ),
        ];
        let plan = decide(known(0, &[]), &group);
        let stored: Vec<_> = plan
            .stored(&group)
            .map(|(request, part, place)| (request.command.id, part.stream, place.position))
            .collect();
        let [first, third] = [1, 3].map(|number| command(number).id);
        assert_eq!(
            stored,
            [
                (first, stream(1), 1),
                (third, stream(4), 2),
                (third, stream(1), 3)
            ]
        );
        let commands = plan.commands(&group);
        let commands: Vec<_> = commands
            .map(|(r, part)| (r.command.id, part.position))
            .collect();
        assert_eq!(commands, [(first, 1), (third, 2)]);
        let several = plan.several(&group);
        let several: Vec<_> = several
            .map(|(r, n, p)| (r.command.id, n, p.position))
            .collect();
        assert_eq!(several, [(third, 0, 2), (third, 1, 3)]);
        let mut streams_of_all = streams(&group);
        streams_of_all.dedup();
        assert_eq!(streams_of_all, [1, 2, 3, 4].map(stream));
    }

    #[test]
    fn a_command_sent_again_within_a_group_is_told_what_it_does() {
        let two: &[Given] = &[(1, NoStream, &[1]), (2, NoStream, &[2])];
        let group = [
            request(1, two),
            // In another order, and knowing more.
            request(1, &[(2, Exact(1), &[3]), (1, Any, &[4])]),
            // Other streams: fewer, more, others.
            request(1, &[(1, NoStream, &[5])]),
            request(1, &[(1, Any, &[6]), (2, Any, &[7]), (3, Any, &[8])]),
            request(1, &[(1, Any, &[9]), (3, Any, &[10])]),
        ];
        let plan = decide(known(7, &[]), &group);
        assert_eq!(plan.accepted.len(), 1);
        let again = plan.answers[1].as_ref().unwrap();
        let first = plan.answers[0].as_ref().unwrap();
        assert_eq!(places(again), places(first));
        assert!(again.iter().all(|part| part.replayed));
        assert!(first.iter().all(|part| !part.replayed));
        for refused in &plan.answers[2..] {
            assert!(
                matches!(refused, Err(AppendError::CommandReused)),
                "{refused:?}"
            );
        }
    }

    #[test]
    fn an_event_id_comes_once_in_a_group_in_whatever_part() {
        let group = [
            request(1, &[(1, Any, &[1]), (2, Any, &[2])]),
            request(2, &[(3, Any, &[3]), (4, Any, &[2])]),
            request(3, &[(3, Any, &[3])]),
        ];
        let plan = decide(known(0, &[]), &group);
        assert!(matches!(plan.answers[1], Err(AppendError::EventExists)));
        let third = plan.answers[2].as_ref().unwrap();
        assert_eq!(places(third), [(stream(3), [1, 1, 3, 3])]);
    }

    #[test]
    fn what_is_supposed_is_what_the_first_one_says_of_each_stream() {
        let group = [
            request(1, &[(1, Exact(4), &[1]), (2, NoStream, &[])]),
            request(2, &[(1, Exact(5), &[2]), (3, Exact(0), &[3])]),
        ];
        let supposed = suppose(9, &group).unwrap();
        assert_eq!(supposed.head, 9);
        assert!(supposed.commands.is_empty());
        let expected = [(1, 4), (2, 0), (3, 0)].map(|(number, version)| (stream(number), version));
        assert_eq!(supposed.versions, HashMap::from(expected));
        let unsaid = [request(1, &[(1, Exact(4), &[1]), (2, Any, &[2])])];
        assert!(suppose(9, &unsaid).is_none());
    }
}
