//! The word lists of this family.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon::rows;

/// What a list tells of gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

fn gender(column: Option<&&str>) -> Option<Gender> {
    match column.copied() {
        Some("m") => Some(Gender::Male),
        Some("f") => Some(Gender::Female),
        _ => None,
    }
}

/// A noun for a person or a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    /// Nouns of one class may stand for one another.
    pub(crate) class: &'static str,
    pub(crate) gender: Option<Gender>,
}

fn nouns(file: &'static str) -> HashMap<&'static str, Noun> {
    rows(file).map(|r| (r[0], Noun { class: r.get(1).copied().unwrap_or(r[0]), gender: gender(r.get(2)) })).collect()
}

static ROLES: LazyLock<HashMap<&str, Noun>> = LazyLock::new(|| nouns(include_str!("../../lexicons/roles.tsv")));
static BODIES: LazyLock<HashMap<&str, Noun>> = LazyLock::new(|| nouns(include_str!("../../lexicons/bodies.tsv")));

/// A noun for a person by what they do ("minister"); `lemma` in lower case.
pub(crate) fn role(lemma: &str) -> Option<Noun> {
    ROLES.get(lemma).copied()
}

/// A noun for a body ("ministry"); `lemma` in lower case.
pub(crate) fn body(lemma: &str) -> Option<Noun> {
    BODIES.get(lemma).copied()
}

/// A title before a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Title {
    /// Names an office ("President"), not only courtesy ("Mr").
    pub(crate) office: bool,
    pub(crate) gender: Option<Gender>,
}

static TITLES: LazyLock<HashMap<&str, Title>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/titles.tsv"))
        .map(|r| (r[0], Title { office: r.get(1) == Some(&"role"), gender: gender(r.get(2)) }))
        .collect()
});

/// A title, with or without its full stop.
pub(crate) fn title(word: &str) -> Option<Title> {
    TITLES.get(word.trim_end_matches('.')).copied()
}

static PLACES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(include_str!("../../lexicons/places.tsv")).map(|r| r[0]).collect());

/// A noun that makes the name it ends the name of a place; `word` in lower case.
pub(crate) fn is_place_noun(word: &str) -> bool {
    PLACES.contains(word)
}

static SEATS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(include_str!("../../lexicons/seats.tsv")).map(|r| r[0]).collect());

/// A seat that stands for those who sit in it.
pub(crate) fn is_seat(name: &str) -> bool {
    SEATS.contains(name)
}

static FIRST_NAMES: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/first_names.tsv"))
        .flat_map(|r| {
            let g = gender(r.first()).unwrap_or(Gender::Male);
            r.get(1).copied().unwrap_or("").split(' ').map(move |n| (n, g)).collect::<Vec<_>>()
        })
        .collect()
});

/// The gender a given name usually tells.
pub(crate) fn first_name(word: &str) -> Option<Gender> {
    FIRST_NAMES.get(word).copied()
}

static PEOPLE_VERBS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/people_verbs.tsv")).map(|r| (r[0], r.get(1).copied().unwrap_or("obj"))).collect()
});

/// How a verb ties its subject to a body: the preposition of the body, or "obj".
pub(crate) fn people_verb(lemma: &str) -> Option<&'static str> {
    PEOPLE_VERBS.get(lemma).copied()
}

/// What the list of countries knows of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Country {
    /// The country of this number.
    Name(usize),
    /// Adjective or people.
    People(usize),
    /// Its capital.
    Capital(usize),
}

static COUNTRIES: LazyLock<HashMap<&str, Country>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for (n, r) in rows(include_str!("../../lexicons/demonyms.tsv")).enumerate() {
        let column = |c: usize| r.get(c).copied().unwrap_or("").split(';').filter(|w| !w.is_empty());
        for w in column(0) {
            all.insert(w, Country::Name(n));
        }
        for w in column(1) {
            all.entry(w).or_insert(Country::People(n));
        }
        for w in column(2) {
            all.entry(w).or_insert(Country::Capital(n));
        }
    }
    all
});

/// The first capital of a country.
pub(crate) fn capital_of(country: usize) -> Option<&'static str> {
    let row = rows(include_str!("../../lexicons/demonyms.tsv")).nth(country)?;
    row.get(2)?.split(';').next().filter(|c| !c.is_empty())
}

/// What the list of countries knows of a name; a plural people ("Russians") is found too.
pub(crate) fn country(name: &str) -> Option<Country> {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    COUNTRIES.get(name).or_else(|| name.strip_suffix('s').and_then(|n| COUNTRIES.get(n))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_name_people_and_capital() {
        let ua = country("Ukraine");
        assert!(matches!(ua, Some(Country::Name(_))));
        assert!(matches!((country("Kiev"), ua), (Some(Country::Capital(a)), Some(Country::Name(b))) if a == b));
        assert!(matches!(country("Russians"), Some(Country::People(_))));
        assert_eq!(country("the United States"), country("US"));
    }

    #[test]
    fn titles_lose_their_full_stop() {
        assert!(title("Mr.").is_some_and(|t| !t.office && t.gender == Some(Gender::Male)));
        assert!(title("President").is_some_and(|t| t.office));
    }
}
