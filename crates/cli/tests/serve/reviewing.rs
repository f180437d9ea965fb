//! Deciding from the pages.

use serde_json::Value;

use crate::client::{FORM, Served, filled, records, written};
use crate::folder::print;

fn waiting(served: &Served) -> String {
    let queue = served.json("/review.json");
    records(&queue).iter().find(|r| r["kind"] == "statement").unwrap()["id"].as_str().unwrap().to_string()
}

fn log(served: &Served) -> Vec<Value> {
    records(&served.json("/log.json?limit=500")).clone()
}

#[test]
fn an_item_is_rejected_and_comes_back() {
    let folder = filled();
    let served = Served::start(folder.path(), &["--by", "Ann"]);
    let before = print(folder.path(), &["export"]);
    let id = waiting(&served);
    let reject = served.post("/decide", &[("do", &format!("reject {id}"))]);
    assert_eq!(reject.status, 200, "{}", reject.body);
    let (reject, page) = (reject.json(), served.get(&format!("/items/{id}")));
    assert!(page.body.contains("Not read any more"), "the page that follows knows it");
    assert!(!records(&served.json("/review.json?limit=500")).iter().any(|r| r["id"] == id.as_str()));
    assert!(
        reject["effect"].as_array().unwrap().iter().any(|l| l["id"] == id.as_str() && l["change"] == "gone"),
        "{reject}"
    );
    let again = served.post("/decide", &[("do", &format!("accept {id}"))]);
    assert_eq!(again.status, 404, "what is not read cannot be accepted: {}", again.body);
    let undo = served.post("/decide", &[("do", &format!("undo {}", reject["id"].as_str().unwrap()))]);
    assert_eq!(undo.status, 200, "{}", undo.body);
    let strip = |export: &str| {
        export
            .lines()
            .filter(|l| !l.contains("\"kind\":\"correction\""))
            .map(|l| {
                let mut v: Value = serde_json::from_str(l).unwrap();
                v.as_object_mut().unwrap().shift_remove("corrected");
                v
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(strip(&before), strip(&print(folder.path(), &["export"])));
    // decided again in the same second, it holds
    let twice = served.post("/decide", &[("do", &format!("reject {id}"))]);
    assert_eq!(twice.status, 200, "{}", twice.body);
    let by: Vec<(Value, Value)> = log(&served).iter().map(|c| (c["do"].clone(), c["by"].clone())).collect();
    assert_eq!(by.len(), 3, "{by:?}");
    assert!(by.iter().all(|(_, by)| by == "Ann"));
}

#[test]
fn what_is_tried_is_not_kept() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let id = waiting(&served);
    let stamp = served.json("/session.json")["stamp"].as_str().unwrap().to_string();
    let form = written(&[
        ("stamp", &stamp),
        ("do", "change"),
        ("item", &id),
        ("polarity", "open"),
        ("note", "<b>why</b>"),
        ("trial", "1"),
        ("back", "//evil.example"),
    ]);
    let page = served.ask("POST", "/decide", &[("content-type", FORM)], &form);
    assert!(
        page.status == 200 && page.body.contains("What would change") && page.body.contains("Keep it"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("evil.example") && !page.body.contains("<b>why"), "{}", page.body);
    assert!(log(&served).is_empty());
    let kept = served.ask("POST", "/decide", &[("content-type", FORM)], &form.replace("&trial=1", ""));
    assert_eq!((kept.status, kept.header("location")), (303, "/"), "nobody is sent elsewhere");
    assert_eq!((log(&served).len(), log(&served)[0]["note"].as_str()), (1, Some("<b>why</b>")));
    assert!(served.get("/log").body.contains("&lt;b&gt;why"));
}

#[test]
fn what_has_no_effect_or_is_not_ours_is_refused() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let id = waiting(&served);
    let refused = |form: &[(&str, &str)], status: u16, words: &str| {
        let answer = served.post("/decide", form);
        assert_eq!(answer.status, status, "{form:?}: {}", answer.body);
        assert!(answer.json()["error"]["message"].as_str().unwrap().contains(words), "{form:?}: {}", answer.body);
    };
    refused(&[("do", "accept statement-00")], 404, "there is no item");
    refused(&[("do", "accpt"), ("item", &id)], 400, "did you mean `accept`");
    refused(&[("do", "undo nobody")], 404, "no correction has the id");
    refused(&[("do", "merge"), ("a", "No Such"), ("b", "Nor This")], 409, "nothing is kept");
    refused(&[("do", "change"), ("item", &id), ("act", "dance")], 400, "nothing is kept");
    let merged = records(&served.json("/timeline.json")).iter().find(|r| r["kind"] == "meeting").unwrap()["id"]
        .as_str()
        .unwrap()
        .to_string();
    refused(&[("do", &format!("accept {merged}"))], 400, "decide on those");
    let stamp = served.json("/session.json")["stamp"].as_str().unwrap().to_string();
    let form = written(&[("stamp", &stamp), ("do", &format!("accept {id}"))]);
    let unstamped = written(&[("do", &format!("accept {id}"))]);
    let send =
        |more: (&str, &str), form: &str| served.ask("POST", "/decide", &[("content-type", FORM), more], form).status;
    assert_eq!(send(("accept", "*/*"), &unstamped), 403);
    assert_eq!(send(("origin", "http://evil.example"), &form), 403);
    assert_eq!(send(("sec-fetch-site", "cross-site"), &form), 403);
    assert!(log(&served).is_empty());
    assert_eq!(send(("accept", "*/*"), &form), 303);
}

#[test]
fn names_are_merged_and_statements_added() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let people = served.json("/people.json");
    let people: Vec<&str> =
        records(&people).iter().filter(|r| r["type"] == "person").map(|r| r["name"].as_str().unwrap()).collect();
    let merge = served.post("/decide", &[("do", "merge"), ("a", people[0]), ("b", people[1])]);
    assert_eq!(merge.status, 200, "{}", merge.body);
    assert_eq!(
        records(&served.json("/people.json")).iter().filter(|r| r["type"] == "person").count(),
        people.len() - 1
    );
    let statement = served.json("/review.json?limit=500");
    let of = records(&statement).iter().find(|r| r["kind"] == "statement").unwrap();
    let (article, sentence) = (of["article"].as_str().unwrap(), of["evidence"][0]["sentence"].as_str().unwrap());
    let words: Vec<&str> =
        sentence.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let add = served.post(
        "/decide",
        &[
            ("do", "add"),
            ("kind", "statement"),
            ("article", article),
            ("sentence", sentence),
            ("holder", words[0]),
            ("predicate", words[1]),
            ("matter", words[2]),
            ("act", "reject"),
            ("polarity", "against"),
        ],
    );
    assert_eq!(add.status, 200, "{}", add.body);
    assert!(log(&served).iter().any(|c| c["do"] == "add"));
}
