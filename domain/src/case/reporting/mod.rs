//! Reports: what was told, to whom it was passed, what the check found, and whether it is about the same child.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod acknowledge_report;
    pub mod answer_same_child;
    pub mod forward_report;
    pub mod receive_report;
    pub mod record_verification;

    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// What was told and checked.
    reporting of Report "report" {
        commands {
            "receive-report" => receive_report::ReceiveReport,
            "forward-report" => forward_report::ForwardReport,
            "acknowledge-report" => acknowledge_report::AcknowledgeReport,
            "record-verification" => record_verification::RecordVerification,
            "answer-same-child" => answer_same_child::AnswerSameChild,
        }
        events {
            /// A place of receipt was told (form 01; Decree 56/2017, art. 25).
            ReportReceived(report::ReportFacts, report::ReportPersonal) { 1 => Same, 2 } {
                title: "tiếp nhận thông tin", "receipt of the report",
                by: "receive-report",
                after: [],
                at: received_at,
            }
            /// The report was passed to the commune where it happened (art. 26.1).
            ReportForwarded(report::ForwardedFacts, Nothing) { 1 } {
                title: "chuyển thông tin", "forwarding of the report",
                by: "forward-report",
                after: [Receipt],
            }
            /// That commune confirmed that it has the report.
            ReportAcknowledged(NoFacts, Nothing) { 1 } {
                title: "xác nhận đã nhận thông tin", "acknowledgement of the report",
                by: "acknowledge-report",
                after: [Forwarding],
            }
            /// The report was checked (art. 25.2).
            ReportVerified(report::VerifiedFacts, report::VerifiedPersonal) { 1 } {
                title: "kiểm tra tính xác thực", "verification",
                by: "record-verification",
                after: [RoundReceipt],
            }
            /// Whether a report that was added unseen is about the same child.
            SameChildAnswered(same_child::AnsweredFacts, same_child::AnsweredPersonal) { 1 } {
                title: "trả lời có phải cùng một trẻ", "answer whether it is the same child",
                by: "answer-same-child",
                after: [UnseenReport],
            }
        }
        causes {
            /// The first receipt of the case.
            FirstReceipt: "khi tiếp nhận thông tin", "receipt of the report" => first_receipt,
            /// The earliest receipt of this round, or the reopening.
            RoundReceipt: "khi tiếp nhận thông tin", "receipt of the report" => round_receipt,
            /// The receipt of the report that is forwarded.
            Receipt: "khi tiếp nhận thông tin", "receipt of the report" => receipt,
            /// The forwarding of the report that is acknowledged.
            Forwarding: "khi thông tin được chuyển đến", "forwarding of the report" => forwarding,
            /// The last verification.
            Verification: "lần kiểm tra tính xác thực", "verification" => verification,
            /// The report that was added unseen.
            UnseenReport: "khi tiếp nhận thông tin", "receipt of the report" => unseen_report,
        }
    }
}
