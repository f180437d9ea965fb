//! How often someone may try a password.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wrong passwords in a quarter of an hour after which no more is looked at: for one name, and from one address.
const OF_NAME: usize = 10;
const OF_ADDRESS: usize = 30;
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Names and addresses that are remembered.
const MOST: usize = 10_000;

/// The network address that a connection comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address(pub(crate) IpAddr);

/// Wrong passwords of the last while, by name and by address.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Vec<Instant>>>);

impl Attempts {
    /// Notes an attempt, before the password is looked at so that many at once count too. `false`: there were too many.
    pub(crate) fn begin(&self, name: &str, from: IpAddr) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let is_recent = |at: &Instant| now.duration_since(*at) < WINDOW;
        if all.len() >= MOST {
            all.retain(|_, times| times.iter().any(is_recent));
        }
        let [own, of_address] = keys(name, from);
        let limits = [(own, OF_NAME), (of_address, OF_ADDRESS)];
        let is_full = |(key, most): &(String, usize)| {
            all.get(key).is_some_and(|t| t.iter().filter(|at| is_recent(at)).count() >= *most)
        };
        // where too many are remembered, nobody new gets in: that is an attack
        if limits.iter().any(is_full) || all.len() >= MOST {
            return false;
        }
        for (key, _) in limits {
            let times = all.entry(key).or_default();
            times.retain(is_recent);
            times.push(now);
        }
        true
    }

    /// The password was right: the attempts of this name count no more.
    pub(crate) fn succeeded(&self, name: &str, from: IpAddr) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [own, of_address] = keys(name, from);
        all.remove(&own);
        if let Some(times) = all.get_mut(&of_address) {
            times.pop();
        }
    }
}

fn keys(name: &str, from: IpAddr) -> [String; 2] {
    [format!("name {name}"), format!("from {from}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_ends_and_a_right_password_clears_the_name() {
        let (attempts, here) = (Attempts::default(), IpAddr::from([127, 0, 0, 1]));
        for _ in 0..OF_NAME - 1 {
            assert!(attempts.begin("Ann", here));
        }
        attempts.succeeded("Ann", here);
        for _ in 0..OF_NAME {
            assert!(attempts.begin("Ann", here));
        }
        assert!(!attempts.begin("Ann", here), "from another address too");
        assert!(!attempts.begin("Ann", IpAddr::from([10, 0, 0, 1])));
        assert!(attempts.begin("Bob", here));
    }

    #[test]
    fn one_address_cannot_try_many_names() {
        let (attempts, here) = (Attempts::default(), IpAddr::from([10, 0, 0, 1]));
        let tried = (0..100).filter(|n| attempts.begin(&format!("user {n}"), here)).count();
        assert_eq!(tried, OF_ADDRESS);
        assert!(attempts.begin("user 99", IpAddr::from([10, 0, 0, 2])));
    }
}
