//! `archive-case`: the file of a closed case is kept and entered in the national database on
//! children (Decree 56/2017, art. 30.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::closing::{ArchivedFacts, ArchivedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Line;

/// Where the file is kept, and whether it was entered in the national database.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ArchiveCase {
    pub archive_number: Option<Line>,
    pub in_national_database: bool,
}

impl Example for ArchiveCase {
    fn example() -> Value {
        json!({"archive_number": "HS-01", "in_national_database": true})
    }
}

impl Gate for ArchiveCase {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let Some(closure) = &case.state.closure else {
            return Err(Bar::NoPlace(Rejection::procedure(
                "case-open",
                "Vụ việc chưa kết thúc nên chưa lưu trữ được.",
                "The case is not closed, so it cannot be archived.",
                "NĐ 56/2017/NĐ-CP Điều 30 khoản 3",
            )));
        };
        if closure.archived {
            return Err(Bar::NoPlace(Rejection::procedure(
                "already-archived",
                "Hồ sơ đã được lưu trữ.",
                "The file was archived already.",
                "NĐ 56/2017/NĐ-CP Điều 30 khoản 3",
            )));
        }
        Ok(())
    }
}

impl Rule for ArchiveCase {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (archive_number, words) = apart(self.archive_number.as_ref());
        Ok(vec![Event::CaseArchived(Split {
            facts: ArchivedFacts {
                archive_number,
                in_national_database: self.in_national_database,
            },
            personal: words.map(|words| ArchivedPersonal {
                archive_number: Some(words),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_file_of_a_closed_case_is_kept_once() {
        let kept = closed()
            .when("04-02 09:00", OFFICER, archive())
            .then(&["CaseArchived"]);
        assert!(kept.open().is_empty());
        kept.when("04-02 10:00", OFFICER, archive())
            .then_refused("already-archived");
    }

    #[test]
    fn refusals() {
        reviewed()
            .when("04-02 09:00", OFFICER, archive())
            .then_refused("case-open");
        closed()
            .when("04-02 09:00", OFFICER, at(archive(), "03-31 09:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        closed()
            .when("04-02 09:00", POLICE, archive())
            .then_refused("role-may-not");
    }
}
