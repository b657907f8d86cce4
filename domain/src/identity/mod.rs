//! Who acts: roles.

mod role;

pub use role::Role;
