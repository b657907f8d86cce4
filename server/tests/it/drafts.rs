//! Drafts: kept, cleared away, and in their order whatever the way does to them; on both databases.

use chrono::Duration;
use server::clock::Clock;
use server::pages::form::Values;
use server::pages::form::draft::{self, Key, Saving};

use crate::support::TestServer;

fn named(name: &str) -> Values {
    [("child.name", name), ("_page", "p"), ("_saving", "1")]
        .into_iter()
        .collect()
}

pub async fn are_kept_and_cleared(server: &TestServer) {
    let account = server.account("lan").await;
    let (database, now) = (&server.state.database, server.clock.now());
    let key = Key::new(account.id, None, "receive-report");
    for name in ["Ánh", "Bình"] {
        let values = named(name);
        let saving = Saving::by_script(&values);
        draft::save(database, &key, &values, &saving, now)
            .await
            .unwrap();
    }
    let kept = draft::load(database, &key).await.unwrap().unwrap();
    assert_eq!(kept.values.first("child.name"), "Bình");
    assert_eq!(kept.values.get("_page"), None, "what is of the page goes");
    draft::clear_old(database, now + draft::LIFE).await.unwrap();
    assert!(draft::load(database, &key).await.unwrap().is_some());
    draft::clear_old(database, now + draft::LIFE + Duration::seconds(2))
        .await
        .unwrap();
    assert!(draft::load(database, &key).await.unwrap().is_none());
}

pub async fn keep_their_order(server: &TestServer) {
    let account = server.account("lan").await;
    let (database, now) = (&server.state.database, server.clock.now());
    let key = Key::new(account.id, None, "receive-report");
    let save = async |name: &str, page: &str, place| {
        let page = page.to_owned();
        let saving = Saving { page, place };
        draft::save(database, &key, &named(name), &saving, now)
            .await
            .unwrap();
    };
    let kept = async || {
        let draft = draft::load(database, &key).await.unwrap();
        draft.map(|draft| draft.values.first("child.name").to_owned())
    };
    save("Hai", "one", 2).await;
    save("Một", "one", 1).await;
    assert_eq!(kept().await.as_deref(), Some("Hai"), "the older came late");
    save("Ba", "two", 1).await;
    assert_eq!(kept().await.as_deref(), Some("Ba"), "another page");

    // Sent: nothing of that page brings it back, another page begins anew.
    let sent: Values = [("_page", "two")].into_iter().collect();
    draft::clear(database, &key, &sent, now).await.unwrap();
    save("Bốn", "two", 9).await;
    assert_eq!(kept().await, None);
    save("Năm", "three", 1).await;
    assert_eq!(kept().await.as_deref(), Some("Năm"));
}

#[tokio::test]
async fn drafts_are_kept_and_cleared_on_sqlite() {
    are_kept_and_cleared(&TestServer::start().await).await;
}

#[tokio::test]
async fn savings_of_a_draft_keep_their_order_on_sqlite() {
    keep_their_order(&TestServer::start().await).await;
}
