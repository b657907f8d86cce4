//! What was true at the line: who held the case, and what was open. The same words for the page and
//! for the script that follows the line.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::responsibility::{Basis, Board, Moment, Owed};
use domain::time::Instant;

use super::told::Teller;
use crate::pages::components::{Link, Tag, TagState};
use crate::pages::words;
use crate::words::first_upper;

/// One instant in words.
#[derive(Template)]
#[template(path = "case/responsibility/moment.html")]
pub struct MomentPart {
    title: String,
    /// Everything in one sentence, for those who hear it.
    summary: String,
    held: String,
    since: Option<Link>,
    since_label: String,
    owed_title: String,
    owed: Vec<OwedRow>,
    owed_by: String,
    last_label: String,
    last: Option<(Link, String)>,
}

struct OwedRow {
    step: String,
    who: String,
    open: String,
    due: String,
    overdue: bool,
    tag: Tag,
    /// What else has to be known of it.
    remarks: Vec<String>,
}

impl HtmlSafe for MomentPart {}

/// Tells of an instant.
pub fn part(teller: &Teller<'_>, board: &Board, moment: &Moment) -> MomentPart {
    let (frame, language) = (teller.view.frame, teller.language());
    let day = words::weekday(language, moment.at.date());
    let title = first_upper(&format!("{day} {}", words::instant(moment.at.utc())));
    let held = held(teller, board, moment);
    let (open, overdue) = (moment.owed.len(), moment.overdue());
    let mut owed: Vec<&Owed> = moment.owed.iter().collect();
    owed.sort_by_key(|one| one.overdue_seconds.is_none());
    let counted = [("open", open.into()), ("overdue", overdue.into())];
    let key = match (open, overdue) {
        (0, _) => "board-owed-none",
        (_, 0) => "board-owed",
        _ => "board-owed-overdue",
    };
    let owed_title = language.text_with(key, &counted);
    MomentPart {
        summary: format!("{title}. {held} {owed_title}"),
        title,
        since: moment
            .holder
            .as_ref()
            .map(|holder| teller.link(&holder.began_with)),
        since_label: frame.t("board-by-event"),
        owed: owed
            .into_iter()
            .map(|owed| row(teller, owed, moment.at))
            .collect(),
        owed_by: frame.t("board-owed-by"),
        last_label: frame.t(match moment.basis {
            Basis::Happened => "board-last-happened",
            Basis::Recorded => "board-last-recorded",
        }),
        last: moment.last.as_ref().map(|last| {
            let (occurred, recorded) = (last.occurred_at.utc(), last.recorded_at.utc());
            let when = words::both_clocks(language, occurred, recorded);
            (teller.link(&last.event), when)
        }),
        held,
        owed_title,
    }
}

fn held(teller: &Teller<'_>, board: &Board, moment: &Moment) -> String {
    let language = teller.language();
    let said = |at: Instant| words::instant(at.utc());
    let Some(holder) = &moment.holder else {
        let first = match moment.basis {
            Basis::Happened => Some(board.from),
            Basis::Recorded => board.recordings.iter().map(|one| one.recorded_at).min(),
        };
        let key = match moment.basis {
            Basis::Happened => "board-nothing-yet",
            Basis::Recorded => "board-nothing-recorded",
        };
        let at = said(first.unwrap_or(board.from));
        return language.text_with(key, &[("at", at.into())]);
    };
    let arguments = [
        ("unit", teller.unit(&holder.unit, moment.at).into()),
        ("answers", teller.unit(&holder.answers, moment.at).into()),
        ("from", said(holder.from).into()),
        ("time", teller.length(holder.from, moment.at).into()),
    ];
    let key = match () {
        () if holder.closed => "board-kept",
        () if holder.unit != holder.answers => "board-held-elsewhere",
        () => "board-held",
    };
    language.text_with(key, &arguments)
}

fn row(teller: &Teller<'_>, owed: &Owed, at: Instant) -> OwedRow {
    let language = teller.language();
    let obligation = &owed.obligation;
    let who = &obligation.accountable;
    let overdue = owed.overdue_seconds.is_some();
    let open = [
        ("from", words::instant(obligation.opened_at.utc()).into()),
        ("time", teller.length(obligation.opened_at, at).into()),
    ];
    OwedRow {
        step: teller.step(obligation),
        who: teller.owed_by(who.role, who.unit.as_deref(), who.officer.as_deref(), at),
        open: language.text_with("board-open-since", &open),
        due: teller.due(obligation, at),
        overdue,
        tag: Tag::new(
            language,
            if overdue {
                TagState::Overdue
            } else {
                TagState::Open
            },
        ),
        remarks: teller
            .remarks(obligation)
            .into_iter()
            .chain(owed.hand_over.then(|| teller.t("board-not-answered")))
            .collect(),
    }
}
