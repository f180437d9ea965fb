//! A page that changed, by the real command, from a server on this machine: what went is marked and nothing is told twice.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests lay out files")]

mod folder;
#[path = "../../capture/tests/served/mod.rs"]
mod served;

use std::path::Path;

use folder::print;
use serde_json::Value;
use served::{Reply, Served};

const DOSSIER: &str = "[[party]]\nname = \"Mill owners\"\naliases = [\"mill owners of Halver\"]\n\n[[party]]\nname = \"Weavers' union\"\n\
     \n[[issue]]\nname = \"weavers' pay\"\nterms = [\"pay\", \"raise\"]\n";

const REFUSED: &str = "The mill owners of Halver refused on Tuesday to raise the weavers' pay.";
const REJECTED: &str = "The weavers' union rejected the weavers' pay that was offered.";
const AGREED: &str = "The mill owners of Halver agreed on Tuesday to raise the weavers' pay.";

fn page(words: &str) -> Reply {
    let rest =
        "The talks at the harbour of Halver went on in the evening, and both sides said that they would meet again. "
            .repeat(6);
    let html = format!(
        "<html><head><title>Talks in Halver</title><meta property=\"og:site_name\" content=\"Halver Courier\">
         <meta property=\"article:published_time\" content=\"2025-03-04T10:00:00Z\"></head>
         <body><article><h1>Talks in Halver</h1><p>{words}</p><p>{rest}</p></article></body></html>"
    );
    Reply::new("text/html; charset=utf-8", html)
}

/// A folder with the page as it was with these words, one after the other; what `add` said of the last.
fn followed(web: &Served, words: &[&str]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", "."]);
    std::fs::write(folder.path().join("dossier.toml"), DOSSIER).unwrap();
    let mut said = String::new();
    for words in words {
        web.put("/one", page(words));
        said = print(folder.path(), &["add", "--allow-private", &web.url("/one")]);
    }
    (folder, said)
}

fn records(folder: &Path, words: &[&str]) -> Vec<Value> {
    let out = print(folder, &[&["export"], words].concat());
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn of_kind<'r>(all: &'r [Value], kind: &str) -> Vec<&'r Value> {
    all.iter().filter(|r| r["kind"] == kind).collect()
}

fn sentence(record: &Value) -> &str {
    record["evidence"][0]["sentence"].as_str().unwrap()
}

#[test]
fn a_sentence_that_went_is_marked_everywhere_and_what_stayed_is_told_once() {
    let web = Served::start();
    let both = format!("{REFUSED} {REJECTED}");
    let put_right = format!("{REJECTED} {AGREED}");
    let (folder, said) = followed(&web, &[&both, &put_right]);
    assert_eq!(said, "1 new article, 1 page changed: 1 sentence went, 1 came; 2 articles in all\n");
    let all = records(folder.path(), &[]);
    let articles = of_kind(&all, "article");
    let (old, new) = match articles.as_slice() {
        [a, b] if a["page"]["version"] == 1 => (*a, *b),
        [a, b] => (*b, *a),
        _ => panic!("{articles:?}"),
    };
    assert_eq!((&new["origin"], &new["copy_of"], &new["copy_kind"]), (&old["id"], &old["id"], &"version".into()));
    assert_eq!((&old["page"]["replaced_by"], &new["page"]["replaces"]), (&new["id"], &old["id"]));
    assert_eq!(old["page"]["address"], web.url("/one"));
    // each sentence is told once, and what went says so
    let statements = of_kind(&all, "statement");
    let told = |words: &str| statements.iter().copied().filter(|s| sentence(s) == words).collect::<Vec<_>>();
    for (words, article, is_gone) in [(REFUSED, old, true), (REJECTED, old, false), (AGREED, new, false)] {
        let told = told(words);
        assert!(!told.is_empty() && told.iter().all(|s| s["article"] == article["id"]), "{words}: {told:?}");
        assert!(told.iter().all(|s| s["vanished"].is_null() != is_gone), "{words}: {told:?}");
    }
    let gone = &told(REFUSED)[0]["vanished"];
    assert_eq!(gone["article"], new["id"]);
    assert!(gone["seen"].is_string() && gone["gone"].as_str() >= gone["seen"].as_str(), "{gone}");
    // the newer text counts, and what was put right is no dispute
    let positions = print(folder.path(), &["positions"]);
    assert!(positions.contains("weavers' pay: for") && !positions.contains("sources differ"), "{positions}");
    assert!(positions.contains("2025-03-04 against (vanished)"), "{positions}");
    assert_eq!(of_kind(&all, "dispute").len(), 0);
    // as of a day before the change the older text does
    let before = print(folder.path(), &["positions", "--as-of", "2025-04-01"]);
    assert!(before.contains("weavers' pay: against") && !before.contains("vanished"), "{before}");
    let brief = print(folder.path(), &["brief"]);
    assert!(brief.contains("1 article, 2025-03-04; 1 independent report."), "{brief}");
    // CSV has the columns, also where nothing went
    let out = folder.path().join("tables");
    print(folder.path(), &["export", "--format", "csv", "-o", out.to_str().unwrap()]);
    let head = |kind: &str| std::fs::read_to_string(out.join(format!("{kind}.csv"))).unwrap();
    assert!(head("statement").lines().next().unwrap().contains("vanished.seen"));
    assert!(head("article").lines().next().unwrap().contains("page.replaced_by"));
    // a search finds each sentence once, too
    let found = print(folder.path(), &["search", "rejected", "--in", "statements", "--format", "json"]);
    let found: Value = serde_json::from_str(&found).unwrap();
    assert!(found["results"].as_array().unwrap().iter().all(|r| r["article"] == old["id"]), "{found}");
    let found = print(folder.path(), &["search", "refused"]);
    assert!(found.contains("vanished from the page, last seen there"), "{found}");
    print(folder.path(), &["check"]);
    // it comes back to what it was: no article is new, and what it said counts again
    web.put("/one", page(&both));
    print(folder.path(), &["add", "--allow-private", &web.url("/one")]);
    let positions = print(folder.path(), &["positions"]);
    assert!(positions.contains("weavers' pay: against") && positions.contains("for (vanished)"), "{positions}");
}

#[test]
fn a_position_that_rests_on_what_went_is_told_and_marked() {
    let web = Served::start();
    let (folder, _) = followed(&web, &[&format!("{REFUSED} {REJECTED}"), REJECTED]);
    let all = records(folder.path(), &[]);
    let positions = of_kind(&all, "position");
    let of = |name: &str| *positions.iter().find(|p| p["party"]["name"] == name).unwrap();
    assert_eq!(of("Mill owners")["stance"], "against");
    assert!(of("Mill owners")["vanished"]["seen"].is_string() && of("Weavers' union")["vanished"].is_null());
    let marked = "one, version 1; vanished from the page, last seen there";
    for words in [&["positions"][..], &["brief"], &["brief", "--format", "md"]] {
        let told = print(folder.path(), words).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            told.matches(marked).count(),
            1 + usize::from(words[0] == "brief" && told.contains("STICKING")),
            "{told}"
        );
    }
}

#[test]
fn show_tells_the_versions_of_a_page_and_what_changed() {
    let web = Served::start();
    let monday = REFUSED.replace("Tuesday", "Monday");
    let (folder, _) = followed(&web, &[&format!("{REFUSED} {REJECTED}"), &monday]);
    let all = records(folder.path(), &[]);
    let old = of_kind(&all, "article").into_iter().find(|a| a["page"]["version"] == 1).unwrap()["id"].as_str().unwrap();
    let shown = print(folder.path(), &["show", old]);
    assert!(shown.contains("VERSIONS OF ITS PAGE\n  1 a-"), "{shown}");
    assert!(shown.split_whitespace().collect::<Vec<_>>().join(" ").contains(": 2 sentences went, 1 came"), "{shown}");
    let versions = print(folder.path(), &["show", old, "--versions"]);
    assert!(versions.starts_with(&web.url("/one")), "{versions}");
    assert!(
        versions
            .contains("  ~ The mill owners of Halver refused on [-Tuesday-] {+Monday+} to raise the weavers' pay.\n"),
        "{versions}"
    );
    assert!(versions.contains(&format!("  - {REJECTED}\n")), "{versions}");
    let json: Value =
        serde_json::from_str(&print(folder.path(), &["show", old, "--versions", "--format", "json"])).unwrap();
    let second = &json[0]["versions"][1];
    assert_eq!((&second["went"], &second["came"]), (&2.into(), &1.into()));
    let changes: Vec<&str> =
        second["changes"].as_array().unwrap().iter().map(|c| c["change"].as_str().unwrap()).collect();
    assert_eq!(changes[..2], ["reworded", "went"]);
    assert!(changes[2..].iter().all(|c| *c == "same") && changes.len() > 2, "{changes:?}");
    // what went says so where it is shown
    let statement = of_kind(&all, "statement").into_iter().find(|s| sentence(s) == REJECTED).unwrap();
    let shown = print(folder.path(), &["show", statement["id"].as_str().unwrap()]);
    assert!(shown.contains("vanished: last seen in its page on"), "{shown}");
}

#[test]
fn a_page_that_never_changed_has_no_versions() {
    let web = Served::start();
    let (folder, _) = followed(&web, &[REFUSED, REFUSED]);
    let all = records(folder.path(), &[]);
    let article = of_kind(&all, "article")[0];
    assert!(article["page"].is_null());
    let id = article["id"].as_str().unwrap();
    assert!(!print(folder.path(), &["show", id]).contains("VERSIONS"));
    assert_eq!(print(folder.path(), &["show", id, "--versions"]), "no other version of its page is known\n");
}

#[test]
fn the_digest_tells_what_vanished_once() {
    let web = Served::start();
    let (folder, _) = followed(&web, &[&format!("{REFUSED} {REJECTED}")]);
    let digest = |words: &[&str]| print(folder.path(), &[&["brief", "--since", "last"], words].concat());
    assert!(!digest(&[]).contains("VANISHED"));
    web.put("/one", page(REJECTED));
    print(folder.path(), &["add", "--allow-private", &web.url("/one")]);
    let json: Value = serde_json::from_str(&digest(&["--dry-run", "--format", "json"])).unwrap();
    let gone = json["vanished"].as_array().unwrap();
    assert_eq!(gone.len(), 1, "{json}");
    assert_eq!((gone[0]["kind"].as_str(), sentence(&gone[0])), (Some("statement"), REFUSED));
    assert!(gone[0]["vanished"]["seen"].is_string());
    let told = digest(&[]);
    let (_, section) = told.split_once("VANISHED FROM THEIR PAGES").unwrap_or_else(|| panic!("{told}"));
    let section = section.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(section.contains(REFUSED) && section.contains("vanished from the page, last seen there"), "{section}");
    let again = digest(&[]);
    assert!(again.contains("Nothing has moved since"), "{again}");
    // it comes back: nothing is lost, and nothing is new
    web.put("/one", page(&format!("{REFUSED} {REJECTED}")));
    let said = print(folder.path(), &["add", "--allow-private", &web.url("/one")]);
    assert_eq!(said, "0 new articles, 1 known already, 1 page changed: 0 sentences went, 1 came; 2 articles in all\n");
    let back = digest(&[]);
    assert!(!back.contains("VANISHED") && !back.contains("NOT THERE ANY MORE"), "{back}");
}
