//! Roles: in what capacity a person acts. A role is part of every event's actor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::Sentence;

/// The capacity in which an officer acts. Names as in the API (`commune-officer`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes calls at the national hotline 111.
    HotlineOperator,
    /// Child-protection worker of a commune (người làm công tác bảo vệ trẻ em cấp xã).
    CommuneOfficer,
    /// Chair of a commune People's Committee (Chủ tịch Ủy ban nhân dân cấp xã).
    CommuneChair,
    /// Police officer at any level.
    PoliceOfficer,
    /// Health worker.
    HealthWorker,
    /// Education worker.
    EducationWorker,
    /// Legal-aid worker.
    LegalAidWorker,
    /// Prosecutor (kiểm sát viên).
    Prosecutor,
    /// Clerk of a court.
    CourtClerk,
    /// Worker of a service provider.
    ProviderWorker,
    /// Officer of the provincial child-protection agency.
    ProvincialOfficer,
    /// Inspector: reads, never writes a case.
    Inspector,
    /// Analyst: reads figures.
    Analyst,
    /// Administrator of accounts and settings: no case work.
    Administrator,
    /// The system itself, for jobs that no person started.
    System,
}

impl Role {
    /// All roles that a person can hold, in the order of the contract.
    pub const PEOPLE: [Role; 14] = [
        Role::HotlineOperator,
        Role::CommuneOfficer,
        Role::CommuneChair,
        Role::PoliceOfficer,
        Role::HealthWorker,
        Role::EducationWorker,
        Role::LegalAidWorker,
        Role::Prosecutor,
        Role::CourtClerk,
        Role::ProviderWorker,
        Role::ProvincialOfficer,
        Role::Inspector,
        Role::Analyst,
        Role::Administrator,
    ];

    /// Whether this role acts for a commune as a whole: officer and chair are one office.
    #[must_use]
    pub const fn is_of_commune(self) -> bool {
        matches!(self, Self::CommuneOfficer | Self::CommuneChair)
    }

    /// Who is asked about what this role wrote, and confirms what would make its late duty punctual: the
    /// chair, or the province where it was the chair.
    #[must_use]
    pub fn second_person(self) -> Self {
        if self == Self::CommuneChair {
            Self::ProvincialOfficer
        } else {
            Self::CommuneChair
        }
    }

    /// The stable name, as in the API and in stored events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::HotlineOperator => "hotline-operator",
            Role::CommuneOfficer => "commune-officer",
            Role::CommuneChair => "commune-chair",
            Role::PoliceOfficer => "police-officer",
            Role::HealthWorker => "health-worker",
            Role::EducationWorker => "education-worker",
            Role::LegalAidWorker => "legal-aid-worker",
            Role::Prosecutor => "prosecutor",
            Role::CourtClerk => "court-clerk",
            Role::ProviderWorker => "provider-worker",
            Role::ProvincialOfficer => "provincial-officer",
            Role::Inspector => "inspector",
            Role::Analyst => "analyst",
            Role::Administrator => "administrator",
            Role::System => "system",
        }
    }

    /// The title in both languages, as people read it.
    #[must_use]
    pub fn title(self) -> Sentence {
        let (vi, en) = match self {
            Role::HotlineOperator => ("nhân viên Tổng đài 111", "hotline operator"),
            Role::CommuneOfficer => ("người làm công tác bảo vệ trẻ em cấp xã", "commune officer"),
            Role::CommuneChair => ("Chủ tịch Ủy ban nhân dân cấp xã", "commune chair"),
            Role::PoliceOfficer => ("cán bộ công an", "police officer"),
            Role::HealthWorker => ("nhân viên y tế", "health worker"),
            Role::EducationWorker => ("cán bộ giáo dục", "education worker"),
            Role::LegalAidWorker => ("người trợ giúp pháp lý", "legal-aid worker"),
            Role::Prosecutor => ("kiểm sát viên", "prosecutor"),
            Role::CourtClerk => ("thư ký tòa án", "court clerk"),
            Role::ProviderWorker => ("nhân viên cơ sở dịch vụ", "provider worker"),
            Role::ProvincialOfficer => ("cán bộ cấp tỉnh", "provincial officer"),
            Role::Inspector => ("người thanh tra, kiểm tra", "inspector"),
            Role::Analyst => ("người phân tích số liệu", "analyst"),
            Role::Administrator => ("người quản trị", "administrator"),
            Role::System => ("hệ thống", "the system"),
        };
        Sentence::new(vi, en)
    }

    /// The role with this stable name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Role> {
        Role::PEOPLE
            .into_iter()
            .chain([Role::System])
            .find(|role| role.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name() {
        for role in Role::PEOPLE {
            assert_eq!(Role::parse(role.name()), Some(role));
            assert_eq!(
                serde_json::to_string(&role).unwrap(),
                format!("\"{}\"", role.name())
            );
        }
        assert_eq!(Role::parse("chief"), None);
    }
}
