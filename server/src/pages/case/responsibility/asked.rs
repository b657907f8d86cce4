//! What of the board is asked for: an instant, what counts at it, and a period.

use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use domain::responsibility::{Basis, Board};
use domain::time::{Date, Instant};

use crate::pages::query::Asked;

/// What cannot be read, by the field that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// The instant.
    At,
    /// The first or last day.
    Period,
}

/// The instant and the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The instant to look at.
    pub at: Instant,
    /// What counts at it.
    pub basis: Basis,
    /// First and last instant of the time axis.
    pub period: (Instant, Instant),
    /// Only a part of the case was asked for.
    pub zoomed: bool,
}

impl Wanted {
    /// What is shown unless asked otherwise: now, or the end of a case that has ended; all of it.
    pub fn usual(board: &Board) -> Self {
        Self {
            at: if board.until() == board.observed_at {
                board.until()
            } else {
                whole_minute(board.until())
            },
            basis: Basis::Happened,
            period: whole(board),
            zoomed: false,
        }
    }

    /// What was asked for.
    pub fn read(asked: &Asked, board: &Board) -> Result<Self, Unreadable> {
        let mut wanted = Self::usual(board);
        if let Some(text) = asked.get("at") {
            wanted.at = instant(text).ok_or(Unreadable::At)?;
        }
        if asked.is("basis", "recorded") {
            wanted.basis = Basis::Recorded;
        }
        let day = |name: &str| match asked.get(name) {
            None => Ok(None),
            Some(text) => Date::parse(text).map(Some).map_err(|_| Unreadable::Period),
        };
        let (from, to) = (day("from")?, day("to")?);
        wanted.zoomed = from.is_some() || to.is_some();
        if let Some(from) = from {
            wanted.period.0 = Instant::start_of(from.0);
        }
        if let Some(to) = to {
            wanted.period.1 = Instant::end_of(to.0);
        }
        if wanted.period.0 >= wanted.period.1 {
            return Err(Unreadable::Period);
        }
        Ok(wanted)
    }
}

/// The whole case, with limits that are soon reached.
fn whole(board: &Board) -> (Instant, Instant) {
    let points = board.recordings.iter().map(|one| one.occurred_at);
    let first = points
        .min()
        .map_or(board.from, |first| first.min(board.from));
    let until = board.until();
    let length = (until.utc() - first.utc()).max(chrono::TimeDelta::hours(6));
    let soon = until.utc() + length / 6;
    let limits = board.obligations.iter().filter(|bar| bar.to.is_none());
    let last = limits
        .filter_map(|bar| bar.obligation.due_at)
        .filter(|due| due.utc() <= soon)
        .max();
    let end = last.map_or(until, |last| last.max(until)).utc() + length / 40;
    (first, Instant::from(end.max(first.utc() + length)))
}

/// `2024-02-08T09:00` on the clock of the procedure, `2024-02-08`, or with an offset.
pub fn instant(text: &str) -> Option<Instant> {
    if let Ok(at) = Instant::parse(text) {
        return Some(at);
    }
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let day = Date::parse(day).ok()?;
    let time = ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(time, form).ok())?;
    let minutes = chrono::TimeDelta::seconds(time.num_seconds_from_midnight().into());
    Some(Instant::from(Instant::start_of(day.0).utc() + minutes))
}

/// As the address and the field have it: `2024-02-08T09:00`. What happened within a minute is there
/// when the minute is over.
pub fn minute(at: Instant) -> String {
    let at = at.local();
    let full = at.second() == 0 && at.nanosecond() == 0;
    let at = if full {
        at
    } else {
        at + chrono::TimeDelta::minutes(1)
    };
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// The same, but never later than now.
pub fn minute_shown(at: Instant, now: Instant) -> String {
    if whole_minute(at) > now {
        at.local().format("%Y-%m-%dT%H:%M").to_string()
    } else {
        minute(at)
    }
}

/// The minute at which an instant is there.
pub fn whole_minute(at: Instant) -> Instant {
    instant(&minute(at)).unwrap_or(at)
}

/// Some days around an instant.
pub fn around(at: Instant, days: u64) -> (NaiveDate, NaiveDate) {
    let day = at.date();
    let from = day.checked_sub_days(Days::new(days / 2)).unwrap_or(day);
    let to = day.checked_add_days(Days::new(days / 2)).unwrap_or(day);
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_on_the_clock_of_the_procedure() {
        let nine = Instant::parse("2024-02-08T09:00:00+07:00").unwrap();
        for text in [
            "2024-02-08T09:00",
            "2024-02-08 09:00",
            "2024-02-08T09:00:00",
            "2024-02-08T02:00:00Z",
        ] {
            assert_eq!(instant(text), Some(nine), "{text}");
        }
        assert_eq!(
            instant("2024-02-08"),
            Instant::parse("2024-02-08T00:00:00+07:00").ok()
        );
        for text in ["", "x", "2024-02-30T09:00", "2024-02-08T25:00", "9:00"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_minute_that_has_begun_counts_when_it_is_over() {
        let at = |text| Instant::parse(text).unwrap();
        assert_eq!(minute(at("2024-02-08T09:00:00+07:00")), "2024-02-08T09:00");
        let later = at("2024-02-08T09:00:00.5+07:00");
        assert_eq!(minute(later), "2024-02-08T09:01");
        assert_eq!(whole_minute(later), at("2024-02-08T09:01:00+07:00"));
    }
}
