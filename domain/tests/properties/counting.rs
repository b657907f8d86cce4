//! Every way of counting against the slow one.

use crate::days::Table;
use domain::calendar::Calendar;
use domain::law::{Limit, LimitUnit, due};
use domain::time::Instant;
use proptest::prelude::*;

proptest! {
    #![proptest_config(crate::config(500))]

    #[test]
    fn a_limit_ends_where_slow_counting_ends(
        minutes in 0i64..5 * 366 * 24 * 60,
        amount in 1u32..40,
        unit in prop_oneof![
            Just(LimitUnit::Hour), Just(LimitUnit::WorkingDay),
            Just(LimitUnit::CalendarDay), Just(LimitUnit::Month),
        ],
        prolonged: bool,
    ) {
        let table = Table::shipped();
        let first = Instant::parse("2023-01-01T00:00:00+07:00").unwrap();
        let from = Instant::from(first.utc() + chrono::TimeDelta::minutes(minutes));
        let limit = Limit { amount, unit };
        let found = due(limit, from, prolonged, &Calendar::shipped());
        let slow = table.due(limit, from, prolonged);
        prop_assert_eq!(found.as_ref().ok().map(|f| f.due_at.to_string()), slow);
        if let Ok(found) = found {
            // The arithmetic shown adds up to the amount.
            match unit {
                LimitUnit::Hour => {
                    let minutes: u32 = found.days.iter().filter_map(|day| day.minutes).sum();
                    prop_assert_eq!(minutes, amount * 60);
                }
                LimitUnit::Month => {}
                LimitUnit::WorkingDay | LimitUnit::CalendarDay => {
                    let counted = found.days.iter().filter(|day| day.counted).count();
                    prop_assert_eq!(counted, amount as usize);
                }
            }
            prop_assert!(found.days.windows(2).all(|two| two[0].date < two[1].date));
        }
    }
}
