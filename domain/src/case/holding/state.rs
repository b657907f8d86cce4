//! Who answers for the case: its holder, offers to another, officers in charge.

use std::sync::Arc;

use serde::Serialize;

use crate::case::Seat;
use crate::case::event::{Event, Recorded};
use crate::case::events::competence::UnitFacts;
use crate::case::state::{By, CaseState};
use crate::identity::Role;
use crate::law::Passage;
use crate::time::{Date, Instant, Moment};

/// Competence that passed by law from a unit to its successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passing {
    /// When and by whom it was recorded.
    pub by: By,
    /// The unit that ended.
    pub from: UnitFacts,
    /// Its successor.
    pub to: UnitFacts,
    /// The act of law by which it passed, unless erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_act: Option<String>,
    /// The first day on which the successor is competent.
    pub effective: Date,
}

/// From whom competence passed to whom, in the order in which it was recorded.
pub(crate) fn passages(passings: &[Passing]) -> impl Iterator<Item = Passage<'_>> {
    passings.iter().map(|passing| Passage {
        from: &passing.from,
        to: &passing.to,
        effective: passing.effective,
    })
}

/// An offer to another commune that waits for its answer. Until then the giver is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TransferState {
    /// The commune that holds the case.
    pub from_unit: String,
    /// The commune that was asked, as recorded.
    pub to_unit: String,
    /// Who answers for it.
    #[serde(skip)]
    pub asked: Seat,
    /// Why, unless erased.
    pub reason: Option<String>,
    /// By when an answer is wanted.
    pub respond_by: Option<Moment>,
    /// When and by whom it was offered.
    pub by: By,
}

/// An offer to another commune that came to nothing: what that commune keeps of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedOffer {
    /// The commune that was asked.
    pub unit: String,
    /// When it was offered.
    pub offered_at: Instant,
    /// When and by whom it was declined or withdrawn.
    pub by: By,
    /// Its reason for not taking the case, unless erased; none where the offer was withdrawn.
    pub answer: Option<String>,
}

/// An officer in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Id of the officer, or their name where that was written.
    pub officer: String,
    /// For which role.
    pub role: Role,
    /// Since when.
    pub since: Instant,
}

/// What follows from an offer and its answer, from competence that passes, from who is in charge.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::CaseTransferred(e) => {
            case.transfer = Some(TransferState {
                from_unit: e.facts.from_unit.clone(),
                to_unit: e.facts.to_unit.clone(),
                asked: Seat::new(&e.facts.to_unit, by.at.date())
                    .after(passages(&case.passings), &case.units),
                reason: e.personal.as_ref().map(|p| p.reason.to_string()),
                respond_by: e.facts.respond_by,
                by,
            });
        }
        Event::TransferAccepted(e) => {
            let to = &e.facts.to_unit;
            let offer = case.transfer.take();
            let asked = offer
                .map(|offer| offer.asked)
                .filter(|seat| seat.unit() == to);
            case.hold(asked.unwrap_or_else(|| Seat::new(to, by.at.date())));
            case.taken_over = true;
            case.taken_over_at = Some(by.at);
            // Officers in charge of the former holder are not those of the new one.
            let commune = [Role::CommuneOfficer, Role::CommuneChair];
            case.officers.retain(|a| !commune.contains(&a.role));
        }
        Event::TransferDeclined(e) => {
            case.end_offer(by, e.personal.as_ref().map(|p| p.reason.to_string()));
        }
        Event::TransferWithdrawn(_) => case.end_offer(by, None),
        // Where the name was erased, nobody is known to be in charge.
        Event::OfficerAssigned(e) => case.officers.extend(e.officer().map(|id| Assignment {
            officer: id.to_owned(),
            role: e.facts.role,
            since: by.at,
        })),
        Event::OfficerRelieved(e) => case
            .officers
            .retain(|a| Some(a.officer.as_str()) != e.officer() || a.role != e.facts.role),
        Event::CompetencePassed(e) => {
            let units = Arc::clone(&case.units);
            for seat in case.seats_mut() {
                seat.pass(e.facts.passage(), &units);
            }
            case.hold(case.holder.clone());
            case.passings.push(Passing {
                by,
                from: e.facts.from.clone(),
                to: e.facts.to.clone(),
                legal_act: e.legal_act().map(str::to_owned),
                effective: e.facts.effective,
            });
        }
        _ => {}
    }
}

impl CaseState {
    /// The officer in charge for a role.
    #[must_use]
    pub fn officer_for(&self, role: Role) -> Option<&str> {
        self.officers
            .iter()
            .rev()
            .find(|a| a.role == role)
            .map(|a| a.officer.as_str())
    }

    /// The commune that answers for the case: the holder, unless that is only a place of receipt
    /// that has not passed the report on yet.
    #[must_use]
    pub fn responsible_commune(&self) -> &str {
        self.responsible_seat().unit()
    }

    /// The same as a place in the case.
    #[must_use]
    pub fn responsible_seat(&self) -> &Seat {
        let holder = self.holder.unit();
        let told = self.reports.iter().any(|r| {
            let forwarded = r.forwarded.as_ref().map(Seat::unit);
            r.incident.unit() == holder || forwarded == Some(holder)
        });
        if told || self.taken_over {
            &self.holder
        } else {
            self.incident()
        }
    }

    /// Whether somebody has acted on the case: verified, assessed or protected the child, took the case over,
    /// or closed it; in any round.
    pub(in crate::case) fn acted_on(&self) -> bool {
        self.verified_at.is_some()
            || self.initial_assessment.is_some()
            || !self.emergency_measures.is_empty()
            || !self.separations.is_empty()
            || self.taken_over
            || self.closure.is_some()
            || self.reopened_at.is_some()
    }

    fn end_offer(&mut self, by: By, answer: Option<String>) {
        if let Some(offer) = self.transfer.take() {
            self.ended_offers.push(EndedOffer {
                unit: offer.asked.unit().to_owned(),
                offered_at: offer.by.at,
                by,
                answer,
            });
        }
    }
}
