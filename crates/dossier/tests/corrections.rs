//! Corrections are written, read back and refused with their line; names are merged and split on a dossier.

mod press;

use press::Told;
use rapporteur_dossier::{
    Alias, Correction, Corrections, Decision, Dossier, Fate, Issue, IssueId, Merge, NameOutcome, Party, PartyId,
    Person, PersonId, correct_names,
};
use rapporteur_reading::model::RefKind;
use rapporteur_text::ItemId;

const ITEM: &str = "statement-0123456789abcdef";

fn line(at: &str, id: &str, rest: &str) -> String {
    format!(r#"{{"schema":1,"id":"{id}","at":"{at}","by":"A. Lee",{rest}}}"#)
}

fn read(lines: &[String]) -> Corrections {
    Corrections::from_jsonl(&lines.join("\n"), "c.jsonl").unwrap()
}

#[test]
fn every_decision_is_written_and_read_back_the_same() {
    let added = r#""do":"add","article":"a-1","sentence":"On Monday the owners said the owners would pay.","occurrence":2,"kind":"statement","holder":{"text":"the owners","nth":1,"is":"Mill owners"},"predicate":"would pay","matter":"pay","act":"promise","polarity":"for","negated":true,"modality":"hedged","issue":"pay","date":{"from":"2025-03-01","to":null}"#;
    let all = [
        format!(r#""do":"accept","item":"{ITEM}","seen":{{"article":"a-1","sentence":"They pay."}}"#),
        format!(r#""do":"reject","item":"{ITEM}","note":"irony""#),
        format!(r#""do":"change","item":"{ITEM}","holder":"owners","act":"refuse","stance":"against","issue":null,"date":null"#),
        r#""do":"change","item":"meeting-00","state":"held","date":"2025-03-01T10:00:00Z""#.to_string(),
        added.to_string(),
        r#""do":"add","article":"a-1","sentence":"A met B in C.","kind":"meeting","words":"A met B","sort":"talks","state":"held","place":"C","participants":["A","B"]"#.to_string(),
        r#""do":"add","article":"a-1","sentence":"A shelled B in C.","kind":"incident","words":"shelled","sort":"attack","actor":"A","target":"B","place":"C","date":"2025-03-01""#.to_string(),
        r#""do":"add","article":"a-1","sentence":"A must sign by May.","kind":"deadline","words":"by May","state":"set","matter":"sign","by":"A""#.to_string(),
        r#""do":"add","article":"a-1","sentence":"Pay is settled, A said.","kind":"status","words":"is settled","state":"agreed","matter":"Pay","according_to":"A","issue":"pay""#.to_string(),
        r#""do":"merge","a":"Kyiv","b":"Kiev""#.to_string(),
        r#""do":"split","a":"Umerov","b":"Umarov""#.to_string(),
        r#""do":"note","item":"a-0011","note":"seen in print too""#.to_string(),
        r#""do":"undo","correction":"c-0""#.to_string(),
    ];
    let lines: Vec<String> = all.iter().enumerate().map(|(i, l)| line("2025-04-01", &format!("c-{i}"), l)).collect();
    let corrections = read(&lines);
    assert_eq!(corrections.all().len(), lines.len());
    let written = corrections.to_jsonl();
    assert_eq!(read(std::slice::from_ref(&written)), corrections);
    assert_eq!(read(std::slice::from_ref(&written)).to_jsonl(), written);
    // as serde has it too
    for correction in corrections.all() {
        let json = serde_json::to_string(correction).unwrap();
        assert_eq!(serde_json::from_str::<Correction>(&json).unwrap(), *correction);
    }
    // what is read back is also what was typed: no field is lost or renamed
    let typed: serde_json::Value = serde_json::from_str(&lines[4]).unwrap();
    assert_eq!(serde_json::Value::from(corrections.all()[4].clone()), typed);
}

#[test]
fn an_id_is_made_from_what_the_correction_says() {
    let plain = format!(r#"{{"schema":1,"at":"2025-04-01","by":"A. Lee","do":"reject","item":"{ITEM}"}}"#);
    let other = plain.replace("reject", "accept");
    let both = read(&[plain.clone(), other, plain.clone()]);
    assert_eq!(both.all().len(), 2, "one that is there twice counts once");
    assert_ne!(both.all()[0].id, both.all()[1].id);
    assert_eq!(read(&[plain]).all()[0].id, both.all()[0].id);
}

#[track_caller]
fn fails(rest: &str, message: &str) {
    let text = format!(
        "\n{}\n{}\n",
        line("2025-04-01", "ok", r#""do":"merge","a":"A","b":"B""#),
        line("2025-04-01", "c", rest)
    );
    let error = Corrections::from_jsonl(&text, "c.jsonl").expect_err("must fail");
    assert_eq!(error.to_string(), format!("failed to read corrections `c.jsonl` at line 3: {message}"));
    assert_eq!(error.line(), 3);
}

#[test]
fn faults_are_named_with_their_line() {
    fails(r#""do":"reject""#, "`item` is missing");
    fails(
        &format!(r#""do":"reject","item":"{ITEM}","nota":"x""#),
        "unknown field `nota` in a correction that does `reject`; did you mean `note`?",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}","stance":"agianst""#),
        "`stance` cannot be `agianst`; did you mean `against`?",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}","stance":"for","polarity":"for""#),
        "give `polarity` or `stance`, not both: each follows from the other",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}""#),
        "nothing is changed: give one of `holder`, `act`, `polarity`, `stance`, `issue`, `date`",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}","state":"held""#),
        "`state` cannot be changed on a statement; of it can be changed: `holder`, `act`, `polarity`, `stance`, `issue`, `date`",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}","date":"Tuesday""#),
        "`date`: `Tuesday` is no date: expected ISO 8601 such as `2026-01-28` or `2026-01-28T09:30:00Z`",
    );
    fails(
        &format!(r#""do":"change","item":"{ITEM}","date":{{"from":"2025-03-02","to":"2025-03-01"}}"#),
        "`date` ends before it begins: 2025-03-02 to 2025-03-01",
    );
    fails(
        r#""do":"reject","item":"shift-0123456789abcdef""#,
        "`shift-0123456789abcdef` is merged from other items: correct those in its `members`",
    );
    fails(
        r#""do":"reject","item":"owners""#,
        "`owners` is no id of an item: expected one such as `statement-0123456789abcdef`",
    );
    fails(r#""do":"merge","a":"The Owners","b":"owners""#, "`a` and `b` are the same name: `The Owners`");
    fails(
        r#""do":"add","article":"a-1","sentence":"They pay.","kind":"status","words":"they will","state":"agreed""#,
        "the words of `words` are not in the sentence: `they will`",
    );
    fails(
        r#""do":"add","article":"a-1","sentence":"They pay.","kind":"deadline","words":{"text":"pay","nth":1}"#,
        "the words of `words` are not 2 times in the sentence: `pay`",
    );
    // part of a word is none of the words
    fails(
        r#""do":"add","article":"a-1","sentence":"The owners will pay.","kind":"statement","holder":"he","predicate":"will pay","matter":"pay","act":"promise","polarity":"for""#,
        "the words of `holder` are not in the sentence: `he`",
    );
    fails(r#""do":"merge","a":"C","b":7"#, "`b` must be a string, found a number");
    let text = "{\"schema\":1,";
    let error = Corrections::from_jsonl(text, "c.jsonl").unwrap_err().to_string();
    assert!(error.starts_with("failed to read corrections `c.jsonl` at line 1: no JSON at column 12"), "{error}");
    let newer = line("2025-04-01", "c", r#""do":"merge","a":"A","b":"B""#).replace("\"schema\":1", "\"schema\":2");
    let error = Corrections::from_jsonl(&newer, "c.jsonl").unwrap_err().to_string();
    assert!(error.ends_with("`schema` is 2, newer than this build reads (1): update rapporteur"), "{error}");
    let twice = [
        line("2025-04-01", "c", r#""do":"merge","a":"A","b":"B""#),
        line("2025-04-01", "c", r#""do":"merge","a":"A","b":"C""#),
    ];
    let error = Corrections::from_jsonl(&twice.join("\n"), "c.jsonl").unwrap_err().to_string();
    assert!(error.ends_with("at line 2: another correction has the id `c`; give one of them another `id`"), "{error}");
}

/// An undone undo makes what it had undone hold again; an undo of what is not there, or comes later, undoes nothing.
#[test]
fn undoing_is_a_correction_too() {
    let undo = |at, id: &str, target: &str| line(at, id, &format!(r#""do":"undo","correction":"{target}""#));
    let reject = line("2025-04-01", "r", &format!(r#""do":"reject","item":"{ITEM}""#));
    let fates = |lines: &[String]| read(lines).fates().to_vec();
    let undone = |by: &str| Fate::Undone(rapporteur_dossier::CorrectionId::new(by));
    let one = undo("2025-04-02", "u", "r");
    assert_eq!(fates(&[reject.clone(), one.clone()]), [undone("u"), Fate::Holds]);
    let two = undo("2025-04-03", "v", "u");
    assert_eq!(fates(&[reject.clone(), one, two]), [Fate::Holds, undone("v"), Fate::Holds]);
    let early = undo("2025-03-01", "u", "r");
    let nothing = Fate::NothingToUndo(rapporteur_dossier::CorrectionId::new("r"));
    assert_eq!(fates(&[reject, early]), [nothing, Fate::Holds]);
}

fn alias(name: &str, count: usize) -> Alias {
    Alias { name: name.to_string(), count }
}

fn dossier() -> Dossier {
    let merge = |a: &str, b: &str| Merge {
        a: a.into(),
        b: b.into(),
        reason: "spelling".into(),
        by: "rule x.v1".into(),
        ..Merge::default()
    };
    Dossier {
        parties: vec![
            Party {
                id: PartyId::new("kiev"),
                name: "Kiev".into(),
                aliases: vec![alias("Kiev", 2)],
                ..Party::default()
            },
            Party {
                id: PartyId::new("ukraine"),
                name: "Ukraine".into(),
                aliases: vec![alias("Ukraine", 9), alias("Kyiv", 4)],
                ..Party::default()
            },
        ],
        people: vec![
            Person {
                id: PersonId::new("ana-weld"),
                name: "Ana Weld".into(),
                party: Some(PartyId::new("kiev")),
                ..Person::default()
            },
            Person {
                id: PersonId::new("rustem-umerov"),
                name: "Rustem Umerov".into(),
                aliases: vec![alias("Rustem Umerov", 3), alias("Umarov", 2), alias("R. Umarov", 1), alias("Omerov", 1)],
                party: Some(PartyId::new("ukraine")),
                merges: vec![
                    merge("Rustem Umerov", "Umarov"),
                    merge("Umarov", "R. Umarov"),
                    merge("Rustem Umerov", "Omerov"),
                ],
                ..Person::default()
            },
        ],
        issues: vec![Issue {
            id: IssueId::new("pay"),
            name: "pay".into(),
            proponents: vec![PartyId::new("kiev"), PartyId::new("ukraine")],
            ..Issue::default()
        }],
        possible: vec![merge("Kiev", "Kyiv")],
        ..Dossier::default()
    }
}

fn names(lines: &[&str]) -> (Dossier, Vec<NameOutcome>) {
    let lines: Vec<String> = lines.iter().enumerate().map(|(i, l)| line("2025-04-01", &format!("c-{i}"), l)).collect();
    let (dossier, outcomes) = correct_names(&dossier(), &read(&lines));
    (dossier, outcomes.into_values().collect())
}

#[test]
fn merged_names_are_one_record_and_what_named_the_other_names_it() {
    let (dossier, outcomes) = names(&[r#""do":"merge","a":"Kyiv","b":"Kiev","note":"one town""#]);
    assert_eq!(outcomes, [NameOutcome::Applied(vec!["ukraine".into(), "kiev".into()])]);
    assert_eq!(dossier.parties.len(), 1);
    let party = &dossier.parties[0];
    assert_eq!(party.aliases, [alias("Ukraine", 9), alias("Kyiv", 4), alias("Kiev", 2)]);
    let merge = party.merges.last().unwrap();
    assert_eq!((merge.reason.as_str(), merge.by.as_str()), ("one town", "A. Lee"));
    assert_eq!(dossier.people[0].party, Some(PartyId::new("ukraine")));
    assert_eq!(dossier.issues[0].proponents, [PartyId::new("ukraine")]);
    assert!(dossier.possible.is_empty(), "what was decided is no question any more");
    assert_eq!(dossier.who("kiev").unwrap().party, Some(PartyId::new("ukraine")));
}

#[test]
fn a_split_takes_along_what_only_the_merge_had_brought() {
    let (dossier, outcomes) = names(&[r#""do":"split","a":"Rustem Umerov","b":"Umarov""#]);
    assert_eq!(outcomes, [NameOutcome::Applied(vec!["rustem-umerov".into(), "umarov".into()])]);
    let [.., umerov, umarov] = dossier.people.as_slice() else { panic!("{:?}", dossier.people) };
    assert_eq!(umerov.aliases, [alias("Rustem Umerov", 3), alias("Omerov", 1)]);
    assert_eq!(umarov.aliases, [alias("R. Umarov", 1)]);
    assert_eq!((umerov.merges.len(), umarov.merges.len()), (1, 1));
    assert_eq!(umarov.party, None, "whom he speaks for is not known");
}

#[test]
fn on_the_same_two_names_the_later_decision_wins() {
    let split = r#""do":"split","a":"Kiev","b":"Kyiv""#;
    let merge = r#""do":"merge","a":"Kyiv","b":"Kiev""#;
    let (one, outcomes) = names(&[merge, split]);
    assert_eq!(one.parties.len(), 2);
    assert_eq!(outcomes[0], NameOutcome::Overruled(1));
    assert_eq!(names(&[split, merge]).0.parties.len(), 1);
}

#[test]
fn what_cannot_be_done_to_names_is_said() {
    let (same, outcomes) = names(&[
        r#""do":"merge","a":"Nobody","b":"Noone""#,
        r#""do":"merge","a":"Kyiv","b":"Ana Weld""#,
        r#""do":"merge","a":"Ana Weld","b":"Anna Weldt""#,
    ]);
    assert_eq!(outcomes[0], NameOutcome::Gone);
    assert_eq!(outcomes[1], NameOutcome::Unfit("`Kyiv` is a party or body, `Ana Weld` a person".into()));
    // a name that was not read yet is known from now on
    assert_eq!(outcomes[2], NameOutcome::Applied(vec!["ana-weld".into()]));
    assert_eq!(same.who("Anna Weldt").unwrap().person, Some(PersonId::new("ana-weld")));
    assert_eq!(same.parties.len(), 2);
}

/// Two people of one surname, which both have as another name; a country that the lists know by its capital too.
const NAMESAKES: &str = "[[party]]\nname = \"Ukraine\"\n[[party]]\nname = \"Dockers' Union\"\n\
    [[person]]\nname = \"Ivan Petrenko\"\naliases = [\"Petrenko\"]\n[[person]]\nname = \"Igor Petrenko\"\naliases = [\"Petrenko\"]\n";

/// What these decisions come to on that file, and whom the names mean under it.
#[track_caller]
fn decided(lines: &[&str], names: &[(RefKind, &str, Option<&str>)]) -> (Dossier, Vec<NameOutcome>) {
    let lines: Vec<String> = lines.iter().enumerate().map(|(i, l)| line("2025-04-01", &format!("c-{i}"), l)).collect();
    let file = rapporteur_dossier::from_toml(NAMESAKES, "d.toml").unwrap();
    let (dossier, outcomes) = correct_names(&file, &read(&lines));
    for (kind, name, expected) in names {
        let mut told = Told::default();
        told.names(*kind, name);
        let (article, reading) = told.read(0);
        let found = rapporteur_dossier::resolve(&dossier, &article, &reading).entities.remove(0);
        let id = found.person.map(|p| p.to_string()).or(found.party.map(|p| p.to_string()));
        assert_eq!(id.as_deref(), *expected, "{name} after {lines:?}");
    }
    (dossier, outcomes.into_values().collect())
}

/// Capitals, descriptions and surnames are no names of a record, and mean it all the same: a split parts them.
#[test]
fn a_split_parts_a_record_from_what_is_none_of_its_names() {
    use RefKind::{Party, Person};
    let applied = |id: &str| NameOutcome::Applied(vec![id.into()]);
    let (capital, union) = (("Ukraine", "Kyiv", "ukraine"), ("Dockers' Union", "the union", "dockers-union"));
    for (a, b, id) in [capital, union] {
        decided(&[], &[(Party, b, Some(id))]);
        for (x, y) in [(a, b), (b, a)] {
            let split = format!(r#""do":"split","a":"{x}","b":"{y}""#);
            let (_, outcomes) = decided(&[&split], &[(Party, b, None), (Party, a, Some(id))]);
            assert_eq!(outcomes, [applied(id)]);
            // and a later merge joins them again
            let merge = format!(r#""do":"merge","a":"{a}","b":"{b}""#);
            decided(&[&split, &merge], &[(Party, b, Some(id))]);
        }
    }
    let apart = [r#""do":"split","a":"Ivan Petrenko","b":"Igor Petrenko""#];
    let names = [(Person, "Ivan Petrenko", Some("ivan-petrenko")), (Person, "Igor Petrenko", Some("igor-petrenko"))];
    let (dossier, outcomes) = decided(&apart, &names);
    assert_eq!(outcomes, [NameOutcome::Applied(vec!["ivan-petrenko".into(), "igor-petrenko".into()])]);
    let not: Vec<&[String]> = dossier.people.iter().map(|p| p.not.as_slice()).collect();
    assert_eq!(not, [["Ivan Petrenko".to_string()], ["Igor Petrenko".to_string()]]);
}

#[test]
fn a_name_that_several_have_is_given_to_one_by_a_merge_and_taken_from_one_by_a_split() {
    use RefKind::Person;
    decided(&[], &[(Person, "Petrenko", None)]);
    let of = |dossier: &Dossier, id: &str| {
        let person = dossier.people.iter().find(|p| p.id.as_str() == id).unwrap();
        person.aliases.iter().map(|a| a.name.clone()).collect::<Vec<_>>()
    };
    let merge = r#""do":"merge","a":"Ivan Petrenko","b":"Petrenko""#;
    let (dossier, outcomes) = decided(&[merge], &[(Person, "Petrenko", Some("ivan-petrenko"))]);
    assert_eq!(outcomes, [NameOutcome::Applied(vec!["ivan-petrenko".into(), "igor-petrenko".into()])]);
    assert_eq!((of(&dossier, "ivan-petrenko").len(), of(&dossier, "igor-petrenko").len()), (1, 0));
    let split = r#""do":"split","a":"Igor Petrenko","b":"Petrenko""#;
    let (dossier, outcomes) = decided(&[split], &[(Person, "Petrenko", Some("ivan-petrenko"))]);
    assert_eq!(outcomes, [NameOutcome::Applied(vec!["igor-petrenko".into()])]);
    assert_eq!((of(&dossier, "ivan-petrenko").len(), of(&dossier, "igor-petrenko").len()), (1, 0));
    // where nobody is named but by what several have, nothing can be done
    for what in ["merge", "split"] {
        let unclear = format!(r#""do":"{what}","a":"Petrenko","b":"The Fox""#);
        let (dossier, outcomes) = decided(&[&unclear], &[(Person, "Petrenko", None)]);
        let why = "several have this name: `Igor Petrenko`, `Ivan Petrenko`";
        assert_eq!(outcomes, [NameOutcome::Unfit(why.into())]);
        assert_eq!(dossier, rapporteur_dossier::from_toml(NAMESAKES, "d.toml").unwrap());
    }
}

/// Words stand where they cut no word; `nth` counts only those places. Scripts without spaces have words at every letter.
#[test]
fn words_of_an_added_item_are_whole_words() {
    let at = |sentence: &str, words: &str| {
        let rest = format!(
            r#""do":"add","article":"a-1","sentence":"{sentence}","kind":"deadline","words":{words},"state":"set""#
        );
        let all = Corrections::from_jsonl(&line("2025-04-01", "c", &rest), "c.jsonl").ok()?;
        let Decision::Add(added) = &all.all()[0].decision else { return None };
        added.record().words()[0].1.find(sentence)
    };
    assert_eq!(at("Repay the pay, pay it.", r#""pay""#), Some(10..13));
    assert_eq!(at("Repay the pay, pay it.", r#"{"text":"pay","nth":1}"#), Some(15..18));
    assert_eq!(at("Repay the pay, pay it.", r#"{"text":"pay","nth":2}"#), None);
    assert_eq!(at("Repayé 5pay payé", r#""pay""#), None);
    assert_eq!(at("«pay»", r#""pay""#), Some(2..5));
    assert_eq!(at("东京拒绝停火", r#""拒绝""#), Some(6..12));
}

#[test]
fn items_of_a_correction_are_those_it_names() {
    let all = read(&[line("2025-04-01", "c", &format!(r#""do":"reject","item":"{ITEM}""#))]);
    assert_eq!(all.all()[0].decision.item(), Some(&ItemId::from_written(ITEM)));
    assert!(matches!(all.all()[0].decision, Decision::Reject { .. }));
}
