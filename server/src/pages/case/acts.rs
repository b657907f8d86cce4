//! The acts on a case: where on its page each is offered, and in which order. Whether it is possible is
//! asked of the domain, see [`super::View::can`].

use domain::case::Procedure;
use uuid::Uuid;

use crate::access::Officer;

/// Where on the page an act is offered, beside the duty that it fulfils.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the list of what else can be recorded.
    Beside,
    /// The page of a report, which tells of new danger.
    Report,
    /// An item of the plan in force.
    Item,
    /// A referral.
    Referral,
    /// The offer to take the case.
    Offer,
    /// The report of crime.
    Crime,
    /// An examination.
    Examination,
    /// Under the examinations.
    NewExamination,
    /// Under the interviews.
    Interviews,
    /// A placement.
    Placement,
    /// Under the placements.
    NewPlacement,
    /// A stay in a facility.
    Stay,
    /// Under the stays.
    NewStay,
    /// Under the officers in charge.
    Officers,
    /// Under the documents.
    Documents,
    /// An event of the timeline, a value of the summary.
    Event,
    /// A correction that waits for a second person.
    Correction,
}

/// Every command of a case with its places, in the order in which they are offered.
pub const PLACES: &[(&str, &[Place])] = {
    use Place as P;
    &[
        ("record-visit", &[P::Beside]),
        ("add-note", &[P::Beside]),
        ("attach-document", &[P::Beside, P::Documents]),
        ("refer", &[P::Beside]),
        ("receive-report", &[P::Report]),
        ("forward-report", &[P::Beside]),
        ("acknowledge-report", &[P::Beside]),
        ("answer-same-child", &[P::Beside]),
        ("record-verification", &[P::Beside]),
        ("record-initial-assessment", &[P::Beside]),
        ("answer-contradiction", &[P::Beside]),
        ("apply-emergency-measure", &[P::Beside]),
        ("order-separation", &[P::Beside]),
        ("extend-separation", &[P::Beside]),
        ("lift-separation", &[P::Beside]),
        ("request-court-order", &[P::Beside]),
        ("record-court-decision", &[P::Beside]),
        ("record-detailed-assessment", &[P::Beside]),
        ("hold-case-meeting", &[P::Beside]),
        ("submit-plan", &[P::Beside]),
        ("approve-plan", &[P::Beside]),
        ("return-plan", &[P::Beside]),
        ("adjust-plan", &[P::Beside]),
        ("start-service", &[P::Item]),
        ("complete-service", &[P::Item]),
        ("record-service-progress", &[P::Item]),
        ("fail-service", &[P::Item]),
        ("accept-referral", &[P::Referral]),
        ("decline-referral", &[P::Referral]),
        ("complete-referral", &[P::Referral]),
        ("withdraw-referral", &[P::Referral]),
        ("review-plan", &[P::Beside]),
        ("assign-officer", &[P::Beside, P::Officers]),
        ("relieve-officer", &[P::Beside, P::Officers]),
        ("pass-competence", &[P::Beside]),
        ("close-case", &[P::Beside]),
        ("archive-case", &[P::Beside]),
        ("reopen-case", &[P::Beside]),
        ("transfer-case", &[P::Beside]),
        ("accept-transfer", &[P::Offer]),
        ("decline-transfer", &[P::Offer]),
        ("withdraw-transfer", &[P::Offer]),
        ("pass-crime-report", &[P::Beside, P::Crime]),
        ("assign-investigator", &[P::Beside, P::Crime]),
        ("record-forensic-grounds", &[P::Beside, P::NewExamination]),
        (
            "order-forensic-exam",
            &[P::Beside, P::Examination, P::NewExamination],
        ),
        ("record-forensic-conclusion", &[P::Beside, P::Examination]),
        ("decide-crime-report", &[P::Beside, P::Crime]),
        ("prolong-crime-report", &[P::Beside, P::Crime]),
        ("inform-informant", &[P::Beside, P::Crime]),
        ("propose-prosecution", &[P::Beside, P::Crime]),
        ("record-interview", &[P::Beside, P::Interviews]),
        ("propose-placement", &[P::Beside, P::NewPlacement]),
        ("verify-carer", &[P::Beside, P::Placement]),
        ("decide-placement", &[P::Beside, P::Placement]),
        ("hand-over-child", &[P::Beside, P::Placement]),
        ("record-placement-follow-up", &[P::Beside, P::Placement]),
        ("end-placement", &[P::Beside, P::Placement]),
        ("admit-to-facility", &[P::Beside, P::NewStay]),
        ("complete-admission-papers", &[P::Beside, P::Stay]),
        ("list-for-placement", &[P::Beside, P::Stay]),
        ("appraise-listing", &[P::Beside, P::Stay]),
        ("end-facility-care", &[P::Beside, P::Stay]),
        ("correct", &[P::Event]),
        ("confirm-correction", &[P::Correction]),
    ]
};

/// The commands that are offered there.
pub fn at(place: Place) -> impl Iterator<Item = &'static str> {
    let there = PLACES.iter().filter(move |(_, all)| all.contains(&place));
    there.map(|(command, _)| *command)
}

/// Whether this officer's role may ever give a command, from whatever seat.
#[must_use]
pub fn may_give(procedure: &Procedure, officer: &Officer, command: &str) -> bool {
    procedure.role_may(command, officer.role)
}

/// Whether this officer's role receives reports, and so begins cases.
#[must_use]
pub fn receives_reports(procedure: &Procedure, officer: &Officer) -> bool {
    procedure.anyone_may("receive-report", officer.role)
}

/// Where the form of an act is. `item` is the item of the plan or the referral that it is about.
#[must_use]
pub fn address(case: Uuid, command: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("/cases/{case}/acts/{command}?item={item}"),
        None => format!("/cases/{case}/acts/{command}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::case::Command;

    use super::*;

    #[test]
    fn every_command_of_a_case_is_offered_somewhere() {
        let placed: BTreeSet<_> = PLACES.iter().map(|(command, _)| *command).collect();
        assert_eq!(placed, Command::NAMES.iter().copied().collect());
        assert_eq!(placed.len(), PLACES.len(), "a command stands there twice");
        for (command, places) in PLACES {
            assert!(!places.is_empty(), "{command}");
        }
    }
}
