//! Days counted slowly and independently of the domain: its own weekdays, its own reading of the
//! calendar file, one day after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use domain::law::{Limit, LimitUnit};
use domain::time::Instant;

/// Year, month, day.
pub type Day = (i32, u32, u32);

/// What the calendar file says: covered years, and listed days with whether they are worked.
pub struct Table {
    years: Vec<i32>,
    days: BTreeMap<Day, bool>,
    weekends: BTreeSet<Day>,
}

impl Table {
    /// The table of the shipped file.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Table> = OnceLock::new();
        SHIPPED.get_or_init(Self::read)
    }

    /// Reads the shipped file line by line.
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/calendars/vietnam.toml");
        let text = std::fs::read_to_string(path).unwrap();
        let mut years = Vec::new();
        let mut days = BTreeMap::new();
        let mut date = None;
        for line in text.lines() {
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            if let Ok(year) = key.parse() {
                years.push(year);
            } else if key == "date" {
                let mut parts = value.split('-');
                let mut next = || parts.next().unwrap();
                let year = next().parse().unwrap();
                let (month, day) = (next().parse().unwrap(), next().parse().unwrap());
                date = Some((year, month, day));
            } else if key == "kind" {
                let worked = match value.trim_matches('"') {
                    "holiday" | "compensatory" | "swap-off" => false,
                    "make-up" => true,
                    _ => continue,
                };
                days.insert(date.unwrap(), worked);
            }
        }
        assert!(years.len() >= 5 && days.len() > 50);
        Self {
            years,
            days,
            weekends: weekends(),
        }
    }

    fn worked(&self, day: Day) -> Option<bool> {
        if !self.years.contains(&day.0) {
            return None;
        }
        let listed = self.days.get(&day).copied();
        Some(listed.unwrap_or(!self.weekends.contains(&day)))
    }

    /// The due instant as RFC 3339 text, or none where a year is not known.
    pub fn due(&self, limit: Limit, from: Instant, prolonged: bool) -> Option<String> {
        let text = from.to_string();
        let mut day = parse(&text);
        match limit.unit {
            LimitUnit::Hour => {
                let (mut hour, rest) = (number(&text[11..13]) + limit.amount, &text[13..]);
                while hour >= 24 {
                    hour -= 24;
                    day = next(day);
                }
                Some(format!("{}T{hour:02}{rest}", write(day)))
            }
            LimitUnit::WorkingDay => {
                let mut left = limit.amount;
                while left > 0 {
                    day = next(day);
                    left -= u32::from(self.worked(day)?);
                }
                Some(end(day))
            }
            LimitUnit::CalendarDay => {
                for _ in 0..limit.amount {
                    day = next(day);
                }
                while prolonged && !self.worked(day)? {
                    day = next(day);
                }
                Some(end(day))
            }
            LimitUnit::Month => {
                let month = day.1 - 1 + limit.amount;
                let year = day.0 + i32::try_from(month / 12).unwrap();
                let month = month % 12 + 1;
                day = (year, month, day.2.min(length(year, month)));
                while prolonged && !self.worked(day)? {
                    day = next(day);
                }
                Some(end(day))
            }
        }
    }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap()
}

fn parse(text: &str) -> Day {
    let year = text[..4].parse().unwrap();
    (year, number(&text[5..7]), number(&text[8..10]))
}

fn write((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn end(day: Day) -> String {
    format!("{}T00:00:00+07:00", write(next(day)))
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next((year, month, day): Day) -> Day {
    if day < length(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

/// Saturdays and Sundays from Monday 1 January 2018 on.
fn weekends() -> BTreeSet<Day> {
    let (mut day, mut weekday) = ((2018, 1, 1), 0);
    let mut found = BTreeSet::new();
    while day.0 < 2035 {
        if weekday >= 5 {
            found.insert(day);
        }
        day = next(day);
        weekday = (weekday + 1) % 7;
    }
    found
}
