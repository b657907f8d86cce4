//! Passwords: argon2id, away from the async threads, a few at a time and each in memory that is used
//! again.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio::sync::Semaphore;

use super::AccessError;

/// How many passwords are hashed at the same time. Each takes about 19 MiB and one core.
const AT_ONCE: usize = 2;

/// The length of a hash, in bytes.
const LENGTH: usize = Params::DEFAULT_OUTPUT_LEN;

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// What nobody hashes in just now: not more than there are permits. Freed after each hash it
    /// would stay with the thread, and there are many threads.
    memory: Arc<Mutex<Vec<Memory>>>,
    /// Checked in place of a stored hash when there is no such account, so that both take as long.
    nobody: String,
}

impl Passwords {
    /// A hasher with argon2's recommended parameters.
    ///
    /// # Errors
    /// [`AccessError::Hash`].
    pub fn new() -> Result<Self, AccessError> {
        let nobody = written(&Argon2::default(), &[0; 16], &[0; LENGTH]);
        Ok(Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            memory: Arc::default(),
            nobody: nobody.ok_or(AccessError::Hash)?,
        })
    }

    /// The hash to store for `password`.
    ///
    /// # Errors
    /// [`AccessError::Hash`].
    pub async fn hash(&self, password: String) -> Result<String, AccessError> {
        self.blocking(move |memory| hash(password.as_bytes(), memory))
            .await?
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
            .blocking(move |memory| {
                let wrong = AccessError::StoredData {
                    table: "accounts",
                    column: "password_hash",
                };
                let stored = PasswordHash::new(&stored).map_err(|_| wrong)?;
                Ok::<_, AccessError>(fits(password.as_bytes(), &stored, memory).unwrap_or(false))
            })
            .await??;
        Ok(fits && known)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, AccessError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| AccessError::Hash)?;
        let idle = Arc::clone(&self.memory);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = lock().pop();
            let mut memory = taken.unwrap_or_default();
            let result = work(&mut memory);
            lock().push(memory);
            result
        })
        .await
        .map_err(|_| AccessError::Hash)
    }
}

/// What argon2 works in.
#[derive(Default)]
struct Memory(Vec<Block>);

impl Memory {
    /// As much as `argon2` wants. What is in it is overwritten before it is read.
    fn of(&mut self, argon2: &Argon2<'_>) -> &mut [Block] {
        self.0.resize(argon2.params().block_count(), Block::new());
        &mut self.0
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("Memory")
            .field(&self.0.len())
            .finish()
    }
}

fn hash(password: &[u8], memory: &mut Memory) -> Result<String, AccessError> {
    let argon2 = Argon2::default();
    let mut salt = [0; argon2::RECOMMENDED_SALT_LEN];
    OsRng
        .try_fill_bytes(&mut salt)
        .map_err(|_| AccessError::Randomness)?;
    let mut out = [0; LENGTH];
    argon2
        .hash_password_into_with_memory(password, &salt, &mut out, memory.of(&argon2))
        .map_err(|_| AccessError::Hash)?;
    written(&argon2, &salt, &out).ok_or(AccessError::Hash)
}

/// A hash as it is stored, with everything that is needed to check a password.
fn written(argon2: &Argon2<'_>, salt: &[u8], out: &[u8]) -> Option<String> {
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params()).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(Output::new(out).ok()?),
    };
    Some(hash.to_string())
}

/// None: that is no hash of argon2.
fn fits(password: &[u8], stored: &PasswordHash, memory: &mut Memory) -> Option<bool> {
    let argon2 = Argon2::new(
        Algorithm::try_from(stored.algorithm.as_str()).ok()?,
        stored
            .version
            .map_or(Ok(Version::default()), Version::try_from)
            .ok()?,
        Params::try_from(stored).ok()?,
    );
    let expected = stored.hash.as_ref()?;
    let mut out = [0; Output::MAX_LENGTH];
    let out = out.get_mut(..expected.len())?;
    argon2
        .hash_password_into_with_memory(password, stored.salt.as_ref()?, out, memory.of(&argon2))
        .ok()?;
    // Comparing two of this type takes as long whatever is in them.
    Some(*expected == Output::new(out).ok()?)
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

    /// As they were stored by `hash_password` of the crate argon2, which takes new memory each time.
    #[tokio::test]
    async fn hashes_from_before_still_fit_and_look_the_same() {
        use argon2::password_hash::{PasswordHasher, PasswordVerifier};

        let before = Argon2::default().hash_password(b"Xin ch\xc3\xa0o").unwrap();
        let before = before.to_string();
        let passwords = Passwords::new().unwrap();
        let verify = |p: &str, s: &str| passwords.verify(p.to_owned(), Some(s.to_owned()));
        assert!(verify("Xin chào", &before).await.unwrap());
        assert!(!verify("Xin chao", &before).await.unwrap());

        // Other parameters in between leave nothing behind.
        let other = Params::new(64, 3, 2, Some(24)).unwrap();
        let other = Argon2::new(Algorithm::Argon2i, Version::V0x10, other);
        let other = other.hash_password("khác".as_bytes()).unwrap().to_string();
        assert!(verify("khác", &other).await.unwrap());
        assert!(!verify("khac", &other).await.unwrap());
        assert!(verify("Xin chào", &before).await.unwrap());

        let now = passwords.hash("Xin chào".to_owned()).await.unwrap();
        let stored = PasswordHash::new(&now).unwrap();
        assert!(
            Argon2::default()
                .verify_password("Xin chào".as_bytes(), &stored)
                .is_ok()
        );
        let shape = |hash: &str| hash.split('$').map(str::len).collect::<Vec<_>>();
        assert_eq!(shape(&now), shape(&before));
        assert_eq!(
            now.rsplitn(3, '$').last(),
            Some("$argon2id$v=19$m=19456,t=2,p=1")
        );
        assert_eq!(now.rsplitn(3, '$').last(), before.rsplitn(3, '$').last());
        assert_ne!(now, passwords.hash("Xin chào".to_owned()).await.unwrap());
    }

    #[tokio::test]
    async fn however_many_sign_in_the_memory_is_that_of_two() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("một".to_owned()).await.unwrap();
        let verify = |word: &str| passwords.verify(word.to_owned(), Some(stored.clone()));
        let words = ["một", "hai", "ba", "một", "bốn", "một", "năm", "sáu"];
        let fit = futures::future::try_join_all(words.map(verify))
            .await
            .unwrap();
        for (word, fits) in words.into_iter().zip(fit) {
            assert_eq!(fits, word == "một", "{word}");
        }
        let memory = passwords.memory.lock().unwrap();
        assert!(memory.len() <= AT_ONCE);
        assert!(memory.iter().all(|blocks| blocks.0.len() == 19 * 1024));
    }

    #[test]
    fn generated_passwords_differ_and_are_easy_to_copy() {
        let (one, two) = (generate_password().unwrap(), generate_password().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 19);
        assert!(!one.contains(['l', '1', 'o', '0', '8']), "{one}");
    }
}
