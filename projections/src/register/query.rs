//! Finding children of the register: by filters, by words. Rows stand in the order in which the records were begun, the
//! newest first, so that none is missed between two pages because something happened in it.

use chrono::NaiveDate;
use domain::time::Instant;
use domain::unit::{Level, Units};
use serde::Serialize;
use uuid::Uuid;

use super::number_word;
use crate::case_status::{list_name, words_of};
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "register";

/// The most rows on one page.
const MOST_ROWS: usize = 200;

/// So many are counted; of more it is said that there are more.
pub(super) const MOST_COUNTED: i64 = 1_000;

/// So many children with a word are put in order; of more, the list is read in its own order.
const FEW: usize = 2_000;

/// Whose children are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// Those of a commune: of the units that became it, too.
    Commune(Vec<String>),
    /// Those of a province.
    Province(String),
}

impl Within {
    /// Those of a unit on a day; none where it is neither commune nor province.
    #[must_use]
    pub fn of(units: &Units, unit: &str, today: NaiveDate) -> Option<Self> {
        let found = units.find(unit, today)?;
        match found.level {
            Level::Commune => {
                let line = units.lineage(&found.id).into_iter();
                Some(Self::Commune(line.map(|unit| unit.id.clone()).collect()))
            }
            Level::Province => Some(Self::Province(unit.to_owned())),
            _ => None,
        }
    }

    /// Narrows `column` to these.
    pub(super) fn narrow(&self, sql: &mut Sql, column: &'static str) {
        sql.sql(column);
        match self {
            Self::Commune(units) => sql.in_texts(units),
            Self::Province(province) => sql.sql(" = ").text(province),
        };
    }
}

/// Which children are looked for. Each field that is set narrows the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildFilter {
    /// Whose.
    pub within: Within,
    /// Words of the names of child or family, with or without marks, or a whole personal number.
    pub text: Option<String>,
    /// `male`, `female` or `unknown`.
    pub sex: Option<String>,
    /// The year of birth.
    pub birth_year: Option<i64>,
    /// `none`, `claimed` or `verified`.
    pub number: Option<String>,
    /// `kept`, `ended` or `joined`; none: those that are kept.
    pub kept: Option<String>,
}

/// A child in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ChildRow {
    pub child_id: Uuid,
    /// Surname and initials.
    pub list_name: Option<String>,
    pub sex: String,
    #[serde(skip)]
    pub birth_date: Option<NaiveDate>,
    pub birth_year: Option<i64>,
    pub birth_estimated: bool,
    /// The commune as it was recorded, and when.
    pub unit: String,
    #[serde(skip)]
    pub unit_since: Option<NaiveDate>,
    /// How certain the personal number is.
    pub number: String,
    pub kept: String,
    pub version: i64,
    pub recorded_at: Instant,
    #[serde(skip)]
    pub(super) position: i64,
}

impl ChildRow {
    pub(super) fn read(cells: &Cells) -> Result<Self, sqlx::Error> {
        let name = cells.text_or_none("name")?;
        Ok(Self {
            child_id: cells.uuid("child_id")?,
            list_name: name.as_deref().map(list_name),
            sex: cells.text("sex")?,
            birth_date: cells.date_or_none("birth_date")?,
            birth_year: cells.integer_or_none("birth_year")?,
            birth_estimated: cells.boolean("birth_estimated")?,
            unit: cells.text("unit")?,
            unit_since: cells.date_or_none("unit_since")?,
            number: cells.text("number")?,
            kept: cells.text("kept")?,
            version: cells.integer("version")?,
            recorded_at: cells.instant("recorded_at")?,
            position: cells.integer("position")?,
        })
    }
}

/// What a text looks for.
enum Looks {
    /// A whole personal number.
    Number(String),
    /// Words, each of which must begin one of the record.
    Words(Vec<String>),
}

impl Looks {
    fn of(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if bare.len() == 12 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Number(number_word(&bare)));
        }
        let words = words_of(text);
        (!words.is_empty()).then_some(Self::Words(words))
    }
}

impl Projections {
    /// The children that match, those whose record was begun last first. Of more than a thousand it is only said that
    /// there are more.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn search_children(
        &self,
        filter: &ChildFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<ChildRow>, QueryError> {
        let database = self.database();
        let before = cursor
            .map(|cursor| cursor::decode::<2>(LIST, cursor))
            .transpose()?;
        let limit = limit.clamp(1, MOST_ROWS);
        let looks = filter.text.as_deref().and_then(Looks::of);
        let few = match &looks {
            Some(looks) => self.few(filter, looks).await?,
            None => None,
        };
        let narrowed = |sql: &mut Sql| {
            filter.within.narrow(sql, " WHERE l.seat");
            filter.narrow(sql);
            match (&few, &looks) {
                (Some(positions), _) => {
                    sql.sql(" AND l.position").in_integers(positions);
                }
                (None, Some(Looks::Words(words))) => {
                    for word in words {
                        sql.sql(" AND l.texts LIKE ")
                            .text(&format!("% {}%", escaped(word)))
                            .sql(" ESCAPE '!'");
                    }
                }
                (None, _) => {}
            }
        };
        let mut rows = Sql::new(database, "SELECT * FROM @register_list AS l");
        narrowed(&mut rows);
        if let Some([position, _]) = before {
            rows.sql(" AND l.position < ").integer(position);
        }
        rows.sql(" ORDER BY l.position DESC LIMIT ")
            .integer(limit as i64 + 1);
        // Where a word is frequent, the rows are read until the page is full, and never all of them.
        let uncounted = looks.is_some() && few.is_none();
        let mut count = Sql::new(
            database,
            "SELECT count(*) AS total FROM (SELECT 1 AS one FROM @register_list AS l",
        );
        narrowed(&mut count);
        count
            .sql(" LIMIT ")
            .integer(MOST_COUNTED + 1)
            .sql(") AS counted");
        let rows = rows.fetch(database).await?;
        let items = rows
            .iter()
            .map(ChildRow::read)
            .collect::<Result<Vec<_>, _>>()?;
        let found = before.map_or(0, |[_, found]| found);
        let shown = found + items.len().min(limit) as i64;
        let total = if uncounted {
            found + items.len() as i64
        } else {
            let count = count.fetch(database).await?;
            let count = count.first().ok_or(sqlx::Error::RowNotFound)?;
            count.integer("total")?
        };
        let mut page = cursor::page(items, limit, total.min(MOST_COUNTED), |last: &ChildRow| {
            cursor::encode(LIST, &[last.position, shown])
        });
        page.at_least = total > MOST_COUNTED || (uncounted && page.next.is_some());
        Ok(page)
    }

    /// The positions of the children that a text finds, where they are few.
    async fn few(
        &self,
        filter: &ChildFilter,
        looks: &Looks,
    ) -> Result<Option<Vec<i64>>, QueryError> {
        let database = self.database();
        let words: &[String] = match looks {
            Looks::Number(word) => std::slice::from_ref(word),
            Looks::Words(words) => words,
        };
        let Some((first, others)) = words.split_first() else {
            return Ok(None);
        };
        let mut sql = Sql::new(
            database,
            "SELECT DISTINCT w.position FROM @register_word AS w WHERE ",
        );
        if let Within::Commune(units) = &filter.within {
            sql.sql("w.unit").in_texts(units).sql(" AND ");
        }
        begins(&mut sql, "w.word", looks, first);
        for word in others {
            sql.sql(
                " AND EXISTS (SELECT 1 FROM @register_word AS o WHERE o.child_id = w.child_id AND ",
            );
            begins(&mut sql, "o.word", looks, word);
            sql.sql(")");
        }
        sql.sql(" LIMIT ").integer(FEW as i64 + 1);
        let rows = sql.fetch(database).await?;
        if rows.len() > FEW {
            return Ok(None);
        }
        let positions = rows.iter().map(|row| row.integer("position"));
        Ok(Some(positions.collect::<Result<_, _>>()?))
    }
}

fn begins(sql: &mut Sql, column: &'static str, looks: &Looks, word: &str) {
    sql.sql(column);
    match looks {
        Looks::Number(_) => sql.sql(" = ").text(word),
        Looks::Words(_) => sql
            .sql(" >= ")
            .text(word)
            .sql(" AND ")
            .sql(column)
            .sql(" < ")
            .text(&format!("{word}\u{10ffff}")),
    };
}

/// What stands for itself in a pattern.
fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}

impl ChildFilter {
    /// All children of these that are kept.
    #[must_use]
    pub const fn all(within: Within) -> Self {
        Self {
            within,
            text: None,
            sex: None,
            birth_year: None,
            number: None,
            kept: None,
        }
    }

    fn narrow(&self, sql: &mut Sql) {
        sql.and_text(
            " AND l.kept = ",
            Some(self.kept.as_deref().unwrap_or("kept")),
        )
        .and_text(" AND l.sex = ", self.sex.as_deref())
        .and_text(" AND l.number = ", self.number.as_deref());
        if let Some(year) = self.birth_year {
            sql.sql(" AND l.birth_year = ").integer(year);
        }
    }
}
