//! What goes in comes out: articles, sources, captures, corrections, places to look things up.
#![allow(missing_docs, clippy::disallowed_methods, reason = "tests look at files")]

mod common;

use common::{Made, all, is_whole, keep, made, maker, now, of_text, silent};
use rapporteur_archive::{
    Archive, Decided, Entry, Error, Field, Kept, Known, Meant, Packed, Query, Received, Ruled, Seen, Wanted,
};
use rapporteur_capture::Original;
use rapporteur_reading::model::Act;

fn archive() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path(), silent).unwrap();
    (folder, archive)
}

#[test]
fn what_is_kept_is_given_back_as_it_was() {
    let (folder, mut archive) = archive();
    let many: Vec<_> = (0..10).map(made).collect();
    for one in &many {
        assert_eq!(archive.knows(&one.capture).unwrap(), Known::No);
        assert_eq!(keep(&mut archive, one, &maker("one")).unwrap(), Kept::New);
        assert_eq!(archive.knows(&one.capture).unwrap(), Known::Yes);
        assert_eq!(keep(&mut archive, one, &maker("one")).unwrap(), Kept::Known);
    }
    drop(archive);
    let archive = Archive::open_to_read(folder.path(), silent).unwrap();
    let mut expected: Vec<_> = many.iter().map(|m| (m.article.clone(), m.reading.clone())).collect();
    expected.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    assert_eq!(all(&archive), expected);
    for one in &many {
        assert_eq!(archive.captures(&one.article.id).unwrap(), std::slice::from_ref(&one.capture));
    }
    let counts = archive.counts().unwrap();
    assert_eq!((counts.articles, counts.makers), (10, vec![(maker("one"), 10)]));
    is_whole(&archive);
}

/// The same bytes in three places and at three times, kept in every order: always one article, that of the earliest
/// capture, with three sources.
#[test]
fn the_same_bytes_from_elsewhere_are_one_article_whatever_the_order() {
    let text = made(1).article.text;
    let captures = [("2025-03-03", "c.txt"), ("2025-03-01", "b.txt"), ("2025-03-02", "a.txt")];
    let mut results = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (_folder, mut archive) = archive();
        for n in order {
            let mut one = of_text(&text, captures[n].0, captures[n].1);
            one.capture.fields = Default::default();
            let is_first = archive.counts().unwrap().articles == 0;
            let kept = keep(&mut archive, &one, &maker("one")).unwrap();
            assert_eq!(kept, if is_first { Kept::New } else { Kept::Source });
        }
        is_whole(&archive);
        let found = all(&archive);
        assert_eq!(found.len(), 1);
        let paths: Vec<&str> = found[0].0.sources.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(paths, ["a.txt", "b.txt", "c.txt"]);
        assert_eq!(found[0].0.captured_at.unwrap().to_string(), "2025-03-01");
        let captured: Vec<String> = archive.captures(&found[0].0.id).unwrap().into_iter().map(|c| c.path).collect();
        assert_eq!(captured, ["b.txt", "a.txt", "c.txt"], "the earliest counts");
        results.push(found);
    }
    assert!(results.windows(2).all(|w| w[0] == w[1]));
}

/// Where containers say different things, the article is that which was made of all captures, or nothing is changed.
#[test]
fn captures_of_which_different_things_are_said_are_kept_together() {
    let text = made(1).article.text;
    let (_folder, mut archive) = archive();
    let (alone, told) = (of_text(&text, "2025-03-01", "a.txt"), of_text(&text, "2025-03-02", "b.txt"));
    assert_eq!(keep(&mut archive, &alone, &maker("one")).unwrap(), Kept::New);
    assert_eq!(archive.knows(&told.capture).unwrap(), Known::Elsewhere);
    let before = (all(&archive), archive.change().unwrap());
    assert_eq!(keep(&mut archive, &told, &maker("one")).unwrap(), Kept::Apart);
    let mut article = told.article.clone();
    article.sources.extend(alone.article.sources.iter().cloned());
    article.captured_at = alone.article.captured_at;
    let packed = Packed::of(&article, &told.reading).unwrap();
    let mut together = |others: &[rapporteur_capture::Capture]| {
        let (article, reading) = (&article, Some((&told.reading, &packed)));
        let received = Received { capture: &told.capture, verbatim: true, article, others, reading };
        archive.keep(&received, &maker("one"), now()).unwrap()
    };
    let mut stale = alone.capture.clone();
    stale.at = None;
    assert_eq!((together(&[]), together(&[stale])), (Kept::Apart, Kept::Apart));
    assert_eq!(together(std::slice::from_ref(&alone.capture)), Kept::Source);
    assert_eq!(together(std::slice::from_ref(&alone.capture)), Kept::Known);
    is_whole(&archive);
    let (found, change) = (all(&archive), archive.change().unwrap());
    assert!(found != before.0 && change == before.1 + 1);
    assert_eq!((found[0].0.published, archive.captures(&article.id).unwrap().len()), (told.article.published, 2));
}

#[test]
fn a_later_capture_of_known_bytes_need_not_be_read_an_earlier_one_must() {
    let (_folder, mut archive) = archive();
    let one = made(1);
    keep(&mut archive, &one, &maker("one")).unwrap();
    let mut other = one.capture.clone();
    other.path = "elsewhere.txt".to_string();
    other.at = Some("2025-12-31".parse().unwrap());
    assert_eq!(archive.knows(&other).unwrap(), Known::Elsewhere);
    other.at = Some("2024-01-01".parse().unwrap());
    assert_eq!(archive.knows(&other).unwrap(), Known::Later);
}

/// A source that is named again with an earlier time, or with one where it had none, counts from then on.
#[test]
fn an_earlier_time_of_a_known_source_counts() {
    let text = made(1).article.text;
    let (_folder, mut archive) = archive();
    let (mut timeless, early, late) = (
        of_text(&text, "2025-03-01", "a.txt"),
        of_text(&text, "2025-03-01", "a.txt"),
        of_text(&text, "2025-03-05", "a.txt"),
    );
    timeless.capture.at = None;
    timeless.article.captured_at = None;
    let same = early.capture.fields.clone();
    let with = |mut one: common::Made| {
        one.capture.fields = same.clone();
        one
    };
    let (timeless, early, late) = (with(timeless), with(early), with(late));
    assert_eq!(keep(&mut archive, &timeless, &maker("one")).unwrap(), Kept::New);
    for (one, known, kept) in [
        (&late, Known::Later, Kept::Earlier),
        (&early, Known::Later, Kept::Earlier),
        (&late, Known::Yes, Kept::Known),
        (&timeless, Known::Yes, Kept::Known),
        (&early, Known::Yes, Kept::Known),
    ] {
        assert_eq!(archive.knows(&one.capture).unwrap(), known);
        assert_eq!(keep(&mut archive, one, &maker("one")).unwrap(), kept);
        is_whole(&archive);
    }
    let found = all(&archive);
    assert_eq!((found.len(), found[0].0.sources.len()), (1, 1));
    assert_eq!(found[0].0.captured_at, early.capture.at);
    let captures = archive.captures(&found[0].0.id).unwrap();
    assert_eq!((captures.len(), captures[0].at), (1, early.capture.at));
    // of a source that is not the earliest only the time changes: nothing must be read
    let mut other = with(of_text(&text, "2025-06-06", "z.txt"));
    assert_eq!(keep(&mut archive, &other, &maker("one")).unwrap(), Kept::Source);
    other.capture.at = Some("2025-05-05".parse().unwrap());
    assert_eq!(archive.knows(&other.capture).unwrap(), Known::Elsewhere);
    assert_eq!(keep(&mut archive, &other, &maker("one")).unwrap(), Kept::Earlier);
    assert_eq!(archive.captures(&found[0].0.id).unwrap()[1].at, other.capture.at);
    is_whole(&archive);
}

/// What items mean is kept for the state in which it was found out, and for no other.
#[test]
fn what_items_mean_is_of_one_state() {
    let (_folder, mut archive) = archive();
    let (one, two) = (made(0), made(1));
    keep(&mut archive, &one, &maker("one")).unwrap();
    let meant = |archive: &mut Archive, change: i64, party: &str, number: usize| {
        let items = vec![Meant { number, party: Some(party.to_string()), ..Meant::default() }];
        archive.mean(change, "by", party.as_bytes(), [(one.article.id.as_str(), items)].into_iter())
    };
    let before = archive.change().unwrap();
    assert!(meant(&mut archive, before, "union", 1).unwrap());
    assert_eq!((archive.meant("by").unwrap(), archive.meant("of others").unwrap()), (Some(b"union".to_vec()), None));
    let find = |archive: &Archive, wanted: &Wanted| {
        let found = archive.search(wanted).unwrap();
        found.hits.into_iter().filter_map(|h| h.party).collect::<Vec<_>>()
    };
    let wanted = Wanted { limit: 100, ..Wanted::default() };
    assert_eq!(find(&archive, &wanted), ["union"]);
    assert!(find(&archive, &Wanted { is_unmeant: true, ..wanted.clone() }).is_empty());
    let who = |ids: &[&str]| Wanted { who: ids.iter().map(|i| vec![i.to_string()]).collect(), ..wanted.clone() };
    assert_eq!(find(&archive, &who(&["union"])), ["union"]);
    assert!(find(&archive, &who(&["union", "nobody"])).is_empty(), "all must hold");
    // another process has added something meanwhile: even an item that is not there is no damage
    keep(&mut archive, &two, &maker("one")).unwrap();
    assert!(!meant(&mut archive, before, "owners", 99).unwrap());
    assert_eq!(archive.meant("by").unwrap(), None);
    assert_eq!(find(&archive, &wanted), ["union"], "nothing was changed");
    let now = archive.change().unwrap();
    assert!(meant(&mut archive, now, "owners", 99).unwrap_err().is_damaged());
}

#[test]
fn outlets_are_given_where_a_source_is_nowhere() {
    let (_folder, mut archive) = archive();
    (0..3).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), Kept::New));
    assert_eq!(archive.outlets_without("couri").unwrap(), None);
    assert_eq!(archive.outlets_without("press/2").unwrap(), None);
    assert_eq!(archive.outlets_without("100%").unwrap(), Some(vec!["Halver Courier".to_string()]));
    let query = Query::parse("offer").ok();
    let all = Wanted { query, by_relevance: true, limit: usize::MAX, ..Wanted::default() };
    assert_eq!(archive.search(&all).unwrap().hits.len(), 6);
}

#[test]
fn words_are_found_newest_first_with_their_place() {
    let (_folder, mut archive) = archive();
    for n in 0..40 {
        keep(&mut archive, &made(n), &maker("one")).unwrap();
    }
    let find = |typed: &str, fields: &[Field]| {
        let wanted = Wanted {
            query: Some(Query::parse(typed).unwrap()),
            fields: fields.to_vec(),
            limit: 5,
            ..Wanted::default()
        };
        archive.search(&wanted).unwrap()
    };
    let found = find("refusing", &[Field::Statements]);
    assert_eq!((found.count, found.hits.len(), found.is_more), (40, 5, false));
    let days: Vec<String> = found.hits.iter().map(|h| h.day.unwrap().to_string()).collect();
    assert_eq!(days, ["2025-02-12", "2025-02-11", "2025-02-10", "2025-02-09", "2025-02-08"]);
    assert!(found.hits.iter().all(|h| h.kind == "statement" && h.number == 1 && h.act == Some(Act::Refuse)));
    assert_eq!(find("\"mill owners\" AND \"offer 7\"", &[Field::Statements]).count, 1);
    assert_eq!(find("\"owners mill\"", &[]).count, 0, "a phrase has an order");
    assert_eq!(find("brok", &[Field::Quotes]).count, 40, "accents may be left out");
    assert_eq!(find("offer NOT (\"offer 7\" OR \"offer 8\")", &[Field::Articles]).count, 38);
    let kinds = find("halver", &[]).facets.into_iter().find(|f| f.0 == "kind").unwrap().1;
    assert_eq!(kinds, [("article".to_string(), 40), ("statement".to_string(), 40)]);

    let filtered = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = Wanted { limit: 100, ..Wanted::default() };
        change(&mut wanted);
        archive.search(&wanted).unwrap().count
    };
    let day = |d: &str| d.parse().ok();
    assert_eq!(filtered(&|w| (w.from, w.to) = (day("2025-01-03"), day("2025-01-04"))), 6, "three kinds on two days");
    assert_eq!(filtered(&|w| w.acts = vec![Act::Refuse]), 40);
    assert_eq!(filtered(&|w| w.acts = vec![Act::Accept]), 0);
    assert_eq!(filtered(&|w| w.source = Some("courier".to_string())), 120);
    assert_eq!(filtered(&|w| w.source = Some("press/3".to_string())), 33, "3 and 30 to 39");
    assert_eq!(filtered(&|w| w.source = Some("100%".to_string())), 0);
    let ranked = Wanted { query: Query::parse("offer").ok(), by_relevance: true, limit: 3, ..Wanted::default() };
    assert_eq!(archive.search(&ranked).unwrap().hits.len(), 3);
}

#[test]
fn ids_are_found_by_their_beginning() {
    let (_folder, mut archive) = archive();
    let many: Vec<_> = (0..50).map(made).collect();
    many.iter().for_each(|m| assert_eq!(keep(&mut archive, m, &maker("one")).unwrap(), Kept::New));
    for one in &many {
        for id in [one.reading.statements[0].item.id().as_str(), one.article.id.as_str()] {
            let found = archive.with_id(id).unwrap();
            assert_eq!(
                (found.len(), found[0].id.as_str(), found[0].article.as_str()),
                (1, id, one.article.id.as_str())
            );
            let begun = archive.with_id(&id[..id.len() - 3]).unwrap();
            assert!(begun.iter().any(|p| p.id == id));
        }
    }
    assert_eq!(archive.with_id("statement-").unwrap().len(), 20, "many begin so, some are given");
    assert_eq!(archive.with_id("a-").unwrap().len(), 20);
    for nothing in ["", "statement", "nonsense-1", "quote-xyz", "a-zz%", "statement-01234567890123456789"] {
        assert!(archive.with_id(nothing).unwrap().is_empty() || nothing == "statement", "{nothing}");
    }
}

#[test]
fn corrections_are_a_log_that_only_grows() {
    let (folder, mut archive) = archive();
    let body = |n: i32| serde_json::json!({"reject": format!("statement-{n:016x}"), "note": "“not so”"});
    for n in 1..=3 {
        assert_eq!(archive.correct("Ann", now(), &body(n)).unwrap(), i64::from(n));
    }
    let log = archive.corrections().unwrap();
    assert_eq!(log.iter().map(|e| e.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((log[1].author.as_str(), log[1].at, log[1].body.clone()), ("Ann", now(), body(2).to_string()));
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    for forbidden in ["DELETE FROM correction", "UPDATE correction SET author = 'Bob'"] {
        assert!(db.execute(forbidden, ()).unwrap_err().to_string().contains("corrections are never"));
    }
    assert_eq!(archive.corrections().unwrap(), log);
}

#[test]
fn new_readings_stand_beside_the_old_until_they_take_their_place() {
    let (_folder, mut archive) = archive();
    let (old, new) = (maker("old"), maker("new"));
    (0..4).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &old).unwrap(), Kept::New));
    let before = all(&archive);
    assert_eq!(archive.outdated(&new).unwrap().len(), 4);
    for n in 0..3 {
        let mut one = made(n);
        one.reading.quotes.clear();
        archive.stage(&Packed::of(&one.article, &one.reading).unwrap(), None, &new).unwrap();
    }
    assert_eq!((archive.staged(&new).unwrap().len(), archive.outdated(&new).unwrap().len()), (3, 1));
    assert_eq!(all(&archive), before, "nothing is replaced yet");
    let id = &made(0).article.id;
    let packed = archive.staged_reading(id).unwrap().unwrap();
    let (article, reading) = packed.unpack().unwrap();
    archive.promote(&packed, &article, &reading).unwrap();
    archive.promote(&packed, &article, &reading).unwrap();
    assert_eq!(all(&archive).iter().filter(|(_, r)| r.quotes.is_empty()).count(), 1);
    assert_eq!(archive.staged(&new).unwrap().len(), 2);
    is_whole(&archive);
    // another place of known bytes makes what was staged of it out of date
    let mut again = made(1);
    again.capture.path = "elsewhere.txt".to_string();
    again.capture.at = Some("2025-12-31".parse().unwrap());
    assert_eq!(keep(&mut archive, &again, &old).unwrap(), Kept::Source);
    assert_eq!(archive.staged(&new).unwrap().len(), 1);
    // what was staged by rules that are not today's either is dropped
    assert_eq!(archive.outdated(&maker("newest")).unwrap().len(), 4);
    assert_eq!(archive.staged(&new).unwrap().len(), 0);
}

/// An article whose text was taken out of a document.
fn of_document(n: usize, document: &str) -> Made {
    let mut one = made(n);
    one.capture.original = Some(Original::of(document.as_bytes().to_vec()));
    one
}

#[test]
fn what_text_was_taken_out_of_is_kept_once() {
    let (_folder, mut archive) = archive();
    let original = |archive: &Archive, n: usize| {
        let id = made(n).article.id;
        let original = archive.original(&id).unwrap();
        let digest = archive.original_digest(&id).unwrap();
        assert_eq!(original.as_ref().map(|o| &o.digest), digest.as_ref());
        original.map(|o| String::from_utf8(o.bytes.to_vec()).unwrap())
    };
    // two articles of one export, and a page, which is what was received
    for one in [of_document(0, "the export"), of_document(1, "the export"), made(2)] {
        assert_eq!(keep(&mut archive, &one, &maker("one")).unwrap(), Kept::New);
    }
    assert_eq!(original(&archive, 0).as_deref(), Some("the export"));
    assert_eq!((original(&archive, 1), original(&archive, 2)), (original(&archive, 0), None));
    let checked = archive.check(&mut |_, _| ()).unwrap();
    assert_eq!((checked.captures, checked.faults.len()), (3, 0));
    // where an earlier program kept the text alone, the document is kept when it is added again
    let late = of_document(2, "the document");
    assert_eq!(archive.knows(&late.capture).unwrap(), Known::Elsewhere);
    assert_eq!(keep(&mut archive, &late, &maker("one")).unwrap(), Kept::Known);
    assert_eq!(archive.knows(&late.capture).unwrap(), Known::Yes);
    assert_eq!(original(&archive, 2).as_deref(), Some("the document"));
    is_whole(&archive);
    let db = rusqlite::Connection::open(archive.path()).unwrap();
    db.execute(
        "UPDATE bytes SET packed = (SELECT packed FROM bytes LIMIT 1) WHERE number = (SELECT max(bytes) FROM original)",
        (),
    )
    .unwrap();
    assert!(archive.original(&made(2).article.id).unwrap_err().is_damaged());
    assert_eq!(archive.check(&mut |_, _| ()).unwrap().faults.len(), 1);
    // and is whole again with the document at hand
    archive.mend(&late.capture, now()).unwrap().unwrap();
    assert_eq!(original(&archive, 2).as_deref(), Some("the document"));
    is_whole(&archive);
}

#[test]
fn other_text_out_of_the_same_document_comes_with_its_reading() {
    let (_folder, mut archive) = archive();
    let one = of_document(0, "the document");
    keep(&mut archive, &one, &maker("old")).unwrap();
    let bytes = |archive: &Archive| archive.captures(&one.article.id).unwrap()[0].bytes.clone();
    let count = |archive: &Archive| {
        let db = rusqlite::Connection::open(archive.path()).unwrap();
        db.query_row("SELECT count(*) FROM bytes", (), |r| r.get::<_, i64>(0)).unwrap()
    };
    let packed = Packed::of(&one.article, &one.reading).unwrap();
    for rules in ["new", "newer"] {
        assert_eq!(archive.outdated(&maker(rules)).unwrap().len(), 1);
        archive.stage(&packed, Some(rules.as_bytes()), &maker(rules)).unwrap();
        assert_eq!((bytes(&archive), count(&archive)), (one.capture.bytes.clone(), 3), "{rules}");
    }
    archive.promote(&packed, &one.article, &one.reading).unwrap();
    assert_eq!((bytes(&archive), count(&archive)), (b"newer".to_vec(), 2));
    is_whole(&archive);
}

#[test]
fn a_backup_is_an_archive() {
    let (folder, mut archive) = archive();
    (0..5).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), Kept::New));
    archive.correct("Ann", now(), &serde_json::json!({"note": "kept"})).unwrap();
    let to = folder.path().join("copy.sqlite");
    archive.backup(&to, &mut |done, all| assert!(done <= all)).unwrap();
    // what lies beside under the name of a copy half made is not ours
    let part = folder.path().join(format!("second.sqlite.{}.part", std::process::id()));
    std::fs::write(&part, "mine").unwrap();
    let error = archive.backup(&folder.path().join("second.sqlite"), &mut |_, _| ()).unwrap_err();
    assert!(error.is_already_there() && std::fs::read(&part).unwrap() == b"mine", "{error}");
    let error = archive.backup(&to, &mut |_, _| ()).unwrap_err();
    assert!(error.is_already_there() && error.to_string().contains("nothing was changed"), "{error}");
    keep(&mut archive, &made(9), &maker("one")).unwrap();
    let restored = tempfile::tempdir().unwrap();
    std::fs::rename(&to, restored.path().join("archive.sqlite")).unwrap();
    let mut copy = Archive::open(restored.path(), silent).unwrap();
    assert_eq!((copy.counts().unwrap().articles, copy.corrections().unwrap().len()), (5, 1));
    is_whole(&copy);
    assert_eq!(keep(&mut copy, &made(9), &maker("one")).unwrap(), Kept::New);
    assert_eq!(all(&copy), all(&archive));
}

#[test]
fn what_is_decided_upon_the_log_is_added_whole_or_not_at_all() {
    let (_folder, mut archive) = archive();
    let decided = |n: usize| Decided { at: now(), author: "Ann".to_string(), body: serde_json::json!({"n": n}) };
    let add = |archive: &mut Archive, count: usize| {
        archive.decide(|log| Ok::<_, Error>((0..count).map(|n| decided(log.len() + n)).collect()))
    };
    assert_eq!(add(&mut archive, 2).unwrap(), [1, 2]);
    let change = archive.change().unwrap();
    assert_eq!(add(&mut archive, 0).unwrap(), [0_i64; 0]);
    assert_eq!(archive.change().unwrap(), change, "nothing has changed");
    let refuse =
        |log: &[Entry]| Err::<Vec<Decided>, Box<dyn std::error::Error>>(format!("{} are there", log.len()).into());
    assert_eq!(archive.decide(refuse).unwrap_err().to_string(), "2 are there");
    assert_eq!(add(&mut archive, 1).unwrap(), [3]);
    let bodies: Vec<String> = archive.corrections().unwrap().into_iter().map(|e| e.body).collect();
    assert_eq!(bodies, ["{\"n\":0}", "{\"n\":1}", "{\"n\":2}"]);
    assert!(archive.change().unwrap() > change);
}

#[test]
fn what_is_rejected_is_not_found_and_what_is_another_act_is_found_as_that() {
    let (_folder, mut archive) = archive();
    (0..3).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), Kept::New));
    let id = |n: usize| made(n).reading.statements[0].item.id().to_string();
    let ruled = vec![
        Ruled { id: id(0), is_rejected: true, act: None },
        Ruled { id: id(1), is_rejected: false, act: Some(Act::Offer) },
    ];
    let find = |acts: &[Act], query: Option<&str>, ruled: &[Ruled]| {
        let query = query.map(|q| Query::parse(q).unwrap());
        let (fields, by_relevance) = (vec![Field::Statements], query.is_some());
        let (acts, ruled) = (acts.to_vec(), ruled.to_vec());
        let wanted = Wanted { fields, acts, query, by_relevance, ruled, limit: 9, ..Wanted::default() };
        let mut ids: Vec<_> = archive.search(&wanted).unwrap().hits.into_iter().map(|h| (h.id, h.act)).collect();
        ids.sort();
        ids
    };
    let mut both = vec![(id(1), Some(Act::Offer)), (id(2), Some(Act::Refuse))];
    both.sort();
    assert_eq!(find(&[], None, &ruled), both);
    assert_eq!(find(&[], Some("offer"), &ruled), both);
    assert_eq!(find(&[Act::Offer], None, &ruled), [(id(1), Some(Act::Offer))]);
    assert_eq!(find(&[Act::Refuse], None, &ruled), [(id(2), Some(Act::Refuse))]);
    assert_eq!(find(&[Act::Refuse], None, &[]).len(), 3, "what was decided before is forgotten");
}

#[test]
fn what_a_user_has_seen_is_kept_until_he_looks_again() {
    let (folder, mut archive) = archive();
    let change = archive.change().unwrap();
    assert_eq!(archive.seen("Ann").unwrap(), None);
    let (first, second) = (now(), "2025-05-02T08:00:00Z".parse().unwrap());
    archive.remember("Ann", first, b"one").unwrap();
    archive.remember("Bob", first, b"").unwrap();
    archive.remember("Ann", second, &[7; 100_000]).unwrap();
    assert_eq!(archive.seen("Ann").unwrap(), Some(Seen { at: second, records: vec![7; 100_000] }));
    assert_eq!(archive.seen("Bob").unwrap(), Some(Seen { at: first, records: Vec::new() }));
    assert_eq!(archive.change().unwrap(), change, "listings are not made of it");
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    db.execute("UPDATE seen SET at = 'once' WHERE author = 'Bob'", ()).unwrap();
    assert!(archive.seen("Bob").unwrap_err().is_damaged());
    let faults = archive.check(&mut |_, _| ()).unwrap().faults;
    assert!(
        matches!(faults.as_slice(), [f] if f.contains("what `Bob` has seen cannot be read back: it has no time")),
        "{faults:?}"
    );
}

#[test]
fn feeds_and_pages_are_remembered_and_feeds_forgotten() {
    use rapporteur_archive::{Feed, Page};
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(folder.path(), |_| ()).unwrap();
    let address = "https://news.example.org/rss".to_string();
    assert_eq!((archive.feed(&address).unwrap(), archive.page(&address).unwrap()), (None, None));
    let at = Some("2025-03-04T10:00:00.25Z".parse().unwrap());
    let feed =
        Feed { address: address.clone(), etag: "\"1\"".into(), polls: 3, failures: 2, next: at, ..Feed::default() };
    archive.keep_feed(&feed).unwrap();
    archive.keep_feed(&Feed { polls: 4, peace: at, ..feed.clone() }).unwrap();
    let page =
        Page { address: address.clone(), mark: "m".into(), looked: at, article: "a-1".into(), ..Page::default() };
    archive.keep_page(&page).unwrap();
    drop(archive);
    let mut archive = Archive::open(folder.path(), |_| ()).unwrap();
    assert_eq!(archive.feeds().unwrap(), [Feed { polls: 4, peace: at, ..feed }]);
    assert_eq!(archive.page(&address).unwrap(), Some(page.clone()));
    assert!(archive.forget_feed(&address).unwrap() && !archive.forget_feed(&address).unwrap());
    assert_eq!((archive.feed(&address).unwrap(), archive.page(&address).unwrap()), (None, Some(page)));
}

/// What a page was at these minutes: an article by its number.
fn seen(archive: &mut Archive, minutes: &[(usize, usize)]) {
    use rapporteur_archive::Page;
    for (minute, article) in minutes {
        let looked = format!("2025-05-01T10:{minute:02}:00Z").parse().ok();
        let article = made(*article).article.id.to_string();
        let page = Page { address: "https://halver.example/one".into(), looked, article, ..Page::default() };
        archive.keep_version(&page).unwrap();
    }
}

/// The numbers of the articles that the page was, each with the minutes of its first and last sight.
fn was(archive: &Archive) -> Vec<(usize, String)> {
    let number = |id: &rapporteur_text::ArticleId| (0..9).find(|n| made(*n).article.id == *id).unwrap();
    let minute = |at: jiff::Timestamp| at.to_string()[14..16].to_string();
    let histories = archive.histories().unwrap();
    assert!(histories.len() < 2 && histories.iter().all(|h| h.address == "https://halver.example/one"));
    let versions = histories.iter().flat_map(|h| &h.versions);
    versions.map(|v| (number(&v.article), format!("{}-{}", minute(v.first), minute(v.last)))).collect()
}

#[test]
fn what_a_page_was_one_article_after_the_other_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(folder.path(), silent).unwrap();
    (0..3).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), Kept::New));
    seen(&mut archive, &[(0, 0), (5, 0)]);
    assert_eq!(was(&archive), [], "one that never changed has no versions");
    // it changes, and comes back to what it was
    seen(&mut archive, &[(10, 1), (15, 1), (20, 0)]);
    let expected = [(0, "00-05"), (1, "10-15"), (0, "20-20")];
    assert_eq!(was(&archive), expected.map(|(n, seen)| (n, seen.to_string())));
    // one of which the article is not kept (yet) is passed over, and what it parted is one again
    seen(&mut archive, &[(25, 7), (30, 0)]);
    assert_eq!(was(&archive).last(), Some(&(0, "20-30".to_string())));
    keep(&mut archive, &made(7), &maker("one")).unwrap();
    assert_eq!(was(&archive)[3..], [(7, "25-25".to_string()), (0, "30-30".to_string())]);
    // one that only answers that it did not change is seen again
    let mut page = archive.page("https://halver.example/one").unwrap().unwrap();
    page.looked = "2025-05-01T10:45:00Z".parse().ok();
    archive.keep_unchanged(&page).unwrap();
    assert_eq!(was(&archive).last(), Some(&(0, "30-45".to_string())));
    // one that cannot be had was not seen
    page.looked = "2025-05-01T10:50:00Z".parse().ok();
    archive.keep_page(&page).unwrap();
    assert_eq!(was(&archive).last(), Some(&(0, "30-45".to_string())));
    is_whole(&archive);
}

#[test]
fn versions_that_are_in_no_order_are_named() {
    for (sql, words) in [
        ("UPDATE version SET first = 'noon' WHERE number = 1", "was seen to be"),
        ("UPDATE version SET first = '2025-05-02T10:00:00Z' WHERE number = 2", "before it was first"),
        ("DELETE FROM version WHERE number = 1", "are not all there"),
        ("UPDATE version SET article = (SELECT article FROM version WHERE number = 1)", "or one is there twice"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::create(folder.path(), silent).unwrap();
        (0..2).for_each(|n| assert_eq!(keep(&mut archive, &made(n), &maker("one")).unwrap(), Kept::New));
        seen(&mut archive, &[(0, 0), (5, 1)]);
        is_whole(&archive);
        rusqlite::Connection::open(archive.path()).unwrap().execute_batch(sql).unwrap();
        let faults = archive.check(&mut |_, _| ()).unwrap().faults;
        assert!(faults.len() == 1 && faults[0].contains(words), "{sql}: {faults:?}");
    }
}
