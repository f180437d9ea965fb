//! The real command serving a real folder, and a plain HTTP client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use crate::folder::{command, print};

/// A folder with the articles of the example, made once for all tests; each test works on a copy of it.
pub(crate) fn filled() -> tempfile::TempDir {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-strike/articles");
        print(folder.path(), &["init", "."]);
        print(folder.path(), &["add", examples.canonicalize().unwrap().to_str().unwrap()]);
        folder
    });
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(made.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

/// A server that ends with the test.
pub(crate) struct Served {
    pub(crate) child: Child,
    /// "127.0.0.1:41234"
    pub(crate) address: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, v)| v)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

impl Served {
    pub(crate) fn start(folder: &Path, more: &[&str]) -> Self {
        let mut words = vec!["serve", "--listen", "127.0.0.1:0"];
        words.extend(more);
        let mut child = command(folder, &words).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("it does not serve: {line:?}"));
        Self { address: address.to_string(), child }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// Sends a form with the stamp of nobody's session.
    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let stamp = self.json("/session.json")["stamp"].as_str().unwrap().to_string();
        let mut all = vec![("stamp", stamp.as_str())];
        all.extend(form);
        self.ask("POST", path, &[("content-type", FORM), ("accept", "application/json")], &written(&all))
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut all = String::new();
        if !headers.iter().any(|(name, _)| *name == "host") {
            all += &format!("host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            all += &format!("{name}: {value}\r\n");
        }
        let length = if body.is_empty() && method == "GET" {
            String::new()
        } else {
            format!("content-length: {}\r\n", body.len())
        };
        let request = format!("{method} {path} HTTP/1.1\r\n{all}{length}connection: close\r\n\r\n{body}");
        self.raw(request.as_bytes())
    }

    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // the server may answer and close before it has read all
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_string(), v.to_string())).collect();
        Answer { status, headers, body: body.to_string() }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A form as browsers write it.
pub(crate) fn written(form: &[(&str, &str)]) -> String {
    form.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect::<Vec<_>>().join("&")
}

pub(crate) fn encoded(words: &str) -> String {
    words
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Records of a twin.
pub(crate) fn records(value: &Value) -> &Vec<Value> {
    value["records"].as_array().unwrap_or_else(|| panic!("no records: {value}"))
}
