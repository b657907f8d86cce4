//! The database that a sentence of the suite is tried on.

use std::any::Any;

use crate::EventStore;

/// A fresh, empty store, and what keeps its database alive.
pub struct World {
    /// The store.
    pub store: EventStore,
    /// The address of its database.
    pub url: String,
    /// Dropped at the end of the test.
    pub guard: Box<dyn Any + Send>,
}

impl World {
    /// Connects to the empty database at `url`, which is there as long as `guard` is.
    ///
    /// # Panics
    /// When the database cannot be opened.
    pub async fn new(url: String, guard: impl Any + Send) -> Self {
        let store = EventStore::connect(&url)
            .await
            .expect("the database can be opened");
        Self {
            store,
            url,
            guard: Box::new(guard),
        }
    }
}
