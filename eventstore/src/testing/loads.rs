//! How often streams are loaded.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::StreamId;

/// Counts the loads of streams through one store and its clones, see [`EventStore::counting`].
///
/// [`EventStore::counting`]: crate::EventStore::counting
#[derive(Debug, Default)]
pub struct Loads(Mutex<HashMap<StreamId, usize>>);

impl Loads {
    pub(crate) fn count(&self, stream: StreamId) {
        let mut loads = self.0.lock().expect("nothing panics while counting");
        *loads.entry(stream).or_default() += 1;
    }

    /// How often each stream was loaded since this was asked last.
    ///
    /// # Panics
    /// Where something panicked while counting.
    pub fn take(&self) -> HashMap<StreamId, usize> {
        std::mem::take(&mut *self.0.lock().expect("nothing panics while counting"))
    }
}
