//! A dossier file that a person edits: what is discovered later goes in, and nothing a person did is lost.

use proptest::prelude::*;
use rapporteur_dossier::{
    Alias, Dossier, Issue, IssueId, Merge, Party, PartyId, Person, PersonId, extend_toml, from_toml,
};

fn alias(name: &str) -> Alias {
    Alias { name: name.to_string(), count: 1 }
}

fn party(id: &str, name: &str, aliases: &[&str]) -> Party {
    let aliases = aliases.iter().map(|a| alias(a)).collect();
    Party { id: PartyId::new(id), name: name.into(), aliases, ..Party::default() }
}

fn person(id: &str, name: &str, party: &str) -> Person {
    let party = (!party.is_empty()).then(|| PartyId::new(party));
    Person { id: PersonId::new(id), name: name.into(), party, ..Person::default() }
}

fn issue(id: &str, name: &str, terms: &[&str]) -> Issue {
    let terms = terms.iter().map(|t| (*t).to_string()).collect();
    Issue { id: IssueId::new(id), name: name.into(), terms, ..Issue::default() }
}

/// What is discovered at first.
fn first() -> Dossier {
    Dossier {
        parties: vec![party("owners", "Mill owners", &["the owners"]), party("weavers", "Weavers' Union", &[])],
        people: vec![person("ada-brok", "Ada Brok", "weavers")],
        issues: vec![issue("pay", "pay", &["pay", "wage"]), issue("hours", "hours", &["hour", "shift length"])],
        ..Dossier::default()
    }
}

/// What is discovered when more articles are there: more names and terms, another party, person and issue, and an issue
/// under another name.
fn later() -> Dossier {
    Dossier {
        parties: vec![
            party("mayor", "Mayor of Halver", &[]),
            party("owners", "Mill owners", &["the owners", "the mills"]),
            party("weavers", "Weavers' Union", &["the union"]),
        ],
        people: vec![person("ada-brok", "Ada Brok", "weavers"), person("jon-tarrant", "Jon Tarrant", "mayor")],
        issues: vec![
            issue("wage-rise", "wage rise", &["wage rise", "pay", "wage"]),
            issue("hours", "hours", &["hour", "shift length", "overtime"]),
            issue("looms", "looms", &["loom", "machine"]),
        ],
        possible: vec![Merge {
            a: "Ada Brok".into(),
            b: "Jon Tarrant".into(),
            reason: "alike".into(),
            by: "rule x.v1".into(),
            ..Merge::default()
        }],
        ..Dossier::default()
    }
}

fn extend(text: &str, found: &Dossier) -> String {
    let new = extend_toml(text, "dossier.toml", found).unwrap();
    from_toml(&new, "dossier.toml").unwrap();
    assert_eq!(extend_toml(&new, "dossier.toml", found).unwrap(), new, "a second run changes something");
    new
}

/// Whether all lines of one text stand in another in their order, lists at most longer.
fn keeps(old: &str, new: &str) -> Result<(), String> {
    let mut lines = new.lines();
    let is_lost =
        |l: &&str| !l.trim().is_empty() && !lines.any(|n| n == *l || n.starts_with(l.trim_end_matches([']', '}'])));
    match old.lines().find(is_lost) {
        Some(lost) => Err(format!("`{lost}` is lost in:\n{new}")),
        None => Ok(()),
    }
}

#[test]
fn a_draft_is_the_dossier_that_was_discovered() {
    let draft = extend("", &later());
    let read = from_toml(&draft, "d").unwrap();
    let names = |d: &Dossier| -> Vec<String> {
        let parties =
            d.parties.iter().map(|p| format!("{} {:?}", p.name, p.aliases.iter().map(|a| &a.name).collect::<Vec<_>>()));
        let people = d.people.iter().map(|p| format!("{} {:?}", p.name, p.party));
        let issues = d.issues.iter().map(|i| format!("{} {:?}", i.name, i.terms));
        parties.chain(people).chain(issues).collect()
    };
    assert_eq!(names(&read), names(&later()));
    assert_eq!(read.possible, later().possible);
}

/// What a person changed stays as it was written, to the line; what is new goes to the end.
#[test]
fn a_persons_edits_and_comments_stay() {
    let draft = extend("", &first());
    let edited = draft
        .replace("name = \"pay\"", "name = \"money\" # what it is really about\nproposition = 'raise pay'")
        .replace("aliases = [\"the owners\"]", "aliases = [\n  \"the owners\", # as the papers say\n]")
        .replace("[[party]]\nid = \"weavers\"", "# they strike\n[[party]]\nid = \"weavers\"");
    let edited = format!("# my talks\nname = \"Halver\"\n\n{edited}\n# to do: ask about the looms\n");
    let new = extend(&edited, &later());
    keeps(&edited, &new).unwrap();
    assert!(new.contains("  \"the owners\", # as the papers say\n  \"the mills\",\n]"), "{new}");
    assert!(new.contains("name = \"money\""), "{new}");
    let read = from_toml(&new, "d").unwrap();
    let issues: Vec<&str> = read.issues.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(issues, ["pay", "hours", "looms"], "ids that are in the file stay");
    assert_eq!(read.issues[0].terms, ["pay", "wage", "wage rise"]);
    assert_eq!(read.who("Jon Tarrant").unwrap().party, Some(PartyId::new("mayor")));
}

#[test]
fn what_a_person_removed_does_not_come_back() {
    let draft = extend("", &later());
    let without = |text: &str, words: &str| {
        assert!(text.contains(words), "{words} is not in {text}");
        text.replacen(words, "", 1)
    };
    let edited = without(&draft, "[[party]]\nid = \"mayor\"\nname = \"Mayor of Halver\"\n\n");
    let edited = without(&edited, "party = \"mayor\"\n");
    let edited = without(&edited, ", \"the mills\"");
    let edited = without(&edited, ", \"overtime\"");
    let edited = without(&edited, "[[issue]]\nid = \"looms\"\nname = \"looms\"\nterms = [\"loom\", \"machine\"]\n\n");
    let edited = without(
        &edited,
        "[[possible]]\na = \"Ada Brok\"\nb = \"Jon Tarrant\"\nreason = \"alike\"\nby = \"rule x.v1\"\n",
    );
    assert_eq!(extend(&edited, &later()), edited);
    // nor under another name, where most of its terms are those that were removed
    let mut renamed = later();
    renamed.issues[2] = issue("new-machines", "new machines", &["new machine", "loom", "machine"]);
    assert_eq!(extend(&edited, &renamed), edited);
    // what is only like it comes in
    renamed.issues[2] = issue("noise", "noise", &["noise", "dust", "loom"]);
    assert!(extend(&edited, &renamed).contains("terms = [\"noise\", \"dust\"]"));
}

#[test]
fn what_is_to_be_ignored_is_not_put_in() {
    let new = extend("ignore = [\"Mayor of Halver\", \"looms\", \"the union\"]\n", &later());
    let read = from_toml(&new, "d").unwrap();
    assert!(read.party(&PartyId::new("mayor")).is_none());
    assert_eq!(read.who("the union"), None);
    assert!(read.issues.iter().all(|i| i.name != "looms"));
}

/// Two records that a person made one stay one; a name that a person moved stays where it is.
#[test]
fn records_that_a_person_joined_stay_joined() {
    let text = "[[party]]\nname = \"Halver\"\naliases = [\"Mill owners\", \"Mayor of Halver\"]\n\n[[party]]\nname = \"Weavers' Union\"\naliases = [\"the owners\"]\n";
    let new = extend(text, &later());
    let read = from_toml(&new, "d").unwrap();
    assert_eq!(read.parties.len(), 2, "{new}");
    assert_eq!(read.who("the owners").unwrap().party, Some(PartyId::new("weavers-union")));
    assert_eq!(read.who("the mills").unwrap().party, Some(PartyId::new("halver")));
}

#[test]
fn files_written_in_other_ways_are_kept() {
    let text = "party = [{ name = \"Mill owners\" }]\nissue = []\n";
    let new = extend(text, &later());
    assert!(new.starts_with("party = [{ name = \"Mill owners\""), "{new}");
    assert_eq!(from_toml(&new, "d").unwrap().parties.len(), 3);
    let crossed =
        "[[issue]]\nname = \"pay\"\n\n[[party]]\nname = \"Mill owners\"\n\n[[issue]]\nname = \"bread\" # last\n";
    keeps(crossed, &extend(crossed, &later())).unwrap();
    let error = extend_toml("[drafted]\nname = []\n", "d.toml", &first()).unwrap_err().to_string();
    assert_eq!(
        error,
        "failed to read dossier `d.toml` at line 2, column 1: unknown key `name` in `[drafted]`; did you mean `names`?"
    );
}

/// A person with other names, of a party.
fn called(name: &str, party: &str, aliases: &[&str]) -> Person {
    let id = name.to_lowercase().replace(' ', "-");
    Person { aliases: aliases.iter().map(|a| alias(a)).collect(), ..person(&id, name, party) }
}

/// Two parties and these people.
fn with(people: &[Person]) -> Dossier {
    Dossier {
        parties: vec![party("vandoria", "Vandoria", &[]), party("league", "Kestrel League", &[])],
        people: people.to_vec(),
        ..Dossier::default()
    }
}

/// Names, other names and party of the people of a file.
fn people_of(text: &str) -> Vec<String> {
    let words = |p: &Person| {
        let aliases: Vec<&str> = p.aliases.iter().map(|a| a.name.as_str()).collect();
        format!("{} ({}) {}", p.name, aliases.join(", "), p.party.as_ref().map_or("-", PartyId::as_str))
    };
    from_toml(text, "d").unwrap().people.iter().map(words).collect()
}

fn pairs_of(text: &str) -> Vec<String> {
    let pairs = from_toml(text, "d").unwrap().possible;
    pairs.iter().map(|m| format!("{} / {}: {}", m.a, m.b, m.reason)).collect()
}

/// A surname in common makes nobody the person of the file: another first name, or another party, is another record, and a
/// possible match.
#[test]
fn a_person_with_the_surname_of_another_is_a_record_of_his_or_her_own() {
    let ivan = called("Ivan Petrenko", "vandoria", &["Petrenko", "president Petrenko"]);
    let text = extend("", &with(&[ivan]));
    for party in ["league", "vandoria", ""] {
        let igor = called("Igor Petrenko", party, &["Mr Petrenko", "Petrenko", "chairman Igor Petrenko"]);
        let new = extend(&text, &with(&[igor]));
        let of = if party.is_empty() { "-" } else { party };
        assert_eq!(
            people_of(&new),
            [
                &format!("Igor Petrenko (chairman Igor Petrenko) {of}"),
                "Ivan Petrenko (Petrenko, president Petrenko) vandoria",
            ]
        );
        let why = if party == "league" {
            "names alike, but parties differ"
        } else {
            "surnames alike, but first names differ"
        };
        assert_eq!(pairs_of(&new), [format!("Ivan Petrenko / Igor Petrenko: {why}")]);
    }
    // a surname alone, of another party
    let new = extend(&text, &with(&[called("Petrenko", "league", &["Mr Petrenko"])]));
    assert_eq!(people_of(&new), ["Ivan Petrenko (Petrenko, president Petrenko) vandoria", "Petrenko () league"]);
    assert_eq!(pairs_of(&new), ["Ivan Petrenko / Petrenko: names alike, but parties differ"]);
}

/// Full names and, where nothing speaks against it, surnames are known again.
#[test]
fn a_person_is_known_again_by_the_full_name_or_by_a_surname_that_fits() {
    let known = |file: Person, found: Person| {
        let new = extend(&extend("", &with(&[file])), &with(&[found]));
        assert_eq!(pairs_of(&new), Vec::<String>::new(), "{new}");
        people_of(&new)
    };
    let ivan = || called("Ivan Petrenko", "vandoria", &["Petrenko"]);
    assert_eq!(
        known(ivan(), called("I. Petrenko", "", &["Ivan Petrenko", "the Fox"])),
        ["Ivan Petrenko (Petrenko, I. Petrenko, the Fox) vandoria"]
    );
    assert_eq!(
        known(ivan(), called("Petrenko", "vandoria", &["Mr Petrenko"])),
        ["Ivan Petrenko (Petrenko, Mr Petrenko) vandoria"]
    );
    assert_eq!(
        known(ivan(), called("Iwan Petrenko", "vandoria", &["Petrenko"])),
        ["Ivan Petrenko (Petrenko, Iwan Petrenko) vandoria"]
    );
    // who changes sides is who he or she was
    assert_eq!(known(ivan(), called("Ivan Petrenko", "league", &[])), ["Ivan Petrenko (Petrenko) vandoria"]);
    assert_eq!(
        known(called("Petrenko", "vandoria", &[]), called("Ivan Petrenko", "vandoria", &["Petrenko"])),
        ["Petrenko (Ivan Petrenko) vandoria"]
    );
}

/// Two people whom one discovery tells apart are no possible match; a surname that two have names neither.
#[test]
fn people_found_together_are_apart_and_a_file_s_surname_of_two_is_of_neither() {
    let two = [called("Igor Petrenko", "league", &["Petrenko"]), called("Ivan Petrenko", "vandoria", &["Petrenko"])];
    let new = extend("", &with(&two));
    assert_eq!(people_of(&new), ["Igor Petrenko (Petrenko) league", "Ivan Petrenko () vandoria"]);
    assert_eq!(pairs_of(&new), Vec::<String>::new());
    let short = extend("[[person]]\nname = \"Petrenko\"\n", &with(&two));
    assert_eq!(people_of(&short), ["Igor Petrenko () league", "Ivan Petrenko () vandoria", "Petrenko () -"]);
    assert_eq!(pairs_of(&short).len(), 2);
}

/// One other name that was taken out of a record keeps out that name, not those who have it too.
#[test]
fn a_removed_other_name_keeps_no_other_record_out() {
    let first = Dossier {
        parties: vec![party("weavers", "Weavers' Union", &["the union"])],
        people: vec![called("Ivan Petrenko", "", &["Petrenko"])],
        ..Dossier::default()
    };
    let text = extend("", &first);
    let edited = text.replace("aliases = [\"the union\"]\n", "").replace("aliases = [\"Petrenko\"]\n", "");
    assert_eq!(edited.matches("aliases").count(), 0);
    let second = Dossier {
        parties: vec![party("dockers", "Dockers' Union", &["the union", "the dockers"])],
        people: vec![called("Igor Petrenko", "dockers", &["Petrenko"])],
        ..Dossier::default()
    };
    let new = extend(&edited, &second);
    assert_eq!(people_of(&new), ["Igor Petrenko () dockers", "Ivan Petrenko () -"]);
    let read = from_toml(&new, "d").unwrap();
    let names: Vec<&str> = read.parties.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Dockers' Union", "Weavers' Union"]);
    assert_eq!((read.who("the union"), read.parties[0].aliases.len()), (None, 1));
    // a record that was removed stays out under another name, if most of its names are those that were removed
    let without = extend("", &second).replace(
        "[[party]]\nid = \"dockers\"\nname = \"Dockers' Union\"\naliases = [\"the union\", \"the dockers\"]\n\n",
        "",
    );
    let without = without.replace("party = \"dockers\"\n", "");
    let renamed =
        Dossier { parties: vec![party("port", "Port Union", &["the union", "the dockers"])], ..Dossier::default() };
    assert_eq!(extend(&without, &renamed), without);
}

fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["pay", "hours", "looms", "owners", "weavers", "mayor", "bread", "coal", "Halver"])
        .prop_map(str::to_string)
}

fn found() -> impl Strategy<Value = Dossier> {
    let words = || proptest::collection::vec(word(), 0..3);
    let record = || proptest::collection::btree_map(word(), words(), 0..4);
    (record(), record(), record()).prop_map(|(parties, people, issues)| Dossier {
        parties: parties
            .iter()
            .map(|(n, a)| party(&format!("party-{n}"), n, &a.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect(),
        people: people.keys().map(|n| person(&format!("person-{n}"), &format!("Ana {n}"), "")).collect(),
        issues: issues.iter().map(|(n, t)| issue(n, n, &t.iter().map(String::as_str).collect::<Vec<_>>())).collect(),
        ..Dossier::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is discovered, in whatever order: each line stays, and nothing more comes of what is known.
    #[test]
    fn extending_keeps_every_line_and_settles(all in proptest::collection::vec(found(), 1..4), drop in 0..40_usize) {
        let mut text = String::from("# mine\n");
        for found in &all {
            let new = extend(&text, found);
            prop_assert_eq!(keeps(&text, &new), Ok(()));
            text = new;
        }
        // a table that is taken out does not come back
        let tables: Vec<&str> = text.split("\n[[").collect();
        if tables.len() > 1 {
            let at = 1 + drop % (tables.len() - 1);
            let (gone, rest) = tables[at].split_once("\n\n#").map_or((tables[at], ""), |(g, r)| (g, r));
            let mut kept = tables.clone();
            let end = format!("x\n\n#{rest}");
            kept[at] = if rest.is_empty() { "" } else { &end };
            let removed = kept.join("\n[[").replace("\n[[x\n", "\n").replace("\n[[\n", "\n");
            let removed = removed.trim_end_matches("\n[[").to_string();
            let id = gone.lines().find_map(|l| l.strip_prefix("id = ")).unwrap_or_default();
            if from_toml(&removed, "d").is_ok() && !removed.contains(id) {
                for found in &all {
                    prop_assert!(!extend(&removed, found).contains(&format!("id = {id}\n")), "{} is back", id);
                }
            }
        }
    }
}
