//! Seats learned from what they hold: a place that takes one party's side on every matter, and is never named beside it.

use std::collections::BTreeMap;

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::Polarity;

use super::spelling::demonym_of;
use crate::Resolver;
use crate::lexicon::GAZETTEER;
use crate::model::{Dossier, IssueId, Party, PartyId, PartySort};
use crate::words::name_key;

/// Fewest sides a place must have taken.
const SIDES: f32 = 2.0;
/// Least agreement with the party it stands for, and by how much more than with any other.
const AGREEMENT: f32 = 0.6;
const MARGIN: f32 = 0.3;

/// For and against by issue.
type Stances = BTreeMap<IssueId, (f32, f32)>;

/// Places that stand for parties: name keys of party and place, and the reason.
pub(crate) fn by_stance(read: &[(&Article, &Reading)], dossier: &Dossier) -> Vec<(String, String, String)> {
    let stances = stances(read, dossier);
    let countries: Vec<&Party> = dossier.parties.iter().filter(|p| is_country(dossier, p)).collect();
    let mut out = Vec::new();
    for place in dossier.parties.iter().filter(|p| !is_country(dossier, p) && may_be_seat(read, dossier, p)) {
        let Some(own) = stances.get(&place.id).filter(|s| sides(s) >= SIDES) else { continue };
        let mut scored: Vec<(f32, &Party)> = countries
            .iter()
            .filter(|c| !beside(read, place, c))
            .filter_map(|c| Some((agreement(own, stances.get(&c.id)?), *c)))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        let second = scored.get(1).map_or(0.0, |s| s.0.max(0.0));
        if let Some((best, party)) = scored.first().filter(|s| s.0 >= AGREEMENT && s.0 - second >= MARGIN) {
            let reason =
                format!("takes the side of {} on every matter ({best:.1}), and is never named beside it", party.name);
            out.push((name_key(&party.name), name_key(&place.name), reason));
        }
    }
    out
}

fn stances(read: &[(&Article, &Reading)], dossier: &Dossier) -> BTreeMap<PartyId, Stances> {
    let resolver = Resolver::new(dossier);
    let mut out: BTreeMap<PartyId, Stances> = BTreeMap::new();
    for (article, reading) in read {
        let resolution = resolver.resolve(article, reading);
        for (s, issue) in reading.statements.iter().zip(&resolution.statements) {
            let holder = resolution.of(&s.holder).and_then(|r| r.party.clone());
            let (Some(party), Some(issue)) = (holder, issue) else { continue };
            let cell = out.entry(party).or_default().entry(issue.id.clone()).or_default();
            match (s.polarity, issue.turned) {
                (Polarity::For, false) | (Polarity::Against, true) => cell.0 += 1.0,
                (Polarity::Against, false) | (Polarity::For, true) => cell.1 += 1.0,
                _ => {}
            }
        }
    }
    out
}

fn sides(stances: &Stances) -> f32 {
    stances.values().map(|c| c.0 + c.1).sum()
}

/// -1 to 1: how far a place's sides are the party's sides. Issues on which the party takes none do not count for it.
fn agreement(place: &Stances, party: &Stances) -> f32 {
    let lean = |c: &(f32, f32)| (c.0 - c.1) / (c.0 + c.1 + 1.0);
    let sum: f32 = place
        .iter()
        .filter_map(|(issue, own)| {
            let theirs = party.get(issue).filter(|c| c.0 + c.1 >= 1.0)?;
            Some((own.0 - own.1) * lean(theirs).signum() * lean(theirs).abs().min(0.5) * 2.0)
        })
        .sum();
    sum / sides(place).max(1.0)
}

/// Whether a party is a country or people: it has a demonym, or several people speak for it.
fn is_country(dossier: &Dossier, party: &Party) -> bool {
    let known = GAZETTEER.find(&name_key(&party.name)).is_some();
    let demonym = party.aliases.iter().any(|a| demonym_of(&a.name, &party.name));
    let people = dossier.people.iter().filter(|p| p.party.as_ref() == Some(&party.id)).count();
    party.sort == PartySort::Party && (known || demonym || people >= 3)
}

/// Whether a record may be a seat: a bare place name of no list, with hardly any people, where something happens.
fn may_be_seat(read: &[(&Article, &Reading)], dossier: &Dossier, place: &Party) -> bool {
    let words: Vec<&str> = place.name.split(' ').collect();
    let people = dossier.people.iter().filter(|p| p.party.as_ref() == Some(&place.id)).count();
    let name = words.len() <= 2 && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let within = [format!(" in {}", place.name), format!(" to {}", place.name), format!(" from {}", place.name)];
    let happens = || {
        read.iter().any(|(a, _)| {
            a.dateline.as_ref().is_some_and(|d| name_key(&d.place) == name_key(&place.name))
                || within.iter().any(|w| a.text.contains(w.as_str()))
        })
    };
    name && people <= 1 && GAZETTEER.find(&name_key(&place.name)).is_none() && happens()
}

/// Whether the two are ever named side by side ("Ostrel and Vandoria"), as two parties are.
fn beside(read: &[(&Article, &Reading)], a: &Party, b: &Party) -> bool {
    let pairs = [
        format!("{} and {}", a.name, b.name),
        format!("{} and {}", b.name, a.name),
        format!("between {} and {}", a.name, b.name),
        format!("{} against {}", a.name, b.name),
    ];
    read.iter().any(|(article, _)| pairs.iter().any(|p| article.text.contains(p.as_str())))
}
