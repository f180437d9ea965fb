//! One person under names that are spelled differently.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::PersonId;
use rapporteur_reading::model::Entity;
use rapporteur_text::{ArticleId, ItemId, Span};

use crate::cx::{Bit, Cx, HasBit};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::shelf::{Change, Shelf};
use crate::{Named, Witness};

use super::{Claim, dispute};

/// How sure a difference of spelling is: the words stand there, that they mean one person is the dossier's decision.
const CONFIDENCE: f32 = 0.75;

/// A name by which an article calls a person.
#[derive(Debug)]
struct Spelling {
    bit: Bit,
    name: String,
    /// For a surname, the full name in the same article that ends in it; for a full name itself.
    form: Option<String>,
    /// The form, else the name, without marks.
    key: String,
    last: Option<String>,
    is_full: bool,
}

impl HasBit for Spelling {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

/// Spellings by person.
#[derive(Debug, Default)]
pub(super) struct Names(Shelf<PersonId, Spelling, Dispute>);

impl Names {
    pub(super) fn add(&mut self, w: &Witness<'_>) {
        let mut by_person: BTreeMap<&PersonId, Vec<(String, Span)>> = BTreeMap::new();
        for entity in &w.reading.entities {
            if let Some(person) = w.resolved(Some(entity.id)).and_then(|r| r.person.as_ref()) {
                by_person.entry(person).or_default().extend(spellings(w, entity));
            }
        }
        for (person, said) in by_person {
            let full: Vec<&str> = said.iter().map(|(n, _)| n.as_str()).filter(|n| parts(n).len() > 1).collect();
            for (number, (name, span)) in said.iter().enumerate() {
                self.0.put(person.clone(), number, spelling(w, name, *span, &full));
            }
        }
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.0.remove(article);
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        self.0.touch(article);
    }

    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Vec<Change<PersonId, Dispute>> {
        self.0.settle(|person, all| of_person(cx, person, all))
    }
}

/// The names by which an article calls someone, each once, with their first place.
fn spellings(w: &Witness<'_>, entity: &Entity) -> Vec<(String, Span)> {
    let mut seen = BTreeSet::new();
    let named = entity.mentions.iter().filter(|m| m.named);
    named
        .filter_map(|m| {
            let name = w.words(m.span).trim().trim_end_matches("'s").trim_end_matches("’s").to_string();
            seen.insert(name.clone()).then_some((name, m.span))
        })
        .collect()
}

/// `full`: the full names of the same person in the article.
fn spelling(w: &Witness<'_>, name: &str, span: Span, full: &[&str]) -> Spelling {
    let start = w.article.text.get(..span.start()).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end =
        w.article.text.get(span.end()..).and_then(|t| t.find('\n')).map_or(w.article.text.len(), |i| span.end() + i);
    let sentence = sentence_around(w, span).or_else(|| Span::of(&w.article.text, start..end)).unwrap_or(span);
    let id = ItemId::of_words("name", &[w.article.id.as_str(), name], 0);
    let own = parts(name);
    let last = own.last().cloned();
    let is_full = own.len() > 1;
    let ends_alike = |f: &&&str| parts(f).last() == last.as_ref();
    let form = if is_full {
        Some(name.to_string())
    } else {
        crate::cx::mode(full.iter().filter(ends_alike)).map(|f| (*f).to_string())
    };
    let key = fold_case(form.as_deref().unwrap_or(name));
    let bit = Bit::of_words(w, id, CONFIDENCE, span, sentence);
    Spelling { bit, name: name.to_string(), form, key, last, is_full }
}

/// The sentence of another item that holds these words, where there is one.
fn sentence_around(w: &Witness<'_>, span: Span) -> Option<Span> {
    let of_statements = w.reading.statements.iter().map(|s| s.item.sentence());
    let of_roles = w.reading.roles.iter().map(|r| r.item.sentence());
    of_statements.chain(of_roles).filter(|s| s.contains(span)).min_by_key(|s| (s.len(), s.start()))
}

fn of_person(cx: Cx<'_>, person: &PersonId, said: &[&Spelling]) -> Option<Dispute> {
    let full: BTreeSet<Option<&String>> = said.iter().filter(|s| s.is_full).map(|s| s.last.as_ref()).collect();
    let mut sides: BTreeMap<&str, Vec<&Spelling>> = BTreeMap::new();
    for s in said {
        // a surname alone says no more than that some full name ends in it
        if s.form.is_some() || !full.contains(&s.last.as_ref()) {
            sides.entry(&s.key).or_default().push(s);
        }
    }
    // names that only add or leave out a part are one spelling
    let mut merged: Vec<(&str, Vec<&Spelling>)> = Vec::new();
    for (key, all) in sides {
        match merged.iter_mut().find(|(k, _)| is_same_spelling(k, key)) {
            Some((k, known)) => {
                if key.len() > k.len() {
                    *k = key;
                }
                known.extend(all);
            }
            None => merged.push((key, all)),
        }
    }
    if merged.len() < 2 || !merged.iter().any(|(a, _)| merged.iter().any(|(b, _)| a != b && is_near(a, b))) {
        return None;
    }
    let claim = |s: &&Spelling| Claim::of(&s.bit, s.form.clone().unwrap_or_else(|| s.name.clone()), None);
    let about = About::Known(Named::person(cx.dossier, person, ""));
    let sides = merged.iter().map(|(_, all)| all.iter().filter_map(claim).collect()).collect();
    dispute(cx, DisputeSort::Name, "dispute.name-spelling.v1", about, sides, Verdict::Differs)
}

fn parts(name: &str) -> Vec<String> {
    name.split_whitespace().map(fold_case).filter(|p| p.chars().any(char::is_alphabetic)).collect()
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
