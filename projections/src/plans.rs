//! How the databases read the lists: for every question of a list at a hundred thousand cases, with
//! statistics and without, the plan is read. It may neither look through a whole table nor put in order
//! what has no bound.

use std::cell::RefCell;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::identity::Role;
use domain::time::Instant;
use eventstore::testing::{Cluster, SqliteFile};
use eventstore::{Database, EventStore};
use sqlx::{AssertSqlSafe, Execute as _, QueryBuilder, Row as _};

use crate::checkpoint::{self, State};
use crate::error::RunError;
use crate::kinds;
use crate::model::Core;
use crate::models::Models;
use crate::sql::{Sql, Tx};
use crate::{CaseFilter, Group, Projections, Seen, WorkFilter};

/// How many cases the tables have rows of.
const CASES: i64 = 100_000;

/// In how many communes.
const COMMUNES: i64 = 50;

tokio::task_local! {
    /// The statements of a question, each with its plan.
    static PLANS: RefCell<Vec<(String, Vec<Line>)>>;
}

/// A line of a plan, and the line that it stands below.
#[derive(Debug, Clone)]
struct Line {
    id: i64,
    parent: i64,
    text: String,
}

/// The same statement, after its plan was noted down, where somebody wants to know it.
pub(crate) async fn explained(sql: Sql, models: &Models) -> Result<Sql, sqlx::Error> {
    if PLANS.try_with(|_| ()).is_err() {
        return Ok(sql);
    }
    let (sql, text, plan) = match (sql, &**models) {
        (Sql::Sqlite(mut builder), Database::Sqlite(sqlite)) => {
            let text = builder.sql().as_str().to_owned();
            let arguments = builder
                .build()
                .take_arguments()
                .map_err(sqlx::Error::Encode)?;
            let arguments = arguments.unwrap_or_default();
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
            let rows = sqlx::query_with(explain, arguments.clone())
                .fetch_all(&sqlite.read)
                .await?;
            let line = |row: &sqlx::sqlite::SqliteRow| Line {
                id: row.get(0),
                parent: row.get(1),
                text: row.get(3),
            };
            let plan = rows.iter().map(line).collect();
            let again = QueryBuilder::with_arguments(text.clone(), arguments);
            (Sql::Sqlite(again), text, plan)
        }
        (Sql::Postgres(mut builder), Database::Postgres(pool)) => {
            let text = builder.sql().as_str().to_owned();
            let arguments = builder
                .build()
                .take_arguments()
                .map_err(sqlx::Error::Encode)?;
            let arguments = arguments.unwrap_or_default();
            let explain = AssertSqlSafe(format!("EXPLAIN {text}"));
            let rows = sqlx::query_with(explain, arguments.clone())
                .fetch_all(pool)
                .await?;
            let lines = rows.iter().map(|row| row.get(0));
            let plan = below_each_other(lines.collect());
            let again = QueryBuilder::with_arguments(text.clone(), arguments);
            (Sql::Postgres(again), text, plan)
        }
        (sql, _) => return Ok(sql),
    };
    PLANS.with(|plans| plans.borrow_mut().push((text, plan)));
    Ok(sql)
}

/// The nodes of a plan of PostgreSQL, by how far they are moved in; what is said of a node joins it.
fn below_each_other(texts: Vec<String>) -> Vec<Line> {
    let mut plan: Vec<Line> = Vec::new();
    let mut above: Vec<(usize, i64)> = Vec::new();
    for text in texts {
        let deep = text.len() - text.trim_start().len();
        if text.contains("(cost=") || text.trim_start().starts_with("InitPlan") {
            above.retain(|(other, _)| *other < deep);
            let id = plan.len() as i64 + 1;
            let parent = above.last().map_or(0, |(_, id)| *id);
            above.push((deep, id));
            plan.push(Line { id, parent, text });
        } else if let Some(last) = plan.last_mut() {
            last.text.push_str(&text);
        }
    }
    plan
}

/// What is wrong with a plan; nothing, if it is as it should be.
fn fault(models: &Database, plan: &[Line], ordered: bool) -> Option<String> {
    match models {
        Database::Sqlite(_) => sqlite_fault(plan),
        Database::Postgres(_) => postgres_fault(plan, ordered),
    }
}

/// The names of the tables of lists in the statements.
const LISTS: [&str; 3] = ["l", "t", "k"];

/// The names of those in which single rows are looked up.
const ROWS: [&str; 4] = ["c", "w", "s", "o"];

fn sqlite_fault(plan: &[Line]) -> Option<String> {
    let is = |line: &Line, what: &str, names: &[&str]| {
        let mut words = line.text.split_whitespace();
        words.next() == Some(what) && words.next().is_some_and(|name| names.contains(&name))
    };
    // What was cut to a bound before, under the name of what it was cut from.
    let cut = |line: &Line| {
        let name = line.text.split_whitespace().nth(1).unwrap_or_default();
        let made =
            |other: &Line| is(other, "CO-ROUTINE", &[name]) || is(other, "MATERIALIZE", &[name]);
        plan.iter().any(made)
            || (name == "l" && plan.iter().any(|other| is(other, "MATERIALIZE", &["few"])))
    };
    for line in plan {
        if cut(line) {
            continue;
        }
        if is(line, "SCAN", &LISTS) || is(line, "SCAN", &ROWS) || is(line, "SCAN", &["n"]) {
            return Some(format!("a whole table is looked through: {}", line.text));
        }
        // Where a list is read, nothing beside it is put in order, but for what was cut before.
        if line.text == "USE TEMP B-TREE FOR ORDER BY" {
            let beside = |other: &&Line| other.parent == line.parent;
            let read = plan
                .iter()
                .filter(beside)
                .find(|other| is(other, "SEARCH", &LISTS));
            if let Some(read) = read {
                return Some(format!("put in order: {}", read.text));
            }
        }
    }
    None
}

fn postgres_fault(plan: &[Line], ordered: bool) -> Option<String> {
    // Those of counts are short.
    const TABLES: [&str; 5] = [
        "case_listing",
        "work_listing",
        "case_status",
        "case_status_term",
        "worklist",
    ];
    let table = |line: &Line| {
        let name = line
            .text
            .split(" on ")
            .nth(1)?
            .split_whitespace()
            .next()?
            .trim_end_matches(|letter: char| letter == '_' || letter.is_ascii_digit());
        TABLES.contains(&name).then_some(name.to_owned())
    };
    let looked_up = |line: &Line| {
        ["(opened_position = ", "(case_id = "]
            .iter()
            .any(|key| line.text.contains(key))
    };
    for line in plan {
        if line.text.contains("Seq Scan on") && table(line).is_some() {
            return Some(format!("a whole table is looked through: {}", line.text));
        }
        let sorts = line
            .text
            .trim_start()
            .trim_start_matches("->  ")
            .starts_with("Sort");
        if !sorts || !ordered {
            continue;
        }
        for other in plan.iter().filter(|other| table(other).is_some()) {
            if looked_up(other) {
                continue;
            }
            let mut cut = false;
            let mut at = other;
            while at.id != line.id && at.parent != 0 {
                cut |= at.text.contains("Limit");
                let Some(parent) = plan.iter().find(|one| one.id == at.parent) else {
                    break;
                };
                at = parent;
            }
            if at.id == line.id && !cut {
                return Some(format!("put in order: {}", other.text));
            }
        }
    }
    None
}

/// Generations that are live and empty.
pub(crate) async fn live(core: &Core) -> Result<(), RunError> {
    let models = &core.models;
    let mut tx = Tx::write(models).await?;
    for about in kinds::all() {
        let locked = checkpoint::lock(&mut tx, models, about.name).await?;
        let begun = checkpoint::begin(&mut tx, core, about, &locked, 0).await?;
        checkpoint::become_state(&mut tx, models, &begun, State::Live).await?;
    }
    tx.commit().await?;
    checkpoint::look_again(models).await?;
    Ok(())
}

/// Rows as a hundred thousand cases have them, without the cases.
async fn fill(projections: &Projections) {
    let models = projections.database();
    live(projections.core()).await.expect("generations");
    for statement in [
        "INSERT INTO @case_status (case_id, opened_position, number, search_text, people_text, sex
            , birth_estimated, incident_unit, holder_unit, status, stage, cycle, emergency, danger
            , harm_forms, received_at, recorded_at, version, position, open_obligations)
         SELECT {id}, n, '2024-' || n, ' nguyen thi ' || (n % 1000) || ' ' || n
            , ' nguyen thi ' || (n % 1000) || ' ' || n, 'female', {no}
            , 'c' || (n % {communes}), 'c' || (n % {communes}), 'open', 'received', 1, {no}, {no}, '[]'
            , {at}, {at}, 1, n, 1 FROM {numbers}",
        "INSERT INTO @case_status_term (case_id, opened_position, kind, term, text)
         SELECT {id}, n, 'word', term, ' nguyen thi ' || (n % 1000) || ' ' || n
           FROM {numbers} CROSS JOIN (SELECT 'nguyen' AS term UNION ALL SELECT 'thi' UNION ALL SELECT '~nguyen') AS terms
         UNION ALL SELECT {id}, n, 'word', CAST(n AS text), ' nguyen thi ' || (n % 1000) || ' ' || n FROM {numbers}
         UNION ALL SELECT {id}, n, 'word', '~' || n, ' nguyen thi ' || (n % 1000) || ' ' || n FROM {numbers}
         UNION ALL SELECT {id}, n, 'unit', '44', NULL FROM {numbers}",
        "INSERT INTO @case_listing (whose, opened_position, case_id, stage, status, emergency, forms, earliest_due, due_day)
         SELECT whose, n, {id}, 'stage' || (n % 7), CASE WHEN n % 3 = 0 THEN 'closed' ELSE 'open' END
              , {emergency}, ' violence ', {due}, CASE WHEN n % 4 = 0 THEN 738900 ELSE 0 END
           FROM (SELECT n, '44' AS whose FROM {numbers}
                 UNION ALL SELECT n, 'all' FROM {numbers}
                 UNION ALL SELECT n, 'c' || (n % {communes}) FROM {numbers}
                 UNION ALL SELECT n, '44 stage stage' || (n % 7) FROM {numbers}
                 UNION ALL SELECT n, '44 emergency' FROM {numbers} WHERE n % 10 = 0) AS rows_of_it",
        "INSERT INTO @case_count (whose, due_day, total)
         SELECT whose, due_day, count(*) FROM @case_listing GROUP BY whose, due_day",
        "INSERT INTO @worklist (case_id, ordinal, step, cycle, role, unit, opened_at, opened_by
            , opened_by_event, immediately, urgent, waived, unconfirmed, legal_basis, procedure, notes)
         SELECT {id}, 0, 'step' || (n % 9), 1, 'commune-officer', 'c' || (n % {communes}), {at}, '', {id}
            , {no}, {no}, {no}, {no}, '', '', '{}' FROM {numbers}",
        "INSERT INTO @work_listing (whose, class, at, number_order, ordinal, case_id, day, step, role, unit)
         SELECT whose, n % 14, {due_or_at}, n, 0, {id}, 738900, 'step' || (n % 9), 'commune-officer', 'c' || (n % {communes})
           FROM (SELECT n, 'in 44' AS whose FROM {numbers}
                 UNION ALL SELECT n, 'in 44 step' || (n % 9) FROM {numbers}
                 UNION ALL SELECT n, 'in c' || (n % {communes}) FROM {numbers}
                 UNION ALL SELECT n, 'by commune-officer{at_unit}' || (n % {communes}) FROM {numbers}) AS rows_of_it",
        "INSERT INTO @work_count (whose, class, day, total)
         SELECT whose, class, day, count(*) FROM @work_listing GROUP BY whose, class, day",
    ] {
        let sqlite = matches!(**models, Database::Sqlite(_));
        let words = |sqlite_word: &str, postgres_word: &str| {
            if sqlite { sqlite_word } else { postgres_word }.to_owned()
        };
        let statement = models.named(statement).expect("tables");
        let statement = statement
            .replace("{at_unit}", "@c")
            .replace("'{}'", "'EMPTY'")
            .replace("{id}", &words(
                "unhex(printf('%032x', n * 7919))",
                "lpad(to_hex(n * 7919), 32, '0')::uuid",
            ))
            .replace("{no}", &words("0", "false"))
            .replace("{emergency}", &words("n % 10 = 0", "n % 10 = 0"))
            .replace("{at}", &words("1709500000000000", "timestamptz '2024-03-04'"))
            .replace("{due}", &words(
                "CASE WHEN n % 4 = 0 THEN 1709500000000000 + n * 1000000 END",
                "CASE WHEN n % 4 = 0 THEN timestamptz '2024-03-04' + n * interval '1 second' END",
            ))
            .replace("{due_or_at}", &words(
                "1709500000000000 + n * 1000000",
                "timestamptz '2024-03-04' + n * interval '1 second'",
            ))
            .replace("{numbers}", &words(
                &format!("(WITH RECURSIVE all_of_them (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM all_of_them WHERE n < {CASES}) SELECT n FROM all_of_them) AS numbers"),
                &format!("(SELECT n::bigint AS n FROM generate_series(1, {CASES}) AS n) AS numbers"),
            ))
            .replace("{communes}", &COMMUNES.to_string())
            .replace("'EMPTY'", "'{}'");
        let statement = AssertSqlSafe(statement);
        match &**models {
            Database::Sqlite(sqlite) => {
                sqlx::query(statement).execute(&sqlite.write).await.expect("rows");
            }
            Database::Postgres(pool) => {
                sqlx::query(statement).execute(pool).await.expect("rows");
            }
        }
    }
}

fn case_filters() -> Vec<CaseFilter> {
    let now = Some(now());
    let mut filters = Vec::new();
    for seen in [
        Seen::All,
        Seen::Of(vec!["44".into()]),
        Seen::Of(vec!["c7".into()]),
    ] {
        let plain = CaseFilter {
            seen,
            ..CaseFilter::default()
        };
        let with = |change: &dyn Fn(&mut CaseFilter)| {
            let mut filter = plain.clone();
            change(&mut filter);
            filter
        };
        filters.extend([
            plain.clone(),
            with(&|filter| filter.stage = Some("stage3".into())),
            with(&|filter| filter.status = Some("closed".into())),
            with(&|filter| filter.emergency = Some(true)),
            with(&|filter| filter.emergency = Some(false)),
            with(&|filter| filter.form = Some("violence".into())),
            with(&|filter| filter.form = Some("neglect".into())),
            with(&|filter| filter.overdue_at = now),
            with(&|filter| filter.unit = Some("c9".into())),
            with(&|filter| filter.unit = Some("19111".into())),
            with(&|filter| filter.text = Some("77".into())),
            with(&|filter| filter.text = Some("nguyen 777".into())),
            with(&|filter| filter.text = Some("nguyen thi".into())),
            with(&|filter| {
                filter.people = true;
                filter.text = Some("nguyen 777".into());
            }),
            with(&|filter| {
                filter.people = true;
                filter.text = Some("nguyen".into());
            }),
            with(&|filter| {
                filter.stage = Some("stage3".into());
                filter.status = Some("open".into());
                filter.emergency = Some(true);
                filter.form = Some("violence".into());
                filter.overdue_at = now;
                filter.text = Some("nguyen".into());
            }),
        ]);
    }
    filters
}

fn work_filters() -> Vec<WorkFilter> {
    let commune = || Seen::Of(vec!["c7".into()]);
    let province = || Seen::Of(vec!["44".into()]);
    let of = |roles: Vec<Role>, units: Seen, seen: Seen, by_others: bool| WorkFilter {
        roles,
        units,
        seen,
        by_others,
        ..WorkFilter::default()
    };
    let (officer, chair) = (vec![Role::CommuneOfficer], vec![Role::CommuneChair]);
    let provincial = vec![Role::ProvincialOfficer];
    let mut filters = Vec::new();
    for plain in [
        of(officer.clone(), commune(), Seen::All, false),
        of(officer.clone(), commune(), commune(), false),
        of(officer, commune(), commune(), true),
        of(chair.clone(), commune(), Seen::All, false),
        of(chair, commune(), commune(), true),
        of(Vec::new(), commune(), commune(), false),
        of(provincial.clone(), province(), Seen::All, false),
        of(provincial, province(), province(), true),
        of(Vec::new(), Seen::All, province(), false),
    ] {
        let with = |change: &dyn Fn(&mut WorkFilter)| {
            let mut filter = plain.clone();
            change(&mut filter);
            filter
        };
        filters.extend([
            plain.clone(),
            with(&|filter| filter.step = Some("step3".into())),
            with(&|filter| filter.emergency = Some(true)),
            with(&|filter| filter.commune = Some("19111".into())),
            with(&|filter| filter.group = Some(Group::Overdue)),
            with(&|filter| filter.group = Some(Group::Danger)),
            with(&|filter| filter.text = Some("77".into())),
            with(&|filter| filter.text = Some("thi".into())),
            with(&|filter| {
                filter.emergency = Some(true);
                filter.text = Some("nguyen 7".into());
            }),
        ]);
    }
    filters
}

fn now() -> Instant {
    Instant::parse("2024-03-05T08:00:00+07:00").expect("an instant")
}

/// The plans of all questions, first pages and second ones; says what is wrong.
async fn faults(projections: &Projections) -> Vec<String> {
    let database = projections.database();
    let mut faults = Vec::new();
    let mut note = |about: String, plans: Vec<(String, Vec<Line>)>| {
        assert!(!plans.is_empty(), "{about}");
        for (text, plan) in plans {
            // What is only counted has no order.
            let ordered = text.contains("ORDER BY");
            if let Some(fault) = fault(database, &plan, ordered) {
                let plan: Vec<_> = plan.iter().map(|line| line.text.as_str()).collect();
                faults.push(format!("{about}\n{fault}\n{text}\n  {}", plan.join("\n  ")));
            }
        }
    };
    for filter in case_filters() {
        let plans = PLANS.scope(RefCell::default(), async {
            let first = projections
                .search_cases(&filter, None, 30)
                .await
                .expect("a page");
            if let Some(next) = &first.next {
                projections
                    .search_cases(&filter, Some(next), 30)
                    .await
                    .expect("a page");
            }
            PLANS.with(RefCell::take)
        });
        note(format!("{filter:?}"), plans.await);
    }
    for filter in work_filters() {
        let plans = PLANS.scope(RefCell::default(), async {
            let first = projections
                .worklist(&filter, now(), None, 25)
                .await
                .expect("a page");
            if let Some(next) = &first.page.next {
                projections
                    .worklist(&filter, now(), Some(next), 25)
                    .await
                    .expect("a page");
            }
            PLANS.with(RefCell::take)
        });
        note(format!("{filter:?}"), plans.await);
    }
    faults
}

/// A word that many cases have is looked for in the rows of a long list in their order: found are the rows of
/// the whole list that have it, and it is said that there are more.
async fn frequent_words_are_found_in_order(projections: &Projections) {
    let pages = async |text: Option<&str>, pages: usize| {
        let filter = WorkFilter {
            seen: Seen::Of(vec!["44".into()]),
            step: Some("step3".into()),
            text: text.map(str::to_owned),
            ..WorkFilter::default()
        };
        let (mut cursor, mut found) = (None, Vec::new());
        for _ in 0..pages {
            let page = projections.worklist(&filter, now(), cursor.as_deref(), 300);
            let page = page.await.expect("a page");
            found.extend(
                page.page
                    .items
                    .iter()
                    .map(|row| (row.group, row.case_number.clone())),
            );
            let counted = page.page.total > found.len() as i64 && !page.groups.is_empty();
            match text {
                None => assert!(counted && !page.page.at_least),
                Some(_) => assert!(page.page.at_least && page.groups.is_empty()),
            }
            assert!(text.is_none() || page.page.total == found.len() as i64);
            cursor = page.page.next;
            assert!(cursor.is_some());
        }
        found
    };
    let whole = pages(None, 20).await;
    assert!(whole.iter().any(|(group, _)| *group != whole[0].0));
    assert_eq!(pages(Some("thi"), 20).await, whole);
    let begins = |(_, number): &&(Group, String)| {
        let number = number.trim_start_matches("2024-");
        let n: i64 = number.parse().expect("a number");
        number.starts_with('7') || (n % 1000).to_string().starts_with('7')
    };
    let with_seven: Vec<_> = whole.iter().filter(begins).take(600).cloned().collect();
    assert_eq!(with_seven.len(), 600);
    assert_eq!(pages(Some("7 thi"), 2).await, with_seven);
}

async fn lists_are_read_in_their_order(url: &str) {
    let store = EventStore::connect(url).await.expect("a database");
    let projections = Projections::idle(store.clone(), Procedure::shipped(), Calendar::shipped());
    fill(&projections).await;
    for statistics in [false, true] {
        if statistics {
            crate::statistics::keep(projections.core())
                .await
                .expect("statistics");
        }
        let faults = faults(&projections).await;
        let many = faults.len();
        let shown: Vec<_> = faults.into_iter().take(3).collect();
        assert!(
            many == 0,
            "statistics: {statistics}, {many} faults\n{}",
            shown.join("\n\n")
        );
    }
    frequent_words_are_found_in_order(&projections).await;
    store.close().await;
}

#[tokio::test]
async fn sqlite_reads_lists_in_their_order_with_and_without_statistics() {
    let file = SqliteFile::new();
    lists_are_read_in_their_order(&file.url()).await;
}

#[tokio::test]
async fn postgres_reads_lists_in_their_order_with_and_without_statistics() {
    lists_are_read_in_their_order(&Cluster::shared().fresh_database().await).await;
}
