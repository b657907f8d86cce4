//! `Việc tiếp theo`: what has to be done in this case, in order, with why, by when and how that was
//! counted; one primary act, and who has to act where it is somebody else.

use domain::case::{Item, Standing};
use domain::law::{LimitUnit, Obligation};

use super::View;
use super::acts::{self, Place};
use super::care::turn_words;
use super::deadline::Deadlines;
use super::words::{role_of_unit, say};
use crate::pages::components::{DeadlineView, Link};
use crate::words::Timing;

/// Something to be done.
pub struct Duty {
    /// The step.
    pub step: String,
    /// The item of the plan or the referral that it is about.
    pub about: String,
    /// Why.
    pub why: String,
    /// Form and article.
    pub basis: String,
    /// Until when, with the arithmetic.
    pub due: DeadlineView,
    /// A remark on the time: the earlier one to mind, or why there is none.
    pub note: String,
    /// The command that ends it.
    pub command: String,
    /// What this person can do for it now; the first may be the primary act.
    pub acts: Vec<Link>,
    /// What has to come first, where this person cannot do it yet.
    pub not_yet: String,
    /// Whether the reader owes it.
    pub own: bool,
    /// Whether its first act is the primary one of the page.
    pub primary: bool,
    /// Who owes it.
    pub who: String,
    /// That somebody else has to act; empty where it is the reader.
    pub waits_for: String,
}

/// What is open in a case: what the reader owes first, then what others owe. Each in the order of the
/// worklist: danger to the child, what is overdue by law, what bears no delay, what comes first. The
/// first that the reader owes and can do is the primary one; what is said after an act names the same.
pub fn duties(view: &View<'_>) -> Vec<Duty> {
    let now = view.file.at.utc();
    let mut open: Vec<(&Obligation, Timing, bool)> = view
        .file
        .obligations
        .iter()
        .filter(|obligation| obligation.is_open())
        .map(|obligation| {
            let timing = Timing::of(obligation, view.file.emergency);
            (obligation, timing, owed_by_reader(view, obligation))
        })
        .collect();
    open.sort_by_key(|(obligation, timing, own)| {
        let in_hours = obligation
            .limit
            .is_some_and(|limit| limit.unit == LimitUnit::Hour);
        let part = match () {
            () if view.file.emergency && (in_hours || timing.overdue(now)) => 0,
            () if timing.overdue(now) => 1,
            () if timing.urgent => 2,
            () if obligation.act_by().is_some() => 3,
            () => 4,
        };
        (!own, part, obligation.act_by(), obligation.opened_at)
    });
    let mut duties: Vec<Duty> = open
        .into_iter()
        .map(|(obligation, _, own)| duty(view, obligation, own))
        .collect();
    let primary = duties
        .iter_mut()
        .find(|duty| duty.own && !duty.acts.is_empty());
    if let Some(primary) = primary {
        primary.primary = true;
    }
    duties
}

/// Whether the reader owes it, in their role and for their unit; also where it has climbed to them.
fn owed_by_reader(view: &View<'_>, obligation: &Obligation) -> bool {
    let reader = view.officer;
    let here = |unit: &str| view.frame.units.same(unit, &reader.unit);
    let owner = &obligation.accountable;
    let climbed = obligation.climbs.as_ref().is_some_and(|climb| {
        climb.at <= view.file.at && climb.role == reader.role && here(&climb.unit)
    });
    let mut owners = std::iter::once(owner).chain(&obligation.also);
    climbed
        || owners.any(|owner| owner.role == reader.role && owner.unit.as_deref().is_none_or(here))
}

fn duty(view: &View<'_>, obligation: &Obligation, own: bool) -> Duty {
    let language = view.frame.language;
    let day = view.file.at.date();
    let item = item_of(view, obligation);
    let owner = &obligation.accountable;
    let mut who = role_of_unit(
        language,
        &view.frame.units,
        owner.role,
        owner.unit.as_deref(),
        day,
    );
    if let Some(agency) = &owner.agency {
        who = format!("{who} ({})", say(language, agency));
    }
    for also in &obligation.also {
        let other = role_of_unit(
            language,
            &view.frame.units,
            also.role,
            also.unit.as_deref(),
            day,
        );
        who = view
            .frame
            .language
            .text_with("owed-also", &[("who", who.into()), ("other", other.into())]);
    }
    let colleague = owner.officer.as_deref();
    let colleague = colleague.filter(|id| *id != view.officer.id.to_string());
    let colleague = colleague.map(|id| view.things.officer(id));
    if let Some(name) = &colleague {
        who = format!("{name}, {who}");
    }
    let waits_for = match (own, colleague) {
        (true, None) => String::new(),
        (true, Some(name)) => view.frame.t1("assigned-to", "who", name),
        (false, _) => view.frame.t1("waits-for", "who", who.as_str()),
    };
    let deadlines = deadlines(view);
    Duty {
        step: say(language, &obligation.name),
        about: about(view, obligation, item),
        why: say(language, &obligation.why),
        basis: basis(obligation),
        due: deadlines.of(obligation),
        note: deadlines.remarks(obligation),
        command: obligation.command.clone().unwrap_or_default(),
        acts: view.links(commands(obligation), obligation.item.as_deref()),
        not_yet: not_yet(view, obligation).unwrap_or_default(),
        own,
        primary: false,
        who,
        waits_for,
    }
}

/// Tells when things are due in this case.
pub fn deadlines<'a>(view: &'a View<'_>) -> Deadlines<'a> {
    Deadlines {
        language: view.frame.language,
        application: &view.state.application,
        emergency: view.file.emergency,
        now: view.file.at,
    }
}

fn item_of<'a>(view: &'a View<'_>, obligation: &Obligation) -> Option<&'a Item> {
    let id = obligation.item.as_deref()?;
    let state = &view.file.state;
    let plans = state.plan_in_force().into_iter().chain(state.plan.as_ref());
    let mut items = plans.flat_map(|plan| &plan.items);
    items.find(|item| item.facts.id.as_str() == id)
}

/// What the obligation is about: an item of the plan with who is responsible, an examination, a
/// placement with its turn, a referral.
fn about(view: &View<'_>, obligation: &Obligation, item: Option<&Item>) -> String {
    let id = obligation.item.as_deref().unwrap_or_default();
    let Some(name) = view.things.about(&obligation.step, id) else {
        return String::new();
    };
    let responsible = item.and_then(|item| item.personal.as_ref());
    let more = responsible
        .map(|own| own.responsible.to_string())
        .or_else(|| turn_words(view, obligation));
    match more {
        Some(more) => format!("{name} · {more}"),
        None => name.into_owned(),
    }
}

/// The commands that serve an obligation: the one that ends it first.
fn commands(obligation: &Obligation) -> Vec<&str> {
    let Some(command) = obligation.command.as_deref() else {
        return Vec::new();
    };
    let beside = match command {
        "complete-service" => return acts::at(Place::Item).collect(),
        "approve-plan" => Some("return-plan"),
        "accept-referral" => Some("decline-referral"),
        "accept-transfer" => Some("decline-transfer"),
        "lift-separation" => Some("request-court-order"),
        _ => None,
    };
    std::iter::once(command).chain(beside).collect()
}

/// What has to come first, in the words of the domain.
fn not_yet(view: &View<'_>, obligation: &Obligation) -> Option<String> {
    let command = obligation.command.as_deref()?;
    match view.standing(command, obligation.item.as_deref())? {
        Standing::NotYet(why) => Some(say(view.frame.language, &why.message)),
        Standing::Now | Standing::Only(_) | Standing::NoPlace(_) => None,
    }
}

fn basis(obligation: &Obligation) -> String {
    match &obligation.form {
        Some(form) => format!("{form} · {}", obligation.legal_basis),
        None => obligation.legal_basis.clone(),
    }
}
