//! Which obligations and recordings are meant.

use domain::identity::Role;
use domain::time::Instant;
use uuid::Uuid;

use crate::case_status::Seen;

/// Whose, of which period. Each field that is set narrows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFilter {
    /// Only of cases that concern one of these units or a unit inside it.
    pub seen: Seen,
    /// Owed, or recorded, by one of these units; by any, when empty.
    pub units: Vec<UnitSpan>,
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

/// A unit, or one of several that had the same code one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSpan {
    /// Its reference, as the read models keep it.
    pub unit: String,
    /// What was recorded, or what was owed to its end, from this instant on; until now, while it is
    /// open.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

impl UnitSpan {
    /// Whatever it owed or recorded.
    #[must_use]
    pub const fn always(unit: String) -> Self {
        Self {
            unit,
            from: None,
            until: None,
        }
    }
}

/// How an obligation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done in time, or without a limit.
    Met,
    /// In time only after a correction: as first recorded it was late.
    Corrected,
    /// Done after its limit, or as long as nobody confirmed the correction that would make it punctual.
    Late,
    /// Open, and its limit is over.
    Overdue,
    /// Open, in time or without a limit.
    Open,
    /// Fell away before its limit had passed.
    Waived,
    /// Fell away when its limit had passed, for whatever reason.
    WaivedLate,
}

impl Outcome {
    /// All of them: every obligation is in exactly one.
    pub const ALL: [Self; 7] = [
        Self::Met,
        Self::Corrected,
        Self::Late,
        Self::Overdue,
        Self::Open,
        Self::Waived,
        Self::WaivedLate,
    ];

    /// Those of what is done: how long it took is counted.
    pub const DONE: [Self; 3] = [Self::Met, Self::Corrected, Self::Late];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Corrected => "corrected",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Waived => "waived",
            Self::WaivedLate => "waived-late",
        }
    }

    /// The outcome with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}
