//! The words of a procedure file that only a case understands: who owes, from where a limit counts, what
//! a step repeats over.

use serde::{Deserialize, Serialize};

/// A role that depends on the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwedBy {
    /// The role that belongs to the place of receipt.
    PlaceOfReceipt,
    /// The role that belongs to the agency that was asked.
    ReferredTo,
    /// The role that belongs to the forensic body.
    ForensicBody,
    /// The authority over the facility.
    FacilityAuthority,
    /// Who is asked about a contradiction.
    Contradiction,
}

/// Whose unit owes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwingUnit {
    /// The place of receipt.
    Receipt,
    /// The commune of the incident.
    Incident,
    /// The commune of the incident of the child that it is about: of the case, or of a report that is kept
    /// apart.
    IncidentOfChild,
    /// The commune of residence.
    Residence,
    /// The unit that holds the case.
    Holder,
    /// The unit that answers for the child that it is about: that which holds the case, or the commune of the
    /// incident of a report that is kept apart.
    HolderOfChild,
    /// The unit of the agency that was asked.
    ReferredTo,
    /// The commune that is asked to take the case.
    TransferTo,
    /// The province of the incident.
    Province,
    /// The investigating body.
    InvestigatingBody,
    /// The forensic body.
    ForensicBody,
    /// The court.
    Court,
    /// The commune of the carer.
    Carer,
    /// The facility.
    Facility,
    /// The authority over the facility.
    FacilityAuthority,
    /// The unit of who is asked about a contradiction.
    Contradiction,
    /// Not known to the file.
    None,
}

/// What an obligation repeats over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// One for each item of the plan.
    PlanItem,
    /// One for each referral.
    Referral,
    /// One for each forensic examination.
    Examination,
    /// One for each placement with a family.
    Placement,
    /// One for each contradiction that is open.
    Contradiction,
    /// One for each report that was added unseen.
    UnseenReport,
}

/// From where a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum From {
    /// The event that opened the obligation.
    OpeningEvent,
    /// The earliest receipt of the round.
    EarliestReceipt,
    /// The initial assessment.
    InitialAssessment,
    /// The decision on separation, or the day it began if earlier.
    SeparationDecision,
    /// The day on which the child was handed over to the carer.
    HandOver,
    /// The review that found the child safe and stable, where there was one before the case was opened again:
    /// else the first receipt.
    SafeReview,
    /// The end of the separation as decided: a date by itself, with no amount to count.
    SeparationUntil,
}

/// Where a due date comes from instead of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueFrom {
    /// There is none.
    None,
    /// The end date of the item.
    ItemEnd,
    /// The date asked for in the referral.
    RespondBy,
    /// The date asked for in the offer of a transfer.
    TransferRespondBy,
    /// Until when the handling of the report of crime was prolonged.
    CrimeReportUntil,
    /// The end of the separation.
    SeparationUntil,
}
