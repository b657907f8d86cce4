//! `extend-separation`: the chair extends a separation; the total stays within 15 days unless a
//! competent authority requires it to go on (Decree 56/2017, art. 32.3).

use serde::Deserialize;

use super::order_separation::{in_order, not_the_chair, within_total};
use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::separation::{ExtendedFacts, ExtendedPersonal, Requirement};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};
use crate::time::Moment;

/// The new last day. `required_by` names the competent authority and its document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ExtendSeparation {
    pub decision_number: Option<Line>,
    pub until: Moment,
    pub reason: Option<Prose>,
    pub required_by: Option<Requirement>,
}

impl Rule for ExtendSeparation {
    fn roles(&self) -> &'static [Role] {
        CHAIR
    }

    fn wrong_role(&self) -> Rejection {
        not_the_chair()
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let Some(separation) = state.separation() else {
            return Err(not_separated());
        };
        in_order(separation.from, self.until)?;
        if self.until.latest() <= separation.until.latest() {
            return Err(Rejection::field(
                "/until",
                "not-an-extension",
                "Ngày mới không sau ngày kết thúc đang có. Nếu muốn kết thúc sớm, hãy hủy bỏ quyết \
                 định cách ly.",
                "The new end is not after the one in force. To end earlier, lift the separation.",
            ));
        }
        within_total(
            state,
            separation.counted_from,
            self.until,
            self.required_by.is_some(),
        )?;
        Ok(vec![Event::SeparationExtended(Split {
            facts: ExtendedFacts {
                decision_number: self.decision_number.clone(),
                until: self.until,
                required_by: self.required_by.clone(),
            },
            personal: self.reason.clone().map(|reason| ExtendedPersonal {
                reason: Some(reason),
            }),
        })])
    }
}

/// There is no separation to act on.
pub(super) fn not_separated() -> Rejection {
    Rejection::procedure(
        "not-separated",
        "Trẻ không đang bị tạm thời cách ly.",
        "The child is not separated now.",
        "NĐ 56/2017/NĐ-CP Điều 32",
    )
}
