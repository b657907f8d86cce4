//! The plan under way: its items, referrals, visits.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod accept_referral;
    pub mod complete_referral;
    pub mod complete_service;
    pub mod decline_referral;
    pub mod fail_service;
    pub mod record_service_progress;
    pub mod record_visit;
    pub mod refer;
    pub mod start_service;
    pub mod withdraw_referral;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// Services, referrals, visits.
    services of Service "service" {
        commands {
            "start-service" => start_service::StartService,
            "record-service-progress" => record_service_progress::RecordServiceProgress,
            "complete-service" => complete_service::CompleteService,
            "fail-service" => fail_service::FailService,
            "refer" => refer::Refer,
            "accept-referral" => accept_referral::AcceptReferral,
            "decline-referral" => decline_referral::DeclineReferral,
            "complete-referral" => complete_referral::CompleteReferral,
            "withdraw-referral" => withdraw_referral::WithdrawReferral,
            "record-visit" => record_visit::RecordVisit,
        }
        events {
            /// A service or task of the plan began (art. 29).
            ServiceStarted(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 } {
                title: "bắt đầu việc của kế hoạch", "start of an item of the plan",
                by: "start-service",
                after: [Approval],
                about: item_id,
                danger: danger_now,
            }
            /// Its progress was noted.
            ServiceProgressed(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 } {
                title: "tiến độ việc của kế hoạch", "progress of an item of the plan",
                by: "record-service-progress",
                after: [Approval, ItemStart],
                about: item_id,
                danger: danger_now,
            }
            /// It was completed.
            ServiceCompleted(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 } {
                title: "hoàn thành việc của kế hoạch", "completion of an item of the plan",
                by: "complete-service",
                after: [Approval, ItemStart],
                about: item_id,
                danger: danger_now,
            }
            /// It could not be carried out.
            ServiceFailed(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 } {
                title: "việc của kế hoạch không thực hiện được", "failure of an item of the plan",
                by: "fail-service",
                after: [Approval, ItemStart],
                about: item_id,
                danger: danger_now,
            }
            /// The child was referred to a service (art. 29.1.b).
            ReferralMade(referral::MadeFacts, referral::MadePersonal) { 1 => Same, 2 } {
                title: "chuyển gửi dịch vụ", "referral",
                by: "refer",
                after: [FirstReceipt],
                about: referral_id,
                danger: danger_now,
            }
            /// The service accepted.
            ReferralAccepted(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 } {
                title: "nhận chuyển gửi", "acceptance of the referral",
                by: "accept-referral",
                after: [Referral],
                about: referral_id,
                danger: danger_now,
            }
            /// The service declined.
            ReferralDeclined(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 } {
                title: "từ chối chuyển gửi", "refusal of the referral",
                by: "decline-referral",
                after: [Referral],
                about: referral_id,
                danger: danger_now,
            }
            /// The service was given.
            ReferralCompleted(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 } {
                title: "hoàn thành chuyển gửi", "completion of the referral",
                by: "complete-referral",
                after: [Referral, ReferralAcceptance],
                about: referral_id,
                danger: danger_now,
            }
            /// Who referred took the referral back.
            ReferralWithdrawn(referral::AnswerFacts, written::ReasonPersonal) { 1 } {
                title: "rút lại chuyển gửi", "withdrawal of the referral",
                by: "withdraw-referral",
                after: [Referral, ReferralAcceptance],
                about: referral_id,
            }
            /// Somebody visited.
            VisitRecorded(visit::VisitFacts, visit::VisitPersonal) { 1 => Same, 2 } {
                title: "thăm trẻ", "visit",
                by: "record-visit",
                after: [FirstReceipt],
                at: visited_at,
                danger: danger_now,
            }
        }
        causes {
            /// The start of the item of the plan.
            ItemStart: "khi việc này bắt đầu", "start of this item" => item_start,
            /// The end of the last item of the plan.
            LastItem: "khi việc cuối cùng của kế hoạch kết thúc", "end of the last item of the plan" => last_item,
            /// The referral.
            Referral: "khi chuyển gửi", "referral" => referral,
            /// The acceptance of the referral.
            ReferralAcceptance: "khi nơi nhận đồng ý", "acceptance of the referral" => referral_acceptance,
        }
    }
}
