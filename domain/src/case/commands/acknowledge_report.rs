//! `acknowledge-report`: the commune of the incident confirms that it has the report.

use serde::Deserialize;

use super::{COMMUNE, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;

/// The commune has the report.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeReport {}

impl Rule for AcknowledgeReport {
    fn roles(&self) -> &'static [Role] {
        COMMUNE
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let report = case.and_then(|case| case.state.reports.last());
        let Some((report, to)) = report.and_then(|r| Some((r, r.forwarded_to.as_deref()?))) else {
            return Err(Rejection::procedure(
                "not-forwarded",
                "Chưa có thông tin nào được chuyển đến để xác nhận.",
                "No report was forwarded, so there is none to acknowledge.",
                "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
            ));
        };
        if report.acknowledged_at.is_some() {
            return Err(Rejection::procedure(
                "already-acknowledged",
                "Thông tin này đã được xác nhận.",
                "This report was already acknowledged.",
                "",
            ));
        }
        if context.actor.unit.as_deref() != Some(to) {
            return Err(Rejection::forbidden(
                "not-asked",
                "Thông tin được chuyển cho xã khác; chỉ xã đó xác nhận được.",
                "The report was forwarded to another commune; only that one can acknowledge it.",
                "NĐ 56/2017/NĐ-CP Điều 26 khoản 1",
            ));
        }
        Ok(vec![Event::ReportAcknowledged(Split {
            facts: NoFacts {},
            personal: None,
        })])
    }
}
