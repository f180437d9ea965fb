//! Many names: discovery stays fast, and keeps apart what conflicts.

mod press;

use std::time::{Duration, Instant};

use press::{Told, discover, name};
use rapporteur_reading::model::{Polarity, RefKind};

/// 3,000 distinct names, half of people and half of bodies, over 60 articles.
#[test]
fn three_thousand_names_are_settled_in_seconds_unoptimised() {
    let told: Vec<Told> = (0..60)
        .map(|a| {
            let mut told = Told::default();
            for n in 0..25 {
                told.names(RefKind::Person, &format!("{} {}", name(n + 7 * a), name(a * 25 + n + 10_000)));
                told.names(RefKind::Organisation, &format!("{} {}", name(a * 25 + n + 50_000), name(n + 90_000)));
            }
            told
        })
        .collect();
    let start = Instant::now();
    let dossier = discover(&told);
    let took = start.elapsed();
    assert!(dossier.people.len() + dossier.parties.len() > 1_000);
    // a release build takes a small part of it
    assert!(took < Duration::from_secs(8), "{took:?}");
}

fn people(dossier: &rapporteur_dossier::Dossier) -> Vec<&str> {
    dossier.people.iter().map(|p| p.name.as_str()).collect()
}

/// Two articles, each with one person and the body he or she belongs to.
fn two(a: (&str, &str), b: (&str, &str)) -> Vec<Told> {
    [a, b]
        .map(|(person, body)| {
            let mut told = Told::default();
            let p = told.names(RefKind::Person, person);
            let o = told.names(RefKind::Organisation, body);
            told.belongs(p, o);
            told
        })
        .to_vec()
}

#[test]
fn spellings_of_one_party_are_one_person() {
    let told = two(("Ana Petrenko", "Vandor Board"), ("Anna Petrenco", "Vandor Board"));
    assert_eq!(people(&discover(&told)).len(), 1);
}

#[test]
fn names_alike_are_not_merged_where_parties_conflict() {
    let told = two(("Ana Petrenko", "Vandor Board"), ("Ana Petrenco", "Kestrel League"));
    let dossier = discover(&told);
    assert_eq!(people(&dossier).len(), 2);
    assert!(dossier.possible.iter().any(|m| m.reason.contains("parties differ")), "{:?}", dossier.possible);
}

/// 125 spellings of one name, of five people: every two are alike, and only the bodies tell whose each is. What speaks against
/// two names is asked once for two sets of them, not for every two again.
#[test]
fn spellings_that_are_all_alike_are_shared_out_among_their_bodies() {
    let vowels = ["a", "e", "i", "o", "u"];
    let bodies = ["Vandor Board", "Kestrel League", "Harrow Company", "Ministry of Tides", "Lowland Union"];
    let told: Vec<Told> = (0..125)
        .map(|n| {
            let mut told = Told::default();
            let surname = format!("P{}tr{}nk{}", vowels[n % 5], vowels[n / 5 % 5], vowels[n / 25]);
            let person = told.names(RefKind::Person, &format!("Ana {surname}"));
            let body = told.names(RefKind::Organisation, bodies[(n + n / 5 + n / 25) % 5]);
            told.belongs(person, body);
            told
        })
        .collect();
    let dossier = discover(&told);
    assert_eq!(dossier.people.len(), bodies.len(), "{:?}", people(&dossier));
    assert!(dossier.people.iter().all(|p| p.aliases.len() == 24), "{:?}", dossier.people);
}

/// Who speaks in the name of a body, in articles of their own.
fn spokesmen(all: &[(RefKind, &str, &str, RefKind, &str)]) -> Vec<Told> {
    all.iter()
        .map(|(kind, title, person, body_kind, body)| {
            let mut told = Told::default();
            let p = match title.is_empty() {
                true => told.names(*kind, person),
                false => told.names_titled(*kind, title, person),
            };
            if !body.is_empty() {
                let o = told.names(*body_kind, body);
                told.belongs(p, o);
            }
            told
        })
        .collect()
}

/// "minister Igor Petrenkova of Vandoria" in one article, "Mr Petrenkova of the Kestrel League" in another: the end of one
/// full name only, or its first and last word, is no reason against the bodies they speak for.
#[test]
fn a_surname_does_not_join_people_of_different_parties() {
    use RefKind::{Organisation, Party, Person};
    for (full, short) in
        [("Igor Petrenkova", "Petrenkova"), ("Tobias Elm Ring", "Elm Ring"), ("Igor Lev Petrenkova", "Igor Petrenkova")]
    {
        let told =
            spokesmen(&[(Person, "", full, Party, "Vandoria"), (Person, "", short, Organisation, "Kestrel League")]);
        let dossier = discover(&told);
        let of = |name: &str| dossier.people.iter().find(|p| p.name == name).and_then(|p| p.party.clone());
        assert_eq!(dossier.people.len(), 2, "{:?}", people(&dossier));
        assert_ne!(of(full), of(short));
        let pair = dossier.possible.iter().find(|m| m.a == full || m.b == full).unwrap();
        assert_eq!((pair.reason.as_str(), pair.confidence), ("names alike, but parties differ", 15));
        // the League is no other party where nobody says that he is of Vandoria
        let told = spokesmen(&[(Person, "", full, Party, ""), (Person, "", short, Organisation, "Kestrel League")]);
        assert_eq!(people(&discover(&told)), [full]);
    }
}

/// "Joss Okaran of Ulmara", "Port Ysel's envoy, Mr Okaran": a place that no list knows may be the seat of the party.
#[test]
fn a_surname_joins_where_the_body_of_one_is_a_place() {
    use RefKind::{Party, Person, Place};
    let told = spokesmen(&[(Person, "", "Joss Okaran", Party, "Ulmara"), (Person, "", "Okaran", Place, "Port Ysel")]);
    assert_eq!(people(&discover(&told)), ["Joss Okaran"]);
}

/// Titles that cannot be of one person without a word more part names that are alike or short for one another.
#[test]
fn names_are_not_joined_where_offices_conflict() {
    use RefKind::{Party, Person};
    let told = |a: (&str, &'static str), b: (&str, &'static str)| {
        discover(&spokesmen(&[(Person, a.0, a.1, Party, ""), (Person, b.0, b.1, Party, "")]))
    };
    for (a, b) in [
        (("Finance Minister", "Anna Petrenkova"), ("Captain", "Ana Petrenkova")),
        (("Justice", "Anna Petrenkova"), ("Major General", "Ana Petrenkowa")),
        (("Senator", "Anna Petrenkova"), ("Captain", "Petrenkova")),
    ] {
        let dossier = told(a, b);
        assert_eq!(dossier.people.len(), 2, "{:?}", people(&dossier));
        assert!(dossier.possible.iter().any(|m| m.reason == "names alike, but roles differ"), "{:?}", dossier.possible);
    }
    // names of one office, and titles that someone of another office may have too
    for (a, b) in [
        (("Finance Minister", "Anna Petrenkova"), ("Prime Minister", "Ana Petrenkova")),
        (("Premier", "Anna Petrenkova"), ("Chancellor", "Ana Petrenkova")),
        (("Colonel", "Anna Petrenkova"), ("Commander", "Petrenkova")),
        (("Minister", "Anna Petrenkova"), ("chief negotiator", "Petrenkova")),
    ] {
        assert_eq!(told(a, b).people.len(), 1, "{a:?} {b:?}");
    }
}

/// Full names alike, however long: with no role, party or company in common they may be one, and are not made one.
#[test]
fn spelling_alone_makes_nobody_one() {
    use RefKind::{Party, Person};
    for (a, b) in [("Anna Petrenkova", "Ana Petrenkova"), ("Volodymyr Zelenskyy", "Volo Dymyrzelenskyy")] {
        let dossier = discover(&spokesmen(&[(Person, "", a, Party, ""), (Person, "", b, Party, "")]));
        assert_eq!(dossier.people.len(), 2, "{:?}", people(&dossier));
        let reasons: Vec<&str> = dossier.possible.iter().map(|m| m.reason.as_str()).collect();
        assert_eq!(reasons, ["names alike, nothing else"]);
    }
}

#[test]
fn a_surname_of_two_people_is_given_to_neither() {
    let mut told = two(("Ana Weld", "Vandor Board"), ("Piet Weld", "Kestrel League"));
    let mut third = Told::default();
    third.names(RefKind::Person, "Weld");
    told.push(third);
    let dossier = discover(&told);
    assert!(dossier.people.iter().all(|p| p.merges.is_empty()), "{:?}", dossier.people);
}

#[test]
fn a_common_word_taken_for_a_person_is_none() {
    let mut told = Told::default();
    told.names(RefKind::Person, "Harbour");
    told.line("The harbour was quiet, and no ship left the harbour.");
    assert_eq!(people(&discover(&[told])), Vec::<&str>::new());
}

#[test]
fn a_person_whose_name_is_a_common_word_stays_one() {
    let mut told = Told::default();
    told.names(RefKind::Person, "Ada Harbour");
    told.names(RefKind::Person, "Harbour");
    told.line("The harbour was quiet, and no ship left the harbour.");
    assert_eq!(people(&discover(&[told])), ["Ada Harbour"]);
}

/// One article for each name, all of one body.
fn all_of(body: &str, names: &[&str]) -> Vec<Told> {
    let one = |name: &&str| {
        let mut told = Told::default();
        let p = told.names(RefKind::Person, name);
        let o = told.names(RefKind::Party, body);
        told.belongs(p, o);
        told
    };
    names.iter().map(one).collect()
}

#[test]
fn transliterations_are_one_person_with_reason_evidence_and_confidence() {
    for names in [
        ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"],
        ["Rustem Umerov", "Rustem Umarov", "Rustem Omerov"],
        ["Steve Witkoff", "Steve Vitkov", "Steve Witkopf"],
        ["Nikita Khrushchev", "Nikita Chruschtschow", "Nikita Khrushchov"],
    ] {
        let told = all_of("Vandoria", &names);
        let dossier = discover(&told);
        assert_eq!(dossier.people.len(), 1, "{:?}", people(&dossier));
        let person = &dossier.people[0];
        assert!(names.iter().all(|n| person.name == *n || person.aliases.iter().any(|a| a.name == *n)));
        let read = press::read(&told);
        for m in &person.merges {
            assert!(!m.reason.is_empty() && (50..=99).contains(&m.confidence), "{m:?}");
            let said = |s: &rapporteur_dossier::Sighting| {
                let article = read.iter().map(|r| &r.0).find(|a| a.id == s.article).unwrap();
                (s.span.slice(&article.text).to_string(), s.sentence.slice(&article.text).to_string())
            };
            let told: Vec<(String, String)> = m.evidence.iter().map(said).collect();
            let of = |name: &String| (name.clone(), format!("{name} was there."));
            assert_eq!(told, [of(&m.a), of(&m.b)]);
        }
    }
}

#[test]
fn two_spellings_of_a_capital_stand_for_one_party_where_they_act() {
    let told = vec![
        Told::default().says("Ukraine", Polarity::For, "Ukraine wants {a [truce]}."),
        Told::default().says("Kyiv", Polarity::For, "Kyiv wants {a [truce]}."),
        Told::default().says("Kiev", Polarity::For, "Kiev wants {a [truce]}."),
    ];
    let dossier = discover(&told);
    let ids: Vec<&str> = dossier.parties.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["ukraine"]);
}

#[test]
fn a_place_spelt_in_two_ways_is_one_where_the_same_names_stand_around_it() {
    let one = |place: &str, more: &[&str]| {
        let mut told = Told::default();
        told.names(RefKind::Place, place);
        more.iter().for_each(|m| {
            told.names(RefKind::Organisation, m);
        });
        told
    };
    let around = ["Vandor Board", "Kestrel League", "Harbour Office"];
    let found =
        |told: &[Told]| -> usize { discover(told).parties.iter().filter(|p| p.name.starts_with("Donba")).count() };
    assert_eq!(found(&[one("Donbas", &around), one("Donbass", &around), one("Donbas", &[])]), 1);
    // spelling alone is no reason
    let apart = discover(&[one("Donbas", &[]), one("Donbass", &[]), one("Donbas", &[]), one("Donbass", &[])]);
    assert_eq!(apart.parties.iter().filter(|p| p.name.starts_with("Donba")).count(), 2);
    assert!(apart.possible.iter().any(|m| m.a == "Donbas" && m.confidence < 50), "{:?}", apart.possible);
}

#[test]
fn people_of_one_surname_and_party_are_two_where_first_names_differ() {
    let dossier = discover(&all_of("Vandoria", &["Ivan Petrenko", "Igor Petrenko"]));
    assert_eq!(people(&dossier), ["Igor Petrenko", "Ivan Petrenko"]);
    // two people of one article are two, however alike
    let mut told = Told::default();
    for name in ["Tomas Petrenko", "Tobias Petrenko"] {
        told.names(RefKind::Person, name);
    }
    assert_eq!(people(&discover(&[told])).len(), 2);
}

#[test]
fn a_name_that_a_translation_took_apart_is_one_with_its_last_words() {
    let mut told = all_of("Vandoria", &["Tobias Elmering", "Tobias Elmering", "Tobias Elm Ring"]);
    let mut third = Told::default();
    third.names(RefKind::Person, "Elm Ring");
    told.push(third);
    assert_eq!(people(&discover(&told)), ["Tobias Elmering"]);
}

#[test]
fn a_surname_that_someone_has_is_no_spelling_of_another() {
    let mut told = all_of("Vandoria", &["Rodion Balash", "Mira Volosh"]);
    let mut third = Told::default();
    let p = third.names(RefKind::Person, "Balash");
    let o = third.names(RefKind::Party, "Vandoria");
    third.belongs(p, o);
    told.push(third);
    let dossier = discover(&told);
    let mira = dossier.people.iter().find(|p| p.name == "Mira Volosh").unwrap();
    assert!(mira.aliases.is_empty() && dossier.people.len() == 2, "{:?}", dossier.people);
}

#[test]
fn a_person_is_listed_with_the_titles_he_or_she_is_called_by() {
    let mut told = Told::default();
    told.names_titled(RefKind::Person, "Deputy Foreign Minister", "Ana Weld");
    told.names_titled(RefKind::Person, "Madame", "Weld");
    told.names_titled(RefKind::Person, "the president", "Weld");
    let dossier = discover(&[told]);
    assert_eq!(people(&dossier), ["Ana Weld"]);
    let aliases: Vec<&str> = dossier.people[0].aliases.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(aliases, ["Deputy Foreign Minister Ana Weld", "Madame Weld", "Weld", "president Weld"]);
}

/// Who the people of an article are under a `dossier.toml`.
fn resolved(toml: &str, told: &Told) -> Vec<Option<String>> {
    let dossier = rapporteur_dossier::from_toml(toml, "dossier.toml").unwrap();
    let (article, reading) = told.read(0);
    let found = rapporteur_dossier::resolve(&dossier, &article, &reading);
    let id = |r: &rapporteur_dossier::Resolved| {
        r.person.as_ref().map(ToString::to_string).or(r.party.as_ref().map(ToString::to_string))
    };
    found.entities.iter().map(id).collect()
}

#[test]
fn a_dossier_keeps_apart_what_discovery_would_merge() {
    let mut told = Told::default();
    for name in ["Ana Petrenko", "Anna Petrenco", "Petrenko"] {
        told.names(RefKind::Person, name);
    }
    let two = "[[person]]\nname = \"Ana Petrenko\"\nnot = [\"Petrenko\"]\n\n[[person]]\nname = \"Anna Petrenco\"\n";
    let ids = resolved(two, &told);
    assert_eq!(ids, [Some("ana-petrenko".into()), Some("anna-petrenco".into()), None]);
    // and joins what spelling would not
    let one = "[[person]]\nname = \"Ana Petrenko\"\naliases = [\"The Fox\"]\n";
    let mut fox = Told::default();
    fox.names(RefKind::Person, "The Fox");
    assert_eq!(resolved(one, &fox), [Some("ana-petrenko".into())]);
}

/// Someone may be known by a surname alone that another has too: the party of the article tells who is meant.
#[test]
fn a_surname_of_two_is_who_speaks_for_the_party() {
    let two = "[[party]]\nname = \"Vandoria\"\n[[party]]\nname = \"Kestrel League\"\n[[person]]\nname = \"Igor Petrenkova\"\n\
               party = \"vandoria\"\n[[person]]\nname = \"Petrenkova\"\nparty = \"kestrel-league\"\n";
    for (body, who) in [("Vandoria", "igor-petrenkova"), ("Kestrel League", "petrenkova")] {
        let mut told = Told::default();
        let p = told.names(RefKind::Person, "Petrenkova");
        let o = told.names(RefKind::Party, body);
        told.belongs(p, o);
        assert_eq!(resolved(two, &told)[0], Some(who.into()), "{body}");
    }
}

#[test]
fn a_party_is_not_what_its_dossier_says_it_is_not() {
    let mut told = Told::default();
    for name in ["Kyiv", "Ukraine", "union"] {
        told.names(RefKind::Party, name);
    }
    let all = "[[party]]\nname = \"Ukraine\"\n[[party]]\nname = \"Dockers' Union\"\n";
    assert_eq!(resolved(all, &told), [Some("ukraine".into()), Some("ukraine".into()), Some("dockers-union".into())]);
    let not = "[[party]]\nname = \"Ukraine\"\nnot = [\"Kyiv\"]\n[[party]]\nname = \"Dockers' Union\"\nnot = [\"the union\"]\n";
    assert_eq!(resolved(not, &told), [None, Some("ukraine".into()), None]);
}

/// A minister's spokesman speaks for what the minister speaks for, also where only another article says for what.
#[test]
fn who_is_under_a_person_is_of_that_persons_party() {
    use RefKind::{Party, Person};
    let mut first = Told::default();
    let (spokesman, president) = (first.names(Person, "Rodion Bale"), first.names(Person, "Gennad Volk"));
    first.belongs(spokesman, president);
    let mut second = Told::default();
    let (president, country) = (second.names(Person, "Gennad Volk"), second.names(Party, "Vandoria"));
    second.belongs(president, country);
    let dossier = discover(&[first, second]);
    let of = |name: &str| dossier.people.iter().find(|p| p.name == name).and_then(|p| p.party.clone());
    assert!(of("Gennad Volk").is_some());
    assert_eq!(of("Rodion Bale"), of("Gennad Volk"));
}

/// "Kestria's finance chief, Lotte Brand": a name of one word, read as a person's, that has people and no office is a body;
/// one that somebody's full name ends with is not.
#[test]
fn what_has_officers_and_holds_no_office_is_a_body() {
    use RefKind::Person;
    let under = |whole: &str, others: &[&str]| {
        let mut told = Told::default();
        let (chief, body) = (told.names(Person, "Lotte Brand"), told.names(Person, whole));
        told.belongs(chief, body);
        for other in others {
            told.names(Person, other);
        }
        discover(&[told.clone(), told])
    };
    let dossier = under("Kestria", &[]);
    assert_eq!(people(&dossier), ["Lotte Brand"]);
    assert_eq!(dossier.people[0].party.as_ref().map(|p| p.as_str()), Some("kestria"));
    assert!(people(&under("Kestria", &["Anna Kestria"])).contains(&"Anna Kestria"));
}

fn joined(a: (RefKind, &str), b: (RefKind, &str)) -> bool {
    let mut told = Told::default();
    told.names(a.0, a.1);
    told.names_titled(b.0, "the", b.1);
    let told = vec![told.clone(), told];
    let dossier = discover(&told);
    let all = |p: &rapporteur_dossier::Party| {
        let names: Vec<String> = p.aliases.iter().map(|a| a.name.clone()).chain([p.name.clone()]).collect();
        [a.1, b.1].iter().all(|n| names.iter().any(|x| x == n))
    };
    dossier.parties.iter().any(all)
}

/// The short form of a name is its head with "the" before it, whatever it was read as; not what tells where or of whom a club is,
/// nor a general word that stands before another head. Translations turn names round.
#[test]
fn short_and_turned_forms_of_a_name() {
    use RefKind::{Organisation, Place};
    assert!(joined((Organisation, "Vandor Compact"), (Place, "Compact")));
    assert!(!joined((Organisation, "University of Vandor"), (Place, "Vandor")));
    assert!(!joined((Organisation, "Vandor Weavers Union"), (Organisation, "Vandor")));
    assert!(joined((Organisation, "Vandor Holding"), (Organisation, "Vandor")));
    assert!(joined((Organisation, "Vandor Weavers Union"), (Organisation, "Vandor Weavers")));
    assert!(!joined((Organisation, "Government Printer"), (Organisation, "Government")));
    assert!(joined((Organisation, "Northern Union"), (Organisation, "Union of the North")));
    assert!(joined((Organisation, "Vandor Bondholder Committee"), (Organisation, "Committee of Bondholders")));
    assert!(!joined((Organisation, "Northern Union"), (Organisation, "Union of the South")));
}

/// A town is not the paper that has its name, a person's government is no party's name, and one article's slip makes no body of
/// someone whom the others know by the full name.
#[test]
fn what_bears_another_name_is_not_that() {
    use RefKind::{Organisation, Place};
    assert!(!joined((Organisation, "Vandor Evening"), (Place, "Vandor")));
    assert!(!joined((Organisation, "Vandor Cathedral"), (Place, "Vandor")));
    let mut told = Told::default();
    for _ in 0..6 {
        told.names(RefKind::Person, "Yasmin Torval");
    }
    told.names(Organisation, "Yasmin Torval's government");
    told.names(Organisation, "Torval");
    let dossier = discover(&[told.clone(), told]);
    assert!(dossier.parties.iter().all(|p| !p.name.contains("Torval")), "{:?}", dossier.parties);
    assert_eq!(people(&dossier), ["Yasmin Torval"]);
}
