//! Each text once, as a small number: hundreds of thousands of rows name a few hundred units.

use std::collections::HashMap;
use std::num::NonZeroU32;

/// The number of a text. It is never zero, so that having none takes no room of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(NonZeroU32);

/// All texts that are held.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: HashMap<String, Name>,
    texts: Vec<String>,
}

impl Names {
    /// The number of a text, which is given one unless it has one.
    pub fn number(&mut self, text: &str) -> Name {
        if let Some(name) = self.numbers.get(text) {
            return *name;
        }
        // Four thousand million different texts do not fit into memory.
        let number = u32::try_from(self.texts.len() + 1).unwrap_or(u32::MAX);
        let name = Name(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX));
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), name);
        name
    }

    /// The number of a text that is held.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.numbers.get(text).copied()
    }

    /// The text of a number.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(usize::from(name)).map_or("", String::as_str)
    }

    /// All texts, in the order of their numbers.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.texts.len()
    }
}

impl From<Name> for usize {
    /// Its place among all texts.
    fn from(name: Name) -> Self {
        name.0.get() as Self - 1
    }
}
