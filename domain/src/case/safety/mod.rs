//! What is done at once: emergency measures, separations, the court.

pub mod events;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod apply_emergency_measure;
    mod extend_separation;
    mod lift_separation;
    mod order_separation;
    mod record_court_decision;
    mod request_court_order;

    pub use apply_emergency_measure::ApplyEmergencyMeasure;
    pub use extend_separation::ExtendSeparation;
    pub use lift_separation::LiftSeparation;
    pub use order_separation::OrderSeparation;
    pub use record_court_decision::RecordCourtDecision;
    pub use request_court_order::RequestCourtOrder;

    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
