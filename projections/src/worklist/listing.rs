//! On whose worklist an obligation stands, and where. Each open obligation has a row for every list on
//! which it is shown, kept in the order of that list: a page is a range of the primary key, whatever
//! the database believes about its tables.
//!
//! What the clock alone changes is not stored: a row is ordered by its time, and its class says which
//! part of the list it stands in before and after that time.

use std::collections::BTreeSet;

use domain::identity::Role;
use domain::law::{LimitUnit, Obligation};
use domain::permit::party;
use domain::time::Instant;
use domain::unit::Units;

use super::row::also;
use crate::case::Folded;
use crate::case_status::{PLACE, danger, day, in_emergency, is_wide, opened, told, year_of_number};
use crate::counting::Counted;
use crate::table::{Counts, Index, Kind, Moves, Row, Table};

/// The table of the lists.
pub(super) const LISTING: Table = Table {
    name: "work_listing",
    columns: &[
        ("case_id", Kind::Uuid),
        ("whose", Kind::Text),
        ("class", Kind::Integer),
        ("at", Kind::Instant),
        ("number_order", Kind::Integer),
        ("ordinal", Kind::Integer),
        ("day", Kind::Integer),
        ("until_at", Kind::Instant),
        ("shown_from", Kind::Instant),
        ("step", Kind::Text),
        ("role", Kind::Text),
        ("unit", Kind::Text),
        ("also", Kind::Text),
        ("words", Kind::Text),
    ],
    key: &["whose", "class", "at", "number_order", "ordinal"],
    indexes: &[
        Index::new("by_case", "case_id, whose"),
        Index::only("coming", "whose, shown_from", "shown_from IS NOT NULL"),
    ],
    moves: Moves::Whole,
    counts: Some(Counts {
        table: "work_count",
        by: &["whose", "class", "day"],
    }),
};

/// The list of everybody.
pub(super) const ALL: &str = "all";

/// The duties that protect a child within hours have no longer limit than this.
const HOURS_OF_DANGER: u32 = 12;

/// The step that finds out whether a child is in danger.
const INITIAL_ASSESSMENT: &str = "initial-assessment";

/// The kinds of time that an obligation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Time {
    /// A duty of hours that protects a child.
    Danger,
    /// The limit of the law.
    Due,
    /// The same, but until then it stands at an earlier time to mind.
    DueAfterMind,
    /// A time to mind alone.
    Mind,
    /// A time to mind before the limit of the law.
    MindBeforeDue,
    /// At once, without a number.
    AtOnce,
    /// Nothing.
    None,
}

impl Time {
    pub const ALL: [Self; 7] = [
        Self::Danger,
        Self::Due,
        Self::DueAfterMind,
        Self::Mind,
        Self::MindBeforeDue,
        Self::AtOnce,
        Self::None,
    ];

    /// Whether the day of it says something.
    const fn has_a_day(self) -> bool {
        !matches!(self, Self::Danger | Self::AtOnce | Self::None)
    }

    /// As a number, together with whether the case is an emergency.
    pub const fn class(self, emergency: bool) -> i64 {
        self as i64 * 2 + emergency as i64
    }

    /// The class of that number.
    pub fn of_class(class: i64) -> Option<(Self, bool)> {
        let time = Self::ALL.get(usize::try_from(class / 2).ok()?)?;
        Some((*time, class % 2 == 1))
    }
}

/// What share those have in a case who owe something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// They take part and read it.
    TakesPart,
    /// They were told of it and read no more than that.
    Told,
    /// None.
    None,
}

/// Whether a list is of those who were only told of its cases.
pub(super) fn tells(list: &str) -> bool {
    ["told ", "hearing "]
        .iter()
        .any(|kind| list.starts_with(kind))
}

/// How a list is called that holds what a role owes in a unit.
pub(super) fn owed_by(role: Role, unit: &str, share: Share) -> String {
    let kind = match share {
        Share::TakesPart => "by",
        Share::Told => "told",
        Share::None => "owed",
    };
    format!("{kind} {}@{unit}", role.name())
}

/// The same for what climbed to them. `takes_part`: as far as the unit takes part in the case in that
/// role.
pub(super) fn climbed_to(role: Role, unit: &str, takes_part: bool) -> String {
    let kind = if takes_part { "up" } else { "upon" };
    format!("{kind} {}@{unit}", role.name())
}

/// The same for what all roles of a unit owe.
pub(super) fn owed_in(unit: &str, share: Share) -> String {
    let kind = match share {
        Share::TakesPart => "of",
        Share::Told => "hearing",
        Share::None => "for",
    };
    format!("{kind} {unit}")
}

/// The same for what is owed in cases that concern a unit.
pub(super) fn within(unit: &str) -> String {
    format!("in {unit}")
}

/// The same for what happened in a commune, or in one out of which it came, as far as the case concerns
/// a unit with a long list.
pub(super) fn happened_in(commune: &str, above: &str) -> String {
    format!("{PLACE}{commune} in {above}")
}

/// One step of a long list.
pub(super) fn of_step(list: &str, step: &str) -> String {
    format!("{list} {step}")
}

/// Whether a term of a case is a unit on whose list its obligations stand.
pub(super) fn has_a_list(register: &Units, term: &str) -> bool {
    !term.contains('@') && !term.starts_with(PLACE) && register.kept(term) == term
}

/// The rows of a case.
pub(super) fn rows(folded: &Folded<'_>) -> Vec<Row> {
    let (terms, register) = (&folded.units, &folded.state.units);
    let lists = Lists::of(terms, register);
    let first = folded.case.history().first();
    let whole = View {
        emergency: in_emergency(folded.state),
        danger: danger(folded.state),
        number: (first.map_or(0, year_of_number), opened(folded)),
        words: None,
    };
    let mut rows = Vec::new();
    for (ordinal, obligation) in folded.obligations.iter().enumerate() {
        if !obligation.is_open() {
            continue;
        }
        let counted = &folded.counted[ordinal];
        let owner = &obligation.accountable;
        let unit = owner.unit.as_deref().map(|unit| register.kept(unit));
        let also = also(register, obligation);
        for on in lists.on_which(folded, terms, obligation) {
            let view = on.told.as_ref().unwrap_or(&whole);
            let (year, number) = view.number;
            for (time, at, until) in places(view, obligation, counted) {
                rows.push(vec![
                    folded.id.into(),
                    (&on.whose).into(),
                    time.class(view.emergency).into(),
                    at.into(),
                    (i64::from(year) * 1_000_000_000_000 + number).into(),
                    ordinal.into(),
                    if time.has_a_day() { day(at) } else { 0 }.into(),
                    until.into(),
                    on.shown_from.into(),
                    (&obligation.step).into(),
                    owner.role.name().into(),
                    unit.into(),
                    also.as_ref().into(),
                    view.words.as_ref().into(),
                ]);
            }
        }
    }
    rows
}

/// What of a case its place in a list says: of the whole, or of what somebody was told of it.
struct View {
    emergency: bool,
    danger: bool,
    number: (i32, i64),
    /// By which words alone it is found; those of the whole case, where there are none.
    words: Option<String>,
}

/// A list on which an obligation stands.
struct OnList {
    whose: String,
    /// From when on.
    shown_from: Option<Instant>,
    /// As it is there for somebody who was only told of the case.
    told: Option<View>,
}

/// The lists on which every obligation of a case stands.
struct Lists {
    plain: Vec<String>,
    by_step: Vec<String>,
}

impl Lists {
    fn of(terms: &BTreeSet<String>, register: &Units) -> Self {
        let (mut plain, mut by_step) = (vec![ALL.to_owned()], vec![ALL.to_owned()]);
        let places = terms.iter().filter_map(|term| term.strip_prefix(PLACE));
        let communes: BTreeSet<&str> = places
            .flat_map(|place| register.came_out_of(place))
            .map(|commune| commune.id.as_str())
            .collect();
        for term in terms.iter().filter(|term| has_a_list(register, term)) {
            plain.push(within(term));
            if is_wide(register, term) {
                by_step.push(within(term));
                plain.extend(communes.iter().map(|commune| happened_in(commune, term)));
            }
        }
        Self { plain, by_step }
    }

    /// The lists of one obligation: also of those who may do it beside the one that owes it.
    fn on_which(
        &self,
        folded: &Folded<'_>,
        terms: &BTreeSet<String>,
        obligation: &Obligation,
    ) -> Vec<OnList> {
        let step = &obligation.step;
        let by_step = self.by_step.iter().map(|list| of_step(list, step));
        let lists = self.plain.iter().cloned().chain(by_step);
        let mut lists: Vec<_> = lists
            .map(|whose| OnList {
                whose,
                shown_from: None,
                told: None,
            })
            .collect();
        let register = &folded.state.units;
        let mut owing = Vec::new();
        for owner in std::iter::once(&obligation.accountable).chain(&obligation.also) {
            let Some(unit) = owner.unit.as_deref() else {
                continue;
            };
            let unit = register.kept(unit);
            owing.push((owner.role, unit));
            let (share, told) = share(folded, terms, owner.role, unit);
            push(&mut lists, owed_by(owner.role, unit, share), None, told);
            // All of a unit look at what it takes part in as a whole.
            let (share, told) = match party(owner.role, unit) == unit {
                true => self::share(folded, terms, owner.role, unit),
                false if terms.contains(unit) => (Share::TakesPart, None),
                false => (Share::None, None),
            };
            push(&mut lists, owed_in(unit, share), None, told);
        }
        if let Some(climb) = &obligation.climbs {
            let unit = register.kept(&climb.unit);
            if !owing.contains(&(climb.role, unit)) {
                let part = terms.contains(&party(climb.role, unit));
                let list = climbed_to(climb.role, unit, part);
                push(&mut lists, list, Some(climb.at), None);
            }
        }
        lists
    }
}

/// What share a role in a unit has in the case.
fn share(
    folded: &Folded<'_>,
    terms: &BTreeSet<String>,
    role: Role,
    unit: &str,
) -> (Share, Option<View>) {
    if terms.contains(&party(role, unit)) {
        return (Share::TakesPart, None);
    }
    match told(folded, role, unit) {
        Some(told) => {
            let view = View {
                emergency: told.emergency,
                danger: told.danger,
                number: told.number,
                words: Some(told.words),
            };
            (Share::Told, Some(view))
        }
        None => (Share::None, None),
    }
}

/// Once on each list.
fn push(lists: &mut Vec<OnList>, whose: String, from: Option<Instant>, told: Option<View>) {
    if lists.iter().all(|list| list.whose != whose) {
        lists.push(OnList {
            whose,
            shown_from: from,
            told,
        });
    }
}

/// Where an obligation stands in a list: at most at two times, of which the first holds until then.
fn places(
    view: &View,
    obligation: &Obligation,
    counted: &Counted,
) -> Vec<(Time, Instant, Option<Instant>)> {
    let (due, act_by) = (counted.due(obligation), counted.act_by(obligation));
    if protects(view, obligation) {
        return vec![(Time::Danger, act_by.unwrap_or(obligation.opened_at), None)];
    }
    match (due, act_by) {
        (Some(due), Some(mind)) if mind < due => vec![
            (Time::MindBeforeDue, mind, Some(due)),
            (Time::DueAfterMind, due, None),
        ],
        (Some(due), _) => vec![(Time::Due, due, None)],
        (None, Some(mind)) => vec![(Time::Mind, mind, None)],
        (None, None) if obligation.immediately || view.emergency => {
            vec![(Time::AtOnce, obligation.opened_at, None)]
        }
        (None, None) => vec![(Time::None, obligation.opened_at, None)],
    }
}

/// Whether a child waits for it within hours: a duty that the law gives no more than twelve hours, and
/// the assessment of a child of whom somebody said that there is danger now.
fn protects(view: &View, obligation: &Obligation) -> bool {
    let hours = obligation
        .limit
        .filter(|limit| limit.unit == LimitUnit::Hour && obligation.due_at.is_some());
    hours.is_some_and(|limit| limit.amount <= HOURS_OF_DANGER)
        || (obligation.step == INITIAL_ASSESSMENT && view.danger)
}
