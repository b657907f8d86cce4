//! On whose worklist an obligation stands, and where. Each open obligation has a row for every list on
//! which it is shown, kept in the order of that list: a page is a range of the primary key, whatever
//! the database believes about its tables.
//!
//! What the clock alone changes is not stored: a row is ordered by its time, and its class says which
//! part of the list it stands in before and after that time.

use std::collections::BTreeSet;

use domain::case::party;
use domain::identity::Role;
use domain::procedure::{LimitUnit, Obligation};
use domain::time::Instant;
use domain::unit::Units;

use crate::case_status::{
    PLACE, danger, day, in_emergency, is_wide, opened, units, year_of_number,
};
use crate::projection::Folded;
use crate::table::{Counts, Kind, Row, Table};

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
    ],
    grows: false,
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

/// How a list is called that holds what a role owes in a unit. `takes_part`: as far as the unit takes
/// part in the case in that role.
pub(super) fn owed_by(role: Role, unit: &str, takes_part: bool) -> String {
    let kind = if takes_part { "by" } else { "owed" };
    format!("{kind} {}@{unit}", role.name())
}

/// The same for what climbed to them.
pub(super) fn climbed_to(role: Role, unit: &str, takes_part: bool) -> String {
    let kind = if takes_part { "up" } else { "upon" };
    format!("{kind} {}@{unit}", role.name())
}

/// The same for what all roles of a unit owe.
pub(super) fn owed_in(unit: &str, takes_part: bool) -> String {
    let kind = if takes_part { "of" } else { "for" };
    format!("{kind} {unit}")
}

/// The same for what is owed in cases that concern a unit.
pub(super) fn within(unit: &str) -> String {
    format!("in {unit}")
}

/// One step of a long list.
pub(super) fn of_step(list: &str, step: &str) -> String {
    format!("{list} {step}")
}

/// Whether a term of a case is a unit on whose list its obligations stand.
pub(super) fn has_a_list(term: &str) -> bool {
    !term.contains('@') && !term.starts_with(PLACE) && Units::in_use().kept(term) == term
}

/// The rows of a case.
pub(super) fn rows(folded: &Folded<'_>) -> Vec<Row> {
    let terms = units(folded);
    let emergency = in_emergency(folded.state);
    let lists = Lists::of(&terms);
    let year = folded.case.history().first().map_or(0, year_of_number);
    let number = i64::from(year) * 1_000_000_000_000 + opened(folded);
    let mut rows = Vec::new();
    for (ordinal, obligation) in folded.obligations.iter().enumerate() {
        if !obligation.is_open() {
            continue;
        }
        let places = places(folded, obligation);
        let owner = &obligation.accountable;
        let unit = owner.unit.as_deref().map(|unit| Units::in_use().kept(unit));
        for (whose, shown_from) in lists.on_which(&terms, obligation) {
            for (time, at, until) in &places {
                rows.push(vec![
                    folded.id.into(),
                    (&whose).into(),
                    time.class(emergency).into(),
                    (*at).into(),
                    number.into(),
                    ordinal.into(),
                    if time.has_a_day() { day(*at) } else { 0 }.into(),
                    (*until).into(),
                    shown_from.into(),
                    (&obligation.step).into(),
                    owner.role.name().into(),
                    unit.into(),
                ]);
            }
        }
    }
    rows
}

/// The lists on which every obligation of a case stands.
struct Lists {
    plain: Vec<String>,
    by_step: Vec<String>,
}

impl Lists {
    fn of(terms: &BTreeSet<String>) -> Self {
        let (mut plain, mut by_step) = (vec![ALL.to_owned()], vec![ALL.to_owned()]);
        for term in terms {
            if term.starts_with(PLACE) {
                plain.push(term.clone());
            } else if has_a_list(term) {
                plain.push(within(term));
                if is_wide(term) {
                    by_step.push(within(term));
                }
            }
        }
        Self { plain, by_step }
    }

    /// The lists of one obligation, and from when on it stands there.
    fn on_which(
        &self,
        terms: &BTreeSet<String>,
        obligation: &Obligation,
    ) -> Vec<(String, Option<Instant>)> {
        let step = &obligation.step;
        let by_step = self.by_step.iter().map(|list| of_step(list, step));
        let lists = self.plain.iter().cloned().chain(by_step);
        let mut lists: Vec<_> = lists.map(|list| (list, None)).collect();
        let register = Units::in_use();
        let owner = &obligation.accountable;
        let owing = owner.unit.as_deref().map(|unit| register.kept(unit));
        if let Some(unit) = owing {
            let part = terms.contains(&party(owner.role, unit));
            lists.push((owed_by(owner.role, unit, part), None));
            lists.push((owed_in(unit, terms.contains(unit)), None));
        }
        if let Some(climb) = &obligation.climbs {
            let unit = register.kept(&climb.unit);
            if owing != Some(unit) || owner.role != climb.role {
                let part = terms.contains(&party(climb.role, unit));
                lists.push((climbed_to(climb.role, unit, part), Some(climb.at)));
            }
        }
        lists
    }
}

/// Where an obligation stands in a list: at most at two times, of which the first holds until then.
fn places(folded: &Folded<'_>, obligation: &Obligation) -> Vec<(Time, Instant, Option<Instant>)> {
    let (due, act_by) = (obligation.due_at, obligation.act_by());
    if protects(folded, obligation) {
        return vec![(Time::Danger, act_by.unwrap_or(obligation.opened_at), None)];
    }
    match (due, act_by) {
        (Some(due), Some(mind)) if mind < due => vec![
            (Time::MindBeforeDue, mind, Some(due)),
            (Time::DueAfterMind, due, None),
        ],
        (Some(due), _) => vec![(Time::Due, due, None)],
        (None, Some(mind)) => vec![(Time::Mind, mind, None)],
        (None, None) if obligation.immediately || in_emergency(folded.state) => {
            vec![(Time::AtOnce, obligation.opened_at, None)]
        }
        (None, None) => vec![(Time::None, obligation.opened_at, None)],
    }
}

/// Whether a child waits for it within hours: a duty that the law gives no more than twelve hours, and
/// the assessment of a child of whom somebody said that there is danger now.
fn protects(folded: &Folded<'_>, obligation: &Obligation) -> bool {
    let hours = obligation
        .limit
        .filter(|limit| limit.unit == LimitUnit::Hour && obligation.due_at.is_some());
    hours.is_some_and(|limit| limit.amount <= HOURS_OF_DANGER)
        || (obligation.step == INITIAL_ASSESSMENT && danger(folded.state))
}
