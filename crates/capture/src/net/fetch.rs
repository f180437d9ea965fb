//! One address fetched, within bounds and with good manners.
//!
//! Only http and https, and only from machines that the whole internet sees, unless [`FetchConfig::allow_private`] says
//! otherwise: every redirect is checked as the first address is, and a connection goes to the very number that was
//! checked. Size, time and redirects are bounded. A host is asked once a second or as seldom as its robots.txt wants
//! (`Crawl-delay`), left in peace as long as it asks (`Retry-After`), and not asked for what its robots.txt forbids.
//! Proxies are not used.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rapporteur_text::Moment;
use texting_robots::Robot;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::host::{Host, Rules, retry_after};
use super::place::{Checked, Private, is_of_link, is_this_machine, web_address};
use crate::{Capture, Config, Refusal, whole};

/// By this name robots.txt speaks of us; the version follows it in requests.
const NAME: &str = "Rapporteur";

const REDIRECTS: usize = 5;

/// So much of a robots.txt is read, as RFC 9309 has it.
const ROBOTS: usize = 500 * 1024;

/// The longest that a connection may take.
const CONNECT: Duration = Duration::from_secs(15);

/// The longest ETag or date that is kept.
const VALIDATOR: usize = 500;

const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, text/plain;q=0.8, application/pdf;q=0.7, */*;q=0.5";

/// How far a fetch may go.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FetchConfig {
    /// Whether machines of one's own network and this machine itself may be asked.
    pub allow_private: bool,
    /// The most bytes of an answer, unpacked. 16 MB unless set.
    pub limit: usize,
    /// The longest that an answer may take with all its redirects. A minute unless set.
    pub time: Duration,
    /// The least time between two requests to a host other than this machine. A second unless set.
    pub pause: Duration,
}

impl Default for FetchConfig {
    fn default() -> Self {
        let (time, pause) = (Duration::from_secs(60), Duration::from_secs(1));
        Self { allow_private: false, limit: 16_000_000, time, pause }
    }
}

/// By what a server tells whether something changed since it was fetched; "" where it did not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`
    pub etag: String,
    /// `Last-Modified`
    pub modified: String,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is as it was when these validators were given.
    Unchanged,
    /// This.
    Received(Received),
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Where it was found in the end, behind all redirects.
    pub address: String,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// Media type as the server named it, without parameters and in small letters; "" if it did not.
    pub media_type: String,
    /// Encoding as the server named it; "" if it did not.
    pub charset: String,
    /// By which it is asked for again.
    pub validators: Validators,
}

impl Received {
    /// The captures in it, with this time and its address: a page is one; what is no text is a refusal.
    ///
    /// # Errors
    /// Each item is its own outcome.
    pub fn captures(&self, at: Option<Moment>) -> Vec<Result<Capture, Refusal>> {
        whole::of_address(self, at, Config::default().limit)
    }
}

/// Why nothing was received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FetchError {
    /// What is said to the user. Codes: `address`, `private-address`, `forbidden`, `robots`, `missing`, `busy`, `server`,
    /// `network`, `timeout`, `redirects`, `too-large`, `wrong-type`.
    pub refusal: Box<Refusal>,
    /// Whether it may come out otherwise later.
    pub is_passing: bool,
    /// How long the server wants peace, where it said so.
    pub wait: Option<Duration>,
}

impl FetchError {
    fn new(address: &str, code: &'static str, why: impl fmt::Display) -> Self {
        Self { refusal: Box::new(Refusal::new(address, code, why)), is_passing: false, wait: None }
    }

    fn passing(address: &str, code: &'static str, why: impl fmt::Display) -> Self {
        Self { is_passing: true, ..Self::new(address, code, why) }
    }

    fn busy(address: &str, wait: Duration) -> Self {
        let why = format!("its server asks to be left in peace for {} s: try again after that", wait.as_secs().max(1));
        Self { wait: Some(wait), ..Self::passing(address, "busy", why) }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(f)
    }
}

impl std::error::Error for FetchError {}

/// Fetches addresses, and remembers its manners towards their hosts. This is the one thing here that opens sockets.
pub struct Client {
    agent: Agent,
    config: FetchConfig,
    hosts: BTreeMap<String, Host>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

/// What is fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// What the user wants, as far as the rules of its host allow it.
    Page,
    /// These rules.
    Rules,
}

/// Where a step of a fetch leads.
enum Step {
    To(Url),
    Done(Answer),
}

impl Client {
    /// A client that has asked nobody yet.
    pub fn new(config: FetchConfig) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .user_agent(format!("{NAME}/{}", env!("CARGO_PKG_VERSION")))
            .accept(ACCEPT)
            .build();
        let resolver = Checked::new(config.allow_private);
        Self { agent: Agent::with_parts(agent, DefaultConnector::default(), resolver), config, hosts: BTreeMap::new() }
    }

    /// What is at an address, or that it did not change since these validators were given.
    ///
    /// # Errors
    /// Where there is nothing to be had; the error names the address and what to do.
    pub fn get(&mut self, address: &str, known: &Validators) -> Result<Answer, FetchError> {
        let url = web_address(address).map_err(|why| FetchError::new(address, "address", why))?;
        self.follow(address, url, known, Wanted::Page)
    }

    /// Goes from redirect to redirect. What goes wrong is said of the address that was asked for.
    fn follow(&mut self, address: &str, mut at: Url, known: &Validators, wanted: Wanted) -> Result<Answer, FetchError> {
        let mut left = self.config.time;
        for _ in 0..=REDIRECTS {
            if wanted == Wanted::Page {
                self.obey(address, &at)?;
            }
            match self.step(address, &at, known, wanted, &mut left)? {
                Step::To(next) => at = next,
                Step::Done(answer) => return Ok(answer),
            }
        }
        let why = format!("it leads from redirect to redirect, more than {REDIRECTS} of them: check the address");
        Err(FetchError::new(address, "redirects", why))
    }

    fn step(
        &mut self,
        address: &str,
        at: &Url,
        known: &Validators,
        wanted: Wanted,
        left: &mut Duration,
    ) -> Result<Step, FetchError> {
        self.wait(address, at)?;
        let start = Instant::now();
        let mut request = self.agent.get(at.as_str()).config().timeout_global(Some(*left)).build();
        for (name, value) in [("if-none-match", &known.etag), ("if-modified-since", &known.modified)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let done = request
            .call()
            .map_err(|e| self.failed(address, &e))
            .and_then(|response| self.answer(address, at, response, wanted));
        *left = left.saturating_sub(start.elapsed());
        if left.is_zero() && done.is_ok() {
            return Err(self.late(address));
        }
        done
    }

    /// Waits until the host may be asked.
    fn wait(&mut self, address: &str, at: &Url) -> Result<(), FetchError> {
        let pause = if is_this_machine(at) { Duration::ZERO } else { self.config.pause };
        let host = self.hosts.entry(key(at)).or_default();
        if let Some(left) = host.peace(Instant::now()) {
            return Err(FetchError::busy(address, left));
        }
        std::thread::sleep(host.pause(Instant::now(), pause));
        host.ask(Instant::now());
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "a date in Retry-After is counted from now; nothing of it is kept")]
    fn answer(
        &mut self,
        address: &str,
        at: &Url,
        mut response: Response<Body>,
        wanted: Wanted,
    ) -> Result<Step, FetchError> {
        let headers = response.headers();
        let status = response.status().as_u16();
        match status {
            304 => return Ok(Step::Done(Answer::Unchanged)),
            200..=299 => {}
            301 | 302 | 303 | 307 | 308 => return redirect(address, at, headers).map(Step::To),
            429 | 503 => {
                let wait = retry_after(header(headers, "retry-after"), Timestamp::now());
                self.hosts.entry(key(at)).or_default().leave(Instant::now(), wait);
                return Err(FetchError::busy(address, wait));
            }
            _ => return Err(refused(address, status)),
        }
        let (media_type, charset) = content_type(header(headers, "content-type").unwrap_or_default());
        if ["image/", "video/", "audio/", "font/"].iter().any(|kind| media_type.starts_with(kind)) {
            let why = format!("it is `{media_type}`, no page: name the address of the page");
            return Err(FetchError::new(address, "wrong-type", why));
        }
        let validator = |name| header(headers, name).filter(|v| v.len() <= VALIDATOR).unwrap_or_default().to_string();
        let validators = Validators { etag: validator("etag"), modified: validator("last-modified") };
        let limit = if wanted == Wanted::Rules { ROBOTS } else { self.config.limit };
        let mut bytes = Vec::new();
        let body = response.body_mut().with_config().limit(u64::MAX).reader();
        let read = body.take(limit as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|e| self.failed(address, &ureq::Error::from(e)))?;
        if bytes.len() > limit && wanted == Wanted::Rules {
            // rules by halves are none
            let end = bytes[..limit].iter().rposition(|b| matches!(b, b'\n' | b'\r')).unwrap_or(0);
            bytes.truncate(end);
        }
        if bytes.len() > limit {
            let why = format!(
                "it is larger than {} kB, the most that is fetched: save what you need of it to a file",
                limit / 1000
            );
            return Err(FetchError::new(address, "too-large", why));
        }
        Ok(Step::Done(Answer::Received(Received { address: at.to_string(), bytes, media_type, charset, validators })))
    }

    /// Whether the rules of the host allow us this address.
    fn obey(&mut self, address: &str, at: &Url) -> Result<(), FetchError> {
        let key = key(at);
        if self.hosts.get(&key).and_then(|host| host.rules(Instant::now())).is_none() {
            let rules = self.rules(at);
            self.hosts.entry(key.clone()).or_default().learn(Instant::now(), rules);
        }
        match self.hosts.get(&key).and_then(|host| host.rules(Instant::now())) {
            Some(Rules::Stated(robot)) if !robot.allowed(at.as_str()) => {
                let why = "the robots.txt of its host forbids programs to fetch it: save the page in a browser and add the file";
                Err(FetchError::new(address, "robots", why))
            }
            Some(Rules::Unknown(error)) => {
                let said = error.refusal.message.trim_start_matches("failed to read ");
                let refusal = Refusal::new(
                    address,
                    error.refusal.code,
                    format!("the rules of its host are not to be had: {said}"),
                );
                Err(FetchError { refusal: Box::new(refusal), ..error.clone() })
            }
            _ => Ok(()),
        }
    }

    /// What the robots.txt of a host says. Where there is none, nothing is forbidden; where it cannot be had, all is.
    fn rules(&mut self, at: &Url) -> Rules {
        let Ok(place) = at.join("/robots.txt") else { return Rules::Free };
        let address = place.to_string();
        match self.follow(&address, place, &Validators::default(), Wanted::Rules) {
            Ok(Answer::Received(received)) => match Robot::new(NAME, &received.bytes) {
                Ok(robot) => Rules::Stated(Box::new(robot)),
                Err(_) => Rules::Unknown(FetchError::new(&address, "robots", "it cannot be understood")),
            },
            Ok(Answer::Unchanged) => Rules::Free,
            // whatever status of the client it is, there are no rules (RFC 9309, 2.3.1.3)
            Err(error)
                if ["missing", "forbidden", "wrong-type", "redirects"].contains(&error.refusal.code)
                    || (error.refusal.code == "server" && !error.is_passing) =>
            {
                Rules::Free
            }
            Err(error) => Rules::Unknown(error),
        }
    }

    fn late(&self, address: &str) -> FetchError {
        let why = format!("it took more than {} s: try again later", self.config.time.as_secs_f32().ceil());
        FetchError::passing(address, "timeout", why)
    }

    /// What went wrong on the way.
    fn failed(&self, address: &str, error: &ureq::Error) -> FetchError {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                FetchError::passing(address, "network", "its server does not answer: check the address and the network")
            }
            ureq::Error::Timeout(_) => self.late(address),
            ureq::Error::HostNotFound => {
                FetchError::passing(address, "network", "its host is not known: check the address and the network")
            }
            ureq::Error::Io(io) => match io.get_ref().and_then(|inner| inner.downcast_ref::<Private>()) {
                Some(Private(ip)) if is_of_link(*ip) => {
                    let why =
                        format!("its host is {ip}, which only the machines beside this one have: it is never asked");
                    FetchError::new(address, "private-address", why)
                }
                Some(Private(ip)) => {
                    let why = format!(
                        "its host is {ip}, which is not on the public internet: where that is meant, say so with `--allow-private`"
                    );
                    FetchError::new(address, "private-address", why)
                }
                None => {
                    let why = format!("its server cannot be reached ({io}): check the address and the network");
                    FetchError::passing(address, "network", why)
                }
            },
            ureq::Error::Rustls(_) | ureq::Error::Tls(_) => {
                let why = format!("its server does not prove who it is ({error}): check the address");
                FetchError::passing(address, "network", why)
            }
            other => FetchError::passing(address, "network", format!("its server answers in a broken way ({other})")),
        }
    }
}

/// Scheme, host and port.
fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The words of a header, where they are plain ones.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn redirect(address: &str, at: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let broken = |why: String| FetchError::new(address, "redirects", format!("it redirects to nowhere: {why}"));
    let to = header(headers, "location").ok_or_else(|| broken("the server names no place".to_string()))?;
    let joined = at.join(to).map_err(|e| broken(e.to_string()))?;
    web_address(joined.as_str()).map_err(broken)
}

/// What a status says that is no answer.
fn refused(address: &str, status: u16) -> FetchError {
    match status {
        404 | 410 => {
            FetchError::new(address, "missing", format!("there is no such page (status {status}): check the address"))
        }
        401 | 402 | 403 | 407 | 451 => {
            let why = format!(
                "its server does not give it to us (status {status}): save the page in a browser and add the file"
            );
            FetchError::new(address, "forbidden", why)
        }
        408 | 425 | 500.. => {
            FetchError::passing(address, "server", format!("its server fails (status {status}): try again later"))
        }
        _ => FetchError::new(address, "server", format!("its server answers with status {status}: check the address")),
    }
}

/// Media type and charset of a `Content-Type`.
fn content_type(header: &str) -> (String, String) {
    let mut parts = header.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_string())
    });
    (media_type, charset.unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests fetch")]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use ureq::http::Uri;
    use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
    use ureq::unversioned::transport::NextTimeout;

    use super::*;

    /// Gives this machine for a name of the internet; all else goes to the resolver under test.
    #[derive(Debug)]
    struct Mapped(Checked);

    impl Resolver for Mapped {
        fn resolve(
            &self,
            uri: &Uri,
            config: &ureq::config::Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            if uri.host() != Some("news.example.org") {
                return self.0.resolve(uri, config, timeout);
            }
            let mut found = self.empty();
            found.push(([127, 0, 0, 1], uri.port_u16().unwrap_or(80)).into());
            Ok(found)
        }
    }

    /// A page of the internet may not lead to a machine of one's own.
    #[test]
    fn a_redirect_to_this_machine_is_not_followed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for stream in listener.incoming().take(2) {
                let mut stream = stream.unwrap();
                let mut line = String::new();
                BufReader::new(stream.try_clone().unwrap()).read_line(&mut line).unwrap();
                let place = format!("http://127.0.0.1:{port}/inside");
                let status = if line.contains("robots") { "404 Not" } else { "302 Found" };
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                .unwrap();
                asked.push(line);
            }
            asked
        });
        let config = FetchConfig { pause: Duration::ZERO, ..FetchConfig::default() };
        let mut client = Client::new(config);
        let inner = client.agent.config().clone();
        client.agent = Agent::with_parts(inner, DefaultConnector::default(), Mapped(Checked::new(false)));
        let address = format!("http://news.example.org:{port}/page");
        let error = client.get(&address, &Validators::default()).unwrap_err();
        assert_eq!(error.refusal.code, "private-address", "{error}");
        let asked = serving.join().unwrap();
        assert!(!asked.iter().any(|line| line.contains("inside")), "{asked:?}");
    }
}
