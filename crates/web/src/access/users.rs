//! Users, their roles and the digests of their passwords.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use serde_json::{Value, json};

use crate::Fault;

/// Name of the file of users, in the dossier folder.
pub const USERS: &str = "users.json";

/// Number of its format.
const SCHEMA: u64 = 1;
/// Least and most bytes of a password, and most letters of a name.
const SHORTEST: usize = 10;
const LONGEST: usize = 1024;
const LONGEST_NAME: usize = 64;
/// Memory (kB), passes and lanes: what OWASP asks for Argon2id at the least.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// See everything.
    Reader,
    /// Decide as well.
    Reviewer,
}

impl Role {
    /// As written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
        }
    }

    /// The role of this name.
    pub fn from_written(written: &str) -> Option<Self> {
        [Self::Reader, Self::Reviewer].into_iter().find(|r| r.as_str() == written)
    }
}

/// Someone who may log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// His or her name, as it stands in the log.
    pub name: String,
    /// What he or she may do.
    pub role: Role,
    /// Argon2id of the password, as a PHC string.
    digest: String,
}

impl User {
    /// A user with a password.
    ///
    /// # Errors
    /// Where the name is empty, too long or has controls, or the password is shorter than ten bytes.
    pub fn new(name: &str, role: Role, password: &str) -> Result<Self, Fault> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Fault::wrong(format!("a name has 1 to {LONGEST_NAME} letters and no controls")));
        }
        if !(SHORTEST..=LONGEST).contains(&password.len()) {
            return Err(Fault::wrong(format!("a password has {SHORTEST} to {LONGEST} bytes")));
        }
        let salt = super::secret()?;
        let salt = salt.get(..16).unwrap_or_default();
        let digest: PasswordHash = digester()?.hash_password_with_salt(password.as_bytes(), salt).map_err(failed)?;
        Ok(Self { name: name.to_string(), role, digest: digest.to_string() })
    }

    /// Whether this is the password. It takes as long as it is meant to.
    pub(crate) fn is_password(&self, password: &str) -> bool {
        is_of(&self.digest, password)
    }

    /// Takes as long as looking at a password, where nobody has the name.
    pub(crate) fn nobody(password: &str) {
        let (memory, passes, lanes) = COST;
        let salt = "AAAAAAAAAAAAAAAAAAAAAA";
        let digest = format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${}", "A".repeat(43));
        is_of(&digest, password);
    }
}

fn is_of(digest: &str, password: &str) -> bool {
    let Ok(digest) = PasswordHash::new(digest) else { return false };
    password.len() <= LONGEST && Argon2::default().verify_password(password.as_bytes(), &digest).is_ok()
}

fn digester() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::failed(format!("failed to make a digest of the password: {error}"))
}

/// The file of users.
pub fn users_to_json(users: &[User]) -> String {
    let one = |u: &User| json!({"name": u.name, "role": u.role.as_str(), "password": u.digest});
    let all: Vec<Value> = users.iter().map(one).collect();
    serde_json::to_string_pretty(&json!({"schema": SCHEMA, "users": all})).unwrap_or_default() + "\n"
}

/// What [`users_to_json`] wrote.
///
/// # Errors
/// What is wrong with it.
pub fn users_from_json(written: &str) -> Result<Vec<User>, Fault> {
    let wrong = |what: &str| Fault::failed(format!("the file of users `{USERS}` cannot be read: {what}"));
    let value: Value = serde_json::from_str(written).map_err(|e| wrong(&e.to_string()))?;
    if value["schema"] != SCHEMA {
        return Err(wrong("it is of another version of the program"));
    }
    let one = |v: &Value| {
        let word = |key: &str| v[key].as_str().map(str::to_string);
        let (name, digest) = (word("name")?, word("password")?);
        PasswordHash::new(&digest).ok()?;
        Some(User { name, role: Role::from_written(v["role"].as_str()?)?, digest })
    };
    let all = value["users"].as_array().map(|all| all.iter().map(one).collect::<Option<Vec<_>>>());
    all.flatten().ok_or_else(|| wrong("a user has no name, role or password"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_stands_nowhere() {
        let user = User::new(" Ann ", Role::Reviewer, "correct horse").unwrap();
        assert_eq!(user.name, "Ann");
        let written = users_to_json(std::slice::from_ref(&user));
        assert!(!written.contains("horse") && written.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
        let read = users_from_json(&written).unwrap();
        assert_eq!(read, [user]);
        assert!(read[0].is_password("correct horse"));
        assert!(!read[0].is_password("correct horsf") && !read[0].is_password(""));
        let other = User::new("Ann", Role::Reader, "correct horse").unwrap();
        assert_ne!(other.digest, read[0].digest, "each has a salt of its own");
    }

    #[test]
    fn poor_names_and_passwords_are_refused() {
        for (name, password) in
            [("", "long enough"), ("A\u{7}", "long enough"), ("Ann", "short"), ("Ann", &"x".repeat(2000))]
        {
            assert!(User::new(name, Role::Reader, password).is_err(), "{name:?} {password:?}");
        }
        for file in [
            "",
            "{}",
            r#"{"schema":2,"users":[]}"#,
            r#"{"schema":1,"users":[{"name":"A","role":"king","password":"x"}]}"#,
        ] {
            assert!(users_from_json(file).is_err(), "{file}");
        }
    }
}
