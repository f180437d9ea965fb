//! Who is meant: mentions of all articles gathered into parties, organisations, places and people.
//!
//! A merge always has a reason beside spelling: a list of names, the way a demonym is built, a name that is part of
//! one longer name only, people who act for both. Where spelling is all there is, or roles or parties conflict, the
//! pair is only a possible match.

mod described;
mod group;
mod metonyms;
mod nodes;
mod parties;
mod people;
mod sightings;
mod spelling;
mod ties;
mod titles;
mod variants;

pub(crate) use described::Described;
pub(crate) use spelling::first_names_agree;
pub(crate) use titles::title_free;

use std::collections::{BTreeMap, HashMap, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use crate::model::{Merge, Party, Person};
use crate::words::{name_key, stem};

/// All that discovery finds about names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Parties, organisations and places.
    pub(crate) parties: Vec<Party>,
    /// People.
    pub(crate) people: Vec<Person>,
    /// Pairs that may be one, and why that is not sure.
    pub(crate) possible: Vec<Merge>,
}

impl Names {
    /// Stems of the words in names of parties and people, which name no matter; not those that the texts use as common
    /// words ("price" where a Ms Price speaks).
    pub(crate) fn stems(&self, usage: &Usage) -> HashSet<String> {
        let parties = self.parties.iter().filter(|p| p.sort == crate::PartySort::Party);
        let parties = parties.flat_map(|p| std::iter::once(&p.name).chain(p.aliases.iter().map(|a| &a.name)));
        let people = self.people.iter().flat_map(|p| std::iter::once(&p.name).chain(p.aliases.iter().map(|a| &a.name)));
        let people = people.flat_map(|n| name_key(n).split(' ').map(stem).collect::<Vec<_>>());
        parties
            .filter(|n| n.chars().next().is_some_and(char::is_uppercase))
            .flat_map(|n| name_key(n).split(' ').map(stem).collect::<Vec<_>>())
            .chain(people.filter(|w| !usage.common(w)))
            .collect()
    }
}

/// How the texts write each word: small, with a capital.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage {
    counts: HashMap<String, (usize, usize)>,
}

impl Usage {
    /// Counts the words of these articles.
    pub(crate) fn of(read: &[(&Article, &Reading)]) -> Self {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        for (article, _) in read {
            for word in article.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                let entry = counts.entry(stem(word)).or_default();
                match word.starts_with(char::is_uppercase) {
                    true => entry.1 += 1,
                    false => entry.0 += 1,
                }
            }
        }
        Self { counts }
    }

    /// Whether a stem is written small at least as often as with a capital.
    pub(crate) fn common(&self, stem: &str) -> bool {
        self.counts.get(stem).is_some_and(|&(small, capital)| small > 0 && small >= capital)
    }
}

/// Gathers the names of these readings, which are in order of article.
pub(crate) fn gather(read: &[(&Article, &Reading)], usage: &Usage) -> Names {
    let nodes = nodes::collect(read, usage);
    let mut people = people::cluster(&nodes);
    let parties = parties::cluster(read, &nodes, &mut people);
    let mut possible = people.possible(&nodes, read);
    let records = people::records(read, &nodes, &people, &parties);
    possible.extend(parties.possible.iter().cloned());
    possible.sort();
    possible.dedup();
    Names { parties: parties.records, people: records, possible }
}

/// Counts of forms, in order of form.
pub(crate) type Forms = BTreeMap<String, usize>;
