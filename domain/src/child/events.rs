//! What has happened in the record of one child, every event with its two parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::identity::{PersonalId, Sex};
use crate::log::{Corrects, NoFacts, Nothing, events};
use crate::text::{Code, Line, Prose, Term};
use crate::time::{Date, Instant};

const fn is_false(value: &bool) -> bool {
    !*value
}

/// Why something is said again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// It was not known before.
    #[default]
    First,
    /// It is another since: a new name by the civil register, a move.
    Changed,
    /// It was wrong.
    Corrected,
}

/// How much is known of a birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// To the day.
    Day,
    /// The year.
    Year,
    /// A year that somebody estimated.
    Estimated,
}

/// When a child was born, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Born {
    /// The date of birth.
    Date(Date),
    /// The year of birth.
    Year(u16),
    /// An estimated year of birth.
    EstimatedYear(u16),
}

impl Born {
    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        use chrono::Datelike;
        match self {
            Self::Date(date) => date.0.year(),
            Self::Year(year) | Self::EstimatedYear(year) => i32::from(year),
        }
    }

    /// How much is known.
    #[must_use]
    pub const fn certainty(self) -> Certainty {
        match self {
            Self::Date(_) => Certainty::Day,
            Self::Year(_) => Certainty::Year,
            Self::EstimatedYear(_) => Certainty::Estimated,
        }
    }
}

/// The record was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredFacts {
    /// From where the child is known.
    pub source: Source,
    /// The unit that answers for the record until it is known where the child lives.
    pub unit: String,
}

/// From where a child is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A visit to the household.
    Household,
    /// A report of harm or risk.
    Report,
    /// A list that was taken in.
    Import,
    /// Another office told of the child.
    OtherOffice,
}

impl Source {
    /// All.
    pub const ALL: [Self; 4] = [
        Self::Household,
        Self::Report,
        Self::Import,
        Self::OtherOffice,
    ];
}

/// Who the child is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityFacts {
    /// Why it is said again.
    pub because: Because,
    /// Sex.
    pub sex: Sex,
    /// The year of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_year: Option<i32>,
    /// How much is known of the birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Certainty>,
    /// There is a name.
    pub named: bool,
    /// The ethnicity is known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ethnicity: bool,
}

/// The same, as only those read it who may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPersonal {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// The date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// The ethnicity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<Line>,
    /// Why it is said again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// The family or the officer named a personal number, or said that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberClaimedFacts {
    /// Why it is said again.
    pub because: Because,
    /// There is a number.
    pub given: bool,
}

/// The number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberClaimedPersonal {
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_id: Option<PersonalId>,
    /// Why it is said again, or why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// What the commune police found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberFinding {
    /// The number that stands here is that of the child.
    Confirmed,
    /// The child has another number, which is given.
    Another,
    /// The child has no number yet.
    None,
}

/// The commune police checked the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberVerifiedFacts {
    /// What they found.
    pub finding: NumberFinding,
    /// On which day.
    pub on: Date,
}

/// Which number, and who checked it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberVerifiedPersonal {
    /// The number as the police have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_id: Option<PersonalId>,
    /// The officer of the police who checked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Line>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

/// What somebody is to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Father.
    Father,
    /// Mother.
    Mother,
    /// Guardian by law.
    Guardian,
    /// Who cares for the child without being guardian.
    Carer,
}

impl Relation {
    /// All.
    pub const ALL: [Self; 4] = [Self::Father, Self::Mother, Self::Guardian, Self::Carer];
}

/// What is told of a relative without naming them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativeFacts {
    /// What they are to the child.
    pub relation: Relation,
    /// Their year of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_year: Option<u16>,
}

/// Parents, guardian, household: all who are known, in place of those of before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativesFacts {
    /// Why it is said again.
    pub because: Because,
    /// In the order of their names.
    pub relatives: Vec<RelativeFacts>,
}

/// Who a relative is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativePersonal {
    /// The name.
    pub name: Line,
    /// The telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line>,
}

/// The section of the family.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyPersonal {
    /// In the order of the facts.
    pub relatives: Vec<RelativePersonal>,
    /// The head of the household, or its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Line>,
}

/// The same, as only those read it who may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativesPersonal {
    /// The family.
    pub family: FamilyPersonal,
    /// Why it is said again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// Where the child lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidenceFacts {
    /// Why it is said again.
    pub because: Because,
    /// The commune.
    pub unit: String,
    /// Since when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The address is hidden from everybody but the commune, for the safety of the child.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// The address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidencePersonal {
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
    /// Why it is said again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// Which school a child goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Schooling {
    /// Too young, or at home.
    NotYet,
    /// Nursery school.
    Preschool,
    /// Primary school.
    Primary,
    /// Lower secondary school.
    LowerSecondary,
    /// Upper secondary school.
    UpperSecondary,
    /// Vocational or continuing education.
    Vocational,
    /// Left school.
    Left,
}

impl Schooling {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::NotYet,
        Self::Preschool,
        Self::Primary,
        Self::LowerSecondary,
        Self::UpperSecondary,
        Self::Vocational,
        Self::Left,
    ];
}

/// Which school the child goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolingFacts {
    /// What kind.
    pub schooling: Schooling,
    /// Since when.
    pub since: Date,
}

/// The school.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolingPersonal {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<Line>,
}

/// The child came into one of the 14 groups of special circumstances (Law on Children, art. 10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircumstanceFacts {
    /// The group, unless it is guarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Code>,
    /// The sub-group, where it is one of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subgroup: Option<Code>,
    /// Since when.
    pub since: Date,
}

/// What of it only those read who may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircumstancePersonal {
    /// The group, where it is guarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Code>,
    /// The sub-group, where the group is guarded or the list has no word for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subgroup: Option<Term>,
    /// On what it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Prose>,
}

/// Why a circumstance is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CircumstanceEnd {
    /// It is over.
    Over,
    /// It never was so.
    Mistake,
}

/// A circumstance is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircumstanceEndedFacts {
    /// The event by which it was recorded.
    pub circumstance: Uuid,
    /// The last day.
    pub until: Date,
    /// Why.
    pub because: CircumstanceEnd,
}

/// Why, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonPersonal {
    /// In words.
    pub reason: Prose,
}

/// Why a record is kept no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordEnd {
    /// The child died.
    Died,
    /// The person is 16 or older.
    GrownUp,
    /// The child lives abroad.
    MovedAbroad,
    /// There is no such child.
    Mistake,
}

impl RecordEnd {
    /// All.
    pub const ALL: [Self; 4] = [Self::Died, Self::GrownUp, Self::MovedAbroad, Self::Mistake];
}

/// The record is kept no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordEndedFacts {
    /// Why.
    pub reason: RecordEnd,
    /// Since when.
    pub on: Date,
}

/// Another record, and how alike the two are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherFacts {
    /// The other record.
    pub other: Uuid,
}

/// What was answered to the question whether two records are of one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sameness {
    /// One child.
    Same,
    /// Two children.
    NotSame,
    /// It is not known yet.
    Undecided,
}

/// An answer to the question whether two records are of one child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredFacts {
    /// The other record.
    pub other: Uuid,
    /// The answer.
    pub answer: Sameness,
}

/// Another record is like this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlikeFacts {
    /// The other record.
    pub other: Uuid,
    /// Both have the same personal number.
    pub number: bool,
}

/// Which of two records of one child stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stays {
    /// This one.
    This,
    /// The other.
    Other,
}

/// Two records of one child were joined: both histories stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedFacts {
    /// The other record.
    pub other: Uuid,
    /// Which one is gone on with.
    pub stays: Stays,
}

events! {
    /// An event of the record of a child.
    pub enum Event {
        /// The record was begun.
        ChildRegistered(RegisteredFacts, Nothing) { 1 };
        /// Who the child is.
        IdentityRecorded(IdentityFacts, IdentityPersonal) { 1 };
        /// A personal number was named, or that there is none.
        NumberClaimed(NumberClaimedFacts, NumberClaimedPersonal) { 1 };
        /// The commune police checked the number.
        NumberVerified(NumberVerifiedFacts, NumberVerifiedPersonal) { 1 };
        /// Parents, guardian, household.
        RelativesRecorded(RelativesFacts, RelativesPersonal) { 1 };
        /// Where the child lives.
        ResidenceRecorded(ResidenceFacts, ResidencePersonal) { 1 };
        /// Which school the child goes to.
        SchoolingRecorded(SchoolingFacts, SchoolingPersonal) { 1 };
        /// The child came into a group of special circumstances.
        CircumstanceRecorded(CircumstanceFacts, CircumstancePersonal) { 1 };
        /// A circumstance is no more.
        CircumstanceEnded(CircumstanceEndedFacts, ReasonPersonal) { 1 };
        /// The record is kept no more.
        RecordEnded(RecordEndedFacts, ReasonPersonal) { 1 };
        /// The record is kept again.
        RecordResumed(NoFacts, ReasonPersonal) { 1 };
        /// Another record was found that is like this one: is it of the same child?
        AlikeFound(AlikeFacts, Nothing) { 1 };
        /// Whether two records are of one child.
        SameAnswered(AnsweredFacts, ReasonPersonal) { 1 };
        /// Two records of one child were joined.
        RecordsJoined(JoinedFacts, ReasonPersonal) { 1 };
        /// They were parted again.
        RecordsParted(OtherFacts, ReasonPersonal) { 1 };
    }
}

impl Event {
    /// Why it was recorded, in the words of who did, as far as it says so.
    #[must_use]
    pub fn reason(&self) -> Option<&Prose> {
        match self {
            Self::IdentityRecorded(e) => e.personal.as_ref()?.reason.as_ref(),
            Self::NumberClaimed(e) => e.personal.as_ref()?.reason.as_ref(),
            Self::NumberVerified(e) => e.personal.as_ref()?.note.as_ref(),
            Self::RelativesRecorded(e) => e.personal.as_ref()?.reason.as_ref(),
            Self::ResidenceRecorded(e) => e.personal.as_ref()?.reason.as_ref(),
            Self::CircumstanceEnded(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::RecordEnded(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::RecordResumed(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::SameAnswered(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::RecordsJoined(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::RecordsParted(e) => e.personal.as_ref().map(|own| &own.reason),
            Self::ChildRegistered(_)
            | Self::SchoolingRecorded(_)
            | Self::CircumstanceRecorded(_)
            | Self::AlikeFound(_) => None,
        }
    }

    const fn own_instant(&self) -> Option<Instant> {
        None
    }

    const fn corrects(&self) -> Option<Corrects<'_>> {
        None
    }
}

/// An event of the record of a child with its envelope.
pub type Recorded = crate::log::Recorded<Event>;
