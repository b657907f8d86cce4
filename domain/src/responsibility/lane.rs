//! Lanes: one for each agency, that is a kind of agency in a unit.

use serde::Serialize;

use crate::identity::Role;
use crate::language::Sentence;

/// A kind of agency: roles that answer for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// Commune People's Committee: child-protection worker and chair.
    Commune,
    /// Hotline 111.
    Hotline,
    /// Police.
    Police,
    /// Health services.
    Health,
    /// Schools and education.
    Education,
    /// Legal aid.
    LegalAid,
    /// Procuracy.
    Procuracy,
    /// Court.
    Court,
    /// Service provider.
    Provider,
    /// Provincial child-protection agency.
    Province,
    /// Whoever does no case work.
    Other,
}

impl AgencyKind {
    /// The kinds that do case work.
    pub const ALL: [Self; 10] = [
        Self::Commune,
        Self::Hotline,
        Self::Police,
        Self::Health,
        Self::Education,
        Self::LegalAid,
        Self::Procuracy,
        Self::Court,
        Self::Provider,
        Self::Province,
    ];

    /// The kind of agency for which a role acts.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        match role {
            Role::CommuneOfficer | Role::CommuneChair => Self::Commune,
            Role::HotlineOperator => Self::Hotline,
            Role::PoliceOfficer => Self::Police,
            Role::HealthWorker => Self::Health,
            Role::EducationWorker => Self::Education,
            Role::LegalAidWorker => Self::LegalAid,
            Role::Prosecutor => Self::Procuracy,
            Role::CourtClerk => Self::Court,
            Role::ProviderWorker => Self::Provider,
            Role::ProvincialOfficer => Self::Province,
            Role::Inspector | Role::Analyst | Role::Administrator | Role::System => Self::Other,
        }
    }

    /// The roles that act for it.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        let all = Role::PEOPLE.into_iter();
        all.filter(move |role| Self::of(*role) == self)
    }

    /// The stable name, as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Hotline => "hotline",
            Self::Police => "police",
            Self::Health => "health",
            Self::Education => "education",
            Self::LegalAid => "legal-aid",
            Self::Procuracy => "procuracy",
            Self::Court => "court",
            Self::Provider => "provider",
            Self::Province => "province",
            Self::Other => "other",
        }
    }

    /// The kind with this stable name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How it is called.
    #[must_use]
    pub fn title(self) -> Sentence {
        let (vi, en) = match self {
            Self::Commune => ("Ủy ban nhân dân cấp xã", "Commune People’s Committee"),
            Self::Hotline => ("Tổng đài 111", "Hotline 111"),
            Self::Police => ("Công an", "Police"),
            Self::Health => ("Cơ sở y tế", "Health services"),
            Self::Education => ("Cơ sở giáo dục", "Education"),
            Self::LegalAid => ("Trợ giúp pháp lý", "Legal aid"),
            Self::Procuracy => ("Viện kiểm sát", "Procuracy"),
            Self::Court => ("Tòa án", "Court"),
            Self::Provider => ("Cơ sở cung cấp dịch vụ", "Service provider"),
            Self::Province => ("Cơ quan cấp tỉnh", "Provincial agency"),
            Self::Other => ("Hệ thống", "The system"),
        };
        Sentence::new(vi, en)
    }
}

/// An agency: one of its kind in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// Its kind.
    pub agency: AgencyKind,
    /// Its unit, where the file knows it.
    pub unit: Option<String>,
}

/// The number of the lane for a role in a unit; a new one where it has none yet.
pub(super) fn lane_of(lanes: &mut Vec<Lane>, role: Role, unit: Option<&str>) -> usize {
    let agency = AgencyKind::of(role);
    let same = |lane: &Lane| lane.agency == agency && lane.unit.as_deref() == unit;
    lanes.iter().position(same).unwrap_or_else(|| {
        lanes.push(Lane {
            agency,
            unit: unit.map(str::to_owned),
        });
        lanes.len() - 1
    })
}
