//! The web as a run meets it: what is left alone for a while, and how much of a feed is its turn.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rapporteur_capture::fetch::{Client, FetchError};

/// So many pages of a feed are fetched in a turn, and so long; then it is others' turn.
const TURN: (usize, SignedDuration) = (100, SignedDuration::from_mins(5));

/// So long a host is left alone that does not answer, and a page that failed for the moment: longer, so that a page that fails
/// each time stands in no other's way.
const HOST_ALONE: SignedDuration = SignedDuration::from_mins(10);
const PAGE_ALONE: SignedDuration = SignedDuration::from_hours(1);

/// The web, and when this is, for a run: pages that failed are left alone for a while, and so are hosts that do not answer.
pub struct Web<'a> {
    pub(super) client: &'a mut Client,
    pub(super) now: &'a dyn Fn() -> Timestamp,
    pub(super) every: SignedDuration,
    has_turns: bool,
    /// Pages and hosts that are left alone, until then.
    alone: BTreeMap<String, Timestamp>,
    /// Hosts of which a page took too long: of a second one, the host is what is slow.
    slow: BTreeSet<String>,
}

impl<'a> Web<'a> {
    /// Fetches by `client`; a feed that answers is to be asked again after `every`.
    pub fn new(client: &'a mut Client, now: &'a dyn Fn() -> Timestamp, every: SignedDuration) -> Self {
        Self { client, now, every, has_turns: false, alone: BTreeMap::new(), slow: BTreeSet::new() }
    }

    /// The same, where many feeds are followed: of a long one a part is fetched at a time ([`has_rest`](super::Fetched::has_rest)).
    pub fn in_turns(self) -> Self {
        Self { has_turns: true, ..self }
    }

    /// Whether a page is not to be asked for now.
    pub(super) fn leaves_alone(&self, page: &str) -> bool {
        let now = (self.now)();
        [page, &host(page)].into_iter().any(|what| self.alone.get(what).is_some_and(|until| *until > now))
    }

    /// A page failed for the moment.
    pub(super) fn failed(&mut self, page: &str, error: &FetchError) {
        let now = (self.now)();
        self.alone.retain(|_, until| *until > now);
        let mut leave = |what: String, long| self.alone.insert(what, now.checked_add(long).unwrap_or(Timestamp::MAX));
        leave(page.to_string(), PAGE_ALONE);
        let is_down = match error.refusal.code {
            "network" | "busy" => true,
            "timeout" => !self.slow.insert(host(page)),
            _ => false,
        };
        if is_down {
            leave(host(page), HOST_ALONE);
        }
    }
}

/// A feed's turn.
#[derive(Default)]
pub(super) struct Turn {
    started: Timestamp,
    asked: usize,
    /// Pages that were left alone.
    pub(super) passed: usize,
    /// Pages never seen that wait for the next turn.
    pub(super) rest: usize,
    /// Until when the feed's own server wants peace.
    pub(super) peace: Option<Timestamp>,
}

impl Turn {
    pub(super) fn starting(now: Timestamp) -> Self {
        Self { started: now, ..Self::default() }
    }

    /// Whether another page may be fetched in it.
    pub(super) fn may_ask(&mut self, web: &Web<'_>) -> bool {
        let (pages, time) = TURN;
        let may = !web.has_turns || (self.asked < pages && (web.now)().duration_since(self.started) <= time);
        self.asked += usize::from(may);
        may
    }
}

/// Host and port of an address.
pub(super) fn host(address: &str) -> String {
    let after = address.split_once("://").map_or("", |(_, after)| after);
    after.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use rapporteur_capture::fetch::{FetchConfig, Validators};

    use super::*;

    /// A page that failed is left alone longer than its host, so that the others of the host have their turn before it.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "an error of the network is had from this machine")]
    fn pages_that_fail_and_hosts_that_do_not_answer_are_left_alone_for_a_while() {
        let mut config = FetchConfig::default();
        config.allow_private = true;
        let mut client = Client::new(config);
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut error = client.get(&format!("http://{closed}/"), &Validators::default()).unwrap_err();
        assert_eq!(error.refusal.code, "network");
        let now: Cell<Timestamp> = Cell::new("2025-03-04T10:00:00Z".parse().unwrap());
        let clock = || now.get();
        let mut web = Web::new(&mut client, &clock, SignedDuration::from_mins(15));
        let [first, second, third] = ["a", "b", "c"].map(|page| format!("https://news.example.org/{page}"));
        web.failed(&first, &error);
        assert!(web.leaves_alone(&first) && web.leaves_alone(&second) && !web.leaves_alone("https://example.com/a"));
        now.set(now.get() + SignedDuration::from_mins(11));
        assert!(web.leaves_alone(&first) && !web.leaves_alone(&second));
        now.set(now.get() + SignedDuration::from_mins(50));
        assert!(!web.leaves_alone(&first));
        // one slow page may be slow alone, and a page that its server fails at says nothing of others
        for (code, page, is_down) in [("server", &first, false), ("timeout", &first, false), ("timeout", &second, true)]
        {
            error.refusal.code = code;
            web.failed(page, &error);
            assert_eq!(web.leaves_alone(&third), is_down, "{code}");
        }
    }
}
