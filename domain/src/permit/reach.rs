//! How far a role sees and acts at all, before any subject is looked at.

use crate::identity::Role;
use crate::unit::Units;

/// Which subjects a role may know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// None.
    Nothing,
    /// Those in which a unit takes or took part that lies, or ever lay, in the unit of the officer.
    Within,
    /// Those in which the officer's own unit, or their agency in it, has or had a part.
    Part,
}

impl Reach {
    /// How far a role sees.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        match role {
            Role::Administrator | Role::Analyst | Role::System => Self::Nothing,
            Role::ProvincialOfficer | Role::Inspector => Self::Within,
            Role::HotlineOperator
            | Role::CommuneOfficer
            | Role::CommuneChair
            | Role::PoliceOfficer
            | Role::HealthWorker
            | Role::EducationWorker
            | Role::LegalAidWorker
            | Role::Prosecutor
            | Role::CourtClerk
            | Role::ProviderWorker => Self::Part,
        }
    }
}

/// Whether a role works on cases at all, and so has a worklist.
#[must_use]
pub const fn acts(role: Role) -> bool {
    match role {
        Role::Inspector | Role::Analyst | Role::Administrator | Role::System => false,
        Role::HotlineOperator
        | Role::CommuneOfficer
        | Role::CommuneChair
        | Role::PoliceOfficer
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker
        | Role::ProvincialOfficer => true,
    }
}

/// Whether `role` in `own` looks after the posts of officers in `unit`: an administrator does in their
/// own unit and whatever lies in it.
#[must_use]
pub fn looks_after(units: &Units, role: Role, own: &str, unit: &str) -> bool {
    role == Role::Administrator && units.ever_within(unit, own)
}

/// Whether somebody names deputies of their own: a chair in their own post, and nobody who is a deputy
/// themselves.
#[must_use]
pub fn names_deputies(role: Role, is_deputy: bool) -> bool {
    role == Role::CommuneChair && !is_deputy
}

/// How a list names the officers of `role` in `unit`: the unit itself for those who act for a commune,
/// a province or the inspectorate; role and unit for an agency, which sees only what it takes part in.
#[must_use]
pub fn party(role: Role, unit: &str) -> String {
    match role {
        Role::CommuneOfficer
        | Role::CommuneChair
        | Role::ProvincialOfficer
        | Role::Inspector
        | Role::Analyst
        | Role::Administrator
        | Role::System => unit.to_owned(),
        Role::HotlineOperator
        | Role::PoliceOfficer
        | Role::HealthWorker
        | Role::EducationWorker
        | Role::LegalAidWorker
        | Role::Prosecutor
        | Role::CourtClerk
        | Role::ProviderWorker => format!("{}@{unit}", role.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sees_nothing_of_any_child_does_no_case_work_either() {
        let reaching = |reach| {
            Role::PEOPLE
                .into_iter()
                .filter(move |r| Reach::of(*r) == reach)
        };
        let nothing: Vec<_> = reaching(Reach::Nothing).collect();
        assert_eq!(nothing, [Role::Analyst, Role::Administrator]);
        let within: Vec<_> = reaching(Reach::Within).collect();
        assert_eq!(within, [Role::ProvincialOfficer, Role::Inspector]);
        assert_eq!(Reach::of(Role::System), Reach::Nothing);
        // An inspector reads and never acts; everybody else acts who sees.
        for role in Role::PEOPLE.into_iter().chain([Role::System]) {
            let sees = Reach::of(role) != Reach::Nothing;
            assert_eq!(acts(role), sees && role != Role::Inspector, "{role:?}");
        }
    }

    #[test]
    fn an_administrator_looks_after_posts_in_their_unit_and_what_lies_in_it() {
        for (own, unit, looks) in [
            ("44", "44", true),
            ("44", "19111", true),
            ("19111", "19111", true),
            ("19111", "44", false),
            ("19111", "19114", false),
            ("01", "19111", false),
        ] {
            let found = looks_after(Units::shipped(), Role::Administrator, own, unit);
            assert_eq!(found, looks, "{own} {unit}");
        }
        for role in Role::PEOPLE {
            let administers = role == Role::Administrator;
            assert_eq!(
                looks_after(Units::shipped(), role, "44", "44"),
                administers,
                "{role:?}"
            );
        }
    }

    #[test]
    fn only_a_chair_in_their_own_post_names_deputies() {
        for role in Role::PEOPLE {
            assert_eq!(names_deputies(role, false), role == Role::CommuneChair);
            assert!(!names_deputies(role, true), "a deputy names no deputy");
        }
    }

    #[test]
    fn lists_tell_agencies_of_one_unit_apart_and_take_a_commune_as_one() {
        let [officer, chair] =
            [Role::CommuneOfficer, Role::CommuneChair].map(|r| party(r, "19111"));
        assert_eq!(officer, "19111");
        assert_eq!(chair, officer);
        assert_eq!(party(Role::ProvincialOfficer, "44"), "44");
        assert_eq!(party(Role::Inspector, "44"), "44");
        let agencies = Role::PEOPLE
            .into_iter()
            .filter(|role| Reach::of(*role) == Reach::Part && !role.is_of_commune());
        let named: std::collections::BTreeSet<_> = agencies.map(|role| party(role, "44")).collect();
        assert_eq!(named.len(), 8, "each agency of a unit by itself: {named:?}");
        assert!(!named.contains("44"), "{named:?}");
    }
}
