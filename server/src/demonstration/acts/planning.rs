//! Detailed assessment, case meeting, plan and its approval.

use chrono::NaiveDate;
use domain::case::events::contradiction::Against;
use domain::identity::Role;
use serde_json::{Value, json};

use super::super::hours::{plus_days, plus_minutes};
use super::super::outline::{Extra, Late, Milestone};
use super::super::story::{Halt, Story};
use super::super::words::{self, Service};
use super::contradictions;
use super::danger::{decision, rating};
use super::punctual;

/// An item of a plan, and what will become of it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub id: String,
    pub service: Service,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub cost: i64,
    /// Where the outline says so: whether it is done by now.
    pub done: Option<bool>,
}

impl Item {
    pub(super) fn as_json(&self) -> Value {
        json!({
            "id": self.id,
            "measure": self.service.measure,
            "service": self.service.name,
            "responsible": self.service.responsible,
            "provider": self.service.provider,
            "start": self.start,
            "end": self.end,
            "cost": self.cost,
        })
    }
}

/// An approved plan.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub goals: &'static str,
    pub items: Vec<Item>,
}

/// The day of the initial assessment.
pub(super) fn assessed_on(story: &Story<'_>) -> Result<NaiveDate, Halt> {
    let assessment = story.state()?.initial_assessment.as_ref();
    Ok(assessment
        .map_or(story.clock, |assessment| assessment.by.at)
        .date())
}

/// From the assessment (or review) on `from` to an approved plan.
pub(super) fn plan(story: &mut Story<'_>, from: NaiveDate) -> Result<Plan, Halt> {
    let outline = story.outline;
    let hurried = outline.last_day.is_some();
    // Working days until the plan is submitted: 5 are allowed, except in an emergency.
    let last = match outline.late {
        _ if punctual::is_told(story)? => 6,
        Some(Late::Submit) if story.round == 1 => story.random.between(6, 10),
        Some(Late::Meet) if story.round == 1 => story.random.between(8, 11),
        _ if story.state()?.emergency() && !hurried => story.random.between(2, 9),
        _ => story.random.between(3, 5),
    };
    let first = story.random.between(1, last - 2);
    let meeting = match outline.late {
        Some(Late::Meet) if story.round == 1 => last - 1,
        // Before the day on which the plan was submitted in truth.
        _ if punctual::is_told(story)? => story.random.between(first, last - 2),
        _ => story.random.between(first, last - 1),
    };
    if story.round == 1 || story.outline.has(Extra::Reopened) {
        assess_in_detail(story, from, first)?;
        meet(story, from, meeting)?;
    }
    let at = story.working_days_after(from, last, last);
    let at = story.reach(Milestone::Submit, at)?;
    let mut plan = submit(story, at)?;
    if punctual::is_told(story)? {
        punctual::correct(story, from)?;
    }
    if outline.has(Extra::Returned) && story.round == 1 {
        let at = story.working_days_after(story.clock.date(), 1, 2);
        let at = story.reach(Milestone::Return, at)?;
        let chair = story.chair();
        let reason = story.random.pick(&words::RETURNED);
        story.give(
            at,
            chair,
            json!({ "type": "return-plan", "reason": reason }),
        )?;
        if outline
            .stop
            .is_some_and(|stop| stop <= (story.round, Milestone::Approve))
        {
            return Err(Halt::End);
        }
        let at = story.working_days_after(story.clock.date(), 1, 4);
        plan = submit(story, at)?;
    }
    approve(story)?;
    if outline.has(Extra::Adjusted) && story.round == 1 {
        adjust(story, &mut plan)?;
    }
    Ok(plan)
}

/// Form 03.
fn assess_in_detail(story: &mut Story<'_>, from: NaiveDate, day: i64) -> Result<(), Halt> {
    let at = story.working_days_after(from, day, day);
    let at = story.reach(Milestone::AssessInDetail, at)?;
    let asked = !story.state()?.carer_is_harmer();
    let officer = story.officer();
    let random = &mut story.random;
    let harm: Vec<_> = (0..5)
        .map(|_| {
            rating(
                random,
                if asked { [0, 55, 45] } else { [25, 50, 25] },
                &words::HARM_NOTES,
            )
        })
        .collect();
    let protection: Vec<_> = (0..5)
        .map(|_| rating(random, [25, 50, 25], &words::PROTECTION_NOTES))
        .collect();
    let mut heads = words::CONTENT.map(|head| random.pick(&head));
    let child = random.pick(&words::CONTENT[6]);
    let carer = asked.then(|| random.pick(&words::CONTENT[7]));
    if !asked {
        heads[7] = "";
    }
    let [a, b, c, d, e, f, g, h] = heads;
    let command = json!({
        "type": "record-detailed-assessment",
        "harm": harm,
        "protection": protection,
        "content": { "a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g, "h": h },
        "child_views": child,
        "carer_views": carer,
        "conclusion": random.pick(&words::DETAILED),
    });
    story.give(at, officer, command)?;
    contradictions::ask(story, &[Against::LevelsOfForm03])
}

/// The meeting that chooses the measures.
fn meet(story: &mut Story<'_>, from: NaiveDate, day: i64) -> Result<(), Halt> {
    let at = story.working_days_after(from, day, day);
    let at = story.reach(Milestone::Meet, at)?;
    let (officer, chair) = (story.officer(), story.chair());
    let named = |actor: &domain::identity::Actor, title: &str| {
        format!("{} ({title})", actor.name.as_deref().unwrap_or_default())
    };
    let mut participants = vec![
        named(&chair, "Chủ tịch Ủy ban nhân dân"),
        named(&officer, "cán bộ bảo vệ trẻ em"),
    ];
    let count = usize::try_from(story.random.between(3, 5)).unwrap_or(3);
    let others = story.random.several(&words::PARTICIPANTS, count);
    participants.extend(others.into_iter().map(str::to_owned));
    let command = json!({
        "type": "hold-case-meeting",
        "participants": participants,
        "measures": story.random.several(&["49.a", "49.c", "49.d", "50.a", "50.d", "50.dd", "50.h"], 3),
        "minutes": story.random.pick(&words::MINUTES),
    });
    let by = if story.random.chance(50) {
        chair
    } else {
        officer
    };
    if story.outline.has(Extra::LateEntry) {
        // The minutes are entered later on the day.
        let recorded_at = plus_minutes(at, story.random.between(60, 150));
        return story.give_late(recorded_at, Some(at), by, command);
    }
    story.give(at, by, command)
}

/// Form 04.
fn submit(story: &mut Story<'_>, at: domain::time::Instant) -> Result<Plan, Halt> {
    let items = items(story, at.date());
    let goals = story.random.pick(&words::GOALS);
    let officer = story.officer();
    let json: Vec<_> = items.iter().map(Item::as_json).collect();
    story.give(
        at,
        officer,
        json!({ "type": "submit-plan", "goals": goals, "items": json }),
    )?;
    Ok(Plan { goals, items })
}

fn items(story: &mut Story<'_>, submitted: NaiveDate) -> Vec<Item> {
    let outline = story.outline;
    let today = story.world.until.date();
    let shown = match outline.stop {
        Some((round, _)) if round == story.round => outline.items.as_slice(),
        _ => &[],
    };
    let count = if shown.is_empty() {
        usize::try_from(story.random.between(2, 4)).unwrap_or(2)
    } else {
        shown.len()
    };
    let services = story.random.several(&words::SERVICES, count);
    // A commune that ends soon plans for the time that it has left.
    let mut most = outline
        .last_day
        .map_or(i64::MAX, |last| (last - submitted).num_days() - 45);
    // Nor does one plan beyond a review that is known to come.
    if let Some(review) = story.anchor(Milestone::Review) {
        most = most.min((review.date() - submitted).num_days() - 9);
    }
    let mut items = Vec::with_capacity(count);
    for (index, service) in services.into_iter().enumerate() {
        let start = plus_days(submitted, story.random.between(3, 7));
        let days = story
            .random
            .between(service.days.0, service.days.1)
            .min(most)
            .max(12);
        let (end, done) = match shown.get(index) {
            Some((from_today, done)) => (plus_days(today, *from_today), Some(*done)),
            None => (plus_days(start, days), None),
        };
        items.push(Item {
            id: format!("v{}-{}", story.round, index + 1),
            service,
            start: start.min(end),
            end,
            cost: story.random.between(service.cost.0, service.cost.1) * 100_000,
            done,
        });
    }
    items
}

/// Form 05.
fn approve(story: &mut Story<'_>) -> Result<(), Halt> {
    let submitted = story.clock.date();
    let at = match story.outline.late {
        Some(Late::Approve) if story.round == 1 => story.working_days_after(submitted, 3, 7),
        _ => story.working_days_after(submitted, 1, 2),
    };
    let at = story.reach(Milestone::Approve, at)?;
    let number = decision(story);
    let chair = story.local(Role::CommuneChair, 0);
    story.give(
        at,
        chair,
        json!({ "type": "approve-plan", "decision_number": number }),
    )
}

/// The plan is changed soon after it began: one item takes longer, another is added.
fn adjust(story: &mut Story<'_>, plan: &mut Plan) -> Result<(), Halt> {
    let at = story.working_days_after(story.clock.date(), 1, 3);
    let known: Vec<_> = plan.items.iter().map(|item| item.service.name).collect();
    if let Some(first) = plan.items.first_mut() {
        first.end = plus_days(first.end, 10);
    }
    let others: Vec<_> = words::SERVICES
        .iter()
        .filter(|other| !known.contains(&other.name))
        .copied()
        .collect();
    let service = story.random.pick(&others);
    let start = plus_days(at.date(), 2);
    plan.items.push(Item {
        id: format!("v{}-{}", story.round, plan.items.len() + 1),
        service,
        start,
        end: plus_days(start, service.days.0.max(20)),
        cost: service.cost.0 * 100_000,
        done: None,
    });
    let items: Vec<_> = plan.items.iter().map(Item::as_json).collect();
    let number = decision(story);
    let chair = story.chair();
    let command = json!({
        "type": "adjust-plan", "goals": plan.goals, "items": items, "decision_number": number,
    });
    story.give(at, chair, command)
}
