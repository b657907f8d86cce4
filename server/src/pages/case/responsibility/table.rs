//! The same as the drawing, to be read, heard and printed.

use domain::responsibility::{Bar, Board, Holding, Recording};
use domain::time::Instant;
use projections::Outcome;

use super::asked::Wanted;
use super::told::Teller;
use crate::pages::components::{Link, Tag, TagState};
use crate::pages::words;

/// Recordings on the page unless a shorter period is chosen.
const MOST: usize = 60;

/// Who held the case.
pub struct HolderRow {
    pub unit: String,
    pub from: String,
    pub to: String,
    pub length: String,
    pub event: Link,
}

/// What an agency owed.
pub struct Group {
    pub title: String,
    /// How many there are, and how many are overdue.
    pub count: String,
    pub rows: Vec<OwedRow>,
}

/// An obligation.
pub struct OwedRow {
    pub step: String,
    pub who: Vec<String>,
    pub opened: String,
    pub opened_with: Link,
    pub limit: String,
    pub ended: String,
    pub ended_with: Option<Link>,
    pub length: String,
    pub tag: Option<Tag>,
    /// Where it stands, unless the mark says it all.
    pub state: String,
    /// What else has to be known of it.
    pub remarks: Vec<String>,
}

/// An event.
pub struct RecordedRow {
    pub what: Link,
    pub who: String,
    pub when: String,
    pub recorded: String,
    pub lag: String,
}

/// The tables.
pub struct Tables {
    pub holders: Vec<HolderRow>,
    pub groups: Vec<Group>,
    pub shown: String,
    pub recorded: Vec<RecordedRow>,
    pub recorded_shown: String,
}

/// Everything that lies in the period.
pub fn tables(teller: &Teller<'_>, board: &Board, wanted: &Wanted) -> Tables {
    let until = board.until();
    let (first, last) = wanted.period;
    let in_period =
        |from: Instant, to: Option<Instant>| from <= last && to.is_none_or(|to| first <= to);
    let holders = board
        .holders
        .iter()
        .filter(|one| in_period(one.from, one.to))
        .map(|one| holder(teller, one, until))
        .collect();
    let mut groups = Vec::new();
    let mut count = 0;
    for (index, lane) in board.lanes.iter().enumerate() {
        let owed = board.obligations.iter().filter(|bar| {
            let whose = bar.owners.last().map(|owner| owner.lane);
            whose == Some(index) && in_period(bar.from, bar.to)
        });
        let owed: Vec<&Bar> = owed.collect();
        if owed.is_empty() {
            continue;
        }
        count += owed.len();
        let outcomes: Vec<Outcome> = owed.iter().map(|bar| teller.outcome(bar)).collect();
        let is = |outcome| outcomes.iter().filter(|one| **one == outcome).count();
        let counts = [
            ("count", owed.len().into()),
            ("open", (is(Outcome::Open) + is(Outcome::Overdue)).into()),
            ("overdue", is(Outcome::Overdue).into()),
            ("late", is(Outcome::Late).into()),
            ("waived_late", is(Outcome::WaivedLate).into()),
            ("corrected", is(Outcome::Corrected).into()),
        ];
        groups.push(Group {
            title: teller.agency(lane, board.from),
            count: teller.language().text_with("board-group", &counts),
            rows: owed.iter().map(|bar| row(teller, bar, until)).collect(),
        });
    }
    let mut events: Vec<&Recording> = board
        .recordings
        .iter()
        .filter(|one| first <= one.occurred_at && one.occurred_at <= last)
        .collect();
    events.sort_by_key(|one| (one.occurred_at, one.event.version));
    let (total, shown) = (events.len(), events.len().min(MOST));
    let language = teller.language();
    Tables {
        holders,
        groups,
        shown: language.text_with(
            "board-shown",
            &[
                ("shown", count.into()),
                ("total", board.obligations.len().into()),
            ],
        ),
        recorded: events
            .iter()
            .rev()
            .take(MOST)
            .map(|one| recorded(teller, one))
            .collect(),
        recorded_shown: language.text_with(
            "board-recorded-shown",
            &[
                ("shown", shown.into()),
                ("period", total.into()),
                ("total", board.recordings.len().into()),
            ],
        ),
    }
}

fn holder(teller: &Teller<'_>, holding: &Holding, until: Instant) -> HolderRow {
    HolderRow {
        unit: teller.holding(holding),
        from: words::instant(holding.from.utc()),
        to: holding.to.map_or_else(
            || teller.t("board-until-now"),
            |to| words::instant(to.utc()),
        ),
        length: teller.length(holding.from, holding.to.unwrap_or(until)),
        event: teller.link(&holding.began_with),
    }
}

fn row(teller: &Teller<'_>, bar: &Bar, until: Instant) -> OwedRow {
    let mut who: Vec<String> = bar.owners.iter().map(|one| teller.owner(one)).collect();
    if who.len() > 1 {
        for (who, owner) in who.iter_mut().zip(&bar.owners) {
            let from = words::instant(owner.span.from.utc());
            *who = format!(
                "{who}: {}",
                teller.view.frame.t1("board-since", "from", from)
            );
        }
    }
    let outcome = teller.outcome(bar);
    let mut remarks = teller.remarks(&bar.obligation);
    if bar.hand_over {
        remarks.push(teller.t(if bar.to.is_none() {
            "board-not-answered"
        } else {
            "board-was-handed-over"
        }));
    }
    OwedRow {
        step: teller.step(&bar.obligation),
        who,
        opened: words::instant(bar.from.utc()),
        opened_with: teller.link(&bar.opened_with),
        limit: teller.limit(&bar.obligation),
        ended: bar.to.map_or_else(
            || teller.t("board-not-ended"),
            |to| words::instant(to.utc()),
        ),
        ended_with: bar.ended_with.as_ref().map(|event| teller.link(event)),
        length: teller.length(bar.from, bar.to.unwrap_or(until)),
        tag: TagState::of(outcome, bar.obligation.due_at.is_some())
            .map(|tag| Tag::new(teller.language(), tag)),
        state: match outcome {
            Outcome::Met if bar.obligation.due_at.is_some() => String::new(),
            _ => teller.state(bar),
        },
        remarks,
    }
}

fn recorded(teller: &Teller<'_>, one: &Recording) -> RecordedRow {
    let language = teller.language();
    let lag = one.recorded_at.utc() - one.occurred_at.utc();
    RecordedRow {
        what: teller.link(&one.event),
        who: teller.owed_by(one.role, one.unit.as_deref(), None, one.recorded_at),
        when: words::instant(one.occurred_at.utc()),
        recorded: words::instant(one.recorded_at.utc()),
        lag: if one.lag_seconds < 60 {
            teller.t("board-at-once")
        } else {
            words::duration(language, lag)
        },
    }
}
