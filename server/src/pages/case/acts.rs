//! The acts on a case: where on its page they are offered. Which is offered where stands in the list of acts;
//! whether it is possible is asked of the domain, see [`super::View::can`].

use domain::case::Procedure;
use uuid::Uuid;

use crate::access::Officer;
use crate::pages::acts::ACTS;

/// Where on the page an act is offered, beside the duty that it fulfils.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the list of what else can be recorded.
    Beside,
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

/// The commands that are offered there.
pub fn at(place: Place) -> impl Iterator<Item = &'static str> {
    let there = ACTS.iter().filter(move |(_, all)| all.contains(&place));
    there.map(|(act, _)| act.command)
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
