//! Of whom somebody reads, person by person, in what was told of a child.

use super::Side;
use crate::log::Person;

impl Side {
    /// Whether the side reads what was told of a person, in an event that is not its own. What those who see
    /// no side read, they read of all.
    pub(crate) const fn reads_of(self, person: Person) -> bool {
        match self {
            Self::Criminal => match person {
                Person::Child | Person::Informant | Person::SuspectedHarmer => true,
                Person::Family => false,
            },
            Self::Health | Self::Court | Self::Service => false,
        }
    }
}
