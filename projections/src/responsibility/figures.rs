//! How many obligations arose, how they went, and how long they took.

use std::collections::BTreeMap;

use domain::time::Instant;

use super::period::{Outcome, PeriodFilter, length, obligations, outcome, recordings};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// How the obligations of one step went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepFigures {
    /// How many arose, by outcome in the order of [`Outcome::ALL`].
    counts: [i64; 5],
    /// Half of those that were done took at most so many seconds.
    pub median_seconds: Option<i64>,
    /// Nine tenths of those that were done took at most so many seconds.
    pub ninetieth_seconds: Option<i64>,
}

impl StepFigures {
    /// How many arose.
    #[must_use]
    pub fn opened(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// How many went so.
    #[must_use]
    pub const fn count(&self, outcome: Outcome) -> i64 {
        self.counts[outcome as usize]
    }
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// All steps together.
    pub all: StepFigures,
    /// Each step by its name.
    pub steps: BTreeMap<String, StepFigures>,
}

/// How long after it happened it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordingFigures {
    /// How many events.
    pub count: i64,
    /// Half of them within so many seconds.
    pub median_seconds: Option<i64>,
    /// Nine tenths of them within so many seconds.
    pub ninetieth_seconds: Option<i64>,
    /// The longest.
    pub longest_seconds: Option<i64>,
}

impl Projections {
    /// How the obligations that arose in the period went, as of `now`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn responsibility(
        &self,
        filter: &PeriodFilter,
        now: Instant,
    ) -> Result<Figures, QueryError> {
        let database = self.database();
        // Each row is read once; ranks among those that were done, within the step and over all.
        let mut sql = Sql::new(database, "WITH owed AS (SELECT w.step, ");
        outcome(&mut sql, now);
        sql.sql(" AS outcome, ");
        length(&mut sql, now);
        sql.sql(" / 1000000 AS seconds");
        obligations(&mut sql, filter);
        sql.sql(
            "), done AS (
               SELECT step, seconds
                    , row_number() OVER (PARTITION BY step ORDER BY seconds) AS n
                    , count(*) OVER (PARTITION BY step) AS of_n
                    , row_number() OVER (ORDER BY seconds) AS m
                    , count(*) OVER () AS of_m
                 FROM owed WHERE outcome < 2
             )
             SELECT step, CAST(outcome AS bigint) AS what, count(*) AS value
               FROM owed GROUP BY step, outcome
             UNION ALL
             SELECT step, 10, seconds FROM done WHERE n = (of_n * 50 + 99) / 100
             UNION ALL
             SELECT step, 11, seconds FROM done WHERE n = (of_n * 90 + 99) / 100
             UNION ALL
             SELECT '', 10, seconds FROM done WHERE m = (of_m * 50 + 99) / 100
             UNION ALL
             SELECT '', 11, seconds FROM done WHERE m = (of_m * 90 + 99) / 100",
        );
        let mut figures = Figures::default();
        for cells in sql.fetch(database).await? {
            let step = cells.text("step")?;
            let (what, value) = (cells.integer("what")?, cells.integer("value")?);
            let into = if step.is_empty() {
                &mut figures.all
            } else {
                figures.steps.entry(step).or_default()
            };
            match what {
                10 => into.median_seconds = Some(value),
                11 => into.ninetieth_seconds = Some(value),
                outcome => {
                    if let Ok(index) = usize::try_from(outcome) {
                        if let Some(count) = into.counts.get_mut(index) {
                            *count = value;
                        }
                        if let Some(count) = figures.all.counts.get_mut(index) {
                            *count += value;
                        }
                    }
                }
            }
        }
        Ok(figures)
    }

    /// How long after it happened it was recorded, in the period.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recording_lag(
        &self,
        filter: &PeriodFilter,
    ) -> Result<RecordingFigures, QueryError> {
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "WITH ranked AS (
               SELECT a.lag_seconds AS lag
                    , row_number() OVER (ORDER BY a.lag_seconds) AS n
                    , count(*) OVER () AS of_n",
        );
        recordings(&mut sql, filter);
        sql.sql(
            ") SELECT n, of_n, lag FROM ranked
                WHERE n IN ((of_n * 50 + 99) / 100, (of_n * 90 + 99) / 100, of_n)
                ORDER BY n",
        );
        let mut figures = RecordingFigures::default();
        for cells in sql.fetch(database).await? {
            let (n, of_n) = (cells.integer("n")?, cells.integer("of_n")?);
            let lag = cells.integer("lag")?;
            figures.count = of_n;
            if n == (of_n * 50 + 99) / 100 {
                figures.median_seconds = Some(lag);
            }
            if n == (of_n * 90 + 99) / 100 {
                figures.ninetieth_seconds = Some(lag);
            }
            if n == of_n {
                figures.longest_seconds = Some(lag);
            }
        }
        Ok(figures)
    }
}
