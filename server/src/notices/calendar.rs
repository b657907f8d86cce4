//! What an officer owes, as an iCalendar (RFC 5545) that a phone can subscribe to: number of the case
//! and step only, because calendars are copied to other companies' servers.

use chrono::TimeDelta;
use domain::time::Instant;
use icalendar::{Calendar, Class, Component, Event, EventLike};
use projections::Owed;
use sha2::{Digest, Sha256};

use super::job::{NoticeError, Staff};
use crate::AppState;
use crate::access::{Account, account};
use crate::language::Language;

/// Deadlines are shown as the last half hour before them: 24:00 stays on its day, and calendars
/// that leave out what has no length show them, too.
const SHOWN: TimeDelta = TimeDelta::minutes(30);

/// How often a calendar is asked to look again.
const LOOK_AGAIN: TimeDelta = TimeDelta::hours(1);

/// The calendar of `of`.
///
/// # Errors
/// [`NoticeError`] when the database does not answer.
pub async fn calendar_of(state: &AppState, of: &Account) -> Result<String, NoticeError> {
    let owed = state
        .application
        .projections
        .owed_by(of.role, &state.application.units().references(&of.unit))
        .await?;
    let staff = Staff::of(
        state.application.units(),
        account::list(&state.database).await?,
    );
    let own = owed
        .iter()
        .filter(|owed| staff.owing(owed).contains(&of.id));
    Ok(write(of.language, own))
}

fn write<'a>(language: Language, owed: impl Iterator<Item = &'a Owed>) -> String {
    let mut calendar = Calendar::new();
    calendar
        .name(&language.text("calendar-name"))
        .ttl(&LOOK_AGAIN)
        .append_property(("METHOD", "PUBLISH"));
    for owed in owed {
        let step = owed.name.as_ref().map_or_else(
            || owed.step.clone(),
            |name| match language {
                Language::Vi => name.vi.clone(),
                Language::En => name.en.clone(),
            },
        );
        let summary = format!("{}: {step}", owed.case_number);
        if let Some(due_at) = owed.due_at {
            calendar.push(event(owed, uid(owed, ""), &summary, due_at));
        }
        if let Some(act_by) = owed.to_mind() {
            // It never looks like a limit of the law.
            let summary = format!("{summary} ({})", language.text("calendar-to-mind"));
            calendar.push(event(owed, uid(owed, "to-mind"), &summary, act_by));
        }
    }
    calendar.to_string()
}

fn event(owed: &Owed, uid: String, summary: &str, until: Instant) -> Event {
    let mut event = Event::new();
    event
        .uid(&uid)
        .summary(summary)
        .starts(until.utc() - SHOWN)
        .ends(until.utc())
        .timestamp(owed.changed_at.utc())
        .last_modified(owed.changed_at.utc())
        .created(owed.opened_at.utc())
        .sequence(u32::try_from(owed.case_version).unwrap_or_default())
        .class(Class::Confidential);
    event.done()
}

/// The same for the same time of the same obligation for ever, and nothing can be read from it.
fn uid(owed: &Owed, time: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(owed.case_id.as_bytes());
    hash.update(owed.opened_by_event.as_bytes());
    hash.update(owed.step.as_bytes());
    hash.update([0]);
    hash.update(owed.item.as_deref().unwrap_or_default().as_bytes());
    hash.update(time.as_bytes());
    let hash = hash.finalize();
    let hex: String = hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{hex}@noi")
}

/// Something that is owed, for tests.
#[cfg(test)]
pub(super) fn an_obligation() -> Owed {
    use domain::language::Sentence;
    use uuid::Uuid;

    let at = |text: &str| Instant::parse(text).expect("an instant");
    Owed {
        case_id: Uuid::from_u128(1),
        case_number: "2024-000012".to_owned(),
        case_version: 7,
        changed_at: at("2024-02-19T09:00:00+07:00"),
        step: "carry-out".to_owned(),
        name: Some(Sentence::new(
            "Thực hiện việc; trong, kế hoạch",
            "Carry out",
        )),
        item: None,
        role: None,
        unit: None,
        officer: None,
        opened_at: at("2024-02-18T09:00:00+07:00"),
        opened_by_event: Uuid::from_u128(2),
        due_at: Some(at("2024-02-22T00:00:00+07:00")),
        act_by: Some(at("2024-02-22T00:00:00+07:00")),
        limit_hours: None,
        offered_by: None,
        answered_by: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(item: &str) -> Owed {
        Owed {
            item: Some(item.to_owned()),
            ..an_obligation()
        }
    }

    #[test]
    fn a_calendar_reads_back_as_it_was_written() {
        let all = [owed("một"), owed("hai")];
        let text = write(Language::Vi, all.iter());
        let read: Calendar = text.parse().unwrap();
        let events: Vec<&Event> = read.events().collect();
        assert_eq!(events.len(), 2);
        assert_ne!(events[0].get_uid(), events[1].get_uid());
        let first = events[0];
        assert_eq!(
            first.get_summary(),
            Some("2024-000012: Thực hiện việc; trong, kế hoạch")
        );
        assert_eq!(first.property_value("DTEND"), Some("20240221T170000Z"));
        assert_eq!(first.property_value("DTSTART"), Some("20240221T163000Z"));
        assert_eq!(
            first.property_value("LAST-MODIFIED"),
            Some("20240219T020000Z")
        );
        assert_eq!(first.property_value("DTSTAMP"), Some("20240219T020000Z"));
        assert!(text.lines().all(|line| line.len() <= 76), "folded");
        // Nothing but time makes it another.
        assert_eq!(text, write(Language::Vi, all.iter()));
    }

    #[test]
    fn a_time_to_mind_stands_beside_the_limit_and_says_what_it_is() {
        let at = |text: &str| Some(Instant::parse(text).unwrap());
        let both = Owed {
            act_by: at("2024-02-20T21:00:00+07:00"),
            ..an_obligation()
        };
        let alone = Owed {
            due_at: None,
            ..both.clone()
        };
        let summaries = |owed: &Owed, language| -> Vec<(String, String)> {
            let calendar: Calendar = write(language, std::iter::once(owed)).parse().unwrap();
            let line = |event: &Event| {
                let end = event.property_value("DTEND").unwrap();
                (event.get_summary().unwrap().to_owned(), end.to_owned())
            };
            calendar.events().map(line).collect()
        };
        let limit = "2024-000012: Carry out".to_owned();
        let to_mind = format!("{limit} (time to mind)");
        let to_mind = (to_mind, "20240220T140000Z".to_owned());
        let limit = (limit, "20240221T170000Z".to_owned());
        assert_eq!(
            summaries(&both, Language::En),
            [limit.clone(), to_mind.clone()]
        );
        assert_eq!(summaries(&alone, Language::En), [to_mind]);
        assert!(
            summaries(&alone, Language::Vi)[0]
                .0
                .ends_with("(mốc nên hoàn thành)")
        );
        assert_eq!(summaries(&an_obligation(), Language::En), [limit]);
        assert_ne!(uid(&both, ""), uid(&both, "to-mind"));
    }
}
