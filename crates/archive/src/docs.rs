//! What of a reading can be looked up: items by their id, words by their day.

use jiff::civil::Date;
use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, HasItem};
use rapporteur_text::{ItemId, Moment};

/// Kinds of items by their number in the archive. Only ever added to at the end.
pub const KINDS: [&str; 11] = [
    "article",
    "statement",
    "quote",
    "figure",
    "role",
    "date",
    "meeting",
    "proposal",
    "status",
    "incident",
    "deadline",
];

/// Bits of a place that number the items of an article, and bits that number articles.
const ITEM_BITS: u32 = 14;
const ARTICLE_BITS: u32 = 29;
/// The first day that has a place of its own, and the days after it that have: until the year 4670.
const FIRST: Date = jiff::civil::date(1800, 1, 1);
const DAYS: i64 = (1 << 20) - 1;

/// One row of `item`, and its words where they can be searched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Doc {
    pub(crate) place: i64,
    pub(crate) hash: i64,
    pub(crate) kind: usize,
    pub(crate) act: Option<i64>,
    pub(crate) words: Option<String>,
}

/// Number of a day in places: 0 for none.
pub(crate) fn day_number(day: Option<Date>) -> i64 {
    day.map_or(0, |d| (i64::from((d - FIRST).get_days()) + 1).clamp(1, DAYS))
}

/// The day of a place.
pub(crate) fn day_of(place: i64) -> Option<Date> {
    let number = place >> (ARTICLE_BITS + ITEM_BITS);
    (number > 0).then(|| FIRST.checked_add(jiff::Span::new().days(number - 1)).ok()).flatten()
}

/// The first place of a day.
pub(crate) fn first_place(day: i64) -> i64 {
    day << (ARTICLE_BITS + ITEM_BITS)
}

/// Number of the item in its article: 0 for the article itself.
pub(crate) fn item_number(place: i64) -> usize {
    (place & ((1 << ITEM_BITS) - 1)) as usize
}

fn place(day: Option<Date>, article: i64, number: usize) -> Option<i64> {
    let number = i64::try_from(number).ok().filter(|n| *n < 1 << ITEM_BITS)?;
    let article = Some(article).filter(|a| (0..1 << ARTICLE_BITS).contains(a))?;
    Some(first_place(day_number(day)) | article << ITEM_BITS | number)
}

/// The number in an id such as `quote-0123456789abcdef`, turned so that numbers run as ids do.
pub(crate) fn hash(hex: &str) -> Option<i64> {
    u64::from_str_radix(hex, 16).ok().map(turned)
}

pub(crate) fn turned(hash: u64) -> i64 {
    (hash ^ (1 << 63)) as i64
}

/// The id with this number.
pub(crate) fn id(kind: usize, hash: i64) -> String {
    format!("{}-{:016x}", KINDS.get(kind).copied().unwrap_or_default(), (hash as u64) ^ (1 << 63))
}

/// The rows of an article: itself, then its items by kind. What stands behind the 16,383rd item is kept in the reading but
/// cannot be looked up.
pub(crate) fn docs(number: i64, article: &Article, reading: &Reading) -> Vec<Doc> {
    let published = article.published.map(|m| m.date);
    let day = |own: Option<Moment>| own.map(|m| m.date).or(published);
    let text = &article.text;
    let mut rows = Rows { article: number, docs: Vec::new() };
    let whole = format!("{}\n{text}", article.title);
    rows.push(0, article.id.as_str().split('-').nth(1).unwrap_or_default(), published, None, Some(whole));
    for s in &reading.statements {
        let words = s.item.sentence().slice(text).to_string();
        rows.item(1, s.item.id(), day(s.said.from), Some(s.act), Some(words));
    }
    for q in &reading.quotes {
        let words = q.item.sentence().slice(text).to_string();
        rows.item(2, q.item.id(), day(q.said.from), None, Some(words));
    }
    rows.all(3, &reading.figures, |f| day(f.as_of.from));
    rows.all(4, &reading.roles, |r| day(r.when.from));
    rows.all(5, &reading.dates, |d| day(d.when.from));
    rows.all(6, &reading.meetings, |m| day(m.when.from));
    rows.all(7, &reading.proposals, |p| day(p.when.from));
    rows.all(8, &reading.statuses, |s| day(s.said.from));
    rows.all(9, &reading.incidents, |i| day(i.when.from));
    rows.all(10, &reading.deadlines, |d| day(d.when.from));
    rows.docs
}

struct Rows {
    article: i64,
    docs: Vec<Doc>,
}

impl Rows {
    fn push(&mut self, kind: usize, hex: &str, day: Option<Date>, act: Option<Act>, words: Option<String>) {
        let at = place(day, self.article, self.docs.len());
        let act = act.and_then(|act| Act::ALL.iter().position(|a| *a == act)).map(|n| n as i64);
        if let (Some(place), Some(hash)) = (at, hash(hex)) {
            self.docs.push(Doc { place, hash, kind, act, words });
        }
    }

    fn item(&mut self, kind: usize, id: &ItemId, day: Option<Date>, act: Option<Act>, words: Option<String>) {
        self.push(kind, id.as_str().rsplit('-').next().unwrap_or_default(), day, act, words);
    }

    fn all<T: HasItem>(&mut self, kind: usize, records: &[T], day: impl Fn(&T) -> Option<Date>) {
        records.iter().for_each(|r| self.item(kind, r.item().id(), day(r), None, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_run_by_day_and_give_it_back() {
        let day = jiff::civil::date(2025, 3, 1);
        let later = place(Some(jiff::civil::date(2025, 3, 2)), 1, 0).unwrap();
        let earlier = place(Some(day), (1 << ARTICLE_BITS) - 1, (1 << ITEM_BITS) - 1).unwrap();
        assert!(earlier < later && place(None, 7, 7).unwrap() < place(Some(FIRST), 0, 0).unwrap());
        assert_eq!((day_of(earlier), item_number(earlier)), (Some(day), (1 << ITEM_BITS) - 1));
        assert_eq!(day_of(place(None, 7, 7).unwrap()), None);
        assert_eq!(place(Some(day), 1, 1 << ITEM_BITS), None);
    }

    #[test]
    fn numbers_of_ids_run_as_the_ids() {
        let (low, high) = (hash("7fffffffffffffff").unwrap(), hash("8000000000000000").unwrap());
        assert!(low < high && hash("no number").is_none());
        assert_eq!(id(2, high), "quote-8000000000000000");
    }
}
