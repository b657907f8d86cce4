//! Notices in words, as pages and mails say them.

use chrono::{DateTime, Utc};
use domain::calendar::Calendar;
use domain::notice::NoticeKind;
use projections::NoticeRow;

use crate::language::Language;
use crate::words::{self, Timing};

/// What a notice says: `Quá hạn: Phê duyệt kế hoạch`.
pub fn sentence(language: Language, notice: &NoticeRow) -> String {
    let step = notice
        .name
        .as_ref()
        .map_or_else(|| notice.step.clone(), |name| words::say(language, name));
    let key = format!("notice-{}", notice.kind.name());
    language.text_with(&key, &[("step", step.into())])
}

/// The time that a notice is about, as seen at `now`: one to mind is never spoken of as a limit.
/// None where there is none, or it does not matter any more.
pub fn time(language: Language, notice: &NoticeRow, now: DateTime<Utc>) -> Option<String> {
    let at = notice.due_at?.utc();
    if notice.kind == NoticeKind::Answered {
        return None;
    }
    let to_mind = matches!(notice.kind, NoticeKind::BoundSoon | NoticeKind::BoundPassed);
    let timing = Timing {
        due_at: (!to_mind).then_some(at),
        bound_at: to_mind.then_some(at),
        opened_at: at,
        working_days: false,
        urgent: false,
    };
    Some(timing.words(language, now, &Calendar::shipped()))
}
