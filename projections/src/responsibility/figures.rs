//! How many obligations arose, how they went, and how long they took.

use std::collections::BTreeMap;

use domain::time::Instant;

use super::held::{Held, micros};
use super::period::{Outcome, PeriodFilter};
use crate::error::QueryError;
use crate::runner::Projections;

/// How the obligations of one step went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepFigures {
    /// How many arose, by outcome in the order of [`Outcome::ALL`].
    counts: [i64; Outcome::ALL.len()],
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
        let filter = filter.clone();
        self.count(move |held| figures(held, &filter, micros(now)))
            .await
    }

    /// How long after it happened it was recorded, in the period.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recording_lag(
        &self,
        filter: &PeriodFilter,
    ) -> Result<RecordingFigures, QueryError> {
        let filter = filter.clone();
        let lags = move |held: &Held| {
            held.recordings(&filter)
                .map(|one| one.lag_seconds)
                .collect()
        };
        let mut lags: Vec<i64> = self.count(lags).await?;
        Ok(RecordingFigures {
            count: count(&lags),
            median_seconds: percentile(&mut lags, 50),
            ninetieth_seconds: percentile(&mut lags, 90),
            longest_seconds: percentile(&mut lags, 100),
        })
    }
}

/// What becomes of a step, while it is counted.
#[derive(Default, Clone)]
struct Tally {
    counts: [i64; Outcome::ALL.len()],
    /// How long each took that was done, in seconds.
    done: Vec<i64>,
}

impl Tally {
    fn figures(mut self) -> StepFigures {
        StepFigures {
            counts: self.counts,
            median_seconds: percentile(&mut self.done, 50),
            ninetieth_seconds: percentile(&mut self.done, 90),
        }
    }
}

fn figures(held: &Held, filter: &PeriodFilter, now: i64) -> Figures {
    let mut tallies = vec![Tally::default(); held.names.count()];
    for (_, duty) in held.duties(filter, now) {
        let tally = &mut tallies[usize::from(duty.step)];
        let outcome = duty.outcome(now);
        tally.counts[outcome as usize] += 1;
        if Outcome::DONE.contains(&outcome) {
            tally.done.push(duty.length(now) / 1_000_000);
        }
    }
    let mut all = Tally::default();
    let mut steps = BTreeMap::new();
    for (name, tally) in held.names.all().zip(tallies) {
        if tally.counts.iter().all(|count| *count == 0) {
            continue;
        }
        for (sum, count) in all.counts.iter_mut().zip(tally.counts) {
            *sum += count;
        }
        all.done.extend(&tally.done);
        steps.insert(name.to_owned(), tally.figures());
    }
    Figures {
        all: all.figures(),
        steps,
    }
}

/// The smallest of these that at least so many per cent do not exceed (nearest rank); none of none.
fn percentile(values: &mut [i64], per_cent: usize) -> Option<i64> {
    let rank = (values.len() * per_cent).div_ceil(100);
    let at = rank.checked_sub(1)?;
    Some(*values.select_nth_unstable(at).1)
}

pub(super) fn count<T>(values: &[T]) -> i64 {
    i64::try_from(values.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::percentile;

    proptest! {
        #[test]
        fn a_percentile_is_the_least_that_so_many_do_not_exceed(
            mut values in prop::collection::vec(0_i64..50, 1..60),
            per_cent in 1_usize..=100,
        ) {
            let found = percentile(&mut values, per_cent).expect("one of them");
            prop_assert!(values.contains(&found));
            let share = |limit: i64| values.iter().filter(|one| **one <= limit).count() * 100;
            prop_assert!(share(found) >= values.len() * per_cent);
            prop_assert!(share(found - 1) < values.len() * per_cent);
        }
    }

    #[test]
    fn nothing_has_no_percentile() {
        assert_eq!(percentile(&mut [], 50), None);
    }
}
