//! What the things of a case are called: items of plans, referrals, examinations, placements. Their
//! ids are for programs; people are told names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::case::criminal::Examination;
use domain::case::events::contradiction::Against;
use domain::case::events::placement::CarerKind;
use domain::case::events::plan::{ItemFacts, ItemPersonal};
use domain::case::{CaseState, Event, Recorded, ReferralState, effective};
use domain::identity::Role;
use domain::text::Code;
use domain::time::Instant;
use domain::unit::Units;
use uuid::Uuid;

use super::record;
use super::words::{code, name_of, role, say, short_unit};
use crate::application::{CaseFile, CaseRead};
use crate::language::Language;
use crate::pages::words;

/// What kind of thing an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An item of a plan.
    Item,
    /// A referral to a service.
    Referral,
    /// A forensic examination.
    Exam,
    /// Alternative care by somebody.
    Placement,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Item, Self::Referral, Self::Exam, Self::Placement];

    /// What it is called where nothing particular is known.
    const fn unnamed(self) -> &'static str {
        match self {
            Self::Item => "thing-item",
            Self::Referral => "thing-referral",
            Self::Exam => "thing-exam",
            Self::Placement => "thing-placement",
        }
    }
}

/// The names of those who acted in a case, by their ids.
pub(super) fn acted(history: &[Recorded]) -> HashMap<String, String> {
    let actors = history.iter().map(|event| &event.actor);
    actors
        .filter_map(|actor| Some((actor.officer?.to_string(), actor.name.clone()?)))
        .collect()
}

/// The names of the things of one case.
#[derive(Debug, Clone)]
pub struct Things {
    pub(super) language: Language,
    /// The units that it names.
    pub(super) units: Arc<Units>,
    /// When a thing began, beside its name.
    names: HashMap<(Kind, String), (String, Instant)>,
    /// The names of officers by their ids.
    officers: HashMap<String, String>,
    /// What each correction corrected, by its event.
    corrections: HashMap<Uuid, String>,
    /// How and when each report was told, by its event.
    reports: HashMap<String, String>,
    /// The case in which this one was recorded, too, and its number, where the reader may see it.
    pub recorded_twice: Option<(Uuid, String)>,
    today: NaiveDate,
}

impl Things {
    /// The things of a case as it is known now. `officers`: the names of officers by their ids.
    #[must_use]
    pub fn of(language: Language, file: &CaseFile, officers: HashMap<String, String>) -> Self {
        Self::read_from(language, &file.state, &file.history, file.at, officers)
    }

    /// The same, for lists, with the names of those who acted in the case.
    #[must_use]
    pub fn of_read(language: Language, read: &CaseRead) -> Self {
        let (history, officers) = (&read.history, acted(&read.history));
        Self::read_from(language, &read.state, history, read.at, officers)
    }

    fn read_from(
        language: Language,
        state: &CaseState,
        history: &[Recorded],
        at: Instant,
        officers: HashMap<String, String>,
    ) -> Self {
        let mut things = Self {
            language,
            units: Arc::clone(&state.units),
            names: HashMap::new(),
            officers,
            corrections: history
                .iter()
                .filter_map(|event| match &event.event {
                    Event::FactCorrected(e) => {
                        Some((event.event_id, record::label_at(language, &e.facts.path)))
                    }
                    _ => None,
                })
                .collect(),
            reports: state
                .reports
                .iter()
                .map(|report| {
                    let channel = code(language, "channel", report.channel.as_str());
                    let at = words::instant(report.received_at.utc());
                    (report.event_id.to_string(), format!("{channel} · {at}"))
                })
                .collect(),
            recorded_twice: None,
            today: at.date(),
        };
        for event in effective(history) {
            things.read(&event);
        }
        // Who sees one side of the case has not seen the plan, but what was referred to them.
        let plans = [&state.plan_until_approval, &state.plan];
        for item in plans.into_iter().flatten().flat_map(|plan| &plan.items) {
            things.item(&item.facts, item.personal.as_ref());
        }
        for referral in &state.referrals {
            let name = things.referral_name(referral);
            things.add(Kind::Referral, &referral.id, name, referral.by.at);
        }
        for exam in &state.criminal.examinations {
            let name = things.exam(exam);
            let began = exam.ordered_at.unwrap_or(exam.by.at);
            things.add(Kind::Exam, &exam.id, name, began);
        }
        for placement in &state.care.placements {
            let known = (Kind::Placement, placement.id.to_string());
            if !things.names.contains_key(&known) {
                let name = things.carer(None, placement.carer_kind, &placement.carer_unit);
                things.add(Kind::Placement, &placement.id, name, placement.by.at);
            }
        }
        things.tell_apart();
        things
    }

    fn read(&mut self, event: &Recorded) {
        let at = event.occurred_at;
        match &event.event {
            Event::PlanSubmitted(e) => {
                let items = e.personal.as_ref().map(|own| own.items.as_slice());
                self.items(&e.facts.items, items);
            }
            Event::PlanAdjusted(e) => {
                let items = e.personal.as_ref().map(|own| own.items.as_slice());
                self.items(&e.facts.items, items);
            }
            Event::PlacementProposed(e) => {
                let carer = e.personal.as_ref().and_then(|own| own.carer.as_ref());
                let carer = carer.map(|carer| carer.as_str());
                let name = self.carer(carer, e.facts.carer_kind, &e.facts.carer_unit);
                self.add(Kind::Placement, &e.facts.placement_id, name, at);
            }
            Event::PlacementDecided(e) => {
                let carer = e.personal.as_ref().and_then(|own| own.carer.as_ref());
                let known = (Kind::Placement, e.facts.placement_id.to_string());
                if carer.is_some() || !self.names.contains_key(&known) {
                    let carer = carer.map(|carer| carer.as_str());
                    let name = self.carer(carer, e.facts.carer_kind, &e.facts.carer_unit);
                    self.add(Kind::Placement, &e.facts.placement_id, name, at);
                }
            }
            _ => {}
        }
    }

    fn items(&mut self, facts: &[ItemFacts], personal: Option<&[ItemPersonal]>) {
        let mut personal = personal.unwrap_or_default().iter();
        for item in facts {
            self.item(item, personal.next());
        }
    }

    fn item(&mut self, facts: &ItemFacts, personal: Option<&ItemPersonal>) {
        let name = match (personal, &facts.measure) {
            (Some(personal), _) => personal.service.to_string(),
            (None, Some(measure)) => code(self.language, "measure", measure.as_str()),
            (None, None) => self.language.text(Kind::Item.unnamed()),
        };
        let began = Instant::start_of(facts.start.0);
        self.add(Kind::Item, &facts.id, name, began);
    }

    fn add(&mut self, kind: Kind, id: &Code, name: String, began: Instant) {
        self.names.insert((kind, id.to_string()), (name, began));
    }

    /// What begins with the same name is told apart by its day, then by a number.
    fn tell_apart(&mut self) {
        let mut keys: Vec<_> = self.names.keys().cloned().collect();
        keys.sort_by_key(|(kind, id)| {
            (*kind as u8, self.names[&(*kind, id.clone())].1, id.clone())
        });
        for dated in [true, false] {
            let mut seen: HashMap<(Kind, String), usize> = HashMap::new();
            for (kind, id) in &keys {
                let (name, _) = &self.names[&(*kind, id.clone())];
                *seen.entry((*kind, name.clone())).or_default() += 1;
            }
            let mut numbers: HashMap<(Kind, String), usize> = HashMap::new();
            for key in &keys {
                let Some((name, began)) = self.names.get_mut(key) else {
                    continue;
                };
                let same = (key.0, name.clone());
                if seen.get(&same).is_none_or(|count| *count < 2) {
                    continue;
                }
                if dated {
                    *name = format!("{name} ({})", words::date(began.date()));
                } else {
                    let number = numbers.entry(same).or_default();
                    *number += 1;
                    *name = format!("{name} – {number}");
                }
            }
        }
    }

    /// What a correction corrected.
    #[must_use]
    pub(super) fn correction(&self, event: Uuid) -> Option<&str> {
        self.corrections.get(&event).map(String::as_str)
    }

    /// The name of a thing.
    #[must_use]
    pub fn find(&self, kind: Kind, id: &str) -> Option<&str> {
        let found = self.names.get(&(kind, id.to_owned()));
        found.map(|(name, _)| name.as_str())
    }

    /// The name of a thing, or what kind of thing it is.
    #[must_use]
    pub fn name(&self, kind: Kind, id: &str) -> Cow<'_, str> {
        match self.find(kind, id) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(self.language.text(kind.unnamed())),
        }
    }

    /// What an obligation is about, by its step and item.
    #[must_use]
    pub fn about(&self, step: &str, item: &str) -> Option<Cow<'_, str>> {
        let first = match step {
            // The event and what speaks against it.
            "answer-contradiction" => {
                let (_, against) = item.split_once('/')?;
                let mut known = Against::ALL.into_iter();
                let against = known.find(|known| known.code() == against)?;
                return Some(say(self.language, &against.title()).into());
            }
            // What is kept apart is about a report.
            "answer-same-child" | "emergency-measure" | "separation-end" => {
                return self.reports.get(item).map(|told| told.as_str().into());
            }
            "carry-out" => Kind::Item,
            "referral-response" => Kind::Referral,
            "order-forensic-exam" | "forensic-conclusion" => Kind::Exam,
            _ => Kind::Placement,
        };
        let kinds = [first].into_iter().chain(Kind::ALL);
        let found = kinds.into_iter().find_map(|kind| self.find(kind, item));
        found.map(Cow::Borrowed)
    }

    /// The day as of which names of units are read.
    pub(super) const fn today(&self) -> NaiveDate {
        self.today
    }

    /// The name of an officer, if this is the id of one.
    #[must_use]
    pub fn find_officer(&self, id: &str) -> Option<&str> {
        self.officers.get(id).map(String::as_str)
    }

    /// The name of an officer.
    #[must_use]
    pub fn officer(&self, id: &str) -> String {
        let known = self.officers.get(id).cloned();
        known.unwrap_or_else(|| self.language.text("thing-officer"))
    }

    /// An officer with their role: `Nguyễn Thị Lan, cán bộ bảo vệ trẻ em cấp xã`.
    pub(super) fn officer_as(&self, id: &str, whose: Role) -> String {
        format!("{}, {}", self.officer(id), role(self.language, whose))
    }

    fn referral_name(&self, referral: &ReferralState) -> String {
        let kind = referral.to_kind.as_ref();
        let kind = kind.map(|kind| code(self.language, "agency", kind.as_str()));
        let unit = referral.to_unit.as_deref();
        let unit = unit.map(|unit| short_unit(&self.units, unit, self.today));
        match (referral.to_name.clone().or(kind), unit) {
            // The place mostly stands in the name already.
            (Some(name), Some(unit)) if !name.contains(&unit) => format!("{name} · {unit}"),
            (Some(name), _) => name,
            (None, Some(unit)) => unit,
            (None, None) => self.language.text(Kind::Referral.unnamed()),
        }
    }

    fn exam(&self, exam: &Examination) -> String {
        let (language, unnamed) = (self.language, Kind::Exam.unnamed());
        let word = |list: &str, name: String| code(language, list, &name);
        let asked = exam.exam.map(|exam| word("exam", name_of(&exam)));
        let found = exam
            .ground
            .map(|ground| word("forensic-ground", name_of(&ground)));
        let name = asked.or(found).unwrap_or_else(|| language.text(unnamed));
        match &exam.unit {
            Some(unit) => format!("{name} · {}", short_unit(&self.units, unit, self.today)),
            None => name,
        }
    }

    fn carer(&self, name: Option<&str>, kind: CarerKind, unit: &str) -> String {
        let carer = match name {
            Some(name) => name.to_owned(),
            None => code(self.language, "carer-kind", &name_of(&kind)),
        };
        format!("{carer} · {}", short_unit(&self.units, unit, self.today))
    }
}
