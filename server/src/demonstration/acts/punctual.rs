//! A plan that was in time but written down late: the officer corrects the time, and until somebody
//! else confirms that, it counts as late.

use chrono::NaiveDate;
use serde_json::json;

use super::super::hours::{on, plus_minutes};
use super::super::outline::{Extra, Late};
use super::super::story::{Halt, Story};
use super::super::words;

/// The last working day on which a plan is in time.
const LAST_DAY: i64 = 5;

/// Whether the outline corrects the plan of this round.
pub(super) fn is_told(story: &Story<'_>) -> Result<bool, Halt> {
    let outline = story.outline;
    let told = outline.has(Extra::CorrectedLate) || outline.has(Extra::ConfirmedLate);
    // A plan that waited for a late meeting was late in truth.
    let late = outline.late == Some(Late::Meet);
    Ok(told && !late && story.round == 1 && !story.state()?.emergency())
}

/// The officer corrects when the plan was submitted that was just recorded; the assessment was on
/// `from`. Perhaps the chair confirms it.
pub(super) fn correct(story: &mut Story<'_>, from: NaiveDate) -> Result<(), Halt> {
    let last = story.world.hours.working_day(from, LAST_DAY);
    // Where the calendar of working days does not reach there is no limit that could be missed.
    let calendar = &story.world.calendar;
    if calendar.day(from).is_err() || calendar.day(last).is_err() {
        return Ok(());
    }
    let submitted_at = on(last, 16, story.random.between(0, 40), 0);
    let officer = story.officer();
    let at = plus_minutes(story.clock, story.random.between(25, 90));
    let command = json!({
        "type": "correct", "event_id": "PlanSubmitted", "path": "/occurred_at",
        "value": submitted_at, "reason": words::ENTERED_LATE,
    });
    story.give(at, officer, command)?;
    if story.outline.has(Extra::ConfirmedLate) {
        let at = story.working_days_after(story.clock.date(), 1, 1);
        let chair = story.chair();
        let command = json!({
            "type": "confirm-correction", "event_id": "FactCorrected", "reason": words::CONFIRMED_LATE,
        });
        story.aside(at, chair, command);
    }
    Ok(())
}
