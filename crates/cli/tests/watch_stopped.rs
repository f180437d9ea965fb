//! `rapporteur watch` that is stopped, killed, or has more to do than one turn, with a server on this machine.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests lay out files")]

mod folder;
#[path = "../../capture/tests/served/mod.rs"]
mod served;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use folder::{command, print, text};
use served::{Pace, Reply, Served};

fn started() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", "."]);
    folder
}

/// A server with a feed of so many pages, and the feed.
fn serving(pages: usize, pace: Pace) -> (Served, String) {
    let web = Served::start();
    let mut items = String::new();
    for n in 0..pages {
        let html = format!(
            "<html><head><title>Offer {n}</title></head><body><article><h1>Offer {n}</h1><p>The union refused offer {n} of the \
             port on Tuesday.</p></article></body></html>"
        );
        web.put(&format!("/page/{n}"), Reply::new("text/html", html).at_pace(pace));
        items.push_str(&format!("<item><link>/page/{n}</link></item>"));
    }
    let feed = web.put("/rss", feed_of(&items));
    (web, feed)
}

fn feed_of(items: &str) -> Reply {
    Reply::new("application/rss+xml", format!("<rss><channel><title>Halver</title>{items}</channel></rss>"))
}

/// The command at work.
struct Watching {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Watching {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let words = [&["watch", "--allow-private"], words].concat();
        let mut child = command(folder, &words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next lines that it prints.
    fn next(&mut self, lines: usize) -> Vec<String> {
        self.lines.by_ref().take(lines).map(Result::unwrap).collect()
    }

    fn press_ctrl_c(&self) {
        let pressed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(pressed.success());
    }

    /// All that is left of what it prints, what it said, and how it ended.
    fn end(mut self) -> (Vec<String>, String, ExitStatus) {
        let rest = self.lines.map(Result::unwrap).collect();
        let mut said = Vec::new();
        self.child.stderr.take().unwrap().read_to_end(&mut said).unwrap();
        (rest, text(&said), self.child.wait().unwrap())
    }
}

/// Titles of the lines, each once.
fn titles(lines: &[String]) -> BTreeSet<String> {
    let titles: BTreeSet<String> = lines.iter().map(|line| line.rsplit("  ").next().unwrap().to_string()).collect();
    assert_eq!(titles.len(), lines.len(), "{lines:?}");
    titles
}

fn all(pages: usize) -> BTreeSet<String> {
    (0..pages).map(|n| format!("Offer {n}")).collect()
}

/// Pages that were asked for, by their titles.
fn asked(web: &Served) -> Vec<String> {
    web.asked().iter().filter_map(|a| Some(format!("Offer {}", a.strip_prefix("/page/")?.split(' ').next()?))).collect()
}

fn is_whole(folder: &Path) {
    assert!(print(folder, &["check"]).ends_with("all whole\n"));
}

#[test]
fn ctrl_c_in_a_round_ends_it_where_it_is_whole() {
    let (web, feed) = serving(30, Pace::Late);
    let folder = started();
    let mut watching = Watching::start(folder.path(), &[&feed]);
    let mut lines = watching.next(3);
    watching.press_ctrl_c();
    let start = Instant::now();
    let (rest, said, status) = watching.end();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("stopping after the page that is being read; what was kept stays"), "{said}");
    assert!(said.contains("stopped before all was asked: run the same command again to go on"), "{said}");
    lines.extend(rest);
    assert!(lines.len() < 30, "{lines:?}");
    assert!(said.contains(&format!("1 feed asked: {0} new articles; {0} articles in all", lines.len())), "{said}");
    is_whole(folder.path());
    let before = titles(&lines);
    assert_eq!(asked(&web).into_iter().collect::<BTreeSet<_>>(), before, "what was asked for is kept");
    // the next run goes on with what is missing
    let (rest, said, status) = Watching::start(folder.path(), &["--once"]).end();
    assert_eq!(status.code(), Some(0), "{said}");
    let missing: BTreeSet<String> = all(30).difference(&before).cloned().collect();
    assert_eq!((titles(&rest), asked(&web).into_iter().collect()), (missing.clone(), missing));
}

#[test]
fn ctrl_c_between_rounds_ends_it_at_once() {
    let (_web, feed) = serving(2, Pace::Whole);
    let folder = started();
    let mut watching = Watching::start(folder.path(), &[&feed]);
    assert_eq!(watching.next(2).len(), 2);
    let mut round = String::new();
    let mut stderr = BufReader::new(watching.child.stderr.take().unwrap());
    stderr.read_line(&mut round).unwrap();
    assert!(round.contains("1 feed asked: 2 new articles"), "{round}");
    // what comes between this line and the wait is a moment
    std::thread::sleep(Duration::from_millis(300));
    watching.press_ctrl_c();
    let (start, mut said) = (Instant::now(), String::new());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    stderr.read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

#[test]
fn killed_in_a_round_the_next_run_fetches_only_what_is_missing() {
    const PAGES: usize = 36;
    let (web, feed) = serving(PAGES, Pace::Late);
    let folder = started();
    let mut kept = BTreeSet::new();
    for moment in [0, 30, 60, 90] {
        let mut watching = Watching::start(folder.path(), &[&feed]);
        let mut lines = watching.next(3);
        std::thread::sleep(Duration::from_millis(moment));
        watching.child.kill().unwrap();
        let (rest, _, status) = watching.end();
        assert!(!status.success());
        lines.extend(rest);
        is_whole(folder.path());
        let again: Vec<String> = asked(&web).into_iter().filter(|title| kept.contains(title)).collect();
        assert!(again.is_empty(), "{again:?} of {kept:?}");
        let new = titles(&lines);
        assert!(kept.is_disjoint(&new), "{new:?} of {kept:?}");
        kept.extend(new);
    }
    assert!((12..PAGES).contains(&kept.len()), "{kept:?}");
    let (_, said, status) = Watching::start(folder.path(), &["--once", &feed]).end();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(said.contains(&format!("{PAGES} articles in all")), "{said}");
    let last: BTreeSet<String> = asked(&web).into_iter().collect();
    assert!(kept.is_disjoint(&last), "{last:?} of {kept:?}");
    is_whole(folder.path());
}

/// A page may hold many articles; where the process ends within it, the rest of them come the next time.
#[test]
fn killed_within_a_page_of_many_articles_the_next_run_has_the_rest() {
    const ARTICLES: usize = 300;
    let web = Served::start();
    let listed: String =
        (0..ARTICLES).map(|n| format!("{}. Offer {n}\nSearch Type: NLS - Default\n\n", n + 1)).collect();
    let articles: String = (0..ARTICLES)
        .map(|n| {
            format!(
                "Page 1 of 1\nOffer {n}\nThe Halver Post\nMarch 6, 2025 Thursday\n\nCopyright 2025 The Halver Post All Rights \
                 Reserved\nLength: 51 words\nBody\n\nThe union refused offer {n} of the port on Tuesday.\n\nLoad-Date: March 6, \
                 2025\n\nEnd of Document\n\n"
            )
        })
        .collect();
    let export = format!("User Name: Reader\nJob Number: 1\n\nDocuments ({ARTICLES})\n\n{listed}{articles}");
    web.put("/export", Reply::new("text/plain; charset=utf-8", export));
    let feed = web.put("/rss", feed_of("<item><link>/export</link></item>"));
    let folder = started();
    let mut watching = Watching::start(folder.path(), &[&feed]);
    let mut lines = watching.next(3);
    watching.child.kill().unwrap();
    lines.extend(watching.end().0);
    assert!(titles(&lines).len() < ARTICLES);
    let (_, said, status) = Watching::start(folder.path(), &["--once"]).end();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(said.contains(&format!("{ARTICLES} articles in all")), "{said}");
    is_whole(folder.path());
    // and then it is known
    web.asked();
    Watching::start(folder.path(), &["--once"]).end();
    assert!(!web.asked().iter().any(|a| a.starts_with("/export")));
}

/// A feed of many pages gives way to the others after a hundred, and goes on then.
#[test]
fn a_long_feed_stands_in_no_others_way() {
    for words in [&["--once"][..], &[]] {
        let (web, long) = serving(130, Pace::Whole);
        web.put(
            "/short",
            Reply::new("text/html", "<title>Short</title><p>The owners of the port refused to talk.</p>"),
        );
        let short = web.put("/rss2", feed_of("<item><link>/short</link></item>"));
        let folder = started();
        let mut watching = Watching::start(folder.path(), &[words, &[&long, &short]].concat());
        let lines = watching.next(131);
        assert_eq!(lines.iter().position(|line| line.ends_with("  Short")), Some(100), "{lines:?}");
        assert_eq!(titles(&lines).len(), 131);
        watching.press_ctrl_c();
        assert!(watching.end().0.is_empty());
    }
}
