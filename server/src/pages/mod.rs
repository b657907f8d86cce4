//! The pages that people see. One page is one file with its route, its template type and its tests.
//!
//! A page takes [`Officer`](crate::access::Officer) and [`Frame`], and answers
//! `frame.page(&Template { frame: &frame, … })`; its template extends `layout.html`. A page that
//! receives a form takes [`Posted`] as its last argument. Refusals are [`PageError`]s.

mod account;
pub mod acts;
mod assets;
mod calendar;
mod capacity;
mod case;
mod cases;
mod children;
pub mod communes;
mod components;
mod conflict;
mod drafts;
mod error;
pub mod form;
mod frame;
#[cfg(debug_assertions)]
mod gallery;
mod home;
mod language;
mod leaving;
mod new_report;
mod notices;
mod officers;
mod paging;
mod posted;
mod query;
mod reminders;
mod responsibility;
mod said;
mod sign_in;
mod sign_out;
mod succession;
mod worklist;

use axum::Router;

pub use error::{PageError, render_error};
pub use frame::Frame;
pub use posted::{OpenPosted, Posted};
pub(crate) use said::Done;
pub use sign_in::address as sign_in_address;

use crate::AppState;
use crate::access::cookies;
use crate::words;

/// All routes of this module. Add a page's `routes()` here.
pub fn routes() -> Router<AppState> {
    let routes = Router::new()
        .merge(account::routes())
        .merge(acts::routes())
        .merge(assets::routes())
        .merge(calendar::routes())
        .merge(capacity::routes())
        .merge(case::routes())
        .merge(cases::routes())
        .merge(children::routes())
        .merge(drafts::routes())
        .merge(home::routes())
        .merge(language::routes())
        .merge(new_report::routes())
        .merge(notices::routes())
        .merge(reminders::routes())
        .merge(responsibility::routes())
        .merge(officers::routes())
        .merge(sign_in::routes())
        .merge(sign_out::routes())
        .merge(succession::routes())
        .merge(worklist::routes());
    // How the parts of pages look: for those who build pages, not for those who use them.
    #[cfg(debug_assertions)]
    let routes = routes.merge(gallery::routes());
    routes
}
