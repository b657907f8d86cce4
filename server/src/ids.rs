//! New ids. They are handed in, so that demonstration data and tests can be the same every time.

use std::fmt::Debug;

use uuid::Uuid;

/// Gives new ids.
pub trait Ids: Send + Sync + Debug {
    /// An id that was never given before; later ids sort after earlier ones.
    fn next(&self) -> Uuid;
}

/// UUID v7 from the machine's clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
