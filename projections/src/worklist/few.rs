//! A list narrowed to the rows of a few cases: each of its rows is read once, and counted and put in order
//! here. What a page of them shows is then read of its cases alone.

use std::collections::{BTreeSet, HashSet};

use domain::time::Instant;
use uuid::Uuid;

use crate::cells::Cells;
use crate::error::QueryError;
use crate::runner::Projections;

use super::borders::{Borders, When};
use super::listing::Time;
use super::lists::{Found, Lists};
use super::query::{Behind, shown};
use super::row::{Group, GroupCount, WorkFilter};

/// What orders a row: its part, its time, the number of its case, its place among the obligations.
type Order = (Group, Instant, i64, i64);

/// A row, and its case, unless that was only told of: it is found by what was told.
type Place = (Order, Option<Uuid>);

impl Projections {
    /// How many rows each part has. The lists are narrowed to the cases of the page behind `behind`.
    pub(super) async fn groups_of_few(
        &self,
        lists: &mut Lists<'_>,
        filter: &WorkFilter,
        borders: &Borders,
        behind: Option<Behind>,
        limit: usize,
    ) -> Result<Vec<GroupCount>, QueryError> {
        let database = self.database();
        let mut sql = lists.begin(database);
        sql.sql(
            "SELECT CASE WHEN l.words IS NULL THEN l.case_id END AS case_id
                    , l.class, l.at, l.number_order, l.ordinal",
        )
        .sql(lists.from());
        Lists::keys(&mut sql, "l.whose", &lists.keys);
        shown(&mut sql, borders.now);
        sql.sql(" AND (l.until_at IS NULL OR l.until_at >= ")
            .instant(borders.now)
            .sql(")");
        lists.narrow(&mut sql);
        let rows = sql.fetch(database).await?;

        let mut places = Vec::with_capacity(rows.len());
        for cells in &rows {
            places.extend(place(cells, filter.emergency, borders)?);
        }
        // A row stands once in what is asked for, though in several lists.
        let mut seen = HashSet::new();
        places.retain(|place| seen.insert(*place));
        let groups = Group::ALL.map(|group| GroupCount {
            group,
            count: places.iter().filter(|(order, _)| order.0 == group).count() as i64,
        });

        let wanted = |(order, _): &Place| {
            let after = behind.is_none_or(|behind| {
                (order.0 as i64, order.1, order.2, order.3)
                    > (behind.part, behind.at, behind.number, behind.ordinal)
            });
            after && filter.group.is_none_or(|group| group == order.0)
        };
        places.retain(wanted);
        places.sort_unstable();
        let page = places.iter().take(limit + 1);
        let page: BTreeSet<Uuid> = page.filter_map(|(_, case)| *case).collect();
        let page = page.into_iter().collect();
        lists.cases = lists.cases.take().map(|found| match found {
            Found::Anywhere(_) => Found::Anywhere(page),
            Found::Among(_) => Found::Among(page),
        });
        Ok(groups.into())
    }
}

/// Where a row stands; nowhere, if it is not asked for.
fn place(
    cells: &Cells,
    emergency: Option<bool>,
    borders: &Borders,
) -> Result<Option<Place>, QueryError> {
    let Some((time, of_emergency)) = Time::of_class(cells.integer("class")?) else {
        return Ok(None);
    };
    if emergency.is_some_and(|wanted| wanted != of_emergency) {
        return Ok(None);
    }
    let at = cells.instant("at")?;
    let when = When::of(at, borders);
    let Some(group) = Borders::group(time, of_emergency, when, at < borders.now) else {
        return Ok(None);
    };
    let order = (
        group,
        at,
        cells.integer("number_order")?,
        cells.integer("ordinal")?,
    );
    Ok(Some((order, cells.uuid_or_none("case_id")?)))
}
