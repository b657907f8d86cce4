//! The personal number (số định danh cá nhân): 12 digits, no check digit. The prefix is the place
//! of registration, not of residence; the number is an attribute of a child, never its key.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// A personal number of the right shape (Decree 137/2015, art. 13): 12 digits, of which the fourth
/// tells sex and century of birth (0 to 3 for everyone born before 2100).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PersonalId(String);

impl PersonalId {
    /// Checks the shape of a number.
    ///
    /// # Errors
    /// `personal-id` when it is not 12 ASCII digits or the fourth is above 3.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if digits && text.as_bytes()[3] <= b'3' {
            Ok(Self(text.to_owned()))
        } else {
            Err("personal-id")
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PersonalId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

described!(PersonalId, {
    "type": "string",
    "pattern": "^\\s*[0-9]{3}[0-3][0-9]{8}\\s*$",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_shape_is_taken() {
        assert!(PersonalId::parse(" 044214001234 ").is_ok());
        assert!(PersonalId::parse("044914001234").is_err());
        assert!(PersonalId::parse("04421400123").is_err());
        assert!(PersonalId::parse("04421400123٣").is_err());
    }
}
