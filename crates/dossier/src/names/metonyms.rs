//! Capitals and seats that no list knows, learned from the texts: "X's capital Y", and people who speak for both.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::group::Groups;
use super::nodes::Nodes;
use super::people::{People, party_votes};
use crate::lexicon::GAZETTEER;

/// Joins places that stand for parties with the parties they stand for; `learned` are pairs of name keys (party, place)
/// with reasons, found by what they hold.
pub(super) fn join(
    read: &[(&Article, &Reading)],
    nodes: &Nodes,
    people: &People,
    bodies: &[usize],
    learned: &[(String, String, String)],
    groups: &mut Groups,
) {
    by_capital(read, nodes, bodies, groups);
    by_people(nodes, people, groups);
    for (a, b, reason) in learned {
        let find = |key: &str| bodies.iter().copied().find(|&i| nodes.list[i].key == key);
        if let (Some(party), Some(seat)) = (find(a), find(b)) {
            groups.join(party, seat, reason.clone(), "parties.stance.v1");
        }
    }
}

/// "Vandoria's capital, Ostrel", "Ostrel, the Vandorian capital", "Ostrel, the capital of Vandoria".
fn by_capital(read: &[(&Article, &Reading)], nodes: &Nodes, bodies: &[usize], groups: &mut Groups) {
    let proper = |i: usize| nodes.list[i].name.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let names: Vec<usize> = bodies.iter().copied().filter(|&i| proper(i)).collect();
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (n, (article, _)) in read.iter().enumerate() {
        let here: Vec<usize> = names.iter().copied().filter(|&i| nodes.list[i].articles.contains_key(&n)).collect();
        for (at, _) in article.text.match_indices("capital") {
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
