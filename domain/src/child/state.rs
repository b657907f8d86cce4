//! The record of one child: the fold of its events. Nothing is overwritten: what was said before stays among the names,
//! residences and schools of before.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::events::{
    Because, Born, Certainty, CircumstanceEnd, Event, NumberFinding, RecordEnd, Recorded, Relation,
    Sameness, Schooling, Source, Stays,
};
use super::issues::{self, Issue, Standing};
use super::sight::stands_for;
use crate::identity::{PersonalId, Sex};
use crate::log::Subject;
use crate::text::Code;
use crate::time::{Date, Instant};
use crate::unit::Units;

/// Who the child is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The name, unless it is not known or was erased.
    pub name: Option<String>,
    /// There is a name, whoever reads it.
    #[serde(skip)]
    pub named: bool,
    /// Sex.
    pub sex: Sex,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// The year of birth.
    pub birth_year: Option<i32>,
    /// How much is known of the birth.
    pub birth: Option<Certainty>,
    /// The ethnicity.
    pub ethnicity: Option<String>,
    #[serde(skip)]
    pub(super) ethnicity_known: bool,
}

impl Identity {
    /// When the child was born, as far as is known.
    #[must_use]
    pub fn born(&self) -> Option<Born> {
        let year = || self.birth_year.and_then(|year| u16::try_from(year).ok());
        match self.birth? {
            Certainty::Day => self
                .birth_date
                .map(Born::Date)
                .or_else(|| year().map(Born::Year)),
            Certainty::Year => year().map(Born::Year),
            Certainty::Estimated => year().map(Born::EstimatedYear),
        }
    }
}

/// A name that stood here before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// Why it does not stand any more: it is another since, or was wrong.
    pub because: Because,
    /// Until when it stood here.
    pub until: Instant,
}

/// How certain a number is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "status")]
pub enum NumberStatus {
    /// There is none.
    None,
    /// Somebody named it.
    Claimed,
    /// The commune police confirmed it.
    Verified {
        /// On which day.
        on: Date,
        /// Who, in words.
        officer: Option<String>,
    },
}

/// The personal number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Number {
    /// The number, unless there is none, or it was erased.
    pub id: Option<PersonalId>,
    /// How certain it is.
    #[serde(flatten)]
    pub status: NumberStatus,
    /// The police looked at what stands here since: sex and birth were not said otherwise afterwards.
    #[serde(skip)]
    pub(super) fits: bool,
}

/// A parent, guardian or carer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relative {
    /// What they are to the child.
    pub relation: Relation,
    /// Their name, unless erased.
    pub name: Option<String>,
    /// Their year of birth.
    pub birth_year: Option<u16>,
    /// Their telephone.
    pub phone: Option<String>,
}

/// Where the child lives, or lived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Residence {
    /// The commune, as it was recorded.
    pub unit: String,
    /// The address.
    pub address: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// The address is hidden from everybody but the commune.
    pub hidden: bool,
    /// The day on which it was recorded: by it the unit is meant.
    #[serde(skip)]
    pub recorded_on: NaiveDate,
    /// It was wrong: the child never lived there.
    pub mistaken: bool,
}

/// Which school the child goes to, or went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct School {
    /// What kind.
    pub schooling: Schooling,
    /// Since when.
    pub since: Date,
    /// Its name.
    pub school: Option<String>,
}

/// A group of special circumstances in which the child is, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circumstance {
    /// The event by which it was recorded: so it is called.
    pub id: Uuid,
    /// The group, unless the reader may not know it.
    pub group: Option<Code>,
    /// It is guarded.
    pub guarded: bool,
    /// The sub-group, as a code or in words.
    pub subgroup: Option<String>,
    /// On what it rests.
    pub basis: Option<String>,
    /// The first day.
    pub since: Date,
    /// The last day, where it is over.
    pub until: Option<Date>,
}

/// Why and since when the record is kept no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// Why.
    pub reason: RecordEnd,
    /// Since when.
    pub on: Date,
}

/// Another record that is like this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// The other record.
    pub other: Uuid,
    /// Both have the same personal number.
    pub number: bool,
}

/// What was answered about another record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The other record.
    pub other: Uuid,
    /// The last answer.
    pub answer: Sameness,
    /// When.
    pub at: Instant,
    /// By an officer of which unit.
    pub by: Option<String>,
}

/// What stands in the record of a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The id of its stream.
    pub id: Uuid,
    /// Version of the last event.
    pub version: i64,
    /// From where the child is known.
    pub source: Source,
    /// When the record was begun.
    pub registered_at: Instant,
    /// The unit that began it.
    #[serde(skip)]
    pub begun_in: String,
    #[serde(skip)]
    pub(super) begun_on: NaiveDate,
    /// Who the child is.
    pub identity: Identity,
    /// Names of before, oldest first.
    pub former_names: Vec<FormerName>,
    /// The personal number.
    pub number: Number,
    /// Parents, guardian, carers.
    pub relatives: Vec<Relative>,
    /// The head of the household, or its number.
    pub household: Option<String>,
    /// Where the child lived, oldest first; the last is where the child lives.
    pub residences: Vec<Residence>,
    /// Schools, oldest first.
    pub schools: Vec<School>,
    /// Special circumstances, in the order in which they were recorded.
    pub circumstances: Vec<Circumstance>,
    /// Records that are like this one, in the order in which they were found.
    pub alike: Vec<Alike>,
    /// What was answered about other records.
    pub compared: Vec<Compared>,
    /// Records that were joined to this one.
    pub joined: Vec<Uuid>,
    /// The record to which this one was joined: that one is gone on with.
    pub joined_to: Option<Uuid>,
    /// Why it is kept no more.
    pub ended: Option<Ended>,
    /// What is wrong by what was recorded, and since when.
    #[serde(skip)]
    pub(super) issues: Vec<(Issue, Instant)>,
}

impl Record {
    /// Where the child lives.
    #[must_use]
    pub fn residence(&self) -> Option<&Residence> {
        self.residences.last().filter(|last| !last.mistaken)
    }

    /// The unit that answers for the record, and the day by which it is meant: that where the child lives, or that
    /// which began it.
    #[must_use]
    pub fn unit(&self) -> (&str, NaiveDate) {
        match self.residence() {
            Some(residence) => (&residence.unit, residence.recorded_on),
            None => (&self.begun_in, self.begun_on),
        }
    }

    /// Whether the record is gone on with: neither ended nor joined to another.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.ended.is_none() && self.joined_to.is_none()
    }

    /// What is wrong with the record, and from which day on: also what only comes with a day ahead. Nothing, where it is
    /// kept no more.
    #[must_use]
    pub fn standing(&self, units: &Units) -> Vec<Standing> {
        if !self.is_kept() {
            return Vec::new();
        }
        let told = self.issues.iter().map(|(issue, since)| Standing {
            issue: *issue,
            from: since.date(),
        });
        let mut all: Vec<_> = told.chain(issues::by_day(self, units)).collect();
        all.sort_by_key(|one| one.issue);
        all
    }

    /// The same as of a day.
    #[must_use]
    pub fn issues_on(&self, day: NaiveDate, units: &Units) -> Vec<Standing> {
        let mut all = self.standing(units);
        all.retain(|one| one.from <= day);
        all
    }

    /// The circumstance that an event recorded.
    #[must_use]
    pub fn circumstance(&self, id: Uuid) -> Option<&Circumstance> {
        self.circumstances.iter().find(|one| one.id == id)
    }

    /// What an office of the unit last answered about another record.
    #[must_use]
    pub fn answer_of(&self, other: Uuid, unit: &str) -> Option<Sameness> {
        let mut all = self.compared.iter();
        let found = all.find(|one| one.other == other && one.by.as_deref() == Some(unit));
        found.map(|one| one.answer)
    }

    /// The records that are like this one and of which nobody has said that they are of another child, and that were not
    /// joined to this one.
    pub fn unanswered(&self) -> impl Iterator<Item = &Alike> {
        let open = |one: &&Alike| !self.denied(one.other) && !self.joined.contains(&one.other);
        self.alike.iter().filter(open)
    }

    /// Whether somebody answered that the other record is of another child, and has not answered otherwise since.
    #[must_use]
    pub fn denied(&self, other: Uuid) -> bool {
        let mut all = self.compared.iter();
        all.any(|one| one.other == other && one.answer == Sameness::NotSame)
    }

    fn begin(id: Uuid, recorded: &Recorded) -> Option<Self> {
        let Event::ChildRegistered(begun) = &recorded.event else {
            return None;
        };
        Some(Self {
            id,
            version: 0,
            source: begun.facts.source,
            registered_at: recorded.occurred_at,
            begun_in: begun.facts.unit.clone(),
            begun_on: recorded.recorded_at.date(),
            identity: Identity {
                name: None,
                named: false,
                sex: Sex::Unknown,
                birth_date: None,
                birth_year: None,
                birth: None,
                ethnicity: None,
                ethnicity_known: false,
            },
            former_names: Vec::new(),
            number: Number {
                id: None,
                status: NumberStatus::None,
                fits: false,
            },
            relatives: Vec::new(),
            household: None,
            residences: Vec::new(),
            schools: Vec::new(),
            circumstances: Vec::new(),
            alike: Vec::new(),
            compared: Vec::new(),
            joined: Vec::new(),
            joined_to: None,
            ended: None,
            issues: Vec::new(),
        })
    }

    fn apply(&mut self, recorded: &Recorded, units: &Units) {
        self.version = recorded.version;
        self.happened(recorded, units);
        let known = std::mem::take(&mut self.issues);
        let since = |issue: Issue| {
            let before = known.iter().find(|(known, _)| *known == issue);
            before.map_or(recorded.recorded_at, |(_, since)| *since)
        };
        self.issues = issues::of(self)
            .into_iter()
            .map(|issue| (issue, since(issue)))
            .collect();
    }

    fn happened(&mut self, recorded: &Recorded, units: &Units) {
        match &recorded.event {
            Event::ChildRegistered(_) => {}
            Event::IdentityRecorded(e) => {
                let personal = e.personal.clone().unwrap_or_default();
                let name = personal.name.map(|name| name.to_string());
                if let Some(before) = self.identity.name.take()
                    && Some(&before) != name.as_ref()
                {
                    self.former_names.push(FormerName {
                        name: before,
                        because: e.facts.because,
                        until: recorded.occurred_at,
                    });
                }
                let told = |identity: &Identity| (identity.sex, identity.born());
                let before = told(&self.identity);
                self.identity = Identity {
                    name,
                    named: e.facts.named,
                    sex: e.facts.sex,
                    birth_date: personal.birth_date,
                    birth_year: e.facts.birth_year,
                    birth: e.facts.birth,
                    ethnicity: personal.ethnicity.map(|line| line.to_string()),
                    ethnicity_known: e.facts.ethnicity,
                };
                self.number.fits &= before == told(&self.identity);
            }
            Event::NumberClaimed(e) => {
                let id = e.personal.as_ref().and_then(|own| own.personal_id.clone());
                let status = match e.facts.given {
                    true => NumberStatus::Claimed,
                    false => NumberStatus::None,
                };
                self.number = Number {
                    id,
                    status,
                    fits: false,
                };
            }
            Event::NumberVerified(e) => self.verified(e.facts.finding, e.facts.on, &e.personal),
            Event::RelativesRecorded(e) => {
                let family = e.personal.as_ref().map(|own| &own.family);
                let named = |row: usize| family.and_then(|family| family.relatives.get(row));
                let all = e.facts.relatives.iter().enumerate();
                self.relatives = all
                    .map(|(row, facts)| Relative {
                        relation: facts.relation,
                        name: named(row).map(|one| one.name.to_string()),
                        birth_year: facts.birth_year,
                        phone: named(row)
                            .and_then(|one| one.phone.as_ref())
                            .map(ToString::to_string),
                    })
                    .collect();
                let household = family.and_then(|family| family.household.as_ref());
                self.household = household.map(ToString::to_string);
            }
            Event::ResidenceRecorded(e) => {
                if e.facts.because == Because::Corrected
                    && let Some(last) = self.residences.last_mut()
                {
                    last.mistaken = true;
                }
                let address = e.personal.as_ref().and_then(|own| own.address.as_ref());
                self.residences.push(Residence {
                    unit: e.facts.unit.clone(),
                    address: address.map(ToString::to_string),
                    since: e.facts.since,
                    hidden: e.facts.hidden,
                    recorded_on: recorded.recorded_at.date(),
                    mistaken: false,
                });
            }
            Event::SchoolingRecorded(e) => {
                let school = e.personal.as_ref().and_then(|own| own.school.as_ref());
                self.schools.push(School {
                    schooling: e.facts.schooling,
                    since: e.facts.since,
                    school: school.map(ToString::to_string),
                });
            }
            Event::CircumstanceRecorded(e) => {
                let own = e.personal.clone().unwrap_or_default();
                let listed = e.facts.subgroup.as_ref().map(ToString::to_string);
                self.circumstances.push(Circumstance {
                    id: recorded.event_id,
                    guarded: e.facts.group.is_none(),
                    group: e.facts.group.clone().or(own.group),
                    subgroup: listed.or_else(|| own.subgroup.map(|one| one.as_str().to_owned())),
                    basis: own.basis.map(|basis| basis.to_string()),
                    since: e.facts.since,
                    until: None,
                });
            }
            Event::CircumstanceEnded(e) => {
                let meant = |one: &Circumstance| one.id == e.facts.circumstance;
                match e.facts.because {
                    CircumstanceEnd::Mistake => self.circumstances.retain(|one| !meant(one)),
                    CircumstanceEnd::Over => {
                        for one in self.circumstances.iter_mut().filter(|one| meant(one)) {
                            one.until = Some(e.facts.until);
                        }
                    }
                }
            }
            Event::RecordEnded(e) => {
                self.ended = Some(Ended {
                    reason: e.facts.reason,
                    on: e.facts.on,
                });
            }
            Event::RecordResumed(_) => self.ended = None,
            Event::AlikeFound(e) => {
                self.alike.retain(|one| one.other != e.facts.other);
                self.alike.push(Alike {
                    other: e.facts.other,
                    number: e.facts.number,
                });
            }
            Event::SameAnswered(e) => {
                let unit = recorded.actor.unit.as_deref().unwrap_or_default();
                // What a unit answered that has become this one is answered again.
                let again = |one: &Compared| {
                    let by = one.by.as_deref().unwrap_or_default();
                    let then = (by, one.at.date());
                    let today = recorded.recorded_at.date();
                    one.other == e.facts.other
                        && (by == unit || stands_for(units, then, unit, today))
                };
                self.compared.retain(|one| !again(one));
                self.compared.push(Compared {
                    other: e.facts.other,
                    answer: e.facts.answer,
                    at: recorded.occurred_at,
                    by: recorded.actor.unit.clone(),
                });
            }
            Event::RecordsJoined(e) => match e.facts.stays {
                Stays::This => self.joined.push(e.facts.other),
                Stays::Other => self.joined_to = Some(e.facts.other),
            },
            Event::RecordsParted(e) => {
                self.joined.retain(|one| *one != e.facts.other);
                self.joined_to = self.joined_to.filter(|one| *one != e.facts.other);
            }
        }
    }

    fn verified(
        &mut self,
        finding: NumberFinding,
        on: Date,
        personal: &Option<super::events::NumberVerifiedPersonal>,
    ) {
        let own = personal.clone().unwrap_or_default();
        let officer = own.officer.map(|line| line.to_string());
        match finding {
            NumberFinding::Confirmed => {
                self.number.status = NumberStatus::Verified { on, officer };
                self.number.fits = true;
            }
            NumberFinding::Another => {
                self.number = Number {
                    id: own.personal_id,
                    status: NumberStatus::Verified { on, officer },
                    fits: true,
                };
            }
            NumberFinding::None => {
                self.number = Number {
                    id: None,
                    status: NumberStatus::None,
                    fits: false,
                };
            }
        }
    }
}

/// A child in the register: every event as recorded, and the record that follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    id: Uuid,
    units: Arc<Units>,
    history: Vec<Recorded>,
    record: Option<Record>,
}

impl Child {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// What stands in it; none while there is no event.
    #[must_use]
    pub const fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// The units that it is read with.
    #[must_use]
    pub const fn units(&self) -> &Arc<Units> {
        &self.units
    }
}

impl Subject for Child {
    const KIND: &'static str = "child";

    type Event = Event;

    fn begin(id: Uuid, units: &Arc<Units>) -> Self {
        Self {
            id,
            units: Arc::clone(units),
            history: Vec::new(),
            record: None,
        }
    }

    fn evolve(mut self, recorded: Recorded) -> Self {
        if self.record.is_none() {
            self.record = Record::begin(self.id, &recorded);
        }
        if let Some(record) = &mut self.record {
            record.apply(&recorded, &self.units);
        }
        self.history.push(recorded);
        self
    }

    fn events(&self) -> usize {
        self.history.len()
    }

    fn history(&self) -> &[Recorded] {
        &self.history
    }
}
