//! What submitting and adjusting a plan share: goals and the items of form 04 (Decree 56/2017, art.
//! 28.3: service, responsible body, provider, dates, cost).

use domain::case::{Item, Plan};
use serde_json::{Value, json};

use super::act::{About, Scene};
use super::choices;
use crate::pages::case::case_words::measure;
use crate::pages::case::case_words::role;
use crate::pages::components::DataTable;
use crate::pages::form::{Choice, Field, Form, Group, Section, Values};
use crate::pages::words;

/// Goals and items.
pub(super) fn sections(scene: &Scene<'_>, form: Form) -> Form {
    let mut measures = choices::measures();
    // A measure in somebody's own words stays as it is.
    let plans = [scene.state().plan.as_ref(), scene.state().plan_in_force()];
    for item in plans.into_iter().flatten().flat_map(|plan| &plan.items) {
        let own = item.personal.as_ref().and_then(|own| own.measure.as_ref());
        if let Some(words) = own {
            let words = words.as_str().to_owned();
            let label = measure(scene.language, &words);
            measures.push(Choice::new(words, label));
        }
    }
    let items = Group {
        fields: vec![
            Field::row_id("id"),
            Field::text("service", "plan-service").hint("plan-service-hint"),
            Field::select("measure", "plan-measure", measures).optional(),
            Field::text("responsible", "plan-responsible")
                .hint("plan-responsible-hint")
                .suggest(people(scene).into_iter().chain(bodies(scene))),
            Field::text("provider", "plan-provider")
                .suggest(bodies(scene))
                .optional(),
            Field::date("start", "plan-start"),
            Field::date("end", "plan-end"),
            Field::money("cost", "plan-form-cost").hint("plan-cost-hint"),
        ],
        row_title: "plan-row",
        add: "plan-add-row",
        least: 1,
        most: 100,
    };
    form.section(
        Section::new("goals", "plan-goals-section")
            .field(Field::long_text("goals", "plan-goals").hint("plan-goals-hint")),
    )
    .section(
        Section::new("items", "plan-items-section")
            .intro("plan-items-intro")
            .field(Field::group("items", "plan-form-items", items)),
    )
}

/// The officers of the unit: who answers for an item is mostly one of them.
fn people(scene: &Scene<'_>) -> Vec<String> {
    let officers = scene.colleagues.iter();
    officers
        .map(|one| format!("{}, {}", one.display_name, role(scene.language, one.role)))
        .collect()
}

/// The bodies of the commune and of its province that take part in such plans.
fn bodies(scene: &Scene<'_>) -> Vec<String> {
    const OF_COMMUNE: [&str; 7] = [
        "body-committee",
        "body-police",
        "body-health-station",
        "body-school",
        "body-womens-union",
        "body-youth-union",
        "body-village",
    ];
    const OF_PROVINCE: [&str; 3] = ["body-social-work", "body-legal-aid", "body-facility"];
    let named = |key: &str, unit: &str| {
        let unit = scene.unit(unit);
        scene.language.text_with(key, &[("unit", unit.into())])
    };
    let commune = scene.state().responsible_commune();
    let mut all: Vec<String> = OF_COMMUNE.iter().map(|key| named(key, commune)).collect();
    if let Some(province) = super::unit_choice::province(scene) {
        all.extend(OF_PROVINCE.iter().map(|key| named(key, &province)));
    }
    all
}

/// The plan as it stands, to be changed.
pub(super) fn values(plan: Option<&Plan>) -> Values {
    let Some(plan) = plan else {
        return Values::default();
    };
    let mut values = Values::default();
    values.set("goals", plan.goals.clone().unwrap_or_default());
    values.set("items.count", plan.items.len().to_string());
    for (row, item) in plan.items.iter().enumerate() {
        let mut set =
            |name: &str, value: String| values.set(&format!("items[{row}].{name}"), value);
        set("id", item.facts.id.as_str().to_owned());
        let own = item.personal.as_ref();
        let words = own.and_then(|own| own.measure.as_ref());
        let measure = (item.facts.measure.as_ref().map(|code| code.as_str()))
            .or(words.map(|words| words.as_str()));
        set("measure", measure.unwrap_or_default().to_owned());
        if let Some(own) = own {
            set("service", own.service.as_str().to_owned());
            set("responsible", own.responsible.as_str().to_owned());
            let provider = own.provider.as_ref().map(|provider| provider.as_str());
            set("provider", provider.unwrap_or_default().to_owned());
        }
        for (name, date) in [("start", item.facts.start.0), ("end", item.facts.end.0)] {
            for (part, format) in [("day", "%-d"), ("month", "%-m"), ("year", "%Y")] {
                set(&format!("{name}.{part}"), date.format(format).to_string());
            }
        }
        set("cost", item.facts.cost.to_string());
    }
    values
}

/// A trial with one complete item.
pub(super) fn trial(scene: &Scene<'_>, command: &str) -> Value {
    let today = scene.today();
    json!({
        "type": command, "goals": "-",
        "items": [{
            "id": "trial", "service": "-", "responsible": "-", "start": today, "end": today,
            "cost": 0,
        }],
    })
}

/// The plan that waits for the chair, or the last one.
pub(super) fn about(scene: &Scene<'_>) -> About {
    show(scene, scene.state().plan.as_ref())
}

/// The plan that is carried out.
pub(super) fn about_in_force(scene: &Scene<'_>) -> About {
    show(scene, scene.state().plan_in_force())
}

fn show(scene: &Scene<'_>, plan: Option<&Plan>) -> About {
    let Some(plan) = plan else {
        return About::default();
    };
    let mut rows = Vec::new();
    if let Some(goals) = &plan.goals {
        rows.push(scene.row("plan-goals", goals.as_str()));
    }
    if let Some(reason) = &plan.returned_because {
        rows.push(scene.row("plan-returned-because", reason.as_str()));
    }
    let total: u64 = plan.items.iter().map(|item| item.facts.cost).sum();
    rows.push(scene.row("plan-total", money(scene, total)));
    let headings = [
        "plan-service",
        "plan-responsible",
        "plan-dates",
        "plan-form-cost",
    ];
    let table = DataTable {
        caption: scene.t("plan-form-items"),
        headings: headings.map(|key| scene.t(key)).to_vec(),
        rows: plan.items.iter().map(|item| row(scene, item)).collect(),
    };
    About {
        table: Some(table),
        ..About::of(rows)
    }
}

fn row(scene: &Scene<'_>, item: &Item) -> Vec<String> {
    let own = item.personal.as_ref();
    let responsible = own.map(|own| match &own.provider {
        Some(provider) => format!("{} · {}", own.responsible.as_str(), provider.as_str()),
        None => own.responsible.as_str().to_owned(),
    });
    let (start, end) = (item.facts.start.0, item.facts.end.0);
    vec![
        scene.item_name(item),
        responsible.unwrap_or_default(),
        format!("{} – {}", words::date(start), words::date(end)),
        money(scene, item.facts.cost),
    ]
}

/// `1.500.000 đồng`.
fn money(scene: &Scene<'_>, amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", scene.t("form-dong"))
}
