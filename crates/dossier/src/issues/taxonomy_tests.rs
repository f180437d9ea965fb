//! Every entry of the taxonomies finds its family, and words that only look like one do not.

use super::matching::{best, fits};
use super::phrases::{Phrases, Sense};
use super::zones::{MATTER, Zone, Zones};
use crate::lexicon::FAMILIES;
use crate::words::words;

fn zones(text: &str) -> Zones {
    let zone = Zone { words: words(text, 0), weight: MATTER };
    Zones { zones: vec![zone], at: 0, sentence: rapporteur_text::Span::all(""), point: None }
}

/// The phrases of one kind of talks, as they would be where only such talks are read.
fn of_kind(kind: &str) -> (Phrases, Vec<usize>) {
    let mut phrases = Phrases::default();
    let numbers: Vec<usize> = (0..FAMILIES.len()).filter(|&f| FAMILIES[f].kind == kind).collect();
    for &f in &numbers {
        for (key, weight) in &FAMILIES[f].terms {
            phrases.add(key, Sense { group: f, weight: *weight, contrary: false });
        }
        for key in &FAMILIES[f].contrary {
            phrases.add(key, Sense { group: f, weight: 0.9, contrary: true });
        }
    }
    (phrases, numbers)
}

const KINDS: [&str; 13] = [
    "arms",
    "company",
    "energy",
    "environment",
    "finance",
    "health",
    "labour",
    "maritime",
    "migration",
    "peace",
    "politics",
    "technology",
    "trade",
];

#[test]
fn every_firm_term_finds_its_family_among_its_kind() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let (phrases, numbers) = of_kind(kind);
        for &f in &numbers {
            for (term, _) in FAMILIES[f].terms.iter().filter(|t| t.1 >= 1.0) {
                let found = fits(&phrases, &zones(&format!("the {term} of the other side")), FAMILIES.len());
                let top = best(&found).map(|(_, fit)| fit.score).unwrap_or_default();
                // a term may belong to two families; it must not be lost to another
                if found[f].score + 1e-6 < top || found[f].score < 0.3 {
                    wrong.push(format!("{kind}/{}: {term}", FAMILIES[f].name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_weak_term_helps_its_family_and_founds_none() {
    for kind in KINDS {
        let (phrases, numbers) = of_kind(kind);
        for &f in &numbers {
            for (term, weight) in FAMILIES[f].terms.iter().filter(|t| t.1 < 1.0) {
                let found = fits(&phrases, &zones(term), FAMILIES.len());
                assert!(found[f].score > 0.0 && *weight < 0.5, "{kind}/{}: {term}", FAMILIES[f].name);
            }
        }
    }
}

#[test]
fn the_contrary_of_a_matter_is_known_as_such() {
    for (f, family) in FAMILIES.iter().enumerate() {
        let (phrases, _) = of_kind(family.kind);
        for term in &family.contrary {
            let found = phrases.scan(&words(term, 0));
            let contrary = found.iter().flat_map(|x| x.senses).any(|s| s.group == f && s.contrary);
            assert!(contrary, "{}: {term}", family.name);
        }
    }
}

/// Words with the beginning or the letters of a term, and phrases in which a term means something else.
#[test]
fn near_misses_find_nothing() {
    for (kind, phrase) in [
        ("labour", "a pensive mood"),
        ("labour", "the roasted coffee"),
        ("labour", "the payload"),
        ("labour", "an automobile"),
        ("labour", "the staffordshire dog"),
        ("labour", "the strikingly tall tower"),
        ("trade", "a dutiful daughter"),
        ("trade", "the steelyard"),
        ("trade", "the tariffville road"),
        ("trade", "a visage"),
        ("environment", "a flower"),
        ("environment", "the damsel"),
        ("environment", "a courtesy"),
        ("environment", "the lone rider"),
        ("environment", "a fishy story"),
        ("peace", "a sanctuary for birds"),
        ("peace", "the armchair"),
        ("peace", "the hostel"),
        ("peace", "an electric car"),
        ("company", "the pricey suit"),
        ("company", "a boardwalk"),
        ("company", "the vetoless charter"),
        ("politics", "a taxi"),
        ("politics", "the schooner"),
        ("politics", "the budgetary ghost"),
    ] {
        let (phrases, _) = of_kind(kind);
        let found = fits(&phrases, &zones(phrase), FAMILIES.len());
        assert_eq!(best(&found).map(|(f, _)| FAMILIES[f].name), None, "{kind}: {phrase}");
    }
}
