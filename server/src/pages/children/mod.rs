//! `/children`: the register of children: list, what is wrong with its records, one record, and what can be recorded in
//! it.

mod act;
mod choices;
mod forms;
mod issues;
mod list;
mod one;
mod words;

use axum::Router;
use domain::identity::Role;

use crate::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(list::routes())
        .merge(issues::routes())
        .merge(one::routes())
        .merge(act::routes())
}

/// Whether a role reads the register at all.
pub(super) const fn may_look(role: Role) -> bool {
    match role {
        Role::CommuneOfficer
        | Role::CommuneChair
        | Role::PoliceOfficer
        | Role::ProvincialOfficer
        | Role::Inspector => true,
        Role::HotlineOperator
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker
        | Role::Analyst
        | Role::Administrator
        | Role::System => false,
    }
}
