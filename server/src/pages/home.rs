//! `/` leads to the work that waits: to the worklist, to the cases, or to what this account can do.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::identity::Role;

use super::Frame;
use crate::AppState;
use crate::access::Officer;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    frame: &'a Frame,
    text: &'static str,
}

async fn home(officer: Officer, frame: Frame) -> Response {
    let text = match officer.role {
        Role::HotlineOperator
        | Role::CommuneOfficer
        | Role::CommuneChair
        | Role::PoliceOfficer
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker
        | Role::ProvincialOfficer => return frame.redirect("/worklist"),
        Role::Inspector => return frame.redirect("/cases"),
        Role::Administrator => "home-administrator",
        Role::Analyst | Role::System => "home-analyst",
    };
    frame.page(&Home {
        frame: &frame,
        text,
    })
}
