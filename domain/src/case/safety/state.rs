//! Emergency measures, separations and what the court says of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::case::Seat;
use crate::case::apart::named;
use crate::case::codes::SEPARATION_DAYS;
use crate::case::event::{Event, Recorded};
use crate::case::events::Answer;
use crate::case::state::passages;
use crate::case::state::{By, CaseState};
use crate::text::Code;
use crate::time::{Instant, Moment};

/// The child was seen in danger after the first look: at a visit, with a service, in a placement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DangerSeen {
    /// When and by whom.
    pub by: By,
    /// Round of the procedure.
    pub cycle: u32,
}

/// The emergency measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmergencyState {
    /// When and by whom.
    pub by: By,
    /// Measures, as codes.
    pub measures: Vec<Code>,
    /// It was taken before the first receipt that was recorded: when was the first information?
    pub before_receipt: bool,
    /// What was answered.
    pub first_information_at: Option<Instant>,
}

/// A temporary separation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Separation {
    /// The decision.
    pub by: By,
    /// Round of the procedure.
    pub cycle: u32,
    /// First day.
    pub from: Moment,
    /// Last day as decided or extended.
    pub until: Moment,
    /// A competent authority requires it to go on and names no end.
    pub open_ended: bool,
    /// The day from which the 15 days are counted.
    pub counted_from: NaiveDate,
    /// A competent authority requires it to go on beyond 15 days.
    pub required: bool,
    /// When it was extended last.
    #[serde(skip)]
    pub extended_at: Option<Instant>,
    /// When it was lifted.
    pub lifted_at: Option<Instant>,
    /// The report of whose child it was ordered, where nobody knew yet whether that is the child of the case.
    #[serde(skip)]
    pub report: Option<Uuid>,
    /// It ended because the case was closed: nobody lifted it.
    #[serde(skip)]
    pub ended_by_closing: bool,
}

/// Requests to the court.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CourtState {
    /// Unit of the court, as recorded.
    pub unit: Option<String>,
    /// Who answers as the court.
    #[serde(skip)]
    pub asked: Option<Seat>,
    /// Who asked it.
    #[serde(skip)]
    pub requested_by: Option<By>,
    /// When the court was asked.
    pub requested_at: Option<Instant>,
    /// When it decided.
    pub decided_at: Option<Instant>,
}

/// What follows from a measure of protection.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        // It is for another child, or may be: the one of the case is not protected by it.
        Event::EmergencyMeasureApplied(_) if case.is_of_another(recorded) => {}
        Event::EmergencyMeasureApplied(e) => case.emergency_measures.push(EmergencyState {
            before_receipt: case.first_receipt().is_some_and(|first| by.at < first),
            by,
            measures: e.facts.measures.clone(),
            first_information_at: e.facts.first_information_at,
        }),
        Event::SeparationOrdered(e) => {
            let ordered = Separation {
                counted_from: e.facts.from.date().min(by.at.date()),
                by,
                cycle: case.cycle,
                from: e.facts.from,
                until: e.facts.until,
                open_ended: false,
                required: false,
                extended_at: None,
                lifted_at: None,
                report: e.facts.report,
                ended_by_closing: false,
            };
            let protects = case.protects(recorded);
            match protects.reports.first() {
                Some(report) if !protects.case => case.separations_apart.push((*report, ordered)),
                _ => case.separations.push(ordered),
            }
        }
        Event::SeparationExtended(e) => {
            if let Some(separation) = case.running_of(recorded).last() {
                separation.until = e.facts.until;
                separation.extended_at = Some(by.at);
                separation.open_ended = false;
                separation.required |= e.facts.required_by.is_some();
            }
        }
        Event::SeparationLifted(_) => {
            for separation in case.running_of(recorded) {
                separation.lifted_at = Some(by.at);
            }
        }
        Event::CourtOrderRequested(e) => {
            let unit = e.facts.to_unit.clone().or_else(|| case.province(by.at));
            let asked = unit.as_deref().map(|unit| Seat::new(unit, by.at.date()));
            case.court = CourtState {
                unit,
                asked: asked.map(|asked| asked.after(passages(&case.passings), &case.units)),
                requested_at: Some(by.at),
                requested_by: Some(by),
                decided_at: None,
            };
        }
        Event::CourtDecided(e) => {
            case.court.decided_at = Some(by.at);
            if e.facts.continues_separation()
                && let Some(separation) = case.running_of(recorded).last()
            {
                separation.until = e.facts.until.unwrap_or(separation.until);
                separation.open_ended = e.facts.until.is_none();
                separation.required = true;
            }
        }
        _ => {}
    }
}

impl CaseState {
    /// Whether this round is an emergency: the initial assessment of the round found serious harm
    /// or that the carer is the one who harms (Decree 56/2017, art. 31.1), or somebody saw the child
    /// in danger later; or that was found in a round that was broken off because the child was thought
    /// dead, and nobody has found otherwise.
    #[must_use]
    pub fn emergency(&self) -> bool {
        self.initial_assessment
            .as_ref()
            .is_some_and(|a| a.cycle == self.cycle && a.emergency())
            || self
                .danger_seen
                .as_ref()
                .is_some_and(|seen| seen.cycle == self.cycle)
            || self.broken_off
    }

    /// Whether the last initial assessment found that a parent or carer is the one who harms.
    #[must_use]
    pub fn carer_is_harmer(&self) -> bool {
        self.initial_assessment
            .as_ref()
            .is_some_and(|a| a.carer_is_harmer == Answer::Yes)
    }

    /// The separation that is running.
    #[must_use]
    pub fn separation(&self) -> Option<&Separation> {
        let mut separations = self.separations.iter().rev();
        separations.find(|separation| separation.lifted_at.is_none())
    }

    /// Calendar days that earlier, lifted separations took, each at least one: they count towards the 15
    /// days (Decree 56/2017, art. 32.3), unless something new happened after the lifting and was found on
    /// form 02. Of what nobody has said when it happened, it is not known that it is new. Of the child of
    /// `report`, where nobody knows, or knew then, whether it is the child of the case, only its own: form 02
    /// says nothing of it. A day on which two ran that proved to be of one child counts once.
    #[must_use]
    pub fn separation_days_used(&self, report: Option<Uuid>) -> u64 {
        if let Some(report) = report.filter(|report| self.is_apart(*report)) {
            return self.separations_apart(report).filter_map(days_taken).sum();
        }
        if let Some(report) = report.filter(|report| self.unknown_then(*report)) {
            let own = self.separations.iter();
            let own = own.filter(|separation| separation.report == Some(report));
            return own.filter_map(days_taken).sum();
        }
        let new_since = |lifted: Instant| {
            let mut reports = self.reports.iter().filter(|report| report.found);
            reports.any(|report| {
                let happened = report.happened_at.map(Moment::earliest);
                happened.is_some_and(|happened| happened > lifted)
            })
        };
        let (mut days, mut short) = (BTreeSet::new(), 0);
        for separation in self.known_separations() {
            let lifted = separation.lifted_at.filter(|lifted| !new_since(*lifted));
            let Some(lifted) = lifted else {
                continue;
            };
            let (from, until) = (separation.counted_from, Moment::At(lifted));
            days.extend(days_of(from, until));
            short += u64::from(separation_days(from, until) == 0);
        }
        // What runs on counts those of its own.
        let running = self.known_separations();
        for running in running.filter(|separation| separation.lifted_at.is_none()) {
            for day in days_of(running.counted_from, running.until) {
                days.remove(&day);
            }
        }
        days.len() as u64 + short
    }

    /// From when the days of the separation that runs count: of several that run of one child from the first.
    #[must_use]
    pub fn separation_counts_from(&self, report: Option<Uuid>) -> Option<NaiveDate> {
        let one = self.separation_of(report)?;
        let apart = report.is_some_and(|report| self.is_apart(report) || self.unknown_then(report));
        if apart {
            return Some(one.counted_from);
        }
        let running = self.known_separations();
        let running = running.filter(|separation| separation.lifted_at.is_none());
        running.map(|separation| separation.counted_from).min()
    }

    /// The separations of the child of the case, as far as is known at this place of the history that they are.
    pub(in crate::case) fn known_separations(&self) -> impl Iterator<Item = &Separation> {
        let all = self.separations.iter();
        all.filter(|separation| {
            !separation
                .report
                .is_some_and(|report| self.unknown_then(report))
        })
    }

    /// What ended by a closing alone goes on.
    pub(in crate::case) fn separations_go_on(&mut self) {
        for separation in &mut self.separations {
            if std::mem::take(&mut separation.ended_by_closing) {
                separation.lifted_at = None;
            }
        }
    }

    /// Whether separations that were ordered before it was known that the child of the report is that of the case
    /// make, with the others, more than 15 days in all. That it is the same child opens a closed case again: then
    /// what ended by the closing alone counts as running.
    pub(in crate::case) fn separated_too_long_in_all(&self, report: Uuid) -> bool {
        if self.separations.iter().any(|one| one.ended_by_closing) {
            let mut again = self.clone();
            again.separations_go_on();
            return again.separated_too_long_in_all(report);
        }
        let mut all = self.separations.iter();
        if !all.any(|separation| separation.report == Some(report)) {
            return false;
        }
        let running = self
            .known_separations()
            .filter(|one| one.lifted_at.is_none());
        let until = running
            .filter(|one| !one.required)
            .map(|one| one.until)
            .max_by_key(|until| until.latest());
        let runs = self.separation_counts_from(None).zip(until);
        let runs = runs.map_or(0, |(from, until)| separation_days(from, until));
        self.separation_days_used(None) + runs > SEPARATION_DAYS
    }

    /// Those that are running of the child whom the event is about.
    fn running_of(&mut self, recorded: &Recorded) -> impl Iterator<Item = &mut Separation> {
        let report = self.protects(recorded).reports.first().copied();
        // What was said of the child of a report before it was known to be the same is of its separations, and what was
        // said of the child of the case of none of these.
        let unknown = |report: &Uuid| self.unknown_then(*report);
        let then = named(&recorded.event).filter(unknown);
        let others: Vec<Uuid> = self.reports.iter().map(|one| one.event_id).collect();
        let others: Vec<Uuid> = others.into_iter().filter(unknown).collect();
        let meant = move |one: &Separation| match then {
            Some(_) => one.report == then,
            None => one.report.is_none_or(|report| !others.contains(&report)),
        };
        let own = self
            .separations
            .iter_mut()
            .filter(move |one| report.is_none() && meant(one));
        let apart = self.separations_apart.iter_mut();
        let apart = apart.filter(move |(whose, _)| Some(*whose) == report);
        own.chain(apart.map(|(_, separation)| separation))
            .filter(|separation| separation.lifted_at.is_none())
    }

    /// Those that are running: more than one where a report that was added unseen proved to be about the
    /// same child.
    pub(in crate::case) fn running_separations(&mut self) -> impl Iterator<Item = &mut Separation> {
        let all = self.separations.iter_mut();
        all.filter(|separation| separation.lifted_at.is_none())
    }
}

/// The days that a lifted separation took, at least one.
fn days_taken(separation: &Separation) -> Option<u64> {
    let lifted = Moment::At(separation.lifted_at?);
    Some(separation_days(separation.counted_from, lifted).max(1))
}

/// The days that [`separation_days`] counts.
fn days_of(from: NaiveDate, until: Moment) -> impl Iterator<Item = NaiveDate> {
    let many = usize::try_from(separation_days(from, until)).unwrap_or(usize::MAX);
    from.iter_days().skip(1).take(many)
}

/// Calendar days after `from` up to and including the last day touched (Civil Code 2015, art. 147:
/// the first day is not counted). 00:00 of a day ends the day before.
pub(in crate::case) fn separation_days(from: NaiveDate, until: Moment) -> u64 {
    let last = match until {
        Moment::On(date) => date.0,
        Moment::At(at) => {
            let day = at.date();
            let midnight = at == Instant::start_of(day);
            if midnight {
                day.pred_opt().unwrap_or(day)
            } else {
                day
            }
        }
    };
    u64::try_from((last - from).num_days()).unwrap_or(0)
}
