//! The behaviour suite on PostgreSQL.

use eventstore::behaviour::World;
use eventstore::testing::Cluster;

async fn world() -> World {
    World::new(Cluster::shared().fresh_database().await, ()).await
}

eventstore::behaviour_suite!(world);
