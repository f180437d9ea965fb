//! The words an item is about: its matter, the rest of its sentence, what stands before, each with its weight.

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Mention, Polarity, RefKind, Topic};
use rapporteur_text::Span;

use super::stop_word;
use crate::lexicon::TURNING;
use crate::words::{Word, words};

/// Weight of the words of the matter itself.
pub(crate) const MATTER: f32 = 1.0;
/// Weight of what another statement inside the matter holds ("the union's call for X").
const NESTED: f32 = 0.6;
/// Weight of the rest of the sentence.
pub(crate) const SENTENCE: f32 = 0.5;
/// Weight of words in the sentence that belong to a condition or to another statement's matter.
const OTHERS: f32 = 0.3;
/// Weight of the headline.
const TITLE: f32 = 0.25;
/// Weight of the sentence before.
pub(crate) const JUST_BEFORE: f32 = 0.4;
/// Weight of what stands before that.
const BEFORE: f32 = 0.3;
/// How many bytes before the sentence are looked at.
const REACH: usize = 260;

/// How many bytes into the matter the "no" of a negated stand may stand.
const NEGATED: usize = 20;

/// Some words of one weight.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Zone {
    /// The words.
    pub(crate) words: Vec<Word>,
    /// How much a phrase in them tells about the item.
    pub(crate) weight: f32,
}

/// What one item is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Zones {
    /// The matter first.
    pub(crate) zones: Vec<Zone>,
    /// Where the item begins.
    pub(crate) at: usize,
    /// The whole sentence, for telling copies.
    pub(crate) sentence: Span,
    /// Its number, for the term of a numbered paper.
    pub(crate) point: Option<u32>,
}

impl Zones {
    /// The words of the matter.
    pub(crate) fn matter(&self) -> &[Word] {
        self.zones.first().map_or(&[], |z| &z.words)
    }

    /// The same with other words for the matter's.
    pub(crate) fn with_matter(&self, words: Vec<Word>) -> Self {
        let mut other = self.clone();
        if let Some(first) = other.zones.first_mut() {
            first.words = words;
        }
        other
    }
}

fn cut(text: &str, start: usize, end: usize, weight: f32) -> Zone {
    Zone { words: text.get(start..end).map(|part| words(part, start)).unwrap_or_default(), weight }
}

/// The sentence before, and what stands before that, within [`REACH`].
fn before(text: &str, start: usize) -> [Zone; 2] {
    let mut from = start.saturating_sub(REACH);
    while from < start && !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..start).map_or(start, |s| from + last_sentence(s));
    let mut far = cut(text, from, near, BEFORE);
    if from > 0 && !far.words.is_empty() {
        far.words.remove(0); // it may be half a word
    }
    [cut(text, near, start, JUST_BEFORE), far]
}

/// Where the last sentence of a stretch begins.
fn last_sentence(stretch: &str) -> usize {
    let end = stretch.trim_end().trim_end_matches(['.', '!', '?', '"', '”', '’', '\'']).len();
    let head = stretch.get(..end).unwrap_or("");
    let mut ends = head.match_indices(['.', '!', '?', '\n']).filter(|(at, mark)| {
        let rest = head.get(at + mark.len()..).unwrap_or("").trim_start_matches(['"', '”', '’', '\'', ')']);
        *mark == "\n" || rest.starts_with(' ')
    });
    ends.next_back().map_or(0, |(at, mark)| at + mark.len())
}

/// Stretches of a sentence that are not the item's own.
#[derive(Default)]
struct Others {
    /// Matters of other statements.
    matters: Vec<Span>,
    /// Conditions.
    conditions: Vec<Span>,
}

fn inside(spans: &[Span], own: Span, w: &Word) -> bool {
    spans.iter().any(|o| !o.contains(own) && o.start() <= w.start && w.end <= o.end())
}

/// The zones of an item whose matter, where it has one, is `matter`.
fn zones(text: &str, matter: Option<Span>, sentence: Span, others: &Others, names: &[Span], topics: &[Topic]) -> Zones {
    let own = matter.unwrap_or(sentence);
    let mut all = vec![cut(text, own.start(), own.end(), MATTER)];
    let conditional = |w: &Word| inside(&others.conditions, own, w);
    let foreign = |w: &Word| conditional(w) || inside(&others.matters, own, w);
    let mut nested = Vec::new();
    if matter.is_some() {
        nested = all[0].words.iter().filter(|w| inside(&others.matters, own, w) && !conditional(w)).cloned().collect();
        all[0].words.retain(|w| !foreign(w));
    }
    // a matter cut inside a phrase ("back | pay from January") is read with the word before it
    if matter.is_some()
        && let Some(left) = words(text.get(sentence.start()..own.start()).unwrap_or(""), sentence.start()).pop()
        && left.end + 1 == own.start()
        && !stop_word(&left.stem)
        && !TURNING.contains_key(&left.stem)
    {
        all[0].words.insert(0, left);
    }
    if matter.is_some() {
        let rest: Vec<Word> = words(sentence.slice(text), sentence.start())
            .into_iter()
            .filter(|w| !(all[0].words.contains(w) || own.start() <= w.start && w.end <= own.end() && !conditional(w)))
            .collect();
        let (theirs, ours): (Vec<Word>, Vec<Word>) = rest.into_iter().partition(foreign);
        all.push(Zone { words: ours, weight: SENTENCE });
        all.push(Zone { words: nested, weight: NESTED });
        all.push(Zone { words: theirs, weight: OTHERS });
    }
    all.extend(before(text, sentence.start()));
    let far: Vec<Word> = topics
        .iter()
        .filter(|t| t.distance >= 2 && t.span.end() + REACH < sentence.start())
        .flat_map(|t| words(t.span.slice(text), t.span.start()))
        .collect();
    all.push(Zone { words: far, weight: BEFORE });
    // the words of a name say nothing of the matter
    let name = |w: &Word| names.iter().any(|n| n.start() <= w.start && w.end <= n.end());
    all.iter_mut().for_each(|zone| zone.words.retain(|w| !name(w) && !tells_when(text, w)));
    Zones { zones: all, at: sentence.start(), sentence, point: None }
}

/// "over the weekend", "last night", "this season": a word that only tells when, and names no matter there.
fn tells_when(text: &str, w: &Word) -> bool {
    const TIMES: [&str; 9] = ["weekend", "night", "day", "week", "month", "year", "season", "shift", "hour"];
    // "end compulsory weekends" and "a night shift" name one
    let is_time =
        TIMES.contains(&w.stem.as_str()) && text.get(w.start..w.end).is_some_and(|t| t.to_lowercase() == w.stem);
    let before = text.get(..w.start).unwrap_or_default().trim_end();
    let mut last = before.rsplit(' ').map(str::to_lowercase);
    let (near, far) = (last.next().unwrap_or_default(), last.next().unwrap_or_default());
    let points = |word: &str| matches!(word, "over" | "during" | "at" | "by" | "before" | "after" | "on" | "in");
    let next =
        text.get(w.end..).and_then(|t| t.strip_prefix(' ')).and_then(|t| t.split(' ').next()).unwrap_or_default();
    let alone = !next.starts_with(char::is_alphabetic) || stop_word(&next.to_lowercase());
    is_time
        && alone
        && (matches!(near.as_str(), "last" | "next" | "this" | "over" | "during") || near == "the" && points(&far))
}

/// Spans of the names of people and of bodies that act, near `sentence`.
fn names(article: &Article, reading: &Reading, sentence: Span) -> Vec<Span> {
    let acts = |id| {
        reading.statements.iter().any(|s| s.holder.entity == Some(id) || s.target.and_then(|t| t.entity) == Some(id))
            || reading.entities.iter().any(|e| e.of.as_ref().is_some_and(|o| o.0 == id))
    };
    let mut out = Vec::new();
    for e in &reading.entities {
        let near = |m: &Span| m.end() + REACH >= sentence.start() && m.start() <= sentence.end();
        let body = matches!(e.kind, RefKind::Party | RefKind::Organisation);
        let acting = body && acts(e.id);
        let short = |s: &Span| s.slice(&article.text).split_whitespace().count() <= 3;
        let hides = |m: &&Mention| if m.named { acting || e.kind == RefKind::Person } else { acting && short(&m.span) };
        out.extend(e.mentions.iter().filter(hides).map(|m| m.span).filter(near));
    }
    out
}

/// The zones of statement `i`.
pub(crate) fn of_statement(article: &Article, reading: &Reading, i: usize) -> Option<Zones> {
    let s = reading.statements.get(i)?;
    let sentence = s.item.sentence();
    let mut others = Others { matters: Vec::new(), conditions: s.conditions.iter().map(|c| c.span).collect() };
    for (j, o) in reading.statements.iter().enumerate() {
        if j != i && o.matter != s.matter && o.item.sentence().overlaps(sentence) {
            others.matters.push(o.matter);
        }
    }
    let mut zones =
        zones(&article.text, Some(s.matter), sentence, &others, &names(article, reading, sentence), &s.topics);
    // "would sign no deal", "will move no gun" are against it: the polarity has the "no" already
    if s.polarity == Polarity::Against
        && let Some(matter) = zones.zones.first_mut()
    {
        let near = |w: &Word| w.start == s.matter.start() || s.negated && w.start < s.matter.start() + NEGATED;
        matter.words.retain(|w| w.stem != "no" || !near(w));
    }
    zones.zones.push(Zone { words: words(&article.title, 0), weight: TITLE });
    Some(zones)
}

/// The zones of condition `j` of statement `i`.
pub(crate) fn of_condition(article: &Article, reading: &Reading, i: usize, j: usize) -> Option<Zones> {
    let s = reading.statements.get(i)?;
    let c = s.conditions.get(j)?;
    Some(zones(
        &article.text,
        Some(c.span),
        s.item.sentence(),
        &Others { matters: vec![s.matter], ..Others::default() },
        &names(article, reading, s.item.sentence()),
        &c.topics,
    ))
}

/// The zones of status `i`.
pub(crate) fn of_status(article: &Article, reading: &Reading, i: usize) -> Option<Zones> {
    let s = reading.statuses.get(i)?;
    Some(zones(
        &article.text,
        s.matter,
        s.item.sentence(),
        &Others::default(),
        &names(article, reading, s.item.sentence()),
        &s.topics,
    ))
}

/// The words that say of which issue status `i` is. A paper as a whole is about all its points, not about one issue; a
/// matter with words of its own says by them what it is about; "it", "six points" and "the chapter" say nothing, and what
/// stands around them is no ground.
pub(crate) fn issue_of_status(article: &Article, reading: &Reading, i: usize) -> Option<Zones> {
    let s = reading.statuses.get(i)?;
    let matter = s.matter.map_or("", |m| m.slice(&article.text));
    let paper = matches!(
        matter.rsplit(' ').next().unwrap_or_default(),
        "plan" | "paper" | "proposal" | "package" | "draft" | "text" | "document"
    );
    if (paper || s.proposal.is_some() && s.point.is_none()) && s.topics.is_empty() {
        return None;
    }
    if s.topics.iter().all(|t| t.distance > 0) {
        return None;
    }
    let mut found = of_status(article, reading, i)?;
    if s.matter.is_some() {
        found.zones.truncate(1);
    }
    Some(found)
}

/// The zones of term `j` of proposal `i`: its own words only.
pub(crate) fn of_term(article: &Article, reading: &Reading, i: usize, j: usize) -> Option<Zones> {
    let t = reading.proposals.get(i)?.terms.get(j)?;
    let words = vec![cut(&article.text, t.span.start(), t.span.end(), MATTER)];
    Some(Zones { zones: words, at: t.span.start(), sentence: t.span, point: t.point })
}

/// Whether a polarity takes a side.
pub(crate) fn takes_side(polarity: Polarity) -> bool {
    polarity != Polarity::None
}
