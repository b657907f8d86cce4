//! Corrections that wait for a second person: what they are about, which duty they would make punctual, who
//! is to confirm them.

use domain::case::Event;

use super::View;
use super::acts::Place;
use super::words::{role, say};
use crate::pages::components::Link;

/// A correction that waits.
pub struct Check {
    /// What it corrects, and what would follow.
    pub text: String,
    /// Who confirms it.
    pub who: String,
    /// The way to confirm it, for those who may.
    pub act: Option<Link>,
}

/// The corrections that wait, in the order in which they were recorded.
pub fn unconfirmed(view: &View<'_>) -> Vec<Check> {
    let language = view.frame.language;
    let owed = || view.file.obligations.iter();
    let corrections = view.file.history.iter().filter_map(|event| {
        let Event::FactCorrected(_) = &event.event else {
            return None;
        };
        let mut waiting = owed().filter(|owed| owed.unconfirmed.contains(&event.event_id));
        let first = waiting.next()?;
        let duties = std::iter::once(first).chain(waiting);
        let duties: Vec<_> = duties.map(|owed| say(language, &owed.name)).collect();
        let item = event.event_id.to_string();
        Some(Check {
            text: language.text_with(
                "unconfirmed",
                &[
                    ("what", view.things.sentence(event).into()),
                    ("duty", duties.join("; ").into()),
                ],
            ),
            who: first.confirms.map_or_else(String::new, |confirms| {
                view.frame.t1("waits-for", "who", role(language, confirms))
            }),
            act: view
                .acts_at(Place::Correction, Some(&item))
                .into_iter()
                .next(),
        })
    });
    corrections.collect()
}
