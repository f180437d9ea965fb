//! Capitals and seats that no list knows, learned from the texts: "X's capital Y", and people who speak for both.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::group::Groups;
use super::nodes::Nodes;
use super::people::{People, party_votes};
use super::spelling::demonym_of;
use crate::lexicon::{GAZETTEER, NameSort};
use crate::words::name_key;

/// Joins places that stand for parties with the parties they stand for.
pub(super) fn join(
    read: &[(&Article, &Reading)],
    nodes: &Nodes,
    people: &People,
    bodies: &[usize],
    groups: &mut Groups,
) {
    by_capital(read, nodes, bodies, groups);
    by_people(nodes, people, groups);
    by_company(read, nodes, people, bodies, groups);
}

/// "Vandoria's capital, Ostrel", "Ostrel, the Vandorian capital", "Ostrel, the capital of Vandoria".
fn by_capital(read: &[(&Article, &Reading)], nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let proper = |i: usize| nodes.list[i].name.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let names: BTreeSet<usize> = bodies.iter().copied().filter(|&i| proper(i)).collect();
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (n, (article, _)) in read.iter().enumerate() {
        let mut here = None;
        for (at, _) in article.text.match_indices("capital") {
            let named = || nodes.of_article(n).iter().copied().filter(|i| names.contains(i)).collect::<Vec<usize>>();
            let here = here.get_or_insert_with(named);
            let near = around(&article.text, at, 60).replace('’', "'");
            for &country in here.iter().filter(|&&i| near.contains(&nodes.list[i].name)) {
                for &seat in here.iter().filter(|&&i| i != country && near.contains(&nodes.list[i].name)) {
                    if says_capital(&near, &nodes.list[country].name, &nodes.list[seat].name) {
                        found.insert((country, seat));
                    }
                }
            }
        }
    }
    for (country, seat) in found {
        if GAZETTEER.find(&nodes.list[seat].key).is_none() && groups.root(country) != groups.root(seat) {
            let reason = format!("called the capital of {}", nodes.list[country].name);
            groups.join(country, seat, reason, "parties.capital.v1");
        }
    }
}

/// Whether `near` says that `seat` is the capital of the country named (or meant by the adjective) `country`.
fn says_capital(near: &str, country: &str, seat: &str) -> bool {
    [
        format!("{country}'s capital, {seat}"),
        format!("{country}'s capital {seat}"),
        format!("{country}'s capital of {seat}"),
        format!("{seat}, {country}'s capital"),
        format!("{seat}, the {country} capital"),
        format!("{country} capital, {seat}"),
        format!("{country} capital {seat}"),
        format!("{country} capital of {seat}"),
        format!("{seat}, the capital of {country}"),
        format!("{seat}, capital of {country}"),
        format!("capital of {country}, {seat}"),
    ]
    .iter()
    .any(|pattern| near.contains(pattern.as_str()))
}

/// The stretch around byte `at`, at most `reach` bytes to each side.
fn around(text: &str, at: usize, reach: usize) -> &str {
    let mut from = at.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (at + reach).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or("")
}

/// A place whose people all speak for one other party elsewhere stands for it.
fn by_people(nodes: &Nodes, people: &People, groups: &mut Groups) {
    let votes = party_votes(nodes, people, groups);
    let mut shared: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (&person, of) in &votes {
        for &a in of.keys() {
            all.entry(a).or_default().insert(person);
            for &b in of.keys().filter(|&&b| b > a) {
                shared.entry((a, b)).or_default().insert(person);
            }
        }
    }
    let mentions = |i: usize| -> usize { nodes.list[i].articles.values().sum() };
    let mut pairs: Vec<(&(usize, usize), &BTreeSet<usize>)> = shared.iter().collect();
    pairs.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    for (&(a, b), both) in pairs {
        let (big, small) = if mentions(a) >= mentions(b) { (a, b) } else { (b, a) };
        let name = &nodes.list[small];
        let known = |i: usize| GAZETTEER.find(&nodes.list[i].key).is_some();
        let own = all.get(&small).map_or(0, BTreeSet::len);
        // organisations that people move between or belong to at once are not one: only a bare place name is a seat
        let place = name.place_like + name.party_like > 0 && name.key.split(' ').count() <= 2;
        let majority = 2 * both.len() > own;
        let unshared =
            shared.iter().filter(|(k, v)| (k.0 == small || k.1 == small) && v.len() >= both.len()).count() == 1;
        if place && both.len() >= 2 && majority && unshared && !(known(a) && known(b)) && nodes.list[big].party_like > 0
        {
            let reason = format!("{} of its people speak for {}", both.len(), nodes.list[big].name);
            groups.join(big, small, reason, "parties.people.v1");
        }
    }
}

/// How often an actor of one party must stand next to a seat.
const NEXT: usize = 5;
/// How many bytes after and before a name are looked at.
const AFTER: usize = 140;
const BEFORE: usize = 120;

/// A place that acts, and next to which it is nearly always one party that is named ("Ostrel denies it. Ana Weld, ...",
/// "Vandorian officials said that Ostrel"), stands for that party. Venues have all parties around them.
fn by_company(read: &[(&Article, &Reading)], nodes: &Nodes, people: &People, bodies: &[usize], groups: &mut Groups) {
    let votes = party_votes(nodes, people, groups);
    let countries = countries(nodes, bodies, groups);
    let actors = actors(nodes, people, &countries, groups, &votes);
    let mut joins = Vec::new();
    for &seat in bodies.iter().filter(|&&i| may_be_seat(read, nodes, i)) {
        let root = groups.root(seat);
        let name = nodes.list[seat].name.as_str();
        let mut next: BTreeMap<usize, usize> = BTreeMap::new();
        for (article, _) in nodes.list[seat].articles.keys().filter_map(|&a| read.get(a)) {
            for (at, _) in article.text.match_indices(name) {
                let after = stretch_after(&article.text, at + name.len());
                let before = sentence_before(&article.text, at);
                let first = actors.first(after.split('\n').next().unwrap_or(""));
                for party in [first, actors.last(before)].into_iter().flatten() {
                    *next.entry(party).or_default() += 1;
                }
            }
        }
        let total: usize = next.values().sum();
        let Some((&party, &count)) = next.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))) else { continue };
        let second = next.iter().filter(|x| *x.0 != party).map(|x| *x.1).max().unwrap_or(0);
        let country = countries.iter().any(|&i| groups.root(i) == party);
        if party != root && country && count >= NEXT && 20 * count >= 13 * total && count >= 2 * second {
            joins.push((party, seat, format!("{count} of {total} times the party named next to it")));
        }
    }
    for (party, seat, reason) in joins {
        groups.join(party, seat, reason, "parties.company.v1");
    }
}

/// Names that tell whose actors they are: countries with their demonyms, and surnames of people whose party is known.
fn actors(
    nodes: &Nodes,
    people: &People,
    countries: &[usize],
    groups: &Groups,
    votes: &BTreeMap<usize, BTreeMap<usize, usize>>,
) -> Actors {
    let mut out: BTreeMap<String, usize> = BTreeMap::new();
    for &i in countries {
        out.insert(nodes.list[i].name.clone(), groups.root(i));
    }
    for (i, node) in nodes.list.iter().enumerate().filter(|(_, n)| n.person && !n.nameless) {
        let of =
            votes.get(&people.groups.root(i)).and_then(|v| v.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))));
        if let (Some((&party, _)), Some(surname)) = (of, node.name.split(' ').next_back()) {
            out.entry(surname.to_string()).or_insert(party);
        }
    }
    Actors::new(out)
}

/// Nodes that are a country's name or adjective: in the lists, or with a demonym among their group.
fn countries(nodes: &Nodes, bodies: &[usize], groups: &Groups) -> Vec<usize> {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    bodies.iter().for_each(|&i| of.entry(groups.root(i)).or_default().push(i));
    let with_demonym = |group: &[usize]| {
        let forms = || group.iter().flat_map(|&j| nodes.list[j].forms.keys());
        group.iter().any(|&k| forms().any(|form| demonym_of(form, &nodes.list[k].key)))
    };
    let peoples: BTreeSet<usize> = of.iter().filter(|(_, group)| with_demonym(group)).map(|(&root, _)| root).collect();
    let capital = |i: usize| nodes.list[i].name.chars().next().is_some_and(char::is_uppercase);
    let listed = |i: usize| GAZETTEER.find(&nodes.list[i].key).is_some_and(|(_, sort)| sort != NameSort::Seat);
    let country = |i: usize| capital(i) && (listed(i) || peoples.contains(&groups.root(i)));
    bodies.iter().copied().filter(|&i| country(i)).collect()
}

/// Whether a node may be a seat: a bare place name of no list and without a demonym, that acts and where things happen.
fn may_be_seat(read: &[(&Article, &Reading)], nodes: &Nodes, i: usize) -> bool {
    let node = &nodes.list[i];
    let words: Vec<&str> = node.name.split(' ').collect();
    let shape = words.len() <= 2 && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let place = node.place_like + node.party_like > 0;
    let demonym = || nodes.has_demonym(i) || nodes.is_demonym(i);
    let within = format!(" in {}", node.name);
    let happens = || {
        node.articles.keys().filter_map(|&a| read.get(a)).any(|(a, _)| {
            a.text.contains(&within) || a.dateline.as_ref().is_some_and(|d| name_key(&d.place) == node.key)
        })
    };
    shape && place && node.speaks > 0 && GAZETTEER.find(&node.key).is_none() && !demonym() && happens()
}

/// The text after byte `at`, as far as is looked at.
fn stretch_after(text: &str, at: usize) -> &str {
    let mut to = (at + AFTER).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(at..to).unwrap_or("")
}

/// The part of the sentence before byte `at`.
fn sentence_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(BEFORE);
    while from < at && !text.is_char_boundary(from) {
        from += 1;
    }
    let part = text.get(from..at).unwrap_or("");
    let start = part.rfind(['\n', '!', '?']).into_iter().chain(part.rfind(". ")).max().map_or(0, |p| p + 1);
    part.get(start..).unwrap_or("")
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Names of actors with the party of each, by their first letters.
#[derive(Debug, Default)]
struct Actors {
    by_start: HashMap<[char; 3], Vec<(String, usize)>>,
}

impl Actors {
    /// Names of fewer than three letters are left out.
    fn new(names: BTreeMap<String, usize>) -> Self {
        let mut by_start: HashMap<[char; 3], Vec<(String, usize)>> = HashMap::new();
        for (name, party) in names {
            if let Some(start) = start(&name) {
                by_start.entry(start).or_default().push((name, party));
            }
        }
        Self { by_start }
    }

    /// All actors in a text, each as a whole word: where, how long the name is, the party.
    fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
        let mut before = None;
        let begins = text.char_indices().filter(move |(_, c)| !is_letter(before.replace(*c)));
        begins.filter_map(move |(at, _)| text.get(at..).map(|rest| (at, rest))).flat_map(move |(at, rest)| {
            let named = start(rest).and_then(|s| self.by_start.get(&s)).into_iter().flatten();
            let is_here = move |name: &str| rest.strip_prefix(name).is_some_and(|r| !is_letter(r.chars().next()));
            named.filter(move |(name, _)| is_here(name)).map(move |(name, party)| (at, name.len(), *party))
        })
    }

    /// The party of the first, of the longest of several there.
    fn first(&self, text: &str) -> Option<usize> {
        self.found(text).map(|(at, length, party)| (at, std::cmp::Reverse(length), party)).min().map(|x| x.2)
    }

    /// That of the last.
    fn last(&self, text: &str) -> Option<usize> {
        self.found(text).max().map(|x| x.2)
    }
}

fn start(name: &str) -> Option<[char; 3]> {
    let mut chars = name.chars();
    Some([chars.next()?, chars.next()?, chars.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_actor_of_a_stretch_is_a_whole_word() {
        let names = [("Vandoria", 1), ("Vandor", 2), ("Weld", 3), ("Al", 4)];
        let actors = Actors::new(names.iter().map(|(n, party)| (n.to_string(), *party)).collect());
        assert_eq!(actors.first("Ostrel and Vandoria met Weld's envoy"), Some(1));
        assert_eq!(actors.last("Vandor, Vandoria or Weld's envoy; Welding"), Some(3));
        assert_eq!(actors.first("Al met the Vandorians"), None);
    }
}
