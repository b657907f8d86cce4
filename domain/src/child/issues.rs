//! What is wrong with a record: named, owned by somebody, gone by itself once it is right.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::events::{Born, Relation};
use super::number::differs;
use super::seat::Seat;
use super::state::{NumberStatus, Record};
use crate::language::Sentence;
use crate::unit::{Fate, Units};

/// What can be wrong with the record of one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Issue {
    /// Another record has the same personal number.
    NumberTwice,
    /// Another record is likely of the same child.
    DuplicateCandidate,
    /// No name.
    NameMissing,
    /// Neither date nor year of birth.
    BirthMissing,
    /// No date of birth: a year, or an estimate.
    BirthInexact,
    /// Sex is not known.
    SexMissing,
    /// Ethnicity is not known.
    EthnicityMissing,
    /// No personal number.
    NumberMissing,
    /// The number was not checked by the police.
    NumberUnverified,
    /// The number begins with no province.
    NumberPrefixUnknown,
    /// The number says another sex.
    NumberSexDiffers,
    /// The number says another year of birth.
    NumberYearDiffers,
    /// No parent and no guardian.
    ParentMissing,
    /// No commune of residence.
    ResidenceMissing,
    /// No address.
    AddressMissing,
    /// The commune was divided among several: in which one does the child live?
    UnitDivided,
    /// The commune has no code yet.
    UnitWithoutCode,
    /// The person is 16 or older.
    BeyondSixteen,
}

impl Issue {
    /// All, in the order in which they are worked through.
    pub const ALL: [Self; 18] = [
        Self::NumberTwice,
        Self::DuplicateCandidate,
        Self::NameMissing,
        Self::BirthMissing,
        Self::BirthInexact,
        Self::SexMissing,
        Self::EthnicityMissing,
        Self::ParentMissing,
        Self::ResidenceMissing,
        Self::AddressMissing,
        Self::NumberMissing,
        Self::NumberUnverified,
        Self::NumberPrefixUnknown,
        Self::NumberSexDiffers,
        Self::NumberYearDiffers,
        Self::UnitDivided,
        Self::UnitWithoutCode,
        Self::BeyondSixteen,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "name-missing",
            Self::BirthMissing => "birth-missing",
            Self::BirthInexact => "birth-inexact",
            Self::SexMissing => "sex-missing",
            Self::EthnicityMissing => "ethnicity-missing",
            Self::NumberMissing => "number-missing",
            Self::NumberUnverified => "number-unverified",
            Self::NumberPrefixUnknown => "number-prefix-unknown",
            Self::NumberSexDiffers => "number-sex-differs",
            Self::NumberYearDiffers => "number-year-differs",
            Self::ParentMissing => "parent-missing",
            Self::ResidenceMissing => "residence-missing",
            Self::AddressMissing => "address-missing",
            Self::UnitDivided => "unit-divided",
            Self::UnitWithoutCode => "unit-without-code",
            Self::NumberTwice => "number-twice",
            Self::DuplicateCandidate => "duplicate-candidate",
            Self::BeyondSixteen => "beyond-sixteen",
        }
    }

    /// The issue of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|issue| issue.code() == code)
    }

    /// Whose work it is: numbers are checked by the commune police, codes come from the province, the rest is the
    /// commune's.
    #[must_use]
    pub const fn owner(self) -> Seat {
        match self {
            Self::NumberUnverified
            | Self::NumberPrefixUnknown
            | Self::NumberSexDiffers
            | Self::NumberYearDiffers => Seat::Police,
            Self::UnitWithoutCode => Seat::Province,
            _ => Seat::Commune,
        }
    }

    /// The command that ends it.
    #[must_use]
    pub const fn command(self) -> Option<&'static str> {
        match self {
            Self::NameMissing
            | Self::BirthMissing
            | Self::BirthInexact
            | Self::SexMissing
            | Self::EthnicityMissing => Some("record-identity"),
            Self::NumberMissing => Some("claim-number"),
            Self::NumberUnverified
            | Self::NumberPrefixUnknown
            | Self::NumberSexDiffers
            | Self::NumberYearDiffers => Some("verify-number"),
            Self::ParentMissing => Some("record-relatives"),
            Self::ResidenceMissing | Self::AddressMissing | Self::UnitDivided => {
                Some("record-residence")
            }
            Self::NumberTwice | Self::DuplicateCandidate => Some("answer-same"),
            Self::BeyondSixteen => Some("end-record"),
            Self::UnitWithoutCode => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Sentence {
        let (vi, en) = match self {
            Self::NameMissing => ("Thiếu họ tên", "No name"),
            Self::BirthMissing => ("Thiếu ngày, năm sinh", "No date or year of birth"),
            Self::BirthInexact => ("Chưa có ngày sinh chính xác", "No exact date of birth"),
            Self::SexMissing => ("Thiếu giới tính", "Sex not known"),
            Self::EthnicityMissing => ("Thiếu dân tộc", "Ethnicity not known"),
            Self::NumberMissing => ("Chưa có số định danh cá nhân", "No personal number"),
            Self::NumberUnverified => (
                "Số định danh chưa được công an xác nhận",
                "The personal number was not checked by the police",
            ),
            Self::NumberPrefixUnknown => (
                "Ba số đầu của số định danh không phải mã tỉnh đã biết",
                "The personal number begins with no known province",
            ),
            Self::NumberSexDiffers => (
                "Số định danh cho biết giới tính khác",
                "The personal number says another sex",
            ),
            Self::NumberYearDiffers => (
                "Số định danh cho biết năm sinh khác",
                "The personal number says another year of birth",
            ),
            Self::ParentMissing => (
                "Chưa có cha, mẹ hoặc người giám hộ",
                "No parent and no guardian",
            ),
            Self::ResidenceMissing => ("Chưa rõ trẻ ở xã nào", "No commune of residence"),
            Self::AddressMissing => ("Thiếu địa chỉ", "No address"),
            Self::UnitDivided => (
                "Xã cũ đã chia về nhiều đơn vị, chưa rõ trẻ thuộc đơn vị nào",
                "The former commune was divided: it is not known in which part the child lives",
            ),
            Self::UnitWithoutCode => (
                "Đơn vị hành chính chưa có mã",
                "The commune has no code yet",
            ),
            Self::NumberTwice => (
                "Một hồ sơ khác có cùng số định danh",
                "Another record has the same personal number",
            ),
            Self::DuplicateCandidate => (
                "Có thể trùng với một hồ sơ khác",
                "Another record may be of the same child",
            ),
            Self::BeyondSixteen => ("Đã đủ 16 tuổi", "16 or older"),
        };
        Sentence::new(vi, en)
    }

    /// What to do.
    #[must_use]
    pub fn to_do(self) -> Sentence {
        let (vi, en) = match self {
            Self::NameMissing
            | Self::BirthMissing
            | Self::BirthInexact
            | Self::SexMissing
            | Self::EthnicityMissing => (
                "Hỏi gia đình, xem giấy khai sinh rồi ghi lại thông tin của trẻ.",
                "Ask the family, look at the birth certificate, and record it.",
            ),
            Self::NumberMissing => (
                "Hỏi gia đình số trên giấy khai sinh. Nếu chưa đăng ký khai sinh, ghi rõ và báo bộ phận hộ tịch.",
                "Ask the family for the number on the birth certificate. Where the birth is not registered, say so and tell the registrar.",
            ),
            Self::NumberUnverified => (
                "Công an cấp xã đối chiếu số với dữ liệu dân cư và ghi kết quả.",
                "The commune police compare the number with the population data and record what they find.",
            ),
            Self::NumberPrefixUnknown | Self::NumberSexDiffers | Self::NumberYearDiffers => (
                "Công an cấp xã xác nhận số đúng hay thông tin của trẻ đúng. Không tự sửa số.",
                "The commune police say whether the number or what is recorded is right. Nobody repairs a number.",
            ),
            Self::ParentMissing => (
                "Ghi cha, mẹ hoặc người giám hộ của trẻ.",
                "Record father, mother or guardian.",
            ),
            Self::ResidenceMissing | Self::AddressMissing => (
                "Ghi nơi ở hiện nay của trẻ.",
                "Record where the child lives now.",
            ),
            Self::UnitDivided => (
                "Chọn đơn vị mới nơi trẻ đang ở.",
                "Choose the new commune in which the child lives.",
            ),
            Self::UnitWithoutCode => (
                "Cấp tỉnh bổ sung mã khi được cấp. Hồ sơ vẫn dùng được.",
                "The province adds the code once it is given. The record can be used meanwhile.",
            ),
            Self::NumberTwice | Self::DuplicateCandidate => (
                "Mở hồ sơ kia, so hai hồ sơ rồi trả lời: cùng một trẻ, hai trẻ, hay chưa rõ.",
                "Open the other record, compare the two, and answer: one child, two children, or not known yet.",
            ),
            Self::BeyondSixteen => (
                "Đóng hồ sơ vì đã đủ 16 tuổi.",
                "End the record: the person is 16 or older.",
            ),
        };
        Sentence::new(vi, en)
    }
}

/// An issue, and from which day on it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The issue.
    pub issue: Issue,
    /// The first day. It may lie ahead: a birthday, the end of a unit.
    pub from: NaiveDate,
}

/// What is wrong with a record by what was recorded, whatever day it is.
pub(super) fn of(record: &Record) -> Vec<Issue> {
    let mut found = Vec::new();
    let mut tell = |missing: bool, issue: Issue| {
        if missing {
            found.push(issue);
        }
    };
    let twice = |number: bool| record.unanswered().any(|one| one.number == number);
    tell(twice(true), Issue::NumberTwice);
    tell(twice(false), Issue::DuplicateCandidate);
    let identity = &record.identity;
    tell(!identity.named, Issue::NameMissing);
    tell(identity.birth.is_none(), Issue::BirthMissing);
    tell(
        identity
            .birth
            .is_some_and(|born| born != super::events::Certainty::Day),
        Issue::BirthInexact,
    );
    tell(
        identity.sex == crate::identity::Sex::Unknown,
        Issue::SexMissing,
    );
    tell(!identity.ethnicity_known, Issue::EthnicityMissing);
    let parents = [Relation::Father, Relation::Mother, Relation::Guardian];
    let mut relatives = record.relatives.iter();
    tell(
        !relatives.any(|one| parents.contains(&one.relation)),
        Issue::ParentMissing,
    );
    let residence = record.residence();
    tell(residence.is_none(), Issue::ResidenceMissing);
    tell(
        residence.is_some_and(|one| one.address.is_none()),
        Issue::AddressMissing,
    );
    match record.number.status {
        NumberStatus::None => tell(true, Issue::NumberMissing),
        NumberStatus::Claimed => tell(true, Issue::NumberUnverified),
        NumberStatus::Verified { .. } => {}
    }
    // What the police confirmed fits, unless sex or birth were said otherwise since.
    if let Some(number) = record.number.id.as_ref().filter(|_| !record.number.fits) {
        found.extend(differs(number, identity.sex, identity.born()));
    }
    found
}

/// What comes with a day: the sixteenth birthday, what became of the commune.
pub(super) fn by_day(record: &Record, units: &Units) -> Vec<Standing> {
    let mut found = Vec::new();
    if let Some(Born::Date(born)) = record.identity.born() {
        let birthday = born.0.with_year(born.0.year() + 16);
        // Born on 29 February: 1 March.
        let from = birthday.or_else(|| NaiveDate::from_ymd_opt(born.0.year() + 16, 3, 1));
        found.extend(from.map(|from| Standing {
            issue: Issue::BeyondSixteen,
            from,
        }));
    }
    let Some(residence) = record.residence() else {
        return found;
    };
    let then = residence.recorded_on;
    if let Some(unit) = units.find(&residence.unit, then) {
        if unit.code.is_none() {
            found.push(Standing {
                issue: Issue::UnitWithoutCode,
                from: then,
            });
        }
        if let Some(ended) = unit.to.and_then(|last| last.succ_opt())
            && let Some(Fate::Divided(_) | Fate::Ended(_)) = units.current(&unit.id, then, ended)
        {
            found.push(Standing {
                issue: Issue::UnitDivided,
                from: ended,
            });
        }
    }
    found
}
