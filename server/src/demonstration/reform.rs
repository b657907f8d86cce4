//! The cases that were open on 1/7/2025, when the communes of the country were made anew: what their
//! commune answered for passed by law to its successor, which goes on with them.

use chrono::NaiveDate;
use domain::time::Instant;

use super::hours::on;
use super::officers::FIRST_COMMUNE;
use super::outline::{Course, Extra, Milestone, Outline, Receipt};
use super::past::tale;
use super::random::Random;
use super::story::World;

/// Đại Trạch, which is a part of Hoàn Lão since.
const ENDED: &str = "19186";
/// Cống Vị in Hà Nội, which was divided between Ngọc Hà and Giảng Võ: of a child who lives there a
/// person says which of them answers.
const DIVIDED: &str = "00007";

/// Cases that have been closed since are opened again if that is so many days ago at least.
const LONG_AGO_DAYS: i64 = 270;

/// At most `count` such cases; none where 1/7/2025 is not among the days told of.
pub(super) fn outlines(world: &World, count: usize) -> Vec<Outline> {
    let day = |month, day| NaiveDate::from_ymd_opt(2025, month, day);
    let (Some(first), Some(second), Some(reform)) = (day(5, 26), day(6, 9), day(7, 1)) else {
        return Vec::new();
    };
    let today = world.until.date();
    if first < world.since.date() || today < reform {
        return Vec::new();
    }
    let long_ago = (today - reform).num_days() >= LONG_AGO_DAYS;
    let again = |mut outline: Outline, working_days: i64| {
        if long_ago {
            let date = world.hours.working_day(today, -working_days);
            let at = on(date, 9, 20, 0);
            outline.anchors.push(((2, Milestone::Reopen), at));
            outline.extras.push(Extra::Reopened);
        }
        outline
    };
    let outlines = [
        again(three_agencies(world, on(second, 20, 41, 12)), 3),
        again(from_another_province(world, on(first, 8, 17, 40)), 2),
    ];
    outlines.into_iter().take(count).collect()
}

/// The hotline passes it to a commune, that to the police, and the commune ends meanwhile.
fn three_agencies(world: &World, received_at: Instant) -> Outline {
    let mut random = Random::new(world.seed, 0x0001_7202);
    let tale = tale(&mut random, true, Course::Whole);
    Outline {
        receipt: Receipt::Hotline,
        family: random.next(),
        ..Outline::new(ENDED, received_at, tale)
    }
    .with(Extra::Crime)
    .with(Extra::Noted)
}

/// It happened to a child on a visit: part of what its own commune answers for waits for a person.
fn from_another_province(world: &World, received_at: Instant) -> Outline {
    let mut random = Random::new(world.seed, 0x0001_7203);
    let tale = tale(&mut random, false, Course::Whole);
    Outline {
        receipt: Receipt::Commune,
        residence: Some(DIVIDED),
        family: random.next(),
        ..Outline::new(FIRST_COMMUNE, received_at, tale)
    }
    .with(Extra::Documented)
}
