//! The same words given to two speakers.
//!
//! A quotation counts where four or more of its content words are those of another, given to somebody else in an article
//! of another origin; a percentage of one issue where two articles name two claimants for it.

use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_text::ArticleId;

use crate::cx::{At, Bit, Cx, HasBit, Words, content_words, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::pairs::{Paired, Pairs};
use crate::shelf::Change;
use crate::{Named, Witness};

use super::{Claim, dispute};

/// Fewest content words by which a saying is known again.
const WORDS: usize = 4;
/// Share of the words that two reports of one saying have in common.
const ALIKE: f64 = 0.8;
/// Reports further apart may be of two sayings.
const NEAR: i64 = 14;

fn near<P: HasBit>(a: &P, b: &P) -> bool {
    match (a.published(), b.published()) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= NEAR,
        _ => true,
    }
}

/// A quotation long enough to be known again.
struct Saying {
    bit: Bit,
    opening: String,
    words: Words,
    prefix: Words,
    by: Named,
    party: String,
}

impl HasBit for Saying {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Pairs for Saying {
    type Mark = u64;
    const REACH: i64 = NEAR;

    fn marks(&self) -> Vec<(u64, Option<Date>)> {
        self.prefix.iter().map(|w| (w, self.published())).collect()
    }

    /// One saying, two speakers of whom neither speaks for the other.
    fn pairs(&self, other: &Self) -> bool {
        let shared = self.words.shared(&other.words) as f64;
        let all = (self.words.len() + other.words.len()) as f64 - shared;
        shared / all >= ALIKE && near(self, other) && self.by.id != other.by.id && self.party != other.party
    }
}

/// "95 percent done" of one issue.
struct Percentage {
    bit: Bit,
    percent: f64,
    matter: String,
    party: String,
    who: Named,
}

impl HasBit for Percentage {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Pairs for Percentage {
    type Mark = u64;
    const REACH: i64 = NEAR;

    fn marks(&self) -> Vec<(u64, Option<Date>)> {
        vec![(self.percent.to_bits(), self.published())]
    }

    fn pairs(&self, other: &Self) -> bool {
        self.percent == other.percent && self.party != other.party && near(self, other)
    }
}

/// All that may have been given to two.
#[derive(Default)]
pub(super) struct Attributions {
    sayings: Paired<Saying, Dispute>,
    percentages: Paired<Percentage, Dispute>,
}

impl Attributions {
    pub(super) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        for quote in &w.reading.quotes {
            let Some(source) = quote.source else { continue };
            let by = w.named(dossier, &source);
            let content: Vec<&str> = quote.content.iter().map(|c| w.words(*c)).collect();
            let words = content_words(&content.join(" "));
            if by.is_resolved() && words.len() >= WORDS {
                self.sayings.add(Saying {
                    bit: Bit::of(w, quote),
                    opening: content.first().copied().unwrap_or_default().to_string(),
                    prefix: Words::prefix(&words, ALIKE),
                    words: Words::of(&words),
                    party: w.holder(dossier, &source).0.key(),
                    by,
                });
            }
        }
        for status in &w.reading.statuses {
            let (Some(percent), Some(source)) = (status.percent, status.according_to) else { continue };
            let (party, person) = w.holder(dossier, &source);
            if party.is_resolved() {
                self.percentages.add(Percentage {
                    bit: Bit::of(w, status),
                    percent,
                    matter: status.matter.map_or("", |m| w.words(m)).to_string(),
                    party: party.key(),
                    who: person.unwrap_or(party),
                });
            }
        }
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.sayings.remove(article);
        self.percentages.remove(article);
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        self.sayings.touch(article);
        self.percentages.touch(article);
    }

    /// Disputes over sayings, and over percentages.
    pub(super) fn settle(&mut self, cx: Cx<'_>) -> [Vec<Change<Arc<At>, Dispute>>; 2] {
        let rule = "dispute.attribution-same-words.v1";
        let said = |s: &Saying| Claim::of(&s.bit, s.by.shown().to_string(), Some(s.by.clone())).into_iter().collect();
        let of_sayings = self.sayings.settle(|a, later| {
            let b = other(cx, a, later)?;
            let about = About::Words(a.opening.clone());
            dispute(cx, DisputeSort::Attribution, rule, about, vec![said(a), said(b)], Verdict::Differs)
        });
        let rule = "dispute.attribution-percentage.v1";
        let put =
            |p: &Percentage| Claim::of(&p.bit, p.who.shown().to_string(), Some(p.who.clone())).into_iter().collect();
        let of_percentages = self.percentages.settle(|a, later| {
            let b = other(cx, a, later)?;
            let about = About::Words(a.matter.clone());
            dispute(cx, DisputeSort::Attribution, rule, about, vec![put(a), put(b)], Verdict::Differs)
        });
        [of_sayings, of_percentages]
    }
}

/// The first of another reporting.
fn other<'p, P: HasBit>(cx: Cx<'_>, a: &P, later: &[&'p P]) -> Option<&'p P> {
    later.iter().copied().find(|b| cx.origins.of(a.article()) != cx.origins.of(b.article()))
}
