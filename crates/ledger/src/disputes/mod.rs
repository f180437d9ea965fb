//! Claimants that cannot both be right, or name one thing differently. One sort of dispute a file.

mod attribution;
mod dates;
mod figures;
mod framing;
mod names;
mod outcomes;
mod roles;

use std::collections::BTreeSet;

use rapporteur_reading::model::Why;
use rapporteur_text::{ArticleId, ItemId};

use crate::Named;
use crate::cx::{Cx, ranked};
use crate::model::{About, Cited, Dispute, DisputeSort, Merged, Side, Status, Verdict};
use crate::voice::Voice;

/// All disputes, by sort and then by what they are about.
pub(crate) fn fold(cx: &Cx<'_>, voices: &[Voice<'_>], statuses: &[Status]) -> Vec<Dispute> {
    let mut all = figures::find(cx);
    all.extend(roles::find(cx));
    all.extend(names::find(cx));
    all.extend(dates::find(cx));
    all.extend(outcomes::find(cx, voices, statuses));
    all.extend(attribution::find(cx));
    all.extend(framing::find(cx));
    all.sort_by(|a, b| (a.sort, &a.merged.id).cmp(&(b.sort, &b.merged.id)));
    all.dedup_by(|a, b| a.merged.id == b.merged.id);
    all
}

/// One place where a value is given.
pub(super) struct Claim {
    pub(super) value: String,
    pub(super) claimant: Option<Named>,
    pub(super) cited: Cited,
    pub(super) confidence: f32,
    pub(super) id: ItemId,
}

/// A dispute of these sides (each a list of claims of one value); `None` where fewer than two have a claim.
pub(super) fn dispute(
    cx: &Cx<'_>,
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
    Some(Dispute { merged: Merged { id, rule, confidence, evidence, members }, sort, about, sides: made, verdict })
}

fn side(cx: &Cx<'_>, claims: Vec<Claim>) -> Side {
    let articles: BTreeSet<ArticleId> = claims.iter().map(|c| c.cited.article.clone()).collect();
    let mut evidence: Vec<Cited> = Vec::new();
    for claim in &claims {
        if !evidence.contains(&claim.cited) {
            evidence.push(claim.cited.clone());
        }
    }
    Side {
        value: crate::cx::mode(claims.iter().map(|c| c.value.clone())).unwrap_or_default(),
        claimants: ranked(claims.iter().filter_map(|c| c.claimant.clone())),
        origins: cx.origins_of(&articles),
        articles: articles.into_iter().collect(),
        evidence,
    }
}
