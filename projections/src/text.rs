//! A text in a row. A case has hundreds of them, and nearly all are short: those stand in the row itself,
//! so that nobody has to find memory for each.

use serde::{Serialize, Serializer};

/// The most bytes of a text that stands in the row itself.
const SHORT: usize = 38;

/// A text in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text(Kept);

/// Which of the two follows from the length alone, so that equal texts are kept in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Short(u8, [u8; SHORT]),
    Long(Box<str>),
}

impl Text {
    /// Its bytes in UTF-8.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Kept::Short(length, bytes) => &bytes[..usize::from(*length)],
            Kept::Long(text) => text.as_bytes(),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // They were a text when they were put there.
            Kept::Short(..) => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Kept::Long(text) => text,
        }
    }

    fn short(text: &str) -> Option<Kept> {
        let length = u8::try_from(text.len()).ok()?;
        let mut bytes = [0; SHORT];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Kept::Short(length, bytes))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Self::short(text).unwrap_or_else(|| Kept::Long(text.into())))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Self::short(&text).unwrap_or_else(|| Kept::Long(text.into())))
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_itself_however_it_is_kept(text in ".{0,60}") {
            let (borrowed, owned) = (Text::from(text.as_str()), Text::from(text.clone()));
            prop_assert_eq!(borrowed.as_str(), &text);
            prop_assert_eq!(borrowed.as_bytes(), text.as_bytes());
            prop_assert_eq!(borrowed, owned);
        }
    }
}
