//! Short names from a closed set, such as those of rules: kept once however often they are read back.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Bytes of the longest label.
const LONGEST: usize = 100;
/// The most labels a process keeps: the rules of all versions are some hundreds.
const MOST: usize = 10_000;

static LABELS: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);

/// The one copy of this label, which lasts as long as the process: the name of a rule or the code of a note, read back
/// from where it was kept. `None` for what is no label: longer than 100 bytes, or one of more than 10,000.
///
/// ```
/// # use rapporteur_text::label;
/// assert_eq!(label("position.verb.v1"), Some("position.verb.v1"));
/// assert_eq!(label(&"x".repeat(101)), None);
/// ```
pub fn label(written: &str) -> Option<&'static str> {
    let mut labels = LABELS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = labels.get(written) {
        return Some(known);
    }
    if written.len() > LONGEST || labels.len() >= MOST {
        return None;
    }
    let kept: &'static str = Box::leak(written.into());
    labels.insert(kept);
    Some(kept)
}
