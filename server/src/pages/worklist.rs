//! `/worklist`: what has to be done, by whom, what first. The page a working day begins with.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::Calendar;
use domain::identity::Role;
use domain::time::Instant;
use domain::unit::Units;
use projections::{Group, Seen, WorkFilter, WorkPage, WorkRow};
use uuid::Uuid;

use super::case::case_words::name_of;
use super::case::things::Things;
use super::case::{self, Age, Timing, case_acts as acts, case_words};
use super::communes;
use super::components::{
    DeadlineView, EmptyState, FilterPanel, Link, Pagination, Tag, TagState, TaskGroup, TaskRow,
};
use super::paging::Paging;
use super::query::Asked;
use super::{Frame, PageError, words};
use crate::AppState;
use crate::access::Officer;
use crate::application::{acts_on_cases, sight};
use domain::case::Procedure;
use domain::permit::sees_a_side;

/// Groups of which one sees at a glance that something is in them.
const PRESSING: [&str; 2] = ["danger", "overdue"];

/// Rows on a page: a full page stays well below 100 kB.
const ROWS: usize = 25;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/worklist", get(show))
}

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// What this role owes in this unit.
    Mine,
    /// What the whole unit owes.
    Unit,
    /// What others owe in cases that concern this unit.
    Others,
}

impl Whose {
    const ALL: [Self; 3] = [Self::Mine, Self::Unit, Self::Others];

    fn asked(asked: &Asked) -> Self {
        match asked.get("whose") {
            Some("unit") => Self::Unit,
            Some("others") => Self::Others,
            _ => Self::Mine,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Others => "others",
        }
    }
}

/// One number above the list, and where it leads.
struct Figure {
    label: String,
    count: i64,
    href: String,
    alarm: bool,
}

/// One choice of whose work is shown.
struct View {
    text: String,
    /// How many wait elsewhere.
    count: Option<i64>,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "worklist.html")]
struct Worklist<'a> {
    frame: &'a Frame,
    title: String,
    today: String,
    figures: Vec<Figure>,
    views: Vec<View>,
    filters: FilterPanel,
    groups: Vec<TaskGroup>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

#[derive(Template)]
#[template(path = "worklist_filter.html")]
struct FilterFields<'a> {
    frame: &'a Frame,
    whose: &'static str,
    text: &'a str,
    steps: Vec<Choice>,
    communes: Vec<Choice>,
    groups: Vec<Choice>,
    emergency: bool,
}

struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    if !acts_on_cases(officer.role) {
        return Ok(frame.redirect("/"));
    }
    let whose = match Whose::asked(&asked) {
        // Who sees one side of a case has no look at what others owe in it.
        _ if sees_a_side(officer.role) => Whose::Mine,
        whose => whose,
    };
    let mut filter = narrowed(scope(&frame.units, &officer, whose), &asked);
    if filter.commune.is_some() && filter.seen == Seen::All {
        // What one was only told of says nothing of where else it happened.
        filter.seen = sight(&frame.units, &officer).unwrap_or_default();
    }
    let projections = &state.application.projections;
    let now = Instant::new(state.now());
    let others = scope(&frame.units, &officer, Whose::Others);
    let (page, elsewhere) = tokio::try_join!(
        state
            .application
            .worklist(&officer, &filter, now, asked.get("after"), ROWS),
        projections.worklist_total(&others, now),
    )?;
    let seen = page.page.items.iter().filter(|row| !row.told);
    let cases: Vec<Uuid> = seen.map(|row| row.case_id).collect();
    let news = projections.cases_with_news(officer.id, &cases).await?;
    let about = page.page.items.iter().filter(|row| row.item.is_some());
    let about = about.map(|row| row.case_id);
    let things = case::names_of(&state, frame.language, &officer, about).await;
    let paging = Paging::of_some(&asked, &page.page, ROWS);
    let writer = Writer {
        procedure: &state.application.procedure,
        news,
        things,
        frame: &frame,
        officer: &officer,
        calendar: &state.application.calendar,
        now: page.now.utc(),
        today: page.now.date(),
    };
    let body = Worklist {
        today: words::date_with_weekday(frame.language, writer.today),
        figures: writer.figures(&page, &asked),
        views: writer.views(whose, elsewhere, &asked),
        filters: writer.filters(&asked, whose, &state).await?,
        pagination: paging.foot(
            &frame,
            &asked,
            writer.shown(&page),
            page.page.next.as_deref(),
        ),
        title: paging.title(&frame, &frame.t("nav-worklist")),
        empty: page.page.items.is_empty().then(|| writer.empty(&asked)),
        groups: writer.groups(page),
        frame: &frame,
    };
    Ok(frame.page(&body))
}

/// What the list holds before filters.
fn scope(units: &Units, officer: &Officer, whose: Whose) -> WorkFilter {
    let own = Seen::Of(units.references(&officer.unit));
    let seen = sight(units, officer).unwrap_or_else(|| own.clone());
    match whose {
        Whose::Mine => WorkFilter {
            roles: vec![officer.role],
            units: own,
            ..WorkFilter::default()
        },
        // A province answers for what lies in it; a unit for itself.
        Whose::Unit if officer.role == Role::ProvincialOfficer => WorkFilter {
            seen: seen.clone(),
            ..WorkFilter::default()
        },
        Whose::Unit => WorkFilter {
            units: own,
            seen,
            ..WorkFilter::default()
        },
        Whose::Others => WorkFilter {
            roles: vec![officer.role],
            units: own,
            seen,
            by_others: true,
            ..WorkFilter::default()
        },
    }
}

fn narrowed(filter: WorkFilter, asked: &Asked) -> WorkFilter {
    let text = |name: &str| asked.get(name).map(str::to_owned);
    WorkFilter {
        step: text("step"),
        commune: text("commune"),
        emergency: asked.is("emergency", "yes").then_some(true),
        group: asked.get("group").and_then(group_named),
        text: text("text"),
        ..filter
    }
}

/// The name of a group in addresses and in the keys of its texts.
fn group_name(group: Group) -> String {
    name_of(&group)
}

fn group_named(name: &str) -> Option<Group> {
    Group::ALL.into_iter().find(|g| group_name(*g) == name)
}

/// Puts a page of the list into words.
struct Writer<'a> {
    procedure: &'a Procedure,
    /// Cases in which others have recorded something since this officer looked at them.
    news: HashSet<Uuid>,
    /// What things are called in the cases of rows that are about one.
    things: HashMap<Uuid, Things>,
    frame: &'a Frame,
    officer: &'a Officer,
    calendar: &'a Calendar,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl Writer<'_> {
    fn group_title(&self, group: Group) -> String {
        self.frame.t(&format!("group-{}", group_name(group)))
    }

    /// The counts in one line: what presses first, so that what finds no room is what presses least.
    fn figures(&self, page: &WorkPage, asked: &Asked) -> Vec<Figure> {
        page.groups
            .iter()
            .map(|counted| Figure {
                label: self
                    .frame
                    .t(&format!("count-{}", group_name(counted.group))),
                count: counted.count,
                href: asked.with("group", &group_name(counted.group)),
                alarm: counted.count > 0 && PRESSING.contains(&&*group_name(counted.group)),
            })
            .filter(|figure| figure.count > 0 || figure.href.ends_with("overdue"))
            .collect()
    }

    fn views(&self, whose: Whose, elsewhere: i64, asked: &Asked) -> Vec<View> {
        Whose::ALL
            .iter()
            .filter(|view| **view == Whose::Mine || !sees_a_side(self.officer.role))
            .map(|view| View {
                text: self.frame.t(match view {
                    Whose::Mine => "worklist-mine",
                    Whose::Unit if self.officer.role == Role::ProvincialOfficer => {
                        "worklist-province"
                    }
                    Whose::Unit => "worklist-unit",
                    Whose::Others => "worklist-others",
                }),
                href: match view {
                    Whose::Mine => asked.without("whose"),
                    other => asked.with("whose", other.name()),
                },
                count: (*view == Whose::Others).then_some(elsewhere),
                current: *view == whose,
            })
            .collect()
    }

    async fn filters(
        &self,
        asked: &Asked,
        whose: Whose,
        state: &AppState,
    ) -> Result<FilterPanel, PageError> {
        let frame = self.frame;
        let language = frame.language;
        let procedure = state.application.projections.procedure();
        let step_name = |id: &str| {
            procedure.step(id).map_or_else(
                || id.to_owned(),
                |step| case_words::say(language, &step.name),
            )
        };
        let communes = if self.officer.role == Role::ProvincialOfficer {
            communes::within(state, language, &self.officer.unit, self.today).await?
        } else {
            Vec::new()
        };
        let communes = communes.into_iter().map(|commune| Choice {
            chosen: asked.is("commune", &commune.value),
            value: commune.value,
            text: commune.text,
        });
        let fields = FilterFields {
            frame,
            whose: whose.name(),
            text: asked.get("text").unwrap_or_default(),
            steps: procedure
                .steps
                .iter()
                .filter(|step| step.command.is_some())
                .map(|step| Choice {
                    value: step.id.clone(),
                    text: case_words::say(language, &step.name),
                    chosen: asked.is("step", &step.id),
                })
                .collect(),
            communes: communes.collect(),
            groups: Group::ALL
                .iter()
                .map(|group| Choice {
                    value: group_name(*group),
                    text: self.group_title(*group),
                    chosen: asked.is("group", &group_name(*group)),
                })
                .collect(),
            emergency: asked.is("emergency", "yes"),
        };
        let applied = ["text", "step", "commune", "group", "emergency"]
            .into_iter()
            .filter_map(|name| {
                let value = asked.get(name)?;
                let text = match name {
                    "text" => frame.t1("filter-text-is", "text", value),
                    "step" => step_name(value),
                    "commune" => {
                        case_words::unit_then(language, &frame.units, value, self.today, self.today)
                    }
                    "group" => self.group_title(group_named(value)?),
                    _ => frame.t("tag-emergency"),
                };
                let href = asked.without(name);
                Some(Link { text, href })
            })
            .collect();
        Ok(FilterPanel {
            title: frame.t("filter-title"),
            applied,
            remove: frame.t("filter-remove"),
            action: "/worklist".to_owned(),
            fields: fields
                .render()
                .map_err(|error| PageError::internal(&error))?,
            apply: frame.t("filter-apply"),
        })
    }

    fn shown(&self, page: &WorkPage) -> String {
        let key = match page.page.at_least {
            true => "worklist-shown-more",
            false => "worklist-shown",
        };
        self.frame.language.text_with(
            key,
            &[
                ("shown", page.page.items.len().into()),
                ("total", page.page.total.into()),
            ],
        )
    }

    fn empty(&self, asked: &Asked) -> EmptyState {
        let frame = self.frame;
        let filtered = ["text", "step", "commune", "group", "emergency", "after"]
            .iter()
            .any(|name| asked.get(name).is_some());
        if filtered {
            return EmptyState {
                title: frame.t("worklist-none-found"),
                text: frame.t("worklist-none-found-text"),
                act: Some(Link {
                    text: frame.t("filter-drop-all"),
                    href: "/worklist".to_owned(),
                }),
            };
        }
        EmptyState {
            title: frame.t("worklist-empty"),
            text: frame.t("worklist-empty-text"),
            act: frame.receives_reports.then(|| Link {
                text: frame.t("nav-new-report"),
                href: "/reports/new".to_owned(),
            }),
        }
    }

    fn groups(&self, page: WorkPage) -> Vec<TaskGroup> {
        let mut groups: Vec<(Group, TaskGroup)> = Vec::new();
        for row in page.page.items {
            let group = row.group;
            if groups.last().is_none_or(|(last, _)| *last != group) {
                let counted = page.groups.iter().find(|counted| counted.group == group);
                let count = counted.and_then(|counted| usize::try_from(counted.count).ok());
                let section = TaskGroup {
                    id: group_name(group),
                    title: self.group_title(group),
                    count,
                    rows: Vec::new(),
                };
                groups.push((group, section));
            }
            if let Some((_, section)) = groups.last_mut() {
                section.rows.push(self.row(row));
            }
        }
        groups.into_iter().map(|(_, section)| section).collect()
    }

    fn row(&self, row: WorkRow) -> TaskRow {
        let (language, units) = (self.frame.language, &self.frame.units);
        let timing = Timing {
            due_at: row.counted_due_at.or(row.due_at).map(|at| at.utc()),
            bound_at: row.bound_at.map(|at| at.utc()),
            opened_at: row.opened_at.utc(),
            working_days: row.limit_unit.as_deref() == Some("working-day"),
            urgent: row.group == Group::AtOnce,
        };
        let overdue = timing.overdue(self.now);
        let age = Age::on(self.today, row.birth_date, row.birth_year);
        let opened = row.opened_at.date();
        let place =
            case_words::short_unit_then(language, units, &row.incident_unit, opened, self.today);
        let name = row
            .child
            .as_deref()
            .map_or_else(|| self.frame.t("child-unnamed"), str::to_owned);
        let traits = case_words::traits(language, &row.sex, age, &place);
        let mut tags = Vec::new();
        if row.emergency {
            tags.push(Tag::new(language, TagState::Emergency));
        }
        if self.news.contains(&row.case_id) {
            tags.push(Tag::new(language, TagState::News));
        }
        let may = row
            .command
            .as_deref()
            .filter(|command| acts::may_give(self.procedure, self.officer, command));
        let act = may.map(|command| Link {
            text: self.frame.t(&format!("act-{command}")),
            href: acts::address(row.case_id, command, row.item.as_deref()),
        });
        let owed_here = row.role == Some(self.officer.role)
            && row
                .unit
                .as_deref()
                .is_some_and(|unit| units.same(unit, &self.officer.unit));
        let also_here = row.also.iter().any(|also| {
            also.role == self.officer.role && units.same(&also.unit, &self.officer.unit)
        });
        let also = row.also.iter().map(|also| {
            case_words::role_of_unit(language, units, also.role, Some(&also.unit), self.today)
        });
        let also: Vec<_> = also.collect();
        let owner = row.role.filter(|_| !owed_here).map(|role| {
            case_words::role_of_unit(language, units, role, row.unit.as_deref(), self.today)
        });
        let waits_for = match owner {
            Some(who) if also_here => Some(self.frame.t1("owed-and-also", "who", who)),
            Some(who) => Some(self.frame.t1("waits-for", "who", who)),
            None if also.is_empty() => None,
            None => Some(self.frame.t1("and-also", "who", also.join(", "))),
        };
        let mut why = row
            .why
            .as_ref()
            .map(|why| case_words::say(language, why))
            .unwrap_or_default();
        // Whose time it is that is not the law's; why there is none stands on the page of the case.
        let note = row.bound_note.as_ref();
        let note = note.filter(|_| timing.bound_first() && !overdue);
        let climbed = row.climb_at.filter(|at| at.utc() <= self.now);
        if climbed.is_some() && !owed_here {
            why = format!("{} {why}", self.frame.t("worklist-climbed"));
        }
        if let Some(note) = note {
            why = format!("{why} {}", sentence(&case_words::say(language, note)));
        }
        if row.unconfirmed {
            why = format!("{why} {}", self.frame.t("worklist-unconfirmed"));
        }
        let about = row.item.as_deref().and_then(|item| {
            let things = self.things.get(&row.case_id)?;
            things
                .about(&row.step, item)
                .map(std::borrow::Cow::into_owned)
        });
        TaskRow {
            about: about.unwrap_or_default(),
            child: format!("{name} · {traits}"),
            number: row.case_number,
            case_href: format!("/cases/{}", row.case_id),
            step: row
                .name
                .as_ref()
                .map_or(row.step, |name| case_words::say(language, name)),
            why,
            tags,
            due: DeadlineView::brief(timing.words(language, self.now, self.calendar), overdue),
            act,
            waits_for: waits_for.unwrap_or_default(),
        }
    }
}

/// As a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
