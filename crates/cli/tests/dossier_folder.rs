//! A dossier folder, by the real command: what is kept gives the bytes that the captures give, whatever happens meanwhile.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

mod folder;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use folder::{command, fails, print, run, text};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-strike/articles").canonicalize().unwrap()
}

fn started() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", "."]);
    folder
}

/// A folder that keeps the example's articles.
fn filled() -> tempfile::TempDir {
    let folder = started();
    print(folder.path(), &["add", examples().to_str().unwrap()]);
    folder
}

fn articles() -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(examples()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn listings_of_what_is_kept_are_those_of_the_captures() {
    let folder = started();
    // in two steps and the wrong way round
    let paths = articles();
    let (first, second) = paths.split_at(9);
    for some in [second, first] {
        let mut words = vec!["add"];
        words.extend(some.iter().map(|p| p.to_str().unwrap()));
        print(folder.path(), &words);
    }
    let all = examples();
    let here = tempfile::tempdir().unwrap();
    for words in [
        &["export"][..],
        &["brief"],
        &["brief", "--format", "json", "--as-of", "2025-04-10"],
        &["positions", "--format", "json"],
        &["timeline", "--party", "ADF"],
        &["sources", "--format", "csv"],
    ] {
        let mut of_captures = words.to_vec();
        of_captures.push(all.to_str().unwrap());
        let expected = print(here.path(), &of_captures);
        assert!(expected == print(folder.path(), words), "{words:?} differs");
    }
    // under a dossier file too: the folder's own is used without being named
    print(folder.path(), &["discover"]);
    let dossier = folder.path().join("dossier.toml");
    let pinned = print(here.path(), &["positions", "--dossier", dossier.to_str().unwrap(), all.to_str().unwrap()]);
    assert!(pinned == print(folder.path(), &["positions"]));
}

#[test]
fn adding_again_changes_nothing_and_reads_nothing() {
    let folder = filled();
    let before = print(folder.path(), &["export"]);
    // a model that is not there is not missed: nothing must be read
    let again = print(folder.path(), &["add", "--model", "no/such/model", examples().to_str().unwrap()]);
    assert_eq!(again, "0 new articles, 24 known already; 24 articles in all\n");
    // nor are the folder's own files anybody's articles
    fails(folder.path(), &["add", "no/such/file"], 1, "no such file or folder");
    std::fs::copy(&articles()[0], folder.path().join("copy.txt")).unwrap();
    let copy = print(folder.path(), &["add", "."]);
    assert!(copy.starts_with("0 new articles, 1 more source of known ones"), "{copy}");
    assert_eq!(before.lines().count(), print(folder.path(), &["export"]).lines().count());
}

#[test]
fn a_command_finds_the_folder_it_stands_in() {
    let folder = filled();
    let inside = folder.path().join("notes/of/may");
    std::fs::create_dir_all(&inside).unwrap();
    assert_eq!(print(&inside, &["people"]), print(folder.path(), &["people"]));
    let outside = tempfile::tempdir().unwrap();
    fails(outside.path(), &["brief"], 64, "is no dossier folder and lies in none");
    fails(outside.path(), &["add", "."], 64, "rapporteur init DIR");
    fails(folder.path(), &["init", "."], 1, "is there already");
    fails(folder.path(), &["brief", "--verbatim"], 64, "`--verbatim` is for reading captures");
    fails(Path::new("/no/such/folder"), &["brief"], 64, "failed to enter");
}

#[test]
fn what_was_said_is_found_and_shown() {
    let folder = filled();
    let found =
        print(folder.path(), &["search", "overtime", "--in", "statements", "--format", "json", "--limit", "100"]);
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let results = found["results"].as_array().unwrap();
    assert!(results.len() >= 5, "only {} results", results.len());
    let days: Vec<&str> = results.iter().filter_map(|r| r["day"].as_str()).collect();
    assert!(days.windows(2).all(|w| w[0] >= w[1]), "newest first: {days:?}");
    let export = print(folder.path(), &["export"]);
    let records: Vec<serde_json::Value> = export.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let by_id = |id: &serde_json::Value| records.iter().find(|r| r["id"] == *id).unwrap();
    for result in results {
        assert_eq!(by_id(&result["id"])["evidence"][0]["sentence"], result["text"]);
        let article = by_id(&result["article"])["text"].as_str().unwrap();
        for hit in result["hits"].as_array().unwrap() {
            let at = |key: &str| hit[key].as_u64().unwrap() as usize;
            assert_eq!(article[at("start")..at("end")].to_lowercase(), "overtime");
        }
    }
    let party = records.iter().find(|r| r["kind"] == "position").unwrap()["party"]["name"].as_str().unwrap();
    let of_party = print(folder.path(), &["search", "--party", party, "--format", "json"]);
    let of_party: serde_json::Value = serde_json::from_str(&of_party).unwrap();
    assert!(of_party["count"].as_u64().unwrap() > 3);
    assert!(of_party["results"].as_array().unwrap().iter().all(|r| r["who"] == party));
    assert!(print(folder.path(), &["search", "overtime"]).contains("[[overtime]]"));
    assert!(print(folder.path(), &["search", "overtime", "--format", "csv"]).starts_with("id,kind,article,day,who"));
    fails(folder.path(), &["search", "(overtime"], 64, "at character 1: the parenthesis is never closed");
    fails(folder.path(), &["search"], 64, "nothing to search for");
    fails(folder.path(), &["search", "--act", "shout"], 64, "`shout` is no act");
    fails(
        folder.path(),
        &["search", "--from", "2025-04-02", "--to", "2025-04-01"],
        64,
        "is before `--from 2025-04-02`",
    );

    // every record can be shown by its id, with the sentence as it stands in the article
    for kind in ["statement", "quote", "meeting", "position", "article", "figure", "dispute"] {
        let record = records.iter().find(|r| r["kind"] == kind).unwrap();
        let id = record["id"].as_str().unwrap();
        let shown: serde_json::Value =
            serde_json::from_str(&print(folder.path(), &["show", id, "--format", "json"])).unwrap();
        assert_eq!(shown["record"], *record);
        for place in shown["places"].as_array().unwrap() {
            let at = |range: &str, end: &str| place[range][end].as_u64().unwrap() as usize;
            let paragraph = place["paragraph"].as_str().unwrap();
            assert!(by_id(&place["article"])["text"].as_str().unwrap().contains(paragraph));
            let (start, end) = (at("words", "start"), at("words", "end"));
            assert!(at("sentence", "start") <= start && start < end && end <= at("sentence", "end"));
        }
    }
    let id = results[0]["id"].as_str().unwrap();
    let shown = print(folder.path(), &["show", &id[..id.len() - 2]]);
    assert!(shown.starts_with(id) && shown.contains("[[") && shown.contains("made by the rule"), "{shown}");
    fails(folder.path(), &["show", "statement-"], 64, "several ids begin with `statement-`");
    let near = format!("{}zz", &id[..id.len() - 2]);
    fails(folder.path(), &["show", &near], 64, &format!("near it are `{id}`"));
    fails(folder.path(), &["show", "xyzzy"], 64, "an id looks like");
}

/// Readings as if other rules had made them: they are read again, compared and replaced.
#[test]
fn reading_again_says_what_changes_before_it_changes_it() {
    let folder = filled();
    let before = print(folder.path(), &["export"]);
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    db.execute("UPDATE maker SET rules = 'older'", ()).unwrap();
    let positions = run(folder.path(), &["positions"]);
    assert!(
        text(&positions.stderr).contains("24 of 24 articles were read by other rules"),
        "{}",
        text(&positions.stderr)
    );
    let dry = print(folder.path(), &["reread", "--dry-run"]);
    assert!(dry.contains("24 articles read again; nothing was replaced"), "{dry}");
    for line in dry.lines().filter(|l| ["statement", "quote", "article"].iter().any(|k| l.starts_with(k))) {
        let counts: Vec<usize> = line.split_whitespace().skip(1).map(|n| n.parse().unwrap()).collect();
        assert!(counts[..3] == [0, 0, 0] && counts[3] > 20, "the same rules find the same: {line}");
    }
    assert_eq!(db.query_row("SELECT count(*) FROM staged", (), |r| r.get::<_, i64>(0)).unwrap(), 24);
    assert!(print(folder.path(), &["reread"]).contains("24 articles read again and replaced"));
    assert!(print(folder.path(), &["reread"]).starts_with("all articles are read by today's rules already"));
    assert!(before == print(folder.path(), &["export"]));
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
}

/// A document is kept as it was received: it can be had again, and is what its text is taken out of when it is read again.
#[test]
fn a_document_is_kept_as_it_was_received() {
    let folder = started();
    let rtf =
        r"{\rtf1\ansi The mill owners of Halver refused on Tuesday to raise wages.\par The union agreed to wait.}";
    std::fs::write(folder.path().join("talks.rtf"), rtf).unwrap();
    std::fs::write(folder.path().join("page.txt"), "The union of Halver rejected the plan on Monday.").unwrap();
    print(folder.path(), &["add", "talks.rtf", "page.txt"]);
    let ids = || -> Vec<(String, String)> {
        let export = print(folder.path(), &["export", "--format", "jsonl"]);
        let records = export.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        let named =
            |r: &serde_json::Value| (r["path"].as_str().unwrap_or_default().into(), r["id"].as_str().unwrap().into());
        records.filter(|r| r["kind"] == "article").map(|r| named(&r)).collect()
    };
    let id = |path: &str| ids().into_iter().find(|(p, _)| p.ends_with(path)).unwrap().1;
    assert_eq!(print(folder.path(), &["show", &id("talks.rtf"), "--received", "-"]), rtf);
    let printed = print(folder.path(), &["show", &id("talks.rtf"), "--received", "out.rtf"]);
    assert!(printed.starts_with(&format!("{} bytes to `out.rtf`", rtf.len())), "{printed}");
    assert_eq!(std::fs::read_to_string(folder.path().join("out.rtf")).unwrap(), rtf);
    fails(
        folder.path(),
        &["show", &id("talks.rtf"), "--received", "out.rtf"],
        1,
        "nothing that is there is written over",
    );
    let page = print(folder.path(), &["show", &id("page.txt"), "--received", "-"]);
    assert_eq!(page, "The union of Halver rejected the plan on Monday.");
    // other rules once took other text out of it
    let before = print(folder.path(), &["export"]);
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    db.execute("UPDATE maker SET rules = 'older'", ()).unwrap();
    db.execute(
        "UPDATE article SET bytes = (SELECT bytes FROM article WHERE id <> ?1) WHERE id = ?1",
        [&id("talks.rtf")],
    )
    .unwrap();
    assert!(print(folder.path(), &["reread"]).contains("2 articles read again and replaced"));
    assert!(before == print(folder.path(), &["export"]));
    let text = "SELECT count(DISTINCT bytes) FROM article";
    assert_eq!(db.query_row(text, (), |r| r.get::<_, i64>(0)).unwrap(), 2, "its text is its own again");
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
}

#[test]
fn a_copy_put_back_gives_the_same() {
    let folder = filled();
    print(folder.path(), &["discover"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("may.sqlite");
    print(folder.path(), &["backup", copy.to_str().unwrap()]);
    fails(folder.path(), &["backup", copy.to_str().unwrap()], 1, "is there already");
    // a point in a name is no ending, and what lies beside is never written over
    for month in ["2025.05", "2025.06"] {
        print(folder.path(), &["backup", elsewhere.path().join(month).to_str().unwrap()]);
        assert!(elsewhere.path().join(format!("{month}.dossier.toml")).is_file());
    }
    let beside = elsewhere.path().join("2025.07.dossier.toml");
    std::fs::write(&beside, "mine").unwrap();
    let july = elsewhere.path().join("2025.07");
    fails(
        folder.path(),
        &["backup", july.to_str().unwrap()],
        1,
        "2025.07.dossier.toml` is there already: nothing was changed",
    );
    assert!(!july.exists() && std::fs::read(&beside).unwrap() == b"mine");
    let restored = tempfile::tempdir().unwrap();
    std::fs::copy(&copy, restored.path().join("archive.sqlite")).unwrap();
    std::fs::copy(elsewhere.path().join("may.sqlite.dossier.toml"), restored.path().join("dossier.toml")).unwrap();
    assert!(print(folder.path(), &["export"]) == print(restored.path(), &["export"]));
}

#[test]
fn a_damaged_article_is_named_and_read_again() {
    let folder = filled();
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let id: String = db.query_row("SELECT id FROM article LIMIT 1", (), |r| r.get(0)).unwrap();
    let whole = print(folder.path(), &["export"]);
    db.execute("UPDATE article SET reading = x'00' WHERE id = ?1", [&id]).unwrap();
    fails(folder.path(), &["positions"], 1, &format!("the reading of article `{id}` cannot be read back"));
    fails(folder.path(), &["check"], 2, &id);
    assert!(print(folder.path(), &["reread"]).contains("1 article read again and replaced"));
    assert!(whole == print(folder.path(), &["export"]));
}

/// What can be looked up is made of the readings, so that reading again makes it whole, whatever is gone of it.
#[test]
fn what_can_be_looked_up_is_made_whole_by_reading_again() {
    let folder = filled();
    let search = || print(folder.path(), &["search", "overtime", "--limit", "100"]);
    let (found, export) = (search(), print(folder.path(), &["export"]));
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    assert!(db.execute("DELETE FROM item WHERE article IN (3, 4)", ()).unwrap() > 2);
    fails(folder.path(), &["check"], 2, "is not what its reading says: `rapporteur reread` writes it anew");
    let tried = print(folder.path(), &["reread", "--dry-run"]);
    let said = "what can be looked up of 2 articles was not what the readings say: it ";
    assert!(tried.starts_with(&format!("{said}would be written anew\n")), "{tried}");
    fails(folder.path(), &["check"], 2, "can be searched and");
    let done = print(folder.path(), &["reread"]);
    assert!(done.starts_with(&format!("{said}is written anew\n")) && done.contains(" that is taken away\n"), "{done}");
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
    assert!(search() == found && print(folder.path(), &["export"]) == export);
    assert_eq!(print(folder.path(), &["reread"]), "all articles are read by today's rules already\n");
}

/// A file that was cut to nothing is no new archive, and what `init` left on a full disk is no archive either.
#[test]
fn an_emptied_archive_is_refused_until_it_is_started_anew() {
    let folder = started();
    std::fs::write(folder.path().join("archive.sqlite"), "").unwrap();
    for words in [&["positions"][..], &["check"], &["add", "."], &["search", "talks"]] {
        fails(folder.path(), words, 1, "is empty: what it kept is not in it any more");
    }
    assert_eq!(std::fs::metadata(folder.path().join("archive.sqlite")).unwrap().len(), 0);
    print(folder.path(), &["init", "."]);
    let one = articles()[0].to_str().unwrap().to_string();
    assert_eq!(print(folder.path(), &["add", &one]), "1 new article; 1 article in all\n");
    assert!(print(folder.path(), &["check"]).starts_with("1 article, 1 capture, "));
    fails(folder.path(), &["init", "."], 1, "is there already");
    // a copy into a folder that is not there names that, and not a file that nobody asked for
    let output = run(folder.path(), &["backup", "nodir/b.sqlite"]);
    let said = text(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains("nodir/b.sqlite`: its folder does not exist"), "{said}");
    assert!(!said.contains(".part"), "{said}");
}

/// What is kept of an article cannot be read back: its capture makes it whole, from wherever it comes, and the run goes on.
#[test]
fn a_damaged_article_is_made_whole_by_adding_its_capture_again() {
    let folder = filled();
    let whole = print(folder.path(), &["export"]);
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let path = "SELECT a.id, s.path FROM article a JOIN source s ON s.article = a.number ORDER BY a.id LIMIT 1";
    let (id, path): (String, String) = db.query_row(path, (), |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    let copy = folder.path().join("copy.html");
    std::fs::copy(&path, &copy).unwrap();
    for (damage, added) in [
        ("UPDATE article SET fields = x'00' WHERE id = ?1", path.as_str()),
        ("UPDATE bytes SET packed = x'00' WHERE number = (SELECT bytes FROM article WHERE id = ?1)", path.as_str()),
        ("UPDATE article SET text = x'00' WHERE id = ?1", copy.to_str().unwrap()),
    ] {
        db.execute(damage, [&id]).unwrap();
        fails(folder.path(), &["check"], 2, "cannot be");
        let said = print(folder.path(), &["add", added, examples().to_str().unwrap()]);
        assert!(said.starts_with("0 new articles, ") && said.contains(", 1 made whole again; 24 articles"), "{said}");
        assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
    }
    let after = print(folder.path(), &["export"]);
    assert_eq!(whole.lines().count(), after.lines().count());
    assert!(after.contains("copy.html"), "the other place is a source now");
    // where another source of it cannot be read back either, that is a refusal, and the rest is kept
    db.execute("UPDATE article SET fields = x'00' WHERE id = ?1", [&id]).unwrap();
    db.execute("UPDATE source SET said = '?' WHERE path = ?1", [copy.to_str().unwrap()]).unwrap();
    std::fs::write(folder.path().join("new.txt"), "The dockers refused the offer.").unwrap();
    let new = folder.path().join("new.txt");
    let output = run(folder.path(), &["add", &path, new.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("what the container of"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 new article; 25 articles in all"), "{}", text(&output.stdout));
}

/// One file is one source, however it is named; a time that is given later, or an earlier one, counts.
#[test]
fn a_file_is_one_source_by_whatever_path_and_its_earliest_time_counts() {
    let folder = filled();
    std::fs::create_dir_all(folder.path().join("in/here")).unwrap();
    let one = folder.path().join("one.txt");
    std::fs::write(&one, "The union refused the offer of the port.").unwrap();
    print(folder.path(), &["add", one.to_str().unwrap(), "--captured-at", "2025-03-09"]);
    let record = || {
        let export = print(folder.path(), &["export"]);
        let mut all = export.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        all.find(|r| r["kind"] == "article" && r["path"].as_str().unwrap().ends_with("one.txt")).unwrap()
    };
    let first = record();
    for (at, path) in [("one.txt", "."), ("../one.txt", "in"), ("../../one.txt", "in/here"), ("./in/../one.txt", ".")] {
        let words = ["add", at, "--captured-at", "2025-03-09"];
        let said = print(&folder.path().join(path), &words);
        assert_eq!(said, "0 new articles, 1 known already; 25 articles in all\n", "{at}");
    }
    assert_eq!(record(), first);
    for (typed, counts) in [("2025-03-07", "2025-03-07"), ("2025-03-08", "2025-03-07"), ("2025-03-05", "2025-03-05")] {
        print(folder.path(), &["add", "one.txt", "--captured-at", typed]);
        assert_eq!(record()["captured"]["at"], counts);
    }
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
}

/// A page that is added by itself and later with a library that names it, or the other way round, is what the library says.
#[test]
fn a_library_tells_of_a_page_that_is_kept_already() {
    let pages = tempfile::tempdir().unwrap();
    let (page, library) = (pages.path().join("page.txt"), pages.path().join("talks.ris"));
    std::fs::write(&page, "The dockers refused the offer on Tuesday. “We will not sign,” said Ada Brok.").unwrap();
    let ris = "TY  - NEWS\nTI  - Dockers refuse\nT2  - Harbour Herald\nDA  - 2025/03/05/\nL1  - page.txt\nER  - \n";
    std::fs::write(&library, ris).unwrap();
    let (page, library) = (page.to_str().unwrap(), library.to_str().unwrap());
    let mut exports = Vec::new();
    for order in [[page, library], [library, page]] {
        let folder = started();
        print(folder.path(), &["add", order[0], "--captured-at", "2025-03-06"]);
        let said = print(folder.path(), &["add", order[1], "--captured-at", "2025-03-06"]);
        assert_eq!(said, "0 new articles, 1 more source of known ones; 1 article in all\n");
        let again = print(folder.path(), &["add", "--captured-at", "2025-03-06", page, library]);
        assert_eq!(again, "0 new articles, 1 known already; 1 article in all\n");
        let sources = print(folder.path(), &["sources"]);
        assert!(sources.contains("Harbour Herald") && sources.contains("2025-03-05"), "{sources}");
        assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
        let export = print(folder.path(), &["export"]);
        let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
        db.execute("UPDATE maker SET rules = 'older'", ()).unwrap();
        print(folder.path(), &["reread"]);
        assert!(print(folder.path(), &["export"]) == export, "read again it is the same");
        exports.push(export);
    }
    let here = tempfile::tempdir().unwrap();
    exports.push(print(here.path(), &["export", "--captured-at", "2025-03-06", page, library]));
    assert!(exports.windows(2).all(|w| w[0] == w[1]), "{}\n\n{}\n\n{}", exports[0], exports[1], exports[2]);
}

/// Each filter narrows the search; what is nowhere is said with what is near; what items mean is today's program's and dossier's.
#[test]
fn every_filter_of_a_search_holds_and_what_is_nowhere_is_said() {
    let folder = filled();
    let search = |words: &[&str]| {
        let found = print(folder.path(), &[&["search", "--format", "json", "--limit", "500"], words].concat());
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        found["results"].as_array().unwrap().iter().map(|r| r["id"].to_string()).collect::<Vec<_>>()
    };
    let of_party = search(&["--party", "Atlantic Dockers' Federation"]);
    let of_person = search(&["--person", "Brenna Tollard"]);
    let of_both = search(&["--party", "Atlantic Dockers' Federation", "--person", "Brenna Tollard"]);
    assert!(!of_person.is_empty() && of_person.len() < of_party.len());
    let both: Vec<_> = of_party.iter().filter(|id| of_person.contains(id)).cloned().collect();
    assert_eq!(of_both, both);
    assert!(search(&["--party", "Carrow Port Employers' Association", "--person", "Brenna Tollard"]).is_empty());
    for (words, near) in [
        (
            ["--party", "Atlantic Dokers"],
            "no party is called `Atlantic Dokers`; did you mean `Atlantic Dockers' Federation`",
        ),
        (["--person", "Brena Tolard"], "no person is called `Brena Tolard`; did you mean `Brenna Tollard`"),
        (["--source", "Carow Courier"], "no article is from a source `Carow Courier`; did you mean"),
        (["--issue", "xyzzy"], "no issue is called `xyzzy`\n"),
    ] {
        fails(folder.path(), &["search", words[0], words[1]], 0, near);
    }
    // what was found out by another program is not believed
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    db.execute("UPDATE derived SET state = substr(state, 1, instr(state, ':')) || 'older:' WHERE name = 'meant'", ())
        .unwrap();
    db.execute("UPDATE meant SET party = 'nobody', person = NULL", ()).unwrap();
    assert_eq!(search(&["--person", "Brenna Tollard"]), of_person);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_named_and_loses_nothing() {
    let folder = started();
    let one = articles()[0].to_str().unwrap().to_string();
    print(folder.path(), &["add", &one]);
    let before = print(folder.path(), &["export"]);
    // a limit of 400 kB on any file, and no signal for it, so that the write fails as on a full disk
    let script = "trap '' XFSZ; ulimit -f $(( $2 * 2 )); exec \"$0\" -C \"$1\" add \"$3\"";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_rapporteur")])
        .arg(folder.path())
        .args(["200", examples().to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("the disk is full (or a limit is reached)"), "{}", text(&output.stderr));
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
    let after = print(folder.path(), &["export"]);
    let ids = |export: &str| export.matches("{\"kind\":\"article\"").count();
    assert!(ids(&after) >= ids(&before) && ids(&after) < 24, "{} of 24 are kept", ids(&after));
    print(folder.path(), &["add", examples().to_str().unwrap()]);
    assert_eq!(ids(&print(folder.path(), &["export"])), 24);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_can_be_looked_at_and_says_that_it_cannot_be_written() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = filled();
    print(folder.path(), &["search", "overtime"]);
    let dossier = "[[party]]\nname = \"Dockers of Carrow\"\naliases = [\"Atlantic Dockers' Federation\"]\n";
    std::fs::write(folder.path().join("dossier.toml"), dossier).unwrap();
    let expected = print(folder.path(), &["positions"]);
    let allow = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&folder.path().join("archive.sqlite"), 0o444);
    allow(folder.path(), 0o555);
    // what nobody may write, root still may: then another user must try
    let as_other = |words: &[&str]| {
        let mut command = command(folder.path(), words);
        if std::fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0) {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    };
    let positions = as_other(&["positions"]);
    assert_eq!(text(&positions.stdout), expected, "{}", text(&positions.stderr));
    assert!(text(&as_other(&["search", "overtime"]).stdout).contains("[[overtime]]"));
    // under another dossier than the one that was searched under, and nothing can be kept of it
    let of_party = as_other(&["search", "--party", "Dockers of Carrow"]);
    assert!(text(&of_party.stdout).contains("Dockers of Carrow · "), "{}", text(&of_party.stderr));
    let add = as_other(&["add", examples().to_str().unwrap()]);
    assert_eq!(add.status.code(), Some(1));
    assert!(text(&add.stderr).contains("it is read-only here"), "{}", text(&add.stderr));
    allow(folder.path(), 0o755);
    assert!(print(folder.path(), &["check"]).ends_with("all whole\n"));
}

/// Ctrl-C ends an addition where it is whole and says what is kept; the same command goes on.
#[cfg(unix)]
#[test]
fn stopped_by_ctrl_c_it_says_what_is_kept_and_how_to_go_on() {
    let folder = started();
    let line = |n: usize| format!("{{\"text\":\"The union refused offer {n} of the port on Tuesday.\"}}\n");
    let file = folder.path().join("many.jsonl");
    std::fs::write(&file, (0..1_000).map(line).collect::<String>()).unwrap();
    let words = ["add", file.to_str().unwrap()];
    let child = command(folder.path(), &words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let count = || db.query_row("SELECT count(*) FROM article", (), |r| r.get::<_, i64>(0)).unwrap();
    while count() == 0 {
        std::thread::yield_now();
    }
    let pressed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(pressed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(
        said.contains("what was added is kept") && said.contains("run the same command again to add the rest"),
        "{said}"
    );
    let kept = count();
    assert!(kept > 0 && kept < 1_000, "{kept}");
    assert!(text(&output.stdout).starts_with(&format!("{kept} new articles; {kept} articles in all")));
    let rest = print(folder.path(), &words);
    assert!(
        rest.starts_with(&format!("{} new articles, {kept} known already; 1000 articles in all", 1_000 - kept)),
        "{rest}"
    );
}
