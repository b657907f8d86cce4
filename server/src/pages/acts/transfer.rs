//! What the forms about handing a case over share.

use super::act::{About, Scene};
use crate::pages::words;

/// The offer that waits, beside the form.
pub(super) fn offer_about(scene: &Scene<'_>) -> About {
    let Some(offer) = &scene.state().transfer else {
        return About::default();
    };
    let mut rows = vec![
        scene.row("transfer-from", scene.unit(&offer.from_unit)),
        scene.row("transfer-to-unit", scene.unit(&offer.to_unit)),
        scene.row("transfer-offered-at", words::instant(offer.by.at.utc())),
    ];
    if let Some(reason) = &offer.reason {
        rows.push(scene.row("transfer-reason-short", reason.as_str()));
    }
    if let Some(by) = offer.respond_by {
        rows.push(scene.row("transfer-answer-by", words::date(by.date())));
    }
    About::of(rows)
}

/// A commune of the province that does not hold the case: for trying whether an offer is possible.
pub(super) fn another_commune(scene: &Scene<'_>) -> String {
    let own = scene.state().responsible_commune();
    let residence = scene.state().child.residence_unit.as_deref();
    if let Some(home) = residence.filter(|home| *home != own) {
        return home.to_owned();
    }
    let units = scene.application.units();
    let province = super::unit_choice::province(scene).unwrap_or_default();
    let mut communes = units.communes(&province, scene.today());
    let other = communes.find(|unit| unit.reference() != own);
    other.map_or_else(|| "-".to_owned(), |unit| unit.reference().to_owned())
}
