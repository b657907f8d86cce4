//! Invented cases in any number, for measurements: commands of the common path, mixed in the log as they
//! would be in time.

use chrono::TimeDelta;
use domain::identity::Role;
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{CommandId, EventStore, ExpectedVersion};
use uuid::Uuid;

use super::commands as c;
use super::player::{Player, actor, instant};

const SURNAMES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Hồ"];
const MIDDLES: [&str; 6] = ["Thị", "Văn", "Ngọc", "Minh", "Thu", "Quốc"];
const GIVEN: [&str; 40] = [
    "An", "Anh", "Ân", "Bảo", "Bích", "Chi", "Cường", "Dung", "Dũng", "Đào", "Đức", "Giang", "Hà",
    "Hải", "Hạnh", "Hiếu", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai", "My",
    "Nam", "Nga", "Nhi", "Oanh", "Phúc", "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Trang", "Tú",
    "Uyên", "Vân", "Yến",
];

/// The communes of the province 44.
pub fn communes() -> Vec<String> {
    let date = instant("2025-07-03T00:00:00+07:00").date();
    let units = Units::shipped().communes("44", date);
    units.map(|unit| unit.reference().to_owned()).collect()
}

/// About five events for each case, most cases open, mixed in the log as they would be in time: all of
/// them within ten months, after the reform of units in July 2025.
pub async fn fill(store: &EventStore, cases: u64, communes: &[String]) {
    let begin = instant("2025-07-03T08:00:00+07:00").utc();
    let mut waiting: Vec<Player> = Vec::new();
    let mut fingerprints = 0_u128;
    let between = TimeDelta::seconds(26_000_000 / cases as i64);
    for number in 1..=cases {
        let commune = &communes[(number * 7) as usize % communes.len()];
        let at = Instant::from(begin + between * number as i32);
        let name = format!(
            "{} {} {}",
            SURNAMES[(number * 3) as usize % SURNAMES.len()],
            MIDDLES[(number * 5) as usize % MIDDLES.len()],
            GIVEN[(number * 11) as usize % GIVEN.len()],
        );
        let mut player = Player::new(number);
        let officer = actor(Role::CommuneOfficer, commune);
        let chair = actor(Role::CommuneChair, commune);
        let mut report = c::report(&at.to_string(), Some(&name), commune);
        report["child"]["birth"] =
            serde_json::json!({"date": format!("{}-05-17", 2010 + number % 13)});
        let mut acts = vec![(0, &officer, report)];
        let rest = [
            (3, &officer, c::verified("confirmed")),
            (5, &officer, c::initial(number % 10 == 0)),
            (50, &officer, c::detailed()),
            (60, &chair, c::meeting()),
            (70, &officer, c::plan(3)),
            (90, &chair, c::approve()),
            (200, &officer, c::service("complete-service", "v1")),
            (210, &officer, c::service("complete-service", "v2")),
        ];
        acts.extend(rest.into_iter().take((number % 9) as usize));
        for (hours, who, body) in acts {
            let at = Instant::from(at.utc() + TimeDelta::hours(hours));
            player.decide(at, who, body).expect("an accepted command");
        }
        player.pending.reverse();
        waiting.push(player);
        while waiting.len() > 64 || (number == cases && !waiting.is_empty()) {
            let mut appends = Vec::new();
            for player in &mut waiting {
                let Some(event) = player.pending.pop() else {
                    continue;
                };
                fingerprints += 1;
                let command = CommandId {
                    id: Uuid::from_u128(fingerprints),
                    fingerprint: [1; 32],
                };
                let stream = player.stream();
                appends.push(store.append(stream, ExpectedVersion::Any, vec![event], command));
            }
            for appended in futures::future::join_all(appends).await {
                appended.expect("an append");
            }
            waiting.retain(|player| !player.pending.is_empty());
        }
    }
}
