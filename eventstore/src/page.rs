//! What the events of one page share, so that it is made once: most of them have the same few actors
//! and types.

use std::collections::HashMap;
use std::sync::Arc;

use crate::envelope::Actor;

/// Actors and event types met so far.
#[derive(Default)]
pub(crate) struct Shared {
    actors: HashMap<Box<str>, Arc<Actor>>,
    types: HashMap<Box<str>, Arc<str>>,
}

impl Shared {
    /// The actor of that JSON; none when it is not readable.
    pub(crate) fn actor(&mut self, json: &str) -> Option<Arc<Actor>> {
        if let Some(actor) = self.actors.get(json) {
            return Some(Arc::clone(actor));
        }
        let actor: Arc<Actor> = Arc::new(serde_json::from_str(json).ok()?);
        self.actors.insert(json.into(), Arc::clone(&actor));
        Some(actor)
    }

    /// The type of that name.
    pub(crate) fn event_type(&mut self, name: &str) -> Arc<str> {
        if let Some(shared) = self.types.get(name) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = name.into();
        self.types.insert(name.into(), Arc::clone(&shared));
        shared
    }
}
