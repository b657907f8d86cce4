//! Applying a batch: rows and checkpoint move in one transaction, or neither does.

use crate::checkpoint::{self, Generation, Place};
use crate::error::RunError;
use crate::kinds;
use crate::model::{About, Core};
use crate::sql::Tx;
use crate::table::{Table, Writing};

/// Generations at the same position, which move together in one transaction.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub members: Vec<Generation>,
}

/// What came of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The rows are written and the checkpoint moved.
    Applied,
    /// Somebody else has moved a checkpoint meanwhile: nothing was written.
    Moved,
}

impl Group {
    /// The read models of the members.
    pub fn models(&self) -> Vec<&'static About> {
        self.members
            .iter()
            .filter_map(|member| kinds::named(&member.name))
            .collect()
    }

    /// Where all members are.
    pub fn position(&self) -> i64 {
        self.members.first().map_or(0, |member| member.position)
    }

    /// Writes what was made for the members and moves them to a place.
    pub async fn apply(
        &mut self,
        core: &Core,
        writings: &[Vec<Writing>],
        to: Place,
    ) -> Result<Outcome, RunError> {
        let models = &core.models;
        let mut tx = Tx::write(models).await?;
        if !checkpoint::lock_unmoved(&mut tx, models, &self.members).await? {
            tx.rollback().await?;
            return Ok(Outcome::Moved);
        }
        for (member, writings) in self.members.iter().zip(writings) {
            write(core, &mut tx, member, writings).await?;
            checkpoint::advance(&mut tx, models, member, to).await?;
        }
        tx.commit().await?;
        for member in &mut self.members {
            (member.position, member.last_event) = to;
        }
        Ok(Outcome::Applied)
    }
}

/// Writes the rows of one generation.
pub(crate) async fn write(
    core: &Core,
    tx: &mut Tx,
    generation: &Generation,
    writings: &[Writing],
) -> Result<(), RunError> {
    for writing in writings {
        Table::write(tx, &core.models, generation.number, writing).await?;
    }
    Ok(())
}
