//! What keeps who had a part in a case that ended before they took it over: number, day and their own
//! answer. They did not take the case, or declined a referral, or were asked by mistake.

use domain::case::{Case, Part};
use domain::time::Instant;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::{Application, FindError, part_of};

/// What they had been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To take the case over.
    Offer,
    /// To give a service.
    Referral,
}

/// A part that ended. Nothing else of the case.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedPart {
    /// The case.
    pub case_id: Uuid,
    /// The number that people use.
    pub number: String,
    /// What they had been asked.
    pub how: How,
    /// When the part ended.
    pub ended_at: Instant,
    /// Why they declined, in their own words; none where what they were asked was withdrawn.
    pub answer: Option<String>,
    /// The version of the case at which this is looked at.
    pub version: i64,
}

impl Application {
    /// The part of `officer` in the case `id`, where it ended and left them number, day and own answer.
    ///
    /// # Errors
    /// [`FindError::NotFound`] where they have no such part.
    pub async fn ended_part(&self, officer: &Officer, id: Uuid) -> Result<EndedPart, FindError> {
        let case = projections::load_case(&self.store, id, self.units())
            .await?
            .ok_or(FindError::NotFound)?;
        ended(officer, id, &case).ok_or(FindError::NotFound)
    }
}

fn ended(officer: &Officer, case_id: Uuid, case: &Case) -> Option<EndedPart> {
    let state = case.state()?;
    let (by, answer, how) = match part_of(officer, state) {
        Part::Offer(offer) => (&offer.by, &offer.answer, How::Offer),
        Part::Referral(referral) => (&referral.ended.as_ref()?.0, &referral.answer, How::Referral),
        Part::None | Part::Told | Part::Left(_) | Part::Takes => return None,
    };
    Some(EndedPart {
        case_id,
        number: case.history().first().map(projections::case_number)?,
        how,
        ended_at: by.at,
        answer: answer.clone(),
        version: state.version,
    })
}
