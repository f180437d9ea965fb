//! One person under names that are spelled differently.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::PersonId;
use rapporteur_reading::model::{Entity, Evidence, Why};
use rapporteur_text::{ArticleId, ItemId, Span};

use crate::cx::Cx;
use crate::model::{About, Cited, Dispute, DisputeSort, Verdict};
use crate::{Named, Witness};

use super::{Claim, dispute};

/// How sure a difference of spelling is: the words stand there, that they mean one person is the dossier's decision.
const CONFIDENCE: f32 = 0.75;

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut by_person: BTreeMap<&PersonId, Vec<(String, Claim)>> = BTreeMap::new();
    for w in &cx.witnesses {
        for entity in &w.reading.entities {
            let person = w.resolved(Some(entity.id)).and_then(|r| r.person.as_ref());
            if let Some(person) = person {
                by_person.entry(person).or_default().extend(spellings(w, entity));
            }
        }
    }
    by_person.into_iter().filter_map(|(person, said)| of_person(cx, person, said)).collect()
}

/// The names by which an article calls someone, as given name and surname where it has both.
fn spellings(w: &Witness<'_>, entity: &Entity) -> Vec<(String, Claim)> {
    let mut seen = BTreeSet::new();
    let named = entity.mentions.iter().filter(|m| m.named);
    named
        .filter_map(|m| {
            let name = w.words(m.span).trim().trim_end_matches("'s").trim_end_matches("’s").to_string();
            seen.insert(name.clone()).then(|| (name.clone(), claim(w, m.span, &name)))
        })
        .collect()
}

fn claim(w: &Witness<'_>, span: Span, name: &str) -> Claim {
    let start = w.article.text.get(..span.start()).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end =
        w.article.text.get(span.end()..).and_then(|t| t.find('\n')).map_or(w.article.text.len(), |i| span.end() + i);
    let sentence = sentence_around(w, span).or_else(|| Span::of(&w.article.text, start..end)).unwrap_or(span);
    Claim {
        value: name.to_string(),
        claimant: None,
        cited: Cited { article: w.article.id.clone(), evidence: Evidence { span, sentence, why: Why::Item } },
        confidence: CONFIDENCE,
        id: ItemId::of_words("name", &[w.article.id.as_str(), name], 0),
    }
}

/// The sentence of another item that holds these words, where there is one.
fn sentence_around(w: &Witness<'_>, span: Span) -> Option<Span> {
    let of_statements = w.reading.statements.iter().map(|s| s.item.sentence());
    let of_roles = w.reading.roles.iter().map(|r| r.item.sentence());
    of_statements.chain(of_roles).filter(|s| s.contains(span)).min_by_key(|s| (s.len(), s.start()))
}

fn of_person(cx: &Cx<'_>, person: &PersonId, said: Vec<(String, Claim)>) -> Option<Dispute> {
    let full: Vec<(ArticleId, String)> = said
        .iter()
        .filter(|(name, _)| parts(name).len() > 1)
        .map(|(name, claim)| (claim.cited.article.clone(), name.clone()))
        .collect();
    let mut sides: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for (name, mut claim) in said {
        // a surname alone says no more than that some full name ends in it
        if let Some(form) = full_form(&name, &claim, &full) {
            claim.value.clone_from(&form);
            sides.entry(fold_case(&form)).or_default().push(claim);
        } else if !full.iter().any(|(_, f)| ends_in(f, &name)) {
            sides.entry(fold_case(&name)).or_default().push(claim);
        }
    }
    // names that only add or leave out a part are one spelling
    let keys: Vec<String> = sides.keys().cloned().collect();
    let mut merged: Vec<(String, Vec<Claim>)> = Vec::new();
    for key in keys {
        let claims = sides.remove(&key).unwrap_or_default();
        match merged.iter_mut().find(|(k, _)| is_same_spelling(k, &key)) {
            Some((k, all)) => {
                if key.len() > k.len() {
                    *k = key;
                }
                all.extend(claims);
            }
            None => merged.push((key, claims)),
        }
    }
    if merged.len() < 2 || !merged.iter().any(|(a, _)| merged.iter().any(|(b, _)| a != b && is_near(a, b))) {
        return None;
    }
    let about = About::Known(Named::person(cx.dossier, person, ""));
    let sides = merged.into_iter().map(|(_, claims)| claims).collect();
    dispute(cx, DisputeSort::Name, "dispute.name-spelling.v1", about, sides, Verdict::Differs)
}

fn parts(name: &str) -> Vec<String> {
    name.split_whitespace().map(fold_case).filter(|p| p.chars().any(char::is_alphabetic)).collect()
}

/// The name itself where it has given name and surname; for a surname, the full name in the same article that ends in it.
fn full_form(name: &str, claim: &Claim, full: &[(ArticleId, String)]) -> Option<String> {
    if parts(name).len() > 1 {
        return Some(name.to_string());
    }
    let here = full.iter().filter(|(article, f)| *article == claim.cited.article && ends_in(f, name));
    crate::cx::mode(here.map(|(_, f)| f.clone()))
}

fn ends_in(full: &str, name: &str) -> bool {
    parts(full).last() == parts(name).last()
}

/// Lower case without accents and marks.
fn fold_case(name: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '’' | '\'' | '-' | '.' => ' ',
        c => c,
    };
    name.to_lowercase().chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one name has only parts of the other, initials counting for what they begin.
fn is_same_spelling(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let fits = |p: &String| long.iter().any(|l| l == p || p.chars().count() == 1 && l.starts_with(p.as_str()));
    !short.is_empty() && short.iter().all(fits)
}

/// Whether two names share a part or begin alike, so that they are one name spelled differently and not a nickname.
fn is_near(a: &str, b: &str) -> bool {
    let (x, y) = (parts(a), parts(b));
    let alike = |p: &String, q: &String| {
        p == q || p.chars().next() == q.chars().next() || p.chars().next_back() == q.chars().next_back()
    };
    x.iter().any(|p| y.iter().any(|q| alike(p, q)))
}
