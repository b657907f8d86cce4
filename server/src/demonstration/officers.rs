//! Who acts: the people of the demonstration accounts where they have the case, invented officers
//! elsewhere.

use std::sync::Arc;

use domain::identity::{Actor, Role};
use domain::time::Instant;
use domain::unit::Units;
use uuid::Uuid;

use super::people;
use super::places::{PROVINCE, committee};
use super::random::Random;

/// The commune whose officer and chair have the fullest worklist: Hoàn Lão.
pub(super) const FIRST_COMMUNE: &str = "19111";
/// The second commune with accounts: Ba Đồn.
pub(super) const SECOND_COMMUNE: &str = "19009";

/// A demonstration account: to sign in with, and whose name stands in the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoAccount {
    /// Name to sign in with.
    pub username: &'static str,
    /// Name as shown.
    pub name: &'static str,
    /// In what capacity the person acts.
    pub role: Role,
    /// Code of the unit.
    pub unit: &'static str,
}

const fn account(
    username: &'static str,
    name: &'static str,
    role: Role,
    unit: &'static str,
) -> DemoAccount {
    DemoAccount {
        username,
        name,
        role,
        unit,
    }
}

/// The officer of the first commune who stands in for its chair.
pub(super) const DEPUTY: &str = "phochutich.hoanlao";
/// The chair of the first commune.
pub(super) const CHAIR: &str = "chutich.hoanlao";

/// All accounts: one for each role, both commune roles in two communes, police and forensic body of
/// the province, and a deputy of a chair.
pub const ACCOUNTS: [DemoAccount; 19] = [
    account(
        "tongdai",
        "Trần Thị Hồng Nhung",
        Role::HotlineOperator,
        PROVINCE,
    ),
    account(
        "canbo.hoanlao",
        "Nguyễn Thị Lan",
        Role::CommuneOfficer,
        FIRST_COMMUNE,
    ),
    account(CHAIR, "Hoàng Văn Thành", Role::CommuneChair, FIRST_COMMUNE),
    account(
        "canbo.badon",
        "Phạm Minh Tuấn",
        Role::CommuneOfficer,
        SECOND_COMMUNE,
    ),
    account(
        "chutich.badon",
        "Lê Thị Thanh Hà",
        Role::CommuneChair,
        SECOND_COMMUNE,
    ),
    account(
        "congan.hoanlao",
        "Đinh Xuân Kiên",
        Role::PoliceOfficer,
        FIRST_COMMUNE,
    ),
    account(
        "congan.tinh",
        "Nguyễn Hữu Quyết",
        Role::PoliceOfficer,
        PROVINCE,
    ),
    account("phapy", "Hà Thị Kim Oanh", Role::HealthWorker, PROVINCE),
    account(
        "yte.hoanlao",
        "Võ Thị Ngọc Bích",
        Role::HealthWorker,
        FIRST_COMMUNE,
    ),
    account(
        "giaoduc.hoanlao",
        "Phan Thị Thu Hương",
        Role::EducationWorker,
        FIRST_COMMUNE,
    ),
    account("trogiup", "Bùi Quang Huy", Role::LegalAidWorker, PROVINCE),
    account(
        "congtacxahoi",
        "Cao Thị Phương Thảo",
        Role::ProviderWorker,
        PROVINCE,
    ),
    account("kiemsat", "Ngô Đức Long", Role::Prosecutor, PROVINCE),
    account("toaan", "Trương Thị Minh Tâm", Role::CourtClerk, PROVINCE),
    account(
        "tinh",
        "Dương Quốc Trung",
        Role::ProvincialOfficer,
        PROVINCE,
    ),
    account("thanhtra", "Mai Thị Hạnh", Role::Inspector, PROVINCE),
    account("phantich", "Đoàn Thanh Sơn", Role::Analyst, PROVINCE),
    account("quantri", "Hồ Hữu Phúc", Role::Administrator, PROVINCE),
    account(DEPUTY, "Lưu Thị Hoài", Role::CommuneOfficer, FIRST_COMMUNE),
];

impl DemoAccount {
    /// The officer's id, as in the events that follow from `seed`. `made_at` is when the account
    /// was made.
    #[must_use]
    pub fn id(&self, seed: u64, made_at: Instant) -> Uuid {
        Random::new(seed, text_number(self.username)).id(made_at)
    }
}

/// All officers.
#[derive(Debug, Clone)]
pub(super) struct Officers {
    seed: u64,
    since: Instant,
    units: Arc<Units>,
}

impl Officers {
    /// The officers who act from `since` on.
    pub(super) fn new(seed: u64, since: Instant, units: &Arc<Units>) -> Self {
        Self {
            seed,
            since,
            units: Arc::clone(units),
        }
    }

    /// Number `which` of those who act in a role for a unit, as they are on the day. Number 0 is
    /// the one with an account, where there is one.
    pub(super) fn actor(&self, role: Role, unit: &str, which: u64, at: Instant) -> Actor {
        let known = ACCOUNTS
            .iter()
            .find(|a| which == 0 && a.role == role && a.unit == unit);
        let (id, name) = match known {
            Some(account) => (account.id(self.seed, self.since), account.name.to_owned()),
            None => {
                let key = format!("{}/{unit}/{which}", role.name());
                let mut random = Random::new(self.seed, text_number(&key));
                let id = random.id(self.since);
                let female = random.chance(if role == Role::CommuneChair { 25 } else { 60 });
                (id, people::name(&mut random, female))
            }
        };
        Actor {
            officer: Some(id),
            name: Some(name),
            role,
            agency: agency(&self.units, role, unit, at),
            unit: Some(unit.to_owned()),
            on_behalf_of: None,
        }
    }
}

/// What the agency of a role in a unit is called on the day, in words.
pub(super) fn agency(units: &Units, role: Role, unit: &str, at: Instant) -> Option<String> {
    let date = at.date();
    let place = || super::places::small(units.name(unit, date));
    match role {
        Role::CommuneOfficer | Role::CommuneChair => Some(committee(units, unit, date)),
        Role::HotlineOperator => Some("Tổng đài 111".to_owned()),
        Role::PoliceOfficer => Some(format!("Công an {}", place())),
        Role::HealthWorker if unit == PROVINCE => Some("Trung tâm Pháp y".to_owned()),
        Role::HealthWorker => Some(format!("Trạm Y tế {}", place())),
        Role::EducationWorker => Some(format!("Trường học {}", place())),
        Role::LegalAidWorker => Some("Trung tâm Trợ giúp pháp lý nhà nước".to_owned()),
        Role::ProviderWorker => Some("Trung tâm Công tác xã hội".to_owned()),
        Role::Prosecutor
        | Role::CourtClerk
        | Role::ProvincialOfficer
        | Role::Inspector
        | Role::Analyst
        | Role::Administrator
        | Role::System => None,
    }
}

/// A number that follows from a text (FNV-1a).
fn text_number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_an_account() {
        for role in Role::PEOPLE {
            assert!(
                ACCOUNTS.iter().any(|account| account.role == role),
                "{role:?}"
            );
        }
        let names: std::collections::BTreeSet<_> = ACCOUNTS.iter().map(|a| a.username).collect();
        assert_eq!(names.len(), ACCOUNTS.len());
    }

    #[test]
    fn officers_are_the_same_every_time_and_as_on_the_day() {
        let at = |text| Instant::parse(text).unwrap();
        let since = at("2024-06-01T00:00:00+07:00");
        let officers = Officers::new(4, since, Units::shipped());
        let actor = |role, which| officers.actor(role, FIRST_COMMUNE, which, since);
        assert_eq!(
            actor(Role::CommuneOfficer, 0).name.unwrap(),
            "Nguyễn Thị Lan"
        );
        assert_eq!(
            actor(Role::CommuneOfficer, 1),
            actor(Role::CommuneOfficer, 1)
        );
        assert_ne!(
            actor(Role::CommuneOfficer, 1),
            actor(Role::CommuneOfficer, 2)
        );
        let later = officers.actor(
            Role::PoliceOfficer,
            FIRST_COMMUNE,
            0,
            at("2025-09-01T00:00:00+07:00"),
        );
        assert_eq!(later.agency.unwrap(), "Công an xã Hoàn Lão");
    }
}
