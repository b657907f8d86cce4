//! The worklist as somebody sees it: where they were only told of a case, its rows say what they were told
//! and no more.

use domain::identity::Birth;
use domain::time::Instant;
use projections::{QueryError, WorkFilter, WorkPage, WorkRow, in_emergency, list_name};

use crate::access::Officer;
use crate::application::{Application, CaseRead};

impl Application {
    /// Open obligations, what comes first first, as they stand at `now`.
    ///
    /// # Errors
    /// As [`projections::Projections::worklist`].
    pub async fn worklist(
        &self,
        officer: &Officer,
        filter: &WorkFilter,
        now: Instant,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<WorkPage, QueryError> {
        let projections = &self.projections;
        let mut page = projections.worklist(filter, now, cursor, limit).await?;
        let told = page.page.items.iter().filter(|row| row.told);
        let read = self.cases_read(officer, told.map(|row| row.case_id)).await;
        for row in page.page.items.iter_mut().filter(|row| row.told) {
            as_told(row, read.get(&row.case_id));
        }
        Ok(page)
    }
}

/// What the row says of the case is what they read of it; where that cannot be read, nothing.
fn as_told(row: &mut WorkRow, file: Option<&CaseRead>) {
    let state = file.map(|file| &file.state);
    let child = state.map(|state| &state.child);
    row.case_number = file.map(CaseRead::number).unwrap_or_default();
    row.child = child.and_then(|child| child.name.as_deref()).map(list_name);
    row.sex = child.map_or_else(
        || "unknown".to_owned(),
        |child| {
            let sex = serde_json::to_value(child.sex).ok();
            let name = sex.as_ref().and_then(serde_json::Value::as_str);
            name.unwrap_or("unknown").to_owned()
        },
    );
    let birth = child.and_then(|child| child.birth);
    row.birth_date = match birth {
        Some(Birth::Date(date)) => Some(date.0),
        _ => None,
    };
    row.birth_estimated = matches!(birth, Some(Birth::EstimatedAge(_)));
    let told = state.and_then(|state| state.reports.last());
    row.birth_year = match (birth, told) {
        (Some(birth), Some(report)) => Some(birth.year(report.received_at.date()).into()),
        _ => child.and_then(|child| child.birth_year).map(i64::from),
    };
    row.incident_unit = state.map_or_else(String::new, |state| state.incident_unit.clone());
    row.emergency = state.is_some_and(in_emergency);
    row.danger = told.is_some_and(|report| report.danger_now);
}
