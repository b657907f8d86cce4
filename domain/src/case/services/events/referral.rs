//! Referrals to services and their answers.

use serde::{Deserialize, Serialize};

use crate::case::sentence::{On, moment};
use crate::language::Sentence;
use crate::text::{Code, Line, Prose};
use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeFacts {
    pub referral_id: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_kind: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Code>,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

impl MadeFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.referral_id;
        let (vi, en) = self.respond_by.map_or_else(Default::default, |by| {
            let by = moment(by);
            (
                format!(", đề nghị trả lời chậm nhất {}", by.vi),
                format!(", asking for an answer by {}", by.en),
            )
        });
        Sentence::new(
            format!("Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ ({id}){vi}"),
            format!("Referred the child to a service ({id}){en}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadePersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_name: Option<Line>,
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFacts {
    pub referral_id: Code,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

impl AnswerFacts {
    /// What became of the referral.
    pub(in crate::case) fn says(vi: &str, en: &str) -> impl Fn(&Self, On<'_>) -> Sentence {
        move |facts, _| {
            let id = &facts.referral_id;
            Sentence::new(format!("{vi} ({id})"), format!("{en} ({id})"))
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

#[cfg(test)]
crate::case::sentence::samples! {
    ReferralWithdrawn {"referral_id": "r1"}, {"reason": "SECRET"} =>
        "Đã rút lại việc chuyển gửi trẻ (r1)",
        "Withdrew the referral (r1)";
    ReferralMade {"referral_id": "r1"}, {"to_name": "SECRET", "reason": "SECRET"} =>
        "Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ (r1)",
        "Referred the child to a service (r1)";
    ReferralMade {"referral_id": "r1", "respond_by": "2024-03-20"} =>
        "Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ (r1), đề nghị trả lời chậm nhất ngày 20/03/2024",
        "Referred the child to a service (r1), asking for an answer by 20/03/2024";
    ReferralMade {"referral_id": "r1", "respond_by": "2024-03-20T16:30:00+07:00"} =>
        "Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ (r1), đề nghị trả lời chậm nhất 16:30 ngày 20/03/2024",
        "Referred the child to a service (r1), asking for an answer by 16:30 on 20/03/2024";
    ReferralAccepted {"referral_id": "r1"}, {"reason": "SECRET"} =>
        "Nơi cung cấp dịch vụ đã nhận (r1)",
        "The service accepted the referral (r1)";
    ReferralDeclined {"referral_id": "r1"}, {"reason": "SECRET"} =>
        "Nơi cung cấp dịch vụ không nhận (r1)",
        "The service declined the referral (r1)";
    ReferralCompleted {"referral_id": "r1"}, {} =>
        "Dịch vụ chuyển gửi đã hoàn thành (r1)",
        "The service that the child was referred to was given (r1)";
}
