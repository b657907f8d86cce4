//! When offices work: invented acts happen at believable times.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Timelike, Weekday};
use domain::calendar::Calendar;
use domain::law::{Limit, LimitUnit, due};
use domain::time::Instant;

use super::random::Random;

/// The working hours of an office, by the calendar of working days.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    calendar: Arc<Calendar>,
}

/// `at` moved by a number of minutes.
pub(super) fn plus_minutes(at: Instant, minutes: i64) -> Instant {
    Instant::new(at.utc() + TimeDelta::minutes(minutes))
}

/// `date` moved by a number of days.
pub(super) fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    let moved = if days < 0 {
        date.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        date.checked_add_days(Days::new(days.unsigned_abs()))
    };
    moved.unwrap_or(date)
}

/// An instant of a day, with seconds.
pub(super) fn on(date: NaiveDate, hour: i64, minute: i64, second: i64) -> Instant {
    let seconds = hour * 3600 + minute * 60 + second;
    Instant::new(Instant::start_of(date).utc() + TimeDelta::seconds(seconds))
}

impl Hours {
    pub(super) fn new(calendar: Arc<Calendar>) -> Self {
        Self { calendar }
    }

    /// Whether offices work on `date`. Beyond the calendar: Monday to Friday; here that decides
    /// only when something invented happens.
    pub(super) fn works(&self, date: NaiveDate) -> bool {
        self.calendar.day(date).map_or(
            !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
            |day| day.working,
        )
    }

    /// Whether `date` is a day off of the Lunar New Year.
    pub(super) fn new_year(&self, date: NaiveDate) -> bool {
        date.month() <= 2
            && date.ordinal() > 2
            && self.calendar.day(date).is_ok_and(|day| {
                !day.working && day.why.is_some_and(|why| why.vi.starts_with("Tết"))
            })
    }

    /// The `count`-th working day after `date`, or before it where `count` is negative. Zero:
    /// `date` itself, or the next working day.
    pub(super) fn working_day(&self, date: NaiveDate, count: i64) -> NaiveDate {
        let step = if count < 0 { -1 } else { 1 };
        let mut left = count.abs();
        let mut date = date;
        if count == 0 {
            while !self.works(date) {
                date = plus_days(date, 1);
            }
        }
        while left > 0 {
            date = plus_days(date, step);
            left -= i64::from(self.works(date));
        }
        date
    }

    /// Some time of `date` within office hours.
    pub(super) fn office(&self, random: &mut Random, date: NaiveDate) -> Instant {
        let minute = if random.chance(60) {
            random.between(7 * 60 + 35, 11 * 60 + 25)
        } else {
            random.between(13 * 60 + 35, 16 * 60 + 50)
        };
        on(date, 0, minute, random.between(0, 59))
    }

    /// `at` if offices are open then, else shortly after they open next.
    pub(super) fn opening(&self, random: &mut Random, at: Instant) -> Instant {
        let date = at.date();
        let local = at.local();
        let minute = i64::from(local.hour() * 60 + local.minute());
        let early = random.between(5, 50);
        let second = random.between(0, 59);
        match minute {
            _ if !self.works(date) => on(self.working_day(date, 1), 7, 30 + early, second),
            0..450 => on(date, 7, 30 + early, second),
            690..810 => on(date, 13, 30 + early, second),
            1020.. => on(self.working_day(date, 1), 7, 30 + early, second),
            _ => at,
        }
    }

    /// The latest working day from which `days` working days end with `last`, if any.
    pub(super) fn day_before(&self, days: u32, last: NaiveDate) -> Option<NaiveDate> {
        let limit = Limit {
            amount: days,
            unit: LimitUnit::WorkingDay,
        };
        (1..40).map(|back| plus_days(last, -back)).find(|date| {
            let from = on(*date, 9, 0, 0);
            let found = due(limit, from, true, &self.calendar);
            self.works(*date) && found.is_ok_and(|found| found.due_at == Instant::end_of(last))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_skip_the_new_year() {
        let hours = Hours::new(Calendar::shipped());
        assert_eq!(hours.working_day(date("2024-02-07"), 1), date("2024-02-15"));
        assert_eq!(
            hours.working_day(date("2024-02-15"), -1),
            date("2024-02-07")
        );
        assert_eq!(hours.working_day(date("2024-02-09"), 0), date("2024-02-15"));
        assert!(hours.new_year(date("2024-02-09")));
        assert!(!hours.new_year(date("2024-01-01")));
    }

    #[test]
    fn nobody_is_in_the_office_at_night() {
        let hours = Hours::new(Calendar::shipped());
        let mut random = Random::new(1, 1);
        let night = Instant::parse("2024-03-15T22:00:00+07:00").unwrap();
        assert_eq!(hours.opening(&mut random, night).date(), date("2024-03-18"));
        let noon = Instant::parse("2024-03-15T12:00:00+07:00").unwrap();
        let after = hours.opening(&mut random, noon);
        assert_eq!(
            (after.date(), after.local().hour() >= 13),
            (date("2024-03-15"), true)
        );
    }

    #[test]
    fn a_limit_is_found_backwards() {
        let hours = Hours::new(Calendar::shipped());
        assert_eq!(
            hours.day_before(5, date("2024-03-18")),
            Some(date("2024-03-11"))
        );
        assert_eq!(hours.day_before(5, date("2024-03-17")), None);
    }
}
