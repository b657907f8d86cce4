//! A deadline in words with its arithmetic, from an obligation.

use chrono::Duration;
use domain::language::Sentence;
use domain::procedure::{LimitUnit, Obligation};
use domain::time::Instant;

use crate::application::Application;
use crate::language::Language;
use crate::pages::case::timing::Timing;
use crate::pages::components::{ArithmeticLine, DeadlineView};
use crate::pages::words;

/// The deadline of an obligation as seen at `now`.
#[must_use]
pub fn deadline(
    language: Language,
    application: &Application,
    obligation: &Obligation,
    emergency: bool,
    now: Instant,
) -> DeadlineView {
    let timing = Timing::of(obligation, emergency);
    let said = |sentence: &Sentence| say(language, sentence);
    let mut rule = Vec::new();
    if let (Some(limit), Some(from)) = (obligation.limit, obligation.counted_from) {
        let key = match limit.unit {
            LimitUnit::Hour => "due-rule-hours",
            LimitUnit::WorkingDay => "due-rule-working-days",
            LimitUnit::CalendarDay => "due-rule-calendar-days",
            LimitUnit::Month => "due-rule-months",
        };
        let arguments = [
            ("count", i64::from(limit.amount).into()),
            ("from", words::instant(from.utc()).into()),
        ];
        rule.push(language.text_with(key, &arguments));
    } else if obligation.immediately {
        rule.push(language.text("due-rule-at-once"));
    } else if obligation.due_at.is_none() {
        rule.push(language.text("due-rule-none"));
    }
    rule.extend(obligation.due_note.as_ref().map(said));
    if let Some(bound) = &obligation.bound {
        let arguments = [
            ("time", words::instant(bound.at.utc()).into()),
            ("why", said(&bound.why).into()),
        ];
        rule.push(language.text_with("due-bound", &arguments));
    }
    let interpretations = application.procedure.interpretations.iter();
    let notes = interpretations
        .filter(|known| obligation.interpretations.contains(&known.id))
        .map(|known| said(&known.text))
        .collect();
    DeadlineView {
        words: timing.words(language, now.utc(), &application.calendar),
        overdue: timing.overdue(now.utc()),
        why: language.text("due-why"),
        rule: rule.join("\n"),
        legal_basis: obligation.legal_basis.clone(),
        lines: lines(language, obligation),
        notes,
    }
}

fn lines(language: Language, obligation: &Obligation) -> Vec<ArithmeticLine> {
    let line = |day: &domain::procedure::Day| {
        let why = match language {
            Language::Vi => day.why.clone(),
            Language::En => day.why_en.clone(),
        };
        let counted = match (day.minutes, day.n) {
            (Some(minutes), _) => {
                Some(words::duration(language, Duration::minutes(minutes.into())))
            }
            (None, Some(n)) => Some(language.text_with("due-day", &[("n", i64::from(n).into())])),
            (None, None) => None,
        };
        ArithmeticLine {
            day: words::date_with_weekday(language, day.date),
            counted: day.counted,
            words: [counted, why]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        }
    };
    obligation.arithmetic.iter().map(line).collect()
}

/// A sentence of the domain in the language of the page.
pub(super) fn say(language: Language, sentence: &Sentence) -> String {
    match language {
        Language::Vi => sentence.vi.clone(),
        Language::En => sentence.en.clone(),
    }
}
