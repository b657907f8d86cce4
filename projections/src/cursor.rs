//! Cursors of lists: opaque text that says behind which row a page begins. Whoever reads one from
//! outside gets an error when it was not given out by the same list.

use std::fmt::Write as _;

use chrono::Datelike as _;
use domain::time::Instant;

use crate::error::QueryError;

/// Where a page begins: numbers that order the list, under the name of the list.
#[must_use]
pub(crate) fn encode(list: &str, numbers: &[i64]) -> String {
    let mut plain = list.to_owned();
    for number in numbers {
        let _ = write!(plain, ",{number}");
    }
    let mut cursor = String::with_capacity(plain.len() * 2);
    for byte in plain.bytes() {
        let _ = write!(cursor, "{byte:02x}");
    }
    cursor
}

/// Reads a cursor of that list with so many numbers.
pub(crate) fn decode<const N: usize>(list: &str, cursor: &str) -> Result<[i64; N], QueryError> {
    read(list, cursor).ok_or(QueryError::Cursor)
}

fn read<const N: usize>(list: &str, cursor: &str) -> Option<[i64; N]> {
    if cursor.len() > 400 || !cursor.len().is_multiple_of(2) || !cursor.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..cursor.len() / 2)
        .map(|index| u8::from_str_radix(&cursor[index * 2..index * 2 + 2], 16).ok())
        .collect();
    let plain = String::from_utf8(bytes?).ok()?;
    let mut parts = plain.split(',');
    if parts.next()? != list {
        return None;
    }
    let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    // Only the very text that was given out.
    (encode(list, &numbers) == cursor).then(|| numbers.try_into().ok())?
}

/// An instant of a cursor, from its microseconds.
pub(crate) fn instant(micros: i64) -> Result<Instant, QueryError> {
    // What PostgreSQL can compare with lies within these years.
    chrono::DateTime::from_timestamp_micros(micros)
        .filter(|at| (1..=9999).contains(&at.year()))
        .map(Instant::new)
        .ok_or(QueryError::Cursor)
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// How many rows the whole list has.
    pub total: i64,
    /// There are more than `total`: counting them all would mean to look at them all.
    pub at_least: bool,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
}

/// Cuts the one row too many that was asked for to see whether there is a next page.
pub(crate) fn page<T>(
    mut items: Vec<T>,
    limit: usize,
    total: i64,
    cursor: impl Fn(&T) -> String,
) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(cursor);
    Page {
        items,
        total,
        at_least: false,
        next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_its_own_list_only() {
        let cursor = encode("cases", &[12, -3]);
        assert_eq!(decode::<2>("cases", &cursor).unwrap(), [12, -3]);
        assert!(decode::<2>("worklist", &cursor).is_err());
        assert!(decode::<1>("cases", &cursor).is_err());
        for bad in ["", "x", "zz", "ấ", "6361736573", &"00".repeat(300), "+1"] {
            assert!(decode::<2>("cases", bad).is_err(), "{bad}");
        }
    }
}
