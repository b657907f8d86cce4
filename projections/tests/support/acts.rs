//! Random histories: numbers become commands, and the domain refuses those that cannot be.

use domain::identity::Role;
use domain::time::Instant;
use eventstore::EventStore;
use serde_json::{Value, json};

use super::commands as c;
use super::player::{Player, actor, instant};

/// How many kinds of acts there are.
pub const KINDS: u8 = 30;

/// An act: on which of the cases, of what kind, in which variant.
pub type Act = (usize, u8, u8);

const NAMES: [&str; 4] = ["Nguyễn Thị Thử", "Đào Văn Ân", "Hồ Y Linh", "Trần Bé"];

fn command(player: &Player, kind: u8, variant: u8, now: Instant) -> (Role, Value) {
    let item = format!("v{}", variant % 3 + 1);
    let at = now.to_string();
    let chair = Role::CommuneChair;
    let officer = Role::CommuneOfficer;
    match kind {
        0 | 1 => {
            let name = NAMES.get(usize::from(variant % 5)).copied();
            let mut report = c::report(&at, name, ["19111", "19114"][usize::from(variant % 2)]);
            report["danger_now"] = json!(variant.is_multiple_of(3));
            if variant.is_multiple_of(7) {
                report["place_of_receipt"] = json!({"kind": "hotline", "unit": "44"});
                report["child"]["birth"] = json!({"estimated_age": variant % 16});
                report["child"]["personal_id"] = json!("044214001234");
            }
            (officer, report)
        }
        2 => (
            officer,
            json!({"type": "forward-report", "to_unit": "19111"}),
        ),
        3 => (officer, json!({"type": "acknowledge-report"})),
        4 => (
            officer,
            c::verified(["confirmed", "unfounded", "unclear"][usize::from(variant % 3)]),
        ),
        5 | 6 => (officer, c::initial(variant.is_multiple_of(2))),
        7 => (chair, c::emergency(&at)),
        8 => {
            let until = now.plus_hours(24 * 10).date();
            (
                chair,
                json!({"type": "order-separation", "ground": "danger", "from": now.date(),
                           "until": until}),
            )
        }
        9 => (chair, json!({"type": "lift-separation"})),
        10 => (officer, c::detailed()),
        11 => (chair, c::meeting()),
        12 | 13 => (officer, c::plan(usize::from(variant % 3 + 1))),
        14 => (
            chair,
            json!({"type": "return-plan", "reason": "Thiếu kinh phí"}),
        ),
        15 | 16 => (chair, c::approve()),
        17 => (officer, c::service("start-service", &item)),
        18..=20 => (officer, c::service("complete-service", &item)),
        21 => (officer, c::service("fail-service", &item)),
        22 => (
            officer,
            c::refer(&format!("r{variant}"), Some("2024-06-01")),
        ),
        23 => (
            officer,
            json!({"type": "record-visit", "visited_at": at, "place": "Nhà", "child_seen": true}),
        ),
        24 => (officer, c::review(!variant.is_multiple_of(3))),
        25 => (chair, c::close()),
        26 => (
            officer,
            json!({"type": "reopen-case", "reason": "Có thông tin mới"}),
        ),
        27 => (officer, c::note("Ghi chú")),
        28 => (
            chair,
            json!({"type": "assign-officer", "officer": format!("cb{}", variant % 3),
                   "role": "commune-officer"}),
        ),
        _ => correction(player, variant),
    }
}

/// A correction of some event, perhaps one that does not fit.
fn correction(player: &Player, variant: u8) -> (Role, Value) {
    let history = player.case.history();
    let target = history.get(usize::from(variant) % history.len().max(1));
    let Some(target) = target else {
        return (Role::CommuneOfficer, c::note("Ghi chú"));
    };
    let earlier = Instant::from(target.occurred_at.utc() - chrono::TimeDelta::minutes(90));
    let (path, value) = match variant % 6 {
        0 => ("/child/name", json!("Lê Thị Đúng")),
        1 => ("/received_at", json!(earlier)),
        2 => ("/grave", json!(true)),
        3 => ("/occurred_at", json!(earlier)),
        4 => ("/incident/unit", json!("19114")),
        _ => ("/outcome", json!("unfounded")),
    };
    (
        Role::CommuneOfficer,
        c::correct(target.event_id, path, value),
    )
}

/// Plays acts on cases with the numbers `first`, `first + 1`, …; returns the cases that began.
pub async fn play(store: &EventStore, first: u64, acts: &[Act]) -> Vec<Player> {
    let mut players: Vec<_> = (0..3).map(|n| Player::new(first + n)).collect();
    let mut now = instant("2024-01-03T08:00:00+07:00");
    for (case, kind, variant) in acts {
        now = now.plus_hours(u32::from(variant % 40));
        let player = &mut players[case % 3];
        let (role, body) = command(player, *kind, *variant, now);
        if player.decide(now, &actor(role, "19111"), body).is_ok() {
            player.append(store).await;
        }
    }
    players.retain(|player| player.case.state().is_some());
    players
}

/// The same acts on every run: a simple generator of numbers.
pub fn acts(seed: u64, count: usize) -> Vec<Act> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..count)
        .map(|index| {
            // Begins with a report, so that most of the rest can happen.
            let kind = if index < 3 {
                0
            } else {
                (next() % u64::from(KINDS)) as u8
            };
            let case = if index < 3 {
                index
            } else {
                (next() % 3) as usize
            };
            (case, kind, (next() % 251) as u8)
        })
        .collect()
}
