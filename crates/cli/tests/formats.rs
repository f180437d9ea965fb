//! What the command does with formats, widths and days, on a folder of three dispatches of our own.
#![allow(clippy::disallowed_methods, reason = "tests make the files that are read")]

use std::path::Path;
use std::process::Command;

const DISPATCHES: [(&str, &str); 3] = [
    (
        "one.txt",
        "HALVER, March 4, 2025 - The mill owners of Halver refused on Tuesday to raise the weavers' pay.\n\n\"We will \
         not sign for less than nine percent,\" said Ada Brok, who leads the Weavers' Union, after talks in Halver.\n",
    ),
    (
        "two.txt",
        "HALVER, March 6, 2025 - The Weavers' Union said on Thursday that it would accept seven percent if the owners \
         dropped the night shift.\n\nAda Brok told reporters that the two sides would meet again on Monday.\n",
    ),
    (
        "three.txt",
        "HALVER, March 11, 2025 - The mill owners agreed on Tuesday to raise pay by seven percent, their chairman, Jon \
         Tarrant, said.\n\nThe Weavers' Union welcomed the offer.\n",
    ),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in DISPATCHES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(words: &[&str], paths: &[&Path], environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(words).args(paths).env_remove("COLUMNS").env_remove("NO_COLOR").envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_width_is_what_columns_says_and_colour_stays_away_where_no_terminal_is() {
    let folder = folder();
    let widest = |columns: &str| {
        let forced = [("COLUMNS", columns), ("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")];
        let text = run(&["brief"], &[folder.path()], &forced);
        assert!(!text.contains('\u{1b}'), "{text}");
        let is_long = |line: &&str| line.trim().contains(' ');
        text.lines().filter(is_long).map(|line| line.chars().count()).max().unwrap()
    };
    assert!((40..=60).contains(&widest("60")));
    assert!((80..=120).contains(&widest("120")));
}

#[test]
fn each_format_is_what_it_says() {
    let folder = folder();
    let json = run(&["brief", "--format", "json"], &[folder.path()], &[]);
    let brief: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(brief["articles"], 3);
    assert!(json.ends_with("}\n"));
    let markdown = run(&["brief", "--format", "md"], &[folder.path()], &[]);
    assert!(markdown.starts_with("# ") && markdown.contains("\n## ") && markdown.contains("\n  > "), "{markdown}");
    let listed = run(&["positions", "--format", "json"], &[folder.path()], &[]);
    let positions: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
    assert!(positions.iter().all(|record| record["kind"] == "position"));
    let table = run(&["sources", "--format", "csv"], &[folder.path()], &[]);
    assert!(
        table.starts_with("kind,id,source_id,path,url,sources,captured.at,captured.digest,outlet,title,"),
        "{table}"
    );
    let output = folder.path().join("tables");
    let words = ["export", "--format", "csv", "--output", output.to_str().unwrap()];
    assert_eq!(run(&words, &[&folder.path().join("one.txt")], &[]), "");
    assert!(output.join("run.csv").is_file() && output.join("article.csv").is_file());
}

/// A brief as of a day is the brief of what had been published by then, and of nothing else.
#[test]
fn as_of_a_day_later_articles_are_not_there() {
    let folder = folder();
    let words = ["brief", "--as-of", "2025-03-06", "--format", "json"];
    let (one, two) = (folder.path().join("one.txt"), folder.path().join("two.txt"));
    let cut = run(&words, &[folder.path()], &[]);
    assert_eq!(cut, run(&words, &[&one, &two], &[]));
    let brief: serde_json::Value = serde_json::from_str(&cut).unwrap();
    assert_eq!((&brief["as_of"], &brief["articles"]), (&"2025-03-06".into(), &2.into()));
    assert!(!cut.contains("Tarrant"), "{cut}");
    assert!(run(&["brief", "--as-of", "2025-03-06"], &[folder.path()], &[]).contains("As of 2025-03-06."));
}
