//! The cases of the past years: spread over communes, days and hours; most have ended, those of
//! the last months are on their way.

use domain::time::Instant;

use super::hours::{on, plus_days};
use super::officers::{FIRST_COMMUNE, SECOND_COMMUNE};
use super::outline::{Course, Extra, Late, Outline, Receipt, Separated};
use super::random::Random;
use super::story::World;
use super::words::{TALES, Tale, Weight};

/// The fewest days in which a case can be carried from report to archive.
const WHOLE: i64 = 90;
/// The fewest days for one that has also to be late, or to go round again.
const LONG: i64 = 200;
/// The fewest days for one that ends without a plan.
const SHORT: i64 = 30;

/// The rare ways of a case, so that each is there however few cases there are.
const RARE: [Rare; 23] = [
    Rare::Course(Course::Unfounded),
    Rare::Extra(Extra::Reopened),
    Rare::Separated(Separated::Court),
    Rare::Course(Course::Reached16),
    Rare::Extra(Extra::Declined),
    Rare::Separated(Separated::Extended),
    Rare::Course(Course::Transferred),
    Rare::Extra(Extra::Relieved),
    Rare::Extra(Extra::Failed),
    Rare::Separated(Separated::Required),
    Rare::Course(Course::Other),
    Rare::Extra(Extra::SecondRound),
    Rare::Extra(Extra::CorrectedName),
    Rare::Separated(Separated::CourtRefused),
    Rare::Course(Course::Died),
    Rare::Extra(Extra::Adjusted),
    Rare::Extra(Extra::Withdrawn),
    Rare::Extra(Extra::ConfirmedLate),
    Rare::Extra(Extra::DangerFound),
    Rare::ClosedLate,
    Rare::WaitedForMeeting,
    Rare::Extra(Extra::CorrectedLate),
    Rare::Sheltered,
];

#[derive(Debug, Clone, Copy)]
enum Rare {
    Course(Course),
    Extra(Extra),
    Separated(Separated),
    /// Separated without a place, until a facility takes the child in.
    Sheltered,
    /// Closed without a plan when the plan was late.
    ClosedLate,
    /// The plan is late because the meeting was.
    WaitedForMeeting,
}

/// The outlines of `count` cases of the past, in no order of time.
pub(super) fn outlines(world: &World, count: usize) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::with_capacity(count);
    for number in 0..count {
        let mut random = Random::new(world.seed, 0x0b5e_55ed + number as u64);
        let sibling = outlines
            .last()
            .filter(|_| number > RARE.len() && random.chance(9));
        let outline = match sibling {
            Some(other) if has_room(other) => Outline {
                family: other.family,
                ..other.clone()
            },
            _ => outline(world, &mut random, RARE.get(number).copied(), number),
        };
        outlines.push(outline);
    }
    outlines
}

/// Whether a brother or sister can be told of in the same words.
fn has_room(outline: &Outline) -> bool {
    outline.course == Course::Whole && outline.tale.ages.1 - outline.tale.ages.0 > 3
}

fn outline(world: &World, random: &mut Random, rare: Option<Rare>, number: usize) -> Outline {
    let received_at = received_at(world, random, rare.is_some(), number);
    let date = received_at.date();
    let needed = if rare.is_some() { LONG } else { SHORT };
    let commune = match random.between(1, 100) {
        1..=7 => FIRST_COMMUNE.to_owned(),
        8..=13 => SECOND_COMMUNE.to_owned(),
        _ => world.places.commune(random, date, needed),
    };
    let last_day = world.places.last_day(&commune, date);
    let left = last_day.map_or(i64::MAX, |last| (last - date).num_days());
    let mut course = random.weighted(&[
        (86, Course::Whole),
        (8, Course::Unfounded),
        (2, Course::Transferred),
        (2, Course::Other),
        (2, Course::Reached16),
    ]);
    if left < WHOLE && course == Course::Whole {
        course = random.pick(&[Course::Unfounded, Course::Transferred, Course::Other]);
    }
    let mut separated = None;
    match rare {
        Some(Rare::Course(wanted)) => course = wanted,
        Some(Rare::Separated(wanted)) => (course, separated) = (Course::Whole, Some(wanted)),
        Some(Rare::Extra(_) | Rare::WaitedForMeeting) => course = Course::Whole,
        Some(Rare::ClosedLate) => course = Course::Other,
        Some(Rare::Sheltered) => {
            (course, separated) = (Course::Whole, Some(Separated::Lifted));
        }
        None => {}
    }
    // What shows how the 5 days of a plan are counted is no emergency.
    let counted = matches!(
        rare,
        Some(Rare::WaitedForMeeting | Rare::Extra(Extra::ConfirmedLate | Extra::CorrectedLate))
    );
    let emergency =
        course == Course::Whole && !counted && (separated.is_some() || random.chance(10));
    let tale = tale(random, emergency, course);
    if emergency && separated.is_none() && random.chance(25) {
        separated = Some(if left > LONG {
            random.pick(&[
                Separated::Lifted,
                Separated::Extended,
                Separated::CourtRefused,
            ])
        } else {
            Separated::Lifted
        });
    }
    let mut outline = Outline::new(&commune, received_at, tale);
    outline.receipt = receipt(random, received_at, world);
    outline.family = random.next();
    outline.course = course;
    outline.separated = separated;
    outline.last_day = last_day;
    outline.extras = extras(random, left > LONG);
    if let Some(Rare::Extra(extra)) = rare {
        outline.extras.push(extra);
    }
    if rare.is_none() && course == Course::Whole && left > LONG && random.chance(25) {
        let mut ways = vec![
            Late::Submit,
            Late::Meet,
            Late::Approve,
            Late::CarryOut,
            Late::CarryOut,
        ];
        if emergency {
            ways = vec![Late::Protect, Late::CarryOut];
        }
        outline.late = Some(random.pick(&ways));
    }
    let closed_late = matches!(course, Course::Other | Course::Transferred) && random.chance(25);
    match rare {
        Some(Rare::WaitedForMeeting) => outline.late = Some(Late::Meet),
        Some(Rare::ClosedLate) => outline.late = Some(Late::Close),
        None if closed_late && left > SHORT * 2 => outline.late = Some(Late::Close),
        _ => {}
    }
    if separated == Some(Separated::Lifted) && (rare.is_some() || random.chance(40)) {
        let found = rare.is_some() || random.chance(70);
        outline
            .extras
            .push(if found { Extra::Found } else { Extra::Sought });
    }
    outline
}

/// When a report comes: any day of the years told of, the hours of day more often than those of
/// night, and now and then at the Lunar New Year. Rare ways begin early enough to come to an end.
fn received_at(world: &World, random: &mut Random, early: bool, number: usize) -> Instant {
    let (first, last) = (world.since.date(), world.until.date());
    let days = (last - first).num_days() - 1;
    let mut date = plus_days(
        first,
        random.between(0, if early { days * 2 / 3 } else { days }),
    );
    if !early && number % 30 == 17 {
        let new_year: Vec<_> = (0..days)
            .map(|day| plus_days(first, day))
            .filter(|date| world.hours.new_year(*date))
            .collect();
        if !new_year.is_empty() {
            date = random.pick(&new_year);
        }
    }
    let hour = random.weighted(&[(55, 7), (15, 12), (18, 17), (12, 0)]);
    let span = match hour {
        7 | 12 | 17 => 5,
        _ => 7,
    };
    let minute = random.between(0, span * 60 - 1);
    let at = on(date, hour, minute, random.between(0, 59));
    at.max(world.since)
        .min(super::hours::plus_minutes(world.until, -90))
}

fn receipt(random: &mut Random, at: Instant, world: &World) -> Receipt {
    let minute = at
        .local()
        .format("%H")
        .to_string()
        .parse::<u32>()
        .unwrap_or(0);
    let open = world.hours.works(at.date()) && (7..17).contains(&minute);
    if open {
        random.weighted(&[
            (28, Receipt::Hotline),
            (44, Receipt::Commune),
            (4, Receipt::OtherCommune),
            (14, Receipt::Police),
            (4, Receipt::OtherPolice),
            (6, Receipt::Agency),
        ])
    } else {
        random.weighted(&[
            (55, Receipt::Hotline),
            (12, Receipt::Commune),
            (25, Receipt::Police),
            (8, Receipt::OtherPolice),
        ])
    }
}

/// A tale that fits: violence is told most often.
pub(super) fn tale(random: &mut Random, emergency: bool, course: Course) -> Tale {
    let weight = match emergency {
        false => Weight::Calm,
        true if random.chance(45) => Weight::Grave,
        true => Weight::Carer,
    };
    let form = random.weighted(&[
        (36, "violence"),
        (19, "neglect"),
        (15, "sexual"),
        (10, "exploitation"),
        (8, "abandonment"),
        (3, "trafficking"),
        (9, "other"),
    ]);
    let fits =
        |tale: &&Tale| tale.weight == weight && (course != Course::Reached16 || tale.ages.1 >= 15);
    let mut tales: Vec<_> = TALES
        .iter()
        .filter(fits)
        .filter(|tale| tale.form == form)
        .collect();
    if tales.is_empty() {
        tales = TALES.iter().filter(fits).collect();
    }
    *random.pick(&tales)
}

/// What else happens; a case that has to end soon only gets what takes no time.
fn extras(random: &mut Random, time: bool) -> Vec<Extra> {
    let chances: [(i64, Extra, bool); 18] = [
        (10, Extra::LateEntry, false),
        (7, Extra::SecondLook, false),
        (30, Extra::Assigned, false),
        (4, Extra::Relieved, false),
        (6, Extra::CorrectedName, false),
        (4, Extra::CorrectedTime, false),
        (35, Extra::Noted, false),
        (35, Extra::Documented, false),
        (9, Extra::Returned, true),
        (6, Extra::Adjusted, true),
        (8, Extra::Failed, false),
        (6, Extra::Declined, false),
        (11, Extra::SecondRound, true),
        (3, Extra::Reopened, true),
        (3, Extra::Withdrawn, false),
        (2, Extra::DangerFound, true),
        (1, Extra::CorrectedLate, true),
        (1, Extra::ConfirmedLate, true),
    ];
    chances
        .into_iter()
        .filter(|(percent, _, long)| random.chance(*percent) && (time || !long))
        .map(|(_, extra, _)| extra)
        .collect()
}
