//! Passwords: argon2id, away from the async threads, a few at a time.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio::sync::Semaphore;

use super::AccessError;

/// How many passwords are hashed at the same time. Each takes about 19 MiB and one core.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// Checked in place of a stored hash when there is no such account, so that both take as long.
    nobody: String,
}

impl Passwords {
    /// A hasher with argon2's recommended parameters.
    ///
    /// # Errors
    /// [`AccessError::Hash`].
    pub fn new() -> Result<Self, AccessError> {
        Ok(Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash(b"nobody")?,
        })
    }

    /// The hash to store for `password`.
    ///
    /// # Errors
    /// [`AccessError::Hash`].
    pub async fn hash(&self, password: String) -> Result<String, AccessError> {
        self.blocking(move || hash(password.as_bytes())).await?
    }

    /// Whether `password` belongs to `stored`. Without a stored hash it takes as long and says no.
    ///
    /// # Errors
    /// [`AccessError`] when the stored hash cannot be read.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, AccessError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        let fits = self
            .blocking(move || {
                let wrong = AccessError::StoredData {
                    table: "accounts",
                    column: "password_hash",
                };
                let hash = PasswordHash::new(&stored).map_err(|_| wrong)?;
                Ok::<_, AccessError>(
                    Argon2::default()
                        .verify_password(password.as_bytes(), &hash)
                        .is_ok(),
                )
            })
            .await??;
        Ok(fits && known)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccessError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| AccessError::Hash)?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(|_| AccessError::Hash)
    }
}

fn hash(password: &[u8]) -> Result<String, AccessError> {
    let hash = Argon2::default()
        .hash_password(password)
        .map_err(|_| AccessError::Hash)?;
    Ok(hash.to_string())
}

/// A password for a new account: four groups of four letters and digits that are hard to confuse
/// when read aloud or copied by hand (about 79 bits).
///
/// # Errors
/// [`AccessError::Randomness`].
pub fn generate_password() -> Result<String, AccessError> {
    const LETTERS: &[u8; 31] = b"abcdefghijkmnpqrstuvwxyz2345679";
    let mut password = String::with_capacity(19);
    while password.len() < 19 {
        if password.len() % 5 == 4 {
            password.push('-');
            continue;
        }
        let mut byte = [0_u8; 1];
        OsRng
            .try_fill_bytes(&mut byte)
            .map_err(|_| AccessError::Randomness)?;
        // 248 is the largest multiple of 31 in a byte: above it some letters would come more often.
        if byte[0] < 248 {
            password.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
        }
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("mật khẩu đúng".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        let verify = |p: &str, s| passwords.verify(p.to_owned(), s);
        assert!(verify("mật khẩu đúng", Some(stored.clone())).await.unwrap());
        assert!(!verify("mật khẩu sai", Some(stored)).await.unwrap());
        assert!(!verify("nobody", None).await.unwrap());
    }

    #[test]
    fn generated_passwords_differ_and_are_easy_to_copy() {
        let (one, two) = (generate_password().unwrap(), generate_password().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 19);
        assert!(!one.contains(['l', '1', 'o', '0', '8']), "{one}");
    }
}
