//! The accounts to sign in with.

use std::sync::Arc;

use chrono::Days;
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{Database, EventStore};

use super::DemonstrationError;
use super::officers::{ACCOUNTS, CHAIR, DEPUTY, agency};
use crate::access::{AccessError, Account, Passwords, account};
use crate::application::{NewDeputy, PostBook, Sender};
use crate::ids::RandomIds;
use crate::language::Language;

/// The password of every demonstration account. It protects nothing but invented data.
pub const PASSWORD: &str = "noi-demo";

/// For so many days after the last instant told of, the deputy stands in for the chair.
const DEPUTY_DAYS: u64 = 12;

/// Makes [`ACCOUNTS`] in these units, whose officers act in the data of the same `seed` and `until`, and one of
/// them the deputy of a chair from `until` on.
///
/// # Errors
/// Where one exists already or the database does not answer.
pub async fn create_accounts(
    store: &EventStore,
    units: &Arc<Units>,
    seed: u64,
    until: Instant,
) -> Result<(), DemonstrationError> {
    let database = store.database();
    // The password is the same and known to all: one hash does for all of them.
    let password_hash = Passwords::new()?.hash(PASSWORD.to_owned()).await?;
    let made_at = super::since(until);
    for demo in &ACCOUNTS {
        let new = Account {
            id: demo.id(seed, made_at),
            username: demo.username.to_owned(),
            password_hash: password_hash.clone(),
            display_name: demo.name.to_owned(),
            role: demo.role,
            unit: demo.unit.to_owned(),
            agency: agency(units, demo.role, demo.unit, until),
            language: Language::default(),
            disabled_at: None,
            created_at: made_at.utc(),
        };
        account::create(database, &new).await?;
    }
    let deputy = find(database, DEPUTY).await?;
    let chair = find(database, CHAIR).await?;
    let last = until.date() + Days::new(DEPUTY_DAYS);
    let new = NewDeputy {
        from: None,
        until: Some(Instant::end_of(last)),
        act: "12/QĐ-UBND".to_owned(),
    };
    PostBook::new(store, &RandomIds, units, until.utc())
        .substitute(&deputy, &chair, new, Sender::System)
        .await?;
    Ok(())
}

async fn find(database: &Database, username: &str) -> Result<Account, AccessError> {
    let found = account::find(database, username).await?;
    found.ok_or(AccessError::NoSuchAccount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_officers_of_the_data_can_sign_in() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/noi.db", folder.path().display());
        let database = Database::connect(&url).await.unwrap();
        database.migrate().await.unwrap();
        let until = Instant::parse("2026-11-24T09:40:00+07:00").unwrap();
        let (store, units) = (EventStore::open(database.clone()), Units::shipped());
        create_accounts(&store, units, 5, until).await.unwrap();

        let passwords = Passwords::new().unwrap();
        let told = super::super::generate(units, 5, 60, until).unwrap();
        let acted = |id| {
            told.iter()
                .flat_map(|case| &case.steps)
                .any(|step| step.actor.officer == Some(id))
        };
        for demo in &ACCOUNTS {
            let found = account::find(&database, demo.username)
                .await
                .unwrap()
                .unwrap();
            assert!(
                passwords
                    .verify(PASSWORD.to_owned(), Some(found.password_hash))
                    .await
                    .unwrap()
            );
            let tells = demo.username.ends_with(".hoanlao") && demo.username != DEPUTY;
            if tells && demo.role.name().starts_with("commune") {
                assert!(acted(found.id), "{}", demo.username);
            }
        }
        assert!(create_accounts(&store, units, 5, until).await.is_err());
        let deputy = find(&database, DEPUTY).await.unwrap();
        let posts = crate::access::posts::of(&database, deputy.id).await;
        let posts = posts.unwrap();
        let held = posts.at(until);
        assert_eq!(held.substitutions[0].role.name(), "commune-chair");
    }
}
