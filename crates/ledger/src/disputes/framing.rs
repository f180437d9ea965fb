//! One thing under two names that take sides: "strike" here, "lockout" there.
//!
//! Only pairs of the lexicon, in articles of about the same days whose sentences share a name or two words, count; an
//! article that uses both words stands on the side it uses more. A text that calls it by two names itself opens a dispute
//! for the others.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_text::{ArticleId, ItemId, Span};

use crate::Witness;
use crate::cx::{Bit, Cx, HasBit, Words, content_words};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::near::{Near, Window};
use crate::shelf::{Change, Made};

use super::{Claim, dispute};

/// Pairs of names, each with its forms.
const FRAMINGS: &str = include_str!("../../lexicons/framings.tsv");
/// Articles further apart may speak of two things.
pub(super) const NEAR: i64 = 14;
/// The words stand there; that they mean one thing is inferred.
pub(super) const CONFIDENCE: f32 = 0.5;

/// Where an article uses a name of the lexicon.
struct Use {
    bit: Bit,
    form: String,
    row: usize,
    /// Whether it is the row's second name.
    is_second: bool,
    /// Words of its sentence.
    words: Words,
    /// Names in its sentence.
    names: Words,
}

impl HasBit for Use {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

/// Article and place: what puts uses in order.
type Place = (ArticleId, usize);
/// Row, side, whether a name or a word of the sentence, and which.
type Mark = (usize, bool, bool, u64);

impl Use {
    fn place(&self) -> Place {
        (self.article().clone(), self.bit.at.start)
    }

    fn marks(&self, is_second: bool) -> impl Iterator<Item = Mark> {
        let names = self.names.iter().map(move |n| (self.row, is_second, true, n));
        names.chain(self.words.iter().map(move |w| (self.row, is_second, false, w)))
    }

    fn own_marks(&self) -> Vec<(Mark, Option<Date>)> {
        self.marks(self.is_second).map(|m| (m, self.published())).collect()
    }

    /// Whether the other side speaks of the same thing, in another reporting.
    fn pairs(&self, cx: Cx<'_>, other: &Self) -> bool {
        (self.names.shared(&other.names) >= 1 || self.words.shared(&other.words) >= 2)
            && cx.origins.of(self.article()) != cx.origins.of(other.article())
    }
}

/// All uses of names of the lexicon.
#[derive(Default)]
pub(super) struct Framings {
    uses: BTreeMap<Place, Use>,
    near: Near<Mark, Place>,
    /// Those that have found nobody of the other side yet.
    alone: Near<Mark, Place>,
    /// For each use with somebody of the other side, one such; and the other way round.
    partner: BTreeMap<Place, Place>,
    partner_of: BTreeMap<Place, BTreeSet<Place>>,
    paired: BTreeMap<usize, [BTreeSet<Place>; 2]>,
    open: BTreeSet<Place>,
    rows: BTreeSet<usize>,
    made: Made<usize, Dispute>,
}

impl Framings {
    pub(super) fn add(&mut self, w: &Witness<'_>) {
        let rows = FRAMINGS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        for (row, (a, b)) in rows.enumerate() {
            let (first, second) = (uses(w, &forms(a)), uses(w, &forms(b)));
            let (is_second, own) = match (first.len(), second.len()) {
                (0, 0) => continue,
                (_, 0) => (false, first),
                (n, m) if m > n => (true, second),
                _ => continue,
            };
            for (form, span) in own {
                let text = &w.article.text;
                let sentence = sentence(w, span);
                let (words, names) = context(sentence.slice(text), form);
                let id = ItemId::of_words("framing", &[w.article.id.as_str(), form], 0);
                let bit = Bit::of_words(w, id, CONFIDENCE, span, sentence);
                let (words, names) = (Words::of(&words), Words::of(&names));
                self.put(Use { bit, form: form.to_string(), row, is_second, words, names });
            }
        }
    }

    fn put(&mut self, u: Use) {
        let place = u.place();
        self.near.add(u.own_marks(), &place);
        self.alone.add(u.own_marks(), &place);
        self.open.insert(place.clone());
        self.uses.insert(place, u);
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        for place in self.places(article) {
            self.part(&place);
            self.open.remove(&place);
            let Some(u) = self.uses.remove(&place) else { continue };
            self.near.remove(u.own_marks(), &place);
            self.alone.remove(u.own_marks(), &place);
        }
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        for place in self.places(article) {
            self.part(&place);
        }
    }

    fn places(&self, article: &ArticleId) -> Vec<Place> {
        let own = self.uses.range((article.clone(), 0)..=(article.clone(), usize::MAX));
        own.map(|(place, _)| place.clone()).collect()
    }

    /// Parts a use from its partner and from those that have it for theirs: all of them have to look again.
    fn part(&mut self, place: &Place) {
        let with = self.partner_of.remove(place).unwrap_or_default();
        for parted in with.into_iter().chain([place.clone()]) {
            let Some(u) = self.uses.get(&parted) else { continue };
            if let Some(partner) = self.partner.remove(&parted)
                && let Some(all) = self.partner_of.get_mut(&partner)
            {
                all.remove(&parted);
            }
            self.alone.add(u.own_marks(), &parted);
            if let Some(sides) = self.paired.get_mut(&u.row) {
                sides[usize::from(u.is_second)].remove(&parted);
            }
            self.rows.insert(u.row);
            self.open.insert(parted);
        }
    }

    fn pair(&mut self, place: &Place, partner: &Place) {
        let Some(u) = self.uses.get(place) else { return };
        self.partner.insert(place.clone(), partner.clone());
        self.partner_of.entry(partner.clone()).or_default().insert(place.clone());
        self.alone.remove(u.own_marks(), place);
        self.paired.entry(u.row).or_default()[usize::from(u.is_second)].insert(place.clone());
        self.rows.insert(u.row);
    }

    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Vec<Change<usize, Dispute>> {
        for place in std::mem::take(&mut self.open) {
            let Some(u) = self.uses.get(&place) else { continue };
            let window = Window::around(u.published(), NEAR);
            let pairs = |other: &&Place| self.uses.get(*other).is_some_and(|o| u.pairs(cx, o));
            // who is alone on the other side and finds this one now
            let others: BTreeSet<&Place> =
                u.marks(!u.is_second).flat_map(|m| self.alone.find(&m, window).collect::<Vec<_>>()).collect();
            let others: Vec<Place> = others.into_iter().filter(pairs).cloned().collect();
            let partner = u.marks(!u.is_second).find_map(|m| self.near.find(&m, window).find(pairs)).cloned();
            if let Some(partner) = partner.filter(|_| !self.partner.contains_key(&place)) {
                self.pair(&place, &partner);
            }
            others.iter().filter(|o| *o != &place).for_each(|other| self.pair(other, &place));
        }
        let rows = std::mem::take(&mut self.rows);
        rows.into_iter().filter_map(|row| self.made.put(row, self.of_row(cx, row))).collect()
    }

    fn of_row(&self, cx: Cx<'_>, row: usize) -> Option<Dispute> {
        let [first, second] = self.paired.get(&row)?;
        let claims = |places: &BTreeSet<Place>| -> Vec<Claim> {
            let uses = places.iter().filter_map(|p| self.uses.get(p));
            uses.filter_map(|u| Claim::of(&u.bit, u.form.clone(), None)).collect()
        };
        let (one, other) = (claims(first), claims(second));
        let words = one.first().zip(other.first()).map(|(x, y)| format!("{} or {}", x.value, y.value))?;
        dispute(
            cx,
            DisputeSort::Framing,
            "dispute.framing-two-names.v1",
            About::Words(words),
            vec![one, other],
            Verdict::Differs,
        )
    }
}

fn forms(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|f| !f.is_empty()).collect()
}

/// Every place where the article's text has one of these forms as whole words, with the form.
fn uses<'f>(w: &Witness<'_>, forms: &[&'f str]) -> Vec<(&'f str, Span)> {
    let text = &w.article.text;
    let mut found: Vec<(&str, Span)> = Vec::new();
    for form in forms {
        for (at, _) in text.match_indices(form) {
            let Some(span) = Span::of(text, at..at + form.len()) else { continue };
            if is_whole(text, span) && found.iter().all(|(_, u)| !u.overlaps(span)) {
                found.push((form, span));
            }
        }
    }
    found.sort_by_key(|(_, span)| span.start());
    found
}

fn is_whole(text: &str, span: Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    !letter(before) && !letter(after)
}

/// Sentences of items of the article.
pub(super) fn sentences(w: &Witness<'_>) -> Vec<Span> {
    let of_items = w.reading.statements.iter().map(|s| s.item.sentence());
    let of_quotes = w.reading.quotes.iter().map(|q| q.item.sentence());
    let of_dates = w.reading.dates.iter().map(|d| d.item.sentence());
    let all: BTreeSet<Span> = of_items.chain(of_quotes).chain(of_dates).collect();
    all.into_iter().collect()
}

/// The sentence of an item that holds these words, else the paragraph.
pub(super) fn sentence(w: &Witness<'_>, span: Span) -> Span {
    let text = &w.article.text;
    let all = sentences(w);
    let known = all.iter().copied().filter(|s| s.contains(span)).min_by_key(|s| (s.len(), s.start()));
    let start = text.get(..span.start()).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text.get(span.end()..).and_then(|t| t.find('\n')).map_or(text.len(), |i| span.end() + i);
    known.or_else(|| Span::of(text, start..end)).unwrap_or(span)
}

/// Content words and names around a form, without the form itself.
fn context(sentence: &str, form: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let own = content_words(form);
    let words = content_words(sentence).into_iter().filter(|w| w.len() > 4 && !own.contains(w)).collect();
    let names = sentence
        .split(|c: char| !c.is_alphanumeric())
        .skip(1)
        .filter(|w| w.len() > 3 && w.chars().next().is_some_and(char::is_uppercase))
        .filter(|w| !is_calendar(w))
        .map(str::to_lowercase)
        .collect();
    (words, names)
}

/// Days and months are shared by everything.
fn is_calendar(word: &str) -> bool {
    const CALENDAR: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Sept",
    ];
    CALENDAR.contains(&word)
}
