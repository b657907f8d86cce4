//! The acts of a case, in the order of the procedure. Each gives its commands to the story.

mod agencies;
mod carrying_out;
mod contradictions;
mod danger;
mod ending;
mod planning;
mod punctual;
mod report;
mod told_again;

use super::outline::{Course, Extra};
use super::story::{Halt, Story};

/// Tells a whole case, until it ends or time is up.
pub(super) fn tell(story: &mut Story<'_>) -> Result<(), Halt> {
    report::receive(story)?;
    report::pass_on(story)?;
    let course = story.outline.course;
    if course == Course::Unfounded {
        report::find_unfounded(story)?;
        return ending::end(story, ending::because("unfounded"));
    }
    report::verify(story)?;
    danger::assess(story)?;
    agencies::lay_down(story);
    danger::protect(story)?;
    danger::separate(story)?;
    if matches!(course, Course::Transferred | Course::Other) {
        return ending::before_a_plan(story);
    }
    let mut from = planning::assessed_on(story)?;
    loop {
        let plan = planning::plan(story, from)?;
        carrying_out::begin(story, &plan)?;
        if matches!(course, Course::Reached16 | Course::Died) {
            return ending::without_review(story);
        }
        let again = story.round == 1 && story.outline.has(Extra::SecondRound);
        carrying_out::review(story, &plan, !again)?;
        if !again {
            break;
        }
        from = story.clock.date();
        story.round += 1;
    }
    ending::end(story, ending::because("safe-and-stable"))?;
    if story.outline.has(Extra::Reopened) {
        story.round += 1;
        ending::reopen(story)?;
        danger::assess(story)?;
        let from = planning::assessed_on(story)?;
        let plan = planning::plan(story, from)?;
        carrying_out::begin(story, &plan)?;
        carrying_out::review(story, &plan, true)?;
        ending::end(story, ending::because("safe-and-stable"))?;
    }
    Ok(())
}
