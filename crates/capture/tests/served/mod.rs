//! A web server on this machine for tests: what is put there is served, and what was asked for is remembered.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    Whole,
    /// The same, after a while.
    Late,
    /// A byte now and then.
    Drip,
    /// The body again and again without end.
    Endless,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) pace: Pace,
}

impl Reply {
    pub(crate) fn new(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", media_type.to_string())];
        Self { status: 200, headers, body: body.into(), pace: Pace::Whole }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self { status, ..Self::new("text/plain", "") }
    }

    pub(crate) fn to(place: &str) -> Self {
        Self::status(302).with("Location", place)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(crate) fn at_pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }
}

/// A server that runs until the test ends.
pub(crate) struct Served {
    pub(crate) address: String,
    replies: Arc<Mutex<BTreeMap<String, Reply>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Served {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (replies, asked) = (Arc::default(), Arc::default());
        let served = Self { address, replies: Arc::clone(&replies), asked: Arc::clone(&asked) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (replies, asked) = (Arc::clone(&replies), Arc::clone(&asked));
                // a client that goes away is its own business
                std::thread::spawn(move || answer(stream, &replies, &asked));
            }
        });
        served
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(crate) fn put(&self, path: &str, reply: Reply) -> String {
        self.replies.lock().unwrap().insert(path.to_string(), reply);
        self.url(path)
    }

    /// The requests since this was last asked: path, and the conditions and the agent where they were sent.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn answer(
    mut stream: TcpStream,
    replies: &Mutex<BTreeMap<String, Reply>>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let path = lines.next().transpose()?.unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_string();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
    }
    let mut words = path.clone();
    for name in ["if-none-match", "if-modified-since", "user-agent"] {
        if let Some(value) = headers.get(name) {
            words.push_str(&format!(" {name}={value}"));
        }
    }
    asked.lock().unwrap().push(words);
    let known = replies.lock().unwrap().get(&path).cloned();
    let mut reply = match (known, path.strip_prefix("/again/").and_then(|n| n.parse::<u64>().ok())) {
        (Some(reply), _) => reply,
        (None, Some(n)) => Reply::to(&format!("/again/{}", n + 1)),
        (None, None) => Reply::status(404),
    };
    let own = |name: &str| reply.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
    let is_known = own("ETag").is_some_and(|tag| headers.get("if-none-match") == Some(tag))
        || own("Last-Modified").is_some_and(|at| headers.get("if-modified-since") == Some(at));
    if is_known {
        (reply.status, reply.body) = (304, Vec::new());
    }
    if reply.pace == Pace::Late {
        std::thread::sleep(Duration::from_millis(100));
    }
    write!(stream, "HTTP/1.1 {} Said\r\nConnection: close\r\n", reply.status)?;
    for (name, value) in &reply.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    if matches!(reply.pace, Pace::Whole | Pace::Late) {
        write!(stream, "Content-Length: {}\r\n", reply.body.len())?;
    }
    write!(stream, "\r\n")?;
    match reply.pace {
        Pace::Whole | Pace::Late => stream.write_all(&reply.body),
        Pace::Drip => loop {
            stream.write_all(b"a")?;
            std::thread::sleep(Duration::from_millis(20));
        },
        Pace::Endless => loop {
            stream.write_all(&reply.body)?;
        },
    }
}
