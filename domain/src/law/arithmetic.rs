//! How time limits are counted, day by day, so that every deadline can show its arithmetic
//! (Civil Code 2015, arts 144 to 148; Decree 56/2017 has no counting rule of its own).

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, UnknownYear};
use crate::language::Sentence;
use crate::time::Instant;

/// The unit of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitUnit {
    /// Clock hours, nights and holidays included (art. 147.1).
    Hour,
    /// Working days; the day of the event is not counted.
    WorkingDay,
    /// Calendar days; the day of the event is not counted (art. 147.2).
    CalendarDay,
    /// Months by the corresponding day (art. 148.3).
    Month,
}

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
}

/// One day of the arithmetic: counted with its number, or skipped with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Whether it counts.
    pub counted: bool,
    /// The how-manieth day it is, if counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Minutes of the limit that lie on this day, for a limit in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Why it is skipped, or worked out of turn (Vietnamese).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_en: Option<String>,
}

impl Day {
    fn new(date: NaiveDate, n: Option<u32>, why: Option<Sentence>) -> Self {
        let (why, why_en) = why.map(|why| (why.vi, why.en)).unzip();
        Self {
            date,
            counted: n.is_some(),
            n,
            minutes: None,
            why,
            why_en,
        }
    }
}

/// A deadline with the way it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arithmetic {
    /// The last instant in time: 24:00 of the last day is 00:00 of the following one.
    pub due_at: Instant,
    /// Every day between, counted or skipped.
    pub days: Vec<Day>,
}

/// Counts a limit from an instant. `prolonged`: whether a limit in calendar days or months whose
/// last day is a day off ends with the next working day (art. 148.5).
///
/// # Errors
/// [`UnknownYear`] where the calendar is needed and does not cover a year.
pub fn due(
    limit: Limit,
    from: Instant,
    prolonged: bool,
    calendar: &Calendar,
) -> Result<Arithmetic, UnknownYear> {
    match limit.unit {
        LimitUnit::Hour => Ok(hours(limit.amount, from)),
        LimitUnit::WorkingDay => working_days(limit.amount, from.date(), calendar),
        LimitUnit::CalendarDay => {
            let start = from.date();
            let days = (1..=limit.amount)
                .map(|n| Day::new(plus(start, n), Some(n), None))
                .collect();
            rolled(days, plus(start, limit.amount), prolonged, calendar)
        }
        LimitUnit::Month => {
            let start = from.date();
            let last = start
                .checked_add_months(Months::new(limit.amount))
                .unwrap_or(start);
            rolled(
                vec![Day::new(last, Some(limit.amount), None)],
                last,
                prolonged,
                calendar,
            )
        }
    }
}

fn plus(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(date)
}

fn hours(amount: u32, from: Instant) -> Arithmetic {
    let due_at = from.plus_hours(amount);
    let mut days = Vec::new();
    let mut at = from;
    while at < due_at {
        let date = at.date();
        let until = Instant::end_of(date).min(due_at);
        let minutes = (until.utc() - at.utc()).num_minutes();
        let mut day = Day::new(date, None, None);
        day.counted = true;
        day.minutes = u32::try_from(minutes).ok();
        days.push(day);
        at = until;
    }
    Arithmetic { due_at, days }
}

fn working_days(
    amount: u32,
    start: NaiveDate,
    calendar: &Calendar,
) -> Result<Arithmetic, UnknownYear> {
    let mut days = Vec::new();
    let mut n = 0;
    let mut date = start;
    while n < amount {
        date = plus(date, 1);
        let status = calendar.day(date)?;
        n += u32::from(status.working);
        days.push(Day::new(date, status.working.then_some(n), status.why));
    }
    Ok(Arithmetic {
        due_at: Instant::end_of(date),
        days,
    })
}

/// Moves a last day that is a day off on to the next working day.
fn rolled(
    mut days: Vec<Day>,
    last: NaiveDate,
    prolonged: bool,
    calendar: &Calendar,
) -> Result<Arithmetic, UnknownYear> {
    let mut date = last;
    if prolonged {
        loop {
            let status = calendar.day(date)?;
            if status.working {
                break;
            }
            if date == last
                && let Some(day) = days.last_mut()
            {
                (day.why, day.why_en) = status.why.map(|why| (why.vi, why.en)).unzip();
            } else {
                days.push(Day::new(date, None, status.why));
            }
            date = plus(date, 1);
        }
        if date != last {
            let why = Sentence::new("ngày làm việc tiếp theo", "the next working day");
            days.push(Day::new(date, None, Some(why)));
        }
    }
    debug_assert!(date.year() < 2300);
    Ok(Arithmetic {
        due_at: Instant::end_of(date),
        days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn count(amount: u32, unit: LimitUnit, from: &str, prolonged: bool) -> String {
        due(
            Limit { amount, unit },
            at(from),
            prolonged,
            &Calendar::shipped(),
        )
        .unwrap()
        .due_at
        .to_string()
    }

    #[test]
    fn twelve_hours_run_through_night_and_holiday() {
        assert_eq!(
            count(12, LimitUnit::Hour, "2024-02-09T22:40:00+07:00", true),
            "2024-02-10T10:40:00+07:00"
        );
    }

    #[test]
    fn five_working_days_over_tet() {
        let limit = Limit {
            amount: 5,
            unit: LimitUnit::WorkingDay,
        };
        let counted = due(
            limit,
            at("2024-02-07T16:40:00+07:00"),
            true,
            &Calendar::shipped(),
        )
        .unwrap();
        assert_eq!(counted.due_at.to_string(), "2024-02-22T00:00:00+07:00");
        assert_eq!(counted.days[0].why.as_deref(), Some("Tết Giáp Thìn"));
        assert!(!counted.days[0].counted);
        let first = counted.days.iter().find(|day| day.counted).unwrap();
        assert_eq!(
            (first.date.to_string(), first.n),
            ("2024-02-15".into(), Some(1))
        );
    }

    #[test]
    fn a_make_up_saturday_counts() {
        assert_eq!(
            count(2, LimitUnit::WorkingDay, "2024-05-02T09:00:00+07:00", true),
            "2024-05-05T00:00:00+07:00"
        );
    }

    #[test]
    fn a_separation_is_not_prolonged_by_a_weekend() {
        assert_eq!(
            count(
                15,
                LimitUnit::CalendarDay,
                "2024-03-01T09:00:00+07:00",
                false
            ),
            "2024-03-17T00:00:00+07:00"
        );
        assert_eq!(
            count(
                15,
                LimitUnit::CalendarDay,
                "2024-03-01T09:00:00+07:00",
                true
            ),
            "2024-03-19T00:00:00+07:00"
        );
    }

    #[test]
    fn a_month_ends_with_the_corresponding_day_or_the_last() {
        assert_eq!(
            count(6, LimitUnit::Month, "2026-08-31T09:00:00+07:00", false),
            "2027-03-01T00:00:00+07:00"
        );
        assert_eq!(
            count(1, LimitUnit::Month, "2024-01-31T09:00:00+07:00", true),
            "2024-03-01T00:00:00+07:00"
        );
    }

    #[test]
    fn a_limit_into_an_unknown_year_is_an_error() {
        let limit = Limit {
            amount: 5,
            unit: LimitUnit::WorkingDay,
        };
        assert_eq!(
            due(
                limit,
                at("2027-12-29T09:00:00+07:00"),
                true,
                &Calendar::shipped()
            ),
            Err(UnknownYear { year: 2028 })
        );
    }
}
