//! Which part of a worklist an obligation stands in at a moment, as ranges of time.

use chrono::{Datelike, Days};
use domain::time::Instant;

use crate::case_status::{day, day_began};

use super::listing::Time;
use super::row::Group;

/// The borders between the parts.
pub(super) struct Borders {
    pub now: Instant,
    /// When the civil day began of which `now` is the last instant or lies within.
    pub day_began: Instant,
    pub start_of_day: Instant,
    pub end_of_day: Instant,
    pub end_of_week: Instant,
}

/// Where in time, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Earlier,
    Today,
    ThisWeek,
    Later,
}

impl When {
    const ALL: [Self; 4] = [Self::Earlier, Self::Today, Self::ThisWeek, Self::Later];

    /// Where `at` lies.
    pub fn of(at: Instant, borders: &Borders) -> Self {
        if at <= borders.start_of_day {
            Self::Earlier
        } else if at <= borders.end_of_day {
            Self::Today
        } else if at <= borders.end_of_week {
            Self::ThisWeek
        } else {
            Self::Later
        }
    }

    /// By its number in a statement.
    pub fn numbered(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// Some rows of one class, by their times: behind `from` or at it, before `until` or at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Range {
    pub class: i64,
    pub from: Option<(Instant, bool)>,
    pub until: Option<(Instant, bool)>,
    /// Only while another row of the obligation has not taken its place.
    pub still: bool,
}

impl Borders {
    pub fn at(now: Instant) -> Self {
        let today = now.date();
        let left = 6 - u64::from(today.weekday().num_days_from_monday());
        let sunday = today.checked_add_days(Days::new(left)).unwrap_or(today);
        Self {
            now,
            day_began: day_began(now),
            start_of_day: Instant::start_of(today),
            end_of_day: Instant::end_of(today),
            end_of_week: Instant::end_of(sunday),
        }
    }

    /// The numbers of today and of Sunday as days.
    pub fn days(&self) -> (i64, i64) {
        (day(self.end_of_day), day(self.end_of_week))
    }

    /// The part of a row by its class, when its time is, and whether that has passed; none where
    /// another row of the obligation stands for it.
    pub fn group(time: Time, emergency: bool, when: When, passed: bool) -> Option<Group> {
        let coming = match when {
            When::Earlier | When::Today => Group::Today,
            When::ThisWeek => Group::ThisWeek,
            When::Later => Group::Later,
        };
        match time {
            Time::Danger => Some(Group::Danger),
            Time::AtOnce => Some(Group::AtOnce),
            Time::None => Some(Group::NoLimit),
            Time::Due | Time::DueAfterMind if passed && emergency => Some(Group::Danger),
            Time::Due | Time::DueAfterMind if passed => Some(Group::Overdue),
            Time::Due | Time::Mind | Time::MindBeforeDue => Some(coming),
            Time::DueAfterMind => None,
        }
    }

    /// The ranges that a part is made of.
    pub fn ranges(&self, group: Group, emergency: Option<bool>) -> Vec<Range> {
        let either = [false, true].into_iter();
        let cases = either.filter(|case| emergency.is_none_or(|wanted| wanted == *case));
        cases.flat_map(|case| self.of_case(group, case)).collect()
    }

    fn of_case(&self, group: Group, emergency: bool) -> Vec<Range> {
        let all = |time: Time| Range {
            class: time.class(emergency),
            ..Range::default()
        };
        let overdue = |time: Time| Range {
            until: Some((self.now, false)),
            ..all(time)
        };
        let late = || [overdue(Time::Due), overdue(Time::DueAfterMind)];
        let coming = |after: Option<Instant>, until: Option<Instant>| {
            let from = after.map(|after| (after, false));
            let until = until.map(|until| (until, true));
            let within = |time: Time| Range {
                from,
                until,
                still: time == Time::MindBeforeDue,
                ..all(time)
            };
            vec![
                Range {
                    from: from.or(Some((self.now, true))),
                    ..within(Time::Due)
                },
                within(Time::Mind),
                within(Time::MindBeforeDue),
            ]
        };
        match (group, emergency) {
            (Group::Danger, true) => {
                let [due, after_mind] = late();
                vec![all(Time::Danger), due, after_mind]
            }
            (Group::Danger, false) => vec![all(Time::Danger)],
            (Group::Overdue, true) => Vec::new(),
            (Group::Overdue, false) => late().to_vec(),
            (Group::AtOnce, _) => vec![all(Time::AtOnce)],
            (Group::Today, _) => coming(None, Some(self.end_of_day)),
            (Group::ThisWeek, _) => coming(Some(self.end_of_day), Some(self.end_of_week)),
            (Group::Later, _) => coming(Some(self.end_of_week), None),
            (Group::NoLimit, _) => vec![all(Time::None)],
        }
    }
}
