//! `Việc tiếp theo`: what has to be done in this case, in order, with why, by when and how that was
//! counted; one primary act, and who has to act where it is somebody else.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Item;
use domain::procedure::{LimitUnit, Obligation};

use super::care::turn_words;
use super::timing::{Timing, first_upper};
use super::words::{role_of_unit, say, unit};
use super::{View, acts};
use crate::pages::acts::{exam_name, placement_name};
use crate::pages::components::{ArithmeticLine, DeadlineView, Link};
use crate::pages::words;

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
    /// What this person can do for it; the first may be the primary act.
    pub acts: Vec<Link>,
    /// Whether its first act is the primary one of the page.
    pub primary: bool,
    /// Who has to act, where it is somebody else.
    pub waits_for: String,
}

/// What is to be done, in order: what bears no delay, what is overdue, what comes first.
pub fn duties(view: &View<'_>) -> Vec<Duty> {
    let now = view.file.at.utc();
    let emergency = view.file.emergency;
    let mut open: Vec<(&Obligation, Timing)> = view
        .file
        .obligations
        .iter()
        .filter(|obligation| obligation.is_open())
        .map(|obligation| (obligation, Timing::of(obligation, emergency)))
        .collect();
    open.sort_by_key(|(obligation, timing)| {
        let part = match () {
            () if timing.urgent => 0,
            () if timing.overdue(now) => 1,
            () if obligation.act_by().is_some() => 2,
            () => 3,
        };
        (part, obligation.act_by(), obligation.opened_at)
    });
    let mut primary_given = false;
    open.into_iter()
        .map(|(obligation, timing)| {
            let mut duty = duty(view, obligation, &timing, now);
            let mine =
                obligation.accountable.role == view.officer.role || duty.waits_for.is_empty();
            if !primary_given && mine && !duty.acts.is_empty() {
                duty.primary = true;
                primary_given = true;
            }
            duty
        })
        .collect()
}

fn duty(view: &View<'_>, obligation: &Obligation, timing: &Timing, now: DateTime<Utc>) -> Duty {
    let language = view.frame.language;
    let day = view.file.at.date();
    let item = item_of(view, obligation);
    let owner = &obligation.accountable;
    let own_unit = owner
        .unit
        .as_deref()
        .is_none_or(|unit| domain::unit::Units::in_use().same(unit, &view.officer.unit));
    let owed_here = owner.role == view.officer.role && own_unit;
    let waits_for = if owed_here {
        String::new()
    } else {
        let mut who = role_of_unit(language, owner.role, owner.unit.as_deref(), day);
        if let Some(agency) = &owner.agency {
            who = format!("{who} ({})", say(language, agency));
        }
        view.frame.t1("waits-for", "who", who)
    };
    let mut note = Vec::new();
    if let Some(bound) = obligation.bound.as_ref().filter(|_| timing.bound_first()) {
        let at = last_instant(view, bound.at.utc());
        note.push(format!("{}: {at}.", say(language, &bound.why)));
    }
    if let Some(why) = &obligation.due_note {
        note.push(format!("{}.", say(language, why)));
    }
    note.extend(standard(view, obligation));
    note.extend(climb(view, obligation));
    Duty {
        step: say(language, &obligation.name),
        about: item
            .and_then(|item| item.personal.as_ref())
            .map(|item| format!("{} – {}", item.service.as_str(), item.responsible.as_str()))
            .unwrap_or_else(|| about(view, obligation)),
        why: say(language, &obligation.why),
        basis: basis(obligation),
        due: DeadlineView {
            words: timing.words(language, now, &view.state.application.calendar),
            overdue: timing.overdue(now),
            why: view.frame.t("due-how"),
            rule: rule(view, obligation),
            legal_basis: obligation.legal_basis.clone(),
            lines: lines(view, obligation),
            notes: notes(view, obligation),
        },
        note: note
            .iter()
            .map(|one| first_upper(one))
            .collect::<Vec<_>>()
            .join(" "),
        acts: acts_for(view, obligation, item),
        primary: false,
        waits_for,
    }
}

fn item_of<'a>(view: &'a View<'_>, obligation: &Obligation) -> Option<&'a Item> {
    let id = obligation.item.as_deref()?;
    let state = &view.file.state;
    let plans = state.plan_in_force().into_iter().chain(state.plan.as_ref());
    let mut items = plans.flat_map(|plan| &plan.items);
    items.find(|item| item.facts.id.as_str() == id)
}

/// The standard that a unit set for itself, said to be no law.
fn standard(view: &View<'_>, obligation: &Obligation) -> Option<String> {
    let standard = obligation.standard.as_ref()?;
    let language = view.frame.language;
    Some(language.text_with(
        "standard-of-unit",
        &[
            ("at", last_instant(view, standard.at.utc()).into()),
            ("unit", unit(&standard.unit, view.file.at.date()).into()),
            ("title", say(language, &standard.title).into()),
        ],
    ))
}

/// To whom an offer that nobody answered goes, or went.
fn climb(view: &View<'_>, obligation: &Obligation) -> Option<String> {
    let climb = obligation.climbs.as_ref()?;
    let (language, now) = (view.frame.language, view.file.at);
    let who = role_of_unit(language, climb.role, Some(&climb.unit), now.date());
    let key = if climb.at <= now {
        "climbed-to"
    } else {
        "climbs-to"
    };
    Some(language.text_with(
        key,
        &[
            ("who", who.into()),
            ("at", words::instant(climb.at.utc()).into()),
        ],
    ))
}

/// What the obligation is about, where it is not an item of the plan: an examination, a placement with
/// its turn, a referral.
fn about(view: &View<'_>, obligation: &Obligation) -> String {
    let id = obligation.item.as_deref().unwrap_or_default();
    let (state, scene) = (&view.file.state, view.scene(None));
    let mut exams = state.criminal.examinations.iter();
    if let Some(exam) = exams.find(|exam| exam.id.as_str() == id) {
        return exam_name(&scene, exam);
    }
    let mut placements = state.care.placements.iter();
    if let Some(placement) = placements.find(|one| one.id.as_str() == id) {
        let name = placement_name(&scene, placement);
        return match turn_words(view, obligation) {
            Some(turn) => format!("{name} · {turn}"),
            None => name,
        };
    }
    referral_of(view, obligation)
}

fn referral_of(view: &View<'_>, obligation: &Obligation) -> String {
    let id = obligation.item.as_deref().unwrap_or_default();
    let mut referrals = view.file.state.referrals.iter();
    let referral = referrals.find(|referral| referral.id.as_str() == id);
    referral
        .and_then(|referral| referral.to_name.clone())
        .unwrap_or_default()
}

/// What this person can do for an obligation: the act that ends it first.
fn acts_for(view: &View<'_>, obligation: &Obligation, item: Option<&Item>) -> Vec<Link> {
    let Some(command) = obligation.command.as_deref() else {
        return Vec::new();
    };
    let mut commands = vec![command];
    match command {
        "complete-service" => {
            commands = item.map_or(commands, |item| acts::of_item(item.state).to_vec());
        }
        "approve-plan" => commands.push("return-plan"),
        "accept-referral" => commands.push("decline-referral"),
        "accept-transfer" => commands.push("decline-transfer"),
        "lift-separation" => commands.push("request-court-order"),
        _ => {}
    }
    let link = |command: &str| Link {
        text: view.frame.t(&format!("act-{command}")),
        href: acts::address(view.file.id, command, obligation.item.as_deref()),
    };
    commands
        .into_iter()
        .filter(|command| view.allowed(command, obligation.item.as_deref()))
        .map(link)
        .collect()
}

fn basis(obligation: &Obligation) -> String {
    match &obligation.form {
        Some(form) => format!("{form} · {}", obligation.legal_basis),
        None => obligation.legal_basis.clone(),
    }
}

/// The rule that was counted with, from when to when.
fn rule(view: &View<'_>, obligation: &Obligation) -> String {
    let (frame, language) = (view.frame, view.frame.language);
    let Some(limit) = obligation.limit else {
        return match obligation.due_at {
            Some(due) => frame.t1("rule-until", "due", last_instant(view, due.utc())),
            None if obligation.immediately => frame.t("rule-at-once"),
            None => frame.t("rule-none"),
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
        return frame.t("rule-none");
    };
    language.text_with(
        key,
        &[
            ("amount", limit.amount.into()),
            ("from", words::instant(from.utc()).into()),
            ("due", last_instant(view, due.utc()).into()),
        ],
    )
}

/// 00:00 of a day is spoken as 24:00 of the day before, as the law counts.
fn last_instant(view: &View<'_>, due: DateTime<Utc>) -> String {
    if words::time(due) == "00:00" {
        let day = words::local(due).date_naive().pred_opt();
        let day = day.map(|day| words::date_with_weekday(view.frame.language, day));
        return format!("24:00 {}", day.unwrap_or_default());
    }
    words::instant(due)
}

fn lines(view: &View<'_>, obligation: &Obligation) -> Vec<ArithmeticLine> {
    let language = view.frame.language;
    let day_words = |date: NaiveDate| words::date_with_weekday(language, date);
    obligation
        .arithmetic
        .iter()
        .map(|day| {
            let why = match language {
                crate::language::Language::Vi => day.why.clone(),
                crate::language::Language::En => day.why_en.clone(),
            };
            let mut said = match (day.n, day.minutes) {
                (_, Some(minutes)) => {
                    words::duration(language, chrono::Duration::minutes(i64::from(minutes)))
                }
                (Some(n), None) => view.frame.t1("day-counted", "n", n),
                (None, None) => String::new(),
            };
            if let Some(why) = why {
                said = if said.is_empty() {
                    why
                } else {
                    format!("{said} · {why}")
                };
            }
            ArithmeticLine {
                day: day_words(day.date),
                counted: day.counted,
                words: said,
            }
        })
        .collect()
}

/// The decisions that were taken where the law is silent.
fn notes(view: &View<'_>, obligation: &Obligation) -> Vec<String> {
    let language = view.frame.language;
    let procedure = &view.state.application.procedure;
    procedure
        .interpretations
        .iter()
        .filter(|one| obligation.interpretations.contains(&one.id))
        .map(|one| {
            format!(
                "{} {}",
                say(language, &one.text),
                say(language, &one.reason)
            )
        })
        .collect()
}
