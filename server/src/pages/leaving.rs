//! Leaving a form that is not sent: what was typed is kept as a draft first, without a script too.

use axum::response::Response;

use super::form::Leaving;
use super::{Frame, PageError, cookies};
use crate::AppState;
use crate::access::{account, session};

/// Answers somebody who leaves the form at `here`.
pub(super) async fn leave(
    state: &AppState,
    frame: &Frame,
    leaving: Leaving,
    here: &str,
) -> Result<Response, PageError> {
    let Some(officer) = &frame.officer else {
        return Ok(frame.redirect(&super::sign_in_address(here)));
    };
    let secure = frame.secure;
    match leaving {
        Leaving::Language(language) => {
            account::set_language(&state.database, officer.id, language).await?;
            let code = language.code().to_owned();
            let cookie = cookies::lasting(cookies::LANGUAGE, code, secure);
            return Ok(frame.clone().with_cookie(cookie).redirect(here));
        }
        Leaving::SignOut => session::end(&state.database, &officer.session).await?,
        Leaving::SignOutEverywhere => session::end_all(&state.database, officer.id).await?,
    }
    let gone = cookies::removal(cookies::SESSION, secure);
    Ok(frame.clone().with_cookie(gone).redirect("/sign-in"))
}
