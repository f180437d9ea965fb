//! Figures for one measure that differ: the same words for what is measured, the same unit, other values.
//!
//! What parties ask for or offer is no figure in dispute but their positions; so figures in the words of a demand or an
//! offer are left out. Rounded values that lie near each other do not differ.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{Act, Figure as Record};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::cx::{At, Bit, Cx, HasBit, Words, content_words, days, days_between};
use crate::links::{Linked, Links};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::near::Window;
use crate::pairs::{Paired, Pairs};
use crate::shelf::{Change, Made};
use crate::{Named, Witness};

use super::retold::{self, Retold};
use super::{Claim, dispute};

/// Share of the words for what is measured that two figures must have in common.
const ALIKE: f64 = 0.6;
/// Figures further apart in time are a development, not a disagreement.
const NEAR: i64 = 21;
/// Counts of what changes from week to week.
const CLOSE: i64 = 6;
/// How many times as large one of two counts of one thing may be as the other.
pub(super) const MOST: f64 = 3.0;

/// A figure as it is told.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    bit: Bit,
    pub(super) value: f64,
    pub(super) unit: String,
    as_written: String,
    pub(super) measures: Option<String>,
    of: Option<Named>,
    pub(super) approximate: bool,
    /// When it holds, where the text says so.
    as_of: When,
    /// Names in the words for what is measured: of where, of whom.
    names: BTreeSet<String>,
}

impl HasBit for Figure {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Figure {
    pub(super) fn of(dossier: &Dossier, w: &Witness<'_>, f: &Record) -> Option<Self> {
        Some(Self {
            bit: Bit::of(w, f),
            value: f.value?,
            unit: unit(&f.unit),
            as_written: w.words(f.as_written).to_string(),
            measures: f.measures.map(|m| w.words(m).to_string()),
            of: f.of.map(|r| w.holder(dossier, &r).0),
            approximate: f.approximate,
            as_of: f.as_of.clone(),
            names: f.measures.map(|m| names(w.words(m))).unwrap_or_default(),
        })
    }

    pub(super) fn claim(&self) -> Option<Claim> {
        let claim = Claim::of(&self.bit, self.as_written.clone(), self.of.clone())?;
        Some(Claim { number: Some(self.value), ..claim })
    }

    /// Whether both may measure one thing: not of different days that the texts give, nor each of a place or body that the
    /// other does not name.
    pub(super) fn is_comparable(&self, other: &Self) -> bool {
        let apart = days(&self.as_of).zip(days(&other.as_of)).is_some_and(|(a, b)| a.1 < b.0 || b.1 < a.0);
        let own = |a: &Self, b: &Self| a.names.difference(&b.names).next().is_some();
        !(apart || own(self, other) && own(other, self))
    }
}

/// Words with a capital that are not the first of a phrase.
fn names(phrase: &str) -> BTreeSet<String> {
    let words = phrase.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).skip(1);
    words.filter(|w| w.chars().next().is_some_and(char::is_uppercase)).map(str::to_lowercase).collect()
}

/// A figure with its words for what is measured.
struct Measure {
    figure: Figure,
    words: Words,
    prefix: Words,
}

impl HasBit for Measure {
    fn bit(&self) -> &Bit {
        &self.figure.bit
    }
}

impl Measure {
    fn of(dossier: &Dossier, w: &Witness<'_>, f: &Record) -> Option<Self> {
        let words = content_words(w.words(f.measures?));
        let words: BTreeSet<String> = words.into_iter().filter(|w| !w.chars().all(|c| c.is_ascii_digit())).collect();
        let counts = f.value.is_some_and(f64::is_finite) && words.len() >= 2 && !is_bargained(w, f);
        let figure = Figure::of(dossier, w, f).filter(|_| counts)?;
        Some(Self { figure, prefix: Words::prefix(&words, ALIKE), words: Words::of(&words) })
    }
}

impl Links for Measure {
    type Order = Arc<At>;
    type Mark = (String, u64);

    fn order(&self) -> Arc<At> {
        self.at().clone()
    }

    fn marks(&self) -> Vec<((String, u64), Option<Date>)> {
        self.prefix.iter().map(|w| ((self.figure.unit.clone(), w), self.published())).collect()
    }

    fn looks(&self) -> Vec<((String, u64), Window)> {
        let window = Window::around(self.published(), NEAR);
        self.prefix.iter().map(|w| ((self.figure.unit.clone(), w), window)).collect()
    }

    fn is_linked(&self, other: &Self) -> bool {
        let shared = self.words.shared(&other.words) as f64;
        let all = (self.words.len() + other.words.len()) as f64 - shared;
        self.figure.unit == other.figure.unit && is_near(self, other, NEAR) && shared >= 2.0 && shared / all >= ALIKE
    }
}

/// The only count of its kind in an article.
struct Only {
    figure: Figure,
    /// Words of its sentence.
    words: Words,
}

impl HasBit for Only {
    fn bit(&self) -> &Bit {
        &self.figure.bit
    }
}

impl Pairs for Only {
    type Mark = String;
    const REACH: i64 = CLOSE;

    fn marks(&self) -> Vec<(String, Option<Date>)> {
        vec![(self.figure.unit.clone(), self.published())]
    }

    fn pairs(&self, other: &Self) -> bool {
        let (x, y) = (self.figure.value, other.figure.value);
        let unit = &self.figure.unit;
        *unit == other.figure.unit
            && (x - y).abs() / x.max(y) > 0.1
            && x.max(y) / x.min(y) <= MOST
            && is_near(self, other, CLOSE)
            && self.words.shared(&other.words) >= if unit.contains(' ') { 1 } else { 2 }
    }
}

fn is_near<P: HasBit>(a: &P, b: &P, days: i64) -> bool {
    match (a.published(), b.published()) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= days,
        _ => true,
    }
}

/// What changed among the disputes of figures, by the rule that finds them.
pub(super) struct Settled {
    pub(super) of_measures: Vec<Change<Arc<At>, Dispute>>,
    pub(super) of_units: Vec<Change<String, Dispute>>,
    pub(super) of_retold: Vec<Change<Arc<At>, Dispute>>,
}

/// All figures that may be disputed.
#[derive(Default)]
pub(super) struct Figures {
    measures: Linked<Measure>,
    of_measures: Made<Arc<At>, Dispute>,
    onlies: Paired<Only, (String, Dispute)>,
    /// By unit, what its only counts give; the first stands.
    of_onlies: BTreeMap<String, BTreeMap<Arc<At>, Dispute>>,
    of_units: Made<String, Dispute>,
    retold: Paired<Retold, Dispute>,
    /// Those that are told otherwise, by the figure; a dispute of the same measure says more.
    told_otherwise: BTreeMap<Arc<At>, Dispute>,
    of_retold: Made<Arc<At>, Dispute>,
    /// Members of disputes of the same measure, with their units.
    told: BTreeMap<ItemId, usize>,
}

impl Figures {
    pub(super) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        let figures = &w.reading.figures;
        figures.iter().filter_map(|f| Measure::of(dossier, w, f)).for_each(|m| self.measures.add(m));
        onlies(dossier, w).into_iter().for_each(|o| self.onlies.add(o));
        retold::of_article(dossier, w).into_iter().for_each(|r| self.retold.add(r));
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.measures.remove(article);
        self.onlies.remove(article);
        self.retold.remove(article);
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        self.measures.touch(article);
        self.onlies.touch(article);
        self.retold.touch(article);
    }

    /// Disputes of the same measure and of what is told otherwise by their first figure, and of the only counts by unit.
    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Settled {
        let mut units: BTreeSet<String> = BTreeSet::new();
        let mut of_measures: Vec<Change<Arc<At>, Dispute>> = Vec::new();
        // the members whose being told changed
        let mut again: BTreeSet<ItemId> = BTreeSet::new();
        for founder in self.measures.settle() {
            let members = self.measures.members(&founder);
            units.extend(members.iter().map(|m| m.figure.unit.clone()));
            let new = of_group(cx, &members);
            of_measures.extend(self.of_measures.put(founder, new));
        }
        for change in &of_measures {
            let members = |d: &Option<Dispute>| d.iter().flat_map(|d| d.merged.members.clone()).collect::<Vec<_>>();
            again.extend(members(&change.new).into_iter().chain(members(&change.old)));
            members(&change.new).into_iter().for_each(|id| *self.told.entry(id).or_default() += 1);
            for id in members(&change.old) {
                if let Some(n) = self.told.get_mut(&id) {
                    *n -= 1;
                    if *n == 0 {
                        self.told.remove(&id);
                    }
                }
            }
        }
        let changes = self.onlies.settle(|a, later| {
            let b = later.iter().find(|b| cx.origins.of(a.article()) != cx.origins.of(b.article()))?;
            let about = About::Words(a.figure.measures.clone().unwrap_or_else(|| a.figure.unit.clone()));
            let sides = vec![a.figure.claim().into_iter().collect(), b.figure.claim().into_iter().collect()];
            let rule = "dispute.figure-only-count.v1";
            let verdict = if a.figure.is_comparable(&b.figure) { Verdict::Differs } else { Verdict::NotComparable };
            let made = dispute(cx, DisputeSort::Figure, rule, about, sides, verdict)?;
            Some((a.figure.unit.clone(), made))
        });
        for change in changes {
            if let Some((unit, _)) = &change.old {
                self.of_onlies.entry(unit.clone()).or_default().remove(&change.key);
                units.insert(unit.clone());
            }
            if let Some((unit, made)) = change.new {
                self.of_onlies.entry(unit.clone()).or_default().insert(change.key, made);
                units.insert(unit);
            }
        }
        let of_units = units.into_iter().filter_map(|unit| {
            if self.of_onlies.get(&unit).is_some_and(BTreeMap::is_empty) {
                self.of_onlies.remove(&unit);
            }
            let first = self.of_onlies.get(&unit).and_then(|all| all.values().next());
            let new = first.filter(|d| d.merged.members.iter().all(|m| !self.told.contains_key(m))).cloned();
            self.of_units.put(unit, new)
        });
        let of_units = of_units.collect();
        Settled { of_measures, of_units, of_retold: self.settle_retold(cx, &again) }
    }

    /// `again`: figures of disputes of the same measure that came or went.
    fn settle_retold(&mut self, cx: Cx<'_>, again: &BTreeSet<ItemId>) -> Vec<Change<Arc<At>, Dispute>> {
        let mut touched: BTreeSet<Arc<At>> = BTreeSet::new();
        for change in self.retold.settle(|a, later| retold::told_otherwise(cx, a, later)) {
            touched.insert(change.key.clone());
            match change.new {
                Some(new) => self.told_otherwise.insert(change.key, new),
                None => self.told_otherwise.remove(&change.key),
            };
        }
        if !again.is_empty() {
            let meets = |d: &Dispute| d.merged.members.iter().any(|m| again.contains(m));
            touched.extend(self.told_otherwise.iter().filter(|(_, d)| meets(d)).map(|(at, _)| at.clone()));
        }
        let shown = |d: &&Dispute| !d.merged.members.iter().all(|m| self.told.contains_key(m));
        let mut changes = Vec::new();
        for at in touched {
            let new = self.told_otherwise.get(&at).filter(shown).cloned();
            changes.extend(self.of_retold.put(at, new));
        }
        changes
    }
}

/// The only counts of their kind in an article ("19 ships at anchor in the roads", and in another "26 ships lay idle in
/// the roads"), with the words of their sentences.
fn onlies(dossier: &Dossier, w: &Witness<'_>) -> Vec<Only> {
    let mut by_unit: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for f in &w.reading.figures {
        let counts = f.value.is_some_and(|v| v.is_finite() && v > 1.0) && !is_bargained(w, f);
        let unit = unit(&f.unit);
        if counts && unit.len() > 3 && !is_common(&unit) {
            by_unit.entry(unit).or_default().push(f);
        }
    }
    let single = by_unit.into_iter().filter(|(_, all)| all.len() == 1);
    single
        .filter_map(|(unit, all)| {
            let own = content_words(&unit);
            let sentence = content_words(w.words(all.first()?.item.sentence()));
            let telling = |w: &&String| w.len() > 3 && !own.contains(*w) && !w.chars().all(|c| c.is_ascii_digit());
            let words = Words::of(sentence.iter().filter(telling));
            Some(Only { figure: Figure::of(dossier, w, all.first()?)?, words })
        })
        .collect()
}

/// "The union counted 410. The owners put it at about 160": two counts of one thing in one text.
pub(super) fn put_at(cx: Cx<'_>, w: &Witness<'_>) -> Vec<Dispute> {
    let mut all: Vec<&Record> = w.reading.figures.iter().collect();
    all.sort_by_key(|f| (f.item.span().start(), f.item.id()));
    let mut found = Vec::new();
    for b in all.iter().filter(|f| is_put(w, f)) {
        let start = b.as_written.start();
        let before = all
            .iter()
            .filter(|a| a.as_written.end() < start && start - a.as_written.end() <= 300)
            .filter(|a| a.item.sentence() != b.item.sentence() || is_set_off(w, a, b))
            .max_by_key(|a| a.as_written.start());
        let Some(a) = before else { continue };
        let units = (unit(&a.unit), unit(&b.unit));
        // "210 million florins" and "130 million"
        let scale = units.0.strip_prefix(units.1.as_str()).is_some_and(|rest| rest.starts_with(' '));
        let one_thing = units.0.is_empty() || units.1.is_empty() || units.0 == units.1 || scale;
        let near = a.value.zip(b.value).is_none_or(|(x, y)| x.max(y) <= MOST * x.min(y));
        if one_thing && near && a.value.is_some() && a.value != b.value {
            let claim = |f: &Record| {
                let of = f.of.map(|r| w.holder(cx.dossier, &r).0);
                let claim = Claim::of(&Bit::of(w, f), w.words(f.as_written).to_string(), of);
                // a bare number leaves its scale to the other's unit
                claim
                    .map(|c| Claim { number: f.value.filter(|_| units.0 == units.1), ..c })
                    .into_iter()
                    .collect::<Vec<_>>()
            };
            // what is counted, where the words tell; else its unit
            let measured = [a.measures, b.measures].into_iter().flatten().map(|m| w.words(m)).find(|m| !m.is_empty());
            let unit = [&a.unit, &b.unit].into_iter().map(String::as_str).find(|u| !u.is_empty());
            let about = About::Words(measured.or(unit).unwrap_or("figure").to_string());
            let sides = vec![claim(a), claim(b)];
            found.extend(dispute(cx, DisputeSort::Figure, "dispute.figure-put-at.v1", about, sides, Verdict::Differs));
        }
    }
    found
}

/// Whether another clause begins between two figures of a sentence: "Twenty-nine stopped, the union says; the ministry's
/// count is seventeen".
fn is_set_off(w: &Witness<'_>, a: &Record, b: &Record) -> bool {
    let between = w.article.text.get(a.as_written.end()..b.as_written.start()).unwrap_or("");
    between.contains([';', '—', '–']) || between.contains(", but ") || between.contains(", while ")
}

/// Whether the words before a figure say that somebody puts the thing spoken of at it: "put it at", "make it", "speaks of",
/// "its count is", "answered with".
fn is_put(w: &Witness<'_>, f: &Record) -> bool {
    let before = w.article.text.get(..f.as_written.start()).unwrap_or("");
    let sentence = f.item.sentence().start();
    let before = before.get(sentence.min(before.len())..).unwrap_or("");
    let words: Vec<String> = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .filter(|w| !matches!(*w, "about" | "some" | "around" | "only" | "just" | "nearly" | "fewer" | "no" | "than"))
        .take(4)
        .map(str::to_lowercase)
        .collect();
    let is = |n: usize, all: &[&str]| words.get(n).is_some_and(|w| all.contains(&w.as_str()));
    const PUT: &[&str] = &["put", "puts", "putting"];
    const IT: &[&str] = &["it", "that", "them"];
    const COUNT: &[&str] = &["figure", "number", "toll", "total", "count", "tally", "estimate"];
    let thing = is(1, IT) && is(2, PUT);
    let noun = is(1, COUNT) && is(3, PUT);
    let closer = is(0, &["to", "at"]) && is(1, &["closer", "nearer"]) && is(2, IT) && is(3, PUT);
    let made = is(0, IT) && is(1, &["make", "makes", "made"]);
    let spoke = is(0, &["of"]) && is(1, &["spoke", "speak", "speaks", "talks", "talked"]);
    let counted = is(0, &["is", "was", "of"]) && is(1, COUNT);
    let answered = is(0, &["with"]) && is(1, &["answered", "countered", "replied"]);
    is(0, &["at"]) && (thing || noun) || closer || made || spoke || counted || answered
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

/// Whether the figure stands in what a party asks for, offers or turns down.
fn is_bargained(w: &Witness<'_>, f: &Record) -> bool {
    let moves = |a: Act| !matches!(a, Act::Assert | Act::Accuse | Act::Deny | Act::Warn);
    let span = f.as_written;
    let in_it = |s: &rapporteur_reading::model::Statement| s.matter.overlaps(span) || s.item.sentence().overlaps(span);
    w.reading.statements.iter().any(|s| moves(s.act) && in_it(s))
}

pub(super) fn unit(written: &str) -> String {
    let unit = written.trim().to_lowercase();
    match unit.as_str() {
        "%" | "per cent" | "percent" | "pct" => "percent".to_string(),
        _ => unit.strip_suffix('s').filter(|u| u.len() > 2).map_or(unit.clone(), str::to_string),
    }
}

/// What measures the same; the first (by day and article) stands for it.
fn of_group(cx: Cx<'_>, group: &[&Measure]) -> Option<Dispute> {
    let mut values: Vec<f64> = group.iter().map(|k| k.figure.value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let is_rounded = |v: f64| group.iter().any(|k| k.figure.value == v && k.figure.approximate);
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
    let mut by_sentence: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    let sentence = |k: &Measure| (k.article().clone(), k.figure.bit.sentence());
    group.iter().for_each(|k| by_sentence.entry(sentence(k)).or_default().push(k.figure.value));
    let is_alone =
        |k: &&&Measure| by_sentence.get(&sentence(k)).is_none_or(|all| all.iter().all(|v| *v == k.figure.value));
    let of = |v: f64| group.iter().filter(move |k| k.figure.value == v);
    kept.retain(|v| of(*v).any(|k| is_alone(&k)));
    if kept.len() < 2 || kept.len() > 3 {
        return None;
    }
    let sides = kept.iter().map(|v| of(*v).filter_map(|k| k.figure.claim()).collect()).collect();
    let about = About::Words(group.first()?.figure.measures.clone().unwrap_or_default());
    let comparable = |a: f64, b: f64| of(a).any(|x| of(b).any(|y| x.figure.is_comparable(&y.figure)));
    let all = kept.iter().enumerate().all(|(i, a)| kept[i + 1..].iter().all(|b| comparable(*a, *b)));
    let verdict = if all { Verdict::Differs } else { Verdict::NotComparable };
    dispute(cx, DisputeSort::Figure, "dispute.figure-same-measure.v1", about, sides, verdict)
}
