//! What is known of the alternative care of a child: placements with families, stays in a facility.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::events::placement::{CarerKind, FacilityLevel};
use crate::case::state::{By, CaseState, Passing, passages};
use crate::identity::Role;
use crate::law::Seat;
use crate::text::Code;
use crate::time::Instant;
use crate::unit::Units;

/// How far a placement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacementStage {
    /// A carer was found; their commune verifies.
    Proposed,
    /// The carer does not meet the conditions.
    NotEligible,
    /// The carer meets the conditions; the chair of their commune decides.
    Verified,
    /// Decided; the child is to be handed over.
    Decided,
    /// The child lives with the carer.
    Placed,
    /// Ended.
    Ended,
}

/// A placement with a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// Its id in the case.
    pub id: Code,
    /// Relatives or others.
    pub carer_kind: CarerKind,
    /// Commune of the carer, as recorded.
    pub carer_unit: String,
    /// Who answers as the commune of the carer.
    #[serde(skip)]
    pub carer: Seat,
    /// The child comes from a facility.
    pub from_facility: bool,
    /// The carer was verified.
    #[serde(skip)]
    pub verified: bool,
    /// How far it has come.
    pub stage: PlacementStage,
    /// When it came there, and by whom.
    pub by: By,
    /// When the child was handed over.
    pub handed_over_at: Option<Instant>,
    /// When it was followed up last.
    #[serde(skip)]
    pub followed_up_at: Option<Instant>,
    /// Follow-ups so far.
    pub follow_ups: u32,
    /// The last follow-up found that the carer harms the child.
    pub carer_harms: bool,
}

/// A stay in a facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacilityStay {
    /// Unit of the facility, as recorded.
    pub unit: String,
    /// Who answers as the facility.
    #[serde(skip)]
    pub facility: Seat,
    /// Who decides about it.
    pub level: FacilityLevel,
    /// When and by whom the child was admitted.
    pub by: By,
    /// When the papers were complete.
    pub papers_at: Option<Instant>,
    /// When the child was put on the list of those to be placed with a family.
    pub listed_at: Option<Instant>,
    /// When that was appraised.
    pub appraised_at: Option<Instant>,
    /// When the care in the facility ended.
    pub ended_at: Option<Instant>,
}

impl FacilityStay {
    /// Who decides about it: the province, or the chair of the commune in which it lies.
    #[must_use]
    pub(crate) fn authority(&self, units: &Units) -> Option<(Role, Seat)> {
        match self.level {
            FacilityLevel::Provincial => {
                let day = self.by.at.date();
                let province = units.province_of(&self.unit, day)?;
                Some((
                    Role::ProvincialOfficer,
                    Seat::new(province.reference(), day),
                ))
            }
            FacilityLevel::Commune => Some((Role::CommuneChair, self.facility.clone())),
        }
    }
}

/// The alternative care of a child.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CareState {
    /// Placements, oldest first.
    pub placements: Vec<Placement>,
    /// Stays in a facility, oldest first.
    pub stays: Vec<FacilityStay>,
}

impl CareState {
    /// The placement with this id.
    #[must_use]
    pub fn placement(&self, id: &Code) -> Option<&Placement> {
        self.placements.iter().find(|placement| placement.id == *id)
    }

    /// The placement in which the child lives.
    #[must_use]
    pub fn placed(&self) -> Option<&Placement> {
        let mut placements = self.placements.iter();
        placements.find(|placement| placement.stage == PlacementStage::Placed)
    }

    /// The stay that has not ended.
    #[must_use]
    pub fn stay(&self) -> Option<&FacilityStay> {
        self.stays.last().filter(|stay| stay.ended_at.is_none())
    }

    /// The communes of carers.
    pub fn carers(&self) -> impl Iterator<Item = &str> {
        let placements = self.placements.iter();
        placements.map(|placement| placement.carer_unit.as_str())
    }

    pub(in crate::case) fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.placements.iter().map(|placement| &placement.carer)
    }

    pub(in crate::case) fn seats_mut(&mut self) -> impl Iterator<Item = &mut Seat> {
        let placements = self.placements.iter_mut();
        let stays = self.stays.iter_mut().map(|stay| &mut stay.facility);
        placements.map(|p| &mut p.carer).chain(stays)
    }

    /// `passings` are those that were recorded before.
    fn apply(&mut self, recorded: &Recorded, passings: &[Passing], units: &Units) {
        let by = By::of(recorded);
        let at = by.at;
        match &recorded.event {
            Event::PlacementProposed(e) => self.placements.push(Placement {
                id: e.facts.placement_id.clone(),
                carer_kind: e.facts.carer_kind,
                carer: Seat::new(&e.facts.carer_unit, at.date()),
                carer_unit: e.facts.carer_unit.clone(),
                from_facility: false,
                verified: false,
                stage: PlacementStage::Proposed,
                by,
                handed_over_at: None,
                followed_up_at: None,
                follow_ups: 0,
                carer_harms: false,
            }),
            Event::CarerVerified(e) => {
                let stage = if e.facts.eligible {
                    PlacementStage::Verified
                } else {
                    PlacementStage::NotEligible
                };
                if let Some(placement) = self.reach(&e.facts.placement_id, stage, by) {
                    placement.verified = e.facts.eligible;
                }
            }
            Event::PlacementDecided(e) => {
                let facts = &e.facts;
                if self.placement(&facts.placement_id).is_none() {
                    self.placements.push(Placement {
                        id: facts.placement_id.clone(),
                        carer_kind: facts.carer_kind,
                        carer: Seat::new(&facts.carer_unit, at.date()),
                        carer_unit: facts.carer_unit.clone(),
                        from_facility: facts.from_facility,
                        verified: false,
                        stage: PlacementStage::Decided,
                        by: by.clone(),
                        handed_over_at: None,
                        followed_up_at: None,
                        follow_ups: 0,
                        carer_harms: false,
                    });
                }
                self.reach(&facts.placement_id, PlacementStage::Decided, by);
            }
            Event::ChildHandedOver(e) => {
                if let Some(placement) =
                    self.reach(&e.facts.placement_id, PlacementStage::Placed, by)
                {
                    placement.handed_over_at = Some(at);
                }
            }
            Event::PlacementFollowedUp(e) => {
                let mut placements = self.placements.iter_mut();
                if let Some(placement) = placements.find(|p| p.id == e.facts.placement_id) {
                    placement.followed_up_at = Some(at);
                    placement.follow_ups += 1;
                    placement.carer_harms = e.facts.carer_harms;
                }
            }
            Event::PlacementEnded(e) => {
                self.reach(&e.facts.placement_id, PlacementStage::Ended, by);
            }
            Event::AdmittedToFacility(e) => self.stays.push(FacilityStay {
                unit: e.facts.unit.clone(),
                facility: Seat::new(&e.facts.unit, at.date()).after(passages(passings), units),
                level: e.facts.level,
                by,
                papers_at: None,
                listed_at: None,
                appraised_at: None,
                ended_at: None,
            }),
            event => self.stayed(event, by),
        }
    }

    fn stayed(&mut self, event: &Event, by: By) {
        let at = by.at;
        let Some(stay) = self.stays.last_mut() else {
            return;
        };
        match event {
            Event::AdmissionPapersCompleted(_) => stay.papers_at = Some(at),
            Event::ListedForPlacement(_) => {
                stay.listed_at = Some(at);
                stay.appraised_at = None;
            }
            Event::ListingAppraised(e) => {
                stay.appraised_at = Some(at);
                let facts = &e.facts;
                if let (true, Some(id), Some(kind), Some(unit)) = (
                    facts.eligible,
                    &facts.placement_id,
                    facts.carer_kind,
                    &facts.carer_unit,
                ) {
                    self.placements.push(Placement {
                        id: id.clone(),
                        carer_kind: kind,
                        carer: Seat::new(unit, at.date()),
                        carer_unit: unit.clone(),
                        from_facility: true,
                        verified: true,
                        stage: PlacementStage::Verified,
                        by,
                        handed_over_at: None,
                        followed_up_at: None,
                        follow_ups: 0,
                        carer_harms: false,
                    });
                }
            }
            Event::FacilityCareEnded(_) => stay.ended_at = Some(at),
            _ => {}
        }
    }

    fn reach(&mut self, id: &Code, stage: PlacementStage, by: By) -> Option<&mut Placement> {
        let placement = self.placements.iter_mut().find(|p| p.id == *id)?;
        placement.stage = stage;
        placement.by = by;
        Some(placement)
    }
}

/// What follows from an event of this chapter.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    case.care.apply(recorded, &case.passings, &case.units);
}
