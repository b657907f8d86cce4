//! Closing, reopening, archiving.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use uuid::Uuid;

use crate::case::events::contradiction::Against;
use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Date;

/// Why a case is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingReason {
    SafeAndStable,
    Unfounded,
    Died,
    #[serde(rename = "reached-16")]
    Reached16,
    Transferred,
    RecordedTwice,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedFacts {
    pub reason: ClosingReason,
    /// The other case of the same child and matter, where it was recorded twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_case: Option<Uuid>,
    /// What speaks against it in another case, and so is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Against>,
    /// The day on which an authority outside the system received the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Date>,
}

impl ClosedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = match self.reason {
            ClosingReason::SafeAndStable => (
                "trẻ đã an toàn và ổn định",
                ": the child is safe and stable",
            ),
            ClosingReason::Unfounded => ("thông tin không có căn cứ", ": the report was unfounded"),
            ClosingReason::Died => ("trẻ đã tử vong", ": the child has died"),
            ClosingReason::Reached16 => ("trẻ đã đủ 16 tuổi", ": the child has reached 16"),
            ClosingReason::Transferred => ("hồ sơ đã chuyển đi", ": the case was transferred"),
            ClosingReason::RecordedTwice => {
                ("vụ việc đã được ghi hai lần", ": it was recorded twice")
            }
            ClosingReason::Other => ("lý do khác", " for another reason"),
        };
        Sentence::new(
            format!("Đã kết thúc vụ việc: {vi}"),
            format!("Closed the case{en}"),
        )
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The authority outside the system that has the case now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Line>,
    /// How it confirmed that it has the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Line>,
    /// On what the chair rests another reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Line>,
    /// Why it is closed although something in the case speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_reason: Option<Prose>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Code>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_number: Option<DocumentNumber>,
    pub in_national_database: bool,
}

impl ArchivedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        if self.in_national_database {
            Sentence::new(
                "Đã lưu trữ hồ sơ và nhập cơ sở dữ liệu trẻ em quốc gia",
                "Archived the file and entered it in the national database on children",
            )
        } else {
            Sentence::new("Đã lưu trữ hồ sơ", "Archived the file")
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedPersonal {
    /// Where the file is kept in words, where that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_number: Option<Line>,
}

#[cfg(test)]
crate::case::sentence::samples! {
    CaseClosed {"reason": "safe-and-stable"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: trẻ đã an toàn và ổn định",
        "Closed the case: the child is safe and stable";
    CaseClosed {"reason": "unfounded"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: thông tin không có căn cứ",
        "Closed the case: the report was unfounded";
    CaseClosed {"reason": "died"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: trẻ đã tử vong",
        "Closed the case: the child has died";
    CaseClosed {"reason": "reached-16"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: trẻ đã đủ 16 tuổi",
        "Closed the case: the child has reached 16";
    CaseClosed {"reason": "transferred"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: hồ sơ đã chuyển đi",
        "Closed the case: the case was transferred";
    CaseClosed {"reason": "other"}, {"note": "SECRET"} =>
        "Đã kết thúc vụ việc: lý do khác",
        "Closed the case for another reason";
    CaseReopened {}, {"reason": "SECRET"} =>
        "Đã mở lại vụ việc",
        "Reopened the case";
    CaseArchived {"in_national_database": true} =>
        "Đã lưu trữ hồ sơ và nhập cơ sở dữ liệu trẻ em quốc gia",
        "Archived the file and entered it in the national database on children";
    CaseArchived {"in_national_database": false} =>
        "Đã lưu trữ hồ sơ",
        "Archived the file";
}
