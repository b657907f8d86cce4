//! What holds for every history, every limit and every input, tried with random ones. The seed is
//! fixed: the same run every time.

mod counting;
mod days;
mod described;
mod guards;
mod histories;
mod input;
mod possible;
mod posts;
mod responsibility;
mod samples;
mod world;

use proptest::test_runner::{Config, RngSeed};

/// So many cases, from a fixed seed.
fn config(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(56_2017),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    }
}
