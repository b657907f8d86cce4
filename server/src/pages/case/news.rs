//! What others have recorded since this officer last looked at the case.

use chrono::TimeDelta;
use domain::case::Recorded;
use projections::LastReading;

use super::View;
use super::timeline::who;
use crate::language::Language;
use crate::pages::components::Link;
use crate::pages::words as said;

/// News that stand on the page; the rest is in the timeline.
const AT_ONCE: usize = 8;

/// From here on it is said in words how much later something was written down.
const LATE: TimeDelta = TimeDelta::hours(1);

/// What is new.
pub struct News {
    /// Since when, and how much.
    pub title: String,
    /// The newest first.
    pub entries: Vec<NewsEntry>,
    /// The way to all of it, where some is not shown.
    pub more: Option<Link>,
}

/// One event.
pub struct NewsEntry {
    /// What happened, leading to the timeline.
    pub what: Link,
    /// By both clocks.
    pub when: String,
    /// How much later it was written down, where that is long; else empty.
    pub late: String,
    /// From whom.
    pub who: String,
}

/// The news since `last`; none for who was never here, or where all is one's own.
pub fn news(view: &View<'_>, last: Option<LastReading>) -> Option<News> {
    let last = last?;
    let me = Some(view.officer.id);
    let new: Vec<&Recorded> = view
        .file
        .history
        .iter()
        .rev()
        .filter(|event| event.version > last.version && event.actor.officer != me)
        .collect();
    if new.is_empty() {
        return None;
    }
    let (frame, language) = (view.frame, view.frame.language);
    let timeline = format!("/cases/{}?tab=timeline&all=yes", view.file.id);
    Some(News {
        title: language.text_with(
            "news-title",
            &[
                ("count", new.len().into()),
                ("at", said::instant(last.read_at.utc()).into()),
            ],
        ),
        more: (new.len() > AT_ONCE).then(|| Link {
            text: frame.t1("news-more", "count", new.len()),
            href: format!("{timeline}#case"),
        }),
        entries: new
            .into_iter()
            .take(AT_ONCE)
            .map(|event| NewsEntry {
                what: Link {
                    text: view.things.sentence(event),
                    href: format!("{timeline}#e{}", event.version),
                },
                when: when(language, event),
                late: late(language, event),
                who: who(view, event),
            })
            .collect(),
    })
}

/// Both clocks; where the way between them is long, it is said apart.
fn when(language: Language, event: &Recorded) -> String {
    let (occurred, recorded) = (event.occurred_at.utc(), event.recorded_at.utc());
    if recorded - occurred < LATE {
        return said::both_clocks(language, occurred, recorded);
    }
    language.text_with(
        "news-clocks",
        &[
            ("occurred", said::instant(occurred).into()),
            ("recorded", said::instant(recorded).into()),
        ],
    )
}

fn late(language: Language, event: &Recorded) -> String {
    let lag = event.recorded_at.utc() - event.occurred_at.utc();
    if lag < LATE {
        return String::new();
    }
    let lag = said::duration(language, lag);
    language.text_with("news-late", &[("lag", lag.into())])
}
