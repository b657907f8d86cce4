//! How many rows have the same values in some columns, counted while rows are made, so that the table
//! that says so is written once.

use std::collections::HashMap;

use crate::models::Models;
use crate::sql::{Sql, Tx};
use crate::table::{Cell, Counts, Row, Table};

/// With more different values than this, what was counted is written before all is counted.
const MOST_VALUES: usize = 400_000;

/// How many are written by one statement.
const AT_ONCE: usize = 200;

/// What has been counted of one table.
#[derive(Debug, Default)]
pub(crate) struct Tally(HashMap<Vec<Value>, i64>);

/// A value that rows are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Value {
    Text(Box<str>),
    Integer(i64),
    None,
}

impl Tally {
    /// Counts a row of `table`.
    pub fn count(&mut self, table: &Table, row: &Row) {
        let Some(counts) = &table.counts else {
            return;
        };
        let value = |column: &&'static str| {
            let at = table.columns.iter().position(|(name, _)| name == column);
            match at.and_then(|at| row.get(at)) {
                Some(Cell::Text(text)) => Value::Text(text.as_str().into()),
                Some(Cell::Integer(number)) => Value::Integer(*number),
                _ => Value::None,
            }
        };
        *self
            .0
            .entry(counts.by.iter().map(value).collect())
            .or_default() += 1;
    }

    /// Takes in what another has counted.
    pub fn append(&mut self, other: Self) {
        for (values, total) in other.0 {
            *self.0.entry(values).or_default() += total;
        }
    }

    /// Whether it should be written before more is counted.
    pub fn is_full(&self) -> bool {
        self.0.len() > MOST_VALUES
    }

    /// What was counted, in the order of the table.
    pub fn take(&mut self) -> Vec<(Vec<Value>, i64)> {
        let mut all: Vec<_> = std::mem::take(&mut self.0).into_iter().collect();
        all.sort_unstable();
        all
    }
}

/// Adds some of `counted` to the counts of a generation, and says how many.
pub(crate) async fn add(
    tx: &mut Tx,
    models: &Models,
    counts: &Counts,
    generation: i64,
    counted: &[(Vec<Value>, i64)],
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
        for value in values {
            sql.sql(", ");
            match value {
                Value::Text(text) => sql.text(text),
                Value::Integer(number) => sql.integer(*number),
                Value::None => sql.sql("NULL"),
            };
        }
        sql.sql(")");
    }
    counts.add_up(&mut sql);
    sql.execute(tx).await?;
    Ok(some.len())
}
