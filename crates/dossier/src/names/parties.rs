//! Parties, organisations and places.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::Forms;
use super::described::{Described, says_so};
use super::group::{Groups, POSSIBLE};
use super::metonyms;
use super::nodes::{Node, Nodes};
use super::people::{self, People};
use super::sightings::sightings;
use super::spelling::{Places, Spellings, demonym_of};
use super::variants;
use crate::lexicon::{GAZETTEER, GENERIC, NameSort, rows};
use crate::model::{Alias, Merge, Party, PartyId, PartySort};
use crate::words::{fold, name_key, slug, stem};

/// The word lists of `bodies.tsv` of one sort.
pub(super) fn bodies(sort: &'static str) -> Vec<HashSet<String>> {
    rows(include_str!("../../lexicons/bodies.tsv"))
        .filter(|r| r.first() == Some(&sort))
        .map(|r| r.get(1).copied().unwrap_or("").split_whitespace().map(stem).collect())
        .collect()
}

static TAILS: LazyLock<HashSet<String>> = LazyLock::new(|| bodies("tail").into_iter().flatten().collect());
static OUTLETS: LazyLock<HashSet<String>> = LazyLock::new(|| bodies("outlet").into_iter().flatten().collect());
static FIRMS: LazyLock<HashSet<String>> = LazyLock::new(|| bodies("firm").into_iter().flatten().collect());
static CLUBS: LazyLock<HashSet<String>> = LazyLock::new(|| bodies("club").into_iter().flatten().collect());

/// Whether a stem is a general word that follows names ("side", "delegation").
pub(super) fn is_tail(stem: &str) -> bool {
    TAILS.contains(stem)
}

/// Parties as sets of nodes, and their records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    /// Joined nodes.
    pub(crate) groups: Groups,
    /// For each root, the id of its record and whether it is a party.
    pub(crate) record_of: BTreeMap<usize, (PartyId, bool)>,
    /// The records, in order of id.
    pub(crate) records: Vec<Party>,
    /// Pairs that may be one.
    pub(crate) possible: Vec<Merge>,
}

/// Joins the names of parties and makes their records.
pub(crate) fn cluster(read: &[(&Article, &Reading)], nodes: &Nodes, people: &mut People) -> Parties {
    let mut parties = Parties { groups: Groups::new(nodes.list.len()), ..Parties::default() };
    let bodies: Vec<usize> = (0..nodes.list.len()).filter(|&i| !nodes.list[i].person).collect();
    let groups = &mut parties.groups;
    known_names(nodes, &bodies, groups);
    acronyms(read, nodes, &bodies, groups);
    tails_and_demonyms(nodes, &bodies, groups);
    turned_names(nodes, &bodies, groups);
    parts_of_names(nodes, &bodies, groups);
    descriptions(nodes, &bodies, groups);
    metonyms::join(read, nodes, people, &bodies, groups);
    spellings(read, nodes, &bodies, groups, &mut parties.possible);
    variants::join(nodes, people, &parties);
    make_records(read, nodes, people, &bodies, &mut parties);
    parties
}

/// Countries and bodies of the lists: names, demonyms, and capitals that act.
fn known_names(nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let mut first: BTreeMap<&'static str, usize> = BTreeMap::new();
    for sort in [NameSort::Name, NameSort::Demonym, NameSort::Seat] {
        for &i in bodies {
            let Some((party, found)) = GAZETTEER.find(&nodes.list[i].key) else { continue };
            if found != sort || (sort == NameSort::Seat && !nodes.acts(i)) {
                continue;
            }
            let reason = match sort {
                NameSort::Name => format!("both are names of {party}"),
                NameSort::Demonym => format!("its people stand for {party}"),
                NameSort::Seat => format!("seat that stands for {party}"),
            };
            match first.get(party) {
                Some(&to) => groups.join(to, i, reason, "parties.gazetteer.v1"),
                None => {
                    first.insert(party, i);
                }
            }
        }
    }
}

/// "ADF" for a name with those initials.
fn acronyms(read: &[(&Article, &Reading)], nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for &j in bodies {
        initials(&nodes.list[j].name).into_iter().for_each(|short| by_initials.entry(short).or_default().push(j));
    }
    let bracketed = bracketed(read);
    for &i in bodies {
        let short = nodes.list[i].name.replace('.', "");
        let capitals = short.chars().count() >= 2 && short.chars().all(|c| c.is_uppercase() || c == '&');
        if !capitals || GAZETTEER.find(&nodes.list[i].key).is_some() {
            continue;
        }
        let same = by_initials.get(&short).into_iter().flatten().copied();
        let fits: BTreeSet<usize> = same.filter(|&j| j != i).map(|j| groups.root(j)).collect();
        if fits.len() == 1 {
            if let Some(&to) = fits.first() {
                groups.join(to, i, "initials of one name only".into(), "parties.acronym.v1");
            }
            continue;
        }
        // "Name of Body (NB)" in a text
        let name = nodes.list[i].name.as_str();
        let says = |a: usize, j: usize| {
            let written = format!("{} ({name})", nodes.list[j].name);
            read.get(a).is_some_and(|(article, _)| article.text.contains(&written))
        };
        let all =
            bracketed.get(name).into_iter().flatten().flat_map(|&a| nodes.of_article(a).iter().map(move |&j| (a, j)));
        let written = all.filter(|&(a, j)| j != i && !nodes.list[j].person && says(a, j)).map(|(_, j)| j).min();
        if let Some(j) = written {
            groups.join(j, i, "given in brackets after the name".into(), "parties.acronym.v1");
        }
    }
}

/// What stands in brackets, as an acronym may, and in which articles.
fn bracketed<'a>(read: &[(&'a Article, &Reading)]) -> HashMap<&'a str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, (article, _)) in read.iter().enumerate() {
        for (at, _) in article.text.match_indices('(') {
            let Some((inner, _)) = article.text.get(at + 1..).and_then(|rest| rest.split_once(')')) else { continue };
            if inner.chars().all(|c| c.is_uppercase() || c == '&' || c == '.') {
                found.entry(inner).or_default().push(n);
            }
        }
    }
    found
}

/// What a name of several words may be called for short: its initials, with and without those of small words.
fn initials(name: &str) -> BTreeSet<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    if words.len() < 2 {
        return BTreeSet::new();
    }
    let of = |keep: &dyn Fn(&&&str) -> bool| -> String {
        words.iter().filter(keep).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect()
    };
    let small = |w: &&&str| !matches!(fold(w).as_str(), "of" | "the" | "and" | "for" | "in" | "to" | "on");
    BTreeSet::from([of(&small), of(&|_| true)])
}

/// "the Vandorian side", "Vandorians" for Vandoria.
fn tails_and_demonyms(nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let by_key: HashMap<&str, usize> = bodies.iter().rev().map(|&i| (nodes.list[i].key.as_str(), i)).collect();
    let places = Places::new(bodies.iter().map(|&i| (i, nodes.list[i].key.as_str())));
    for &i in bodies {
        let node = &nodes.list[i];
        let mut words: Vec<&str> = node.key.split(' ').collect();
        if words.len() > 1 && words.last().is_some_and(|w| TAILS.contains(&stem(w))) {
            words.pop();
        }
        let base = words.join(" ");
        let place = by_key.get(base.as_str()).copied().filter(|&j| j != i);
        if let Some(j) = place.filter(|_| base != node.key) {
            groups.join(j, i, "the name with a general word after it".into(), "parties.tail.v1");
            continue;
        }
        if words.len() == 1 && node.name.chars().next().is_some_and(char::is_uppercase) {
            let from = places.of(&base, |j| nodes.list[j].key.as_str());
            if let Some(j) = from.into_iter().find(|&j| j != i) {
                groups.join(j, i, format!("the people or adjective of {}", nodes.list[j].name), "parties.demonym.v1");
            }
        }
    }
}

/// Whether a node is the name of a place or people, which other names are built with.
fn place_name(nodes: &Nodes, i: usize) -> bool {
    let node = &nodes.list[i];
    node.places > 0 || node.place_like > 0 || GAZETTEER.find(&node.key).is_some() || nodes.has_demonym(i)
}

/// Whether a node is mostly read as a place, or as where things happen, or has a people; one article may take a firm for one.
fn is_place(nodes: &Nodes, i: usize) -> bool {
    let node = &nodes.list[i];
    let mostly = 2 * node.place_like >= node.articles.len();
    node.places > 0 || mostly || GAZETTEER.find(&node.key).is_some() || nodes.has_demonym(i)
}

/// Short forms: the end of a longer name, its first and last word, or its beginning; of one longer name only.
fn parts_of_names(nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    // long names first, so that "Employers' Association" is settled before "Association"
    let mut order = bodies.to_vec();
    // longer names by their first and their last word or two, and by their first with their last
    let mut by_end: HashMap<(&str, &str), BTreeSet<usize>> = HashMap::new();
    for &j in bodies.iter().filter(|&&j| nodes.list[j].key.contains(' ') && !nodes.list[j].described) {
        let words: Vec<&str> = nodes.list[j].key.split(' ').collect();
        if let [first, second, ..] = words[..]
            && let [.., before, last] = words[..]
        {
            for end in [(first, ""), (last, ""), (first, second), (before, last), (first, last)] {
                by_end.entry(end).or_default().insert(j);
            }
        }
    }
    order.sort_by_key(|&i| (std::cmp::Reverse(nodes.list[i].key.split(' ').count()), i));
    for i in order {
        let short: Vec<&str> = nodes.list[i].key.split(' ').collect();
        if nodes.list[i].described || GAZETTEER.find(&nodes.list[i].key).is_some() {
            continue;
        }
        let fits = |j: usize| {
            let long: Vec<&str> = nodes.list[j].key.split(' ').collect();
            if long.len() <= short.len() {
                return false;
            }
            // "the Compact" is no place, "Halden Compact" is headed by it
            let headed = mostly_the(&nodes.list[i]) && !long.iter().any(|w| matches!(*w, "of" | "in" | "for" | "at"));
            let end = long.ends_with(&short) && (short.len() > 1 || !place_name(nodes, i) || headed);
            let ends = short.len() == 2 && short[0] == long[0] && short[1] == long[long.len() - 1];
            // "Caldrane" is not the "Caldrane Steelworkers' Union", nor "the Government" its printer
            let is_club = short.len() == 1 && long.len() > 2 && long.last().is_some_and(|w| CLUBS.contains(&stem(w)));
            // one article may take a firm for a place; what else has a place's name is not that place
            let is_firm = long.last().is_some_and(|w| FIRMS.contains(&stem(w)));
            let is_name = short.len() > 1 || !GENERIC.contains(&stem(short[0]));
            // nor is a town the paper that has its name
            let is_paper = outlet_name(&nodes.list[j].name);
            let start = long.starts_with(&short)
                && !if is_firm { is_place(nodes, i) } else { place_name(nodes, i) }
                && !is_paper
                && nodes.list[i].name.chars().count() > 3
                && !is_club
                && is_name;
            end || ends || start
        };
        let ends: [(&str, &str); 2] = match short[..] {
            [word] => [(word, ""); 2],
            [first, second, .., before, last] => [(first, second), (before, last)],
            [first, middle, last] => [(first, middle), (middle, last)],
            [first, last] => [(first, last); 2],
            [] => [("", ""); 2],
        };
        let ends = ends.iter().filter_map(|end| by_end.get(end));
        let roots: BTreeSet<usize> =
            ends.flatten().copied().filter(|&j| j != i && fits(j)).map(|j| groups.root(j)).collect();
        let own = groups.root(i);
        let others: BTreeSet<usize> = roots.into_iter().filter(|&r| r != own).collect();
        if let Some(to) = unique_or_dominant(nodes, &others) {
            groups.join(to, i, "part of one longer name only".into(), "parties.part.v1");
        }
    }
}

/// Whether a name mostly has "the" before it, as no place has.
fn mostly_the(node: &Node) -> bool {
    2 * node.with_the > node.articles.values().sum()
}

/// "Union of the North" for "Northern Union": the words of a name turned round, as translations do.
fn turned_names(nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let alike = |a: &str, b: &str| {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        short == long || short.len() >= 5 && long.starts_with(short)
    };
    let named = |i: &usize| !nodes.list[*i].described && GAZETTEER.find(&nodes.list[*i].key).is_none();
    let mut by_head: HashMap<String, Vec<usize>> = HashMap::new();
    for j in bodies.iter().copied().filter(named).filter(|&j| !nodes.list[j].key.contains(" of ")) {
        if let Some((_, head)) = nodes.list[j].key.rsplit_once(' ') {
            by_head.entry(stem(head)).or_default().push(j);
        }
    }
    for i in bodies.iter().copied().filter(named) {
        let Some((head, rest)) = nodes.list[i].key.split_once(" of ") else { continue };
        let rest: Vec<String> = rest.split(' ').filter(|w| *w != "the").map(stem).collect();
        let fits = |j: &usize| {
            let words: Vec<String> = nodes.list[*j].key.split(' ').map(stem).collect();
            let before = words.len() - 1;
            before >= rest.len() && words[before - rest.len()..before].iter().zip(&rest).all(|(a, b)| alike(a, b))
        };
        let found = by_head.get(&stem(head)).into_iter().flatten().copied().filter(|j| *j != i).filter(fits);
        let roots: BTreeSet<usize> = found.map(|j| groups.root(j)).collect();
        if let Some(&to) = roots.first().filter(|_| roots.len() == 1 && !head.contains(' ')) {
            groups.join(to, i, "the same words turned round".into(), "parties.turned.v1");
        }
    }
}

/// The only one, or the one mentioned four times as often as all others.
fn unique_or_dominant(nodes: &Nodes, roots: &BTreeSet<usize>) -> Option<usize> {
    let weight = |i: usize| -> usize { nodes.list[i].articles.values().sum() };
    let top = roots.iter().copied().max_by(|&a, &b| weight(a).cmp(&weight(b)).then(b.cmp(&a)))?;
    let rest: usize = roots.iter().filter(|&&r| r != top).map(|&r| weight(r)).sum();
    (rest * 4 <= weight(top)).then_some(top)
}

/// "the union", "the lender": described bodies, resolved to the one acting body whose name says so.
fn descriptions(nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let named =
        bodies.iter().copied().filter(|&j| !nodes.list[j].described && GAZETTEER.find(&nodes.list[j].key).is_none());
    let acting = Described::new(named.filter(|&j| nodes.acts(j)).map(|j| (j, nodes.list[j].key.as_str())));
    for &i in bodies {
        let node = &nodes.list[i];
        let described = node.described || !node.name.chars().next().is_some_and(char::is_uppercase);
        if !described {
            continue;
        }
        let meant = acting.meant(&node.key).into_iter().map(|(j, _)| j).filter(|&j| j != i);
        let candidates: BTreeSet<usize> = meant.map(|j| groups.root(j)).collect();
        if let Some(to) = unique_or_dominant(nodes, &candidates) {
            groups.join(to, i, "the one body of that description".into(), "parties.description.v1");
        }
    }
}

/// Garbled spellings: names alike that never meet in one article, with the same company of names around them.
fn spellings(
    read: &[(&Article, &Reading)],
    nodes: &Nodes,
    bodies: &[usize],
    groups: &mut Groups,
    possible: &mut Vec<Merge>,
) {
    let company = |i: usize, groups: &Groups| -> BTreeSet<usize> {
        nodes.company(i).into_iter().map(|j| groups.root(j)).collect()
    };
    let compared = |i: usize| !nodes.list[i].described && nodes.list[i].key.len() >= 5;
    let named: Vec<usize> = bodies.iter().copied().filter(|&i| compared(i)).collect();
    let spelt = Spellings::new(named.iter().map(|&i| nodes.list[i].key.as_str()));
    for (x, y) in spelt.pairs() {
        let (i, j) = (named[x], named[y]);
        {
            let (a, b) = (&nodes.list[i], &nodes.list[j]);
            if groups.root(i) == groups.root(j) {
                continue;
            }
            if GAZETTEER.find(&a.key).is_some() && GAZETTEER.find(&b.key).is_some() {
                continue;
            }
            if initials_differ(a, b) {
                continue;
            }
            let meet = a.articles.keys().any(|k| b.articles.contains_key(k));
            let shared = company(i, groups).intersection(&company(j, groups)).count();
            if !meet && shared >= 3 {
                let reason = "names alike, the same names around them, never both in one article";
                groups.join(i, j, reason.into(), "parties.spelling.v1");
            } else {
                possible.push(Merge {
                    a: a.name.clone(),
                    b: b.name.clone(),
                    reason: "names alike, nothing else".into(),
                    by: "rule parties.spelling.v1".into(),
                    confidence: POSSIBLE,
                    evidence: sightings(nodes, read, i, j),
                });
            }
        }
    }
}

/// Names of several words must begin alike.
fn initials_differ(a: &Node, b: &Node) -> bool {
    a.key.split(' ').count() != b.key.split(' ').count()
}

/// Whether a name ends like a paper's or station's.
fn outlet_name(name: &str) -> bool {
    name.split(' ').next_back().is_some_and(|w| OUTLETS.contains(&stem(w))) && name.contains(' ')
}

/// What one record gathers.
#[derive(Default)]
struct Gathered {
    members: Vec<usize>,
    holds: usize,
    speaks: usize,
    meets: usize,
    places: usize,
    relays: usize,
    place_like: usize,
    articles: BTreeSet<usize>,
    people: usize,
}

fn make_records(
    read: &[(&Article, &Reading)],
    nodes: &Nodes,
    people: &People,
    bodies: &[usize],
    parties: &mut Parties,
) {
    let mut gathered: BTreeMap<usize, Gathered> = BTreeMap::new();
    for &i in bodies {
        let node = &nodes.list[i];
        let g = gathered.entry(parties.groups.root(i)).or_default();
        g.members.push(i);
        g.holds += node.holds;
        g.speaks += node.speaks;
        g.meets += node.meets;
        g.places += node.places;
        g.relays += node.relays;
        g.place_like += node.place_like;
        g.articles.extend(node.articles.keys());
    }
    // what people hold, the party they belong to holds
    let votes = people::party_votes(nodes, people, &parties.groups);
    let mut holds: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, node) in nodes.list.iter().enumerate().filter(|(_, n)| n.person) {
        *holds.entry(people.groups.root(i)).or_default() += node.holds;
    }
    for (person, of) in &votes {
        if let Some((root, _)) = of.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
            && let Some(g) = gathered.get_mut(root)
        {
            g.holds += holds.get(person).copied().unwrap_or(0);
            g.people += 1;
        }
    }
    let least = if read.len() >= 8 { 3 } else { 1 };
    let owners: HashSet<&str> =
        people::named(nodes).map(|i| nodes.list[i].key.as_str()).filter(|key| key.contains(' ')).collect();
    let mut records: Vec<(usize, Party)> = Vec::new();
    for (&root, g) in &gathered {
        let name = display_name(nodes, &g.members);
        // "Ann Lee's government" is hers, and no name
        let is_persons = name
            .split_once("'s ")
            .or(name.split_once("’s "))
            .is_some_and(|(owner, _)| owners.contains(name_key(owner).as_str()));
        let capital = name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) && !is_persons;
        let outlet = g.relays > g.holds || outlet_name(&name) && g.people == 0;
        let party = capital && !outlet && (g.holds >= least || (g.meets >= 2 && g.speaks >= 1));
        let sort = match () {
            () if party => PartySort::Party,
            () if g.places > 0 || 2 * g.place_like >= g.articles.len() => PartySort::Place,
            () => PartySort::Organisation,
        };
        let mentions: usize = g.members.iter().map(|&i| nodes.list[i].articles.values().sum::<usize>()).sum();
        if !capital || (sort != PartySort::Party && mentions < 2 && g.speaks + g.meets + g.places + g.people == 0) {
            continue;
        }
        records.push((root, Party { id: PartyId::new(slug(&name)), name, sort, ..Party::default() }));
    }
    let mut taken = HashSet::new();
    records.sort_by(|a, b| (a.1.sort, &a.1.id).cmp(&(b.1.sort, &b.1.id)));
    for (root, record) in &mut records {
        let mut id = record.id.clone();
        let mut n = 2;
        while id.as_str().is_empty() || !taken.insert(id.clone()) {
            id = PartyId::new(format!("{}-{n}", record.id));
            n += 1;
        }
        record.id = id.clone();
        parties.record_of.insert(*root, (id, record.sort == PartySort::Party));
    }
    let mut merges = parties.groups.merges(nodes, read);
    for (root, record) in &mut records {
        let Some(g) = gathered.get(root) else { continue };
        let mut forms = Forms::new();
        for &i in &g.members {
            for (f, c) in &nodes.list[i].forms {
                *forms.entry(f.clone()).or_default() += c;
            }
        }
        let key = name_key(&record.name);
        let fits = |f: &str| {
            let small = !f.chars().any(char::is_uppercase) && f.contains(' ');
            f != record.name && !f.is_empty() && (!small || says_so(&name_key(f), &key) > 0)
        };
        record.aliases = forms.into_iter().filter(|f| fits(&f.0)).map(|(name, count)| Alias { name, count }).collect();
        record.merges = merges.remove(root).unwrap_or_default();
        record.part_of =
            part_of(nodes, &parties.groups, g, *root).and_then(|r| parties.record_of.get(&r)).map(|x| x.0.clone());
    }
    parties.records = records.into_iter().map(|r| r.1).collect();
    parties.records.sort_by(|a, b| a.id.cmp(&b.id));
}

/// The record most of a body's links say it belongs to.
fn part_of(nodes: &Nodes, groups: &Groups, g: &Gathered, root: usize) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for &i in &g.members {
        for &(j, _) in nodes.list[i].of.iter().filter(|(j, _)| !nodes.list[*j].person) {
            *votes.entry(groups.root(j)).or_default() += 1;
        }
    }
    votes.remove(&root);
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|v| v.0)
}

/// The name a record is shown by: a country's own name where the lists know it, else the fullest name used more than
/// once, no demonym, seat or acronym where there is another.
fn display_name(nodes: &Nodes, members: &[usize]) -> String {
    let known: BTreeSet<&'static str> =
        members.iter().filter_map(|&i| GAZETTEER.find(&nodes.list[i].key)).map(|x| x.0).collect();
    let score = |i: usize| {
        let node = &nodes.list[i];
        let mentions: usize = node.articles.values().sum();
        let own = match GAZETTEER.find(&node.key) {
            Some((party, NameSort::Name)) => 2 + usize::from(fold(party) == node.key),
            Some(_) => 0,
            None => 1,
        };
        let demonym = members.iter().any(|&j| j != i && demonym_of(&node.key, &nodes.list[j].key));
        let base = members.iter().any(|&j| j != i && demonym_of(&nodes.list[j].key, &node.key));
        let capitals = node.name.chars().all(|c| c.is_uppercase() || c == '.');
        let words = node.key.split(' ').count().min(6);
        let tail = node.key.split(' ').next_back().is_some_and(|w| TAILS.contains(&stem(w)));
        (!node.described, own, !demonym && !tail, base, !capitals, usize::from(mentions >= 2), words, mentions)
    };
    let best = members
        .iter()
        .copied()
        .max_by(|&a, &b| score(a).cmp(&score(b)).then(nodes.list[b].key.cmp(&nodes.list[a].key)));
    let best_known = best.and_then(|i| GAZETTEER.find(&nodes.list[i].key));
    match (best, best_known, known.len()) {
        (Some(i), Some((_, NameSort::Name)), _) if nodes.list[i].name.chars().any(char::is_lowercase) => {
            nodes.list[i].name.clone()
        }
        // a capital in whose name nobody acts is a place
        (Some(i), Some((_, NameSort::Seat)), _) if members.iter().all(|&m| !nodes.acts(m)) => {
            nodes.list[i].name.clone()
        }
        (_, Some((party, _)), _) => party.to_string(),
        (Some(i), _, _) => nodes.list[i].name.clone(),
        _ => String::new(),
    }
}
