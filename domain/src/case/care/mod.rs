//! Alternative care: placements with families, stays in a facility.

pub mod events;
mod law;
pub(in crate::case) mod state;

pub use state::*;

pub(in crate::case) mod commands {
    //! One file each.

    mod admit_to_facility;
    mod appraise_listing;
    mod complete_admission_papers;
    mod decide_placement;
    mod end_facility_care;
    mod end_placement;
    mod hand_over_child;
    mod list_for_placement;
    mod propose_placement;
    mod record_placement_follow_up;
    mod verify_carer;

    pub use admit_to_facility::AdmitToFacility;
    pub use appraise_listing::AppraiseListing;
    pub use complete_admission_papers::CompleteAdmissionPapers;
    pub use decide_placement::DecidePlacement;
    pub use end_facility_care::EndFacilityCare;
    pub use end_placement::EndPlacement;
    pub use hand_over_child::HandOverChild;
    pub use list_for_placement::ListForPlacement;
    pub use propose_placement::ProposePlacement;
    pub use record_placement_follow_up::RecordPlacementFollowUp;
    pub use verify_carer::VerifyCarer;

    use super::law;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
