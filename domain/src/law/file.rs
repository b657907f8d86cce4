//! Reading a procedure file. Everything that can be wrong in it is found when it is read, and the
//! message says where.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

use super::competence::{Competence, Grant, Named};
use super::definition::{
    Closing, Interpretation, Opening, Procedure, Reopening, Series, Step, StepBound, StepLimit,
    Unowned, Waiving,
};
use super::governed::{Governed, OwedBy};
use super::standard::Standards;
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::{Date, Instant};
use crate::unit::Units;

/// Why a procedure file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProcedureError {
    /// It is not of the right form.
    #[error("the procedure file cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// A name in it is not known or a value cannot be.
    #[error("the procedure file is wrong at {place}: {what}")]
    Content {
        /// The step or key.
        place: String,
        /// What is wrong.
        what: String,
    },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct AccountableEntry<S: Governed> {
    role: String,
    unit: S::Owing,
    agency: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct StepEntry<S: Governed> {
    id: String,
    name: Sentence,
    why: Sentence,
    command: Option<String>,
    accountable: AccountableEntry<S>,
    #[serde(default)]
    immediately: bool,
    form: Option<String>,
    legal_basis: String,
    #[serde(default)]
    interpretations: Vec<String>,
    each: Option<S::Each>,
    #[serde(default)]
    apart: bool,
    opens: Vec<Opening<S>>,
    ends: Vec<String>,
    #[serde(default)]
    ends_when_recorded: bool,
    #[serde(default)]
    already_ended_in_round: bool,
    hours_before_all: Option<u32>,
    #[serde(default)]
    waived: Vec<Waiving<S>>,
    limit: Option<StepLimit<S>>,
    #[serde(default)]
    limits: Vec<StepLimit<S>>,
    series: Option<Series>,
    bound: Option<StepBound<S>>,
    #[serde(default)]
    climbs: bool,
    #[serde(default)]
    outside: bool,
    #[serde(default)]
    holder_may_finish: bool,
    #[serde(default)]
    waits_for: Vec<String>,
    #[serde(default)]
    lines: Vec<String>,
    effective_from: Option<toml::value::Datetime>,
    effective_to: Option<toml::value::Datetime>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct CompetenceEntry<S: Governed> {
    command: Option<String>,
    #[serde(default)]
    commands: Vec<String>,
    #[serde(default)]
    may: Vec<Grant<S>>,
    corrects: Option<Vec<Grant<S>>>,
    moves: Option<Vec<Grant<S>>>,
    #[serde(default)]
    interpretations: Vec<String>,
    agency: Option<String>,
    matter: Option<String>,
    name: Option<Sentence>,
    legal_basis: String,
    from: Option<toml::value::Datetime>,
    to: Option<toml::value::Datetime>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct File<S: Governed> {
    id: String,
    version: u32,
    effective_from: toml::value::Datetime,
    effective_to: Option<toml::value::Datetime>,
    name: Sentence,
    #[serde(default)]
    interpretation: Vec<Interpretation>,
    #[serde(default)]
    competence: Vec<CompetenceEntry<S>>,
    step: Vec<StepEntry<S>>,
    #[serde(default)]
    unowned: Vec<Unowned>,
    closing: Option<Closing<S>>,
    #[serde(default)]
    reopening: Vec<Reopening<S>>,
}

impl<S: Governed> Procedure<S> {
    /// Reads one file about `units`, and nothing beside it.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub(crate) fn read(text: &str, units: &Arc<Units>) -> Result<Self, ProcedureError> {
        let file: File<S> = toml::from_str(text)?;
        let interpretations = file.interpretation;
        let known: Vec<_> = interpretations
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        let from = start("effective_from", &file.effective_from)?;
        let to = end("effective_to", file.effective_to.as_ref())?;
        let mut steps: Vec<Step<S>> = Vec::with_capacity(file.step.len());
        for entry in file.step {
            let mut step = step(entry, &known, from)?;
            step.procedure.clone_from(&file.id);
            step.version = file.version;
            step.effective_from = step.effective_from.max(from);
            step.effective_to = match (step.effective_to, to) {
                (Some(own), Some(all)) => Some(own.min(all)),
                (own, all) => own.or(all),
            };
            let overlaps = |other: &Step<S>| {
                other.id == step.id
                    && other
                        .effective_to
                        .is_none_or(|end| step.effective_from < end)
                    && step
                        .effective_to
                        .is_none_or(|end| other.effective_from < end)
            };
            if steps.iter().any(overlaps) {
                return Err(wrong(&step.id, "this step stands twice for the same time"));
            }
            steps.push(step);
        }
        let mut closings = Vec::new();
        if let Some(mut closing) = file.closing {
            known_event::<S>("closing", &closing.on)?;
            closing.procedure.clone_from(&file.id);
            closings.push(closing);
        }
        let mut reopenings = file.reopening;
        for reopening in &mut reopenings {
            known_event::<S>("reopening", &reopening.on)?;
            let mut named = reopening.brings_back.iter();
            if let Some(unknown) = named.find(|name| !steps.iter().any(|step| step.id == **name)) {
                return Err(wrong("reopening", format!("there is no step {unknown}")));
            }
            reopening.procedure.clone_from(&file.id);
        }
        let mut competent = Competent::new();
        for entry in file.competence {
            competent.read(entry, &known)?;
        }
        let Competent {
            competences,
            agencies,
            bases,
        } = competent;
        Ok(Self {
            id: file.id,
            version: file.version,
            name: file.name,
            steps,
            interpretations,
            unowned: file.unowned,
            closings,
            reopenings,
            competences,
            agencies,
            bases,
            standards: Standards::default(),
            units: Arc::clone(units),
        })
    }
}

/// What the rows of `[[competence]]` say: of commands, of agencies, of articles.
struct Competent<S: Governed> {
    competences: Vec<Competence<S>>,
    agencies: Vec<Named>,
    bases: Vec<Named>,
}

impl<S: Governed> Competent<S> {
    const fn new() -> Self {
        Self {
            competences: Vec::new(),
            agencies: Vec::new(),
            bases: Vec::new(),
        }
    }

    fn read(&mut self, entry: CompetenceEntry<S>, known: &[&str]) -> Result<(), ProcedureError> {
        let commands: Vec<_> = entry.command.into_iter().chain(entry.commands).collect();
        let named = commands
            .first()
            .or(entry.agency.as_ref())
            .or(entry.matter.as_ref());
        let place = named.map_or("competence", String::as_str).to_owned();
        let about = [
            !commands.is_empty(),
            entry.agency.is_some(),
            entry.matter.is_some(),
        ];
        if about.into_iter().filter(|about| *about).count() != 1 {
            return Err(wrong(
                &place,
                "a competence is about commands, an agency or a matter",
            ));
        }
        let from = entry.from.as_ref().map(|from| start(&place, from));
        let from = from.transpose()?;
        let to = end(&place, entry.to.as_ref())?;
        let row = |id: String| Named {
            id,
            name: entry.name.clone(),
            legal_basis: entry.legal_basis.clone(),
            from,
            to,
        };
        self.agencies.extend(entry.agency.map(row));
        self.bases.extend(entry.matter.map(row));
        if let Some(unknown) = unknown_among(&entry.interpretations, known) {
            return Err(wrong(
                &place,
                format!("there is no interpretation {unknown}"),
            ));
        }
        for command in commands {
            if !S::COMMANDS.contains(&command.as_str()) {
                return Err(wrong(&place, format!("there is no command {command}")));
            }
            if entry.may.iter().all(|grant| grant.roles.is_empty()) {
                return Err(wrong(&command, "nobody may give this command (`may`)"));
            }
            let row = Competence {
                command,
                may: entry.may.clone(),
                corrects: entry.corrects.clone(),
                moves: entry.moves.clone(),
                legal_basis: entry.legal_basis.clone(),
                interpretations: entry.interpretations.clone(),
                from,
                to,
            };
            let twice =
                |other: &Competence<S>| other.command == row.command && other.overlaps(&row);
            if self.competences.iter().any(twice) {
                return Err(wrong(
                    &row.command,
                    "who may give this command stands twice for the same time",
                ));
            }
            self.competences.push(row);
        }
        Ok(())
    }
}

fn unknown_among<'a>(named: &'a [String], known: &[&str]) -> Option<&'a String> {
    named.iter().find(|name| !known.contains(&name.as_str()))
}

pub(crate) fn wrong(place: &str, what: impl Into<String>) -> ProcedureError {
    ProcedureError::Content {
        place: place.to_owned(),
        what: what.into(),
    }
}

fn known_event<S: Governed>(place: &str, name: &str) -> Result<(), ProcedureError> {
    if S::knows_event(name) {
        return Ok(());
    }
    Err(wrong(place, format!("there is no event {name}")))
}

fn start(place: &str, date: &toml::value::Datetime) -> Result<Instant, ProcedureError> {
    let date = Date::parse(&date.to_string()).map_err(|_| wrong(place, "not a date"))?;
    Ok(Instant::start_of(date.0))
}

fn end(
    place: &str,
    date: Option<&toml::value::Datetime>,
) -> Result<Option<Instant>, ProcedureError> {
    let Some(date) = date else { return Ok(None) };
    let date = Date::parse(&date.to_string()).map_err(|_| wrong(place, "not a date"))?;
    Ok(Some(Instant::end_of(date.0)))
}

fn step<S: Governed>(
    entry: StepEntry<S>,
    interpretations: &[&str],
    since: Instant,
) -> Result<Step<S>, ProcedureError> {
    let id = entry.id.as_str();
    let events = entry.opens.iter().map(|opening| &opening.on);
    let waiving = entry.waived.iter().map(|waiving| &waiving.on);
    let opened_by = entry.waived.iter().flat_map(|waiving| &waiving.opened_by);
    for event in events.chain(&entry.ends).chain(waiving).chain(opened_by) {
        known_event::<S>(id, event)?;
    }
    if entry.opens.is_empty() {
        return Err(wrong(id, "nothing opens this step"));
    }
    if let Some(command) = &entry.command
        && !S::COMMANDS.contains(&command.as_str())
    {
        return Err(wrong(id, format!("there is no command {command}")));
    }
    if let Some(unknown) = unknown_among(&entry.interpretations, interpretations) {
        return Err(wrong(id, format!("there is no interpretation {unknown}")));
    }
    let limits: Vec<_> = entry.limit.into_iter().chain(entry.limits).collect();
    if let Some(series) = &entry.series
        && (series.every == 0 || !series.months.is_sorted())
    {
        return Err(wrong(id, "the series needs rising months and an interval"));
    }
    let impossible =
        |limit: &StepLimit<S>| limit.amount == 0 || limit.amount > 10_000 || limit.from == S::DATE;
    if limits.iter().any(impossible) {
        return Err(wrong(
            id,
            "the limit needs an amount from 1 to 10000 and a start",
        ));
    }
    if let Some(bound) = &entry.bound {
        let counted = bound.amount.is_some() && bound.unit.is_some();
        if counted == (bound.from == S::DATE) {
            return Err(wrong(
                id,
                "the bound needs amount and unit, or a date by itself",
            ));
        }
    }
    let owed = owed_by::<S>(id, &entry.accountable.role)?;
    Ok(Step {
        effective_from: entry
            .effective_from
            .as_ref()
            .map(|d| start(id, d))
            .transpose()?
            .unwrap_or(since),
        effective_to: end(id, entry.effective_to.as_ref())?,
        id: entry.id,
        name: entry.name,
        why: entry.why,
        command: entry.command,
        owed,
        unit: entry.accountable.unit,
        agency: entry.accountable.agency,
        immediately: entry.immediately,
        form: entry.form,
        legal_basis: entry.legal_basis,
        interpretations: entry.interpretations,
        each: entry.each,
        opens: entry.opens,
        ends: entry.ends,
        ends_when_recorded: entry.ends_when_recorded,
        already_ended_in_round: entry.already_ended_in_round,
        hours_before_all: entry.hours_before_all,
        waived: entry.waived,
        limits,
        series: entry.series,
        bound: entry.bound,
        apart: entry.apart,
        climbs: entry.climbs,
        outside: entry.outside,
        holder_may_finish: entry.holder_may_finish,
        waits_for: entry.waits_for,
        lines: entry.lines,
        procedure: String::new(),
        version: 0,
    })
}

/// A role, or a word of the subject that leads to one.
fn owed_by<S: Governed>(place: &str, name: &str) -> Result<OwedBy<S::Owed>, ProcedureError> {
    if let Some(role) = Role::parse(name) {
        return Ok(OwedBy::Role(role));
    }
    let word: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    S::Owed::deserialize(word)
        .map(OwedBy::Subject)
        .map_err(|_| wrong(place, format!("there is no role {name}")))
}

#[cfg(test)]
mod tests {
    use crate::case::Procedure;
    use crate::unit::Units;

    #[test]
    fn every_shipped_procedure_is_read() {
        for (name, text) in Procedure::SHIPPED {
            assert_eq!(Procedure::parse(text, Units::shipped()).unwrap().id, *name);
        }
    }

    #[test]
    fn a_procedure_that_is_added_beside_brings_its_closing() {
        let beside = |id: &str| {
            let text = Procedure::SHIPPED[0].1;
            let text = text.replacen("version = 1", "version = 2", 1);
            text.replacen("id = \"decree-56-2017\"", &format!("id = \"{id}\""), 1)
        };
        let closings = |id: &str| {
            let all = Procedure::parse(Procedure::SHIPPED[0].1, Units::shipped()).unwrap();
            let all = all.with(&beside(id)).unwrap().closings;
            all.iter().filter(|closing| closing.procedure == id).count()
        };
        assert_eq!(closings("local-rules"), 1);
        assert_eq!(closings("decree-56-2017"), 1);
    }

    #[test]
    fn a_file_that_does_not_say_who_moves_a_case_leaves_that_as_it_is() {
        let shipped = Procedure::SHIPPED[0].1;
        let (mut silent, mut rest) = (String::new(), shipped);
        while let Some((before, after)) = rest.split_once("\nmoves = [") {
            silent.push_str(before);
            rest = after.split_once("\n]").map_or("", |(_, rest)| rest);
        }
        silent.push_str(rest);
        let says = |procedure: &Procedure, command: &str| {
            let mut rows = procedure.competences.iter();
            rows.all(|row| row.command != command || row.moves.is_some())
        };
        let later = silent.replacen("version = 1", "version = 2", 1);
        for procedure in [
            Procedure::parse(&silent, Units::shipped()).unwrap(),
            Procedure::parse(shipped, Units::shipped())
                .unwrap()
                .with(&later)
                .unwrap(),
        ] {
            for command in ["receive-report", "forward-report"] {
                assert!(says(&procedure, command), "{command}");
            }
        }
    }

    #[test]
    fn a_wrong_name_in_the_file_is_named() {
        let text = Procedure::SHIPPED[0].1;
        for (from, to, place) in [
            ("on = \"PlanReturned\"", "on = \"PlanLost\"", "submit-plan"),
            ("role = \"court-clerk\"", "role = \"judge\"", "court-order"),
            ("command = \"refer\"", "", ""),
            (
                "command = \"archive-case\"",
                "command = \"burn-case\"",
                "burn-case",
            ),
            (
                "[\"separation-days-from-decision\"",
                "[\"whim\"",
                "separation-end",
            ),
        ] {
            if place.is_empty() {
                continue;
            }
            let error = Procedure::parse(&text.replacen(from, to, 1), Units::shipped())
                .unwrap_err()
                .to_string();
            assert!(error.contains(place), "{error}");
        }
        let unknown = Procedure::parse(
            &text.replacen("unit = \"hour\"\n", "unit = \"moon\"\n", 1),
            Units::shipped(),
        );
        assert!(unknown.unwrap_err().to_string().contains("moon"));
    }

    /// The shipped procedure with one of its steps as it stands in the file, once more, changed.
    fn with_step_again(id: &str, first: &str, again: &str) -> Result<Procedure, String> {
        let text = Procedure::SHIPPED[0].1;
        let begins = text.find(&format!("[[step]]\nid = \"{id}\"")).unwrap();
        let length = text[begins + 1..].find("[[step]]").unwrap() + 1;
        let step = &text[begins..begins + length];
        let changed = |how: &str| step.replacen("lines = ", &format!("{how}\nlines = "), 1);
        let text = text.replacen(step, &format!("{}{}", changed(first), changed(again)), 1);
        let read = Procedure::parse(&text, Units::shipped());
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn versions_of_a_step_follow_each_other_and_never_stand_at_once() {
        // The last day on which it stands.
        let until = |day: &str| format!("effective_to = {day}");
        let from = |day: &str| format!("effective_from = {day}");
        // One after the other, with or without a gap, in either order.
        for (first, again) in [
            (until("2024-06-30"), from("2024-07-01")),
            (until("2024-06-30"), from("2024-08-01")),
            (from("2024-07-01"), until("2024-06-30")),
        ] {
            let read = with_step_again("temporary-separation", &first, &again);
            assert_eq!(read.err(), None, "{first}, {again}");
        }
        for (first, again) in [
            (until("2024-07-01"), from("2024-07-01")),
            (from("2024-07-01"), until("2024-07-01")),
            (String::new(), from("2024-07-01")),
            (until("2024-07-01"), until("2024-07-01")),
        ] {
            let read = with_step_again("temporary-separation", &first, &again);
            let error = read.err().unwrap_or_default();
            assert!(
                error.contains("twice for the same time"),
                "{first}, {again}: {error}"
            );
        }
        // The last instant of one is the instant before the first of the next.
        let both = with_step_again(
            "temporary-separation",
            &until("2024-06-30"),
            &from("2024-07-01"),
        );
        let both = both.unwrap();
        let in_force = |clock: &str| {
            let at = crate::time::Instant::parse(clock).unwrap();
            let all = both
                .steps
                .iter()
                .filter(|step| step.id == "temporary-separation");
            all.map(|step| step.in_force(at)).collect::<Vec<_>>()
        };
        assert_eq!(in_force("2024-06-30T23:59:59+07:00"), [true, false]);
        assert_eq!(in_force("2024-07-01T00:00:00+07:00"), [false, true]);
        assert_eq!(in_force("2015-01-01T00:00:00+07:00"), [false, false]);
    }

    #[test]
    fn a_further_version_takes_over_on_its_first_day() {
        let text = Procedure::SHIPPED[0].1;
        let shipped = || Procedure::parse(text, Units::shipped()).unwrap();
        let later = text.replacen("version = 1", "version = 2", 1);
        let day = later.find("effective_from = ").unwrap() + "effective_from = ".len();
        let later = format!("{}2024-07-01{}", &later[..day], &later[day + 10..]);
        let versions = |procedure: &Procedure, clock: &str| {
            let at = crate::time::Instant::parse(clock).unwrap();
            let all = procedure
                .steps
                .iter()
                .filter(|step| step.id == "submit-plan");
            let all = all.filter(|step| step.in_force(at));
            all.map(|step| step.version).collect::<Vec<_>>()
        };
        let both = shipped().with(&later).unwrap();
        assert_eq!(versions(&both, "2024-06-30T23:59:59+07:00"), [1]);
        assert_eq!(versions(&both, "2024-07-01T00:00:00+07:00"), [2]);
        // A procedure beside it ends none of its steps.
        let beside = later.replacen("id = \"decree-56-2017\"", "id = \"local-rules\"", 1);
        let both = shipped().with(&beside).unwrap();
        assert_eq!(versions(&both, "2024-07-01T00:00:00+07:00"), [1, 2]);
        let again = shipped().with(text).err().unwrap().to_string();
        assert!(again.contains("known already"), "{again}");
    }

    #[test]
    fn a_limit_needs_a_length_that_can_be_meant() {
        let text = Procedure::SHIPPED[0].1;
        let with = |amount: &str| {
            let text = text.replacen(
                "[step.limit]\namount = 12\n",
                &format!("[step.limit]\namount = {amount}\n"),
                1,
            );
            Procedure::parse(&text, Units::shipped()).is_ok()
        };
        let taken = ["0", "1", "10000", "10001"].map(with);
        assert_eq!(taken, [false, true, true, false]);
        let text = include_str!("../../procedures/alternative-care.toml");
        let with = |months: &str, every: &str| {
            let text = text.replacen("months = [1, 3]", &format!("months = {months}"), 1);
            let text = text.replacen("every = 6", &format!("every = {every}"), 1);
            Procedure::read(&text, Units::shipped()).is_ok()
        };
        assert!(with("[1, 3]", "6"));
        assert!(!with("[3, 1]", "6"));
        assert!(!with("[1, 3]", "0"));
    }
}
