//! Figures for one measure that differ: the same words for what is measured, the same unit, other values.
//!
//! What parties ask for or offer is no figure in dispute but their positions; so figures in the words of a demand or an
//! offer are left out. Rounded values that lie near each other do not differ.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_reading::model::{Act, Figure};

use crate::cx::{Cx, Told, content_words, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use rapporteur_text::ArticleId;

use super::{Claim, dispute};

/// Share of the words for what is measured that two figures must have in common.
const ALIKE: f64 = 0.6;
/// Figures further apart in time are a development, not a disagreement.
const NEAR: i64 = 21;
/// Counts of what changes from week to week.
const CLOSE: i64 = 6;

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
    let mut found: Vec<Dispute> = by_unit.into_values().flat_map(|all| of_unit(cx, all)).collect();
    let told: BTreeSet<_> = found.iter().flat_map(|d| d.merged.members.clone()).collect();
    found.extend(put_at(cx));
    found.extend(only_ones(cx).into_iter().filter(|d| d.merged.members.iter().all(|m| !told.contains(m))));
    found
}

/// The only count of its kind in each of two articles of the same days ("19 ships at anchor in the roads", "26 ships lay
/// idle in the roads"), in sentences that share words.
fn only_ones(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut by_unit: BTreeMap<String, Vec<Told<'_, Figure>>> = BTreeMap::new();
    for told in cx.told(|w| &w.reading.figures) {
        let counts = told.record.value.is_some_and(|v| v.is_finite() && v > 1.0) && !is_bargained(&told);
        let unit = unit(&told.record.unit);
        if counts && unit.len() > 3 && !is_common(&unit) {
            by_unit.entry(unit).or_default().push(told);
        }
    }
    let mut found = Vec::new();
    for (unit, all) in by_unit {
        let mut counts: BTreeMap<&ArticleId, usize> = BTreeMap::new();
        all.iter().for_each(|t| *counts.entry(t.article()).or_default() += 1);
        let single: Vec<&Told<'_, Figure>> = all.iter().filter(|t| counts.get(t.article()) == Some(&1)).collect();
        for (i, a) in single.iter().enumerate() {
            let Some(b) = single[i + 1..].iter().find(|b| is_contradicted(cx, &unit, a, b)) else { continue };
            let about = About::Words(a.record.measures.map_or_else(|| unit.clone(), |m| a.w.words(m).to_string()));
            let sides = vec![vec![value_of(cx, a)], vec![value_of(cx, b)]];
            let rule = "dispute.figure-only-count.v1";
            found.extend(dispute(cx, DisputeSort::Figure, rule, about, sides, Verdict::Differs));
            break;
        }
    }
    found
}

/// "The union counted 410. The owners put it at about 160": two counts of one thing in one text.
fn put_at(cx: &Cx<'_>) -> Vec<Dispute> {
    let all = cx.told(|w| &w.reading.figures);
    let mut found = Vec::new();
    for b in all.iter().filter(|t| is_put(t)) {
        let start = b.record.as_written.start();
        let before = all
            .iter()
            .filter(|a| a.article() == b.article() && a.record.as_written.end() < start)
            .filter(|a| start - a.record.as_written.end() <= 300 && a.item().sentence() != b.item().sentence())
            .max_by_key(|a| a.record.as_written.start());
        let Some(a) = before else { continue };
        let units = (unit(&a.record.unit), unit(&b.record.unit));
        let one_thing = units.0.is_empty() || units.1.is_empty() || units.0 == units.1;
        if one_thing && a.record.value.is_some() && a.record.value != b.record.value {
            let about = About::Words(a.record.measures.map_or("", |m| a.w.words(m)).to_string());
            let sides = vec![vec![value_of(cx, a)], vec![value_of(cx, b)]];
            found.extend(dispute(cx, DisputeSort::Figure, "dispute.figure-put-at.v1", about, sides, Verdict::Differs));
        }
    }
    found
}

/// Whether the words before a figure say that somebody puts the thing spoken of at it.
fn is_put(told: &Told<'_, Figure>) -> bool {
    let before = told.w.article.text.get(..told.record.as_written.start()).unwrap_or("");
    let words: Vec<String> = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .filter(|w| !matches!(*w, "about" | "some" | "around" | "only" | "just" | "nearly"))
        .take(4)
        .map(str::to_lowercase)
        .collect();
    let is = |n: usize, all: &[&str]| words.get(n).is_some_and(|w| all.contains(&w.as_str()));
    const PUT: &[&str] = &["put", "puts", "putting"];
    let thing = is(1, &["it", "that", "them"]) && is(2, PUT);
    let noun = is(1, &["figure", "number", "toll", "total", "count"]) && is(3, PUT);
    is(0, &["at"]) && (thing || noun)
}

/// Units of everything, which alone say nothing of what is measured.
fn is_common(unit: &str) -> bool {
    matches!(
        unit,
        "percent"
            | "year"
            | "day"
            | "month"
            | "week"
            | "hour"
            | "people"
            | "metre"
            | "meter"
            | "km"
            | "kilometre"
            | "time"
            | "point"
    )
}

fn is_contradicted(cx: &Cx<'_>, unit: &str, a: &Told<'_, Figure>, b: &Told<'_, Figure>) -> bool {
    let (Some(x), Some(y)) = (a.record.value, b.record.value) else { return false };
    let apart = (x - y).abs() / x.max(y);
    let near = match (a.published(), b.published()) {
        (Some(p), Some(q)) => days_between(p, q).abs() <= CLOSE,
        _ => true,
    };
    let own = content_words(unit);
    let words = |t: &Told<'_, Figure>| -> BTreeSet<String> {
        let sentence = content_words(t.w.words(t.item().sentence()));
        sentence
            .into_iter()
            .filter(|w| w.len() > 3 && !own.contains(w) && !w.chars().all(|c| c.is_ascii_digit()))
            .collect()
    };
    let shared = words(a).intersection(&words(b)).count();
    near && apart > 0.1
        && x.max(y) / x.min(y) <= 3.0
        && shared >= if unit.contains(' ') { 1 } else { 2 }
        && cx.origins.of(a.article()) != cx.origins.of(b.article())
}

fn value_of(cx: &Cx<'_>, t: &Told<'_, Figure>) -> Claim {
    Claim {
        value: t.w.words(t.record.as_written).to_string(),
        claimant: t.record.of.map(|r| t.w.holder(cx.dossier, &r).0),
        cited: t.cited(),
        confidence: t.item().confidence,
        id: t.id().clone(),
    }
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
    value_of(cx, &k.told)
}
