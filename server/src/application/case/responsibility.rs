//! Who was responsible when, of one case.

use domain::responsibility::{Basis, Board, Moment, moment};
use domain::time::Instant;

use crate::application::{Application, CaseFile};

impl Application {
    /// The responsibility board of a case; none where nothing of it is known, and none for those who see
    /// only a side of it: what is derived from a part of the events would be wrong.
    #[must_use]
    pub fn board(&self, file: &CaseFile) -> Option<Board> {
        if file.partial {
            return None;
        }
        Board::of(&file.history, &self.procedure, &self.calendar, file.at)
    }

    /// How things stood in a case at an instant.
    #[must_use]
    pub fn moment(&self, file: &CaseFile, at: Instant, basis: Basis) -> Moment {
        moment(&file.history, &self.procedure, &self.calendar, at, basis)
    }
}
