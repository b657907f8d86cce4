//! Cases that may be about the child of a new report: told before another case is made of the same
//! child. It only warns; the officer decides.

use std::collections::BTreeSet;

use domain::identity::Sex;
use domain::text::fold;
use serde::Serialize;

use super::personal_id_hash;
use super::search::{CaseRow, LIVE};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The child of a new report, as far as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChildQuery {
    /// The name as typed, with or without marks.
    pub name: Option<String>,
    /// The year of birth, perhaps from an estimated age.
    pub birth_year: Option<i32>,
    /// The sex, unless unknown.
    pub sex: Option<Sex>,
    /// The personal number.
    pub personal_id: Option<String>,
    /// Residence, place of the incident: where the child may be known already.
    pub units: Vec<String>,
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Some of it agrees.
    Possible,
    /// Name and what else is known agree.
    Likely,
    /// The personal number is the same.
    Certain,
}

/// A case that may be about the same child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The case.
    pub case: CaseRow,
    /// How sure it is.
    pub likeness: Likeness,
    /// For the order only: from 0 to 100.
    pub score: u32,
}

/// The most rows that are looked at.
const MOST_ROWS: i64 = 400;

/// Less than this is no likeness.
const LEAST_SCORE: u32 = 55;

/// From here on it is likely.
const LIKELY_SCORE: u32 = 80;

/// How many are told.
const MOST_TOLD: usize = 10;

impl Projections {
    /// Cases that are likely to be about this child, the surest first. A commune officer is told of
    /// children elsewhere, too: children move. What of it may be shown is for the caller to decide.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer.
    pub async fn likely_same_child(
        &self,
        child: &ChildQuery,
    ) -> Result<Vec<Candidate>, QueryError> {
        let hash = child
            .personal_id
            .as_deref()
            .map(str::trim)
            .map(personal_id_hash);
        let name = child.name.as_deref().map(fold).unwrap_or_default();
        let mut found: Vec<(CaseRow, String, bool)> = Vec::new();
        if let Some(hash) = &hash {
            let mut sql = self.cases();
            sql.sql(" AND c.personal_id_hash = ").text(hash);
            found.extend(self.told(sql, true).await?);
        }
        // The given name comes last; where the order was turned round, it comes first.
        let words: Vec<&str> = name.split_whitespace().collect();
        let given: BTreeSet<&str> = words
            .last()
            .into_iter()
            .chain(words.first())
            .copied()
            .collect();
        if words.len() > 1 {
            let mut sql = self.cases();
            sql.sql(" AND c.opened_position IN (SELECT t.opened_position FROM case_status_term AS t WHERE t.generation = ")
                .sql(LIVE)
                .sql(" AND t.kind = 'word' AND t.term")
                .in_texts(&words)
                .sql(" GROUP BY t.opened_position HAVING count(*) >= ")
                .integer(given.len() as i64)
                .sql(")");
            if let Some(year) = child.birth_year {
                sql.sql(" AND (c.birth_year IS NULL OR c.birth_year BETWEEN ")
                    .integer(i64::from(year) - 2)
                    .sql(" AND ")
                    .integer(i64::from(year) + 2)
                    .sql(")");
            }
            sql.sql(" ORDER BY c.opened_position DESC LIMIT ")
                .integer(MOST_ROWS);
            found.extend(self.told(sql, false).await?);
        }
        let mut seen = BTreeSet::new();
        let mut candidates: Vec<Candidate> = found
            .into_iter()
            .filter(|(case, ..)| seen.insert(case.case_id))
            .filter_map(|(case, folded, same_number)| {
                let score = if same_number {
                    100
                } else {
                    score(child, &name, &case, &folded)
                };
                let likeness = match score {
                    100.. => Likeness::Certain,
                    LIKELY_SCORE.. => Likeness::Likely,
                    LEAST_SCORE.. => Likeness::Possible,
                    _ => return None,
                };
                Some(Candidate {
                    case,
                    likeness,
                    score,
                })
            })
            .collect();
        candidates.sort_by_key(|told| {
            (
                std::cmp::Reverse(told.score),
                std::cmp::Reverse(told.case.opened_position),
            )
        });
        candidates.truncate(MOST_TOLD);
        Ok(candidates)
    }

    fn cases(&self) -> Sql {
        let mut sql = Sql::new(
            self.database(),
            "SELECT c.* FROM case_status AS c WHERE c.generation = ",
        );
        sql.sql(LIVE);
        sql
    }

    async fn told(
        &self,
        sql: Sql,
        same_number: bool,
    ) -> Result<Vec<(CaseRow, String, bool)>, sqlx::Error> {
        let rows = sql.fetch(self.database()).await?;
        rows.iter()
            .map(|cells| {
                let folded = cells.text_or_none("name_folded")?.unwrap_or_default();
                Ok((CaseRow::read(cells)?, folded, same_number))
            })
            .collect()
    }
}

/// How much of what is known of both agrees; below 100, which only the personal number gives.
fn score(child: &ChildQuery, name: &str, case: &CaseRow, folded: &str) -> u32 {
    let mut score = name_score(name, folded);
    let sex = child.sex.filter(|sex| *sex != Sex::Unknown);
    if let Some(sex) = sex
        && case.sex != "unknown"
    {
        let same = serde_json::to_value(sex).is_ok_and(|sex| sex == case.sex);
        score = if same {
            score + 5
        } else {
            score.saturating_sub(20)
        };
    }
    if let (Some(year), Some(known)) = (child.birth_year, case.birth_year) {
        score = match known.abs_diff(i64::from(year)) {
            0 => score + 15,
            1 => score + 10,
            2 if case.birth_estimated => score + 5,
            _ => score.saturating_sub(25),
        };
    }
    let near = |unit: &String| {
        let of_case = [case.residence_unit.as_ref(), Some(&case.incident_unit)];
        of_case.into_iter().flatten().any(|other| other == unit)
    };
    if child.units.iter().any(near) {
        score += 15;
    }
    score.min(99)
}

/// How near two folded names are: the same, the same words in another order, or without a middle
/// name that the other has.
fn name_score(one: &str, other: &str) -> u32 {
    if one == other {
        return 65;
    }
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (sorted(one), sorted(other));
    if a == b {
        return 60;
    }
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let contained = short.len() >= 2 && short.iter().all(|word| long.contains(word));
    let given = |name: &str| name.split_whitespace().last().map(str::to_owned);
    match (contained, given(one) == given(other)) {
        (true, true) => 52,
        (true, false) => 40,
        // One word was typed wrong or misheard.
        (false, true) if a.len() == b.len() && a.len() >= 3 => {
            let shared = a.iter().filter(|word| b.contains(word)).count();
            if shared + 1 == a.len() { 40 } else { 0 }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::name_score;

    #[test]
    fn names_are_near_in_another_order_or_without_a_middle_name() {
        assert_eq!(name_score("nguyen thi thu", "nguyen thi thu"), 65);
        assert_eq!(name_score("thu nguyen thi", "nguyen thi thu"), 60);
        assert_eq!(name_score("nguyen thu", "nguyen thi thu"), 52);
        assert_eq!(name_score("nguyen van thu", "nguyen thi thu"), 40);
        assert_eq!(name_score("tran van thu", "nguyen thi thu"), 0);
        assert_eq!(name_score("nguyen thi thu", "nguyen thi ha"), 0);
    }
}
