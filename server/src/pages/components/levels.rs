//! An assessment table as it was filled in: indicators, levels, notes, and in which direction the
//! levels are to be read.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{DataTable, SummaryRow};

/// An assessment table. Its direction is said in words above it: high is bad in one table and good
/// in the other, and the two are never added together.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<div class="rating">{{ table }}<p class="muted">{{ direction }}</p></div>"#,
    ext = "html"
)]
pub struct RatingTable {
    /// In which direction the levels are to be read.
    pub direction: String,
    /// Indicator, level and note.
    pub table: DataTable,
}

impl HtmlSafe for RatingTable {}

/// What was recorded at one time: labels and values, and assessment tables.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/record.html")]
pub struct Record {
    /// Labels and values.
    pub rows: Vec<SummaryRow>,
    /// Labels and values that are never printed.
    pub unprinted: Vec<SummaryRow>,
    /// Assessment tables.
    pub tables: Vec<RatingTable>,
}

impl Record {
    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.unprinted.is_empty() && self.tables.is_empty()
    }

    /// Whether it is little enough to stand in the open.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let short = |row: &SummaryRow| row.value.chars().count() <= 120;
        self.tables.is_empty() && self.rows.len() <= 2 && self.rows.iter().all(short)
    }
}

impl HtmlSafe for Record {}
