//! What a read model is: a pure function from a folded case to rows. The rest is the same for all of
//! them and stands elsewhere: folding in `folding`, the checkpoint in `checkpoint`, following the log
//! in `follow`, building anew in `build`.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseState};
use domain::law::{Obligation, derive_obligations};
use eventstore::EventStore;
use uuid::Uuid;

use crate::audit_trail::AuditTrail;
use crate::case_status::CaseStatus;
use crate::counting::{Counted, counted};
use crate::keep::basis::basis;
use crate::models::Models;
use crate::table::{Row, Table, Writing};
use crate::worklist::Worklist;

/// A read model. To make a new one: a file with its tables that makes rows from a case, one that asks, and
/// its place in [`ALL`].
pub(crate) trait Projection: Send + Sync + 'static {
    /// Its name: that of its checkpoint.
    fn name(&self) -> &'static str;
    /// To be raised whenever other rows would be made from the same events, or its tables change.
    fn version(&self) -> i64;
    /// Its tables.
    fn tables(&self) -> &'static [Table];
    /// The rows of one case, for each of its tables. For a table that only grows: one row for each
    /// event behind the first `folded.known` ones.
    fn rows(&self, folded: &Folded<'_>) -> Vec<Vec<Row>>;
}

/// Every read model.
pub(crate) const ALL: &[&dyn Projection] = &[&CaseStatus, &Worklist, &AuditTrail];

/// A case as a read model sees it.
pub(crate) struct Folded<'a> {
    pub id: Uuid,
    pub case: &'a Case,
    pub state: &'a CaseState,
    /// Every obligation, open or ended. Their `state` says nothing: it depends on the time of asking.
    pub obligations: &'a [Obligation],
    /// How each of them counts.
    pub counted: &'a [Counted],
    /// How many of its events were there already.
    pub known: usize,
}

/// A case that a batch of events touched, as it is after the batch.
pub(crate) struct Touched {
    pub id: Uuid,
    pub case: Case,
    pub known: usize,
}

/// What all that keep read models share.
pub(crate) struct Core {
    pub store: EventStore,
    /// Where the read models stand.
    pub models: Models,
    pub procedure: Arc<Procedure>,
    pub calendar: Arc<Calendar>,
    /// What the rows depend on besides events and code.
    pub basis: String,
}

impl Core {
    pub fn new(store: EventStore, procedure: Arc<Procedure>, calendar: Arc<Calendar>) -> Self {
        let basis = basis(&procedure, &calendar, &procedure.units);
        Self {
            models: Models::of(store.clone()),
            store,
            procedure,
            calendar,
            basis,
        }
    }

    /// The rows of a case for each of `projections`, for each of its tables.
    pub fn rows(&self, projections: &[&dyn Projection], touched: &Touched) -> Vec<Vec<Vec<Row>>> {
        let (Some(state), Some(last)) = (touched.case.state(), touched.case.history().last())
        else {
            // No report stands at its beginning: there is nothing to show of it.
            return projections
                .iter()
                .map(|projection| vec![Vec::new(); projection.tables().len()])
                .collect();
        };
        let history = touched.case.history();
        let derive = |at| derive_obligations(history, &self.procedure, &self.calendar, at);
        let obligations = derive(last.recorded_at);
        let counted = counted(history, &obligations, derive);
        let folded = Folded {
            id: touched.id,
            case: &touched.case,
            state,
            obligations: &obligations,
            counted: &counted,
            known: touched.known,
        };
        projections
            .iter()
            .map(|projection| projection.rows(&folded))
            .collect()
    }

    /// What is to be written for these cases: for each of `projections`, for each of its tables.
    pub fn writings(
        &self,
        projections: &[&dyn Projection],
        cases: &[Touched],
    ) -> Vec<Vec<Writing>> {
        let mut all: Vec<Vec<Writing>> = projections
            .iter()
            .map(|projection| {
                let writing = |table: &'static Table| Writing {
                    table,
                    replaced: Vec::new(),
                    rows: String::from("["),
                    count: 0,
                };
                projection.tables().iter().map(writing).collect()
            })
            .collect();
        for touched in cases {
            let rows = self.rows(projections, touched);
            for (writings, rows) in all.iter_mut().zip(rows) {
                for (writing, rows) in writings.iter_mut().zip(rows) {
                    writing.add(touched, &rows);
                }
            }
        }
        for writing in all.iter_mut().flatten() {
            writing.rows.push(']');
        }
        all
    }
}

impl Writing {
    fn add(&mut self, touched: &Touched, rows: &[Row]) {
        // A case that begins in this batch has no rows yet.
        if !self.table.grows && touched.known > 0 {
            self.replaced.push(touched.id);
        }
        for row in rows {
            if self.count > 0 {
                self.rows.push(',');
            }
            // Writing a row as JSON cannot fail; if it did, the row would be missed when counted.
            self.rows
                .push_str(&serde_json::to_string(row).unwrap_or_default());
            self.count += 1;
        }
    }
}
