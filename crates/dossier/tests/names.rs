//! Many names: discovery stays fast, and keeps apart what conflicts.

mod press;

use std::time::{Duration, Instant};

use press::{Told, discover, name};
use rapporteur_reading::model::RefKind;

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
