//! The behaviour suite on SQLite.

use eventstore::behaviour::World;
use eventstore::testing::SqliteFile;

async fn world() -> World {
    let file = SqliteFile::new();
    World::new(file.url(), file).await
}

eventstore::behaviour_suite!(world);
