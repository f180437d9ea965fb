//! What a person decides holds everywhere, is kept, and can be taken back.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::*;

/// Items that wait to be looked at.
fn queue(folder: &Path, words: &[&str]) -> Vec<Value> {
    list(folder, &[&["review", "--limit", "5000"], words].concat())
}

fn log(folder: &Path) -> String {
    print(folder, &["review", "log"])
}

/// Ids of statements that a search for these words finds.
fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    let found =
        print(folder, &[&["search", "--format", "json", "--limit", "900", "--in", "statements"], words].concat());
    let found: Value = serde_json::from_str(&found).unwrap();
    found["results"].as_array().unwrap().iter().map(|r| id(r).to_string()).collect()
}

#[test]
fn every_step_has_its_help() {
    let here = tempfile::tempdir().unwrap();
    let who = ["--by <NAME>", "--at <TIME>", "--dry-run"];
    let all: &[(&str, &[&str])] = &[
        ("accept", &["<ID>...", "--all", "--note <TEXT>"]),
        ("reject", &["<ID>...", "--all", "--note <TEXT>"]),
        ("change", &["<ID>", "--holder", "--act", "--polarity", "--stance", "--issue", "--date", "--state", "--note"]),
        ("add", &["--article", "--sentence", "--kind", "--holder", "--predicate", "--matter", "WORDS=NAME", "--note"]),
        ("merge", &["<A> <B>", "its record stays", "--note"]),
        ("split", &["<A> <B>", "--note"]),
        ("note", &["<ID> <TEXT>"]),
        ("undo", &["<CORRECTION>", "--note"]),
    ];
    let help = print(here.path(), &["review", "--help"]);
    for (step, words) in all {
        assert!(help.contains(&format!("\n  {step} ")), "{help}");
        let own = print(here.path(), &["review", step, "--help"]);
        words.iter().chain(&who).for_each(|w| assert!(own.contains(w), "{step} does not tell of {w}: {own}"));
    }
    for (step, words) in [
        ("log", &["--format <FORMAT>", "jsonl", "text"][..]),
        ("import", &["<FILE>", "--dry-run"]),
        ("agreement", &["<A> <B>", "--format"]),
    ] {
        let own = print(here.path(), &["review", step, "--help"]);
        words.iter().for_each(|w| assert!(own.contains(w), "{step} does not tell of {w}: {own}"));
    }
    assert!(help.contains("--limit <N>") && help.contains("--party <NAME>") && help.contains("--by <NAME>"));
}

#[test]
fn what_is_contested_or_least_certain_comes_first_and_what_is_decided_is_left_out() {
    let folder = filled();
    let all = queue(folder.path(), &[]);
    let key = |r: &Value| (r["contested"].as_array().unwrap().is_empty(), r["confidence"].as_f64().unwrap());
    assert!(all.len() > 100 && all.windows(2).all(|w| key(&w[0]) <= key(&w[1])));
    let contested = all.iter().filter(|r| !key(r).0).count();
    assert!(contested > 3 && contested < all.len(), "{contested}");
    let records: Vec<String> =
        ["position", "dispute"].iter().flat_map(|k| exported(folder.path(), k)).map(|r| r.to_string()).collect();
    for item in &all {
        // each with its own sentence, and the disputed records that it is in name it
        assert!(!item["evidence"][0]["sentence"].as_str().unwrap().is_empty(), "{item}");
        for about in item["contested"].as_array().unwrap() {
            let record = records.iter().find(|r| r.contains(&format!("\"id\":{about}"))).unwrap();
            assert!(record.contains(id(item)), "{about} {item}");
        }
    }
    let first = print(folder.path(), &["review", "--limit", "2"]);
    assert!(first.starts_with(id(&all[0])) && first.contains("sources differ: "), "{first}");
    assert!(first.ends_with(&format!("2 of {} that wait to be looked at\n", all.len())), "{first}");
    // filters are those of the listings
    let of_source = queue(folder.path(), &["--source", "courier"]);
    assert!(!of_source.is_empty() && of_source.len() < all.len());
    let outlets = exported(folder.path(), "article");
    let courier =
        |r: &Value| outlets.iter().any(|a| a["id"] == r["article"] && a.to_string().to_lowercase().contains("courier"));
    assert!(of_source.iter().all(courier));
    assert!(queue(folder.path(), &["--party", "Kessmark"]).len() < all.len());
    // what is accepted, rejected or changed waits no more; what has a note does
    let ids: Vec<&str> = all.iter().filter(|r| r["kind"] == "statement").map(id).collect();
    print(folder.path(), &["review", "accept", ids[0], ids[1]]);
    print(folder.path(), &["review", "change", ids[2], "--act", "offer", "--by", "Bob"]);
    print(folder.path(), &["review", "note", ids[3], "ask again"]);
    let left = queue(folder.path(), &[]);
    assert!(ids[..3].iter().all(|i| left.iter().all(|r| id(r) != *i)) && left.iter().any(|r| id(r) == ids[3]));
    // who works apart sees what the others decided, as it was read
    let of_bob = queue(folder.path(), &["--by", "Bob"]);
    let has = |i: &str| of_bob.iter().any(|r| id(r) == i);
    assert!(has(ids[0]) && has(ids[1]) && !has(ids[2]));
    assert_eq!(queue(folder.path(), &["--by", "Eve"]), all);
}

/// What others add or undo is theirs as well: neither takes an item out of the queue of who works apart, nor puts one in.
#[test]
fn who_works_apart_sees_nothing_of_what_others_add_or_undo() {
    let folder = filled();
    let folder = folder.path();
    let of_bob = || queue(folder, &["--by", "Bob"]);
    let before = of_bob();
    let log_ids = || log(folder).lines().map(|l| id(&serde_json::from_str(l).unwrap()).to_string()).collect::<Vec<_>>();
    print(folder, &["review", "accept", id(&before[0]), "--by", "Bob"]);
    let left = of_bob();
    assert_eq!(left.len(), before.len() - 1);
    print(folder, &["review", "undo", &log_ids()[0], "--by", "Cid"]);
    assert!(of_bob() == left && queue(folder, &[]).len() == before.len());
    // Ann adds anew what was read: to her, what was read gives way to it
    let words = |r: &Value| -> Option<[String; 4]> {
        let sentence = r["evidence"][0]["sentence"].as_str()?;
        let own = [&r["holder"]["as_written"], &r["predicate"]["text"], &r["matter"]["text"]];
        let own = own.map(|w| w.as_str().filter(|w| sentence.matches(w).count() == 1).map(str::to_string));
        let [holder, predicate, matter] = own;
        Some([sentence.to_string(), holder?, predicate?, matter?])
    };
    let mut gave_way = false;
    let statements = left.iter().filter(|r| r["kind"] == "statement");
    for (r, [sentence, holder, predicate, matter]) in statements.filter_map(|r| Some((r, words(r)?))).take(12) {
        let article = r["article"].as_str().unwrap();
        let place =
            ["review", "add", "--by", "Ann", "--article", article, "--sentence", &sentence, "--holder", &holder];
        let what = ["--predicate", &predicate, "--matter", &matter, "--act", "offer", "--polarity", "for"];
        let added = run(folder, &[&place[..], &what].concat());
        gave_way |= added.status.success() && queue(folder, &[]).iter().all(|other| id(other) != id(r));
        if gave_way {
            break;
        }
    }
    assert!(gave_way, "nothing that was read gave way to what was added");
    assert_eq!(of_bob(), left);
    // names are common to all
    print(folder, &["review", "merge", "Ulmara", "Ulmara's cabinet", "--by", "Ann"]);
    assert!(print(folder, &["review", "--limit", "5000", "--by", "Bob"]).lines().count() > 100);
}

/// The same decision at the same time is the same line of the log: made again after its undoing it would be lost.
#[test]
fn a_decision_made_again_after_its_undoing_is_not_lost_silently() {
    let folder = filled();
    let folder = folder.path();
    let statement = exported(folder, "statement").into_iter().next().unwrap();
    let again = ["review", "reject", id(&statement), "--at", "2025-05-01"];
    print(folder, &again);
    assert!(print(folder, &again).contains("known already"));
    let lines = log(folder);
    let decided = id(&serde_json::from_str(lines.trim()).unwrap()).to_string();
    print(folder, &["review", "undo", &decided, "--at", "2025-05-02"]);
    let undo = id(&serde_json::from_str(log(folder).lines().nth(1).unwrap()).unwrap()).to_string();
    let message = format!("`{decided}` was kept already and undone by `{undo}`; undo that to have it hold again");
    let before = log(folder);
    fails(folder, &again, 64, &format!("nothing is kept: {message}"));
    fails(folder, &[&again[..], &["--dry-run"]].concat(), 64, &message);
    // a file with it says so; one that has its undoing too means both
    let file = folder.join("decided.jsonl");
    let path = file.to_str().unwrap();
    std::fs::write(&file, &lines).unwrap();
    fails(folder, &["review", "import", path], 0, &format!("warning: correction `{decided}` has no effect: {message}"));
    std::fs::write(&file, &before).unwrap();
    let whole = run(folder, &["review", "import", path]);
    assert!(whole.status.success() && !text(&whole.stderr).contains("warning"), "{}", text(&whole.stderr));
    assert_eq!(log(folder), before);
    // the way that it names is one
    print(folder, &["review", "undo", &undo]);
    assert!(exported(folder, "statement").iter().all(|s| id(s) != id(&statement)));
}

/// A change that the ledger refuses because it knows no such name holds in no field, in a search as in every record.
#[test]
fn a_change_that_names_nobody_known_is_not_found_either() {
    let folder = filled();
    let folder = folder.path();
    let statements = exported(folder, "statement");
    let mut others = statements.iter().filter(|s| s["act"] != "offer" && s["holder"]["type"] == "party");
    let (unfit, fit) = (others.next().unwrap(), others.next().unwrap());
    let party = fit["holder"]["name"].as_str().unwrap();
    let line = |statement: &Value, holder: &str| {
        let item = id(statement);
        format!(
            "{{\"schema\":1,\"at\":\"2025-05-01\",\"by\":\"Ann\",\"do\":\"change\",\"item\":\"{item}\",\"act\":\"offer\",\
             \"holder\":\"{holder}\"}}\n"
        )
    };
    let file = folder.join("decided.jsonl");
    std::fs::write(&file, line(unfit, "Nobody Known") + &line(fit, party)).unwrap();
    fails(folder, &["review", "import", file.to_str().unwrap()], 0, "no party or person `Nobody Known`");
    let act_of = |s: &Value| exported(folder, "statement").into_iter().find(|r| id(r) == id(s)).unwrap()["act"].clone();
    assert_eq!((act_of(unfit), act_of(fit)), (unfit["act"].clone(), "offer".into()));
    let offers = found(folder, &["--act", "offer"]);
    assert!(offers.iter().any(|o| o == id(fit)) && offers.iter().all(|o| o != id(unfit)), "{offers:?}");
    assert!(found(folder, &["--act", unfit["act"].as_str().unwrap()]).iter().any(|o| o == id(unfit)));
}

#[test]
fn what_is_decided_holds_in_every_command_as_with_the_file_of_it() {
    let (folder, untouched) = (filled(), filled());
    let statements = exported(folder.path(), "statement");
    let known = |r: &&Value| r["holder"]["type"] == "party" && !r["issue"].is_null() && r["stance"] == "against";
    let mut those = statements.iter().filter(known);
    let (rejected, changed) = (those.next().unwrap(), those.next().unwrap());
    let party = rejected["holder"]["name"].as_str().unwrap();
    let other =
        statements.iter().find(|r| r["holder"]["type"] == "party" && r["holder"]["name"] != changed["holder"]["name"]);
    let other = other.unwrap()["holder"]["name"].as_str().unwrap();
    assert!(found(folder.path(), &["--party", party]).contains(&id(rejected).to_string()));
    assert!(!found(folder.path(), &["--party", other, "--act", "offer"]).contains(&id(changed).to_string()));
    let said = print(folder.path(), &["review", "reject", &id(rejected)[..16], "--note", "of another year"]);
    assert!(said.starts_with("kept correction-") && said.contains(&format!(": reject {}\n", id(rejected))), "{said}");
    assert!(said.contains("1 statement gone"), "{said}");
    print(
        folder.path(),
        &["review", "change", id(changed), "--holder", other, "--act", "offer", "--date", "2025-03-01"],
    );
    print(folder.path(), &["review", "merge", "Ulmara", "Ulmara's cabinet"]);
    let file = folder.path().join("decided.jsonl");
    std::fs::write(&file, log(folder.path())).unwrap();
    let file = file.to_str().unwrap();
    for words in
        [&["export"][..], &["brief"], &["positions", "--format", "json"], &["shifts"], &["timeline"], &["people"]]
    {
        let expected = print(untouched.path(), &[words, &["--corrections", file]].concat());
        assert!(expected == print(folder.path(), words), "{words:?} differs");
        assert!(words != ["export"] || expected != print(untouched.path(), words));
    }
    // and in search and show
    assert!(!found(folder.path(), &["--party", party]).contains(&id(rejected).to_string()));
    let offers = found(folder.path(), &["--party", other, "--act", "offer"]);
    assert!(offers.contains(&id(changed).to_string()), "{offers:?}");
    let act = changed["act"].as_str().unwrap();
    assert!(!found(folder.path(), &["--act", act]).contains(&id(changed).to_string()));
    let shown = print(folder.path(), &["show", id(rejected)]);
    assert!(shown.contains("rejected: this is what was read, and nothing rests on it"), "{shown}");
    assert!(shown.contains("reject (of another year), by Ann, "), "{shown}");
    let shown = print(folder.path(), &["show", id(changed), "--format", "json"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&shown["record"]["act"], &shown["rejected"]), (&"offer".into(), &false.into()));
    assert_eq!(shown["corrections"][0]["outcome"], "applied");
    assert_eq!(shown["corrections"][0]["body"]["seen"]["sentence"], changed["evidence"][0]["sentence"]);
}

#[test]
fn nothing_is_kept_of_what_cannot_be_told_or_done() {
    let folder = filled();
    let all = exported(folder.path(), "statement");
    let one = id(&all[0]);
    let near = format!("{}zz", &one[..one.len() - 2]);
    let article = all[0]["article"].as_str().unwrap();
    let position = exported(folder.path(), "position").into_iter().find(|p| p["members"].as_array().unwrap().len() > 1);
    let position = position.unwrap();
    let member = position["members"][0].as_str().unwrap();
    for (words, message) in [
        (&["accept", "statement-"][..], "nothing is kept: several ids begin with `statement-`: `statement-0"),
        (&["reject", &near], &format!("nothing is kept: no id begins with `{near}`; near it are `{one}`")),
        (&["reject", one, "xyzzy"], "no id begins with `xyzzy`: an id looks like"),
        (&["accept", id(&position)], &format!("or all with `--all`: `{member}`")),
        (&["change", one], "nothing is changed: give one of `holder`, `act`"),
        (&["change", one, "--act", "ofer"], "`act` cannot be `ofer`; did you mean `offer`?"),
        (&["change", one, "--state", "held"], "`state` cannot be changed on a statement"),
        (
            &["change", one, "--holder", "Ulmarra"],
            "the dossier has no party or person `Ulmarra`, or several; did you mean `Ulmara`",
        ),
        (&["change", one, "--date", "soon"], "failed to read `--date`"),
        (
            &["merge", "Ulmarra", "Xyzzy"],
            "no party or person is called `Ulmarra` or `Xyzzy`; near `Ulmarra` is `Ulmara`",
        ),
        (&["undo", "correction-1"], "no correction has the id `correction-1`; `rapporteur review log` has them all"),
        (&["note", one, " "], "`note` is missing"),
        (&["accept", one, "--at", "yesterday"], "failed to read `--at`"),
        (
            &[
                "add",
                "--article",
                article,
                "--sentence",
                "It never said this.",
                "--holder",
                "It",
                "--predicate",
                "said",
                "--matter",
                "this",
                "--act",
                "assert",
                "--polarity",
                "for",
            ],
            "its sentence is not in the article",
        ),
        (&["add", "--article", article, "--sentence", "Words.", "--holder", "Who"], "`predicate` is missing"),
        (&["add", "--article", one, "--sentence", "Words."], "is no article"),
    ] {
        fails(folder.path(), &[&["review"], words].concat(), 64, message);
    }
    let nobody =
        command(folder.path(), &["review", "accept", one]).env_remove("USER").env_remove("LOGNAME").output().unwrap();
    assert!(text(&nobody.stderr).contains("say so with `--by NAME`"), "{}", text(&nobody.stderr));
    // nor of what is only tried: it shows what the command on corrections shows
    let tried = print(folder.path(), &["review", "reject", one, "--dry-run"]);
    assert!(
        tried.starts_with("- statement ") && tried.ends_with("nothing is kept: this is what would change\n"),
        "{tried}"
    );
    assert_eq!(log(folder.path()), "");
    print(folder.path(), &["review", "reject", one]);
    let effect = print(folder.path(), &["corrections"]);
    let effect = effect.split("WHAT THEY CHANGE\n").nth(1).unwrap().to_string();
    assert_eq!(tried.replace("nothing is kept: this is what would change\n", ""), effect);
}

#[test]
fn a_record_of_several_items_is_decided_as_a_whole_where_that_is_asked_for() {
    let folder = filled();
    let position = exported(folder.path(), "position").into_iter().find(|p| p["members"].as_array().unwrap().len() > 1);
    let position = position.unwrap();
    let members = position["members"].as_array().unwrap();
    print(folder.path(), &["review", "reject", id(&position), "--all"]);
    assert_eq!(log(folder.path()).lines().count(), members.len());
    let rests_on = |p: &Value| p["members"].as_array().unwrap().iter().any(|m| members.contains(m));
    assert!(!exported(folder.path(), "position").iter().any(rests_on));
    // a meeting that is merged from one report is that report
    let meeting = exported(folder.path(), "meeting").into_iter().find(|m| m["members"].as_array().unwrap().len() == 1);
    let meeting = meeting.unwrap();
    print(folder.path(), &["review", "change", id(&meeting), "--state", "cancelled"]);
    let changed = exported(folder.path(), "meeting").into_iter().find(|m| m["members"] == meeting["members"]).unwrap();
    assert_eq!((&changed["state"], changed["corrected"].as_array().unwrap().len()), (&"cancelled".into(), 1));
}

#[test]
fn what_was_not_read_is_added_and_what_was_decided_is_taken_back() {
    let folder = filled();
    let before = print(folder.path(), &["export"]);
    let article = exported(folder.path(), "article")
        .into_iter()
        .find(|a| a["text"].as_str().unwrap().contains("Tarvenia"))
        .unwrap();
    let text_of = article["text"].as_str().unwrap();
    let at = text_of.find("Tarvenia").unwrap();
    let start = text_of[..at].rfind(['\n', '.']).map_or(0, |i| i + 1);
    let end = text_of[at..].find(['\n', '.']).map_or(text_of.len(), |i| at + i);
    let sentence = text_of[start..end].trim();
    let mut words =
        sentence.split_whitespace().filter(|w| !w.contains("Tarvenia") && sentence.matches(*w).count() == 1);
    let (predicate, matter) = (words.next().unwrap(), words.next().unwrap());
    let add = [
        "review",
        "add",
        "--article",
        id(&article),
        "--sentence",
        sentence,
        "--holder",
        "Tarvenia=Tarvenia",
        "--predicate",
        predicate,
        "--matter",
        matter,
        "--act",
        "promise",
        "--polarity",
        "for",
        "--note",
        "missed",
    ];
    let said = print(folder.path(), &add);
    assert!(said.contains("add a statement in a-") && said.contains("1 statement new"), "{said}");
    let by_hand = |folder: &Path| {
        exported(folder, "statement")
            .into_iter()
            .filter(|s| s["rule"].to_string().contains("by-hand"))
            .collect::<Vec<_>>()
    };
    let added = by_hand(folder.path());
    assert_eq!((added.len(), &added[0]["holder"]["name"]), (1, &"Tarvenia".into()));
    // what was added can be decided on too, and does not wait to be looked at
    assert!(queue(folder.path(), &[]).iter().all(|r| r["id"] != added[0]["id"]));
    print(folder.path(), &["review", "change", id(&added[0]), "--act", "refuse"]);
    assert_eq!(by_hand(folder.path())[0]["act"], "refuse");
    // and is found by its words, by whom it is of, by its act of today and by its source
    let found = |words: &[&str]| -> bool {
        let all = [&["search", "--format", "json", "--limit", "1000"], words].concat();
        let found: Value = serde_json::from_str(&print(folder.path(), &all)).unwrap();
        let results = found["results"].as_array().unwrap();
        assert_eq!(found["count"].as_u64().unwrap() as usize, results.len(), "{words:?}");
        results.iter().any(|r| r["id"] == added[0]["id"])
    };
    for words in [
        &[predicate][..],
        &["--party", "Tarvenia"],
        &["--act", "refuse"],
        &["--in", "statements", "--from", "1990-01-01"],
    ] {
        assert!(found(words), "{words:?}");
    }
    for words in [
        &["--act", "promise"][..],
        &["--party", "Ulmara"],
        &["--in", "quotes", "--from", "1990-01-01"],
        &["--to", "1999-01-01"],
    ] {
        assert!(!found(words), "{words:?}");
    }
    print(folder.path(), &["review", "split", "Ulmara", "Tarvenia", "--by", "Bob"]);
    let ids: Vec<String> =
        log(folder.path()).lines().map(|l| id(&serde_json::from_str(l).unwrap()).to_string()).collect();
    for id in &ids {
        print(folder.path(), &["review", "undo", &id[..id.len() - 3]]);
    }
    let without =
        |export: &str| export.lines().filter(|l| !l.contains("\"kind\":\"correction\"")).collect::<Vec<_>>().join("\n");
    assert_eq!(without(&before), without(&print(folder.path(), &["export"])));
    fails(folder.path(), &["review", "undo", &ids[0]], 64, "was undone already by `correction-");
    // undoing the undoing makes it hold again
    let undo = log(folder.path()).lines().nth(3).map(|l| id(&serde_json::from_str(l).unwrap()).to_string()).unwrap();
    print(folder.path(), &["review", "undo", &undo]);
    assert_eq!(by_hand(folder.path()).len(), 1);
    let log = print(folder.path(), &["review", "log", "--format", "text"]);
    assert!(log.contains(&format!("undone by {undo}")) || log.contains("undone by"), "{log}");
}

#[test]
fn the_log_goes_out_and_comes_in_once_whole_or_not_at_all() {
    let (folder, other) = (filled(), filled());
    let ids: Vec<String> = queue(folder.path(), &[]).iter().take(3).map(|r| id(r).to_string()).collect();
    for (id, day) in ids.iter().zip(["2025-05-03", "2025-05-01", "2025-05-02"]) {
        print(folder.path(), &["review", "accept", id, "--at", day, "--note", "“so”"]);
    }
    let lines = log(folder.path());
    let file = folder.path().join("decided.jsonl");
    let path = file.to_str().unwrap();
    std::fs::write(&file, &lines).unwrap();
    assert!(print(other.path(), &["review", "import", path, "--dry-run"]).contains("nothing is kept"));
    assert_eq!(log(other.path()), "");
    assert!(print(other.path(), &["review", "import", path]).starts_with("3 corrections kept, 0 known already\n"));
    assert!(print(other.path(), &["review", "import", path]).starts_with("0 corrections kept, 3 known already\n"));
    assert!(print(folder.path(), &["review", "import", path]).starts_with("0 corrections kept, 3 known already\n"));
    assert!(print(folder.path(), &["export"]) == print(other.path(), &["export"]));
    let sorted = |log: &str| {
        let mut lines: Vec<String> = log.lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&lines), sorted(&log(other.path())));
    // a line that is damaged, or says something else under a known id, is named, and no line is kept
    let new = lines.replace("“so”", "“no”").replace("correction-", "other-");
    let third = lines.lines().nth(2).unwrap();
    let other_words = third.replace("“so”", "“yes”");
    for (text, line, why) in [
        (format!("{new}\n{{\"schema\":1"), 5, "no JSON at column"),
        (format!("{}{}\n", new, third.replace("accept", "acept")), 4, "`do` cannot be `acept`; did you mean `accept`?"),
        (format!("\n{new}{other_words}\n"), 5, "another correction has the id `correction-"),
    ] {
        std::fs::write(&file, text).unwrap();
        fails(other.path(), &["review", "import", path], 1, &format!("line {line}"));
        fails(other.path(), &["review", "import", path], 1, why);
        assert_eq!(log(other.path()).lines().count(), 3, "{why}");
    }
    // what is not there is kept and said
    std::fs::write(&file, new.replace(&ids[0], "statement-00000000000000ff")).unwrap();
    let output = run(other.path(), &["review", "import", path]);
    assert!(text(&output.stderr).contains("has no effect: what it is about is not there"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("3 corrections kept"), "{}", text(&output.stdout));
    // an entry that is no correction is found by the check
    let db = rusqlite::Connection::open(other.path().join("archive.sqlite")).unwrap();
    let damage = "INSERT INTO correction (at, author, body) VALUES ('2025-05-05', 'Ann', '{\"do\":\"accept\"}')";
    db.execute(damage, ()).unwrap();
    fails(other.path(), &["check"], 2, "(its log of corrections)` at line 7: `schema` is missing");
}

#[test]
fn decisions_survive_a_reading_by_other_rules() {
    let folder = filled();
    let ids: Vec<String> = queue(folder.path(), &[]).iter().take(2).map(|r| id(r).to_string()).collect();
    print(folder.path(), &["review", "reject", &ids[0], "--note", "not so"]);
    print(folder.path(), &["review", "accept", &ids[1]]);
    let before = print(folder.path(), &["export"]);
    assert!(before.contains(",\"outcome\":\"applied\",") && !before.contains(",\"outcome\":\"gone\","));
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    db.execute("UPDATE maker SET rules = 'older'", ()).unwrap();
    drop(db);
    assert!(print(folder.path(), &["reread"]).contains("24 articles read again and replaced"));
    assert!(before == print(folder.path(), &["export"]));
    assert_eq!(log(folder.path()).lines().count(), 2);
}

/// Krippendorff's example A (2011): two observers, ten units, binary data.
#[test]
fn agreement_is_that_of_the_literature() {
    let folder = filled();
    let mut lines = String::new();
    for (by, said) in [("Meg", "0100000010"), ("Owen", "1110010000")] {
        for (n, digit) in said.chars().enumerate() {
            let what = if digit == '1' { "accept" } else { "reject" };
            lines += &format!(
                "{{\"schema\":1,\"at\":\"2025-05-01\",\"by\":\"{by}\",\"do\":\"{what}\",\"item\":\"statement-{n:016x}\"}}\n"
            );
        }
    }
    lines +=
        "{\"schema\":1,\"at\":\"2025-05-01\",\"by\":\"Eve\",\"do\":\"merge\",\"a\":\"Ulmara\",\"b\":\"the delta\"}\n";
    let file = folder.path().join("both.jsonl");
    std::fs::write(&file, lines).unwrap();
    print(folder.path(), &["review", "import", file.to_str().unwrap()]);
    let found = print(folder.path(), &["review", "agreement", "Meg", "Owen"]);
    assert!(found.contains("items on which both decided  10\nof which the same            6\n"), "{found}");
    assert!(found.contains("Krippendorff's alpha         0.095\n"), "{found}");
    assert!(found.contains("statement-0000000000000000  Meg: reject; Owen: accept\n"), "{found}");
    let none = print(folder.path(), &["review", "agreement", "Meg", "Eve", "--format", "json"]);
    let none: Value = serde_json::from_str(&none).unwrap();
    assert_eq!((&none["items"], &none["alpha"]), (&0.into(), &Value::Null));
    assert!(print(folder.path(), &["review", "agreement", "Meg", "Eve"]).contains("too few: there is no item"));
    fails(
        folder.path(),
        &["review", "agreement", "Meg", "Ann"],
        64,
        "`Ann` decided nothing; those who did are `Eve`, `Meg`",
    );
}

/// The same decision by the same person on the same item says nothing new while it holds.
#[test]
fn what_was_decided_so_already_is_refused_while_it_holds() {
    let folder = filled();
    let folder = folder.path();
    let ids: Vec<String> = exported(folder, "statement").iter().take(2).map(|r| id(r).to_string()).collect();
    let (one, other) = (ids[0].as_str(), ids[1].as_str());
    let first = |at: usize| id(&serde_json::from_str(log(folder).lines().nth(at).unwrap()).unwrap()).to_string();
    let accept = ["review", "accept", one, "--by", "ann"];
    print(folder, &[&accept[..], &["--at", "2025-05-01"]].concat());
    let message = format!("nothing is kept: `ann` decided so already by `{}`, which holds", first(0));
    let again = [&accept[..], &["--at", "2025-05-02"]].concat();
    fails(folder, &again, 64, &message);
    fails(folder, &[&again[..], &["--dry-run"]].concat(), 64, &message);
    assert_eq!(log(folder).lines().count(), 1);
    // of several, what is new is kept
    fails(
        folder,
        &["review", "accept", one, other, "--by", "ann", "--at", "2025-05-02"],
        0,
        "note: passed over: `ann`",
    );
    assert!(log(folder).lines().count() == 2 && log(folder).lines().nth(1).unwrap().contains(other));
    // another person may say so too; a note says what it says; so does the same person whom somebody overruled
    print(folder, &["review", "accept", one, "--by", "bob", "--at", "2025-05-03"]);
    for at in ["2025-05-03", "2025-05-04"] {
        print(folder, &["review", "note", one, "ask again", "--by", "ann", "--at", at]);
    }
    print(folder, &["review", "reject", one, "--by", "bob", "--at", "2025-05-05"]);
    print(folder, &[&accept[..], &["--at", "2025-05-06"]].concat());
    // or that was undone
    let change = ["review", "change", other, "--act", "offer", "--by", "ann", "--at"];
    print(folder, &[&change[..], &["2025-05-07"]].concat());
    let changed = first(log(folder).lines().count() - 1);
    fails(folder, &[&change[..], &["2025-05-08"]].concat(), 64, "decided so already");
    print(folder, &["review", "change", other, "--act", "refuse", "--by", "ann", "--at", "2025-05-08"]);
    print(folder, &[&change[..], &["2025-05-09"]].concat());
    print(folder, &["review", "undo", &first(log(folder).lines().count() - 1), "--at", "2025-05-10"]);
    print(folder, &[&change[..], &["2025-05-11"]].concat());
    assert_eq!(log(folder).matches("\"do\":\"change\"").count(), 4, "{changed}");
}

/// Several decide at once, and take in the same file at once: all succeed, and nothing is there twice.
#[test]
fn who_decide_at_once_are_all_heard_once() {
    let folder = filled();
    let ids: Vec<String> = exported(folder.path(), "statement").iter().take(4).map(|r| id(r).to_string()).collect();
    let at_once = |steps: Vec<Vec<&str>>| {
        let start = |words: Vec<&str>| command(folder.path(), &words).stdout(Stdio::null()).spawn().unwrap();
        let children: Vec<_> = steps.into_iter().map(start).collect();
        children.into_iter().for_each(|mut child| assert!(child.wait().unwrap().success()));
    };
    at_once(ids.iter().map(|id| vec!["review", "accept", id]).collect());
    let lines = log(folder.path());
    assert!(lines.lines().count() == 4 && ids.iter().all(|id| lines.contains(id.as_str())), "{lines}");
    let file = folder.path().join("more.jsonl");
    std::fs::write(&file, lines.replace("correction-", "other-")).unwrap();
    at_once(vec![vec!["review", "import", file.to_str().unwrap()]; 4]);
    assert_eq!(log(folder.path()).lines().count(), 8);
    assert!(print(folder.path(), &["check"]).contains("8 corrections: all whole"));
}

/// The command is killed at random moments while it decides: what it said it kept is there, and the archive is whole.
#[test]
fn killed_while_deciding_it_loses_nothing_it_said_it_kept() {
    let folder = filled();
    let ids: Vec<String> = exported(folder.path(), "statement").iter().map(|r| id(r).to_string()).collect();
    let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let kept = || -> Vec<String> {
        let mut query = db.prepare("SELECT body FROM correction ORDER BY number").unwrap();
        query.query_map((), |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let began = std::time::Instant::now();
    print(folder.path(), &["review", "accept", &ids[0]]);
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap();
    let (mut state, mut acknowledged, mut stopped) = (4_u64, 1, 0);
    for n in 1..=50_usize {
        let some: Vec<&str> = ids.iter().skip(3 * n).take(3).map(String::as_str).collect();
        let mut child = command(folder.path(), &[&["review", "reject"], &some[..]].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // the moment is what is tried here; nothing waits for it
        std::thread::sleep(Duration::from_micros((state >> 33) % (whole + whole / 4)));
        child.kill().unwrap();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        let log = kept();
        let of_this = some.iter().filter(|id| log.iter().any(|body| body.contains(**id))).count();
        assert!(of_this == 0 || of_this == 3, "a step is kept whole or not at all");
        let promised = said.lines().filter(|l| l.starts_with("kept ")).count();
        assert!(promised == 0 || of_this == 3, "it said it kept them: {said}");
        acknowledged += of_this;
        stopped += usize::from(!said.contains("statement"));
        assert_eq!(log.len(), acknowledged, "nothing kept before is lost");
    }
    assert!(stopped >= 10, "only {stopped} of 50 were stopped in their work");
    assert!(print(folder.path(), &["check"]).ends_with(&format!("{acknowledged} corrections: all whole\n")));
    print(folder.path(), &["review", "reject", &ids[0]]);
    assert_eq!(log(folder.path()).lines().count(), acknowledged + 1);
}
