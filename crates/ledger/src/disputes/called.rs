//! "They call it a strike. We call that a lockout": two names for one thing in one paragraph; the articles of the same
//! days that use one of them only stand on its side.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_text::{ArticleId, ItemId, Span};

use crate::Witness;
use crate::cx::{Bit, Cx, digest};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::near::{Near, Window};
use crate::shelf::{Change, Made};

use super::framing::{CONFIDENCE, NEAR, sentence, sentences};
use super::{Claim, dispute};

/// A name in the text that calls the thing by two.
struct Name {
    bit: Bit,
    name: String,
}

/// The words that an article has, each with its first place. Only those that can be such a name.
struct Vocabulary {
    published: Option<jiff::civil::Date>,
    words: Vec<(u64, Span)>,
    /// Sentences of items, and lines.
    sentences: Vec<Span>,
    lines: Vec<Span>,
}

/// Texts that call one thing by two names, and what all others call it.
#[derive(Default)]
pub(super) struct Called {
    callers: BTreeMap<ArticleId, [Name; 2]>,
    all: BTreeMap<ArticleId, Vocabulary>,
    near: Near<(), ArticleId>,
    open: BTreeSet<ArticleId>,
    made: Made<ArticleId, Dispute>,
}

impl Called {
    pub(super) fn add(&mut self, w: &Witness<'_>) {
        let id = &w.article.id;
        if let Some(names) = names(w) {
            self.callers.insert(id.clone(), names);
        }
        let own = Vocabulary::of(w);
        self.near.add(vec![((), own.published)], id);
        self.all.insert(id.clone(), own);
        self.touch(id);
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.touch(article);
        self.callers.remove(article);
        if let Some(own) = self.all.remove(article) {
            self.near.remove(vec![((), own.published)], article);
        }
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        let Some(own) = self.all.get(article) else { return };
        for (caller, names) in &self.callers {
            let calls = names.iter().any(|n| own.first(&n.name).is_some());
            if caller == article || calls {
                self.open.insert(caller.clone());
            }
        }
    }

    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Vec<Change<ArticleId, Dispute>> {
        let open = std::mem::take(&mut self.open);
        open.into_iter().filter_map(|caller| self.made.put(caller.clone(), self.of_caller(cx, &caller))).collect()
    }

    fn of_caller(&self, cx: Cx<'_>, caller: &ArticleId) -> Option<Dispute> {
        let names = self.callers.get(caller)?;
        let mut sides: [Vec<Claim>; 2] =
            [0, 1].map(|i: usize| Claim::of(&names[i].bit, names[i].name.clone(), None).into_iter().collect());
        let published = self.all.get(caller).and_then(|v| v.published);
        for article in self.near.find(&(), Window::around(published, NEAR)).filter(|a| *a != caller) {
            let Some(own) = self.all.get(article) else { continue };
            let (side, span) = match [own.first(&names[0].name), own.first(&names[1].name)] {
                [Some(span), None] => (0, span),
                [None, Some(span)] => (1, span),
                _ => continue,
            };
            sides[side].push(own.claim(article, &names[side].name, span));
        }
        let about = About::Words(format!("{} or {}", names[0].name, names[1].name));
        dispute(cx, DisputeSort::Framing, "dispute.framing-called.v1", about, sides.into(), Verdict::Differs)
    }
}

impl Vocabulary {
    fn of(w: &Witness<'_>) -> Self {
        let text = w.article.text.as_str();
        let mut words: BTreeMap<u64, Span> = BTreeMap::new();
        let mut start = 0;
        for word in text.split_inclusive(|c: char| !is_letter(c)) {
            let bare = word.trim_end_matches(|c: char| !is_letter(c));
            if is_name(bare)
                && let Some(span) = Span::of(text, start..start + bare.len())
            {
                words.entry(digest(bare)).or_insert(span);
            }
            start += word.len();
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            lines.extend(Span::of(text, start..start + line.len()));
            start += line.len() + 1;
        }
        Self {
            published: w.article.published.map(|m| m.date),
            words: words.into_iter().collect(),
            sentences: sentences(w),
            lines,
        }
    }

    /// The first place of a word.
    fn first(&self, word: &str) -> Option<Span> {
        let digest = digest(word);
        self.words.binary_search_by_key(&digest, |(d, _)| *d).ok().map(|i| self.words[i].1)
    }

    fn claim(&self, article: &ArticleId, name: &str, span: Span) -> Claim {
        let holds = |s: &&Span| s.contains(span);
        let known = self.sentences.iter().filter(holds).min_by_key(|s| (s.len(), s.start()));
        let sentence = known.or_else(|| self.lines.iter().find(holds)).copied().unwrap_or(span);
        let evidence =
            rapporteur_reading::model::Evidence { span, sentence, why: rapporteur_reading::model::Why::Item };
        Claim {
            value: name.to_string(),
            claimant: None,
            cited: crate::model::Cited { article: article.clone(), evidence },
            confidence: CONFIDENCE,
            id: id(article, name),
            number: None,
        }
    }
}

fn id(article: &ArticleId, name: &str) -> ItemId {
    ItemId::of_words("framing", &[article.as_str(), name], 0)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

fn is_name(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// The two names of the first paragraph that gives two.
fn names(w: &Witness<'_>) -> Option<[Name; 2]> {
    let text = &w.article.text;
    let mut start = 0;
    for paragraph in text.split('\n') {
        let namings = namings(paragraph, start);
        start += paragraph.len() + 1;
        let Some((a, b)) = namings.first().zip(namings.get(1)) else { continue };
        let words = |n: &(usize, usize)| text.get(n.0..n.1).unwrap_or("");
        let (x, y) = (words(a), words(b));
        if x.is_empty() || y.is_empty() || x.eq_ignore_ascii_case(y) {
            continue;
        }
        let name = |place: &(usize, usize), name: &str| {
            let span = Span::of(text, place.0..place.1)?;
            let bit = Bit::of_words(w, id(&w.article.id, name), CONFIDENCE, span, sentence(w, span));
            Some(Name { bit, name: name.to_string() })
        };
        return Some([name(a, x)?, name(b, y)?]);
    }
    None
}

/// Where a paragraph says what "it" is called: the noun of "call it a strike".
fn namings(paragraph: &str, offset: usize) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for piece in paragraph.split(' ') {
        words.push((at, piece));
        at += piece.len() + 1;
    }
    let mut found = Vec::new();
    for four in words.windows(4) {
        let [(_, call), (_, it), (_, article), (at, noun)] = four else { continue };
        let calls = matches!(call.to_lowercase().as_str(), "call" | "calls" | "called" | "calling");
        let points = matches!(*it, "it" | "this" | "that" | "them");
        let bare = noun.trim_end_matches(|c: char| !c.is_alphanumeric());
        // a noun that ends its phrase: an adjective would go on
        let ends = bare.len() < noun.len() && bare.len() > 3;
        if calls && points && matches!(*article, "a" | "an") && ends && is_name(bare) {
            found.push((offset + at, offset + at + bare.len()));
        }
    }
    found
}
