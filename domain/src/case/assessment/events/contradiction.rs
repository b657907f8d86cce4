//! What speaks against something that was recorded, and why it stands nevertheless.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::language::Sentence;
use crate::text::Prose;

/// What speaks against what. The triggers are the house's own, not law.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// No serious harm, but a place of receipt saw danger.
    DangerReported,
    /// No serious harm, but high harm and low protection in the tables of form 02.
    #[serde(rename = "levels-of-form-02")]
    LevelsOfForm02,
    /// The carer is not the harmer, but a parent or carer is suspected.
    SuspectedCarer,
    /// No serious harm on form 02, but high harm and low protection on form 03.
    #[serde(rename = "levels-of-form-03")]
    LevelsOfForm03,
    /// No longer at risk, but high harm in the table of form 06.
    #[serde(rename = "levels-of-form-06")]
    LevelsOfForm06,
    /// The plan is reviewed or the case closed, but items of the plan failed.
    FailedItems,
    /// No longer at risk, but the child is separated.
    OpenSeparation,
    /// Closed, but the report of crime is not decided.
    UndecidedCrimeReport,
    /// Closed, but a placement was never followed up.
    PlacementNotFollowedUp,
    /// A correction takes back danger that was told, seen or found: it counts once it is confirmed.
    DangerTakenBack,
    /// An earlier finding is lowered, by a correction or by another form 02.
    FindingLowered,
    /// The separation is lifted, but form 03 shows danger or mostly high harm.
    #[serde(rename = "unsafe-on-form-03")]
    UnsafeOnForm03,
    /// The separation is lifted, but a duty of 12 hours is open.
    OpenEmergency,
    /// A placement was followed up, but nobody saw the child.
    ChildNotSeen,
    /// Closed, but form 03 of the plan that was made in an emergency is still owed.
    #[serde(rename = "form-03-owed")]
    Form03Owed,
    /// Closed, but the minutes of the meeting for that plan are still owed.
    MinutesOwed,
    /// Closed as recorded twice, but what is known of the child of the other case is not like this one.
    NothingAlike,
    /// Two separations proved to be of one child, and make more than 15 days in all.
    #[serde(rename = "more-than-15-days")]
    MoreThan15Days,
}

impl Against {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::DangerReported,
        Self::LevelsOfForm02,
        Self::SuspectedCarer,
        Self::LevelsOfForm03,
        Self::LevelsOfForm06,
        Self::FailedItems,
        Self::OpenSeparation,
        Self::UndecidedCrimeReport,
        Self::PlacementNotFollowedUp,
        Self::DangerTakenBack,
        Self::FindingLowered,
        Self::UnsafeOnForm03,
        Self::OpenEmergency,
        Self::ChildNotSeen,
        Self::Form03Owed,
        Self::MinutesOwed,
        Self::NothingAlike,
        Self::MoreThan15Days,
    ];

    /// Its stable name, as it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DangerReported => "danger-reported",
            Self::LevelsOfForm02 => "levels-of-form-02",
            Self::SuspectedCarer => "suspected-carer",
            Self::LevelsOfForm03 => "levels-of-form-03",
            Self::LevelsOfForm06 => "levels-of-form-06",
            Self::FailedItems => "failed-items",
            Self::OpenSeparation => "open-separation",
            Self::UndecidedCrimeReport => "undecided-crime-report",
            Self::PlacementNotFollowedUp => "placement-not-followed-up",
            Self::DangerTakenBack => "danger-taken-back",
            Self::FindingLowered => "finding-lowered",
            Self::UnsafeOnForm03 => "unsafe-on-form-03",
            Self::OpenEmergency => "open-emergency",
            Self::ChildNotSeen => "child-not-seen",
            Self::Form03Owed => "form-03-owed",
            Self::MinutesOwed => "minutes-owed",
            Self::NothingAlike => "nothing-alike",
            Self::MoreThan15Days => "more-than-15-days",
        }
    }

    /// All of these in words, one after the other.
    #[must_use]
    pub fn titles(all: &[Self]) -> Sentence {
        let titles: Vec<_> = all.iter().map(|against| against.title()).collect();
        let vi: Vec<_> = titles.iter().map(|title| title.vi.as_str()).collect();
        let en: Vec<_> = titles.iter().map(|title| title.en.as_str()).collect();
        Sentence::new(vi.join("; "), en.join("; "))
    }

    /// What speaks against it, in words.
    #[must_use]
    pub fn title(self) -> Sentence {
        let (vi, en) = match self {
            Self::DangerReported => (
                "nơi tiếp nhận báo trẻ đang gặp nguy hiểm, nhưng đánh giá là không nghiêm trọng",
                "a place of receipt saw danger, but the assessment says no serious harm",
            ),
            Self::LevelsOfForm02 => (
                "bảng đánh giá có tổn hại cao và khả năng bảo vệ thấp, nhưng kết luận là không nghiêm \
                 trọng",
                "the tables show high harm and low protection, but the answer is no serious harm",
            ),
            Self::SuspectedCarer => (
                "cha, mẹ hoặc người chăm sóc bị nghi gây tổn hại, nhưng đánh giá là không phải",
                "a parent or carer is suspected, but the assessment says they are not the harmer",
            ),
            Self::LevelsOfForm03 => (
                "đánh giá cụ thể cho thấy tổn hại cao và khả năng bảo vệ thấp, nhưng đánh giá ban đầu là \
                 không nghiêm trọng",
                "the detailed assessment shows high harm and low protection, but the initial one says \
                 no serious harm",
            ),
            Self::LevelsOfForm06 => (
                "bảng rà soát còn tổn hại cao, nhưng kết luận là trẻ không còn nguy cơ",
                "the review still shows high harm, but says the child is no longer at risk",
            ),
            Self::FailedItems => (
                "có việc trong kế hoạch không thực hiện được",
                "items of the plan could not be carried out",
            ),
            Self::OpenSeparation => (
                "trẻ đang được tạm thời cách ly",
                "the child is still separated",
            ),
            Self::UndecidedCrimeReport => (
                "tin báo về tội phạm chưa được quyết định",
                "the report of crime is not decided",
            ),
            Self::PlacementNotFollowedUp => (
                "việc chăm sóc thay thế chưa được theo dõi lần nào",
                "the placement was never followed up",
            ),
            Self::DangerTakenBack => (
                "một đính chính rút lại việc trẻ đang gặp nguy hiểm; việc phải làm trong 12 giờ vẫn còn \
                 cho đến khi đính chính được xác nhận",
                "a correction takes back that the child is in danger; what is due within 12 hours stays \
                 due until that is confirmed",
            ),
            Self::FindingLowered => (
                "kết luận hoặc quyết định đã ghi để bảo vệ trẻ được hạ xuống",
                "what was found or decided to protect the child is lowered",
            ),
            Self::UnsafeOnForm03 => (
                "đánh giá theo Mẫu số 03 cho thấy trẻ đang gặp nguy hiểm hoặc tổn hại phần lớn ở mức cao, \
                 nhưng hủy bỏ quyết định cách ly",
                "form 03 shows danger or mostly high harm, but the separation is lifted",
            ),
            Self::OpenEmergency => (
                "việc bảo vệ trẻ trong 12 giờ chưa xong, nhưng hủy bỏ quyết định cách ly",
                "a duty to protect the child within 12 hours is open, but the separation is lifted",
            ),
            Self::ChildNotSeen => (
                "đã theo dõi việc chăm sóc thay thế nhưng không gặp được trẻ",
                "the placement was followed up, but nobody saw the child",
            ),
            Self::Form03Owed => (
                "hồ sơ của kế hoạch lập trong trường hợp khẩn cấp còn thiếu đánh giá nguy cơ cụ thể (Mẫu số \
                 03)",
                "the dossier of the plan that was made in an emergency still lacks form 03",
            ),
            Self::MinutesOwed => (
                "hồ sơ của kế hoạch lập trong trường hợp khẩn cấp còn thiếu biên bản cuộc họp",
                "the dossier of the plan that was made in an emergency still lacks the minutes of the \
                 meeting",
            ),
            Self::NothingAlike => (
                "kết thúc vì ghi trùng, nhưng những gì đã biết về trẻ của vụ việc kia không giống trẻ của vụ \
                 việc này",
                "closed as recorded twice, but what is known of the child of the other case is not like this \
                 one",
            ),
            Self::MoreThan15Days => (
                "các quyết định cách ly ban hành khi chưa biết là cùng một trẻ cộng lại quá 15 ngày: hãy cho biết \
                 trẻ được bảo vệ thế nào sau đó (đưa về nếu an toàn, đề nghị Tòa án, hoặc yêu cầu của cơ quan có \
                 thẩm quyền)",
                "separations that were ordered before anybody knew that it is one child make more than 15 days in \
                 all: say how the child is protected from then on (returned if safe, the court asked, or what a \
                 competent authority requires)",
            ),
        };
        Sentence::new(vi, en)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredFacts {
    /// The event that is spoken against.
    pub event_id: Uuid,
    pub against: Against,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredPersonal {
    pub reason: Prose,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_that_are_stored() {
        for against in Against::ALL {
            assert_eq!(serde_json::json!(against), against.code());
        }
    }
}
