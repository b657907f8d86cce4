//! Which place of receipt an officer stands for (Decree 56/2017, art. 25.1). Agencies beside these receive
//! nothing of their own: what they tell of a case in which they have a part is received by the commune
//! that holds it.

use domain::case::Part;
use domain::identity::Role;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::{Application, FindError, part_of};

/// A place of receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOfReceipt {
    /// Its kind.
    pub kind: &'static str,
    /// Reference of its unit.
    pub unit: String,
}

impl Application {
    /// The place of receipt for a report that begins a case, or one that is added to `case`.
    ///
    /// # Errors
    /// [`FindError::NotFound`] where the officer has and had no part in that case.
    pub async fn place_of_receipt(
        &self,
        officer: &Officer,
        case: Option<Uuid>,
    ) -> Result<PlaceOfReceipt, FindError> {
        let mut holder = None;
        if let Some(id) = case {
            let found = projections::load_case(&self.store, id, self.units()).await?;
            let state = found.as_ref().and_then(|case| case.state());
            let state = state.filter(|state| !matches!(part_of(officer, state), Part::None));
            let state = state.ok_or(FindError::NotFound)?;
            holder = Some(state.responsible_commune().to_owned());
        }
        let own = officer.unit.clone();
        let (kind, unit) = match (officer.role, holder) {
            (Role::HotlineOperator, _) => ("hotline", own),
            (Role::PoliceOfficer, _) => ("police", own),
            (Role::CommuneOfficer | Role::CommuneChair, _) => ("commune", own),
            (Role::ProvincialOfficer, _) | (_, None) => ("health-agency", own),
            (_, Some(holder)) => ("commune", holder),
        };
        Ok(PlaceOfReceipt { kind, unit })
    }
}
