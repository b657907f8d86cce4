//! Chance that always falls the same way: one seed, one sequence, on every machine and with every
//! version of every library.

use domain::time::Instant;
use uuid::Uuid;

/// A sequence of numbers that follows from a seed (SplitMix64). Not for secrets.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The sequence number `stream` of `seed`: sequences of one seed do not depend on each other.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut start = Self(seed);
        let mixed = start.next() ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        Self(mixed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included; `low` where there is nothing between.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0).unsigned_abs() + 1;
        let scaled = (u128::from(self.next()) * u128::from(span)) >> 64;
        low + i64::try_from(scaled).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        let last = i64::try_from(choices.len()).unwrap_or(1) - 1;
        let index = usize::try_from(self.between(0, last)).unwrap_or(0);
        choices[index].clone()
    }

    /// `count` different ones of `choices`, in their order; all where there are not so many.
    pub(super) fn several<T: Clone>(&mut self, choices: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(choices.len());
        let mut chosen = Vec::with_capacity(left);
        for (index, choice) in choices.iter().enumerate() {
            let remaining = i64::try_from(choices.len() - index).unwrap_or(1);
            if self.between(1, remaining) <= i64::try_from(left).unwrap_or(0) {
                chosen.push(choice.clone());
                left -= 1;
            }
        }
        chosen
    }

    /// One of `choices` by their weights.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(i64, T)]) -> T {
        let total = choices.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(1, total);
        for (weight, choice) in choices {
            left -= weight;
            if left <= 0 {
                return *choice;
            }
        }
        choices[0].1
    }

    /// A UUID of version 7: the instant, and bits of this sequence.
    pub(super) fn id(&mut self, at: Instant) -> Uuid {
        let millis = u64::try_from(at.utc().timestamp_millis()).unwrap_or(0);
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&self.next().to_be_bytes());
        bits[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
    }

    /// As many hexadecimal digits as a SHA-256 hash has.
    pub(super) fn sha256(&mut self) -> String {
        (0..4).map(|_| format!("{:016x}", self.next())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_sequence() {
        let mut random = Random::new(1, 2);
        let first: Vec<_> = (0..3).map(|_| random.between(0, 999)).collect();
        let mut random = Random::new(1, 2);
        let again: Vec<_> = (0..3).map(|_| random.between(0, 999)).collect();
        assert_eq!(first, again);
        assert_ne!(Random::new(1, 3).next(), Random::new(1, 2).next());
        assert_ne!(Random::new(2, 2).next(), Random::new(1, 2).next());
    }

    #[test]
    fn numbers_keep_within_their_bounds() {
        let mut random = Random::new(7, 0);
        let drawn: Vec<_> = (0..500).map(|_| random.between(-2, 2)).collect();
        assert!((-2..=2).all(|number| drawn.contains(&number)));
        assert!(drawn.iter().all(|number| (-2..=2).contains(number)));
        assert_eq!(random.between(5, 4), 5);
        assert_eq!(random.several(&[1, 2, 3], 9), [1, 2, 3]);
        assert_eq!(random.several(&[1, 2, 3], 2).len(), 2);
    }

    #[test]
    fn ids_are_uuids_of_version_7() {
        let at = Instant::parse("2025-03-04T08:00:00+07:00").unwrap();
        let id = Random::new(1, 1).id(at);
        assert_eq!(id.get_version_num(), 7);
        let (seconds, _) = id.get_timestamp().unwrap().to_unix();
        assert_eq!(i64::try_from(seconds).unwrap(), at.utc().timestamp());
    }
}
