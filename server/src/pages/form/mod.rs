//! The form engine.

mod values;

pub use values::Values;
