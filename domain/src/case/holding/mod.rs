//! Who answers for the case: offers to another commune, competence that passes, officers in charge.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod accept_transfer;
    pub mod assign_officer;
    pub mod decline_transfer;
    pub mod pass_competence;
    pub mod relieve_officer;
    pub mod transfer_case;
    pub mod withdraw_transfer;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate};
    use crate::case::rule::Rule;
}

chapter! {
    /// The way of the case from commune to commune.
    holding of Transfer "transfer" {
        commands {
            "transfer-case" => transfer_case::TransferCase,
            "accept-transfer" => accept_transfer::AcceptTransfer,
            "decline-transfer" => decline_transfer::DeclineTransfer,
            "withdraw-transfer" => withdraw_transfer::WithdrawTransfer,
            "assign-officer" => assign_officer::AssignOfficer,
            "relieve-officer" => relieve_officer::RelieveOfficer,
            "pass-competence" => pass_competence::PassCompetence,
        }
        events {
            /// The case was offered to another commune (Law on Children, art. 52.2).
            CaseTransferred(transfer::TransferredFacts, written::ReasonPersonal) { 1 } {
                title: "đề nghị chuyển hồ sơ", "offer to transfer the case",
                by: "transfer-case",
                after: [FirstReceipt, TakeOver],
            }
            /// That commune took it and holds it from now on.
            TransferAccepted(transfer::AnsweredFacts, Nothing) { 1 } {
                title: "nhận hồ sơ", "acceptance of the transfer",
                by: "accept-transfer",
                after: [Offer],
            }
            /// That commune did not take it.
            TransferDeclined(transfer::AnsweredFacts, written::ReasonPersonal) { 1 } {
                title: "không nhận hồ sơ", "refusal of the transfer",
                by: "decline-transfer",
                after: [Offer],
            }
            /// The offer was taken back.
            TransferWithdrawn(transfer::AnsweredFacts, written::ReasonPersonal) { 1 } {
                title: "rút lại đề nghị chuyển hồ sơ", "withdrawal of the transfer",
                by: "withdraw-transfer",
                after: [Offer],
            }
            /// An officer was put in charge.
            OfficerAssigned(people::AssignmentFacts, people::AssignmentPersonal) { 1 => By(apart::officer), 2 } {
                title: "phân công cán bộ", "assignment of an officer",
                by: "assign-officer",
                of: File,
                after: [FirstReceipt],
            }
            /// An officer was relieved.
            OfficerRelieved(people::AssignmentFacts, people::AssignmentPersonal) { 1 => By(apart::officer), 2 } {
                title: "thôi phân công cán bộ", "relief of an officer",
                by: "relieve-officer",
                of: File,
                after: [Assignment],
            }
            /// Competence passed by law from a unit to its successor.
            CompetencePassed(competence::PassedFacts, competence::PassedPersonal) { 1 => By(apart::legal_act), 2 } {
                title: "chuyển thẩm quyền theo sáp nhập", "passing of competence",
                by: "pass-competence",
                of: File,
                after: [],
            }
        }
        causes {
            /// The acceptance of the case by the commune that holds it.
            TakeOver: "khi đơn vị của anh/chị nhận hồ sơ", "acceptance of the case by your commune" => take_over,
            /// The offer to take the case.
            Offer: "khi đề nghị chuyển hồ sơ", "offer of the transfer" => offer,
            /// The assignment of the officer.
            Assignment: "khi phân công", "assignment" => assignment,
        }
    }
}
