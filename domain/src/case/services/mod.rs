//! The plan under way: its items, referrals, visits.

pub mod events;
mod law;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod accept_referral;
    mod complete_referral;
    mod complete_service;
    mod decline_referral;
    mod fail_service;
    mod record_service_progress;
    mod record_visit;
    mod refer;
    mod start_service;
    mod withdraw_referral;

    pub use accept_referral::AcceptReferral;
    pub use complete_referral::CompleteReferral;
    pub use complete_service::CompleteService;
    pub use decline_referral::DeclineReferral;
    pub use fail_service::FailService;
    pub use record_service_progress::RecordServiceProgress;
    pub use record_visit::RecordVisit;
    pub use refer::Refer;
    pub use start_service::StartService;
    pub use withdraw_referral::WithdrawReferral;

    use super::law;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
