//! A case as its read models see it: with its obligations and how each of them counts, derived once for
//! all of them.

use domain::case::{Case, CaseState};
use domain::law::{Obligation, derive_obligations};
use std::collections::BTreeSet;
use uuid::Uuid;

use crate::case_status::units;
use crate::counting::{Counted, counted};
use crate::likeness::Traits;
use crate::model::{Core, Shown, Touched};

/// A case as a read model sees it.
pub(crate) struct Folded<'a> {
    pub id: Uuid,
    pub case: &'a Case,
    pub state: &'a CaseState,
    /// Every obligation, open or ended. Their `state` says nothing: it depends on the time of asking.
    pub obligations: &'a [Obligation],
    /// How each of them counts.
    pub counted: &'a [Counted],
    /// The units that it concerns, as its lists name them.
    pub units: BTreeSet<String>,
    /// What is and was known of its child.
    pub traits: Traits,
    /// How many of its events were there already.
    pub known: usize,
}

impl Shown for Case {
    type Folded<'a> = Folded<'a>;

    /// Where no report stands at its beginning there is nothing to show.
    fn show<T>(
        touched: &Touched<Self>,
        core: &Core,
        make: impl FnOnce(&Folded<'_>) -> T,
    ) -> Option<T> {
        let case = &touched.subject;
        let (state, history) = (case.state()?, case.history());
        let last = history.last()?;
        let derive = |at| derive_obligations(history, &core.procedure, &core.calendar, at);
        let obligations = derive(last.recorded_at);
        let counted = counted(history, &obligations, derive);
        Some(make(&Folded {
            id: touched.id,
            case,
            state,
            obligations: &obligations,
            counted: &counted,
            units: units(state),
            traits: Traits::of_case(case),
            known: touched.known,
        }))
    }
}
