//! Which obligations and recordings are meant.

use domain::identity::Role;
use domain::time::Instant;
use uuid::Uuid;

use crate::case_status::{LIVE as LIVE_CASES, Seen};
use crate::sql::Sql;

/// Whose, of which period. Each field that is set narrows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFilter {
    /// Only of cases that concern one of these units or a unit inside it.
    pub seen: Seen,
    /// Owed, or recorded, by this unit.
    pub unit: Option<String>,
    /// By this officer.
    pub officer: Option<Uuid>,
    /// By one of these roles; by any, when empty.
    pub roles: Vec<Role>,
    /// Only this step.
    pub step: Option<String>,
    /// Arisen, or recorded, at this instant or after it.
    pub from: Instant,
    /// Before this instant.
    pub until: Instant,
}

/// How an obligation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done in time, or without a limit.
    Met,
    /// Done after its limit.
    Late,
    /// Open, and its limit is over.
    Overdue,
    /// Open, in time or without a limit.
    Open,
    /// Fell away.
    Waived,
}

impl Outcome {
    /// All of them: every obligation is in exactly one.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::Late,
        Self::Overdue,
        Self::Open,
        Self::Waived,
    ];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Waived => "waived",
        }
    }

    /// The outcome with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The number of its outcome, as of `now`: its place in [`Outcome::ALL`].
pub(super) fn outcome(sql: &mut Sql, now: Instant) {
    sql.sql(
        "CASE WHEN w.waived THEN 4
              WHEN w.ended_at > w.due_at THEN 1
              WHEN w.ended_at IS NOT NULL THEN 0
              WHEN w.due_at < ",
    )
    .instant(now)
    .sql(" THEN 2 ELSE 3 END");
}

/// How long it took, in microseconds; until `now`, while it is open. What was done before it was
/// known to be owed took no time.
pub(super) fn length(sql: &mut Sql, now: Instant) {
    sql.either(
        "max(coalesce(w.ended_at, ",
        "CAST(extract(epoch FROM greatest(coalesce(w.ended_at, ",
    )
    .instant(now)
    .either(
        ") - w.opened_at, 0)",
        ") - w.opened_at, interval '0')) * 1000000 AS bigint)",
    );
}

/// Everything behind what is selected: obligations that arose in the period.
pub(super) fn obligations(sql: &mut Sql, filter: &PeriodFilter) {
    sql.sql(
        " FROM worklist AS w WHERE w.generation =
          (SELECT generation FROM projection WHERE name = 'worklist' AND state = 'live')
          AND w.opened_at >= ",
    )
    .instant(filter.from)
    .sql(" AND w.opened_at < ")
    .instant(filter.until);
    sql.and_text(" AND w.unit = ", filter.unit.as_deref());
    let officer = filter.officer.map(|officer| officer.to_string());
    sql.and_text(" AND w.officer = ", officer.as_deref());
    sql.and_text(" AND w.step = ", filter.step.as_deref());
    if !filter.roles.is_empty() {
        sql.sql(" AND w.role")
            .in_texts(filter.roles.iter().map(|role| role.name()));
    }
    seen(sql, filter, "w");
}

/// Everything behind what is selected: what was recorded in the period. A correction says nothing
/// about how quickly somebody recorded.
pub(super) fn recordings(sql: &mut Sql, filter: &PeriodFilter) {
    sql.sql(
        " FROM audit_trail AS a WHERE a.generation =
          (SELECT generation FROM projection WHERE name = 'audit_trail' AND state = 'live')
          AND a.event_type <> 'FactCorrected' AND a.recorded_at >= ",
    )
    .instant(filter.from)
    .sql(" AND a.recorded_at < ")
    .instant(filter.until);
    sql.and_text(" AND a.unit = ", filter.unit.as_deref());
    if let Some(officer) = filter.officer {
        sql.sql(" AND a.officer = ").uuid(officer);
    }
    if !filter.roles.is_empty() {
        sql.sql(" AND a.role")
            .in_texts(filter.roles.iter().map(|role| role.name()));
    }
    seen(sql, filter, "a");
}

/// Only cases that the reader may see. Few rows are looked up one by one; for many, the cases are
/// gathered once.
fn seen(sql: &mut Sql, filter: &PeriodFilter, of: &'static str) {
    let Seen::Of(units) = &filter.seen else {
        return;
    };
    if filter.unit.is_some() || filter.officer.is_some() {
        sql.sql(" AND EXISTS (SELECT 1 FROM case_status_term AS t WHERE t.case_id = ")
            .sql(of)
            .sql(".case_id AND t.kind = 'unit' AND t.generation = ")
            .sql(LIVE_CASES);
    } else {
        sql.sql(" AND ")
            .sql(of)
            .sql(
                ".case_id IN (SELECT t.case_id FROM case_status_term AS t WHERE t.kind = 'unit'
                 AND t.generation = ",
            )
            .sql(LIVE_CASES);
    }
    sql.sql(" AND t.term").in_texts(units).sql(")");
}
