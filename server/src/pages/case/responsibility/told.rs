//! How the board puts things: agencies, obligations, states, events. Neutral: a step is owed by an
//! agency, never anybody's fault.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::case::Recorded;
use domain::identity::Role;
use domain::law::{LimitUnit, Obligation};
use domain::responsibility::{Bar, Behind, Holding, Lane, Owner, is_hand_over};
use domain::time::Instant;
use projections::Outcome;
use uuid::Uuid;

use super::super::View;
use super::super::next::deadlines;
use super::super::words::{role_of_unit, say, short_unit, unit};
use crate::language::Language;
use crate::pages::components::Link;
use crate::pages::words;
use crate::words::Timing;

/// Tells of one case.
pub struct Teller<'a> {
    /// Who looks at which case.
    pub view: &'a View<'a>,
    events: HashMap<Uuid, &'a Recorded>,
}

impl<'a> Teller<'a> {
    /// For a case.
    pub fn new(view: &'a View<'a>) -> Self {
        let history = &view.file.history;
        Self {
            view,
            events: history.iter().map(|one| (one.event_id, one)).collect(),
        }
    }

    pub fn language(&self) -> Language {
        self.view.frame.language
    }

    pub fn t(&self, key: &str) -> String {
        self.view.frame.t(key)
    }

    /// The name of a unit as it was called then.
    pub fn unit(&self, code: &str, then: Instant) -> String {
        unit(&self.view.frame.units, code, then.date())
    }

    /// An agency as it was called then: `Ủy ban nhân dân cấp xã · Hoàn Lão`.
    pub fn agency(&self, lane: &Lane, then: Instant) -> String {
        let kind = say(self.language(), &lane.agency.title());
        match &lane.unit {
            Some(unit) => {
                let unit = short_unit(&self.view.frame.units, unit, then.date());
                format!("{kind} · {unit}")
            }
            None => kind,
        }
    }

    /// The item that it is about, else the step: where there is little room.
    pub fn short_step(&self, obligation: &Obligation) -> String {
        match self.about(obligation) {
            Some(about) if !is_hand_over(&obligation.step) => about.into_owned(),
            _ => self.step(obligation),
        }
    }

    /// The item, the referral or whatever else it is about.
    fn about(&self, obligation: &Obligation) -> Option<std::borrow::Cow<'_, str>> {
        let item = obligation.item.as_deref()?;
        self.view.things.about(&obligation.step, item)
    }

    /// Who owes something: role, unit, and the officer in charge.
    pub fn owed_by(
        &self,
        role: Role,
        unit: Option<&str>,
        officer: Option<&str>,
        then: Instant,
    ) -> String {
        let whose = role_of_unit(
            self.language(),
            &self.view.frame.units,
            role,
            unit,
            then.date(),
        );
        match officer {
            Some(officer) => {
                format!("{} ({whose})", self.view.things.officer(officer))
            }
            None => whose,
        }
    }

    /// Who owed it at a time.
    pub fn owner(&self, owner: &Owner) -> String {
        let who = &owner.accountable;
        let officer = who.officer.as_deref();
        self.owed_by(who.role, who.unit.as_deref(), officer, owner.span.from)
    }

    /// The step, and the item or referral that it is about.
    pub fn step(&self, obligation: &Obligation) -> String {
        let name = say(self.language(), &obligation.name);
        match self.about(obligation) {
            Some(about) => format!("{name}: {about}"),
            None => name,
        }
    }

    /// What happened, in one sentence.
    pub fn event(&self, behind: &Behind) -> String {
        self.events
            .get(&behind.event_id)
            .map(|event| self.view.things.sentence(event))
            .unwrap_or_else(|| behind.event_type.to_owned())
    }

    /// The way to an event in the timeline.
    pub fn link(&self, behind: &Behind) -> Link {
        Link {
            text: self.event(behind),
            href: self.address(behind),
        }
    }

    /// Where an event stands in the timeline.
    pub fn address(&self, behind: &Behind) -> String {
        let id = self.view.file.id;
        format!("/cases/{id}?tab=timeline&all=yes#e{}", behind.version)
    }

    /// Who holds the case: `Xã Hoàn Lão`, and who answers for it where that is another one.
    pub fn holding(&self, holding: &Holding) -> String {
        let key = match () {
            () if holding.closed => "board-bar-kept",
            () if holding.unit != holding.answers => "board-bar-elsewhere",
            () => "board-bar-held",
        };
        let unit = self.unit(&holding.unit, holding.from);
        let answers = self.unit(&holding.answers, holding.from);
        let arguments = [("unit", unit.into()), ("answers", answers.into())];
        self.language().text_with(key, &arguments)
    }

    /// How it went, or goes.
    pub fn outcome(&self, bar: &Bar) -> Outcome {
        Outcome::of(&bar.obligation, self.view.file.at)
    }

    /// Where a bar stands now, in words.
    pub fn state(&self, bar: &Bar) -> String {
        let obligation = &bar.obligation;
        let why = obligation.waived_because.as_ref();
        let why = why.map(|why| say(self.language(), why)).unwrap_or_default();
        let late = obligation.overrun();
        let late = late.map(|over| words::duration(self.language(), over));
        match (self.outcome(bar), late) {
            (Outcome::Waived, _) | (Outcome::WaivedLate, None) => why,
            (Outcome::WaivedLate, Some(late)) => self.language().text_with(
                "board-waived-late",
                &[("time", late.into()), ("why", why.into())],
            ),
            (Outcome::Late, Some(late)) => self.view.frame.t1("due-late-by", "time", late),
            (Outcome::Corrected, _) => self.t("board-corrected"),
            (Outcome::Met | Outcome::Late, _) if obligation.due_at.is_some() => self.t("tag-met"),
            (Outcome::Met | Outcome::Late, _) => self.t("board-done"),
            (Outcome::Overdue, _) if !obligation.is_open() => self.t("tag-overdue"),
            (Outcome::Open | Outcome::Overdue, _) => self.due(obligation, self.view.file.at),
        }
    }

    /// What else has to be known of it: for whom it waited, who is to confirm a correction, who may do it
    /// as well.
    pub fn remarks(&self, obligation: &Obligation) -> Vec<String> {
        let deadlines = deadlines(self.view);
        let mut remarks = deadlines.waited(obligation);
        remarks.extend(deadlines.unconfirmed(obligation));
        remarks.extend(deadlines.late_under(obligation));
        if obligation.is_open() {
            remarks.extend(self.also(obligation));
        }
        remarks
    }

    /// Who may do it as well.
    fn also(&self, obligation: &Obligation) -> Option<String> {
        let at = self.view.file.at;
        let who = obligation.also.iter().map(|also| {
            let officer = also.officer.as_deref();
            self.owed_by(also.role, also.unit.as_deref(), officer, at)
        });
        let who: Vec<_> = who.collect();
        (!who.is_empty()).then(|| self.view.frame.t1("board-also", "who", who.join(", ")))
    }

    /// The limit of something that was open then, in words as they were right then.
    pub fn due(&self, obligation: &Obligation, then: Instant) -> String {
        let calendar = &self.view.state.application.calendar;
        Timing::of(obligation, false).words(self.language(), then.utc(), calendar)
    }

    /// The limit and what it counts: `5 ngày làm việc · 24:00 thứ Tư 21/02/2024`.
    pub fn limit(&self, obligation: &Obligation) -> String {
        let Some(due) = obligation.due_at else {
            return self.t("board-no-limit");
        };
        let until = words::until(due);
        let Some(limit) = obligation.limit else {
            return until;
        };
        let key = match limit.unit {
            LimitUnit::Hour => "board-hours",
            LimitUnit::WorkingDay => "board-working-days",
            LimitUnit::CalendarDay => "board-calendar-days",
            LimitUnit::Month => "board-months",
        };
        let limit = self.view.frame.t1(key, "count", limit.amount);
        format!("{until} ({limit})")
    }

    /// How long something took.
    pub fn length(&self, from: Instant, to: Instant) -> String {
        let length = (to.utc() - from.utc()).max(TimeDelta::zero());
        words::duration(self.language(), length)
    }
}
