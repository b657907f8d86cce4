//! What is asked of the worklist and what it answers.

use chrono::NaiveDate;
use domain::identity::Role;
use domain::language::Sentence;
use domain::law::Obligation;
use domain::time::Instant;
use domain::unit::Units;
use serde::Serialize;
use uuid::Uuid;

use crate::case_status::Seen;
use crate::cursor::Page;

/// The parts of a worklist, in their order. `This week` ends with Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// A child waits within hours: a duty of at most twelve, the assessment of a danger that was
    /// reported, and whatever is overdue in an emergency.
    Danger,
    /// The time that the law gives is over.
    Overdue,
    /// No number, but an emergency, or the law says "at once".
    AtOnce,
    /// To be done today; also where a time to mind has passed that is not the law's limit.
    Today,
    /// Later in this week.
    ThisWeek,
    /// After this week.
    Later,
    /// The law gives no number.
    NoLimit,
}

impl Group {
    /// All groups in their order.
    pub const ALL: [Self; 7] = [
        Self::Danger,
        Self::Overdue,
        Self::AtOnce,
        Self::Today,
        Self::ThisWeek,
        Self::Later,
        Self::NoLimit,
    ];
}

/// How many obligations a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GroupCount {
    /// The group.
    pub group: Group,
    /// How many.
    pub count: i64,
}

/// Whose obligations are asked for, and which of them. Each field that is set narrows the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkFilter {
    /// Owed by one of these roles; by any, when empty. What was not answered and climbed to such a role
    /// and unit counts too.
    pub roles: Vec<Role>,
    /// Owed by one of these units.
    pub units: Seen,
    /// Only those of this officer.
    pub officer: Option<String>,
    /// The other way round: what is owed by others than these roles, units and this officer.
    pub by_others: bool,
    /// Only of cases that concern one of these units or a unit inside it.
    pub seen: Seen,
    /// Name of the step.
    pub step: Option<String>,
    /// Only of cases that happened in this commune, or in one out of which it came.
    pub commune: Option<String>,
    /// Only emergencies, or only others.
    pub emergency: Option<bool>,
    /// Only this part.
    pub group: Option<Group>,
    /// Words of the child's name or of the case number.
    pub text: Option<String>,
}

/// Who may do an obligation beside the one that owes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owing {
    /// In which role.
    pub role: Role,
    /// In which unit.
    pub unit: String,
}

impl Owing {
    /// As it stands in a row.
    pub(crate) fn listed(text: Option<&str>) -> Vec<Self> {
        let all = text.unwrap_or_default().split_whitespace();
        all.filter_map(|one| {
            let (role, unit) = one.split_once('@')?;
            Some(Self {
                role: Role::parse(role)?,
                unit: unit.to_owned(),
            })
        })
        .collect()
    }
}

/// Who may do it beside the one that owes it, each between spaces; none where that is nobody.
pub(super) fn also(register: &Units, obligation: &Obligation) -> Option<String> {
    let also = obligation.also.iter().filter_map(|also| {
        let unit = register.kept(also.unit.as_deref()?);
        Some(format!(" {}@{unit}", also.role.name()))
    });
    let also: String = also.collect();
    (!also.is_empty()).then(|| also + " ")
}

/// An open obligation, with what a row of the worklist shows of its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct WorkRow {
    pub case_id: Uuid,
    /// Its place among the obligations of the case.
    pub ordinal: i64,
    pub group: Group,
    pub step: String,
    /// Its title, by the procedure.
    pub name: Option<Sentence>,
    /// Why it has to be done, by the procedure.
    pub why: Option<Sentence>,
    /// The command that does it.
    pub command: Option<String>,
    /// The item of the plan or the referral that it is about.
    pub item: Option<String>,
    pub cycle: i64,
    pub role: Option<Role>,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub opened_at: Instant,
    pub opened_by: String,
    pub due_at: Option<Instant>,
    /// The limit by which it counts, while a correction that would make it punctual waits for a second
    /// person.
    pub counted_due_at: Option<Instant>,
    /// Such a correction waits.
    pub unconfirmed: bool,
    /// Who may do it as well.
    pub also: Vec<Owing>,
    pub bound_at: Option<Instant>,
    pub act_by: Option<Instant>,
    /// The law says "at once", without a number.
    pub immediately: bool,
    pub limit_amount: Option<i64>,
    /// `hour`, `working-day`, `calendar-day` or `month`.
    pub limit_unit: Option<String>,
    pub form: Option<String>,
    pub legal_basis: String,
    /// From when on the next level is told, while nobody answers.
    pub climb_at: Option<Instant>,
    /// In which role the next level is told.
    pub climb_role: Option<Role>,
    /// In which unit.
    pub climb_unit: Option<String>,
    /// Why there is no due date, or whose date it is.
    pub due_note: Option<Sentence>,
    /// What stands behind the earlier time to mind.
    pub bound_note: Option<Sentence>,
    pub case_number: String,
    /// Surname and initials of the child.
    pub child: Option<String>,
    pub sex: String,
    pub birth_date: Option<NaiveDate>,
    pub birth_year: Option<i64>,
    pub birth_estimated: bool,
    pub incident_unit: String,
    pub emergency: bool,
    pub danger: bool,
    /// Whoever finds it on this list was only told of the case. What the row says of the child is not for
    /// them: it is to be told from what they read.
    #[serde(skip)]
    pub told: bool,
    #[serde(skip)]
    pub(super) order: (Instant, i64),
}

/// A page of the worklist, with how many there are in each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPage {
    /// The rows; `total` counts all parts, or the one that was asked for.
    pub page: Page<WorkRow>,
    /// How many there are in each part, also in those that were not asked for; none where that was not
    /// counted, because many cases of a long list have the words that are looked for.
    pub groups: Vec<GroupCount>,
    /// The moment for which the parts hold: that of the first page, on all others too.
    pub now: Instant,
}
