//! What is remembered of a host while the program runs: when it was last asked, until when it wants peace, what its
//! robots.txt allows.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use texting_robots::Robot;

use super::fetch::FetchError;

/// How long rules are remembered; RFC 9309 allows a day. That they could not be had is tried again sooner.
const KNOWN: Duration = Duration::from_secs(12 * 3600);
const FAILED: Duration = Duration::from_secs(300);

/// The longest that we do as `Crawl-delay` says.
const SLOWEST: f32 = 30.0;

/// The longest that we do as `Retry-After` says.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// What the host is given where it says that it is busy and not for how long.
const BUSY: Duration = Duration::from_secs(60);

/// What its robots.txt says to us.
pub(super) enum Rules {
    /// There is none.
    Free,
    /// These.
    Stated(Box<Robot>),
    /// It could not be had.
    Unknown(FetchError),
}

/// A host: scheme, name and port.
#[derive(Default)]
pub(super) struct Host {
    asked: Option<Instant>,
    until: Option<Instant>,
    rules: Option<(Instant, Rules)>,
}

impl Host {
    /// How long to wait before it may be asked, where it is asked once in `pause`, or as seldom as its rules want.
    pub(super) fn pause(&self, now: Instant, pause: Duration) -> Duration {
        let pause = pause.max(self.delay(now));
        self.asked.map_or(Duration::ZERO, |asked| (asked + pause).saturating_duration_since(now))
    }

    /// The time between two requests that its rules want.
    fn delay(&self, now: Instant) -> Duration {
        let Some(Rules::Stated(robot)) = self.rules(now) else { return Duration::ZERO };
        let seconds = robot.delay.unwrap_or_default().clamp(0.0, SLOWEST);
        Duration::try_from_secs_f32(seconds).unwrap_or_default()
    }

    /// How long it still wants peace.
    pub(super) fn peace(&self, now: Instant) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(now)).filter(|left| !left.is_zero())
    }

    /// It is asked now.
    pub(super) fn ask(&mut self, now: Instant) {
        self.asked = Some(now);
    }

    /// It wants peace for so long.
    pub(super) fn leave(&mut self, now: Instant, wait: Duration) {
        self.until = Some(now + wait);
    }

    /// What is remembered of its rules.
    pub(super) fn rules(&self, now: Instant) -> Option<&Rules> {
        let (since, rules) = self.rules.as_ref()?;
        let kept = if matches!(rules, Rules::Unknown(_)) { FAILED } else { KNOWN };
        (now.saturating_duration_since(*since) < kept).then_some(rules)
    }

    pub(super) fn learn(&mut self, now: Instant, rules: Rules) {
        self.rules = Some((now, rules));
    }
}

/// How long `Retry-After` asks to wait: seconds, or a date of HTTP.
pub(super) fn retry_after(header: Option<&str>, now: Timestamp) -> Duration {
    let Some(header) = header.map(str::trim) else { return BUSY };
    let wait = match header.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => jiff::fmt::rfc2822::parse(header)
            .ok()
            .map(|at| Duration::try_from(at.timestamp().duration_since(now)).unwrap_or(Duration::ZERO)),
    };
    wait.unwrap_or(BUSY).clamp(Duration::from_secs(1), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_asked_once_in_a_while() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut host = Host::default();
        assert_eq!(host.pause(start, second), Duration::ZERO);
        host.ask(start);
        assert_eq!(host.pause(start + second / 4, second), second * 3 / 4);
        assert_eq!(host.pause(start + second * 2, second), Duration::ZERO);
    }

    #[test]
    fn a_host_is_asked_as_seldom_as_its_rules_want() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        for (delay, seconds) in [("5", 5), ("0.5", 1), ("86400", 30), ("-3", 1), ("nan", 1), ("inf", 30), ("soon", 1)] {
            let rules = format!("User-agent: *\nCrawl-delay: {delay}\n");
            let robot = Robot::new("Rapporteur", rules.as_bytes()).unwrap();
            let mut host = Host::default();
            host.learn(start, Rules::Stated(Box::new(robot)));
            host.ask(start);
            assert_eq!(host.pause(start, second), second * seconds, "{delay}");
        }
    }

    #[test]
    fn a_busy_host_is_left_in_peace() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut host = Host::default();
        assert_eq!(host.peace(start), None);
        host.leave(start, second * 30);
        assert_eq!(host.peace(start + second * 10), Some(second * 20));
        assert_eq!(host.peace(start + second * 30), None);
        let now: Timestamp = "2025-03-04T10:00:00Z".parse().unwrap();
        for (header, seconds) in [
            (Some("120"), 120),
            (Some("Tue, 04 Mar 2025 10:05:00 GMT"), 300),
            (Some("Tue, 04 Mar 2025 09:05:00 GMT"), 1),
            (Some("99999999999"), 86_400),
            (Some("0"), 1),
            (Some("soon"), 60),
            (None, 60),
        ] {
            assert_eq!(retry_after(header, now).as_secs(), seconds, "{header:?}");
        }
    }
}
