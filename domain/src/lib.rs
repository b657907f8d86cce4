//! What may happen in a child-protection case, as pure functions.

pub mod identity;
