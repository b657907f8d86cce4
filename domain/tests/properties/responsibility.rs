//! Whatever happened in whatever order, the board has an answer for every instant, and one only.

use std::collections::BTreeMap;

use crate::world::{World, attempts};
use chrono::TimeDelta;
use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, Recorded, Status, effective};
use domain::law::Obligation;
use domain::responsibility::{Bar, Basis, Board, events_at, moment};
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;

fn board(world: &World) -> Option<Board> {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    Board::of(world.case.history(), &procedure, &calendar, world.now)
}

/// The instants at which something changes, and some between them.
fn instants(history: &[Recorded], from: Instant, now: Instant) -> Vec<Instant> {
    let mut all: Vec<_> = effective(history)
        .iter()
        .flat_map(|event| {
            let at = event.occurred_at.utc();
            [at, at - TimeDelta::seconds(1), at + TimeDelta::seconds(1)]
        })
        .map(Instant::from)
        .chain([from, now])
        .filter(|at| from <= *at)
        .collect();
    all.sort();
    all.dedup();
    all
}

fn one_holder_at_every_instant(world: &World, board: &Board) {
    let first = board.holders.first().unwrap();
    let last = board.holders.last().unwrap();
    assert_eq!((first.from, last.to), (board.from, None));
    for pair in board.holders.windows(2) {
        assert_eq!(pair[0].to, Some(pair[1].from), "a gap:\n{}", world.story());
        assert!(pair[0].from < pair[1].from, "no time:\n{}", world.story());
    }
    for at in instants(world.case.history(), board.from, world.now) {
        let covering = board.holders.iter().filter(|one| one.covers(at)).count();
        assert_eq!(covering, 1, "{at}");
        // It is the holder that follows from what had happened by then.
        let happened = events_at(world.case.history(), at, Basis::Happened);
        let state = Case::fold(happened, Units::shipped()).state().cloned();
        let state = state.unwrap();
        let holder = board.holder_at(at).unwrap();
        assert_eq!(holder.unit, state.holder_unit, "{at}\n{}", world.story());
        assert_eq!(holder.answers, state.responsible_commune());
        assert_eq!(holder.closed, state.status == Status::Closed);
    }
}

/// Bars overlap only where something is told that happened before what is already told: then two
/// reports did wait at once.
fn bars_of_one_thing_never_overlap(world: &World, board: &Board) {
    let mut same: BTreeMap<_, Vec<&Bar>> = BTreeMap::new();
    // Each report is recorded for itself, also while another one waits to be.
    let one_for_all = |bar: &&Bar| bar.obligation.step != "record-report";
    for bar in board.obligations.iter().filter(one_for_all) {
        let Obligation {
            step, cycle, item, ..
        } = &bar.obligation;
        same.entry((step, cycle, item)).or_default().push(bar);
    }
    for (what, mut bars) in same {
        bars.sort_by_key(|bar| (bar.from, bar.to.is_none(), bar.to));
        for pair in bars.windows(2) {
            assert!(
                pair[0].to.is_some_and(|to| to <= pair[1].from),
                "{what:?} twice at {}:\n{}",
                pair[1].from,
                world.story()
            );
        }
    }
}

fn overdue_begins_at_the_limit(world: &World, board: &Board) {
    for bar in &board.obligations {
        assert!(bar.to.is_none_or(|to| bar.from <= to));
        let due = bar.obligation.due_at;
        let end = bar.to.unwrap_or(world.now);
        match bar.overdue {
            Some(span) => {
                assert_eq!(Some(span.from), due);
                assert_eq!(span.to, bar.to);
                assert!(span.from < end);
            }
            None => assert!(due.is_none_or(|due| end <= due), "{}", world.story()),
        }
        // One owner after the other, from the opening to the end.
        assert_eq!(bar.owners.first().unwrap().span.from, bar.from);
        assert_eq!(bar.owners.last().unwrap().span.to, bar.to);
        for pair in bar.owners.windows(2) {
            assert_eq!(pair[0].span.to, Some(pair[1].span.from));
        }
        // Whoever it came to after it had ended never owed it.
        if bar.to.is_none() {
            let last = bar.owners.last().unwrap();
            assert_eq!(last.accountable, bar.obligation.accountable);
        }
    }
}

/// Where everything was recorded in the order in which it happened and nothing was corrected, the
/// board and what is told of an instant agree.
fn a_moment_agrees_with_the_board(world: &World, board: &Board) {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let history = world.case.history();
    for at in instants(history, board.from, world.now) {
        for basis in [Basis::Happened, Basis::Recorded] {
            let told = moment(history, &procedure, &calendar, at, basis);
            for owed in &told.owed {
                assert_eq!(owed.obligation.state, owed.obligation.state_at(at));
                assert!(owed.open_seconds >= 0);
                let due = owed.obligation.due_at;
                assert_eq!(
                    owed.overdue_seconds.is_some(),
                    due.is_some_and(|due| due < at)
                );
            }
        }
        let told = moment(history, &procedure, &calendar, at, Basis::Happened);
        assert_eq!(
            told.holder.map(|one| one.unit),
            board.holder_at(at).map(|one| one.unit.clone())
        );
        let in_order = history.windows(2).all(|pair| {
            pair[0].occurred_at <= pair[1].occurred_at && pair[0].recorded_at == pair[0].occurred_at
        });
        let plain = !history
            .iter()
            .any(|event| event.event.event_type() == "FactCorrected");
        if in_order && plain {
            let open: Vec<_> = board
                .obligations
                .iter()
                .filter(|bar| bar.covers(at))
                .map(|bar| (&bar.obligation.step, &bar.obligation.item))
                .collect();
            let told: Vec<_> = told
                .owed
                .iter()
                .map(|owed| (&owed.obligation.step, &owed.obligation.item))
                .collect();
            assert_eq!(told, open, "{at}\n{}", world.story());
        }
    }
}

proptest! {
    #![proptest_config(crate::config(300))]

    #[test]
    fn at_every_instant_exactly_one_holds_the_case(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
        }
        if let Some(board) = board(&world) {
            one_holder_at_every_instant(&world, &board);
            overdue_begins_at_the_limit(&world, &board);
            a_moment_agrees_with_the_board(&world, &board);
        }
    }

    #[test]
    fn nothing_is_owed_twice_at_once(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
        }
        let events = effective(world.case.history());
        let in_order = events.windows(2).all(|pair| pair[0].occurred_at <= pair[1].occurred_at);
        if in_order && let Some(board) = board(&world) {
            bars_of_one_thing_never_overlap(&world, &board);
        }
    }
}
