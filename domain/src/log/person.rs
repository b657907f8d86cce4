//! Of whom the personal part of an event tells. Each person's own words and numbers are a section of it, so
//! that they can be shown, sealed and erased apart from those of the others. In what is stored a section is
//! the member that has the name of the person; all else is about the child.

/// Of whom a section of a personal part tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// The child that it is all about.
    Child,
    /// Who told.
    Informant,
    /// Whom they suspect.
    SuspectedHarmer,
    /// The child's family.
    Family,
}

impl Person {
    /// All, the child first.
    pub const ALL: [Self; 4] = [
        Self::Child,
        Self::Informant,
        Self::SuspectedHarmer,
        Self::Family,
    ];

    /// Where their section stands: a JSON pointer into the personal part.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Child => "/child",
            Self::Informant => "/informant",
            Self::SuspectedHarmer => "/suspected_harmer",
            Self::Family => "/family",
        }
    }
}
