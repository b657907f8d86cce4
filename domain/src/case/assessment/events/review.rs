//! Review after the plan was carried out (form 06).

use serde::{Deserialize, Serialize};

use crate::case::events::Level;
use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Note, Prose};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewFacts {
    pub harm: [Level; 3],
    pub protection: [Level; 3],
    pub no_longer_at_risk: bool,
    pub stable: bool,
}

impl ReviewFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = match (self.no_longer_at_risk, self.stable) {
            (true, true) => (
                "trẻ không còn nguy cơ bị xâm hại và đã ổn định",
                "the child is no longer at risk and is stable",
            ),
            (true, false) => (
                "trẻ không còn nguy cơ bị xâm hại nhưng chưa ổn định",
                "the child is no longer at risk but not yet stable",
            ),
            (false, true) => (
                "trẻ đã ổn định nhưng vẫn còn nguy cơ bị xâm hại",
                "the child is stable but still at risk",
            ),
            (false, false) => (
                "trẻ vẫn còn nguy cơ bị xâm hại và chưa ổn định",
                "the child is still at risk and not yet stable",
            ),
        };
        Sentence::new(
            format!("Đã rà soát, đánh giá việc thực hiện kế hoạch: {vi}"),
            format!("Reviewed the plan: {en}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPersonal {
    pub harm_notes: [Note; 3],
    pub protection_notes: [Note; 3],
    pub conclusion: Prose,
    /// Why it is so although something in the case speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_reason: Option<Prose>,
}

#[cfg(test)]
crate::case::sentence::samples! {
    PlanReviewed {"harm": ["low", "low", "low"], "protection": ["low", "low", "low"], "no_longer_at_risk": true,
        "stable": true} =>
        "Đã rà soát, đánh giá việc thực hiện kế hoạch: trẻ không còn nguy cơ bị xâm hại và đã ổn định",
        "Reviewed the plan: the child is no longer at risk and is stable";
    PlanReviewed {"harm": ["low", "low", "low"], "protection": ["low", "low", "low"], "no_longer_at_risk": true,
        "stable": false} =>
        "Đã rà soát, đánh giá việc thực hiện kế hoạch: trẻ không còn nguy cơ bị xâm hại nhưng chưa ổn định",
        "Reviewed the plan: the child is no longer at risk but not yet stable";
    PlanReviewed {"harm": ["low", "low", "low"], "protection": ["low", "low", "low"],
        "no_longer_at_risk": false, "stable": true} =>
        "Đã rà soát, đánh giá việc thực hiện kế hoạch: trẻ đã ổn định nhưng vẫn còn nguy cơ bị xâm hại",
        "Reviewed the plan: the child is stable but still at risk";
    PlanReviewed {"harm": ["low", "low", "low"], "protection": ["low", "low", "low"],
        "no_longer_at_risk": false, "stable": false} =>
        "Đã rà soát, đánh giá việc thực hiện kế hoạch: trẻ vẫn còn nguy cơ bị xâm hại và chưa ổn định",
        "Reviewed the plan: the child is still at risk and not yet stable";
}
