//! The pages in a real Chromium: keys, marks, narrow and wide, light and dark, and axe-core's rules.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::chromium::{Chromium, skipped};
use crate::client::{Served, filled, records};
use crate::folder::print;

/// All screens, with an id where they need one.
fn screens(served: &Served) -> Vec<(&'static str, String)> {
    let first = |list: &str, is_it: &dyn Fn(&Value) -> bool| {
        let all = served.json(list);
        records(&all).iter().find(|r| is_it(r)).unwrap()["id"].as_str().unwrap().to_string()
    };
    let moved = served.json("/positions.json");
    let most = records(&moved).iter().max_by_key(|r| r["history"].as_array().unwrap().len()).unwrap();
    let article = most["article"].as_str().unwrap();
    vec![
        ("moved", "/?since=2025-04-01".into()),
        ("positions", "/positions".into()),
        ("position", format!("/positions/{}", most["id"].as_str().unwrap())),
        ("issue", format!("/issues/{}", most["issue"]["id"].as_str().unwrap())),
        ("who", "/people".into()),
        ("party", format!("/parties/{}", most["party"]["id"].as_str().unwrap())),
        ("person", format!("/people/{}", first("/people.json", &|r| r["type"] == "person"))),
        ("proposals", "/proposals".into()),
        (
            "proposal",
            format!("/proposals/{}", first("/proposals.json", &|r| !r["terms"].as_array().unwrap().is_empty())),
        ),
        ("conditions", "/conditions".into()),
        ("timeline", "/timeline".into()),
        ("disputes", "/disputes".into()),
        ("reader", format!("/articles/{article}?at={}#here", most["evidence"][0]["start"])),
        ("item", format!("/items/{}", first("/timeline.json", &|r| r["kind"] == "meeting"))),
        ("sources", "/sources".into()),
        ("search", "/search?q=overtime".into()),
        ("review", "/review".into()),
        ("log", "/log".into()),
        ("help", "/help".into()),
    ]
}

#[test]
fn every_screen_fits_wide_and_narrow_light_and_dark() {
    let Some(mut browser) = Chromium::start("every_screen_fits_wide_and_narrow_light_and_dark") else { return };
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let id = records(&served.json("/review.json"))[0]["id"].as_str().unwrap().to_string();
    assert_eq!(served.post("/decide", &[("do", &format!("accept {id}")), ("note", "seen twice")]).status, 200);
    let shots = std::env::var_os("RAPPORTEUR_SHOTS").map(PathBuf::from);
    for (name, path) in screens(&served) {
        for (width, height, is_dark) in [(1280, 900, false), (1280, 900, true), (400, 800, false), (400, 800, true)] {
            browser.shape(width, height, is_dark, true);
            browser.go(&format!("http://{}{path}", served.address));
            let wide = browser.eval("document.documentElement.scrollWidth").as_u64().unwrap();
            assert!(wide <= u64::from(width), "{name} at {width}: {wide} wide");
            if let Some(shots) = &shots {
                let shade = if is_dark { "dark" } else { "light" };
                browser.picture(&shots.join(format!("{name}-{width}-{shade}.png")));
            }
        }
    }
}

#[test]
fn a_cell_is_two_keystrokes_from_its_sentences() {
    let Some(mut browser) = Chromium::start("a_cell_is_two_keystrokes_from_its_sentences") else { return };
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    browser.shape(1280, 900, false, true);
    browser.go(&format!("http://{}/positions", served.address));
    browser.eval("document.querySelector('table.grid a.cell').focus()");
    let first = browser.eval("document.activeElement.getAttribute('href')");
    browser.press(&["ArrowDown"]);
    let cell = browser.eval("document.activeElement.getAttribute('href')");
    assert_ne!(cell, first, "the arrow went on");
    browser.press(&["Enter"]);
    browser.until_true(
        "location.pathname.startsWith('/positions/') && document.querySelectorAll('main blockquote').length > 0",
    );
    assert_eq!(browser.eval("location.pathname"), cell);
    browser.press(&["g", "t"]);
    browser.until_true("location.pathname === '/timeline' && document.readyState === 'complete'");
    browser.press(&["/"]);
    assert_eq!(browser.eval("document.activeElement.id"), "q");
}

#[test]
fn items_are_decided_by_one_key() {
    let Some(mut browser) = Chromium::start("items_are_decided_by_one_key") else { return };
    let folder = filled();
    let served = Served::start(folder.path(), &["--by", "Ann"]);
    browser.shape(1280, 900, false, true);
    let (_, reader) = screens(&served).into_iter().find(|(n, _)| *n == "reader").unwrap();
    browser.go(&format!("http://{}{}", served.address, reader.split('?').next().unwrap()));
    browser.press(&["j", "j"]);
    let item = browser.eval("document.querySelector('.item.lit').dataset.item");
    browser.press(&["a"]);
    browser.until_true("document.querySelector('.item.lit').classList.contains('is-accept')");
    assert!(print(folder.path(), &["review", "log"]).contains(item.as_str().unwrap()));
    browser.press(&["u"]);
    browser.until_true("!document.querySelector('.item.lit').classList.contains('is-accept')");
    browser.press(&["j", "r"]);
    browser.until_true("document.querySelector('.item.lit').classList.contains('is-reject')");
    let log = print(folder.path(), &["review", "log", "--format", "jsonl"]);
    let done: Vec<String> =
        log.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["do"].as_str().unwrap().to_string()).collect();
    assert_eq!(done, ["accept", "undo", "reject"]);
    // hover both ways
    browser.eval("document.querySelector('.item[data-number]').dispatchEvent(new MouseEvent('mouseenter'))");
    assert_eq!(browser.eval("document.querySelectorAll('mark.lit').length > 0"), json!(true));
    // keys can be turned off
    browser.go(&format!("http://{}/help", served.address));
    browser.eval("document.querySelector('#keys').click()");
    browser.press(&["g", "t"]);
    assert_eq!(browser.eval("location.pathname"), "/help");
}

#[test]
fn pages_are_read_and_decided_on_without_script() {
    let Some(mut browser) = Chromium::start("pages_are_read_and_decided_on_without_script") else { return };
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    browser.shape(1280, 900, false, false);
    browser.go(&format!("http://{}/review", served.address));
    let before = browser.eval("document.querySelectorAll('li.item').length").as_u64().unwrap();
    assert!(before > 5);
    let first = browser.eval("document.querySelector('li.item').dataset.item");
    browser.eval("document.querySelector('li.item button').click()");
    browser.until_true(&format!(
        "document.readyState === 'complete' && document.querySelector('li.item') !== null && document.querySelector('li.item').dataset.item !== {first}"
    ));
    assert!(print(folder.path(), &["review", "log"]).contains(first.as_str().unwrap()));
}

/// The script of axe-core, fetched by name from npm where that is there.
fn axe(into: &Path) -> Option<String> {
    let packed = Command::new("npm").args(["pack", "--silent", "axe-core@4"]).current_dir(into).output().ok()?;
    let name = String::from_utf8_lossy(&packed.stdout).trim().to_string();
    let is_there = packed.status.success()
        && Command::new("tar").args(["-xzf", &name]).current_dir(into).status().is_ok_and(|s| s.success());
    is_there.then(|| std::fs::read_to_string(into.join("package/axe.min.js")).ok()).flatten()
}

#[test]
fn axe_core_finds_nothing() {
    let Some(mut browser) = Chromium::start("axe_core_finds_nothing") else { return };
    let into = tempfile::tempdir().unwrap();
    let Some(axe) = axe(into.path()) else {
        skipped("axe_core_finds_nothing", "npm does not give axe-core here");
        return;
    };
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    browser.bypass_policy();
    for is_dark in [false, true] {
        for (name, path) in screens(&served) {
            browser.shape(1280, 900, is_dark, true);
            browser.go(&format!("http://{}{path}", served.address));
            browser.eval(&format!("{axe};0"));
            let tags = json!({"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]});
            let found = browser.eval(&format!(
                "axe.run({tags}).then(r => r.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html)]))"
            ));
            assert_eq!(found, json!([]), "{name}, dark: {is_dark}");
        }
    }
}
