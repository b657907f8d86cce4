//! The time axis: where an instant stands on it, and its ticks.

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, TimeDelta};
use domain::time::{Instant, zone};

/// The most ticks on an axis.
const MOST: i64 = 10;

/// A time axis from the left to the right edge.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    from: Instant,
    to: Instant,
}

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it stands, in percent.
    pub x: String,
    /// What it says.
    pub text: String,
    /// Where its text begins: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// It may be left out where there is little room.
    pub spare: bool,
}

/// What lies between two ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Minutes(i64),
    Hours(i64),
    Days(i64),
    Months(u32),
}

const STEPS: [Step; 17] = [
    Step::Minutes(10),
    Step::Minutes(30),
    Step::Hours(1),
    Step::Hours(3),
    Step::Hours(6),
    Step::Hours(12),
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(60),
    Step::Months(240),
];

impl Step {
    fn minutes(self) -> i64 {
        match self {
            Self::Minutes(count) => count,
            Self::Hours(count) => count * 60,
            Self::Days(count) => count * 1440,
            Self::Months(count) => i64::from(count) * 30 * 1440,
        }
    }

    /// The first tick at or before an instant.
    fn begin(self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let day = match self {
            Self::Days(days) if days % 7 == 0 => {
                let back = at.date_naive().weekday().num_days_from_monday();
                at.date_naive() - TimeDelta::days(back.into())
            }
            Self::Months(months) => {
                let months = months.cast_signed();
                let first = (at.year() * 12 + at.month0().cast_signed()) / months * months;
                NaiveDate::from_ymd_opt(first / 12, first.cast_unsigned() % 12 + 1, 1)
                    .unwrap_or(at.date_naive())
            }
            _ => at.date_naive(),
        };
        midnight(day).unwrap_or(at)
    }

    fn next(self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        match self {
            Self::Months(months) => at
                .checked_add_months(Months::new(months))
                .unwrap_or(at + TimeDelta::days(30)),
            step => at + TimeDelta::minutes(step.minutes()),
        }
    }

    fn text(self, at: DateTime<FixedOffset>) -> String {
        let form = match self {
            Self::Minutes(_) | Self::Hours(_) if at.format("%H:%M").to_string() == "00:00" => {
                "%d/%m"
            }
            Self::Minutes(_) | Self::Hours(_) => "%H:%M",
            Self::Days(_) => "%d/%m",
            Self::Months(months) if months < 12 => "%m/%Y",
            Self::Months(_) => "%Y",
        };
        at.format(form).to_string()
    }
}

fn midnight(day: NaiveDate) -> Option<DateTime<FixedOffset>> {
    let start = day.and_time(chrono::NaiveTime::MIN);
    start.and_local_timezone(zone()).single()
}

impl Axis {
    /// An axis over a period.
    pub const fn new((from, to): (Instant, Instant)) -> Self {
        Self { from, to }
    }

    /// Where an instant stands, from 0 to 100; beyond that it lies outside.
    #[expect(clippy::cast_precision_loss, reason = "a pixel is enough")]
    pub fn place(&self, at: Instant) -> f64 {
        let length = (self.to.utc() - self.from.utc()).num_seconds().max(1);
        let passed = (at.utc() - self.from.utc()).num_seconds();
        passed as f64 * 100.0 / length as f64
    }

    /// Whether an instant lies on it.
    pub fn shows(&self, at: Instant) -> bool {
        self.from <= at && at <= self.to
    }

    /// The part of a time that lies on it: where it begins and how wide it is. A time that is over at
    /// once is still to be seen.
    pub fn part(&self, from: Instant, to: Instant) -> Option<(f64, f64)> {
        if to < self.from || self.to < from {
            return None;
        }
        let begin = self.place(from).clamp(0.0, 99.5);
        let end = self.place(to).clamp(0.0, 100.0);
        Some((begin, (end - begin).max(0.5)))
    }

    /// Its ticks, at most about ten, at hours, days, weeks or months that people count by.
    pub fn ticks(&self) -> Vec<Tick> {
        let minutes = (self.to.utc() - self.from.utc()).num_minutes();
        let step = STEPS
            .into_iter()
            .find(|step| minutes / step.minutes() <= MOST)
            .unwrap_or(Step::Months(240));
        let mut ticks = Vec::new();
        let mut at = step.begin(self.from.local());
        while ticks.len() < 40 {
            let instant = Instant::from(at.to_utc());
            if instant > self.to {
                break;
            }
            let place = self.place(instant);
            if place >= 0.0 {
                ticks.push(Tick {
                    x: percent(place),
                    text: step.text(at),
                    anchor: anchor(place),
                    spare: false,
                });
            }
            at = step.next(at);
        }
        if ticks.len() > 5 {
            for (index, tick) in ticks.iter_mut().enumerate() {
                tick.spare = index % 2 == 1;
            }
        }
        ticks
    }
}

/// Words near an edge stay inside.
pub fn anchor(place: f64) -> &'static str {
    match place {
        ..4.0 => "start",
        96.0.. => "end",
        _ => "middle",
    }
}

/// As an attribute has it.
pub fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(from: &str, to: &str) -> Axis {
        let at = |text: &str| Instant::parse(&format!("{text}:00+07:00")).unwrap();
        Axis::new((at(from), at(to)))
    }

    fn texts(from: &str, to: &str) -> Vec<String> {
        let ticks = axis(from, to).ticks();
        ticks.into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_stand_where_people_count_from() {
        assert_eq!(
            texts("2024-02-08T08:20", "2024-02-08T20:00"),
            ["09:00", "12:00", "15:00", "18:00"]
        );
        assert_eq!(
            texts("2024-02-07T20:00", "2024-02-09T20:00"),
            [
                "08/02", "06:00", "12:00", "18:00", "09/02", "06:00", "12:00", "18:00"
            ]
        );
        // Weeks begin with Monday.
        assert_eq!(
            texts("2024-02-07T00:00", "2024-04-01T00:00")[..3],
            ["12/02", "19/02", "26/02"]
        );
        assert_eq!(
            texts("2024-02-07T00:00", "2026-01-31T00:00")[..3],
            ["04/2024", "07/2024", "10/2024"]
        );
        assert_eq!(texts("2004-02-07T00:00", "2026-01-31T00:00").len(), 5);
    }

    #[test]
    fn there_are_never_too_many() {
        for days in 1..4000 {
            let from = Instant::parse("2020-01-15T10:10:00+07:00").unwrap();
            let to = Instant::from(from.utc() + TimeDelta::days(days));
            let count = Axis::new((from, to)).ticks().len();
            assert!((2..=14).contains(&count), "{days} days: {count}");
        }
    }

    #[test]
    fn what_is_over_at_once_is_still_seen() {
        let axis = axis("2024-02-08T00:00", "2024-02-09T00:00");
        let at = Instant::parse("2024-02-08T12:00:00+07:00").unwrap();
        assert_eq!(axis.part(at, at), Some((50.0, 0.5)));
        let before = Instant::parse("2024-02-07T12:00:00+07:00").unwrap();
        assert_eq!(axis.part(before, before), None);
    }
}
