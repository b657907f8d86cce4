//! What a case knows and ever knew of its child, made comparable.

use std::collections::BTreeSet;

use domain::case::events::report::{Family, ReportPersonal};
use domain::case::{Case, Event, effective};
use domain::identity::Sex;
use domain::time::Instant;
use serde_json::Value;

use crate::likeness::{Traits, kin};

/// Whether anything that is known of the children of two cases is alike: as far as two cases are told as perhaps the
/// same, or, where one of them knows no name, a place and nothing against it.
#[must_use]
pub fn anything_alike(one: &Case, other: &Case, now: Instant) -> bool {
    let (known, mut told) = (Traits::of_case(one), Traits::of_case(other));
    let places = told.places.iter();
    told.places = places
        .flat_map(|place| kin(other.units(), place, now.date()))
        .collect();
    known.is_alike(&told)
}

impl Traits {
    /// What a case knows and knew of its child; reports that turned out to be about another child left
    /// out.
    pub fn of_case(case: &Case) -> Self {
        let mut traits = Self::default();
        let now = effective(case.history());
        let others: BTreeSet<_> = now
            .iter()
            .filter_map(|event| match &event.event {
                Event::ReportReceived(report) if report.facts.same == Some(false) => {
                    Some(event.event_id)
                }
                _ => None,
            })
            .collect();
        let as_known = now.iter().map(AsRef::as_ref);
        for event in case.history().iter().chain(as_known) {
            match &event.event {
                Event::ReportReceived(report) if !others.contains(&event.event_id) => {
                    let told_at = report.facts.received_at;
                    traits.sexed(report.facts.child.sex);
                    traits.born(None, report.facts.child.birth_year, told_at);
                    traits.lives(
                        case.units(),
                        report.facts.child.residence_unit.as_deref(),
                        told_at,
                    );
                    traits.lives(case.units(), Some(&report.facts.incident.unit), told_at);
                    if let Some(personal) = &report.personal {
                        traits.told(personal, told_at);
                    }
                }
                Event::FactCorrected(correction)
                    if !others.contains(&correction.facts.event_id) =>
                {
                    let value = correction.personal.as_ref().map(|own| &own.value);
                    if let Some(Value::String(value)) = value
                        && correction.facts.path == "/child/name"
                    {
                        traits.named(value);
                    }
                }
                _ => {}
            }
        }
        // What is known now is surer than what was told first.
        if let Some(state) = case.state()
            && state.child.sex != Sex::Unknown
        {
            traits.sex = Some(state.child.sex);
        }
        traits
    }

    fn told(&mut self, personal: &ReportPersonal, told_at: Instant) {
        if let Some(name) = &personal.child.name {
            self.named(name.as_str());
        }
        self.born(personal.child.birth, None, told_at);
        if let Some(number) = &personal.child.personal_id {
            self.personal_ids.insert(number.as_str().to_owned());
        }
        match &personal.family {
            Some(Family::Text(text)) => self.telephones(text.as_str()),
            Some(Family::Form(form)) => {
                for carer in [&form.father, &form.mother, &form.carer]
                    .into_iter()
                    .flatten()
                {
                    self.carer(carer.as_str());
                }
                if let Some(situation) = &form.situation {
                    self.telephones(situation.as_str());
                }
            }
            None => {}
        }
    }
}
