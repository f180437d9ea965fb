//! Sessions: who is logged in, by a cookie that only the browser and we know. They live in memory: who stops the server ends
//! them all.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{hex, secret};
use crate::Fault;

/// How long a session lasts, and how many there can be.
pub(super) const LASTS: Duration = Duration::from_secs(12 * 60 * 60);
const MOST: usize = 1000;

/// Who is logged in.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<blake3::Hash, Session>>);

struct Session {
    user: String,
    since: Instant,
}

impl Sessions {
    /// A new session; what its cookie is to hold.
    pub(crate) fn begin(&self, user: &str) -> Result<String, Fault> {
        let token = hex(&secret()?);
        let mut all = self.all();
        all.retain(|_, s| s.since.elapsed() < LASTS);
        if all.len() >= MOST
            && let Some(oldest) = all.iter().min_by_key(|(_, s)| s.since).map(|(t, _)| *t)
        {
            all.remove(&oldest);
        }
        all.insert(blake3::hash(token.as_bytes()), Session { user: user.to_string(), since: Instant::now() });
        Ok(token)
    }

    /// Whose session this is, where it still lasts.
    pub(crate) fn user(&self, token: &str) -> Option<String> {
        let all = self.all();
        let session = all.get(&blake3::hash(token.as_bytes()))?;
        (session.since.elapsed() < LASTS).then(|| session.user.clone())
    }

    /// Ends one.
    pub(crate) fn end(&self, token: &str) {
        self.all().remove(&blake3::hash(token.as_bytes()));
    }

    fn all(&self) -> MutexGuard<'_, HashMap<blake3::Hash, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is put into every form, so that only pages of ours can send one: a keyed digest of the session, or of nothing where
/// nobody need log in. Other sites can make a browser send a form, but cannot read our pages.
pub(crate) struct Stamp([u8; 32]);

impl Stamp {
    pub(crate) fn new() -> Result<Self, Fault> {
        Ok(Self(secret()?))
    }

    pub(crate) fn of(&self, session: &str) -> String {
        blake3::keyed_hash(&self.0, session.as_bytes()).to_hex().to_string()
    }

    /// Whether a form has the stamp of its session; compared in constant time.
    pub(crate) fn is_of(&self, session: &str, written: &str) -> bool {
        let own = blake3::keyed_hash(&self.0, session.as_bytes());
        blake3::Hash::from_hex(written).is_ok_and(|given| given == own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_known_by_its_token_alone_and_ends() {
        let sessions = Sessions::default();
        let (ann, bob) = (sessions.begin("Ann").unwrap(), sessions.begin("Bob").unwrap());
        assert_eq!(
            (ann.len(), sessions.user(&ann).as_deref(), sessions.user(&bob).as_deref()),
            (64, Some("Ann"), Some("Bob"))
        );
        sessions.end(&ann);
        assert_eq!((sessions.user(&ann), sessions.user(""), sessions.user(&bob).is_some()), (None, None, true));
    }

    #[test]
    fn there_are_never_more_than_so_many() {
        let sessions = Sessions::default();
        for _ in 0..MOST + 5 {
            sessions.begin("Ann").unwrap();
        }
        assert_eq!(sessions.all().len(), MOST);
    }

    #[test]
    fn a_stamp_is_of_one_session_of_one_server() {
        let (stamp, other) = (Stamp::new().unwrap(), Stamp::new().unwrap());
        assert!(stamp.is_of("a", &stamp.of("a")));
        assert!(!stamp.is_of("b", &stamp.of("a")) && !other.is_of("a", &stamp.of("a")) && !stamp.is_of("a", "x"));
    }
}
