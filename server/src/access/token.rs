//! Secret tokens: 256 random bits, stored only as their SHA-256.

use std::fmt;

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use super::AccessError;

/// A random secret as the browser or the program holds it: 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new random token.
    ///
    /// # Errors
    /// [`AccessError::Randomness`].
    pub fn random() -> Result<Self, AccessError> {
        let mut bytes = [0_u8; 32];
        OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|_| AccessError::Randomness)?;
        Ok(Self(hex(&bytes)))
    }

    /// A token that came with a request, if it has the right shape.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shape = text.len() == 64
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        shape.then(|| Self(text.to_owned()))
    }

    /// What is stored in place of the token.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    /// Another secret that follows from this one for `purpose`, and does not lead back.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(purpose.as_bytes());
        hasher.update([0]);
        hasher.update(self.0.as_bytes());
        hex(&hasher.finalize())
    }

    /// The token itself, to hand it to its owner. Never log it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_never_printed() {
        let token = Token::random().unwrap();
        assert_eq!(Token::parse(token.reveal()).unwrap(), token);
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert_eq!(Token::parse("short"), None);
        assert_ne!(token.derive("form"), token.derive("other"));
    }
}
