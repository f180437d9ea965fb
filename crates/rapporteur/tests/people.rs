//! For which party people speak, told by all articles together.

use rapporteur::capture::Capture;
use rapporteur::model::for_tests;
use rapporteur::{Options, Talks};

/// The party of a person, by what these articles tell.
fn party_of(name: &str, articles: &[&str]) -> Option<String> {
    let captures: Vec<Capture> = articles.iter().map(|a| Capture::from_bytes(a.as_bytes().to_vec())).collect();
    let talks = Talks::from_captures(&captures, &for_tests(), &Options::default());
    let person = talks.dossier().people.iter().find(|p| p.name == name);
    let person = person.unwrap_or_else(|| panic!("no {name}: {:?}", talks.dossier().people));
    person.party.as_ref().map(ToString::to_string)
}

/// Articles in which three states take sides, so that they are parties.
const SIDES: &str = "Talks on the river\n\nPeru rejected the dam on Monday. Chile accepted a flow of 400 cubic metres. Peru refused to pay \
    for the readings. Chile opposed the levy, and Bolivia demanded a share of the fund. Peru demanded more time.";

#[test]
fn whoever_says_what_a_party_will_do_speaks_for_it() {
    let commits = "The dam\n\nPetar Olen said Peru would hand over hourly readings after the loan. On Friday Petar Olen said that \
        Peru could accept a levy.";
    assert_eq!(party_of("Petar Olen", &[SIDES, commits]).as_deref(), Some("peru"));
    // of two parties alike: nobody's
    let both = "The dam\n\nPetar Olen said Peru would hand over hourly readings. On Friday Petar Olen said that Chile could accept \
        a levy.";
    assert_eq!(party_of("Petar Olen", &[SIDES, both]), None);
    // an office tells more
    let minister = "The dam\n\nPetar Olen, the Bolivian foreign minister, said Peru would hand over hourly readings.";
    assert_eq!(party_of("Petar Olen", &[SIDES, minister]).as_deref(), Some("bolivia"));
}

#[test]
fn for_whom_one_speaks_stands_before_or_after() {
    for words in [
        "For Peru, the finance secretary, Petar Olen, said that there was no money.",
        "Petar Olen, who leads for Peru, ruled it out.",
        "The Peruvian delegation, led by Petar Olen, arrived late, and Petar Olen ruled it out.",
        "Peru refused to comment. Its finance chief, Petar Olen, ruled it out.",
        "Ana Ruiz is president of Peru. Petar Olen, spokesman for President Ana Ruiz, ruled it out.",
    ] {
        assert_eq!(party_of("Petar Olen", &[SIDES, words]).as_deref(), Some("peru"), "{words}");
    }
    for words in [
        // when, not for whom
        "For years, Petar Olen said, nobody had cared.",
        "Peru and Chile met. Petar Olen ruled it out.",
        "Her spokesman, Petar Olen, ruled it out.",
    ] {
        assert_eq!(party_of("Petar Olen", &[SIDES, words]), None, "{words}");
    }
}
