//! `Kế hoạch`: the plan with its items, what can be done with each, referrals and visits.

use domain::case::{Event, Item, ItemState, Plan, PlanState, ReferralState, ReferralStatus};

use super::acts::Place;
use super::record;
use super::things::Kind;
use super::timeline::who;
use super::{Block, Section, Thing, View, words};
use crate::pages::components::{DataTable, SummaryList, SummaryRow, Tag, TagState};
use crate::pages::words as said;

pub fn sections(view: &View<'_>) -> Vec<Section> {
    // Who sees one side is not told that there is no plan: it may be the part of others.
    let plan = (!view.file.partial || view.file.state.plan.is_some()).then(|| plan(view));
    let beside = [referrals(view), visits(view)];
    plan.into_iter().chain(beside).collect()
}

fn plan(view: &View<'_>) -> Section {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-plan"));
    let Some(plan) = &view.file.state.plan else {
        section.empty = frame.t("plan-none");
        return section;
    };
    // While a next plan waits for the chair, the one in force goes on.
    let in_force = view.file.state.plan_until_approval.as_ref();
    for plan in in_force.into_iter().chain([plan]) {
        section.blocks.push(Block::Summary(head(view, plan)));
        if plan.items.len() > 1 {
            section.blocks.push(Block::Table(overview(view, plan)));
        }
        for item in &plan.items {
            section.blocks.push(Block::Thing(thing(view, plan, item)));
        }
    }
    section
}

fn head(view: &View<'_>, plan: &Plan) -> SummaryList {
    let (frame, language) = (view.frame, view.frame.language);
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String| {
        rows.push(SummaryRow {
            label: frame.t(key),
            value,
            act: None,
        });
    };
    add(
        "plan-state",
        frame.t(match plan.state {
            PlanState::Submitted => "plan-submitted",
            PlanState::Returned => "plan-returned",
            PlanState::Approved => "plan-approved",
        }),
    );
    if plan.cycle > 1 {
        add("plan-round", plan.cycle.to_string());
    }
    if let Some(goals) = &plan.goals {
        add("field-goals", goals.clone());
    }
    add("plan-submitted-at", said::instant(plan.submitted.at.utc()));
    if let Some(approved) = &plan.approved {
        add("plan-approved-at", said::instant(approved.at.utc()));
    }
    if let Some(number) = &plan.decision_number {
        add("field-decision-number", number.clone());
    }
    if let Some(why) = plan
        .returned_because
        .as_ref()
        .filter(|_| plan.state == PlanState::Returned)
    {
        add("plan-returned-because", why.clone());
    }
    let sum = plan.items.iter().map(|item| item.facts.cost).sum();
    add("plan-cost", words::money(language, sum));
    SummaryList { rows }
}

fn overview(view: &View<'_>, plan: &Plan) -> DataTable {
    let (frame, language) = (view.frame, view.frame.language);
    let rows = plan.items.iter().map(|item| {
        vec![
            name(view, item),
            item.personal
                .as_ref()
                .map(|p| p.responsible.as_str().to_owned())
                .unwrap_or_default(),
            format!(
                "{} – {}",
                said::date(item.facts.start.0),
                said::date(item.facts.end.0)
            ),
            words::money(language, item.facts.cost),
            frame.t(state_key(item.state)),
        ]
    });
    DataTable {
        caption: frame.t("plan-items"),
        headings: [
            "field-service",
            "field-responsible",
            "plan-dates",
            "field-cost",
            "plan-item-state",
        ]
        .map(|key| frame.t(key))
        .to_vec(),
        rows: rows.collect(),
    }
}

fn name(view: &View<'_>, item: &Item) -> String {
    let name = view.things.name(Kind::Item, item.facts.id.as_str());
    name.into_owned()
}

const fn state_key(state: ItemState) -> &'static str {
    match state {
        ItemState::Planned => "plan-item-planned",
        ItemState::Started => "plan-item-started",
        ItemState::Completed => "plan-item-completed",
        ItemState::Failed => "plan-item-failed",
    }
}

fn thing(view: &View<'_>, plan: &Plan, item: &Item) -> Thing {
    let (frame, language) = (view.frame, view.frame.language);
    let today = view.file.at.date();
    let mut lines = Vec::new();
    let own = item.personal.as_ref().and_then(|own| own.measure.as_ref());
    let measure = item.facts.measure.as_ref().map(|code| code.as_str());
    if let Some(written) = measure.or(own.map(|own| own.as_str())) {
        lines.push(words::measure(language, written));
    }
    if let Some(personal) = &item.personal {
        let provider = personal
            .provider
            .as_ref()
            .map(|p| format!(" · {}", p.as_str()));
        lines.push(format!(
            "{}: {}{}",
            frame.t("field-responsible"),
            personal.responsible.as_str(),
            provider.unwrap_or_default()
        ));
    }
    lines.push(format!(
        "{} – {} · {}",
        said::date(item.facts.start.0),
        said::date(item.facts.end.0),
        words::money(language, item.facts.cost)
    ));
    let progress = view.file.history.iter().rev().find_map(|event| {
        let (facts, personal) = match &event.event {
            Event::ServiceStarted(e)
            | Event::ServiceProgressed(e)
            | Event::ServiceCompleted(e)
            | Event::ServiceFailed(e) => (&e.facts, e.personal.as_ref()?),
            _ => return None,
        };
        let text = personal.note.as_str();
        (facts.item_id == item.facts.id && !text.is_empty())
            .then(|| format!("{}: {text}", said::instant(event.occurred_at.utc())))
    });
    lines.extend(progress);
    let in_force = plan.state == PlanState::Approved;
    let late = in_force && !item.ended() && item.facts.end.0 < today;
    Thing {
        title: name(view, item),
        state: match item.state {
            ItemState::Planned => frame.t(state_key(item.state)),
            state => format!(
                "{} · {}",
                frame.t(state_key(state)),
                said::instant(item.since.utc())
            ),
        },
        tag: late.then(|| Tag::new(language, TagState::Overdue)),
        lines,
        acts: match in_force {
            true => view.acts_at(Place::Item, Some(item.facts.id.as_str())),
            false => Vec::new(),
        },
    }
}

fn referrals(view: &View<'_>) -> Section {
    let frame = view.frame;
    let mut section = Section::new(frame.t("section-referrals"));
    let referrals = &view.file.state.referrals;
    section.count = Some(referrals.len());
    section.empty = frame.t("referrals-none");
    for referral in referrals {
        section
            .blocks
            .push(Block::Thing(referral_thing(view, referral)));
    }
    section
}

fn referral_thing(view: &View<'_>, referral: &ReferralState) -> Thing {
    let frame = view.frame;
    let mut lines: Vec<String> = referral.reason.iter().cloned().collect();
    lines.push(frame.t1("referral-made", "at", said::instant(referral.by.at.utc())));
    if let Some(by) = referral
        .respond_by
        .filter(|_| referral.status == ReferralStatus::Offered)
    {
        lines.push(frame.t1("referral-respond-by", "at", said::date(by.date())));
    }
    for event in &view.file.history {
        let (id, reason, key) = match &event.event {
            Event::ReferralAccepted(e) => (&e.facts.referral_id, &e.personal, "referral-accepted"),
            Event::ReferralDeclined(e) => (&e.facts.referral_id, &e.personal, "referral-declined"),
            Event::ReferralCompleted(e) => {
                (&e.facts.referral_id, &e.personal, "referral-completed")
            }
            Event::ReferralWithdrawn(e) if e.facts.referral_id == referral.id => {
                let reason = e
                    .personal
                    .as_ref()
                    .map(|own| format!(": {}", own.reason.as_str()));
                lines.push(format!(
                    "{} {}{}",
                    frame.t("referral-withdrawn"),
                    said::instant(event.occurred_at.utc()),
                    reason.unwrap_or_default()
                ));
                continue;
            }
            _ => continue,
        };
        if *id != referral.id {
            continue;
        }
        let reason = reason.as_ref().and_then(|p| p.reason.as_ref());
        let reason = reason.map(|reason| format!(": {}", reason.as_str()));
        lines.push(format!(
            "{} {} · {}{}",
            frame.t(key),
            said::instant(event.occurred_at.utc()),
            who(view, event),
            reason.unwrap_or_default()
        ));
    }
    Thing {
        title: view
            .things
            .name(Kind::Referral, referral.id.as_str())
            .into_owned(),
        state: frame.t(match referral.status {
            ReferralStatus::Offered => "referral-offered",
            ReferralStatus::Accepted => "referral-accepted",
            ReferralStatus::Declined => "referral-declined",
            ReferralStatus::Completed => "referral-completed",
            ReferralStatus::Withdrawn => "referral-withdrawn",
        }),
        tag: None,
        lines,
        acts: view.acts_at(Place::Referral, Some(referral.id.as_str())),
    }
}

fn visits(view: &View<'_>) -> Section {
    let (frame, language) = (view.frame, view.frame.language);
    let mut section = Section::new(frame.t("section-visits"));
    section.empty = frame.t("visits-none");
    for event in view.file.history.iter().rev() {
        if let Event::VisitRecorded(_) = &event.event {
            let at = said::both_clocks(language, event.occurred_at.utc(), event.recorded_at.utc());
            section.blocks.push(Block::Event {
                line: format!("{at} · {}", who(view, event)),
                record: record::of(
                    language,
                    &frame.units,
                    &event.event,
                    event.recorded_at.date(),
                    view.file.at.date(),
                ),
            });
        }
    }
    section.count = Some(section.blocks.len());
    section
}
