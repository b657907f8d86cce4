//! The cases that stand somewhere in the procedure today, in the communes that have accounts: some
//! overdue, some due today, this week or later, some without a limit.

use domain::time::Instant;

use super::hours::{plus_days, plus_minutes};
use super::officers::{FIRST_COMMUNE, SECOND_COMMUNE};
use super::outline::{Course, Extra, Milestone, Outline, Receipt, Separated, Unseen};
use super::past::tale;
use super::random::Random;
use super::story::World;
use super::words::{TALES, Tale, Weight};

/// Where a case stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    JustReceived,
    NotForwarded,
    NotAcknowledged,
    NotVerified,
    NotAssessed,
    Unclear,
    EmergencyOpen,
    EmergencyMissed,
    SeparationRunning,
    SeparationEndsToday,
    SeparationEndsTomorrow,
    SeparationExtended,
    CourtAsked,
    CourtDecided,
    EmergencyPlan,
    PlanLater,
    PlanThisWeek,
    PlanDueToday,
    PlanOverdue,
    MeetingPending,
    WaitsForChair,
    WaitsForChairOverdue,
    PlanReturned,
    ItemsLate,
    ItemsToday,
    ItemsThisWeek,
    ItemsLater,
    ReferralsOpen,
    ToldAgain,
    ReviewPending,
    SecondPlan,
    SecondRound,
    ClosingPending,
    UnfoundedPending,
    ClosedNow,
    Reopened,
    OfferWaits,
    OfferTaken,
    OfferDeclined,
    CrimeBegun,
    CrimeDecided,
    FamilyVisited,
    FamilyLate,
    FamilyAgain,
    ThreeAgencies,
    CorrectionWaits,
    MeetingLate,
    DangerSeen,
    Contradicted,
    PlaceSought,
    MaybeSameChild,
    SameChild,
    SplitOff,
    AnotherChild,
}

use Scene::{
    AnotherChild, ClosedNow, ClosingPending, Contradicted, CorrectionWaits, CourtAsked,
    CourtDecided, CrimeBegun, CrimeDecided, DangerSeen, EmergencyMissed, EmergencyOpen,
    EmergencyPlan, FamilyAgain, FamilyLate, FamilyVisited, ItemsLate, ItemsLater, ItemsThisWeek,
    ItemsToday, JustReceived, MaybeSameChild, MeetingLate, MeetingPending, NotAcknowledged,
    NotAssessed, NotForwarded, NotVerified, OfferDeclined, OfferTaken, OfferWaits, PlaceSought,
    PlanDueToday, PlanLater, PlanOverdue, PlanReturned, PlanThisWeek, ReferralsOpen, Reopened,
    ReviewPending, SameChild, SecondPlan, SecondRound, SeparationEndsToday, SeparationEndsTomorrow,
    SeparationExtended, SeparationRunning, SplitOff, ThreeAgencies, ToldAgain, Unclear,
    UnfoundedPending, WaitsForChair, WaitsForChairOverdue,
};

/// What stands where; the most telling first, for few cases.
#[rustfmt::skip]
const SCENES: [(&str, Scene); 71] = [
    (FIRST_COMMUNE, PlanDueToday), (FIRST_COMMUNE, ItemsToday), (FIRST_COMMUNE, PlanOverdue),
    (FIRST_COMMUNE, NotAcknowledged), (FIRST_COMMUNE, WaitsForChair), (FIRST_COMMUNE, JustReceived),
    (FIRST_COMMUNE, EmergencyOpen), (FIRST_COMMUNE, PlanThisWeek), (FIRST_COMMUNE, SeparationEndsToday),
    (FIRST_COMMUNE, ItemsLate), (FIRST_COMMUNE, ReviewPending), (FIRST_COMMUNE, ClosingPending),
    (SECOND_COMMUNE, PlanDueToday), (SECOND_COMMUNE, ItemsToday), (SECOND_COMMUNE, PlanOverdue),
    (SECOND_COMMUNE, EmergencyMissed), (SECOND_COMMUNE, ReferralsOpen), (SECOND_COMMUNE, WaitsForChairOverdue),
    (FIRST_COMMUNE, NotForwarded), (FIRST_COMMUNE, NotVerified), (FIRST_COMMUNE, NotAssessed),
    (FIRST_COMMUNE, EmergencyMissed), (FIRST_COMMUNE, SeparationRunning), (FIRST_COMMUNE, SeparationExtended),
    (FIRST_COMMUNE, CourtAsked), (FIRST_COMMUNE, EmergencyPlan), (FIRST_COMMUNE, PlanLater),
    (FIRST_COMMUNE, MeetingPending), (FIRST_COMMUNE, WaitsForChairOverdue), (FIRST_COMMUNE, PlanReturned),
    (FIRST_COMMUNE, ItemsThisWeek), (FIRST_COMMUNE, ItemsLater), (FIRST_COMMUNE, ReferralsOpen),
    (FIRST_COMMUNE, SecondPlan), (FIRST_COMMUNE, SecondRound), (FIRST_COMMUNE, UnfoundedPending),
    (FIRST_COMMUNE, ClosedNow), (FIRST_COMMUNE, Reopened), (FIRST_COMMUNE, ToldAgain),
    (SECOND_COMMUNE, NotAcknowledged), (SECOND_COMMUNE, Unclear), (SECOND_COMMUNE, EmergencyOpen),
    (SECOND_COMMUNE, SeparationEndsTomorrow), (SECOND_COMMUNE, CourtDecided), (SECOND_COMMUNE, PlanThisWeek),
    (SECOND_COMMUNE, WaitsForChair), (SECOND_COMMUNE, PlanReturned), (SECOND_COMMUNE, ItemsLate),
    (SECOND_COMMUNE, ItemsThisWeek), (SECOND_COMMUNE, ReviewPending), (SECOND_COMMUNE, ClosingPending),
    (SECOND_COMMUNE, ClosedNow), (SECOND_COMMUNE, OfferWaits), (FIRST_COMMUNE, ThreeAgencies),
    (FIRST_COMMUNE, CrimeBegun), (FIRST_COMMUNE, FamilyLate), (FIRST_COMMUNE, FamilyVisited),
    (FIRST_COMMUNE, OfferTaken), (FIRST_COMMUNE, OfferDeclined), (FIRST_COMMUNE, CrimeDecided),
    (FIRST_COMMUNE, FamilyAgain), (FIRST_COMMUNE, OfferWaits),
    (FIRST_COMMUNE, CorrectionWaits), (FIRST_COMMUNE, DangerSeen), (SECOND_COMMUNE, Contradicted),
    (FIRST_COMMUNE, MaybeSameChild), (SECOND_COMMUNE, MeetingLate), (SECOND_COMMUNE, PlaceSought),
    (SECOND_COMMUNE, SameChild), (FIRST_COMMUNE, SplitOff), (FIRST_COMMUNE, AnotherChild),
];

/// The outlines of at most `count` such cases.
pub(super) fn outlines(world: &World, count: usize) -> Vec<Outline> {
    let mut outlines = Vec::new();
    for (number, (commune, scene)) in SCENES.into_iter().take(count).enumerate() {
        let mut random = Random::new(world.seed, 0x0005_cee5 + number as u64);
        let mut outline = Stage {
            world,
            random: &mut random,
            commune,
        }
        .outline(scene);
        outline.family = random.next();
        outlines.push(outline);
    }
    outlines
}

/// The name of two children.
const NAMESAKE: &str = "Lê Thị Hoài An";

/// A calm tale in which somebody of this relation is suspected.
fn tale_of(random: &mut Random, relation: &str) -> Tale {
    let fits = |tale: &&Tale| tale.weight == Weight::Calm && tale.relation == relation;
    let tales: Vec<_> = TALES.iter().filter(fits).collect();
    *random.pick(&tales)
}

struct Stage<'a> {
    world: &'a World,
    random: &'a mut Random,
    commune: &'a str,
}

impl Stage<'_> {
    /// A case received so many minutes ago at a place.
    fn minutes_ago(&mut self, minutes: i64, receipt: Receipt, emergency: bool) -> Outline {
        let tale = tale(self.random, emergency, Course::Whole);
        let at = plus_minutes(self.world.until, -minutes);
        Outline {
            receipt,
            ..Outline::new(self.commune, at, tale)
        }
    }

    /// A case received at the office so many working days before today.
    fn days_ago(&mut self, days: i64, emergency: bool) -> Outline {
        let tale = tale(self.random, emergency, Course::Whole);
        let receipt = self
            .random
            .pick(&[Receipt::Commune, Receipt::Hotline, Receipt::Police]);
        let at = self.morning(days);
        Outline {
            receipt,
            ..Outline::new(self.commune, at, tale)
        }
    }

    /// A case received on the day so many calendar days before today.
    fn calendar_days_ago(&mut self, days: i64, separated: Separated) -> Outline {
        let tale = tale(self.random, true, Course::Whole);
        let date = plus_days(self.world.until.date(), -days);
        let at = super::hours::on(date, 0, self.random.between(430, 700), 0);
        let mut outline = Outline::new(self.commune, at, tale);
        outline.receipt = Receipt::Police;
        outline.separated = Some(separated);
        outline
    }

    /// Before nine on the working day so many before today.
    fn morning(&mut self, days: i64) -> Instant {
        let date = self.world.hours.working_day(self.world.until.date(), -days);
        super::hours::on(date, 0, self.random.between(7 * 60 + 35, 8 * 60 + 50), 0)
    }

    /// In the afternoon of the working day so many before today.
    fn afternoon(&mut self, days: i64) -> Instant {
        let date = self.world.hours.working_day(self.world.until.date(), -days);
        super::hours::on(date, 0, self.random.between(14 * 60, 16 * 60 + 40), 0)
    }

    /// A case whose plan was approved so many working days before today.
    fn carried_out(&mut self, approved: i64, items: &[(i64, bool)]) -> Outline {
        let mut outline = self.days_ago(approved + 6, false);
        outline.anchors = vec![
            ((1, Milestone::Submit), self.afternoon(approved + 2)),
            ((1, Milestone::Approve), self.afternoon(approved)),
        ];
        outline.items = items.to_vec();
        outline.stop = Some((1, Milestone::Review));
        outline.with(Extra::Assigned)
    }

    fn outline(&mut self, scene: Scene) -> Outline {
        use Milestone::{
            Acknowledge, Approve, Archive, Assess, AssessInDetail, Close, Forward, Meet, Protect,
            Review, Submit, Verify,
        };
        let stop = |mut outline: Outline, round: u8, milestone: Milestone| {
            outline.stop = Some((round, milestone));
            outline
        };
        match scene {
            JustReceived => {
                let minutes = self.random.between(4, 9);
                stop(
                    self.minutes_ago(minutes, Receipt::Commune, false),
                    1,
                    Verify,
                )
            }
            NotForwarded => stop(self.minutes_ago(6, Receipt::Hotline, true), 1, Forward),
            NotAcknowledged => stop(
                self.minutes_ago(48, Receipt::Hotline, false),
                1,
                Acknowledge,
            ),
            NotVerified => stop(self.minutes_ago(200, Receipt::Hotline, false), 1, Verify),
            NotAssessed => {
                let mut outline = self.minutes_ago(330, Receipt::Police, false);
                outline.anchors = vec![((1, Verify), plus_minutes(outline.received_at, 150))];
                stop(outline, 1, Assess)
            }
            Unclear => {
                let mut outline = self.minutes_ago(420, Receipt::Commune, false);
                outline.anchors = vec![((1, Verify), plus_minutes(outline.received_at, 190))];
                stop(outline.with(Extra::SecondLook), 1, Assess)
            }
            EmergencyOpen => {
                let minutes = self.random.between(300, 420);
                let mut outline = self.minutes_ago(minutes, Receipt::Hotline, true);
                outline.anchors = vec![((1, Assess), plus_minutes(outline.received_at, 200))];
                stop(outline, 1, Protect)
            }
            EmergencyMissed => {
                let mut outline = self.minutes_ago(14 * 60 + 25, Receipt::Hotline, true);
                outline.anchors = vec![((1, Assess), plus_minutes(outline.received_at, 540))];
                stop(outline, 1, Protect)
            }
            SeparationRunning => self.calendar_days_ago(4, Separated::Lifted),
            SeparationEndsToday => self.calendar_days_ago(15, Separated::ToTheEnd),
            SeparationEndsTomorrow => self.calendar_days_ago(14, Separated::CourtRefused),
            SeparationExtended => self.calendar_days_ago(10, Separated::Extended),
            CourtAsked => self.calendar_days_ago(13, Separated::Court),
            CourtDecided => self.calendar_days_ago(24, Separated::Court),
            EmergencyPlan => stop(self.days_ago(6, true), 1, Submit),
            PlanLater => self.assessed(1, AssessInDetail),
            PlanThisWeek => self.assessed(3, AssessInDetail),
            MeetingPending => self.assessed(3, Meet),
            PlanDueToday => {
                let today = self.world.until.date();
                // On a day off nothing of the kind is due: then the next working day.
                let last = self.world.hours.working_day(today, 0);
                let from = self.world.hours.day_before(5, last).unwrap_or(today);
                let days = -self.working_days_to(from);
                self.assessed(days, Submit)
            }
            PlanOverdue => self.assessed(8, Submit),
            WaitsForChair => self.submitted(1, false),
            WaitsForChairOverdue => self.submitted(4, false),
            PlanReturned => self.submitted(4, true),
            ItemsLate => self.carried_out(24, &[(-6, false), (-9, true), (4, false)]),
            ItemsToday => self.carried_out(20, &[(0, false), (-3, true), (12, false)]),
            ItemsThisWeek => self.carried_out(16, &[(2, false), (3, false), (30, false)]),
            ItemsLater => self.carried_out(8, &[(25, false), (40, false)]),
            ReferralsOpen => {
                let mut outline = self.carried_out(7, &[(20, false), (33, false)]);
                outline.referrals = vec![-2, 0, 5];
                outline
            }
            ToldAgain => self
                .carried_out(12, &[(15, false), (22, false)])
                .with(Extra::ToldAgain),
            ReviewPending => self.carried_out(30, &[(-8, true), (-4, true)]),
            ClosingPending | ClosedNow => {
                let mut outline = self.carried_out(32, &[(-12, true), (-9, true)]);
                outline.anchors.push(((1, Review), self.morning(2)));
                if scene == ClosedNow {
                    outline.anchors.push(((1, Close), self.afternoon(1)));
                    stop(outline, 1, Archive)
                } else {
                    stop(outline, 1, Close)
                }
            }
            SecondPlan | SecondRound => {
                let days = if scene == SecondPlan { 2 } else { 18 };
                let mut outline = self.carried_out(days + 26, &[]);
                outline.anchors.push(((1, Review), self.morning(days)));
                outline.last_day = None;
                outline = outline.with(Extra::SecondRound);
                if scene == SecondPlan {
                    return stop(outline, 2, Submit);
                }
                outline.items = vec![(1, false), (-2, true), (18, false)];
                outline.anchors.push(((2, Submit), self.afternoon(15)));
                outline.anchors.push(((2, Approve), self.morning(13)));
                stop(outline, 2, Review)
            }
            UnfoundedPending => {
                let mut outline = self.days_ago(2, false);
                outline.course = Course::Unfounded;
                stop(outline, 1, Close)
            }
            OfferWaits => self.assessed(2, AssessInDetail).with(Extra::OfferWaits),
            OfferTaken => self.assessed(3, AssessInDetail).with(Extra::OfferTaken),
            OfferDeclined => self.assessed(4, Meet).with(Extra::OfferDeclined),
            CrimeBegun => self
                .carried_out(5, &[(18, false), (33, false)])
                .with(Extra::Crime),
            CrimeDecided => self
                .carried_out(30, &[(12, false), (41, false)])
                .with(Extra::Crime),
            FamilyVisited => self
                .carried_out(70, &[(21, false), (44, false)])
                .with(Extra::Family),
            FamilyLate => self
                .carried_out(44, &[(9, false), (26, false)])
                .with(Extra::FamilyLate),
            FamilyAgain => self
                .carried_out(88, &[(16, false), (35, false)])
                .with(Extra::Family)
                .with(Extra::FamilyAgain),
            ThreeAgencies => self
                .carried_out(55, &[(13, false), (38, false)])
                .with(Extra::Crime)
                .with(Extra::Facility),
            CorrectionWaits => self.assessed(7, Approve).with(Extra::CorrectedLate),
            MeetingLate => self.assessed(7, Meet),
            DangerSeen => self
                .carried_out(14, &[(17, false), (35, false)])
                .with(Extra::DangerNow),
            Contradicted => {
                let mut outline = self.assessed(2, AssessInDetail);
                outline.tale = tale_of(self.random, "parent");
                outline.with(Extra::Contradicted)
            }
            PlaceSought => self
                .calendar_days_ago(1, Separated::Lifted)
                .with(Extra::Sought),
            MaybeSameChild => {
                let received_at = plus_minutes(self.world.until, -70);
                self.told_unseen(received_at, None)
            }
            SameChild => {
                let received_at = self.morning(1);
                self.told_unseen(received_at, Some(true))
            }
            AnotherChild => {
                let unseen = self.of_another_child();
                let mut outline = self.told_unseen(unseen.received_at, Some(false));
                outline.unseen = Some(unseen);
                outline.girl = Some(NAMESAKE);
                outline
            }
            SplitOff => {
                let unseen = self.of_another_child();
                let tale = tale_of(self.random, "neighbour");
                let mut outline = Outline::new(self.commune, unseen.received_at, tale);
                outline.id = unseen.new_case;
                outline.girl = Some(NAMESAKE);
                outline.receipt = Receipt::Neighbour;
                let at = plus_minutes(unseen.answered_at(), 4);
                outline.anchors = vec![((1, Milestone::Receive), at)];
                stop(outline, 1, AssessInDetail)
            }
            Reopened => {
                let mut outline = self.days_ago(150, false).with(Extra::Reopened);
                let at = plus_minutes(self.world.until, -170);
                outline.anchors = vec![((2, Milestone::Reopen), at)];
                stop(outline, 2, Assess)
            }
        }
    }

    /// A case to which a commune has added a report that it cannot see.
    fn told_unseen(&mut self, received_at: Instant, same: Option<bool>) -> Outline {
        let mut outline = self.carried_out(12, &[(15, false), (22, false)]);
        outline.unseen = Some(Unseen {
            received_at,
            same,
            new_case: None,
        });
        outline
    }

    /// The report that was about another child: two cases tell of it.
    fn of_another_child(&self) -> Unseen {
        let mut random = Random::new(self.world.seed, 0x0dd_c411d);
        let date = self.world.hours.working_day(self.world.until.date(), -1);
        let received_at = super::hours::on(date, 8, random.between(0, 50), 0);
        Unseen {
            received_at,
            same: Some(false),
            new_case: Some(random.id(received_at)),
        }
    }

    /// Working days from today back to `date`, as a negative number.
    fn working_days_to(&self, date: chrono::NaiveDate) -> i64 {
        let today = self.world.until.date();
        let hours = &self.world.hours;
        (1..30)
            .find(|days| hours.working_day(today, -days) <= date)
            .map_or(-5, |days| -days)
    }

    /// Assessed so many working days before today; the rest up to `next` is done.
    fn assessed(&mut self, days: i64, next: Milestone) -> Outline {
        let mut outline = self.days_ago(days, false);
        outline.anchors = vec![((1, Milestone::Assess), self.afternoon(days))];
        outline.stop = Some((1, next));
        if next > Milestone::AssessInDetail && days > 1 {
            let at = self.morning(days - 1);
            outline.anchors.push(((1, Milestone::AssessInDetail), at));
        }
        if next > Milestone::Meet && days > 2 {
            outline
                .anchors
                .push(((1, Milestone::Meet), self.morning(days - 2)));
        }
        outline
    }

    /// Submitted so many working days before today; perhaps returned since.
    fn submitted(&mut self, days: i64, returned: bool) -> Outline {
        let mut outline = self.assessed(days + 4, Milestone::Approve);
        outline
            .anchors
            .push(((1, Milestone::Submit), self.morning(days)));
        if returned {
            outline
                .anchors
                .push(((1, Milestone::Return), self.morning(days - 1)));
            outline = outline.with(Extra::Returned);
        }
        outline
    }
}
