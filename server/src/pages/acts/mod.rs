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

use super::case::case_acts::Place;
use crate::AppState;

pub(super) use about::{initial_about, report_about, separation_about};
pub use act::{Act, Scene};
pub(super) use criminal::exam_name;
pub(super) use placement::placement_name;
pub use send::trouble;

/// Every act with the places where the page of a case offers it, in the order in which it does.
pub const ACTS: &[(&Act, &[Place])] = {
    use Place as P;
    &[
        (&record_visit::ACT, &[P::Beside]),
        (&add_note::ACT, &[P::Beside]),
        (&attach_document::ACT, &[P::Beside, P::Documents]),
        (&refer::ACT, &[P::Beside]),
        (&forward_report::ACT, &[P::Beside]),
        (&acknowledge_report::ACT, &[P::Beside]),
        (&answer_same_child::ACT, &[P::Beside]),
        (&record_verification::ACT, &[P::Beside]),
        (&record_initial_assessment::ACT, &[P::Beside]),
        (&answer_contradiction::ACT, &[P::Beside]),
        (&apply_emergency_measure::ACT, &[P::Beside]),
        (&order_separation::ACT, &[P::Beside]),
        (&extend_separation::ACT, &[P::Beside]),
        (&lift_separation::ACT, &[P::Beside]),
        (&request_court_order::ACT, &[P::Beside]),
        (&record_court_decision::ACT, &[P::Beside]),
        (&record_detailed_assessment::ACT, &[P::Beside]),
        (&hold_case_meeting::ACT, &[P::Beside]),
        (&submit_plan::ACT, &[P::Beside]),
        (&approve_plan::ACT, &[P::Beside]),
        (&return_plan::ACT, &[P::Beside]),
        (&adjust_plan::ACT, &[P::Beside]),
        (&start_service::ACT, &[P::Item]),
        (&complete_service::ACT, &[P::Item]),
        (&record_service_progress::ACT, &[P::Item]),
        (&fail_service::ACT, &[P::Item]),
        (&accept_referral::ACT, &[P::Referral]),
        (&decline_referral::ACT, &[P::Referral]),
        (&complete_referral::ACT, &[P::Referral]),
        (&withdraw_referral::ACT, &[P::Referral]),
        (&review_plan::ACT, &[P::Beside]),
        (&assign_officer::ACT, &[P::Beside, P::Officers]),
        (&relieve_officer::ACT, &[P::Beside, P::Officers]),
        (&pass_competence::ACT, &[P::Beside]),
        (&close_case::ACT, &[P::Beside]),
        (&archive_case::ACT, &[P::Beside]),
        (&reopen_case::ACT, &[P::Beside]),
        (&transfer_case::ACT, &[P::Beside]),
        (&accept_transfer::ACT, &[P::Offer]),
        (&decline_transfer::ACT, &[P::Offer]),
        (&withdraw_transfer::ACT, &[P::Offer]),
        (&pass_crime_report::ACT, &[P::Beside, P::Crime]),
        (&assign_investigator::ACT, &[P::Beside, P::Crime]),
        (
            &record_forensic_grounds::ACT,
            &[P::Beside, P::NewExamination],
        ),
        (
            &order_forensic_exam::ACT,
            &[P::Beside, P::Examination, P::NewExamination],
        ),
        (
            &record_forensic_conclusion::ACT,
            &[P::Beside, P::Examination],
        ),
        (&decide_crime_report::ACT, &[P::Beside, P::Crime]),
        (&prolong_crime_report::ACT, &[P::Beside, P::Crime]),
        (&inform_informant::ACT, &[P::Beside, P::Crime]),
        (&propose_prosecution::ACT, &[P::Beside, P::Crime]),
        (&record_interview::ACT, &[P::Beside, P::Interviews]),
        (&propose_placement::ACT, &[P::Beside, P::NewPlacement]),
        (&verify_carer::ACT, &[P::Beside, P::Placement]),
        (&decide_placement::ACT, &[P::Beside, P::Placement]),
        (&hand_over_child::ACT, &[P::Beside, P::Placement]),
        (&record_placement_follow_up::ACT, &[P::Beside, P::Placement]),
        (&end_placement::ACT, &[P::Beside, P::Placement]),
        (&admit_to_facility::ACT, &[P::Beside, P::NewStay]),
        (&complete_admission_papers::ACT, &[P::Beside, P::Stay]),
        (&list_for_placement::ACT, &[P::Beside, P::Stay]),
        (&appraise_listing::ACT, &[P::Beside, P::Stay]),
        (&end_facility_care::ACT, &[P::Beside, P::Stay]),
        (&correct::ACT, &[P::Event]),
        (&confirm_correction::ACT, &[P::Correction]),
    ]
};

pub(super) fn routes() -> Router<AppState> {
    let handlers = get(show::show).post(send::send);
    Router::new().route("/cases/{id}/acts/{command}", handlers)
}

/// The act of a command.
#[must_use]
pub fn find(command: &str) -> Option<&'static Act> {
    let mut acts = ACTS.iter().map(|(act, _)| *act);
    acts.find(|act| act.command == command)
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
        let acts: BTreeSet<&str> = ACTS.iter().map(|(act, _)| act.command).collect();
        assert_eq!(acts.len(), ACTS.len(), "a command stands there twice");
        for name in Command::NAMES {
            // A new report has a page of its own.
            assert_eq!(acts.contains(name), *name != "receive-report", "{name}");
        }
        for (act, places) in ACTS {
            assert!(!places.is_empty(), "{} is offered nowhere", act.command);
            for language in Language::ALL {
                for suffix in ["-title", "-why", "-done"] {
                    let key = format!("act-{}{suffix}", act.command);
                    assert!(language.find(&key, &[]).is_some(), "{key}");
                }
            }
        }
    }
}
