//! Who may see and who may decide: users with their passwords, sessions, and what ties a form to the one who was given it.

mod login;
mod sessions;
mod users;

pub(crate) use login::{Address, Attempts};
pub(crate) use sessions::{Sessions, Stamp};
pub use users::{Role, USERS, User, users_from_json, users_to_json};

/// Bytes nobody can guess.
pub(crate) fn secret() -> Result<[u8; 32], crate::Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| crate::Fault::failed(format!("the system gives no random bytes: {e}")))?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
