//! A long list narrowed to words that many of its cases have: its rows are looked at one after the other, in
//! their order, until a page is full. How many there are is not counted, since that would mean to look at
//! each.

use crate::cursor;
use crate::error::QueryError;
use crate::runner::Projections;

use super::borders::Borders;
use super::lists::Lists;
use super::query::{Asked, LIST, page};
use super::row::{Group, WorkFilter, WorkPage, WorkRow};

/// Of so many rows in all lists each is looked at, so that they can be counted.
pub(super) const LOOKED_THROUGH: i64 = 2_000;

/// The most cases with the words that are looked up, to count their rows.
pub(super) const FEW_CASES: i64 = 1_000;

impl Projections {
    /// The page behind the cursor. `total` says how many were found up to here; the parts are not counted.
    pub(super) async fn page_in_order(
        &self,
        lists: &Lists<'_>,
        filter: &WorkFilter,
        asked: &Asked,
        limit: usize,
    ) -> Result<WorkPage, QueryError> {
        let database = self.database();
        let borders = Borders::at(asked.now);
        let mut items = Vec::new();
        for group in Group::ALL {
            let other = filter.group.is_some_and(|only| only != group);
            let before = asked
                .behind
                .is_some_and(|behind| (group as i64) < behind.part);
            if other || before {
                continue;
            }
            let ranges = borders.ranges(group, filter.emergency).into_iter();
            let ranges: Vec<_> = ranges.map(|range| (group, range)).collect();
            if !ranges.is_empty() {
                let left = limit - items.len();
                let rows = page(database, lists, &borders, &ranges, asked.behind, left);
                for cells in &rows.fetch(database).await? {
                    items.push(self.work_row(cells)?);
                }
            }
            if items.len() > limit {
                break;
            }
        }
        let found = asked.found + items.len().min(limit) as i64;
        let mut page = cursor::page(items, limit, found, |last: &WorkRow| {
            cursor::encode(LIST, &asked.cursor_behind(last, found))
        });
        page.at_least = page.next.is_some();
        Ok(WorkPage {
            page,
            groups: Vec::new(),
            now: asked.now,
        })
    }
}
