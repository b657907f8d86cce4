//! Instants and civil dates. They are separate types: a date has no hour, and an hour that nobody
//! knows is left out, never written as 00:00. The time zone of the procedure is
//! Asia/Ho_Chi_Minh: UTC+7, without daylight saving.

use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The years that are read, as the begin of a text.
const YEARS: &str = "^(19|20|21)[0-9]{2}-";

const OFFSET_SECONDS: i32 = 7 * 3600;

/// The offset of Asia/Ho_Chi_Minh.
#[must_use]
pub fn zone() -> FixedOffset {
    FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// A point in time, to the microsecond. Read from RFC 3339 with any offset, written with +07:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// The instant, with what is finer than a microsecond cut off.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }

    /// Reads RFC 3339 text with an offset.
    ///
    /// # Errors
    /// A short code when the text is no instant or lies outside the years 1900 to 2199.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| "not-an-instant")?;
        let at = Self::new(at.with_timezone(&Utc));
        // The year in which it is written, so that what was read once can be read again.
        if !(1900..2200).contains(&at.local().year()) {
            return Err("impossible-date");
        }
        Ok(at)
    }

    /// As UTC.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// As local time of Asia/Ho_Chi_Minh.
    #[must_use]
    pub fn local(self) -> DateTime<FixedOffset> {
        self.0.with_timezone(&zone())
    }

    /// The civil date in Asia/Ho_Chi_Minh.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// 00:00 of a civil date in Asia/Ho_Chi_Minh.
    #[must_use]
    pub fn start_of(date: NaiveDate) -> Self {
        let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc();
        Self(midnight - TimeDelta::seconds(i64::from(OFFSET_SECONDS)))
    }

    /// 24:00 of a civil date, which is 00:00 of the following one (Civil Code 2015, art. 148.6).
    #[must_use]
    pub fn end_of(date: NaiveDate) -> Self {
        Self::start_of(date.checked_add_days(Days::new(1)).unwrap_or(date))
    }

    /// This instant moved by a number of hours.
    #[must_use]
    pub fn plus_hours(self, hours: u32) -> Self {
        Self(self.0 + TimeDelta::hours(i64::from(hours)))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.local();
        if local.timestamp_subsec_micros() == 0 {
            write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S%:z"))
        } else {
            write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S%.6f%:z"))
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

described!(Instant, { "type": "string", "format": "date-time", "pattern": YEARS });

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self::new(at)
    }
}

/// A civil date `YYYY-MM-DD` between 1900 and 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(pub NaiveDate);

impl Date {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// A short code when the text is no date or the day does not exist.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| match i {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err("not-a-date");
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "impossible-date")?;
        if (1900..2200).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err("impossible-date")
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

described!(Date, { "type": "string", "format": "date", "pattern": YEARS });

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// When something happened, as exactly as it is known: the minute, or only the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Moment {
    /// The minute is known.
    At(Instant),
    /// Only the day is known.
    On(Date),
}

impl Moment {
    /// The civil date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::At(at) => at.date(),
            Self::On(date) => date.0,
        }
    }

    /// The earliest instant that it can have been.
    #[must_use]
    pub fn earliest(self) -> Instant {
        match self {
            Self::At(at) => at,
            Self::On(date) => Instant::start_of(date.0),
        }
    }

    /// The instant until which it lasts: itself, or 24:00 of the day.
    #[must_use]
    pub fn latest(self) -> Instant {
        match self {
            Self::At(at) => at,
            Self::On(date) => Instant::end_of(date.0),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        if text.len() <= 10 {
            Date::parse(&text).map(Self::On)
        } else {
            Instant::parse(&text).map(Self::At)
        }
        .map_err(D::Error::custom)
    }
}

described!(Moment, { "anyOf": [
    { "type": "string", "format": "date-time", "pattern": YEARS },
    { "type": "string", "format": "date", "pattern": YEARS },
]});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_the_time_of_the_procedure() {
        let at = Instant::parse("2024-02-09T15:40:00Z").unwrap();
        assert_eq!(at.to_string(), "2024-02-09T22:40:00+07:00");
        assert_eq!(at.date().to_string(), "2024-02-09");
        assert_eq!(at, Instant::parse("2024-02-09T22:40:00+07:00").unwrap());
    }

    #[test]
    fn the_end_of_a_day_is_the_start_of_the_next() {
        let day = Date::parse("2024-02-29").unwrap().0;
        assert_eq!(
            Instant::end_of(day).to_string(),
            "2024-03-01T00:00:00+07:00"
        );
        assert_eq!(
            Instant::start_of(day).to_string(),
            "2024-02-29T00:00:00+07:00"
        );
    }

    #[test]
    fn impossible_times_are_refused() {
        assert_eq!(Date::parse("2023-02-29"), Err("impossible-date"));
        assert_eq!(Date::parse("2023-2-9"), Err("not-a-date"));
        assert_eq!(
            Instant::parse("2024-02-30T10:00:00+07:00"),
            Err("not-an-instant")
        );
        assert_eq!(Instant::parse("2024-02-20T10:00:00"), Err("not-an-instant"));
        assert_eq!(
            Instant::parse("0001-02-20T10:00:00Z"),
            Err("impossible-date")
        );
        // In Viet Nam this is the year 2200 already: it could not be read again.
        assert_eq!(
            Instant::parse("2199-12-31T20:00:00Z"),
            Err("impossible-date")
        );
    }

    #[test]
    fn a_moment_keeps_how_much_is_known() {
        let day: Moment = serde_json::from_str("\"2024-02-09\"").unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2024-02-09\"");
        let minute: Moment = serde_json::from_str("\"2024-02-09T22:00:00+07:00\"").unwrap();
        assert_eq!(
            serde_json::to_string(&minute).unwrap(),
            "\"2024-02-09T22:00:00+07:00\""
        );
    }
}
