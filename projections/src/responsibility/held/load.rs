//! Reads what is held from the tables: all of it the first time and after a rebuild, later the cases
//! that something has happened in.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Duty, Held, HeldCase, NEVER, Name, Names, Recording};
use crate::cells::Cells;
use crate::checkpoint::{self, State};
use crate::models::Models;
use crate::responsibility::Outcome;
use crate::sql::{Sql, Tx};

/// The read models whose rows are held.
const MODELS: [&str; 3] = ["case_status", "worklist", "audit_trail"];

/// How many cases are read at once when something has happened in them.
const AT_ONCE: usize = 500;

/// What of the tables is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    /// The live generation of each of [`MODELS`].
    generations: [i64; 3],
    /// The position that all of them have come to.
    position: i64,
}

impl Stand {
    /// Whether what is held at this stand holds everything up to `other`.
    pub fn covers(self, other: Self) -> bool {
        self.generations == other.generations && self.position >= other.position
    }

    /// How far the tables are; none before all of them are built.
    pub async fn read(models: &Models) -> Result<Option<Self>, sqlx::Error> {
        Ok(Self::of(&checkpoint::all(models).await?))
    }

    fn of(all: &[checkpoint::Generation]) -> Option<Self> {
        let live = |model: &str| {
            let mut all = all.iter();
            all.find(|one| one.state == State::Live && one.name == model)
        };
        let [Some(cases), Some(worklist), Some(trail)] = MODELS.map(live) else {
            return None;
        };
        let positions = [cases.position, worklist.position, trail.position];
        Some(Self {
            generations: [cases.number, worklist.number, trail.number],
            position: positions.into_iter().min().unwrap_or(0),
        })
    }
}

impl Held {
    /// Brings it up to the tables. When that fails, the next time begins where this one began.
    pub(super) async fn renew(&mut self, models: &Models) -> Result<(), sqlx::Error> {
        let (mut tx, all) = checkpoint::snapshot(models).await?;
        let now = Stand::of(&all);
        if self.is_at(now) {
            return tx.rollback().await;
        }
        match (self.stand, now) {
            (_, None) => *self = Self::default(),
            (Some(before), Some(now)) if before.generations == now.generations => {
                let touched = touched(&mut tx, models, before, now).await?;
                for ids in touched.chunks(AT_ONCE) {
                    let mut reading = Reading::new(models, now, &mut self.names);
                    reading.read(&mut tx, Some(ids)).await?;
                    for case in reading.cases.into_values() {
                        self.put(case);
                    }
                }
            }
            (_, Some(now)) => {
                let mut all = Self::default();
                let mut reading = Reading::new(models, now, &mut all.names);
                reading.read(&mut tx, None).await?;
                for mut case in reading.cases.into_values() {
                    case.units.shrink_to_fit();
                    case.duties.shrink_to_fit();
                    case.recordings.shrink_to_fit();
                    all.put(case);
                }
                *self = all;
            }
        }
        self.stand = now;
        tx.rollback().await
    }

    /// Whether everything of this stand is held.
    pub(super) fn is_at(&self, now: Option<Stand>) -> bool {
        match (self.stand, now) {
            (Some(held), Some(now)) => held.covers(now),
            (held, now) => held == now,
        }
    }

    /// A case in the place of what was held of it.
    fn put(&mut self, case: HeldCase) {
        if let Some(at) = self.places.get(&case.id) {
            self.cases[*at] = case;
        } else {
            self.places.insert(case.id, self.cases.len());
            self.cases.push(case);
        }
    }
}

/// The cases in which something has happened since.
async fn touched(
    tx: &mut Tx,
    models: &Models,
    before: Stand,
    now: Stand,
) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut sql = Sql::new(models, "SELECT DISTINCT case_id FROM ");
    sql.table(models, "audit_trail", now.generations[2])
        .sql(" WHERE position > ")
        .integer(before.position);
    let rows = sql.fetch_in(tx).await?;
    rows.iter().map(|cells| cells.uuid("case_id")).collect()
}

/// Cases as they are read.
struct Reading<'a> {
    models: &'a Models,
    stand: Stand,
    names: &'a mut Names,
    cases: HashMap<Uuid, HeldCase>,
}

impl<'a> Reading<'a> {
    fn new(models: &'a Models, stand: Stand, names: &'a mut Names) -> Self {
        Self {
            models,
            stand,
            names,
            cases: HashMap::new(),
        }
    }

    /// Reads the rows of these cases; of all, when none are named.
    async fn read(&mut self, tx: &mut Tx, ids: Option<&[Uuid]>) -> Result<(), sqlx::Error> {
        let units = self.select(
            "SELECT t.case_id, t.term FROM ",
            ("case_status_term", 0),
            " AS t WHERE t.kind = 'unit'",
            ids,
        );
        units.each_in(tx, |cells| self.unit(&cells)).await?;
        let duties = self.select(
            // What was late already when it passed on is counted for who owed it then.
            "SELECT t.case_id, t.ordinal, t.step, coalesce(t.late_role, t.role) AS role
                  , CASE WHEN t.late_role IS NULL THEN t.unit ELSE t.late_unit END AS unit
                  , CASE WHEN t.late_role IS NULL THEN t.officer ELSE t.late_officer END AS officer
                  , t.opened_at, t.ended_at
                  , coalesce(t.counted_due_at, t.due_at) AS due_at, t.outcome, t.waived
               FROM ",
            ("worklist", 1),
            " AS t WHERE 1 = 1",
            ids,
        );
        duties.each_in(tx, |cells| self.duty(&cells)).await?;
        // A correction says nothing about how quickly somebody recorded.
        let recordings = self.select(
            "SELECT t.case_id, t.position, t.recorded_at, t.lag_seconds, t.role, t.unit, t.officer
               FROM ",
            ("audit_trail", 2),
            " AS t WHERE t.event_type <> 'FactCorrected'",
            ids,
        );
        recordings.each_in(tx, |cells| self.recording(&cells)).await
    }

    fn select(
        &self,
        text: &'static str,
        (table, model): (&'static str, usize),
        end: &'static str,
        ids: Option<&[Uuid]>,
    ) -> Sql {
        let mut sql = Sql::new(self.models, text);
        sql.table(self.models, table, self.stand.generations[model]);
        sql.sql(end);
        if let Some(ids) = ids {
            sql.sql(" AND t.case_id").in_uuids(ids);
        }
        sql
    }

    fn unit(&mut self, cells: &Cells) -> Result<(), sqlx::Error> {
        let unit = self.names.number(&cells.text("term")?);
        self.case(cells)?.units.push(unit);
        Ok(())
    }

    fn duty(&mut self, cells: &Cells) -> Result<(), sqlx::Error> {
        let due_at = cells.micros_or_none("due_at")?.unwrap_or(NEVER);
        let ended_at = cells.micros_or_none("ended_at")?.unwrap_or(NEVER);
        let outcome = cells.text_or_none("outcome")?;
        let outcome = match outcome.as_deref().and_then(Outcome::parse) {
            // Rows of an earlier version, until they are made anew.
            None if ended_at != NEVER => Some(match cells.boolean("waived")? {
                true => Outcome::Waived,
                false if ended_at > due_at => Outcome::Late,
                false => Outcome::Met,
            }),
            outcome => outcome,
        };
        let duty = Duty {
            ordinal: u32::try_from(cells.integer("ordinal")?).unwrap_or(u32::MAX),
            opened_at: cells.micros_or_none("opened_at")?.unwrap_or(NEVER),
            due_at,
            ended_at,
            step: self.names.number(&cells.text("step")?),
            role: self.names.number(&cells.text("role")?),
            unit: self.name(cells.text_or_none("unit")?),
            officer: self.name(cells.text_or_none("officer")?),
            ended: outcome,
        };
        self.case(cells)?.duties.push(duty);
        Ok(())
    }

    fn recording(&mut self, cells: &Cells) -> Result<(), sqlx::Error> {
        let officer = cells.uuid_or_none("officer")?;
        let recording = Recording {
            position: cells.integer("position")?,
            recorded_at: cells.micros_or_none("recorded_at")?.unwrap_or(NEVER),
            lag_seconds: cells.integer("lag_seconds")?,
            role: self.names.number(&cells.text("role")?),
            unit: self.name(cells.text_or_none("unit")?),
            officer: self.name(officer.map(|officer| officer.to_string())),
        };
        self.case(cells)?.recordings.push(recording);
        Ok(())
    }

    fn name(&mut self, text: Option<String>) -> Option<Name> {
        text.map(|text| self.names.number(&text))
    }

    fn case(&mut self, cells: &Cells) -> Result<&mut HeldCase, sqlx::Error> {
        let id = cells.uuid("case_id")?;
        Ok(self.cases.entry(id).or_insert_with(|| HeldCase {
            id,
            units: Vec::new(),
            duties: Vec::new(),
            recordings: Vec::new(),
        }))
    }
}
