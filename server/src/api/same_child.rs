//! `GET /api/v1/same-child`: cases that are likely about a child, also in communes whose cases the asker
//! may not see; of those only how alike and which commune holds it. Each answer is a look at every case
//! in it, with the purpose that was given.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::identity::{Birth, Sex};
use domain::reading::Purpose;
use domain::time::Date;
use projections::ChildQuery;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf};
use crate::application::Alike;
use crate::language::Sentence;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/same-child", get(same_child))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    purpose: Purpose,
    name: Option<String>,
    birth_date: Option<Date>,
    estimated_age: Option<u8>,
    birth_year: Option<i32>,
    sex: Option<Sex>,
    personal_id: Option<String>,
    residence_unit: Option<String>,
    incident_unit: Option<String>,
    parent: Option<String>,
    phone: Option<String>,
}

impl Query {
    fn child(self) -> ChildQuery {
        let estimated = self.estimated_age.map(Birth::EstimatedAge);
        ChildQuery {
            name: self.name,
            birth: self.birth_date.map(Birth::Date).or(estimated),
            birth_year: self.birth_year,
            sex: self.sex,
            personal_id: self.personal_id,
            units: [self.residence_unit, self.incident_unit]
                .into_iter()
                .flatten()
                .collect(),
            // A number alone is read as one that stands behind a name.
            carers: [self.parent, self.phone.map(|phone| format!("; {phone}"))]
                .into_iter()
                .flatten()
                .collect(),
        }
    }
}

async fn same_child(
    State(state): State<AppState>,
    officer: Officer,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let application = &state.application;
    if !application
        .procedure
        .anyone_may("receive-report", officer.role)
    {
        return Err(Problem::forbidden().detail(Sentence::key("same-child-not-yours")));
    }
    let purpose = query.purpose;
    let found = application
        .same_child(&officer, &query.child(), purpose)
        .await?;
    let today = state.today();
    let shown = |alike: &Alike| {
        let mut shown = json!({
            "likeness": alike.likeness,
            "case_id": alike.case_id,
            "seen": alike.file.is_some(),
            "holder": {
                "unit": alike.holder,
                "name": state.units.name(&alike.holder, today),
                "telephone": state.settings.telephones.of(state.application.units(), &alike.holder),
            },
        });
        if let Some(file) = &alike.file {
            shown["number"] = json!(file.number());
        }
        shown
    };
    Ok(Json(json!({
        "items": found.alike.iter().map(shown).collect::<Vec<_>>(),
        "looked_over": if found.everywhere { "all-communes" } else { "own-cases" },
    })))
}
