//! Claimants that cannot both be right, or name one thing differently. One sort of dispute a file.

mod attribution;
mod called;
mod dates;
mod figures;
mod framing;
mod gainsaid;
mod names;
mod outcomes;
mod retold;
mod roles;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rapporteur_dossier::Dossier;
use rapporteur_reading::model::Why;
use rapporteur_text::{ArticleId, ItemId};

use crate::cx::{At, Bit, Cx, ranked};
use crate::list::{Changed, patch};
use crate::meetings::{Founder, Meetings};
use crate::model::{About, Cited, Dispute, DisputeSort, Ledger, Merged, Range, Side, Verdict};
use crate::shelf::{Change, Made};
use crate::statuses::Statuses;
use crate::voice::Voice;
use crate::{Named, Witness};

/// What a dispute came of: the rule by its rank, words of its own, and the first piece in it. Where two give the same
/// dispute, the first stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Source {
    rank: u8,
    words: String,
    at: Option<Arc<At>>,
    number: usize,
}

impl Source {
    fn of(rank: u8, words: &str) -> Self {
        Self { rank, words: words.to_string(), at: None, number: 0 }
    }

    fn at(rank: u8, at: &Arc<At>) -> Self {
        Self { rank, words: String::new(), at: Some(at.clone()), number: 0 }
    }
}

/// All disputes.
#[derive(Default)]
pub(crate) struct Disputes {
    figures: figures::Figures,
    roles: roles::Roles,
    names: names::Names,
    deadlines: dates::Deadlines,
    attributions: attribution::Attributions,
    framings: framing::Framings,
    called: called::Called,
    /// Disputes of one article, of one issue's statuses and of one meeting, by the words or piece of their source.
    several: Made<Source, Vec<Dispute>>,
    pending: Vec<(Source, Vec<Dispute>)>,
    issues: BTreeSet<String>,
    known: BTreeMap<(DisputeSort, ItemId), BTreeMap<Source, Dispute>>,
}

const MEASURES: u8 = 0;
const PUT_AT: u8 = 1;
const ONLY_COUNTS: u8 = 2;
const ROLES: u8 = 3;
const NAMES: u8 = 4;
const DEADLINES: u8 = 5;
const MEETINGS: u8 = 6;
const AGREED: u8 = 7;
const DENIALS: u8 = 8;
const INCIDENTS: u8 = 9;
const SAYINGS: u8 = 10;
const PERCENTAGES: u8 = 11;
const FRAMINGS: u8 = 12;
const CALLED: u8 = 13;
const RETOLD: u8 = 14;
const GAINSAID: u8 = 15;

impl Disputes {
    /// `voices`: the statements of the witness.
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>, voices: &[Voice]) {
        self.figures.add(dossier, w);
        self.roles.add(w);
        self.names.add(w);
        self.deadlines.add(w);
        self.attributions.add(dossier, w);
        self.framings.add(w);
        self.called.add(w);
        // both sides stand in one article, so they rest on one reporting, wherever that comes from
        let origins = crate::Origins::default();
        let cx = Cx { dossier, origins: &origins };
        let [denials, incidents] = outcomes::of_article(cx, w, voices);
        // what a charge and its denial or an incident tells already is not told twice
        let told = |d: &Dispute| {
            let of = |d: &Dispute| d.merged.evidence.iter().map(|c| c.evidence.sentence).collect::<BTreeSet<_>>();
            denials.iter().chain(&incidents).any(|o| !of(o).is_disjoint(&of(d)))
        };
        let gainsaid: Vec<Dispute> = gainsaid::of_article(cx, w).into_iter().filter(|d| !told(d)).collect();
        let put_at = figures::put_at(cx, w);
        let own = [(PUT_AT, put_at), (DENIALS, denials), (INCIDENTS, incidents), (GAINSAID, gainsaid)];
        let id = w.article.id.as_str();
        self.pending
            .extend(own.into_iter().filter(|(_, all)| !all.is_empty()).map(|(r, all)| (Source::of(r, id), all)));
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.figures.remove(article);
        self.roles.remove(article);
        self.names.remove(article);
        self.deadlines.remove(article);
        self.attributions.remove(article);
        self.framings.remove(article);
        self.called.remove(article);
        let own = [PUT_AT, DENIALS, INCIDENTS, GAINSAID].map(|rank| (Source::of(rank, article.as_str()), Vec::new()));
        self.pending.retain(|(source, _)| own.iter().all(|(o, _)| o != source));
        self.pending.extend(own);
    }

    /// What rests on an article has to be counted again, as its origin is another now.
    pub(crate) fn touch(&mut self, article: &ArticleId, statuses: &Statuses) {
        self.figures.touch(article);
        self.roles.touch(article);
        self.names.touch(article);
        self.deadlines.touch(article);
        self.attributions.touch(article);
        self.framings.touch(article);
        self.called.touch(article);
        self.issues.extend(statuses.about(article).cloned());
    }

    /// Brings the ledger up to date. `moved`: groups of meetings that changed; `about`: what changed statuses are about.
    pub(crate) fn settle(
        &mut self,
        cx: Cx<'_>,
        meetings: (&Meetings, &BTreeSet<Founder>),
        statuses: (&Statuses, Vec<String>),
        ledger: &mut Ledger,
        changed: &mut Changed,
    ) {
        let mut all: Vec<Change<Source, Dispute>> = Vec::new();
        let figures = self.figures.settle(cx);
        all.extend(figures.of_measures.into_iter().map(|c| c.map(|at| Source::at(MEASURES, &at))));
        all.extend(figures.of_units.into_iter().map(|c| c.map(|unit| Source::of(ONLY_COUNTS, &unit))));
        all.extend(figures.of_retold.into_iter().map(|c| c.map(|at| Source::at(RETOLD, &at))));
        all.extend(self.roles.settle(cx).into_iter().map(|c| c.map(|p| Source::of(ROLES, p.as_str()))));
        all.extend(self.names.settle(cx).into_iter().map(|c| c.map(|p| Source::of(NAMES, p.as_str()))));
        all.extend(self.deadlines.settle(cx).into_iter().map(|c| c.map(|at| Source::at(DEADLINES, &at))));
        let [sayings, percentages] = self.attributions.settle(cx);
        all.extend(sayings.into_iter().map(|c| c.map(|at| Source::at(SAYINGS, &at))));
        all.extend(percentages.into_iter().map(|c| c.map(|at| Source::at(PERCENTAGES, &at))));
        let rows = self.framings.settle(cx).into_iter();
        all.extend(rows.map(|c| c.map(|row| Source { number: row, ..Source::of(FRAMINGS, "") })));
        all.extend(self.called.settle(cx).into_iter().map(|c| c.map(|a| Source::of(CALLED, a.as_str()))));
        all.extend(self.several(cx, meetings, statuses));
        self.show(all, ledger, changed);
    }

    /// Disputes of which one source may give several.
    fn several(
        &mut self,
        cx: Cx<'_>,
        (meetings, moved): (&Meetings, &BTreeSet<Founder>),
        (statuses, about): (&Statuses, Vec<String>),
    ) -> Vec<Change<Source, Dispute>> {
        let mut made = std::mem::take(&mut self.pending);
        for founder in moved {
            made.push((Source::at(MEETINGS, &founder.2), dates::of_meeting(cx, &meetings.members(founder))));
        }
        self.issues.extend(about);
        for issue in std::mem::take(&mut self.issues) {
            made.push((Source::of(AGREED, &issue), outcomes::agreed_or_not(cx, statuses, &issue)));
        }
        let mut all = Vec::new();
        for (source, disputes) in made {
            let new = Some(disputes).filter(|d| !d.is_empty());
            let Some(change) = self.several.put(source, new) else { continue };
            let (old, new) = (change.old.unwrap_or_default(), change.new.unwrap_or_default());
            for number in 0..old.len().max(new.len()) {
                let key = Source { number, ..change.key.clone() };
                all.push(Change { key, old: old.get(number).cloned(), new: new.get(number).cloned() });
            }
        }
        all
    }

    /// Puts into the ledger's list what changed; of equal disputes the first one stands there.
    fn show(&mut self, all: Vec<Change<Source, Dispute>>, ledger: &mut Ledger, changed: &mut Changed) {
        let key = |d: &Dispute| (d.sort, d.merged.id.clone());
        let mut shown: BTreeMap<(DisputeSort, ItemId), Option<Dispute>> = BTreeMap::new();
        let touched = all.iter().flat_map(|c| [&c.old, &c.new]).flatten();
        for key in touched.map(key) {
            let before = self.known.get(&key).and_then(|k| k.values().next()).cloned();
            shown.entry(key).or_insert(before);
        }
        for change in &all {
            if let Some(old) = &change.old
                && let Some(known) = self.known.get_mut(&key(old))
            {
                known.remove(&change.key);
            }
        }
        for change in all {
            if let Some(new) = change.new {
                self.known.entry(key(&new)).or_default().insert(change.key, new);
            }
        }
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (key, before) in shown {
            let after = self.known.get(&key).and_then(|k| k.values().next());
            if after.is_none() {
                self.known.remove(&key);
            } else if after == before.as_ref() {
                continue;
            }
            new.extend(self.known.get(&key).and_then(|k| k.values().next()).cloned());
            old.extend(before);
        }
        patch(&mut ledger.disputes, &old, new, changed);
    }
}

/// One place where a value is given.
pub(super) struct Claim {
    pub(super) value: String,
    pub(super) claimant: Option<Named>,
    pub(super) cited: Cited,
    pub(super) confidence: f32,
    pub(super) id: ItemId,
    /// The value of a figure.
    pub(super) number: Option<f64>,
}

impl Claim {
    pub(super) fn of(bit: &Bit, value: String, claimant: Option<Named>) -> Option<Self> {
        let (cited, confidence, id) = (bit.cited()?, bit.confidence, bit.id().clone());
        Some(Self { value, claimant, cited, confidence, id, number: None })
    }
}

/// A dispute of these sides (each a list of claims of one value); `None` where fewer than two have a claim.
pub(super) fn dispute(
    cx: Cx<'_>,
    sort: DisputeSort,
    rule: &'static str,
    about: About,
    sides: Vec<Vec<Claim>>,
    verdict: Verdict,
) -> Option<Dispute> {
    let mut sides: Vec<Vec<Claim>> = sides.into_iter().filter(|s| !s.is_empty()).collect();
    if sides.len() < 2 {
        return None;
    }
    for side in &mut sides {
        side.sort_by(|a, b| {
            b.confidence.total_cmp(&a.confidence).then_with(|| a.cited.cmp(&b.cited)).then_with(|| a.id.cmp(&b.id))
        });
    }
    let confidence = sides.iter().map(|s| s.first().map_or(0.0, |c| c.confidence)).fold(1.0, f32::min);
    let mut members: Vec<ItemId> = sides.iter().flatten().map(|c| c.id.clone()).collect();
    members.sort();
    members.dedup();
    let mut made: Vec<Side> = sides.into_iter().map(|s| side(cx, s)).collect();
    made.sort_by(|a, b| {
        b.origins
            .cmp(&a.origins)
            .then_with(|| b.articles.len().cmp(&a.articles.len()))
            .then_with(|| a.value.cmp(&b.value))
    });
    let mut evidence: Vec<Cited> = Vec::new();
    for cited in made.iter().filter_map(|s| s.evidence.first()) {
        let why = if evidence.is_empty() { Why::Item } else { Why::Member };
        let mut cited = cited.clone();
        cited.evidence.why = why;
        evidence.push(cited);
    }
    let about_id = match &about {
        About::Known(named) => named.id.clone(),
        About::Words(_) => String::new(),
    };
    let smallest = members.first().map(|i| i.as_str().to_string()).unwrap_or_default();
    let id = ItemId::of_words("dispute", &[sort.as_str(), &about_id, &smallest], 0);
    let range = range(&made, verdict);
    Some(Dispute {
        merged: Merged { id, rule, confidence, evidence, members },
        sort,
        about,
        sides: made,
        range,
        verdict,
    })
}

/// Lowest and highest of what was counted, and the value that more reportings have than any other. Of different things
/// there is no range.
fn range(sides: &[Side], verdict: Verdict) -> Option<Range> {
    let numbers: Option<Vec<f64>> = sides.iter().map(|s| s.number).collect();
    let numbers = numbers.filter(|n| n.len() > 1 && verdict != Verdict::NotComparable)?;
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let most = sides.first().filter(|a| sides.get(1).is_some_and(|b| a.origins > b.origins));
    Some(Range { best: most.and_then(|s| s.number), low, high })
}

fn side(cx: Cx<'_>, claims: Vec<Claim>) -> Side {
    let articles: BTreeSet<ArticleId> = claims.iter().map(|c| c.cited.article.clone()).collect();
    let mut evidence: Vec<Cited> = Vec::new();
    let mut seen: BTreeSet<&Cited> = BTreeSet::new();
    for claim in &claims {
        if seen.insert(&claim.cited) {
            evidence.push(claim.cited.clone());
        }
    }
    Side {
        value: crate::cx::mode(claims.iter().map(|c| c.value.as_str())).unwrap_or_default().to_string(),
        claimants: ranked(claims.iter().filter_map(|c| c.claimant.clone())),
        origins: cx.origins_of(&articles),
        articles: articles.into_iter().collect(),
        evidence,
        number: claims.iter().find_map(|c| c.number),
    }
}
