//! Many cases at once when units have ended: which competences pass by law to whom, and carrying out
//! those that are clear. Of a divided unit a person says to which part; nothing is guessed.

use chrono::NaiveDate;
use domain::case::{Case, DuePassing, Rejection};
use domain::unit::Unit;
use projections::{CaseFilter, Seen};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::application::{Application, SendError, Sender};

/// Rows that are read at once.
const ROWS: usize = 500;

/// How often a passing is tried again because somebody else wrote in the same case.
const TRIES: usize = 5;

/// One competence that passes in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow<'u> {
    /// The case.
    pub case_id: Uuid,
    /// The number that people call it by.
    pub number: String,
    /// Surname and initials of the child.
    pub child: Option<String>,
    /// From whom to whom.
    pub due: DuePassing<'u>,
}

/// What passes, in open cases, oldest first within each unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SuccessionPlan<'u> {
    /// The rows, by the name of the unit that has ended.
    pub rows: Vec<DueRow<'u>>,
    /// How many open cases were looked at.
    pub looked_at: usize,
}

impl<'u> SuccessionPlan<'u> {
    /// Those with one successor.
    pub fn clear(&self) -> impl Iterator<Item = (&DueRow<'u>, &'u Unit)> {
        self.rows
            .iter()
            .filter_map(|row| Some((row, row.due.clear()?)))
    }

    /// Those that wait for a person.
    pub fn divided(&self) -> impl Iterator<Item = &DueRow<'u>> {
        self.rows.iter().filter(|row| row.due.clear().is_none())
    }
}

/// What carrying out a plan did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// Competences that passed now.
    pub done: usize,
    /// Those that had passed already when their turn came.
    pub before: usize,
    /// The numbers of the cases in which it was refused, and why.
    pub refused: Vec<(String, Rejection)>,
}

/// Why a plan stopped. What was done before stays; carrying out again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum SuccessionError {
    /// The cases could not be read.
    #[error("the cases could not be read")]
    Find(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// One passing failed.
    #[error("case {number}")]
    Send {
        /// The number of the case.
        number: String,
        /// Why.
        #[source]
        source: SendError<Case>,
    },
}

impl Application {
    /// What passes in the open cases that `seen` allows, by the register as of `on`.
    ///
    /// # Errors
    /// [`SuccessionError::Find`] when the database does not answer.
    pub async fn succession_plan(
        &self,
        seen: Seen,
        on: NaiveDate,
    ) -> Result<SuccessionPlan<'_>, SuccessionError> {
        let units = self.units();
        let filter = CaseFilter {
            seen,
            status: Some("open".to_owned()),
            ..CaseFilter::default()
        };
        let mut plan = SuccessionPlan::default();
        let mut after: Option<String> = None;
        loop {
            let page = self
                .projections
                .search_cases(&filter, after.as_deref(), ROWS)
                .await
                .map_err(find)?;
            for row in page.items {
                plan.looked_at += 1;
                let case = projections::load_case(&self.store, row.case_id, self.units())
                    .await
                    .map_err(find)?;
                let Some(state) = case.as_ref().and_then(|case| case.state()) else {
                    continue;
                };
                for due in state.passings_due(units, on) {
                    plan.rows.push(DueRow {
                        case_id: row.case_id,
                        number: row.number.clone(),
                        child: row.list_name.clone(),
                        due,
                    });
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        plan.rows.sort_by(|one, other| {
            let key = |row: &DueRow| (row.due.from.name.clone(), row.number.clone());
            key(one).cmp(&key(other))
        });
        Ok(plan)
    }

    /// Passes every clear competence of the plan on. Safe to repeat, and while people work.
    ///
    /// # Errors
    /// [`SuccessionError::Send`] for the first case in which it failed; a refusal is none.
    pub async fn carry_out(
        &self,
        sender: &Sender<'_>,
        plan: &SuccessionPlan<'_>,
    ) -> Result<Carried, SuccessionError> {
        let mut carried = Carried::default();
        for (row, to) in plan.clear() {
            match self.pass_on(sender, row, to).await {
                Ok(true) => carried.done += 1,
                Ok(false) => carried.before += 1,
                Err(SuccessionError::Send {
                    number,
                    source: SendError::Rejected(rejection),
                }) => carried.refused.push((number, *rejection)),
                Err(error) => return Err(error),
            }
        }
        Ok(carried)
    }

    /// Passes one competence on to `to`, and tells whether that was still to be done.
    ///
    /// # Errors
    /// [`SuccessionError`]; nothing was written.
    pub async fn pass_on(
        &self,
        sender: &Sender<'_>,
        row: &DueRow<'_>,
        to: &Unit,
    ) -> Result<bool, SuccessionError> {
        let today = self.now().date();
        let mut tries = 0;
        loop {
            tries += 1;
            let case = projections::load_case(&self.store, row.case_id, self.units())
                .await
                .map_err(find)?;
            let Some(state) = case.as_ref().and_then(|case| case.state()) else {
                return Ok(false);
            };
            let due = state.passings_due(self.units(), today);
            let Some(due) = due.iter().find(|due| due.from.id == row.due.from.id) else {
                return Ok(false);
            };
            let id = command_id(row.case_id, due.from, to, state.passings.len());
            let sent = self
                .send_as(
                    sender,
                    row.case_id,
                    id,
                    Some(state.version),
                    due.command(to),
                )
                .await;
            match sent {
                Ok(_) => return Ok(true),
                Err(SendError::Conflict { .. } | SendError::CommandReused) if tries < TRIES => {}
                Err(source) => {
                    return Err(SuccessionError::Send {
                        number: row.number.clone(),
                        source,
                    });
                }
            }
        }
    }
}

/// The same passing of the same case always has the same command id: sent twice, it happens once.
fn command_id(case: Uuid, from: &Unit, to: &Unit, passings_before: usize) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(b"succession");
    hash.update(case.as_bytes());
    hash.update(format!("{} {} {passings_before}", from.id, to.id).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn find(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SuccessionError {
    SuccessionError::Find(error.into())
}
