//! Figures for one measure that differ: the same words for what is measured, the same unit, other values.
//!
//! What parties ask for or offer is no figure in dispute but their positions; so figures in the words of a demand or an
//! offer are left out. Rounded values that lie near each other do not differ.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_reading::model::{Act, Figure};

use crate::cx::{Cx, Told, content_words, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// Share of the words for what is measured that two figures must have in common.
const ALIKE: f64 = 0.6;
/// Figures further apart in time are a development, not a disagreement.
const NEAR: i64 = 21;

struct Known<'a> {
    told: Told<'a, Figure>,
    value: f64,
    unit: String,
    words: BTreeSet<String>,
}

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut by_unit: BTreeMap<String, Vec<Known<'_>>> = BTreeMap::new();
    for told in cx.told(|w| &w.reading.figures) {
        if let Some(known) = known(told) {
            by_unit.entry(known.unit.clone()).or_default().push(known);
        }
    }
    by_unit.into_values().flat_map(|all| of_unit(cx, all)).collect()
}

fn known(told: Told<'_, Figure>) -> Option<Known<'_>> {
    let f = told.record;
    let value = f.value.filter(|v| v.is_finite())?;
    let words = content_words(told.w.words(f.measures?));
    let words: BTreeSet<String> = words.into_iter().filter(|w| !w.chars().all(|c| c.is_ascii_digit())).collect();
    (words.len() >= 2 && !is_bargained(&told)).then(|| Known { value, unit: unit(&f.unit), words, told })
}

/// Whether the figure stands in what a party asks for, offers or turns down.
fn is_bargained(told: &Told<'_, Figure>) -> bool {
    let moves = |a: Act| !matches!(a, Act::Assert | Act::Accuse | Act::Deny | Act::Warn);
    let span = told.record.as_written;
    told.w
        .reading
        .statements
        .iter()
        .any(|s| moves(s.act) && (s.matter.overlaps(span) || s.item.sentence().overlaps(span)))
}

fn unit(written: &str) -> String {
    let unit = written.trim().to_lowercase();
    match unit.as_str() {
        "%" | "per cent" | "percent" | "pct" => "percent".to_string(),
        _ => unit.strip_suffix('s').filter(|u| u.len() > 2).map_or(unit.clone(), str::to_string),
    }
}

/// Puts together what measures the same; the first of a group (by day and article) stands for it.
fn of_unit(cx: &Cx<'_>, all: Vec<Known<'_>>) -> Vec<Dispute> {
    let mut groups: Vec<Vec<Known<'_>>> = Vec::new();
    for k in all {
        match groups.iter().position(|g| g.iter().any(|o| is_same_measure(o, &k))) {
            Some(i) => groups[i].push(k),
            None => groups.push(vec![k]),
        }
    }
    groups.iter().filter_map(|g| of_group(cx, g)).collect()
}

fn is_same_measure(a: &Known<'_>, b: &Known<'_>) -> bool {
    let shared = a.words.intersection(&b.words).count() as f64;
    let all = a.words.union(&b.words).count() as f64;
    let near = match (a.told.published(), b.told.published()) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= NEAR,
        _ => true,
    };
    near && shared >= 2.0 && shared / all >= ALIKE
}

fn of_group(cx: &Cx<'_>, group: &[Known<'_>]) -> Option<Dispute> {
    let mut values: Vec<f64> = group.iter().map(|k| k.value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let is_rounded = |v: f64| group.iter().any(|k| k.value == v && k.told.record.approximate);
    let differ = |a: f64, b: f64| {
        let apart = (a - b).abs() / a.abs().max(b.abs()).max(1e-9);
        apart > if is_rounded(a) || is_rounded(b) { 0.1 } else { 0.005 }
    };
    let mut kept: Vec<f64> = Vec::new();
    for v in values {
        if kept.iter().all(|k| differ(*k, v)) {
            kept.push(v);
        }
    }
    // a text that gives two values for the same words in one sentence compares or corrects: it does not contradict
    let sentence = |k: &Known<'_>| (k.told.article().clone(), k.told.item().sentence());
    let of = |v: f64| group.iter().filter(move |k| k.value == v);
    kept.retain(|v| of(*v).any(|k| !group.iter().any(|o| o.value != *v && sentence(o) == sentence(k))));
    if kept.len() < 2 || kept.len() > 3 {
        return None;
    }
    let sides = kept.iter().map(|v| of(*v).map(|k| claim(cx, k)).collect()).collect();
    let words = group.first().map(|k| k.told.record.measures.map_or("", |m| k.told.w.words(m)).to_string())?;
    dispute(cx, DisputeSort::Figure, "dispute.figure-same-measure.v1", About::Words(words), sides, Verdict::Differs)
}

fn claim(cx: &Cx<'_>, k: &Known<'_>) -> Claim {
    Claim {
        value: k.told.w.words(k.told.record.as_written).to_string(),
        claimant: k.told.record.of.map(|r| k.told.w.holder(cx.dossier, &r).0),
        cited: k.told.cited(),
        confidence: k.told.item().confidence,
        id: k.told.id().clone(),
    }
}
