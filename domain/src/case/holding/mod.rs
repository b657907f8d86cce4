//! Who answers for the case: offers to another commune, competence that passes, officers in charge.

pub mod events;
mod law;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod accept_transfer;
    mod assign_officer;
    mod decline_transfer;
    mod pass_competence;
    mod relieve_officer;
    mod transfer_case;
    mod withdraw_transfer;

    pub use accept_transfer::AcceptTransfer;
    pub use assign_officer::AssignOfficer;
    pub use decline_transfer::DeclineTransfer;
    pub use pass_competence::PassCompetence;
    pub use relieve_officer::RelieveOfficer;
    pub use transfer_case::TransferCase;
    pub use withdraw_transfer::WithdrawTransfer;

    use super::law;
    use crate::case::gate::{Bar, Gate};
    use crate::case::rule::Rule;
}
