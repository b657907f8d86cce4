//! Who acts and who is protected: roles, agencies, posts, actors, birth, personal numbers.

mod actor;
mod agency;
mod birth;
mod personal_id;
mod post;
mod post_event;
mod role;

pub use actor::Actor;
pub use agency::AgencyKind;
pub use birth::{Birth, Sex};
pub use personal_id::PersonalId;
pub use post::{Agency, Capacities, NewPost, NewSubstitution, Post, Posts, Substitution};
pub use post_event::{EndedFacts, GivenFacts, GivenPersonal, PostEvent, PrincipalFacts};
pub use role::Role;
