//! What must have happened before what, as the chapters list it, asked of every act. An act is not dated before what
//! made it possible. A measure that protects is the exception: it may have been taken before the first
//! receipt was written down, and refusing it would teach false times.

use super::Rejection;
use super::chapters::chapters;
use super::event::Event;
use super::state::CaseState;
use crate::language::Sentence;
use crate::time::Instant;

macro_rules! listed {
    ($(
        { $( #[$about:meta] )* $folder:ident $chapter:ident $name:literal }
        { $( $( #[$doc:meta] )* $cause:ident: $vi:literal, $en:literal => $instant:ident, )* }
    )*) => {
        /// Something that must lie before an act. Where the case does not have it, nothing is asked:
        /// whether an act is possible without it is decided with the command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Before {
            $( $( $( #[$doc] )* $cause, )* )*
        }

        impl Before {
            /// When it happened in the case, as far as the act is concerned.
            fn instant(self, state: &CaseState, event: &Event) -> Option<Instant> {
                match self { $( $(
                    Self::$cause => super::$folder::law::$instant(state, event),
                )* )* }
            }

            fn name(self) -> Sentence {
                match self { $( $( Self::$cause => Sentence::new($vi, $en), )* )* }
            }
        }
    };
}

chapters!(causes => listed);

/// Refuses an act that is dated before what made it possible. `state` is that before the act, `field`
/// the JSON pointer of its time in the command.
///
/// # Errors
/// `before-the-report` or `before-its-cause`, naming the cause and its time.
pub(super) fn check(
    state: &CaseState,
    event: &Event,
    at: Instant,
    field: &str,
) -> Result<(), Rejection> {
    for before in event.after() {
        let cause = before.instant(state, event);
        if let Some(cause) = cause.filter(|cause| at < *cause) {
            return Err(refusal(*before, event, cause, field));
        }
    }
    Ok(())
}

fn refusal(before: Before, event: &Event, cause: Instant, field: &str) -> Rejection {
    let (title, name) = (event.title(), before.name());
    let day = cause.local().format("%d/%m/%Y %H:%M");
    let code = if before == Before::FirstReceipt {
        "before-the-report"
    } else {
        "before-its-cause"
    };
    Rejection::field(
        field,
        code,
        format!(
            "Thời điểm này trước {} ({day}), nên việc “{}” chưa thể xảy ra. Hãy kiểm tra lại ngày \
             giờ.",
            name.vi, title.vi
        ),
        format!(
            "This lies before the {} ({day}), so the {} cannot have happened yet. Check date and \
             time.",
            name.en, title.en
        ),
    )
}

#[cfg(test)]
mod tests;
