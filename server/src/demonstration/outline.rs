//! The outline of a case: where and when it begins, what is told, which way it goes, and where it
//! stands in the end. The acts fill it in.

use chrono::NaiveDate;
use domain::time::Instant;
use uuid::Uuid;

use super::hours::plus_minutes;
use super::words::Tale;

/// What happens in a case, in the order of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Milestone {
    Reopen,
    Receive,
    Forward,
    Acknowledge,
    Verify,
    Assess,
    Protect,
    Separate,
    AssessInDetail,
    Meet,
    Submit,
    Return,
    Approve,
    CarryOut,
    Review,
    Close,
    Archive,
}

/// A milestone in a round of the procedure, counted from 1.
pub(super) type Mark = (u8, Milestone);

/// Who receives the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Receipt {
    Hotline,
    Commune,
    OtherCommune,
    /// The other commune that has accounts.
    Neighbour,
    Police,
    OtherPolice,
    Agency,
}

/// Which way the case goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Plan, review, safe and stable.
    Whole,
    /// The report does not hold.
    Unfounded,
    /// The family moves away before there is a plan.
    Transferred,
    /// Ends for another reason before there is a plan.
    Other,
    /// The child dies of something else.
    Died,
    /// The child reaches 16 while the plan is carried out.
    Reached16,
}

/// What is done after its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Late {
    Protect,
    /// The meeting, and so the plan that waited for it.
    Meet,
    Submit,
    Approve,
    CarryOut,
    Referral,
    /// Closed before there is a plan, when the plan was already late.
    Close,
}

/// How a temporary separation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separated {
    /// Lifted within the days of the decision.
    Lifted,
    /// Extended within the 15 days, then lifted.
    Extended,
    /// A competent authority requires it to go on.
    Required,
    /// The court requires it to go on.
    Court,
    /// The court is asked and refuses.
    CourtRefused,
    /// Lifted in the last hour of the 15 days.
    ToTheEnd,
}

/// What else may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    /// Recorded a good while after it happened.
    LateEntry,
    /// The first verification is not clear.
    SecondLook,
    Assigned,
    /// Another officer takes over.
    Relieved,
    CorrectedName,
    CorrectedTime,
    Returned,
    Adjusted,
    Failed,
    Declined,
    Noted,
    Documented,
    SecondRound,
    Reopened,
    /// A referral went to the wrong agency and is withdrawn.
    Withdrawn,
    /// The officer corrects when a late plan was submitted, and nobody has confirmed it.
    CorrectedLate,
    /// The same, and the chair confirms it.
    ConfirmedLate,
    /// A visit finds the child in danger, which is protected in time.
    DangerFound,
    /// A visit of today found the child in danger.
    DangerNow,
    /// A parent is suspected, form 02 says no without a reason, and nobody has answered yet.
    Contradicted,
    /// Separated without a place, which is being sought.
    Sought,
    /// The same, and a facility takes the child in after some hours.
    Found,
    /// A second report on the same child while the plan is carried out.
    ToldAgain,
    /// The report of crime goes to the police.
    Crime,
    /// Relatives care for the child, and are visited in time.
    Family,
    /// Relatives care for the child, and are visited late.
    FamilyLate,
    /// The child returns from the relatives.
    FamilyAgain,
    /// A facility takes the child in, then a family of another commune.
    Facility,
    /// Another commune was asked to take the case and has not answered.
    OfferWaits,
    /// Another commune took the case.
    OfferTaken,
    /// Another commune did not take the case.
    OfferDeclined,
}

/// A report that a commune adds to the case without seeing it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unseen {
    pub received_at: Instant,
    /// Whether it was the same child; none where nobody has answered yet.
    pub same: Option<bool>,
    /// The case into which the report went, where it was another child.
    pub new_case: Option<Uuid>,
}

impl Unseen {
    /// When the answer is given.
    pub(super) fn answered_at(&self) -> Instant {
        plus_minutes(self.received_at, 95)
    }
}

/// The outline of a case.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    /// Code of the commune of the incident.
    pub commune: String,
    pub received_at: Instant,
    pub receipt: Receipt,
    /// Id of the case, where another case names it.
    pub id: Option<Uuid>,
    /// What a commune adds that cannot see the case.
    pub unseen: Option<Unseen>,
    /// Code of the commune where the child lives, where it is to be a certain one.
    pub residence: Option<&'static str>,
    /// Name of a girl, where it is to be a certain one.
    pub girl: Option<&'static str>,
    /// Brothers and sisters share the family.
    pub family: u64,
    pub tale: Tale,
    pub course: Course,
    pub late: Option<Late>,
    pub separated: Option<Separated>,
    pub extras: Vec<Extra>,
    /// Last day of the commune: all must be over by then.
    pub last_day: Option<NaiveDate>,
    /// The first thing that does not happen any more.
    pub stop: Option<Mark>,
    /// When some things happen; the others happen in their time.
    pub anchors: Vec<(Mark, Instant)>,
    /// Items of the plan of the last round: days from today to their end, and whether done.
    pub items: Vec<(i64, bool)>,
    /// Referrals that wait: days from today until which an answer was asked for.
    pub referrals: Vec<i64>,
}

impl Outline {
    /// An ordinary case.
    pub(super) fn new(commune: &str, received_at: Instant, tale: Tale) -> Self {
        Self {
            commune: commune.to_owned(),
            received_at,
            receipt: Receipt::Commune,
            id: None,
            unseen: None,
            girl: None,
            residence: None,
            family: 0,
            tale,
            course: Course::Whole,
            late: None,
            separated: None,
            extras: Vec::new(),
            last_day: None,
            stop: None,
            anchors: Vec::new(),
            items: Vec::new(),
            referrals: Vec::new(),
        }
    }

    pub(super) fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }

    pub(super) fn with(mut self, extra: Extra) -> Self {
        self.extras.push(extra);
        self
    }

    /// Whether serious harm threatens or the carer is the one who harms.
    pub(super) fn emergency(&self) -> bool {
        self.tale.weight != super::words::Weight::Calm
    }
}
