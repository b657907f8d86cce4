//! `/cases/{id}/acts/{command}`: a form for every command of a case. Each command is one file that
//! says what is asked; one pair of handlers shows and sends them all.

mod about;
mod act;
pub(super) mod choices;
mod criminal;
#[cfg(test)]
mod described;
mod numbers;
mod page;
mod placement;
mod send;
mod show;
mod too_late;
mod transfer;
mod unit_choice;
pub(super) mod words_of;
mod yes_no;

mod accept_referral;
mod accept_transfer;
mod acknowledge_report;
mod add_note;
mod adjust_plan;
mod admit_to_facility;
mod answer_contradiction;
mod answer_same_child;
mod apply_emergency_measure;
mod appraise_listing;
mod approve_plan;
mod archive_case;
mod assign_investigator;
mod assign_officer;
mod attach_document;
mod close_case;
mod complete_admission_papers;
mod complete_referral;
mod complete_service;
mod confirm_correction;
mod correct;
mod decide_crime_report;
mod decide_placement;
mod decline_referral;
mod decline_transfer;
mod end_facility_care;
mod end_placement;
mod extend_separation;
mod fail_service;
mod forward_report;
mod hand_over_child;
mod hold_case_meeting;
mod inform_informant;
mod lift_separation;
mod list_for_placement;
mod order_forensic_exam;
mod order_separation;
mod pass_competence;
mod pass_crime_report;
mod plan;
mod prolong_crime_report;
mod propose_placement;
mod propose_prosecution;
mod record_court_decision;
mod record_detailed_assessment;
mod record_forensic_conclusion;
mod record_forensic_grounds;
mod record_initial_assessment;
mod record_interview;
mod record_placement_follow_up;
mod record_service_progress;
mod record_verification;
mod record_visit;
mod refer;
mod relieve_officer;
mod reopen_case;
mod request_court_order;
mod return_plan;
mod review_plan;
mod start_service;
mod submit_plan;
mod transfer_case;
mod verify_carer;
mod withdraw_referral;
mod withdraw_transfer;

use axum::Router;
use axum::routing::get;
use uuid::Uuid;

use crate::AppState;

pub(super) use about::{initial_about, report_about, separation_about};
pub use act::{Act, Scene};
pub(super) use criminal::exam_name;
pub(super) use placement::placement_name;
pub use send::trouble;

/// Every act, in the order of the procedure.
pub const ACTS: &[&Act] = &[
    &forward_report::ACT,
    &acknowledge_report::ACT,
    &record_verification::ACT,
    &record_initial_assessment::ACT,
    &apply_emergency_measure::ACT,
    &order_separation::ACT,
    &extend_separation::ACT,
    &lift_separation::ACT,
    &request_court_order::ACT,
    &record_court_decision::ACT,
    &record_detailed_assessment::ACT,
    &hold_case_meeting::ACT,
    &submit_plan::ACT,
    &approve_plan::ACT,
    &return_plan::ACT,
    &adjust_plan::ACT,
    &start_service::ACT,
    &record_service_progress::ACT,
    &complete_service::ACT,
    &fail_service::ACT,
    &refer::ACT,
    &accept_referral::ACT,
    &decline_referral::ACT,
    &complete_referral::ACT,
    &withdraw_referral::ACT,
    &record_visit::ACT,
    &review_plan::ACT,
    &close_case::ACT,
    &archive_case::ACT,
    &reopen_case::ACT,
    &transfer_case::ACT,
    &accept_transfer::ACT,
    &decline_transfer::ACT,
    &withdraw_transfer::ACT,
    &pass_crime_report::ACT,
    &assign_investigator::ACT,
    &record_forensic_grounds::ACT,
    &order_forensic_exam::ACT,
    &record_forensic_conclusion::ACT,
    &prolong_crime_report::ACT,
    &decide_crime_report::ACT,
    &inform_informant::ACT,
    &propose_prosecution::ACT,
    &record_interview::ACT,
    &propose_placement::ACT,
    &verify_carer::ACT,
    &decide_placement::ACT,
    &hand_over_child::ACT,
    &record_placement_follow_up::ACT,
    &end_placement::ACT,
    &admit_to_facility::ACT,
    &complete_admission_papers::ACT,
    &list_for_placement::ACT,
    &appraise_listing::ACT,
    &end_facility_care::ACT,
    &assign_officer::ACT,
    &relieve_officer::ACT,
    &pass_competence::ACT,
    &add_note::ACT,
    &attach_document::ACT,
    &correct::ACT,
    &confirm_correction::ACT,
    &answer_contradiction::ACT,
    &answer_same_child::ACT,
];

pub(super) fn routes() -> Router<AppState> {
    let handlers = get(show::show).post(send::send);
    Router::new().route("/cases/{id}/acts/{command}", handlers)
}

/// The act of a command.
#[must_use]
pub fn find(command: &str) -> Option<&'static Act> {
    ACTS.iter().copied().find(|act| act.command == command)
}

/// The address of a form.
#[must_use]
pub fn address(case: Uuid, command: &str) -> String {
    format!("/cases/{case}/acts/{command}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::case::Command;

    use super::*;
    use crate::language::Language;

    #[test]
    fn every_command_of_a_case_has_an_act_with_its_words() {
        let acts: BTreeSet<&str> = ACTS.iter().map(|act| act.command).collect();
        assert_eq!(acts.len(), ACTS.len());
        for name in Command::NAMES {
            // A new report has a page of its own.
            assert_eq!(acts.contains(name), *name != "receive-report", "{name}");
        }
        for act in ACTS {
            for language in Language::ALL {
                for suffix in ["-title", "-why", "-done"] {
                    let key = format!("act-{}{suffix}", act.command);
                    assert!(language.find(&key, &[]).is_some(), "{key}");
                }
            }
        }
    }
}
