//! Tables that become cards on a phone.

use askama::Template;
use askama::filters::HtmlSafe;

/// A table; on a phone each row is a card that repeats the headings.
#[derive(Debug, Clone, Template)]
#[template(path = "components/table.html")]
pub struct DataTable {
    /// What the table shows.
    pub caption: String,
    /// Headings of the columns; the first column names the row.
    pub headings: Vec<String>,
    /// The rows, each with as many cells as there are headings.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// The rows with the heading beside each cell.
    fn labelled(&self) -> impl Iterator<Item = Vec<(&str, &str)>> {
        let heading = |index: usize| self.headings.get(index).map_or("", String::as_str);
        self.rows.iter().map(move |row| {
            row.iter()
                .enumerate()
                .map(|(index, cell)| (heading(index), cell.as_str()))
                .collect()
        })
    }
}

impl HtmlSafe for DataTable {}
