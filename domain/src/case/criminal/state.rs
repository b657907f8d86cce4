//! What is known of the criminal side of a case: reports of crime, examinations, interviews.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;

use crate::calendar::Calendar;
use crate::case::event::{Event, Recorded};
use crate::case::events::criminal::{
    CrimeDecision, ForensicBody, ForensicExam, ForensicGround, MovedEnd, ProlongGround,
};
use crate::case::state::{By, CaseState, Passing, passages};
use crate::identity::Role;
use crate::law::Seat;
use crate::text::Code;
use crate::time::{Date, Instant, Moment};
use crate::unit::Units;

/// A report of crime that was passed to an investigating body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrimeReport {
    /// Unit of the investigating body, as recorded.
    pub unit: String,
    /// Who answers as the investigating body.
    #[serde(skip)]
    pub body: Seat,
    /// When and by whom it was passed.
    pub by: By,
    /// When an investigator was assigned.
    pub investigator_at: Option<Instant>,
    /// Until when it was prolonged.
    pub until: Option<Moment>,
    /// Whether the procuracy extended it already.
    pub extended: bool,
    /// Whether it was asked for that in time; none where it was not extended.
    pub asked: Option<Asked>,
    /// What was decided.
    pub decision: Option<CrimeDecision>,
    /// When.
    pub decided_at: Option<Instant>,
    /// When the informant was told.
    pub informed_at: Option<Instant>,
}

/// Whether the procuracy was asked to extend at least 5 days before the time was over (Criminal Procedure
/// Code, art. 147).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// It was.
    InTime,
    /// It was asked later.
    Late,
    /// Nobody wrote down when.
    NotSaid,
}

impl Asked {
    /// So many days before the time is over the procuracy is asked.
    const DAYS_BEFORE: Days = Days::new(5);

    /// How it was asked for an extension of a time that ends with `last`.
    fn of(asked_on: Option<Date>, last: NaiveDate) -> Self {
        let Some(Date(asked_on)) = asked_on else {
            return Self::NotSaid;
        };
        let by = last.checked_sub_days(Self::DAYS_BEFORE).unwrap_or(last);
        if asked_on <= by {
            Self::InTime
        } else {
            Self::Late
        }
    }
}

impl CrimeReport {
    /// The last day on which it is to be decided, as far as the case knows: 20 days from its passing, or
    /// until when it was prolonged.
    fn ends_on(&self) -> NaiveDate {
        let received = self.by.at.date();
        let twenty = received.checked_add_days(Days::new(20));
        self.until.map_or(twenty.unwrap_or(received), Moment::date)
    }

    /// Whether its time counts in months: then a last day that is a day off moves on (Criminal Procedure Code, art.
    /// 134). The 20 days do not, nor does an hour that somebody set.
    const fn in_months(&self) -> bool {
        matches!(self.until, Some(Moment::On(_)))
    }

    /// Where the time that it has ends on a day off: when it is over.
    pub(super) fn moved(&self, calendar: &Calendar) -> Option<MovedEnd> {
        let from = self.ends_on();
        let to = calendar.working_day_from(from);
        (self.in_months() && to != from).then_some(MovedEnd {
            from: Date(from),
            to: Date(to),
        })
    }

    /// The last day of the time that it has. What the calendar said of that day stands in the extension; where it
    /// does not, since an earlier program wrote it or the day was corrected, a weekend moves on.
    fn last_day(&self, moved: Option<MovedEnd>) -> NaiveDate {
        let ends_on = self.ends_on();
        if let Some(moved) = moved.filter(|moved| moved.from.0 == ends_on) {
            return moved.to.0;
        }
        let more = match ends_on.weekday() {
            Weekday::Sat if self.in_months() => 2,
            Weekday::Sun if self.in_months() => 1,
            _ => 0,
        };
        ends_on.checked_add_days(Days::new(more)).unwrap_or(ends_on)
    }

    /// Whether it still waits for a decision that ends it.
    #[must_use]
    pub fn open(&self) -> bool {
        self.decision.is_none_or(|d| d == CrimeDecision::Suspend)
    }
}

/// A forensic examination, from its grounds to its conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examination {
    /// Its id in the case.
    pub id: Code,
    /// Why it is to be ordered.
    pub ground: Option<ForensicGround>,
    /// What is examined, once ordered.
    pub exam: Option<ForensicExam>,
    /// By whom.
    pub body: Option<ForensicBody>,
    /// Unit of the forensic body, as recorded.
    pub unit: Option<String>,
    /// Who answers as the forensic body.
    #[serde(skip)]
    pub asked: Option<Seat>,
    /// The last act about it.
    pub by: By,
    /// When there were grounds for it.
    #[serde(skip)]
    pub grounds_at: Option<Instant>,
    /// When it was ordered.
    pub ordered_at: Option<Instant>,
    /// When the conclusion was there.
    pub concluded_at: Option<Instant>,
}

impl Examination {
    /// The role that answers for the forensic body, once one was asked.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.body.map(|body| match body {
            ForensicBody::Police => Role::PoliceOfficer,
            ForensicBody::Health => Role::HealthWorker,
        })
    }
}

/// An interview of the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Interview {
    /// Begin.
    pub from: Instant,
    /// End.
    pub until: Instant,
}

/// The criminal side of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CriminalState {
    /// Reports of crime, oldest first.
    pub reports: Vec<CrimeReport>,
    /// Examinations, oldest first.
    pub examinations: Vec<Examination>,
    /// Interviews of the child, oldest first.
    pub interviews: Vec<Interview>,
    /// When prosecution was proposed last.
    pub proposed_at: Option<Instant>,
}

impl CriminalState {
    /// The report of crime that is being handled, or was last.
    #[must_use]
    pub fn report(&self) -> Option<&CrimeReport> {
        self.reports.last()
    }

    /// The examination with this id.
    #[must_use]
    pub fn examination(&self, id: &Code) -> Option<&Examination> {
        self.examinations.iter().find(|exam| exam.id == *id)
    }

    /// The agencies that take part, by role, unit as recorded, and who answers: investigating body,
    /// procuracy, forensic bodies.
    pub(in crate::case) fn agencies(&self) -> impl Iterator<Item = (Role, &str, &Seat)> {
        let bodies = self.reports.iter().flat_map(|report| {
            let unit = report.unit.as_str();
            let roles = [Role::PoliceOfficer, Role::Prosecutor];
            roles.map(|role| (role, unit, &report.body))
        });
        let forensic = self
            .examinations
            .iter()
            .filter_map(|exam| Some((exam.role()?, exam.unit.as_deref()?, exam.asked.as_ref()?)));
        bodies.chain(forensic)
    }

    pub(in crate::case) fn seats(&self) -> impl Iterator<Item = &Seat> {
        let bodies = self.reports.iter().map(|report| &report.body);
        bodies.chain(self.examinations.iter().filter_map(|e| e.asked.as_ref()))
    }

    pub(in crate::case) fn seats_mut(&mut self) -> impl Iterator<Item = &mut Seat> {
        let bodies = self.reports.iter_mut().map(|report| &mut report.body);
        let exams = self.examinations.iter_mut();
        bodies.chain(exams.filter_map(|exam| exam.asked.as_mut()))
    }

    /// `passings` are those that were recorded before.
    fn apply(&mut self, recorded: &Recorded, passings: &[Passing], units: &Units) {
        let by = By::of(recorded);
        let at = by.at;
        match &recorded.event {
            Event::CrimeReportPassed(e) => self.reports.push(CrimeReport {
                unit: e.facts.to_unit.clone(),
                body: Seat::new(&e.facts.to_unit, at.date()).after(passages(passings), units),
                by,
                investigator_at: None,
                until: None,
                extended: false,
                asked: None,
                decision: None,
                decided_at: None,
                informed_at: None,
            }),
            Event::ForensicGroundsRecorded(e) => self.examinations.push(Examination {
                id: e.facts.exam_id.clone(),
                ground: Some(e.facts.ground),
                exam: None,
                body: None,
                unit: None,
                asked: None,
                by,
                grounds_at: Some(at),
                ordered_at: None,
                concluded_at: None,
            }),
            Event::ForensicExamOrdered(e) => {
                let facts = &e.facts;
                let mut known = self.examinations.iter_mut();
                let ground = known.find(|exam| exam.id == facts.exam_id);
                let ordered = Examination {
                    id: facts.exam_id.clone(),
                    ground: ground.as_ref().and_then(|exam| exam.ground),
                    exam: Some(facts.exam),
                    body: Some(facts.body),
                    unit: Some(facts.unit.clone()),
                    asked: Some(Seat::new(&facts.unit, at.date()).after(passages(passings), units)),
                    by,
                    grounds_at: ground.as_ref().and_then(|exam| exam.grounds_at),
                    ordered_at: Some(at),
                    concluded_at: None,
                };
                match ground {
                    Some(exam) => *exam = ordered,
                    None => self.examinations.push(ordered),
                }
            }
            Event::ForensicConclusionRecorded(e) => {
                let mut known = self.examinations.iter_mut();
                if let Some(exam) = known.find(|exam| exam.id == e.facts.exam_id) {
                    exam.concluded_at = Some(at);
                }
            }
            Event::InterviewRecorded(e) => self.interviews.push(Interview {
                from: e.facts.from,
                until: e.facts.until,
            }),
            Event::ProsecutionProposed(_) => self.proposed_at = Some(at),
            event => {
                if let Some(report) = self.reports.last_mut() {
                    report.apply(event, at);
                }
            }
        }
    }
}

impl CrimeReport {
    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::InvestigatorAssigned(_) => self.investigator_at = Some(at),
            Event::CrimeReportProlonged(e) => {
                if e.facts.ground == ProlongGround::ProcuracyExtension {
                    self.extended = true;
                    self.asked = Some(Asked::of(e.facts.asked_on, self.last_day(e.facts.moved)));
                }
                self.until = Some(e.facts.until);
            }
            Event::CrimeReportDecided(e) => {
                self.decision = Some(e.facts.decision);
                self.decided_at = Some(at);
                self.informed_at = None;
            }
            Event::InformantInformed(_) => self.informed_at = Some(at),
            _ => {}
        }
    }
}

/// What follows from an event of this chapter.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    case.criminal.apply(recorded, &case.passings, &case.units);
}
