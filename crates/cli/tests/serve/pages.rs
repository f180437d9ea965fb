//! What every page keeps to, and that its twin has the records of the listings.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Served, filled, records};
use crate::folder::{fails, print, run, text};

/// An address of each page of the description, with an id that is there.
fn addresses(served: &Served) -> Vec<String> {
    let description = served.json("/openapi.json");
    let first = |list: &str, of: &dyn Fn(&Value) -> bool| {
        let all = served.json(list);
        records(&all).iter().find(|r| of(r)).unwrap_or_else(|| panic!("nothing in {list}"))["id"]
            .as_str()
            .unwrap()
            .to_string()
    };
    let any = |_: &Value| true;
    let mut all = Vec::new();
    for path in description["paths"].as_object().unwrap().keys() {
        if description["paths"][path]["get"].is_null() {
            continue;
        }
        let stem = path.trim_end_matches(".json").trim_end_matches("/{id}");
        let id = match stem {
            _ if !path.contains("{id}") => String::new(),
            "/positions" => first("/positions.json", &any),
            "/issues" => records(&served.json("/positions.json"))
                .iter()
                .find_map(|r| Some(r["issue"]["id"].as_str()?.to_string()))
                .unwrap(),
            "/people" => first("/people.json", &|r| r["type"] == "person"),
            "/parties" => first("/people.json", &|r| r["type"] == "party"),
            "/proposals" => first("/proposals.json", &any),
            "/articles" => first("/sources.json", &any),
            "/items" => first("/timeline.json", &any),
            other => panic!("no id is known for {other}"),
        };
        all.push(path.replace("{id}", &id));
    }
    all
}

#[test]
fn every_page_is_whole_and_safe_and_has_its_twin() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let waits = records(&served.json("/review.json"))[0]["id"].as_str().unwrap().to_string();
    assert_eq!(served.post("/decide", &[("do", &format!("accept {waits}"))]).status, 200);
    let all = addresses(&served);
    assert!(all.len() > 38, "{all:?}");
    for path in &all {
        let query = if path == "/search" || path == "/search.json" { "?q=overtime" } else { "" };
        let answer = served.get(&format!("{path}{query}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            (answer.header("x-content-type-options"), answer.header("cache-control")),
            ("nosniff", "no-store"),
            "{path}"
        );
        let kind = answer.header("content-type");
        if path.ends_with(".json") {
            assert_eq!(kind, "application/json", "{path}");
            assert!(answer.json().is_object(), "{path}");
        } else if kind.starts_with("text/html") {
            harmless(path, &answer.body);
            // a page that says "none of it" is of no use
            assert!(answer.body.matches("<li").count() > 10, "{path} says nothing");
        } else {
            assert!(["/feed.atom", "/calendar.ics", "/session"].contains(&path.as_str()), "{path}: {kind}");
        }
    }
}

/// A page has one `h1`, ids that are there once, labels for its fields, and neither script nor style of its own.
pub(crate) fn harmless(path: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{path}");
    assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/static/").count(), "{path}");
    for tag in html.split('<').skip(1).filter_map(|part| part.split('>').next()) {
        // without the values of its attributes, which may say anything
        let names: String = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
        let is_script = names.split_whitespace().any(|word| word.starts_with("on") || word.starts_with("style"));
        assert!(!is_script && !tag.contains("=\"javascript:"), "{path}: <{tag}>");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "{path}: an id is there twice");
    for field in html.split("<label").skip(1).filter_map(|p| p.split("for=\"").nth(1)?.split('"').next()) {
        assert!(once.contains(field), "{path}: a label is for nothing: {field}");
    }
}

#[test]
fn twins_have_the_records_of_the_listings() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    for (page, words) in [
        ("/positions.json", &["positions", "--format", "json"][..]),
        ("/positions.json?as_of=2025-04-10", &["positions", "--format", "json", "--as-of", "2025-04-10"]),
        ("/positions.json?party=ADF", &["positions", "--format", "json", "--party", "ADF"]),
        ("/conditions.json", &["conditions", "--format", "json"]),
        ("/disputes.json?limit=500", &["disputes", "--format", "json"]),
        ("/timeline.json?limit=500", &["timeline", "--format", "json"]),
        (
            "/timeline.json?limit=500&from=2025-04-01&to=2025-04-20&as_of=2025-04-15",
            &["timeline", "--format", "json", "--from", "2025-04-01", "--to", "2025-04-20", "--as-of", "2025-04-15"],
        ),
    ] {
        let own = served.json(page);
        let ids = |all: &[Value]| all.iter().map(|r| r.to_string()).collect::<BTreeSet<String>>();
        let listed: Vec<Value> = serde_json::from_str(&print(folder.path(), words)).unwrap();
        assert!(!listed.is_empty(), "{words:?}");
        assert_eq!(ids(records(&own)), ids(&listed), "{page}");
    }
    let (found, listed) = (
        served.json("/search.json?q=overtime&in=statements&limit=20"),
        print(folder.path(), &["search", "overtime", "--in", "statements", "--format", "json"]),
    );
    assert_eq!(found["results"], serde_json::from_str::<Value>(&listed).unwrap()["results"]);
    let id = records(&served.json("/sources.json"))[0]["id"].as_str().unwrap().to_string();
    let article = served.json(&format!("/articles/{id}.json"));
    let export = print(folder.path(), &["export"]);
    let of: Vec<Value> = export.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records(&article)[0], *of.iter().find(|r| r["id"] == id.as_str()).unwrap());
    for item in article["items"].as_array().unwrap() {
        assert!(of.contains(item), "{item}");
    }
}

#[test]
fn a_list_is_read_part_by_part() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let all: Vec<Value> = records(&served.json("/timeline.json?limit=500")).iter().map(|r| r["id"].clone()).collect();
    let (mut read, mut next) = (Vec::new(), String::new());
    loop {
        let part = served.json(&format!("/timeline.json?limit=7{next}"));
        assert_eq!(part["count"], all.len());
        read.extend(records(&part).iter().map(|r| r["id"].clone()));
        let Some(after) = part["next"].as_str() else { break };
        next = format!("&after={}", crate::client::encoded(after));
    }
    assert_eq!(read, all);
    assert!(all.len() > 14);
}

#[test]
fn faults_have_one_shape_and_the_words_of_the_house() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let fault = |path: &str, status: u16, code: &str, words: &str| {
        let answer = served.get(path);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        let error = &answer.json()["error"];
        assert_eq!((error["status"].as_u64(), error["code"].as_str()), (Some(status.into()), Some(code)), "{path}");
        assert!(error["message"].as_str().unwrap().contains(words) && error["near"].is_array(), "{path}: {error}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
    };
    fault("/nowhere.json", 404, "not-found", "there is nothing at `/nowhere.json`");
    fault("/issues/no-such.json", 404, "not-found", "there is no issue `no-such`");
    fault("/items/statement-zz.json", 404, "not-found", "there is no item");
    fault("/positions.json?as_of=yesterday", 400, "wrong", "expected a day, as 2026-01-28");
    fault("/search.json", 400, "wrong", "nothing to search for");
    fault("/search.json?q=%28", 400, "wrong", "");
    fault("/index.json?since=last&as_of=2025-04-01", 400, "wrong", "leave out `as_of`");
    fault(&format!("/positions.json?x={}", "a".repeat(5000)), 400, "wrong", "longer than");
    let page = served.get("/parties/no-such-party-at-all");
    assert!(page.status == 404 && page.body.contains("Nothing there") && page.body.contains("<h1"), "{}", page.body);
    let near = served.get("/issues/over.json").json();
    assert!(near["error"]["near"].as_array().is_some(), "{near}");
    let json = [("accept", "application/json")];
    assert_eq!(served.ask("POST", "/positions", &json, "x").status, 405);
    assert_eq!(served.ask("DELETE", "/decide", &json, "").json()["error"]["code"], "method");
    let form = [("accept", "application/json"), ("content-type", crate::client::FORM)];
    assert_eq!(served.ask("POST", "/decide", &form, &"a".repeat(70_000)).status, 413);
    assert_eq!(served.ask("POST", "/decide", &json, "{}").status, 400, "only forms");
    assert_eq!(served.raw(b"nonsense\r\n\r\n").status, 400);
}

#[test]
fn another_name_for_this_machine_is_no_way_in() {
    let folder = filled();
    let served = Served::start(folder.path(), &["--host", "talks.example"]);
    for (host, status) in [
        ("evil.example", 403),
        ("talks.example", 200),
        ("talks.example:443", 200),
        ("localhost:1", 200),
        ("", 403),
        ("talks.example.evil.example", 403),
    ] {
        assert_eq!(served.ask("GET", "/positions.json", &[("host", host)], "").status, status, "{host}");
    }
}

#[test]
fn what_moved_is_told_since_a_day_and_since_one_looked() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let told = served.json("/index.json?since=2025-04-01");
    let digest: Value =
        serde_json::from_str(&print(folder.path(), &["brief", "--since", "2025-04-01", "--format", "json"])).unwrap();
    assert_eq!(told, digest);
    assert!(!told["shifts"].as_array().unwrap().is_empty(), "{told}");
    assert_eq!(served.post("/seen", &[("state", "0-of another day")]).status, 409, "what came in since was not seen");
    assert_eq!(served.post("/seen", &[]).status, 200);
    let after = served.json("/index.json?since=last");
    assert!(
        after["shifts"].as_array().unwrap().is_empty() && after["since"].as_str().unwrap().contains("looked"),
        "{after}"
    );
    // the command line knows it too: it is the same memory
    let words = print(folder.path(), &["brief", "--since", "last", "--dry-run"]);
    assert!(words.contains("Nothing has moved"), "{words}");
}

#[test]
fn pages_follow_the_folder() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let before = served.json("/sources.json")["count"].as_u64().unwrap();
    let new = folder.path().join("new.txt");
    std::fs::write(&new, "HARBOUR, May 2 2025 (Courier) - The dockers' union rejected the new offer of the port on Friday, its leader said.\n").unwrap();
    print(folder.path(), &["add", "--captured-at", "2025-05-03", new.to_str().unwrap()]);
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let now = served.json("/sources.json");
        if now["count"].as_u64() == Some(before + 1) {
            break;
        }
        assert!(Instant::now() < deadline, "it never shows: {}", now["is_old"]);
    }
}

#[test]
fn feeds_are_whole() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let atom = served.get("/feed.atom");
    assert!(atom.header("content-type").starts_with("application/atom+xml"));
    let mut reader = quick_xml::Reader::from_str(&atom.body);
    let mut entries = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(e) if e.name().as_ref() == "entry" => entries += 1,
            _ => {}
        }
    }
    assert!(entries > 10, "{entries}");
    let of_party = served.get("/feed.atom?party=ADF").body;
    assert!(of_party.matches("<entry>").count() < entries && of_party.contains("<entry>"));
    let calendar = served.get("/calendar.ics");
    let events = calendar.body.matches("BEGIN:VEVENT\r\n").count();
    assert!(events > 0 && events == calendar.body.matches("END:VEVENT\r\n").count(), "{}", calendar.body);
    assert!(calendar.body.ends_with("END:VCALENDAR\r\n") && calendar.body.lines().all(|l| l.len() <= 75));
}

#[test]
fn the_first_view_is_small() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let frame = served.get("/help").body.len()
        + served.get("/static/keys.js").body.len()
        + served.get("/static/style.css").body.len();
    assert!(frame < 50_000, "{frame} bytes of page, script and style");
}

#[test]
fn ctrl_c_ends_it_with_all_done() {
    let folder = filled();
    let mut served = Served::start(folder.path(), &[]);
    assert_eq!(served.get("/positions").status, 200);
    let id = served.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
    let taken = Served::start(folder.path(), &[]);
    fails(folder.path(), &["serve", "--listen", &taken.address], 64, "failed to listen on");
    fails(Path::new("/"), &["serve"], 64, "is no dossier folder");
    let help = run(folder.path(), &["serve", "--help"]);
    for option in ["--listen", "--host", "--login", "--plain-http", "--by"] {
        assert!(text(&help.stdout).contains(option), "{option}");
    }
}
