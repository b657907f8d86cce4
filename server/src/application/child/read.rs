//! Reading the record of a child, folded from its own stream at the moment it is asked for.

use domain::child::{Child, Context, Record, Recorded, Sees, Standing, as_read, possible};
use domain::identity::{Actor, Role};
use domain::log::Subject;
use domain::unit::Units;
use projections::Within;
use uuid::Uuid;

use super::AlikeRecord;
use crate::access::Officer;
use crate::application::{Application, FindError, viewer};

/// The record of a child as somebody looks at it.
#[derive(Debug, Clone)]
pub struct ChildFile {
    /// Its id.
    pub id: Uuid,
    /// What they see of it.
    pub record: Record,
    /// How they stand to it.
    pub sees: Sees,
    /// The events that they see, oldest first.
    pub history: Vec<Recorded>,
    /// What is wrong with it today.
    pub issues: Vec<Standing>,
    /// The commands that they could give now, by name.
    pub possible: Vec<&'static str>,
    /// Records that are like it, or were joined to it.
    pub alike: Vec<AlikeRecord>,
}

impl Application {
    /// The record `id` as `officer` may see it.
    ///
    /// # Errors
    /// [`FindError::NotFound`] also where the officer may not see it.
    pub async fn child(&self, officer: &Officer, id: Uuid) -> Result<ChildFile, FindError> {
        let child: Option<Child> = self.tools().load(id).await?;
        let child = child.ok_or(FindError::NotFound)?;
        let now = self.now();
        let read = as_read(&child, &viewer(self.units(), officer), now.date());
        let (sees, record) = read.ok_or(FindError::NotFound)?;
        let whole = child.record().ok_or(FindError::NotFound)?;
        let mut issues = whole.issues_on(now.date(), self.units());
        // The police read who the child is, and not what else is missing.
        if sees == Sees::Identity {
            issues.retain(|one| one.issue.owner() == domain::child::Seat::Police);
        }
        let actor: Actor = officer.actor();
        let context = Context::new(now, &actor, self.units());
        let possible = possible(Some(whole), &context);
        let alike = match sees {
            Sees::Identity => Vec::new(),
            Sees::Above | Sees::All => self.alike_to(officer, whole).await?,
        };
        let history = child.history().iter();
        Ok(ChildFile {
            id,
            history: history.filter_map(|event| sees.event(event)).collect(),
            record,
            sees,
            issues,
            possible,
            alike,
        })
    }

    /// The record as it is, by which it is decided what is possible. It is never shown.
    ///
    /// # Errors
    /// [`FindError`] where the log does not answer.
    pub async fn whole_child(&self, id: Uuid) -> Result<Option<Child>, FindError> {
        Ok(self.tools().load(id).await?)
    }

    /// Whether the officer may begin a record.
    #[must_use]
    pub fn registers_children(&self, officer: &Officer) -> bool {
        let actor = officer.actor();
        let context = Context::new(self.now(), &actor, self.units());
        possible(None, &context).contains(&"register-child")
    }
}

/// Whose records the officer may see in lists; none where they see no record.
#[must_use]
pub fn within(units: &Units, officer: &Officer, today: chrono::NaiveDate) -> Option<Within> {
    match reads_register(officer.role) {
        true => Within::of(units, &officer.unit, today),
        false => None,
    }
}

/// Whether a role reads the register at all.
#[must_use]
pub const fn reads_register(role: Role) -> bool {
    match role {
        Role::CommuneOfficer
        | Role::CommuneChair
        | Role::PoliceOfficer
        | Role::ProvincialOfficer
        | Role::Inspector => true,
        Role::HotlineOperator
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker
        | Role::Analyst
        | Role::Administrator
        | Role::System => false,
    }
}
