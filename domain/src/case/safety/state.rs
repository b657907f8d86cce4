//! Emergency measures, separations and what the court says of them.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::case::Seat;
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
                && let Some(separation) = case.running_separation()
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
    /// `report`, where that is kept apart: form 02 says nothing of it.
    #[must_use]
    pub fn separation_days_used(&self, report: Option<Uuid>) -> u64 {
        if let Some(report) = report.filter(|report| self.is_apart(*report)) {
            return self.separations_apart(report).filter_map(days_taken).sum();
        }
        let new_since = |lifted: Instant| {
            let mut reports = self.reports.iter().filter(|report| report.found);
            reports.any(|report| {
                let happened = report.happened_at.map(Moment::earliest);
                happened.is_some_and(|happened| happened > lifted)
            })
        };
        let counts = |separation: &&Separation| !separation.lifted_at.is_some_and(new_since);
        let all = self.separations.iter().filter(counts);
        all.filter_map(days_taken).sum()
    }

    fn running_separation(&mut self) -> Option<&mut Separation> {
        self.running_separations().last()
    }

    /// Those that are running of the child whom the event is about.
    fn running_of(&mut self, recorded: &Recorded) -> impl Iterator<Item = &mut Separation> {
        let report = self.protects(recorded).reports.first().copied();
        let own = self
            .separations
            .iter_mut()
            .filter(move |_| report.is_none());
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
