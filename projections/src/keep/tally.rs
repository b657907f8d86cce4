//! How many rows have the same values in some columns, counted while rows are made, so that the table
//! that says so is written once.

use std::collections::HashMap;

use super::packed::ordered;
use crate::models::Models;
use crate::sql::{Sql, Tx};
use crate::table::{Cell, Counts, Row, Table};

/// With more different values than this, what was counted is written before all is counted.
const MOST_VALUES: usize = 200_000;

/// How many are written by one statement.
const AT_ONCE: usize = 200;

/// What has been counted of one table.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Where the columns stand that it is counted by; none where it is not counted.
    by: Vec<usize>,
    /// How many, by these values one behind the other, whose bytes are ordered as they are.
    counted: HashMap<Box<[u8]>, i64>,
    /// The values of the row that is counted now.
    values: Vec<u8>,
}

/// A value that rows are counted by.
enum Value {
    Text(String),
    Integer(i64),
    None,
}

/// What stands before a value, to tell of which kind it is.
const NONE: u8 = 0;
const INTEGER: u8 = 1;
const TEXT: u8 = 2;

/// What stands behind a text: no text has it in it.
const END: u8 = 0;

impl Tally {
    /// Nothing counted of `table` yet.
    pub fn of(table: &Table) -> Self {
        let counts = table.counts.as_ref();
        Self {
            by: counts.map_or_else(Vec::new, |counts| table.places(counts.by)),
            ..Self::default()
        }
    }

    /// Counts a row.
    pub fn count(&mut self, row: &Row) {
        if self.by.is_empty() {
            return;
        }
        self.values.clear();
        for place in &self.by {
            match row.get(*place) {
                Some(Cell::Text(text)) => {
                    self.values.push(TEXT);
                    self.values.extend(text.as_bytes());
                    self.values.push(END);
                }
                Some(Cell::Integer(number)) => {
                    self.values.push(INTEGER);
                    self.values.extend(ordered(*number));
                }
                _ => self.values.push(NONE),
            }
        }
        match self.counted.get_mut(&self.values[..]) {
            Some(total) => *total += 1,
            None => drop(self.counted.insert(self.values.as_slice().into(), 1)),
        }
    }

    /// Takes in what another has counted.
    pub fn append(&mut self, other: Self) {
        if self.counted.is_empty() {
            self.counted = other.counted;
            return;
        }
        for (values, total) in other.counted {
            *self.counted.entry(values).or_default() += total;
        }
    }

    /// Whether it should be written before more is counted.
    pub fn is_full(&self) -> bool {
        self.counted.len() > MOST_VALUES
    }

    /// What was counted, in the order of the table.
    pub fn take(&mut self) -> Vec<(Box<[u8]>, i64)> {
        let mut all: Vec<_> = std::mem::take(&mut self.counted).into_iter().collect();
        all.sort_unstable();
        all
    }
}

/// The values that stand one behind the other.
fn read(mut bytes: &[u8]) -> Vec<Value> {
    let mut values = Vec::new();
    while let Some((kind, rest)) = bytes.split_first() {
        let (value, rest) = match *kind {
            TEXT => text(rest),
            INTEGER => match rest.split_first_chunk() {
                Some((number, rest)) => {
                    (Value::Integer(i64::from_be_bytes(*number) ^ i64::MIN), rest)
                }
                None => (Value::None, &[][..]),
            },
            _ => (Value::None, rest),
        };
        values.push(value);
        bytes = rest;
    }
    values
}

fn text(bytes: &[u8]) -> (Value, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == END);
    let (text, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    let text = String::from_utf8_lossy(text).into_owned();
    (Value::Text(text), rest.get(1..).unwrap_or_default())
}

/// Adds some of `counted` to the counts of a generation, and says how many.
pub(crate) async fn add(
    tx: &mut Tx,
    models: &Models,
    counts: &Counts,
    generation: i64,
    counted: &[(Box<[u8]>, i64)],
) -> Result<usize, sqlx::Error> {
    let some = &counted[..counted.len().min(AT_ONCE)];
    let mut sql = Sql::new(models, "INSERT INTO ");
    sql.table(models, counts.table, generation)
        .sql(" AS counts (total");
    counts.list(&mut sql, ", ");
    sql.sql(") VALUES ");
    for (number, (values, total)) in some.iter().enumerate() {
        sql.sql(if number == 0 { "(" } else { ", (" });
        sql.integer(*total);
        for value in read(values) {
            sql.sql(", ");
            match value {
                Value::Text(text) => sql.text(&text),
                Value::Integer(number) => sql.integer(number),
                Value::None => sql.sql("NULL"),
            };
        }
        sql.sql(")");
    }
    counts.add_up(&mut sql);
    sql.execute(tx).await?;
    Ok(some.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::table::{Kind, Moves};

    const COUNTED: Table = Table {
        name: "counted",
        columns: &[
            ("id", Kind::Uuid),
            ("whose", Kind::Text),
            ("day", Kind::Integer),
        ],
        key: &["id"],
        indexes: &[],
        moves: Moves::Whole,
        counts: Some(Counts {
            table: "counts",
            by: &["whose", "day"],
        }),
    };

    proptest! {
        #[test]
        fn every_row_is_counted_once_in_the_order_of_its_values(
            parts in prop::collection::vec(
                prop::collection::vec(("[a-b]{0,2}", -2..2_i64), 0..30),
                0..4,
            ),
        ) {
            let mut all = Tally::default();
            let mut expected: BTreeMap<(String, i64), i64> = BTreeMap::new();
            for part in parts {
                let mut tally = Tally::of(&COUNTED);
                for (whose, day) in part {
                    tally.count(&vec![Uuid::nil().into(), (&whose).into(), day.into()]);
                    *expected.entry((whose, day)).or_default() += 1;
                }
                all.append(tally);
            }
            let found: Vec<_> = all.take().into_iter().map(|(values, total)| {
                match &read(&values)[..] {
                    [Value::Text(whose), Value::Integer(day)] => ((whose.clone(), *day), total),
                    _ => panic!("other values than were counted"),
                }
            }).collect();
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
