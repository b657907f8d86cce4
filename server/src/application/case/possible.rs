//! What an officer can record in a case now: asked of the domain, of the whole case, also where only one
//! side of it is shown.

use domain::case::{Context, Possibility, Standing, possible, possible_about};

use crate::access::Officer;
use crate::application::{Application, CaseFile};

impl Application {
    /// How every command of a case stands for `officer`.
    #[must_use]
    pub fn possible(&self, officer: &Officer, file: &CaseFile) -> Vec<Possibility> {
        let actor = officer.actor();
        let context = Context::new(file.at, &actor, &self.procedure, &self.calendar);
        let case = file.whole();
        case.map_or_else(Vec::new, |case| possible(case, &context))
    }

    /// How a command stands for `officer` about the thing of the case that is called `key`; none where
    /// there is no such command.
    #[must_use]
    pub fn possible_about(
        &self,
        officer: &Officer,
        file: &CaseFile,
        command: &str,
        key: &str,
    ) -> Option<Standing> {
        let actor = officer.actor();
        let context = Context::new(file.at, &actor, &self.procedure, &self.calendar);
        possible_about(command, key, file.whole()?, &context)
    }
}
