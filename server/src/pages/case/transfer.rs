//! What is said above everything else while another commune is asked to take the case: who was asked,
//! when, and who is responsible until there is an answer.

use super::acts::Place;
use super::{View, words};
use crate::pages::components::Link;
use crate::pages::words as said;

/// The offer that waits.
pub struct Offer {
    /// Its heading.
    pub title: String,
    /// Who was asked and who is responsible.
    pub sentence: String,
    /// Why, and by when an answer is wanted.
    pub lines: Vec<String>,
    /// What this person can do about it; the first is the primary one for who is asked.
    pub acts: Vec<Link>,
    /// Whether this person's unit is the one that is asked.
    pub asked: bool,
}

pub fn offer(view: &View<'_>) -> Option<Offer> {
    let offer = view.file.state.transfer.as_ref()?;
    let (frame, today) = (view.frame, view.file.at.date());
    let named = |code: &str| words::unit(&frame.units, code, today);
    let sentence = frame.language.text_with(
        "transfer-waits",
        &[
            ("to", named(&offer.to_unit).into()),
            ("from", named(&offer.from_unit).into()),
            ("at", said::instant(offer.by.at.utc()).into()),
        ],
    );
    let mut lines = Vec::new();
    if let Some(reason) = &offer.reason {
        lines.push(frame.t1("transfer-waits-reason", "reason", reason.as_str()));
    }
    if let Some(by) = offer.respond_by {
        lines.push(frame.t1("transfer-waits-by", "by", said::date(by.date())));
    }
    Some(Offer {
        title: frame.t("transfer-waits-title"),
        sentence,
        lines,
        acts: view.acts_at(Place::Offer, None),
        asked: view.file.state.asked(&view.officer.unit),
    })
}
