//! A deadline in words with its arithmetic, the same on the page of a case and above a form.

use chrono::{DateTime, Duration, Utc};
use domain::law::{Day, LimitUnit, Obligation};
use domain::time::Instant;
use domain::unit::Units;

use super::words::{role_of_unit, say, unit};
use crate::application::Application;
use crate::language::Language;
use crate::pages::components::{ArithmeticLine, DeadlineView, Interpretation};
use crate::pages::words;
use crate::words::{Timing, first_upper};

/// Tells when obligations of one case are due.
#[derive(Clone, Copy)]
pub struct Deadlines<'a> {
    /// The language.
    pub language: Language,
    /// The law and the calendar.
    pub application: &'a Application,
    /// Whether the case is an emergency.
    pub emergency: bool,
    /// As seen when.
    pub now: Instant,
}

impl Deadlines<'_> {
    /// The deadline of an obligation.
    #[must_use]
    pub fn of(&self, obligation: &Obligation) -> DeadlineView {
        let timing = Timing::of(obligation, self.emergency);
        let now = self.now.utc();
        DeadlineView {
            words: timing.words(self.language, now, &self.application.calendar),
            overdue: timing.overdue(now),
            why: self.language.text("due-how"),
            rule: self.rule(obligation),
            legal_basis: obligation.legal_basis.clone(),
            lines: self.lines(obligation),
            notes: self.interpretations(obligation),
        }
    }

    /// Remarks on the time: the earlier one to mind, why there is none, a standard, who is told next.
    #[must_use]
    pub fn remarks(&self, obligation: &Obligation) -> String {
        let timing = Timing::of(obligation, self.emergency);
        let mut remarks = Vec::new();
        if let Some(bound) = obligation.bound.as_ref().filter(|_| timing.bound_first()) {
            let at = self.last_instant(bound.at.utc());
            remarks.push(format!("{}: {at}.", say(self.language, &bound.why)));
        }
        if let Some(why) = &obligation.due_note {
            remarks.push(format!("{}.", say(self.language, why)));
        }
        remarks.extend(self.standard(obligation));
        remarks.extend(self.climb(obligation));
        remarks.extend(self.waited(obligation));
        remarks.extend(self.unconfirmed(obligation).map(|text| format!("{text}.")));
        remarks.extend(self.late_under(obligation).map(|text| format!("{text}.")));
        let remarks: Vec<String> = remarks.iter().map(|one| first_upper(one)).collect();
        remarks.join(" ")
    }

    /// The standard that a unit set for itself, said to be no law.
    fn standard(&self, obligation: &Obligation) -> Option<String> {
        let standard = obligation.standard.as_ref()?;
        Some(self.language.text_with(
            "standard-of-unit",
            &[
                ("at", self.last_instant(standard.at.utc()).into()),
                (
                    "unit",
                    unit(self.application.units(), &standard.unit, self.now.date()).into(),
                ),
                ("title", say(self.language, &standard.title).into()),
            ],
        ))
    }

    /// To whom an offer that nobody answered goes, or went.
    fn climb(&self, obligation: &Obligation) -> Option<String> {
        let climb = obligation.climbs.as_ref()?;
        let units = self.application.units();
        let day = self.now.date();
        let who = role_of_unit(self.language, units, climb.role, Some(&climb.unit), day);
        let key = if climb.at <= self.now {
            "climbed-to"
        } else {
            "climbs-to"
        };
        Some(self.language.text_with(
            key,
            &[
                ("who", who.into()),
                ("at", words::instant(climb.at.utc()).into()),
            ],
        ))
    }

    /// That a correction which would make it punctual waits for a second person.
    #[must_use]
    pub fn unconfirmed(&self, obligation: &Obligation) -> Option<String> {
        let confirms = obligation.confirms?;
        let who = super::words::role(self.language, confirms);
        Some(
            self.language
                .text_with("board-unconfirmed", &[("who", who.into())]),
        )
    }

    /// Who owed it when its limit passed, where that was another.
    #[must_use]
    pub fn late_under(&self, obligation: &Obligation) -> Option<String> {
        let under = obligation.late_under.as_ref()?;
        let day = obligation.due_at?.date();
        let (units, unit) = (self.application.units(), under.unit.as_deref());
        let who = role_of_unit(self.language, units, under.role, unit, day);
        Some(
            self.language
                .text_with("board-late-under", &[("who", who.into())]),
        )
    }

    /// What others had to do first.
    #[must_use]
    pub fn waited(&self, obligation: &Obligation) -> Vec<String> {
        waited(
            self.language,
            self.application.units(),
            obligation,
            self.now,
        )
    }

    /// The rule that was counted with, from when to when.
    fn rule(&self, obligation: &Obligation) -> String {
        let language = self.language;
        let Some(limit) = obligation.limit else {
            return match obligation.due_at {
                Some(due) => language.text_with(
                    "rule-until",
                    &[("due", self.last_instant(due.utc()).into())],
                ),
                None if obligation.immediately => language.text("rule-at-once"),
                None => language.text("rule-none"),
            };
        };
        let key = match limit.unit {
            LimitUnit::Hour => "rule-hours",
            LimitUnit::WorkingDay => "rule-working-days",
            LimitUnit::CalendarDay => "rule-calendar-days",
            LimitUnit::Month => "rule-months",
        };
        let from = obligation.counted_from.unwrap_or(obligation.opened_at);
        let Some(due) = obligation.due_at else {
            return language.text("rule-none");
        };
        language.text_with(
            key,
            &[
                ("amount", limit.amount.into()),
                ("from", words::instant(from.utc()).into()),
                ("due", self.last_instant(due.utc()).into()),
            ],
        )
    }

    /// 00:00 of a day is spoken as 24:00 of the day before, as the law counts.
    fn last_instant(&self, due: DateTime<Utc>) -> String {
        if words::time(due) == "00:00" {
            let day = words::local(due).date_naive().pred_opt();
            let day = day.map(|day| words::date_with_weekday(self.language, day));
            return format!("24:00 {}", day.unwrap_or_default());
        }
        words::instant(due)
    }

    fn lines(&self, obligation: &Obligation) -> Vec<ArithmeticLine> {
        let days = obligation.arithmetic.iter();
        days.map(|day| self.line(day)).collect()
    }

    fn line(&self, day: &Day) -> ArithmeticLine {
        let language = self.language;
        let why = match language {
            Language::Vi => day.why.clone(),
            Language::En => day.why_en.clone(),
        };
        let counted = match (day.minutes, day.n) {
            (Some(minutes), _) => {
                Some(words::duration(language, Duration::minutes(minutes.into())))
            }
            (None, Some(n)) => Some(language.text_with("day-counted", &[("n", n.into())])),
            (None, None) => None,
        };
        let said: Vec<String> = [counted, why].into_iter().flatten().collect();
        ArithmeticLine {
            day: words::date_with_weekday(language, day.date),
            counted: day.counted,
            words: said.join(" · "),
        }
    }

    /// The decisions that were taken where the law is silent, each with its reason.
    fn interpretations(&self, obligation: &Obligation) -> Vec<Interpretation> {
        self.named(&obligation.interpretations)
    }

    /// The decisions of these ids, in the order of the procedure.
    #[must_use]
    pub fn named<T: AsRef<str>>(&self, ids: &[T]) -> Vec<Interpretation> {
        let all = self.application.procedure.interpretations.iter();
        all.filter(|one| ids.iter().any(|id| id.as_ref() == one.id))
            .map(|one| Interpretation {
                label: self.language.text("interpretation"),
                text: say(self.language, &one.text),
                reason_label: self.language.text("interpretation-reason"),
                reason: say(self.language, &one.reason),
            })
            .collect()
    }
}

/// What others had to do first, and until when.
#[must_use]
pub fn waited(
    language: Language,
    units: &Units,
    obligation: &Obligation,
    now: Instant,
) -> Vec<String> {
    let waited = obligation.waited_for.iter().map(|waited| {
        let owner = &waited.accountable;
        let who = role_of_unit(
            language,
            units,
            owner.role,
            owner.unit.as_deref(),
            now.date(),
        );
        let key = match waited.until {
            Some(_) => "waited-for",
            None => "waits-for-step",
        };
        let until = waited.until.unwrap_or(now);
        language.text_with(
            key,
            &[
                ("step", say(language, &waited.name).into()),
                ("who", who.into()),
                ("until", words::instant(until.utc()).into()),
            ],
        )
    });
    waited.collect()
}
