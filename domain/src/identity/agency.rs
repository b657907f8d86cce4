//! Kinds of agencies: for what sort of office a person acts.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::language::Sentence;

/// What sort of office an agency is. Names as in stored events (`peoples-committee`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// People's Committee (Ủy ban nhân dân).
    PeoplesCommittee,
    /// Police at any level.
    Police,
    /// A place of medical care or an authority of health.
    Health,
    /// A school or an authority of education.
    Education,
    /// An authority of justice or a centre of legal aid.
    LegalAid,
    /// A procuracy (Viện kiểm sát).
    Procuracy,
    /// A court.
    Court,
    /// The national hotline 111.
    Hotline,
    /// Provides services of child protection.
    ServiceProvider,
    /// A mass organisation, for example the Women's Union.
    MassOrganisation,
    /// The child-affairs agency of the province.
    ChildAffairs,
    /// An inspectorate.
    Inspectorate,
}

impl AgencyKind {
    /// All kinds.
    pub const ALL: [AgencyKind; 12] = [
        AgencyKind::PeoplesCommittee,
        AgencyKind::Police,
        AgencyKind::Health,
        AgencyKind::Education,
        AgencyKind::LegalAid,
        AgencyKind::Procuracy,
        AgencyKind::Court,
        AgencyKind::Hotline,
        AgencyKind::ServiceProvider,
        AgencyKind::MassOrganisation,
        AgencyKind::ChildAffairs,
        AgencyKind::Inspectorate,
    ];

    /// The stable name, as in stored events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PeoplesCommittee => "peoples-committee",
            Self::Police => "police",
            Self::Health => "health",
            Self::Education => "education",
            Self::LegalAid => "legal-aid",
            Self::Procuracy => "procuracy",
            Self::Court => "court",
            Self::Hotline => "hotline",
            Self::ServiceProvider => "service-provider",
            Self::MassOrganisation => "mass-organisation",
            Self::ChildAffairs => "child-affairs",
            Self::Inspectorate => "inspectorate",
        }
    }

    /// The kind with this stable name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> Sentence {
        let (vi, en) = match self {
            Self::PeoplesCommittee => ("Ủy ban nhân dân", "People's Committee"),
            Self::Police => ("công an", "police"),
            Self::Health => ("cơ quan, cơ sở y tế", "health agency or facility"),
            Self::Education => ("cơ quan, cơ sở giáo dục", "education agency or school"),
            Self::LegalAid => ("cơ quan tư pháp, trợ giúp pháp lý", "justice and legal aid"),
            Self::Procuracy => ("Viện kiểm sát", "procuracy"),
            Self::Court => ("Tòa án", "court"),
            Self::Hotline => ("Tổng đài 111", "hotline 111"),
            Self::ServiceProvider => ("cơ sở cung cấp dịch vụ", "service provider"),
            Self::MassOrganisation => ("tổ chức đoàn thể", "mass organisation"),
            Self::ChildAffairs => (
                "cơ quan quản lý nhà nước về trẻ em cấp tỉnh",
                "child-affairs agency of the province",
            ),
            Self::Inspectorate => ("cơ quan thanh tra", "inspectorate"),
        };
        Sentence::new(vi, en)
    }

    /// The kind that a role usually belongs to.
    #[must_use]
    pub const fn usual(role: Role) -> Self {
        match role {
            Role::CommuneOfficer | Role::CommuneChair => Self::PeoplesCommittee,
            Role::PoliceOfficer => Self::Police,
            Role::HealthWorker => Self::Health,
            Role::EducationWorker => Self::Education,
            Role::LegalAidWorker => Self::LegalAid,
            Role::Prosecutor => Self::Procuracy,
            Role::CourtClerk => Self::Court,
            Role::HotlineOperator => Self::Hotline,
            Role::ProviderWorker => Self::ServiceProvider,
            Role::Inspector => Self::Inspectorate,
            Role::ProvincialOfficer | Role::Analyst | Role::Administrator | Role::System => {
                Self::ChildAffairs
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in AgencyKind::ALL {
            assert_eq!(AgencyKind::parse(kind.name()), Some(kind));
            let stored = serde_json::to_string(&kind).unwrap();
            assert_eq!(stored, format!("\"{}\"", kind.name()));
            assert!(!kind.title().vi.is_empty());
        }
        assert_eq!(AgencyKind::parse("ministry"), None);
    }

    #[test]
    fn the_kind_follows_from_the_role() {
        assert_eq!(
            AgencyKind::usual(Role::CommuneChair),
            AgencyKind::PeoplesCommittee
        );
        assert_eq!(AgencyKind::usual(Role::CourtClerk), AgencyKind::Court);
    }
}
