//! Records that may be of the same child, in all communes: children move. Looked up by the few words that two records
//! of one child would share, and then compared as a whole. It only warns; people decide.

use domain::child::{Child, Record};
use domain::time::Instant;
use uuid::Uuid;

use super::traits_of;
use crate::error::QueryError;
use crate::likeness::{Likeness, Traits, looked_for};
use crate::recorded::load;
use crate::runner::Projections;
use crate::sql::Sql;

/// The most records that are compared: those that share the most words.
const MOST_COMPARED: i64 = 40;

/// How many are told.
const MOST_TOLD: usize = 10;

/// A record that may be of the same child.
#[derive(Debug, Clone)]
pub struct RecordAlike {
    /// The child. What of it may be shown is for the caller to decide.
    pub child: Child,
    /// How sure it is.
    pub likeness: Likeness,
    score: u32,
}

impl Projections {
    /// Records that may be of the same child as `record`, the surest first, but for itself.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer or a record cannot be read.
    pub async fn records_alike(
        &self,
        record: &Record,
        now: Instant,
    ) -> Result<Vec<RecordAlike>, QueryError> {
        let told = traits_of(record, self.units());
        self.alike(&told, Some(record.id), now).await
    }

    async fn alike(
        &self,
        told: &Traits,
        but: Option<Uuid>,
        now: Instant,
    ) -> Result<Vec<RecordAlike>, QueryError> {
        let words = looked_for(told, self.units(), now.date());
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(
            self.database(),
            "SELECT child_id, max(CASE WHEN word LIKE '#%' THEN 1 ELSE 0 END) AS certain
                  , count(*) AS shared
               FROM @register_alike
              WHERE word",
        );
        sql.in_texts(&words).sql(
            " GROUP BY child_id, position
              ORDER BY certain DESC, shared DESC, position DESC LIMIT ",
        );
        sql.integer(MOST_COMPARED + 1);
        let mut found = Vec::new();
        for row in sql.fetch(self.database()).await? {
            let id = row.uuid("child_id")?;
            if Some(id) == but {
                continue;
            }
            let child: Option<Child> = load(self.store(), id, self.units()).await?;
            let Some(child) = child else { continue };
            let known = child.record().map(|record| traits_of(record, self.units()));
            if let Some((likeness, score)) = known.and_then(|known| known.likeness(told)) {
                found.push(RecordAlike {
                    child,
                    likeness,
                    score,
                });
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.score));
        found.truncate(MOST_TOLD);
        Ok(found)
    }
}
