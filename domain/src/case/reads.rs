//! Who may know of a case, and how far somebody reads it whose part is small or has ended.

use crate::case::Part;
use crate::case::testing::*;
use crate::identity::Role;
use crate::permit::{Limit, Until, Viewer};
use crate::unit::Units;

fn looking(role: Role, unit: &str) -> Viewer<'_> {
    Viewer {
        role,
        unit,
        units: Units::shipped(),
    }
}

fn part(case: &Given, role: Role, unit: &str) -> (bool, bool) {
    let viewer = looking(role, unit);
    let part = case.state().part_of(viewer);
    (part != Part::None, case.state().may_be_seen_by(viewer))
}

#[test]
fn a_province_and_its_inspectors_see_what_lies_in_it() {
    let case = assessed();
    for role in [Role::ProvincialOfficer, Role::Inspector] {
        assert_eq!(part(&case, role, PROVINCE), (true, true), "{role:?}");
        assert_eq!(part(&case, role, "01"), (false, false), "{role:?}");
        assert_eq!(part(&case, role, OTHER), (false, false), "{role:?}");
    }
    for role in [Role::Administrator, Role::Analyst, Role::System] {
        assert_eq!(part(&case, role, PROVINCE), (false, false), "{role:?}");
        assert_eq!(part(&case, role, COMMUNE), (false, false), "{role:?}");
    }
}

#[test]
fn who_only_answered_knows_of_the_case_and_reads_nothing() {
    let case = assessed().and("03-12 09:00", OFFICER, refer("r1"));
    assert_eq!(part(&case, Role::HealthWorker, COMMUNE), (true, true));
    assert_eq!(part(&case, Role::HealthWorker, OTHER), (false, false));
    let case = case.and("03-13 09:00", HEALTH, answer("decline-referral", "r1"));
    assert_eq!(part(&case, Role::HealthWorker, COMMUNE), (true, false));
    // Who completed what it was asked reads what stood there until then.
    let done = assessed()
        .and("03-12 09:00", OFFICER, refer("r1"))
        .and("03-13 09:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-14 09:00", HEALTH, answer("complete-referral", "r1"));
    assert_eq!(part(&done, Role::HealthWorker, COMMUNE), (true, true));
    let health = looking(Role::HealthWorker, COMMUNE);
    let until = |version, seated| Some(Limit::Until(Until { version, seated }));
    assert_eq!(done.state().limit(health), until(5, false));
    assert_eq!(done.history()[4].event.event_type(), "ReferralCompleted");
}

#[test]
fn a_commune_that_gave_the_case_away_reads_until_then_and_as_the_commune_of_the_incident() {
    let until = |case: &Given, unit| {
        let role = Role::CommuneOfficer;
        case.state().limit(looking(role, unit))
    };
    let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
    assert_eq!(until(&offered, COMMUNE), None);
    assert_eq!(until(&offered, OTHER), None, "whoever is asked reads on");
    let taken = offered.and("03-14 10:00", OTHER_OFFICER, accept_transfer());
    let seated = Until {
        version: 4,
        seated: true,
    };
    assert_eq!(until(&taken, COMMUNE), Some(Limit::Until(seated)));
    assert_eq!(until(&taken, OTHER), None);
    // Asked to take it back it reads on; having it again, too.
    let back = taken.and("03-15 09:00", OTHER_OFFICER, transfer(COMMUNE));
    assert_eq!(until(&back, COMMUNE), None);
    assert_eq!(until(&back, OTHER), None);
    let returned = back.and("03-15 10:00", OFFICER, accept_transfer());
    assert_eq!(until(&returned, COMMUNE), None);
    let left = Until {
        version: 6,
        seated: false,
    };
    assert_eq!(until(&returned, OTHER), Some(Limit::Until(left)));
}
