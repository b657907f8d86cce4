//! Who acts and who is protected: roles, actors, birth, personal numbers.

mod actor;
mod birth;
mod personal_id;
mod role;

pub use actor::Actor;
pub use birth::{Birth, Sex};
pub use personal_id::PersonalId;
pub use role::Role;
