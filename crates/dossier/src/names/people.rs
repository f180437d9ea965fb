//! People: surnames, transliterations, machine-translated spellings, and the party each speaks for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::Forms;
use super::group::Groups;
use super::nodes::{Nodes, person_name};
use super::parties::Parties;
use super::spelling::{Spellings, first_names_agree};
use crate::lexicon::rows;
use crate::model::{Alias, Merge, Person, PersonId};
use crate::words::{clean_name, fold, slug};

static TITLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/bodies.tsv"))
        .filter(|r| r.first() == Some(&"title"))
        .flat_map(|r| r.get(1).copied().unwrap_or("").split_whitespace())
        .collect()
});

/// A person's name without articles and titles before it.
pub(crate) fn title_free(name: &str) -> String {
    let clean = clean_name(name);
    let mut words: Vec<&str> = clean.split_whitespace().collect();
    while words.len() > 1 && words.first().is_some_and(|w| is_title(w)) {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether a word is a title that stands before names.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(fold(word).trim_end_matches('.'))
}

/// People as sets of nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// Joined person nodes.
    pub(crate) groups: Groups,
    /// Pairs that may be one.
    pub(crate) possible: Vec<Merge>,
}

fn surname(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

/// Joins surnames with the one full name they can be short for.
pub(crate) fn cluster(nodes: &Nodes) -> People {
    let mut groups = Groups::new(nodes.list.len());
    let people: Vec<usize> =
        (0..nodes.list.len()).filter(|&i| nodes.list[i].person && !nodes.list[i].nameless).collect();
    let mut full: HashMap<&str, Vec<usize>> = HashMap::new();
    for &i in people.iter().filter(|&&i| nodes.list[i].key.contains(' ')) {
        // "Ana Maria Weld" may be "Ana Weld": the same first and last name
        let first = |i: usize| nodes.list[i].key.split(' ').next();
        let namesakes = full.entry(surname(&nodes.list[i].key)).or_default();
        for &j in namesakes.iter().filter(|&&j| first(i) == first(j)) {
            groups.join(i, j, "same first and last name".into(), "names.full.v1");
        }
        namesakes.push(i);
    }
    for &i in people.iter().filter(|&&i| !nodes.list[i].key.contains(' ')) {
        let node = &nodes.list[i];
        let Some(candidates) = full.get(node.key.as_str()) else { continue };
        let roots: BTreeSet<usize> = candidates.iter().map(|&c| groups.root(c)).collect();
        let here: BTreeSet<usize> = candidates
            .iter()
            .filter(|&&c| nodes.list[c].articles.keys().any(|a| node.articles.contains_key(a)))
            .map(|&c| groups.root(c))
            .collect();
        let unique = if roots.len() == 1 { roots.first() } else { here.first().filter(|_| here.len() == 1) };
        if let Some(&to) = unique {
            groups.join(to, i, "surname of one person only".into(), "names.surname.v1");
        }
    }
    People { groups, possible: Vec::new() }
}

/// What is known of a person for comparing.
struct Known {
    first: String,
    last: String,
    parties: BTreeSet<usize>,
    roles: BTreeSet<String>,
    full: bool,
    name: String,
    /// Articles it is named in.
    articles: BTreeSet<usize>,
    /// Records named in the same articles.
    company: BTreeSet<usize>,
}

fn known(nodes: &Nodes, parties: &Parties, members: &[usize]) -> Known {
    let longest = members.iter().copied().max_by(|&a, &b| {
        let words = |i: usize| nodes.list[i].key.split(' ').count().min(3);
        words(a).cmp(&words(b)).then(nodes.list[a].articles.len().cmp(&nodes.list[b].articles.len())).then(b.cmp(&a))
    });
    let key = longest.map_or("", |i| nodes.list[i].key.as_str());
    let mut words: Vec<&str> = key.split(' ').collect();
    let first = if words.len() > 1 { words.remove(0).to_string() } else { String::new() };
    let of = members.iter().flat_map(|&i| nodes.list[i].of.iter().map(|&(j, _)| parties.groups.root(j)));
    let articles: BTreeSet<usize> = members.iter().flat_map(|&i| nodes.list[i].articles.keys().copied()).collect();
    let company = members.iter().flat_map(|&i| nodes.company(i)).filter(|&j| !nodes.list[j].person);
    Known {
        company: company.map(|j| parties.groups.root(j)).collect(),
        articles,
        full: !first.is_empty(),
        first,
        last: words.join(""),
        parties: of.collect(),
        roles: members.iter().flat_map(|&i| nodes.list[i].roles.iter().cloned()).collect(),
        name: longest.map_or(String::new(), |i| nodes.list[i].name.clone()),
    }
}

/// Joins spellings of one person where first name, role or party agree; lists the others as possible.
pub(crate) fn variants(nodes: &Nodes, people: &mut People, parties: &Parties) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..nodes.list.len()).filter(|&i| nodes.list[i].person) {
        members.entry(people.groups.root(i)).or_default().push(i);
    }
    members.retain(|_, of| of.iter().any(|&i| !nodes.list[i].nameless));
    let list: Vec<(usize, Known)> = members.iter().map(|(&r, of)| (r, known(nodes, parties, of))).collect();
    let spellings = Spellings::new(list.iter().map(|x| x.1.last.as_str()));
    for (x, y) in spellings.pairs() {
        let ((i, a), (j, b)) = (&list[x], &list[y]);
        {
            let firsts = a.full && b.full;
            let first_agree = firsts && first_names_agree(&a.first, &b.first);
            let same_initial = firsts && a.first.chars().next() == b.first.chars().next();
            let party_agree = a.parties.intersection(&b.parties).next().is_some();
            let party_conflict = !party_agree && !a.parties.is_empty() && !b.parties.is_empty();
            let roles_agree = a.roles.intersection(&b.roles).next().is_some();
            let same_last = a.last == b.last;
            // a garbled spelling lives in other articles, among the same names
            let same_company = a.articles.is_disjoint(&b.articles)
                && a.company.intersection(&b.company).count() >= 4.max(a.company.len().min(b.company.len()) / 3);
            let support = party_agree || roles_agree || same_company;
            // short surnames are alike by chance
            let short = !same_last && a.last.chars().count().min(b.last.chars().count()) <= 5;
            let sure = if firsts {
                (first_agree && !party_conflict && (support || !short))
                    || (same_last && same_initial && support && !party_conflict)
            } else {
                !same_last && support && !party_conflict
            };
            let merge_reason = |what: &str| match (party_agree, roles_agree) {
                (true, _) => format!("{what}; same party"),
                (false, true) => format!("{what}; same role"),
                (false, false) if same_company => {
                    format!("{what}; the same names around them, never both in one article")
                }
                (false, false) => what.to_string(),
            };
            if sure {
                let what = if first_agree { "surnames alike, first names agree" } else { "names alike" };
                people.groups.join(*i, *j, merge_reason(what), "names.spelling.v1");
            } else if !firsts || first_agree || same_initial {
                let what = if party_conflict { "names alike, but parties differ" } else { "names alike, nothing else" };
                people.possible.push(Merge {
                    a: a.name.clone(),
                    b: b.name.clone(),
                    reason: what.into(),
                    by: "rule names.spelling.v1".into(),
                });
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

/// The records of people, in order of id.
pub(crate) fn records(nodes: &Nodes, people: &People, parties: &Parties) -> Vec<Person> {
    let votes = party_votes(nodes, people, &parties.groups);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..nodes.list.len()).filter(|&i| nodes.list[i].person && !nodes.list[i].nameless) {
        members.entry(people.groups.root(i)).or_default().push(i);
    }
    let mut out: Vec<Person> = Vec::new();
    let mut merges = people.groups.merges(|i| &nodes.list[i].name);
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
            let full = |i: usize| nodes.list[i].key.contains(' ');
            full(a).cmp(&full(b)).then(weight(a).cmp(&weight(b))).then(nodes.list[b].key.cmp(&nodes.list[a].key))
        });
        let Some(fullest) = fullest else { continue };
        let name = nodes.list[fullest].name.clone();
        // every spelling counts as an alias, described forms ("the minister") do not
        for &i in &nodes_of {
            forms.entry(nodes.list[i].name.clone()).or_insert(0);
        }
        let named = |f: &str| person_name(f) && f != name.as_str();
        let aliases = forms.into_iter().filter(|(f, _)| named(f)).map(|(name, count)| Alias { name, count }).collect();
        let party = votes.get(&root).and_then(|v| {
            let is_party = |r: usize| parties.record_of.get(&r).is_some_and(|&(_, party)| party);
            v.iter()
                .max_by(|a, b| is_party(*a.0).cmp(&is_party(*b.0)).then(a.1.cmp(b.1)).then(b.0.cmp(a.0)))
                .map(|x| *x.0)
        });
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
        });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}
