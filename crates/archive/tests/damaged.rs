//! Files that are no archive, newer ones, and damage inside: named, never a panic, never written over.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

mod common;

use std::path::{Path, PathBuf};

use common::{is_whole, keep, made, maker, silent};
use rapporteur_archive::{Archive, Feed, History, Kept, Known, Page, VERSION, Version};
use rusqlite::Connection;

/// A folder with an archive of three articles, closed.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(folder.path(), silent).unwrap();
    (0..3)
        .for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), rapporteur_archive::Kept::New));
    folder
}

/// A feed of which all is known.
fn feed() -> Feed {
    Feed {
        address: "https://halver.example/feed.xml".to_string(),
        title: "Halver Courier".to_string(),
        etag: "\"7-é\"".to_string(),
        modified: "Thu, 01 May 2025 12:00:00 GMT".to_string(),
        polls: 12,
        failures: 2,
        error: "status 503".to_string(),
        next: "2025-05-01T13:00:00Z".parse().ok(),
        peace: "2025-05-01T12:30:00Z".parse().ok(),
    }
}

/// A page of which all is known.
fn page() -> Page {
    Page {
        address: "https://halver.example/talks".to_string(),
        mark: "1f".to_string(),
        etag: "\"8\"".to_string(),
        modified: "Wed, 30 Apr 2025 12:00:00 GMT".to_string(),
        looked: "2025-05-01T12:00:00Z".parse().ok(),
        article: made(0).article.id.to_string(),
    }
}

/// What is known of the versions of that page.
fn history() -> History {
    let version = |article: usize, first: &str, last: &str| {
        let [first, last] = [first, last].map(|at| format!("2025-05-01T{at}:00Z").parse().unwrap());
        Version { article: made(article).article.id, first, last }
    };
    let versions = vec![version(1, "11:00", "11:00"), version(0, "11:05", "12:00")];
    History { address: page().address, versions }
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("archive.sqlite")
}

/// Opening fails with these words and leaves the file as it was.
fn refused(folder: &Path, words: &str) {
    let path = folder.join("archive.sqlite");
    let before = std::fs::read(&path).unwrap();
    for opened in [Archive::open(folder, silent), Archive::open_to_read(folder, silent)] {
        let error = opened.err().unwrap().to_string();
        assert!(error.contains(words) && error.contains("archive.sqlite"), "{error}");
    }
    assert!(std::fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn a_folder_without_an_archive_is_named_with_the_way_to_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = Archive::open(folder.path(), silent).unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains("rapporteur init DIR"), "{error}");
    Archive::create(folder.path(), silent).unwrap();
    assert!(Archive::create(folder.path(), silent).unwrap_err().is_already_there());
}

/// A file that was cut to nothing is not taken for one that is new: only creating makes an archive of it, or of one that a
/// creation left that was stopped.
#[test]
fn an_emptied_archive_is_refused_and_can_be_made_anew() {
    let folder = folder();
    std::fs::write(file(&folder), "").unwrap();
    refused(folder.path(), "is empty");
    refused(folder.path(), "put back a backup, or start anew with `rapporteur init`");
    assert!(Archive::open(folder.path(), silent).unwrap_err().is_damaged());
    drop(Archive::create(folder.path(), silent).unwrap());
    assert_eq!(Archive::open(folder.path(), silent).unwrap().counts().unwrap().articles, 0);
    assert!(Archive::create(folder.path(), silent).unwrap_err().is_already_there());
    // stopped after SQLite had written its own first page
    let stopped = tempfile::tempdir().unwrap();
    Connection::open(file(&stopped)).unwrap().execute_batch("PRAGMA journal_mode = WAL; VACUUM").unwrap();
    assert!(std::fs::metadata(file(&stopped)).unwrap().len() > 0);
    assert!(Archive::open(stopped.path(), silent).unwrap_err().to_string().contains("is empty"));
    drop(Archive::create(stopped.path(), silent).unwrap());
    is_whole(&Archive::open(stopped.path(), silent).unwrap());
    // what is somebody else's is not written over
    let foreign = tempfile::tempdir().unwrap();
    Connection::open(file(&foreign)).unwrap().execute_batch("CREATE TABLE own (a)").unwrap();
    let before = std::fs::read(file(&foreign)).unwrap();
    assert!(Archive::create(foreign.path(), silent).unwrap_err().is_already_there());
    assert!(std::fs::read(file(&foreign)).unwrap() == before);
}

#[test]
fn a_newer_archive_is_refused_with_both_versions() {
    let folder = folder();
    Connection::open(file(&folder)).unwrap().pragma_update(None, "user_version", VERSION + 7).unwrap();
    refused(
        folder.path(),
        &format!("version {}, made by a newer Rapporteur: this one knows versions up to {VERSION}", VERSION + 7),
    );
}

#[test]
fn what_is_no_archive_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(file(&folder), "this is no database, it is a letter about one ".repeat(40)).unwrap();
    refused(folder.path(), "is no archive of Rapporteur");
    std::fs::remove_file(file(&folder)).unwrap();
    Connection::open(file(&folder)).unwrap().execute_batch("CREATE TABLE shopping (what TEXT)").unwrap();
    refused(folder.path(), "is no archive of Rapporteur");
}

#[test]
fn every_version_that_was_ever_released_is_opened() {
    let versions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions");
    let mut opened = 0;
    for entry in std::fs::read_dir(versions).unwrap() {
        let stored = entry.unwrap().path();
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(&stored, file(&folder)).unwrap();
        let mut archive = Archive::open(folder.path(), silent).unwrap();
        assert_eq!(archive.counts().unwrap().articles, 3, "{}", stored.display());
        assert_eq!(archive.corrections().unwrap().len(), 1);
        assert_eq!(archive.staged(&maker("two")).unwrap().len(), 1);
        // what text was taken out of since version 4
        let version: u32 = stored.file_stem().and_then(|n| n.to_str()?.parse().ok()).unwrap();
        let original = archive.original(&made(1).article.id).unwrap();
        assert_eq!(original.map(|o| o.bytes.to_vec()), (version >= 4).then(|| b"the document".to_vec()));
        assert_eq!(common::all(&archive).len(), 3);
        // what users have seen is kept since version 2
        assert_eq!(archive.seen("Ann").unwrap().map(|s| s.records), (version >= 2).then(|| b"seen".to_vec()));
        archive.remember("Bob", common::now(), b"too").unwrap();
        // feeds and pages since version 3
        let (followed, looked_at) = (feed(), page());
        assert_eq!(archive.feeds().unwrap(), (version >= 3).then(|| followed.clone()).into_iter().collect::<Vec<_>>());
        assert_eq!(archive.page(&looked_at.address).unwrap(), (version >= 3).then(|| looked_at.clone()));
        let other = Feed { address: "https://halver.example/other.xml".to_string(), ..Feed::default() };
        for feed in [&followed, &other] {
            archive.keep_feed(feed).unwrap();
        }
        archive.keep_page(&looked_at).unwrap();
        assert_eq!(archive.histories().unwrap(), if version >= 3 { vec![history()] } else { Vec::new() });
        assert_eq!(archive.feeds().unwrap(), [followed, other]);
        assert_eq!(archive.page(&looked_at.address).unwrap(), Some(looked_at));
        is_whole(&archive);
        keep(&mut archive, &made(77), &maker("two")).unwrap();
        opened += 1;
    }
    assert_eq!(opened, VERSION, "one archive for each version is stored");
}

/// Not a test of anything: makes the archive that is stored for today's version, when asked to.
#[test]
fn an_archive_of_this_version_can_be_stored() {
    let folder = folder();
    let mut archive = Archive::open(folder.path(), silent).unwrap();
    archive.correct("Ann", common::now(), &serde_json::json!({"note": "kept"})).unwrap();
    let one = made(0);
    let packed = rapporteur_archive::Packed::of(&one.article, &one.reading).unwrap();
    archive.remember("Ann", common::now(), b"seen").unwrap();
    archive.keep_feed(&feed()).unwrap();
    for (minute, article) in [(0, 1), (5, 0)] {
        let looked = format!("2025-05-01T11:{minute:02}:00Z").parse().ok();
        archive.keep_version(&Page { article: made(article).article.id.to_string(), looked, ..page() }).unwrap();
    }
    archive.keep_unchanged(&page()).unwrap();
    let mut document = made(1);
    document.capture.original = Some(rapporteur_capture::Original::of(b"the document".to_vec()));
    keep(&mut archive, &document, &maker("one")).unwrap();
    archive.outdated(&maker("two")).unwrap();
    archive.stage(&packed, None, &maker("two")).unwrap();
    let to = match std::env::var_os("STORE_ARCHIVE") {
        Some(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/versions/{VERSION}.sqlite")),
        None => folder.path().join("stored.sqlite"),
    };
    archive.backup(&to, &mut |_, _| ()).unwrap();
    assert!(to.metadata().unwrap().len() > 0);
}

/// One row is damaged by `sql`: the archive opens, the other rows are given, and both the load and the check name it.
fn named(sql: &str, words: &str) {
    let folder = folder();
    let id = made(1).article.id.to_string();
    let db = Connection::open(file(&folder)).unwrap();
    assert_eq!(db.execute(sql, [&id]).unwrap(), 1, "{sql}");
    drop(db);
    let archive = Archive::open(folder.path(), silent).unwrap();
    let fault = archive.packed(&id).unwrap().unwrap().unpack().unwrap_err();
    assert!(fault.contains(&id) && fault.contains(words), "{fault}");
    assert!(archive.packed(made(0).article.id.as_str()).unwrap().unwrap().unpack().is_ok());
    let faults = archive.check(&mut |_, _| ()).unwrap().faults;
    assert!(faults.contains(&fault), "{faults:?}");
}

#[test]
fn a_damaged_reading_is_named() {
    named("UPDATE article SET reading = x'00' WHERE id = ?1", "the reading of article");
    named(
        "UPDATE article SET reading = substr(reading, 1, length(reading) - 8) WHERE id = ?1",
        "the reading of article",
    );
    named(
        "UPDATE article SET reading = (SELECT reading FROM article WHERE id <> ?1 LIMIT 1) WHERE id = ?1",
        "it is of article",
    );
    named("UPDATE article SET fields = x'789c' WHERE id = ?1", "the fields of article");
}

#[test]
fn evidence_that_is_no_range_of_its_text_is_named() {
    let mut other = made(1);
    other.article.text.truncate(20);
    let packed = |text: &str| {
        let mut article = other.article.clone();
        article.text = text.to_string();
        rapporteur_archive::Packed::of(&article, &other.reading).unwrap()
    };
    assert!(packed(&made(1).article.text).unpack().is_ok());
    let fault = packed("The union of Halver").unpack().unwrap_err();
    assert!(fault.contains("no range of the text"), "{fault}");
    // as many bytes, but characters of two bytes where the item begins and ends
    let fault = packed(&"é".repeat(made(1).article.text.len().div_ceil(2) + 1)).unpack().unwrap_err();
    assert!(fault.contains("no range of the text"), "{fault}");
}

#[test]
fn references_to_nothing_are_named() {
    let one = made(1);
    let broken = |change: &dyn Fn(&mut rapporteur_reading::Reading)| {
        let mut reading = one.reading.clone();
        change(&mut reading);
        rapporteur_archive::Packed::of(&one.article, &reading).unwrap().unpack().unwrap_err()
    };
    assert!(broken(&|r| r.statements[0].quote = Some(4)).contains("quotation 4 of 1"));
    assert!(broken(&|r| r.statements[0].proposal = Some(0)).contains("proposal 0 of 0"));
    assert!(broken(&|r| r.entities.clear()).contains("entity 0 of 0"));
    assert!(broken(&|r| r.quotes[0].content.clear()).contains("has no words"));
}

#[test]
fn a_damaged_capture_is_named() {
    let folder = folder();
    let db = Connection::open(file(&folder)).unwrap();
    let changed =
        db.execute("UPDATE bytes SET packed = (SELECT packed FROM bytes WHERE number = 1) WHERE number = 2", ());
    assert_eq!(changed.unwrap(), 1);
    drop(db);
    let archive = Archive::open(folder.path(), silent).unwrap();
    let faults = archive.check(&mut |_, _| ()).unwrap().faults;
    assert!(faults.len() == 1 && faults[0].contains("is not the bytes that were received"), "{faults:?}");
    let error = archive.captures(&made(1).article.id).unwrap_err();
    assert!(error.is_damaged() && error.to_string().contains(made(1).article.id.as_str()), "{error}");
}

/// What is derived from the readings is made of them again, whichever rows of it are gone, wrong or too many.
#[test]
fn what_can_be_looked_up_is_written_anew_where_it_is_not_what_the_readings_say() {
    for sql in [
        "DELETE FROM item WHERE article = 3",
        "DELETE FROM item",
        "UPDATE item SET article = 1 WHERE article = 2",
        "UPDATE item SET kind = 9 WHERE kind = 1",
        "UPDATE item SET act = 0 WHERE kind = 1",
        "UPDATE item SET hash = 5 WHERE kind = 2",
        "INSERT INTO item VALUES (7, 7, 1, 2, NULL)",
        "UPDATE article SET day = '1999-01-01', outlet = 'Nobody', title = ''",
        "DELETE FROM words WHERE rowid IN (SELECT place FROM item WHERE kind = 1)",
        "INSERT INTO words (rowid, text) VALUES (5, 'talks')",
    ] {
        let folder = folder();
        assert!(Connection::open(file(&folder)).unwrap().execute(sql, ()).unwrap() > 0, "{sql}");
        let mut archive = Archive::open(folder.path(), silent).unwrap();
        let faults = archive.check(&mut |_, _| ()).unwrap().faults;
        assert!(faults.iter().any(|f| f.contains("`rapporteur reread` writes it anew")), "{sql}: {faults:?}");
        let mut astray = Vec::new();
        for (article, reading) in common::all(&archive) {
            if !archive.is_indexed(&article, &reading).unwrap() {
                astray.push(article.id.to_string());
            }
        }
        assert!(!astray.is_empty() || archive.strays().unwrap() == 1, "{sql}");
        archive.index_anew(&astray).unwrap();
        assert_eq!(archive.strays().unwrap(), 0);
        is_whole(&archive);
    }
}

/// What a change of one row alone makes wrong is found, whatever row it is.
#[test]
fn a_row_that_is_not_what_the_readings_say_is_named() {
    for (sql, words) in [
        ("UPDATE item SET kind = 9 WHERE kind = 1", "what can be looked up of"),
        ("UPDATE item SET act = 0 WHERE kind = 1", "what can be looked up of"),
        ("UPDATE article SET day = '1999-01-01'", "what can be looked up of"),
        ("UPDATE article SET outlet = 'Nobody'", "what can be looked up of"),
        ("UPDATE article SET title = ''", "what can be looked up of"),
        ("UPDATE source SET at = 'soon'", "the time at which"),
        ("UPDATE source SET at = NULL", "were captured at another time"),
        ("UPDATE source SET at = '2031-01-01'", "were captured at another time"),
        ("UPDATE source SET said = 'nothing'", "cannot be read back"),
        ("UPDATE source SET said = replace(said, 'Courier', 'Herald')", "does not know its source"),
        ("UPDATE source SET path = 'elsewhere'", "does not know its source"),
        ("DELETE FROM source", "is not kept"),
        (
            "DELETE FROM words WHERE rowid IN (SELECT place FROM item WHERE kind = 1)",
            "3 articles, statements or quotations cannot be searched",
        ),
        (
            "INSERT INTO words (rowid, text) VALUES (5, 'talks')",
            "1 article, statement or quotation can be searched and is none any more",
        ),
    ] {
        let folder = folder();
        assert!(Connection::open(file(&folder)).unwrap().execute(sql, ()).unwrap() > 0, "{sql}");
        let faults = Archive::open(folder.path(), silent).unwrap().check(&mut |_, _| ()).unwrap().faults;
        assert!(faults.iter().any(|f| f.contains(words)), "{sql}: {faults:?}");
    }
}

#[test]
fn what_is_remembered_of_feeds_and_pages_is_looked_at() {
    for (sql, words) in [
        (
            "UPDATE feed SET next = 'soon' WHERE etag <> ''",
            "the feed `https://halver.example/feed.xml` is to be asked is none",
        ),
        (
            "UPDATE feed SET peace = '' WHERE etag <> ''",
            "the feed `https://halver.example/feed.xml` is left in peace is none",
        ),
        ("UPDATE page SET looked = '2025-13-01'", "the page `https://halver.example/talks` was looked at is none"),
    ] {
        let folder = folder();
        let mut archive = Archive::open(folder.path(), silent).unwrap();
        archive.keep_feed(&feed()).unwrap();
        archive.keep_page(&page()).unwrap();
        archive.keep_feed(&Feed { address: "https://halver.example/new".to_string(), ..Feed::default() }).unwrap();
        is_whole(&archive);
        assert!(Connection::open(file(&folder)).unwrap().execute(sql, ()).unwrap() > 0, "{sql}");
        let faults = archive.check(&mut |_, _| ()).unwrap().faults;
        assert!(faults.len() == 1 && faults[0].contains(words), "{sql}: {faults:?}");
    }
}

/// An article of which anything but the reading cannot be read back is kept anew from the same bytes, with all its sources.
#[test]
fn a_damaged_article_is_mended_by_its_capture() {
    for sql in [
        "UPDATE article SET fields = x'00'",
        "UPDATE article SET text = x'789c'",
        "UPDATE bytes SET packed = x'00'",
        "UPDATE bytes SET digest = digest || '0'",
    ] {
        let folder = folder();
        Connection::open(file(&folder)).unwrap().execute(sql, ()).unwrap();
        let mut archive = Archive::open(folder.path(), silent).unwrap();
        let one = made(1);
        let mut elsewhere = made(1);
        elsewhere.capture.path = "elsewhere.txt".to_string();
        for capture in [&one.capture, &elsewhere.capture] {
            assert_eq!(archive.knows(capture).unwrap(), Known::Broken, "{sql}");
        }
        assert_eq!(keep(&mut archive, &one, &maker("one")).unwrap(), Kept::Broken);
        assert_eq!(keep(&mut archive, &elsewhere, &maker("one")).unwrap(), Kept::Broken);
        assert_eq!(archive.mend(&made(9).capture, common::now()).unwrap(), None, "not kept");
        assert_eq!(archive.mend(&one.capture, common::now()).unwrap(), Some(true));
        assert_eq!(archive.captures(&one.article.id).unwrap(), std::slice::from_ref(&one.capture), "{sql}");
        let packed = rapporteur_archive::Packed::of(&one.article, &one.reading).unwrap();
        archive.stage(&packed, None, &maker("one")).unwrap();
        archive.promote(&packed, &one.article, &one.reading).unwrap();
        assert_eq!(archive.knows(&one.capture).unwrap(), Known::Yes);
        let faults = archive.check(&mut |_, _| ()).unwrap().faults;
        assert!(!faults.iter().any(|f| f.contains(one.article.id.as_str())), "{faults:?}");
    }
}

/// Bytes all over the file are overwritten, one place at a time: whatever is asked then is answered or is an error.
#[test]
fn no_damage_makes_it_panic() {
    let folder = folder();
    let whole = std::fs::read(file(&folder)).unwrap();
    let mut opened = 0;
    for place in (0..whole.len()).step_by(whole.len() / 150) {
        let mut bytes = whole.clone();
        bytes.iter_mut().skip(place).take(24).for_each(|b| *b ^= 0x5a);
        std::fs::write(file(&folder), bytes).unwrap();
        for beside in ["sqlite-wal", "sqlite-shm"] {
            let _ = std::fs::remove_file(file(&folder).with_extension(beside));
        }
        let Ok(mut archive) = Archive::open(folder.path(), silent) else { continue };
        opened += 1;
        let _ = archive.check(&mut |_, _| ());
        let _ = archive.each(2, |some| {
            some.iter().for_each(|p| drop(p.unpack()));
            Ok::<(), rapporteur_archive::Error>(())
        });
        let _ = (archive.corrections(), archive.with_id("statement-0"), archive.captures(&made(1).article.id));
        let _ = keep(&mut archive, &made(9), &maker("one"));
    }
    assert!(opened > 20, "only {opened} could be opened at all");
}
