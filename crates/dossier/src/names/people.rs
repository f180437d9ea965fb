//! People: surnames, transliterations, machine-translated spellings, and the party each speaks for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::Forms;
use super::group::{CONFLICT, Groups, POSSIBLE};
use super::nodes::{Nodes, called};
use super::parties::Parties;
use super::sightings::sightings;
use super::ties::Ties;
use crate::model::{Alias, Merge, Person, PersonId};
use crate::words::slug;

/// People as sets of nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// Joined person nodes.
    pub(crate) groups: Groups,
    /// Pairs of nodes that may be one: why that is not sure, and whether something speaks against it.
    pub(super) maybe: Vec<(usize, usize, &'static str, bool)>,
}

impl People {
    /// Pairs that may be one, those left out that are one in the end.
    pub(super) fn possible(&self, nodes: &Nodes, read: &[(&Article, &Reading)]) -> Vec<Merge> {
        let mut seen = BTreeSet::new();
        let open = self.maybe.iter().filter(|(a, b, ..)| {
            let (x, y) = (self.groups.root(*a), self.groups.root(*b));
            x != y && seen.insert((x.min(y), x.max(y)))
        });
        open.map(|&(a, b, reason, against)| Merge {
            a: nodes.list[a].name.clone(),
            b: nodes.list[b].name.clone(),
            reason: reason.into(),
            by: "rule names.spelling.v2".into(),
            confidence: if against { CONFLICT } else { POSSIBLE },
            evidence: sightings(nodes, read, a, b),
        })
        .collect()
    }
}

fn surname(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

/// Person nodes that have a name.
pub(super) fn named(nodes: &Nodes) -> impl Iterator<Item = usize> + '_ {
    (0..nodes.list.len()).filter(|&i| nodes.list[i].person && !nodes.list[i].nameless)
}

/// Joins names whose words make them one, as far as that can be told while it is not known which bodies are one.
pub(crate) fn cluster(nodes: &Nodes) -> People {
    let bodies = Groups::new(nodes.list.len());
    let mut people = People { groups: bodies.clone(), maybe: Vec::new() };
    by_words(nodes, &mut people, &bodies);
    // asked again when it is known
    people.maybe.clear();
    people
}

/// Joins full names that are one, and short forms; where the bodies or offices of two conflict, they may be one.
/// `bodies`: which bodies are one.
pub(super) fn by_words(nodes: &Nodes, people: &mut People, bodies: &Groups) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..nodes.list.len()).filter(|&i| nodes.list[i].person) {
        members.entry(people.groups.root(i)).or_default().push(i);
    }
    let mut joiner = Joiner { nodes, bodies, people, members };
    joiner.full_names();
    joiner.short_forms();
}

/// The joining of names by their words.
struct Joiner<'a> {
    nodes: &'a Nodes,
    bodies: &'a Groups,
    people: &'a mut People,
    /// Names of each person, by root.
    members: BTreeMap<usize, Vec<usize>>,
}

impl Joiner<'_> {
    fn root(&self, i: usize) -> usize {
        self.people.groups.root(i)
    }

    fn join(&mut self, a: usize, b: usize, reason: &str, rule: &'static str) {
        let (x, y) = (self.root(a), self.root(b));
        if x == y {
            return;
        }
        let ties = |root| Ties::of(self.nodes, self.bodies, self.members.get(&root).map_or(&[], Vec::as_slice));
        let articles = |i: usize| self.nodes.list[i].articles.keys();
        let together = articles(a).any(|n| self.nodes.list[b].articles.contains_key(n));
        if let Some(conflict) = ties(x).against(&ties(y), together) {
            self.people.maybe.push((a, b, conflict, true));
            return;
        }
        self.people.groups.join(a, b, reason.into(), rule);
        let moved = self.members.remove(&x.max(y)).unwrap_or_default();
        self.members.entry(x.min(y)).or_default().extend(moved);
    }

    /// Joins names that have the first and the last word in common: "Ana Maria Weld" may be "Ana Weld".
    fn full_names(&mut self) {
        let nodes = self.nodes;
        let mut full: HashMap<&str, Vec<usize>> = HashMap::new();
        for i in named(nodes).filter(|&i| nodes.list[i].key.contains(' ')) {
            let first = |i: usize| nodes.list[i].key.split(' ').next();
            let namesakes = full.entry(surname(&nodes.list[i].key)).or_default();
            for &j in namesakes.iter().filter(|&&j| first(i) == first(j)) {
                self.join(i, j, "same first and last name", "names.full.v1");
            }
            namesakes.push(i);
        }
    }

    /// Joins what is the end of one full name only: a surname, or the last words of a longer name ("Elm Ring" of "Tobias
    /// Elm Ring"). Where several people have it, the one who is named in the same articles.
    fn short_forms(&mut self) {
        let nodes = self.nodes;
        let mut ends: HashMap<&str, Vec<usize>> = HashMap::new();
        for i in named(nodes) {
            let key = nodes.list[i].key.as_str();
            for (at, _) in key.match_indices(' ') {
                ends.entry(&key[at + 1..]).or_default().push(i);
            }
        }
        for i in named(nodes) {
            let node = &nodes.list[i];
            let Some(candidates) = ends.get(node.key.as_str()) else { continue };
            let own = self.root(i);
            let others = candidates.iter().copied().filter(|&c| self.root(c) != own);
            // a name of each person
            let all: BTreeMap<usize, usize> = others.map(|c| (self.root(c), c)).rev().collect();
            let is_here = |c: usize| nodes.list[c].articles.keys().any(|a| node.articles.contains_key(a));
            let here = candidates.iter().copied().filter(|&c| is_here(c));
            let here: BTreeMap<usize, usize> = here.map(|c| (self.root(c), c)).rev().collect();
            let unique =
                if all.len() == 1 { all.values().next() } else { here.values().next().filter(|_| here.len() == 1) };
            let (reason, rule) = match node.key.contains(' ') {
                true => ("last words of one person's name only", "names.last-words.v1"),
                false => ("surname of one person only", "names.surname.v1"),
            };
            if let Some(&to) = unique {
                self.join(to, i, reason, rule);
            }
        }
    }
}

/// For each person node the party record (by root of party nodes) most of its links say; `None` on a tie of nothing.
pub(crate) fn party_votes(nodes: &Nodes, people: &People, parties: &Groups) -> BTreeMap<usize, BTreeMap<usize, usize>> {
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (i, node) in nodes.list.iter().enumerate().filter(|(_, n)| n.person && !n.nameless) {
        for &(j, _) in node.of.iter().filter(|(j, _)| !nodes.list[*j].person) {
            *votes.entry(people.groups.root(i)).or_default().entry(parties.root(j)).or_default() += 1;
        }
    }
    votes
}

/// The party of which someone says what it will do, twice as often at least as of any other.
fn committed(nodes: &Nodes, person: &[usize], parties: &Parties) -> Option<usize> {
    let mut said: BTreeMap<usize, usize> = BTreeMap::new();
    for (&j, n) in person.iter().flat_map(|&i| &nodes.list[i].says_of) {
        *said.entry(parties.groups.root(j)).or_default() += n;
    }
    said.retain(|root, _| parties.record_of.get(root).is_some_and(|&(_, party)| party));
    let (&top, &most) = said.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
    said.iter().all(|(&root, &n)| root == top || 2 * n <= most).then_some(top)
}

/// The records of people, in order of id.
pub(crate) fn records(read: &[(&Article, &Reading)], nodes: &Nodes, people: &People, parties: &Parties) -> Vec<Person> {
    let votes = party_votes(nodes, people, &parties.groups);
    let is_party = |r: usize| parties.record_of.get(&r).is_some_and(|&(_, party)| party);
    let own_party = |root: usize| {
        let all = votes.get(&root)?.iter();
        all.max_by(|a, b| is_party(*a.0).cmp(&is_party(*b.0)).then(a.1.cmp(b.1)).then(b.0.cmp(a.0))).map(|x| *x.0)
    };
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..nodes.list.len()).filter(|&i| nodes.list[i].person && !nodes.list[i].nameless) {
        members.entry(people.groups.root(i)).or_default().push(i);
    }
    let mut out: Vec<Person> = Vec::new();
    let mut merges = people.groups.merges(nodes, read);
    // a person and a party of one name are two, with an id each
    let mut taken: HashSet<String> = parties.records.iter().map(|p| p.id.to_string()).collect();
    for (root, nodes_of) in members {
        let mut forms = Forms::new();
        let mut roles = Vec::new();
        for &i in &nodes_of {
            for (f, c) in &nodes.list[i].forms {
                *forms.entry(f.clone()).or_default() += c;
            }
            roles.extend(nodes.role_items.get(&i).into_iter().flatten().cloned());
        }
        let weight = |i: usize| -> usize { nodes.list[i].articles.values().sum() };
        let fullest = nodes_of.iter().copied().max_by(|&a, &b| {
            // a name of several words, and no end of another name
            let full = |i: usize| {
                let end = format!(" {}", nodes.list[i].key);
                let part = nodes_of.iter().any(|&j| nodes.list[j].key.ends_with(&end));
                (nodes.list[i].key.contains(' '), !part)
            };
            full(a).cmp(&full(b)).then(weight(a).cmp(&weight(b))).then(nodes.list[b].key.cmp(&nodes.list[a].key))
        });
        let Some(fullest) = fullest else { continue };
        let name = nodes.list[fullest].name.clone();
        // every spelling counts as an alias, described forms ("the minister") do not
        for &i in &nodes_of {
            forms.entry(nodes.list[i].name.clone()).or_insert(0);
        }
        let named = |f: &str| called(f) && f != name.as_str();
        let aliases = forms.into_iter().filter(|(f, _)| named(f)).map(|(name, count)| Alias { name, count }).collect();
        // a minister's spokesman speaks for what the minister speaks for
        let above = || nodes_of.iter().flat_map(|&i| &nodes.list[i].of).filter(|(j, _)| nodes.list[*j].person);
        let by_office = own_party(root).or_else(|| above().find_map(|&(j, _)| own_party(people.groups.root(j))));
        let party = by_office.or_else(|| committed(nodes, &nodes_of, parties));
        roles.sort();
        roles.dedup();
        let base = slug(&name);
        let numbered = (2..).map(|n| format!("{base}-{n}"));
        let Some(id) =
            std::iter::once(base.clone()).chain(numbered).find(|id| !id.is_empty() && taken.insert(id.clone()))
        else {
            continue;
        };
        out.push(Person {
            id: PersonId::new(id),
            name,
            aliases,
            party: party.and_then(|r| parties.record_of.get(&r)).map(|(id, _)| id.clone()),
            roles,
            merges: merges.remove(&root).unwrap_or_default(),
            not: Vec::new(),
        });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}
