//! What can be asked for about the posts of an officer, and the rules that are not those of posts alone.

use domain::command::Rejection;
use domain::identity::Role;
use domain::time::Instant;
use domain::unit::Units;
use domain::unit::refuse_ended;
use serde::Serialize;
use uuid::Uuid;

use super::Sender;

/// What is asked for about the posts of an officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum PostCommand {
    /// Ends the post of their own and gives the next one.
    Move {
        /// The role of the next one.
        role: Role,
        /// Its unit.
        unit: String,
        /// Its agency in words, where role and unit do not say it.
        agency: Option<String>,
    },
    /// Lets them act for another for a time.
    Substitute {
        /// The account of the other.
        principal: Uuid,
        /// From when on; none: from now on.
        from: Option<Instant>,
        /// Until when.
        until: Option<Instant>,
        /// Number of the act of authorisation.
        act: String,
    },
    /// Ends one post.
    End {
        /// Its id.
        post: Uuid,
    },
    /// Ends whatever they hold.
    Leave,
    /// Gives the post again that their account names.
    Rejoin,
}

/// In a unit that has ended nobody acts from now on: its successors are named.
pub(super) fn stands(units: &Units, unit: &str, now: Instant) -> Result<(), Rejection> {
    refuse_ended(units, unit, now.date()).map_err(|ended| ended.at("/unit"))
}

/// Nobody gives or takes posts of their own.
pub(super) fn not_oneself(account: Uuid, sender: &Sender<'_>) -> Result<(), Rejection> {
    match sender {
        Sender::Officer(officer) if officer.id == account => Err(Rejection::forbidden(
            "post-of-ones-own",
            "Không ai tự thay đổi vị trí của chính mình. Hãy nhờ một người quản trị khác.",
            "Nobody changes a post of their own. Ask another administrator.",
            "",
        )),
        Sender::Officer(_) | Sender::System => Ok(()),
    }
}

/// What was recorded stays under the name of who recorded it. A form may have been open for a while.
pub(super) fn not_in_the_past(from: Instant, now: Instant) -> Result<(), Rejection> {
    if now.utc() <= from.utc() + chrono::TimeDelta::minutes(5) {
        return Ok(());
    }
    Err(Rejection::field(
        "/from",
        "substitution-in-the-past",
        "Việc thay mặt không thể bắt đầu trong quá khứ: những gì đã ghi vẫn mang tên người đã ghi.",
        "A substitution cannot begin in the past: what was recorded stays under the name of who \
         recorded it.",
    ))
}
