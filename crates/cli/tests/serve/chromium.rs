//! A real Chromium without a window, spoken to over pipes by its DevTools protocol: no further crate is needed.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The browser, and one page in it.
pub(crate) struct Chromium {
    child: Child,
    to: File,
    from: BufReader<File>,
    session: String,
    number: u64,
    _profile: tempfile::TempDir,
}

impl Chromium {
    /// `None` where none is installed; then it is said that the test was skipped.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let Some(program) = names.iter().find_map(|n| found(n)) else {
            skipped(test, "no Chromium is installed (Debian: apt-get install chromium)");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let (to, from) = (profile.path().join("to"), profile.path().join("from"));
        assert!(Command::new("mkfifo").args([&to, &from]).status().unwrap().success());
        // the two pipes are its descriptors 3 and 4
        let words = "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
                     --disable-extensions --disable-background-networking --force-color-profile=srgb --lang=en \
                     --remote-debugging-pipe --user-data-dir=\"$1\" 3<\"$2\" 4>\"$3\"";
        let child = Command::new("sh")
            .args(["-c", words])
            .args([&program, &profile.path().join("profile"), &to, &from])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let to = File::options().write(true).open(to).unwrap();
        let from = BufReader::new(File::open(from).unwrap());
        let mut own = Self { child, to, from, session: String::new(), number: 0, _profile: profile };
        let target = own.ask("Target.createTarget", json!({"url": "about:blank"}));
        let attached = own.ask("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        own.session = attached["sessionId"].as_str().unwrap().to_string();
        own.ask("Page.enable", json!({}));
        own.ask("Runtime.enable", json!({}));
        own.ask("Log.enable", json!({}));
        Some(own)
    }

    /// Asks and gives the answer; what the browser says meanwhile is passed over.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let mut message = json!({"id": self.number, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        let number = self.number;
        let answer = self.until(|m| m["id"] == number);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(0, &mut bytes).unwrap();
            assert!(bytes.pop().is_some() && Instant::now() < deadline, "the browser says nothing more");
            let message: Value = serde_json::from_slice(&bytes).unwrap();
            // what the policy forbids, or fails in a script, is a fault of the page
            let is_fault = message["method"] == "Runtime.exceptionThrown"
                || message["method"] == "Log.entryAdded"
                    && message["params"]["entry"]["level"] == "error"
                    && message["params"]["entry"]["source"] != "network";
            assert!(!is_fault, "the page has a fault: {message}");
            if is_it(&message) {
                return message;
            }
        }
    }

    /// Width and height of the window, whether it is dark, and whether scripts run.
    pub(crate) fn shape(&mut self, width: u32, height: u32, is_dark: bool, has_script: bool) {
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
        let scheme = if is_dark { "dark" } else { "light" };
        self.ask(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
        self.ask("Emulation.setScriptExecutionDisabled", json!({"value": !has_script}));
    }

    /// Goes to an address and waits until it is there.
    pub(crate) fn go(&mut self, address: &str) {
        let went = self.ask("Page.navigate", json!({"url": address}));
        assert!(went["errorText"].is_null(), "{address}: {went}");
        self.until_true("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// What an expression gives.
    pub(crate) fn eval(&mut self, script: &str) -> Value {
        let answer =
            self.ask("Runtime.evaluate", json!({"expression": script, "returnByValue": true, "awaitPromise": true}));
        assert!(answer["exceptionDetails"].is_null(), "{script:.200}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub(crate) fn until_true(&mut self, script: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.eval(script) != json!(true) {
            assert!(Instant::now() < deadline, "never true: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys, one after the other.
    pub(crate) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let text = if key.chars().count() == 1 {
                *key
            } else if *key == "Enter" {
                "\r"
            } else {
                ""
            };
            let code = match *key {
                "Enter" => 13,
                "Tab" => 9,
                "ArrowRight" => 39,
                "ArrowDown" => 40,
                _ => 0,
            };
            let mut down = json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code});
            if !text.is_empty() {
                down["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", down);
            self.ask("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}));
        }
    }

    /// A picture of the window, as PNG.
    pub(crate) fn picture(&mut self, to: &Path) {
        let shot = self.ask("Page.captureScreenshot", json!({"format": "png", "optimizeForSpeed": false}));
        std::fs::write(to, decoded(shot["data"].as_str().unwrap())).unwrap();
    }

    /// Scripts of tests may look at a page whatever its policy says.
    pub(crate) fn bypass_policy(&mut self) {
        self.ask("Page.setBypassCSP", json!({"enabled": true}));
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Says that a test did not run: past the harness, which keeps what tests print that pass.
pub(crate) fn skipped(test: &str, why: &str) {
    std::io::stderr().write_all(format!("SKIPPED {test}: {why}\n").as_bytes()).unwrap();
}

fn found(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|p| p.join(name)).find(|p| p.is_file())
}

/// Base64.
fn decoded(words: &str) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for six in words.bytes().filter_map(value) {
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
