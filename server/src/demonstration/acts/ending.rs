//! Closing, archiving, reopening.

use domain::case::events::closing::ClosingReason;
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::{on, plus_days};
use super::super::outline::{Course, Extra, Late, Milestone};
use super::super::story::{Halt, Story};
use super::super::words;
use super::contradictions;

/// The chair closes the case, and the officer archives it.
pub(super) fn end(story: &mut Story<'_>, command: Value) -> Result<(), Halt> {
    let hurried = story.outline.last_day.is_some();
    let (least, most) = match story.outline.late {
        Some(Late::Close) => (7, 11),
        _ if hurried => (1, 2),
        _ => (1, 4),
    };
    let at = story.working_days_after(story.clock.date(), least, most);
    // Nobody closes a case while the child is apart.
    let at = story
        .apart_until
        .map_or(at, |until| at.max(on(plus_days(until.date(), 1), 9, 0, 0)));
    close(story, at, command)
}

/// The command that closes a case for a reason that needs no more words.
pub(super) fn because(reason: &str) -> Value {
    json!({ "type": "close-case", "reason": reason })
}

fn close(story: &mut Story<'_>, at: Instant, mut command: Value) -> Result<(), Halt> {
    let at = story.reach(Milestone::Close, at)?;
    story.come_to(at)?;
    let against = story.state()?.against_closing();
    command["contradiction_reason"] = contradictions::reason(&against);
    let chair = story.chair();
    story.give(at, chair, command)?;
    story.forget_asides();
    let most = if story.outline.last_day.is_some() {
        2
    } else {
        9
    };
    let at = story.working_days_after(story.clock.date(), 1, most);
    let at = story.reach(Milestone::Archive, at)?;
    let officer = story.officer();
    let number = format!(
        "{}/LT-{}",
        story.random.between(1, 300),
        story.clock.date().format("%Y")
    );
    let entered = story.random.chance(90);
    let command = json!({
        "type": "archive-case", "archive_number": number, "in_national_database": entered,
    });
    story.give(at, officer, command)
}

/// The case ends before there is a plan.
pub(super) fn before_a_plan(story: &mut Story<'_>) -> Result<(), Halt> {
    let mut command = because("other");
    if story.outline.course == Course::Transferred {
        let (authority, confirmation) = story.random.pick(&words::TRANSFERRED);
        command["reason"] = json!("transferred");
        command["transferred_to"] = json!({
            "authority": authority, "received_on": story.clock.date(), "confirmation": confirmation,
        });
    } else {
        let (note, basis) = story.random.pick(&words::OTHER);
        command["note"] = json!(note);
        command["basis"] = json!(basis);
    }
    end(story, command)
}

/// The case ends while the plan is carried out: the child reaches 16, or dies of something else.
pub(super) fn without_review(story: &mut Story<'_>) -> Result<(), Halt> {
    if story.outline.course == Course::Died {
        let at = story.working_days_after(plus_days(story.clock.date(), 9), 1, 2);
        let mut command = because("died");
        command["note"] = json!(words::DIED);
        return close(story, at, command);
    }
    let birth = story.state()?.child.birth;
    let birthday = match birth {
        Some(domain::identity::Birth::Date(born)) => {
            let sixteen = chrono::Months::new(16 * 12);
            born.0.checked_add_months(sixteen).unwrap_or(born.0)
        }
        _ => story.clock.date(),
    };
    let at = story.working_days_after(birthday.max(story.clock.date()), 1, 4);
    close(story, at, because("reached-16"))
}

/// New information comes after the case was closed.
pub(super) fn reopen(story: &mut Story<'_>) -> Result<(), Halt> {
    let closed = story
        .state()?
        .closure
        .as_ref()
        .map(|closure| closure.reason);
    debug_assert_eq!(closed, Some(ClosingReason::SafeAndStable));
    let at = story.working_days_after(plus_days(story.clock.date(), 20), 1, 40);
    let at = story.reach(Milestone::Reopen, at)?;
    let officer = story.officer();
    let reason = story.random.pick(&words::REOPENED);
    story.apart_until = None;
    story.give(
        at,
        officer,
        json!({ "type": "reopen-case", "reason": reason }),
    )?;
    if story.outline.has(Extra::Noted) {
        let chair = story.chair();
        let at = story.soon(20, 90);
        let text = story.random.pick(&words::NOTES);
        story.aside(at, chair, json!({ "type": "add-note", "text": text }));
    }
    Ok(())
}
