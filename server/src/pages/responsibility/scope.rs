//! Whose obligations of which period are looked at, and the filters that choose them.

use askama::Template;
use chrono::{Months, NaiveDate};
use domain::identity::Role;
use domain::responsibility::AgencyKind;
use domain::time::{Date, Instant};
use projections::{PeriodFilter, Seen};
use uuid::Uuid;

use super::meant::{Meant, Note};
use crate::AppState;
use crate::access::{Account, Officer, account};
use crate::application::acts_on_cases;
use crate::pages::case::case_words;
use crate::pages::components::{FilterPanel, Link};
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError, words};

/// Whether a role may look at these figures at all.
pub const fn may_look(role: Role) -> bool {
    matches!(
        role,
        Role::Inspector | Role::ProvincialOfficer | Role::CommuneChair
    )
}

/// What is looked at.
pub struct Scope {
    /// As a question to the read models.
    pub filter: PeriodFilter,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    unit: Option<String>,
    meant: Meant,
    agency: Option<AgencyKind>,
    officers: Vec<Account>,
    wide: bool,
}

#[derive(Template)]
#[template(path = "responsibility/filter.html")]
struct Fields<'a> {
    frame: &'a Frame,
    units: Vec<Choice>,
    agencies: Vec<Choice>,
    officers: Vec<Choice>,
    from: String,
    to: String,
}

struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

impl Scope {
    /// What was asked for, within what the officer may see.
    pub async fn read(
        state: &AppState,
        officer: &Officer,
        asked: &Asked,
        today: NaiveDate,
    ) -> Result<Self, PageError> {
        if !may_look(officer.role) {
            return Err(PageError::Forbidden);
        }
        let units = state.application.units();
        let wide = officer.role != Role::CommuneChair;
        let unit = if wide {
            let within = |unit: &&str| units.ever_within(unit, &officer.unit);
            asked.get("unit").filter(within).map(str::to_owned)
        } else {
            Some(officer.unit.clone())
        };
        let day = |name: &str| {
            let read = asked.get(name).map(Date::parse);
            read.and_then(Result::ok).map(|day| day.0)
        };
        let to = day("to").unwrap_or(today);
        let year_before = to.checked_sub_months(Months::new(12)).unwrap_or(to);
        let from = day("from").unwrap_or(year_before).min(to);
        let agency = asked.get("agency").and_then(AgencyKind::parse);
        let meant = unit
            .as_deref()
            .map(|unit| Meant::by(units, unit, (from, to)));
        let meant = meant.unwrap_or_default();
        let officers = if unit.is_some() {
            let mut all = account::list(&state.database).await?;
            all.retain(|one| meant.employs(&one.unit) && acts_on_cases(one.role));
            all
        } else {
            Vec::new()
        };
        let named = asked
            .get("officer")
            .and_then(|id| Uuid::parse_str(id).ok())
            .filter(|id| officers.iter().any(|one| one.id == *id));
        Ok(Self {
            filter: PeriodFilter {
                seen: Seen::Of(units.references(&officer.unit)),
                units: meant.spans.clone(),
                officer: named,
                roles: agency
                    .map(|agency| agency.roles().collect())
                    .unwrap_or_default(),
                step: asked.get("step").map(str::to_owned),
                from: Instant::start_of(from),
                until: Instant::end_of(to),
            },
            days: (from, to),
            unit,
            meant,
            agency,
            officers,
            wide,
        })
    }

    /// What a reader has to know about former units.
    pub fn notes(&self, frame: &Frame, asked: &Asked) -> Vec<Note> {
        self.meant.notes(frame, asked, self.wide)
    }

    /// What is looked at, in words.
    pub fn title(&self, frame: &Frame, own: &str) -> String {
        let unit = self.unit.as_deref().unwrap_or(own);
        let mut parts = vec![case_words::unit(&frame.units, unit, self.days.1)];
        parts.extend(
            self.agency
                .map(|agency| case_words::say(frame.language, &agency.title())),
        );
        let officer = self.filter.officer;
        let named = self.officers.iter().find(|one| Some(one.id) == officer);
        parts.extend(named.map(|one| one.display_name.clone()));
        let (from, to) = self.days;
        let days = [
            ("from", words::date(from).into()),
            ("to", words::date(to).into()),
        ];
        parts.push(frame.language.text_with("figures-period", &days));
        parts.join(" · ")
    }

    /// The filters.
    pub fn panel(
        &self,
        frame: &Frame,
        asked: &Asked,
        own: &str,
        action: &str,
    ) -> Result<FilterPanel, PageError> {
        let language = frame.language;
        let choice = |value: &str, text: String, chosen: bool| Choice {
            value: value.to_owned(),
            text,
            chosen,
        };
        let filter = &self.filter;
        let units = if self.wide {
            frame
                .units
                .communes(own, self.days.1)
                .map(|unit| {
                    let chosen = self.unit.as_deref() == Some(unit.reference());
                    choice(unit.reference(), unit.name.clone(), chosen)
                })
                .collect()
        } else {
            Vec::new()
        };
        let fields = Fields {
            frame,
            units,
            agencies: AgencyKind::ALL
                .into_iter()
                .map(|kind| {
                    let title = case_words::say(language, &kind.title());
                    choice(kind.name(), title, self.agency == Some(kind))
                })
                .collect(),
            officers: self
                .officers
                .iter()
                .map(|one| {
                    let role = case_words::role(language, one.role);
                    let text = format!("{} ({role})", one.display_name);
                    choice(&one.id.to_string(), text, filter.officer == Some(one.id))
                })
                .collect(),
            from: self.days.0.to_string(),
            to: self.days.1.to_string(),
        };
        let applied = ["unit", "agency", "officer", "step", "outcome", "from", "to"]
            .into_iter()
            .filter_map(|name| {
                let value = asked.get(name)?;
                let text = match name {
                    "unit" => case_words::unit(&frame.units, self.unit.as_deref()?, self.days.1),
                    "agency" => case_words::say(language, &self.agency?.title()),
                    "officer" => {
                        let officer = filter.officer?;
                        let mut all = self.officers.iter();
                        all.find(|one| one.id == officer)?.display_name.clone()
                    }
                    "outcome" => language.find(&format!("figures-{value}"), &[])?,
                    "from" => frame.t1("figures-from-is", "day", words::date(self.days.0)),
                    "to" => frame.t1("figures-to-is", "day", words::date(self.days.1)),
                    _ => return None,
                };
                Some(Link {
                    text,
                    href: asked.without(name),
                })
            })
            .collect();
        Ok(FilterPanel {
            title: frame.t("figures-filter"),
            applied,
            remove: frame.t("filter-remove"),
            action: action.to_owned(),
            fields: fields
                .render()
                .map_err(|error| PageError::internal(&error))?,
            apply: frame.t("filter-apply"),
        })
    }

    /// The filters as a query, with something added.
    pub fn query(&self, asked: &Asked, added: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["unit", "agency", "officer", "from", "to"] {
            if let Some(value) = asked.get(name) {
                query.append_pair(name, value);
            }
        }
        for (name, value) in added {
            query.append_pair(name, value);
        }
        query.finish()
    }
}
