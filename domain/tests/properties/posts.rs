//! Posts of officers: whatever is asked in whatever order, nobody holds two posts of their own at
//! any moment, and no substitution is without end, for oneself, or longer than the post it is for.

use domain::identity::{Agency, AgencyKind, NewPost, NewSubstitution, PostEvent, Posts, Role};
use domain::time::Instant;
use proptest::prelude::*;
use uuid::Uuid;

/// Something that is asked for one of three officers.
#[derive(Debug, Clone)]
enum Wish {
    Give(usize, u8, i64),
    Move(usize, u8, i64),
    Substitute(usize, usize, i64, Option<i64>),
    End(usize, usize, i64),
}

fn wish() -> impl Strategy<Value = Wish> {
    let officer = 0..3_usize;
    let hour = 0..40_i64;
    prop_oneof![
        (officer.clone(), 0..4_u8, hour.clone()).prop_map(|(o, r, h)| Wish::Give(o, r, h)),
        (officer.clone(), 0..4_u8, hour.clone()).prop_map(|(o, r, h)| Wish::Move(o, r, h)),
        (
            officer.clone(),
            officer.clone(),
            hour.clone(),
            proptest::option::of(hour.clone())
        )
            .prop_map(|(o, p, h, u)| Wish::Substitute(o, p, h, u)),
        (officer, 0..6_usize, hour).prop_map(|(o, n, h)| Wish::End(o, n, h)),
    ]
}

fn at(hour: i64) -> Instant {
    let start = Instant::parse("2026-03-02T00:00:00+07:00").unwrap();
    Instant::new(start.utc() + chrono::TimeDelta::hours(hour))
}

fn new(id: u128, role: u8, hour: i64) -> NewPost {
    let role = Role::PEOPLE[usize::from(role)];
    NewPost {
        id: Uuid::from_u128(id),
        name: "Lan".to_owned(),
        role,
        unit: "19111".to_owned(),
        agency: Agency {
            kind: AgencyKind::usual(role),
            name: None,
        },
        from: at(hour),
    }
}

proptest! {
    #![proptest_config(crate::config(400))]

    #[test]
    fn nobody_holds_two_posts_of_their_own(wishes in proptest::collection::vec(wish(), 1..40)) {
        let mut officers: Vec<Posts> =
            (1..=3).map(|id| Posts::none(Uuid::from_u128(id))).collect();
        for (number, wish) in wishes.into_iter().enumerate() {
            let id = 100 + number as u128;
            let (who, events) = match wish {
                Wish::Give(o, role, hour) => {
                    (o, officers[o].give(new(id, role, hour)).map(|event| vec![event]))
                }
                Wish::Move(o, role, hour) => (o, officers[o].move_to(new(id, role, hour))),
                Wish::Substitute(o, principal, hour, until) => {
                    let new = NewSubstitution {
                        id: Uuid::from_u128(id),
                        name: "Lan".to_owned(),
                        principal: "Thành".to_owned(),
                        from: at(hour),
                        until: until.map(at),
                        act: "12/QĐ".to_owned(),
                    };
                    let given = officers[o].substitute(&officers[principal], new);
                    if given.is_ok() {
                        let until = until.unwrap();
                        prop_assert!(o != principal && hour < until);
                        let post = officers[principal].at(at(hour)).main.unwrap();
                        prop_assert!(post.until.is_none_or(|end| at(until) <= end));
                    }
                    (o, given.map(|event| vec![event]))
                }
                Wish::End(o, which, hour) => {
                    let Some(post) = officers[o].all.get(which) else { continue };
                    (o, officers[o].end(post.id, at(hour)).map(|event| vec![event]))
                }
            };
            let Ok(events) = events else { continue };
            // What is stored is read again as the same.
            for event in &events {
                let stored = event.encode().unwrap();
                let read = PostEvent::decode(
                    stored.event_type, stored.revision, &stored.facts, stored.personal.as_deref(),
                );
                prop_assert_eq!(&read.unwrap(), event);
            }
            officers[who] = events.iter().fold(officers[who].clone(), Posts::evolve);
        }
        for posts in &officers {
            for hour in -1..45 {
                let held = posts.all.iter().filter(|p| p.is_main() && p.runs_at(at(hour)));
                prop_assert!(held.count() <= 1);
                for post in posts.at(at(hour)).substitutions {
                    prop_assert!(post.until.is_some());
                }
            }
        }
    }
}
