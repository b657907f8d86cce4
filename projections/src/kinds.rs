//! Which read models there are, by the kind of stream that they are of. Those of one kind are made
//! together: each stream is folded once for all of them. To whoever keeps them a kind is no more than
//! rows of streams; what these are about only the models know.

use std::sync::LazyLock;

use domain::case::Case;
use domain::child::Child;
use domain::notice::Notices;
use domain::reading::Readings;
use eventstore::StreamKind;
use uuid::Uuid;

use crate::audit_trail::AuditTrail;
use crate::case_status::CaseStatus;
use crate::error::RunError;
use crate::folding::{Follow, Recent};
use crate::keep::streams::OneStream;
use crate::model::{About, Core, Model, Shown, Touched};
use crate::notice::Notice;
use crate::reading::Reading;
use crate::recorded::{kind_of, recorded};
use crate::register::Register;
use crate::table::Row;
use crate::worklist::Worklist;

/// Every read model, by the kind that it is of.
const KINDS: &[&dyn Kind] = &[
    &Of::<Case>(&[&CaseStatus, &Worklist, &AuditTrail]),
    &Of::<Child>(&[&Register]),
    &Of::<Readings>(&[&Reading]),
    &Of::<Notices>(&[&Notice]),
];

/// Every read model.
pub(crate) fn all() -> &'static [&'static About] {
    static ALL: LazyLock<Vec<&'static About>> =
        LazyLock::new(|| KINDS.iter().flat_map(|kind| kind.models()).collect());
    &ALL
}

/// The read model of that name, if this program has it.
pub(crate) fn named(name: &str) -> Option<&'static About> {
    all().iter().copied().find(|about| about.name == name)
}

/// The kinds that these read models are of.
pub(crate) fn of(members: &[&'static About]) -> Vec<&'static dyn Kind> {
    let mut kinds = KINDS.to_vec();
    kinds.retain(|kind| members.iter().any(|member| member.of == kind.stream()));
    kinds
}

/// What follows each kind.
pub(crate) fn follow() -> Vec<Box<dyn Follow>> {
    KINDS.iter().map(|kind| kind.follow()).collect()
}

/// A kind of stream that there are read models of.
pub(crate) trait Kind: Send + Sync {
    /// Which.
    fn stream(&self) -> StreamKind;

    /// Its read models.
    fn models(&self) -> Vec<&'static About>;

    /// The rows of a whole stream of this kind.
    fn rows(
        &self,
        core: &Core,
        members: &[&'static About],
        stream: OneStream,
    ) -> Result<Rows, RunError>;

    /// What follows its streams.
    fn follow(&self) -> Box<dyn Follow>;
}

/// The rows of one stream.
pub(crate) struct Rows {
    /// The stream.
    pub id: Uuid,
    /// How many of its events were there already.
    pub known: usize,
    /// For each read model of its kind: its place among those that were asked for, and the rows for each
    /// of its tables.
    pub of: Vec<(usize, Vec<Vec<Row>>)>,
}

/// All read models of one subject.
pub(crate) struct Of<S: Shown>(pub &'static [&'static dyn Model<Subject = S>]);

impl<S: Shown> Clone for Of<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Shown> Copy for Of<S> {}

impl<S: Shown> Of<S> {
    /// The rows of a stream for those of `members` that are of this kind.
    pub fn rows_of(self, core: &Core, members: &[&'static About], touched: &Touched<S>) -> Rows {
        let model = |about: &About| {
            let mut models = self.0.iter();
            models.find(|model| model.about().name == about.name)
        };
        let members = members.iter().enumerate();
        let mine: Vec<_> = members
            .filter_map(|(place, about)| Some((place, model(about)?)))
            .collect();
        let of = S::show(touched, core, |folded| {
            let rows = mine.iter();
            rows.map(|(place, model)| (*place, model.rows(folded)))
                .collect()
        });
        let nothing = |(place, model): &(usize, &&'static dyn Model<Subject = S>)| {
            (*place, vec![Vec::new(); model.about().tables.len()])
        };
        Rows {
            id: touched.id,
            known: touched.known,
            of: of.unwrap_or_else(|| mine.iter().map(nothing).collect()),
        }
    }
}

impl<S: Shown> Kind for Of<S> {
    fn stream(&self) -> StreamKind {
        kind_of::<S>()
    }

    fn models(&self) -> Vec<&'static About> {
        self.0.iter().map(|model| model.about()).collect()
    }

    fn rows(
        &self,
        core: &Core,
        members: &[&'static About],
        stream: OneStream,
    ) -> Result<Rows, RunError> {
        let OneStream { id, events } = stream;
        let history = events.iter().map(recorded);
        let history = history.collect::<Result<Vec<_>, _>>()?;
        let touched = Touched {
            id: id.id,
            subject: S::fold(id.id, history, &core.procedure.units),
            known: 0,
        };
        drop(events);
        Ok(self.rows_of(core, members, &touched))
    }

    fn follow(&self) -> Box<dyn Follow> {
        Box::new(Recent::of(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::names_of;
    use crate::table::Moves;

    #[test]
    fn a_read_model_names_the_kind_that_it_stands_under() {
        for kind in KINDS {
            for about in kind.models() {
                assert_eq!(about.of, kind.stream(), "{}", about.name);
                for table in about.tables {
                    let first = table.columns.first().map(|(_, kind)| *kind);
                    assert_eq!(first, Some(crate::table::Kind::Uuid), "{}", table.name);
                    let counted = table.moves == Moves::ByKey && table.counts.is_some();
                    assert!(!counted, "{}", table.name);
                }
            }
        }
    }

    #[test]
    fn no_two_have_one_name_or_one_table() {
        let mut names: Vec<_> = all().iter().map(|about| about.name).collect();
        let mut tables: Vec<_> = all().iter().flat_map(|about| names_of(about)).collect();
        for all in [&mut names, &mut tables] {
            let many = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), many, "{all:?}");
        }
    }
}
