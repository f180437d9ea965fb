//! Capitals and seats that no list knows, learned from the texts: "X's capital Y", and people who speak for both.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::group::Groups;
use super::nodes::Nodes;
use super::people::{People, party_votes};

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
}

/// "Vandoria's capital, Ostrel", "Ostrel, the Vandorian capital", "the capital of Vandoria".
fn by_capital(read: &[(&Article, &Reading)], nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (n, (article, _)) in read.iter().enumerate() {
        for (at, _) in article.text.match_indices("capital") {
            let near = around(&article.text, at, 60);
            let mut here: Vec<(usize, usize)> = Vec::new();
            for &i in bodies.iter().filter(|&&i| nodes.list[i].articles.contains_key(&n)) {
                let name = &nodes.list[i].name;
                if name.chars().next().is_some_and(char::is_uppercase)
                    && let Some(p) = near.find(name.as_str())
                {
                    here.push((p, i));
                }
            }
            let roots: BTreeSet<usize> = here.iter().map(|&(_, i)| groups.root(i)).collect();
            // exactly one country-like and one other name
            if roots.len() == 2 {
                let country =
                    |r: usize| bodies.iter().any(|&j| groups.root(j) == r && j != r) || nodes.list[r].party_like > 0;
                let [a, b] = [roots.first().copied().unwrap_or(0), roots.last().copied().unwrap_or(0)];
                *votes.entry(if nodes.list[a].place_like > 0 || !country(a) { (b, a) } else { (a, b) }).or_default() +=
                    1;
            }
        }
    }
    for ((country, capital), _) in votes {
        let shape = nodes.list[capital].key.split(' ').count() <= 3;
        if shape && crate::lexicon::GAZETTEER.find(&nodes.list[capital].key).is_none() {
            let reason = format!("called the capital of {}", nodes.list[country].name);
            groups.join(country, capital, reason, "parties.capital.v1");
        }
    }
}

/// The sentence-like stretch around byte `at`, at most `reach` bytes to each side.
fn around(text: &str, at: usize, reach: usize) -> &str {
    let mut from = at.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (at + reach).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let part = text.get(from..to).unwrap_or("");
    let centre = at - from;
    let start = part.get(..centre).and_then(|p| p.rfind(['\n', ';'])).map_or(0, |p| p + 1);
    let end = part.get(centre..).and_then(|p| p.find(['\n', ';'])).map_or(part.len(), |p| centre + p);
    part.get(start..end).unwrap_or("")
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
        let known = |i: usize| crate::lexicon::GAZETTEER.find(&nodes.list[i].key).is_some();
        let own = all.get(&small).map_or(0, BTreeSet::len);
        // organisations that people move between or belong to at once are not one: only a bare place name is a seat
        let place = name.place_like + name.party_like > 0 && name.key.split(' ').count() <= 2;
        let majority = 2 * both.len() > own;
        let unshared =
            shared.iter().filter(|(k, v)| (k.0 == small || k.1 == small) && v.len() >= both.len()).count() == 1;
        if place && majority && unshared && !(known(a) && known(b)) && nodes.list[big].party_like > 0 {
            let reason = format!("{} of its people speak for {}", both.len(), nodes.list[big].name);
            groups.join(big, small, reason, "parties.people.v1");
        }
    }
}
