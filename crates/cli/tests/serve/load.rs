//! Fifty readers and two reviewers at once: no error, and no decision is lost.

use std::collections::BTreeSet;

use crate::client::{Served, filled, records};
use crate::folder::print;

const READERS: usize = 50;
const PAGES: &[&str] = &[
    "/",
    "/positions",
    "/timeline",
    "/review",
    "/conditions",
    "/disputes.json",
    "/sources",
    "/search?q=overtime",
    "/log.json",
];
const DECISIONS: usize = 6;

#[test]
fn fifty_readers_and_two_reviewers_lose_nothing() {
    let folder = filled();
    let served = Served::start(folder.path(), &[]);
    let queue = served.json("/review.json?limit=500");
    let ids: Vec<String> =
        records(&queue).iter().map(|r| r["id"].as_str().unwrap().to_string()).take(2 * DECISIONS).collect();
    assert_eq!(ids.len(), 2 * DECISIONS);
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let served = &served;
            scope.spawn(move || {
                for n in 0..4 {
                    let path = PAGES[(reader + n) % PAGES.len()];
                    let answer = served.get(path);
                    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
                }
            });
        }
        for own in ids.chunks(DECISIONS) {
            let served = &served;
            scope.spawn(move || {
                for id in own {
                    let answer = served.post("/decide", &[("do", &format!("accept {id}"))]);
                    assert_eq!(answer.status, 200, "{}", answer.body);
                }
            });
        }
    });
    let kept = print(folder.path(), &["review", "log", "--format", "jsonl"]);
    let kept: BTreeSet<String> = kept
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["item"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(kept, ids.into_iter().collect());
    assert_eq!(records(&served.json("/log.json?limit=500")).len(), 2 * DECISIONS, "the pages know all of them");
}
