//! Working days of Viet Nam: holidays, days off in exchange and make-up working days as versioned
//! data. A year that the data does not cover is an error that says so, never a silent Monday to
//! Friday.

mod adopted;
mod definition;

use chrono::{Datelike, NaiveDate, Weekday};

pub use adopted::{AdoptedCalendars, AdoptedFacts, CalendarEvent, THE_CALENDAR};
pub use definition::{Calendar, CalendarError, DayKind, YearStatus};

use crate::language::Sentence;

/// Why no answer about a day can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar of {year} is not known")]
pub struct UnknownYear {
    /// The year that the calendar does not cover.
    pub year: i32,
}

impl UnknownYear {
    /// What to tell the reader.
    #[must_use]
    pub fn sentence(self) -> Sentence {
        let year = self.year;
        Sentence::new(
            format!(
                "Chưa có lịch nghỉ lễ năm {year} trong hệ thống nên chưa tính được ngày làm việc. \
                 Hãy báo người quản trị cập nhật lịch."
            ),
            format!(
                "The public holidays of {year} are not in the system yet, so working days cannot \
                 be counted. Ask the administrator to bring the calendar up to date."
            ),
        )
    }
}

/// What a day is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayStatus {
    /// Whether officials work on that day.
    pub working: bool,
    /// The reason, unless it is an ordinary weekday.
    pub why: Option<Sentence>,
}

impl Calendar {
    /// Whether `date` is a working day, and why (Labour Code 2019, arts 111, 112).
    ///
    /// # Errors
    /// [`UnknownYear`] when the calendar does not cover the year of `date`.
    pub fn day(&self, date: NaiveDate) -> Result<DayStatus, UnknownYear> {
        if self.year(date.year()).is_none() {
            return Err(UnknownYear { year: date.year() });
        }
        if let Some(listed) = self.listed(date) {
            match listed.kind {
                DayKind::Holiday | DayKind::Compensatory | DayKind::SwapOff => {
                    return Ok(DayStatus {
                        working: false,
                        why: Some(listed.name.clone()),
                    });
                }
                DayKind::MakeUp => {
                    return Ok(DayStatus {
                        working: true,
                        why: Some(listed.name.clone()),
                    });
                }
                DayKind::Unconfirmed => {}
            }
        }
        Ok(match date.weekday() {
            Weekday::Sat => off("thứ Bảy", "Saturday"),
            Weekday::Sun => off("Chủ nhật", "Sunday"),
            _ => DayStatus {
                working: true,
                why: None,
            },
        })
    }

    /// The days that `other` sees otherwise, with how it sees them, in order. Years that only one of
    /// them covers are left out: nothing was counted in them before, or nothing is now.
    #[must_use]
    pub fn changed_days(&self, other: &Self) -> Vec<(NaiveDate, DayStatus)> {
        let listed = self.listed_days().chain(other.listed_days());
        let days: std::collections::BTreeSet<_> = listed.collect();
        days.into_iter()
            .filter_map(|date| {
                let (was, is) = (self.day(date).ok()?, other.day(date).ok()?);
                (was.working != is.working).then_some((date, is))
            })
            .collect()
    }

    /// The first working day from `date` on, `date` itself included; `date` where the calendar does not
    /// know.
    #[must_use]
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        let mut days = date.iter_days().take(31);
        days.find(|day| self.day(*day).map_or(true, |day| day.working))
            .unwrap_or(date)
    }

    /// How many working days lie after `from` and up to and including `to`.
    ///
    /// # Errors
    /// [`UnknownYear`] when the calendar does not cover a day between them.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, UnknownYear> {
        let mut count = 0;
        for date in from.iter_days().skip(1).take_while(|date| *date <= to) {
            count += u32::from(self.day(date)?.working);
        }
        Ok(count)
    }
}

fn off(vi: &str, en: &str) -> DayStatus {
    DayStatus {
        working: false,
        why: Some(Sentence::new(vi, en)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_of_each_year_are_as_announced() {
        let calendar = Calendar::shipped();
        for (year, expected) in [(2023, 249), (2024, 251), (2025, 250), (2026, 250)] {
            let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let after_first = calendar.working_days_between(first, last).unwrap();
            let on_first = u32::from(calendar.day(first).unwrap().working);
            assert_eq!(after_first + on_first, expected, "{year}");
        }
    }

    #[test]
    fn a_make_up_saturday_is_worked_and_its_monday_is_not() {
        let calendar = Calendar::shipped();
        assert!(calendar.day(date("2024-05-04")).unwrap().working);
        let monday = calendar.day(date("2024-04-29")).unwrap();
        assert!(!monday.working);
        assert!(monday.why.unwrap().vi.contains("hoán đổi"));
    }

    #[test]
    fn an_unconfirmed_holiday_counts_as_an_ordinary_day() {
        assert!(Calendar::shipped().day(date("2026-11-24")).unwrap().working);
    }

    #[test]
    fn an_unknown_year_is_an_error() {
        let calendar = Calendar::shipped();
        assert_eq!(
            calendar.day(date("2028-01-03")),
            Err(UnknownYear { year: 2028 })
        );
        assert_eq!(
            calendar.working_days_between(date("2027-12-30"), date("2028-01-04")),
            Err(UnknownYear { year: 2028 })
        );
    }
}
